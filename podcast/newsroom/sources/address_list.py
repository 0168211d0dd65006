"""Lists of addresses: one a line, or the feeds of an OPML file, as feed readers export them."""

from __future__ import annotations

import re

from podcast.document.html_tree import parse_html
from podcast.model import SourceText

_OPML = re.compile(
    r"\s*+(?:(?:<\?[^>]*+>|<!--(?:(?!-->).)*+-->)\s*+)*+<opml\b", re.DOTALL | re.IGNORECASE
)
_SCHEMES = ("http://", "https://")


def list_addresses(document: SourceText) -> list[str]:
    """The addresses of a plain list, `#` before remarks, or of an OPML file.

    None of anything else.
    """
    if _OPML.match(document.text):
        return _list_feeds(document)

    addresses: dict[str, None] = {}
    for line in map(str.strip, document.text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if not line.startswith(_SCHEMES) or len(line.split()) > 1:
            return []
        addresses[line] = None
    return list(addresses)


def _list_feeds(document: SourceText) -> list[str]:
    """The addresses in an OPML file: `xmlUrl` of feeds, `url` of links (opml.org/spec2)."""
    addresses: dict[str, None] = {}
    for node in parse_html(document.name, document.text).iter("outline"):
        address = (node.get("xmlurl") or node.get("url") or "").strip()
        if address.startswith(_SCHEMES):
            addresses[address] = None
    return list(addresses)
