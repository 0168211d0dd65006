"""Files beside the pages: the map for search engines, and how the site is installed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from xml.sax.saxutils import escape

from podcast.model import Show
from podcast.publish.cover import ICON_SIZES, icon_name
from podcast.publish.feed import FeedEntry
from podcast.publish.pages import PAPER
from podcast.util.addresses import public
from podcast.util.xml_text import one_line

SITEMAP, MANIFEST = "sitemap.xml", "site.webmanifest"

# That a sitemap may hold (sitemaps.org).
_MOST_ADDRESSES = 50_000
_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


def sitemap(url: str, newest_first: Sequence[FeedEntry]) -> bytes:
    """All pages, each with the day of its episode."""
    rows = [f"<url><loc>{escape(public(url, ''))}</loc></url>"]
    for entry in newest_first[: _MOST_ADDRESSES - 1]:
        address = escape(public(url, f"{entry.slug}.html"))
        rows.append(
            f"<url><loc>{address}</loc><lastmod>{entry.published.date()}</lastmod></url>"
        )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<urlset xmlns="{space}">',
        *rows,
        "</urlset>",
    ]
    return "\n".join([*lines, ""]).encode()


def web_manifest(show: Show) -> bytes:
    """What a browser needs to put the show on a home screen (Web Application Manifest)."""
    icons = [
        {"src": icon_name(show.cover, size), "sizes": f"{size}x{size}", "type": _TYPES[ending]}
        for size, ending in ICON_SIZES.items()
        if size >= 192 and show.cover
    ]
    manifest = {
        "name": one_line(show.title),
        "description": one_line(show.description),
        "lang": show.language,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
