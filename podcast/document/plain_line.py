"""A value of the front matter as plain text."""

from __future__ import annotations

import html

from podcast.document.html_events import read_html
from podcast.document.shortcodes import MARK, scan_templates

_TAGS = frozenset(
    "a abbr b br cite code del div em font i img ins kbd mark p q s samp small span strong "
    "sub sup u var wbr".split()
)


def read_plain_line(text: str) -> str:
    """The text on one line, without Liquid and HTML and with character references resolved."""
    if not any(sign in text for sign in "<&{"):
        return " ".join(text.split())
    scanned = scan_templates(text)
    unmarked = MARK.sub(lambda match: scanned.piece(match[1]).value, scanned.markdown)
    parts = []
    for event in read_html(unmarked):
        if event.kind == "text" or (event.tag and event.tag not in _TAGS):
            parts.append(event.source)
        elif event.tag in ("br", "p", "div"):
            parts.append(" ")
    return " ".join(html.unescape("".join(parts)).split())
