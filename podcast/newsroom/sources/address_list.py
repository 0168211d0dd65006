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
        tree = parse_html(document.name, document.text)
        addresses = [
            node.get("xmlurl") or node.get("url") or "" for node in tree.iter("outline")
        ]
        return list(
            dict.fromkeys(one.strip() for one in addresses if one.strip().startswith(_SCHEMES))
        )

    lines = [line.strip() for line in document.text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    is_list = all(line.startswith(_SCHEMES) and len(line.split()) == 1 for line in lines)
    return list(dict.fromkeys(lines)) if is_list else []
