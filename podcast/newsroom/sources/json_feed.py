"""A JSON Feed, version 1 or 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from typing import Any

from podcast.errors import SourceError
from podcast.model import Item, SourceItems, SourceText
from podcast.newsroom.sources.entries import day_in_zone, make_entry
from podcast.newsroom.sources.page_metadata import read_date


def read_json_feed(document: SourceText) -> SourceItems | None:
    """Read the entries of the feed in its order; None when the document is none.

    Raises SourceError for a feed without entries.
    """
    if not document.text.lstrip().startswith("{"):
        return None
    try:
        feed = json.loads(document.text)
    except (ValueError, RecursionError):
        # Lists of papers are JSON too, and say what is wrong.
        return None
    if not (isinstance(feed, dict) and _is_feed(feed)):
        return None

    items: list[Item] = []
    for entry in feed["items"]:
        if isinstance(entry, dict) and (item := _read_json_entry(entry, document)):
            items.append(item)
    if not items:
        raise SourceError(f"{document.name}: this feed has no entry with a title or a text")
    return SourceItems(tuple(items), is_feed=True)


def _is_feed(feed: dict[str, Any]) -> bool:
    entries = feed.get("items")
    if not isinstance(entries, list):
        return False
    has_content = any(
        isinstance(e, dict) and ("content_html" in e or "content_text" in e) for e in entries
    )
    return has_content or "jsonfeed.org" in str(feed.get("version", ""))


def _read_json_entry(entry: dict[str, Any], document: SourceText) -> Item | None:
    plain = _string_at(entry, "content_text") or _string_at(entry, "summary")
    listed = entry.get("authors")
    authors = listed if isinstance(listed, list) else [entry.get("author")]
    return make_entry(
        html.escape(_string_at(entry, "title"), quote=False),
        [_string_at(entry, "content_html"), _as_html(plain)],
        _string_at(entry, "url")
        or _string_at(entry, "external_url")
        or _string_at(entry, "id"),
        address=document.address,
        date=_find_date(entry, document.zone),
        authors=[_string_at(author, "name") for author in authors if isinstance(author, dict)],
    )


def _find_date(entry: dict[str, Any], zone: dt.tzinfo) -> dt.date | None:
    written = _string_at(entry, "date_published") or _string_at(entry, "date_modified")
    try:
        moment = dt.datetime.fromisoformat(written.strip())
    except ValueError:
        return read_date(written)
    return day_in_zone(moment, zone) if moment.tzinfo else moment.date()


def _as_html(plain: str) -> str:
    """Plain text as HTML, with its paragraphs."""
    paragraphs = re.split(r"\n\s*\n", plain)
    return "".join(
        f"<p>{html.escape(text, quote=False)}</p>" for text in paragraphs if text.strip()
    )


def _string_at(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""
