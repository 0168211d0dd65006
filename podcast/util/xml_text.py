"""Text as XML, HTML and podcast apps can take it."""

from __future__ import annotations

import re

# Characters that XML 1.0, section 2.2, forbids, and the control characters it discourages.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def one_line(text: str, limit: int = 255) -> str:
    """The text on one line without outer white space, cut to `limit` characters at a word.

    255 is what Apple and PSP-1 allow every value but descriptions.
    """
    line = " ".join(clean(text).split())
    if len(line) <= limit:
        return line

    head = line[: limit - 1]
    space = head.rfind(" ")
    # A text with a very long word is cut within it: half of the room would be lost.
    if space > limit // 2:
        head = head[:space]
    return f"{head.rstrip()}…"
