"""Text on one line, without characters that cannot be seen."""

from __future__ import annotations

import re

# Characters that cannot be seen, that turn the direction of what follows, or stand for a lost
# one.
_UNSEEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\ue000-\uf8ff\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\xad\ufffd]"
)


def remove_unseen(text: str) -> str:
    """Remove characters that cannot be seen."""
    return _UNSEEN.sub("", text)


def join_lines(text: str) -> str:
    """Put the text on one line, without characters that cannot be seen."""
    return " ".join(remove_unseen(text).split())
