"""Find what has a type of its own within a run of text.

Addresses, citation marks, hashes, mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from podcast.document.shortcodes import MARK

SignKind = Literal[
    "text",
    "mark",
    "address",
    "mention",
    "footnote mark",
    "citation",
    "emoji code",
    "check box",
    "callout mark",
    "commit",
    "hash",
    "stray mark",
]

_SIGNS = re.compile(
    rf"""
      (?P<mark>{MARK.pattern})
    | (?P<address>(?<![\w/@.-])(?:https?://|www\.)[^\s<>"\]\[\u2e31]*[^\s<>"\]\[\u2e31.,;:!?'’”)*_…]
            (?:\([^\s()]*\)[^\s<>"\]\[()]*)?)
    | (?P<footnote>\[\^[^\[\]\s]+\])
    | (?P<cite>[ ]?\[-?@[\w:.#$%&+?~/-]+[^\[\]\n]*\](?=[.,;:!?])|\[-?@[\w:.#$%&+?~/-]+[^\[\]\n]*\])
    | (?P<number>(?<=[\w.,;:!?)"'”’\]])[ ]?\[[1-9]\d{{0,2}}(?:[ ]?[,–-][ ]?[1-9]\d{{0,2}})*\]
            (?=[\s.,;:!?)\[]|$))
    | (?P<emoji>(?<![\w:/])(?::[a-z][a-z0-9_+-]{{1,40}}:)(?![\w/])|:[+-]1:)
    | (?P<mention>(?<![\w./@:-])@[A-Za-z_][\w-]{{1,38}}(?:@[\w.-]+\w)?)
    | (?P<callout>(?<![\w\]])\[!\w+\][+-]?)
    | (?P<commit>(?<!\bthe[ ])(?<!\bthis[ ])(?<!\bthat[ ])(?<!\ba[ ])\b[Cc]ommit[ ]
            (?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d[0-9a-f]*\d)[0-9a-f]{{12,128}}(?![\w-]))
    | (?P<hash>(?<![\w./-])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d[0-9a-f]*\d)[0-9a-f]{{12,128}}(?![\w-]))
    | (?P<stray>(?<![\w*/(\])])\*{{2,3}}(?=[^\W\d])|(?<=[^\W\d])\*{{2,3}}(?=[\s.,;:!?]|$))
    """,
    re.VERBOSE,
)
# Words before brackets with numbers that are a value, no mark of a source.
_INTERVAL = re.compile(
    r"(?:\b(?:in|to|of|from|between|over|interval|range|vector|array|list|tuple|set|and|or|is|"
    r"are|at|on|for)|[=<>≤≥∈,])$",
    re.IGNORECASE,
)
_KINDS: dict[str, SignKind] = {
    "mark": "mark",
    "address": "address",
    "footnote": "footnote mark",
    "cite": "citation",
    "number": "citation",
    "emoji": "emoji code",
    "mention": "mention",
    "callout": "callout mark",
    "commit": "commit",
    "hash": "hash",
    "stray": "stray mark",
}


def split_signs(text: str) -> Iterator[tuple[SignKind, str]]:
    """The text in parts, each with its kind; joined, the parts are the text."""
    at = 0
    for found in _SIGNS.finditer(text):
        group = next(name for name in _KINDS if found[name] is not None)
        if group == "number" and _INTERVAL.search(
            text[max(0, found.start() - 20) : found.start()]
        ):
            continue
        if found.start() > at:
            yield "text", text[at : found.start()]
        yield _KINDS[group], found[0]
        at = found.end()
    if at < len(text):
        yield "text", text[at:]
