"""Chapter titles that players show whole."""

from __future__ import annotations

import re
from collections.abc import Container

# The longest chapter title, in characters: Spotify and Apple cut longer ones.
TITLE_MOST = 40


def short_title(title: str, most: int = TITLE_MOST) -> str:
    """The title in at most `most` characters, whole: up to a colon, a dash or a joint."""
    title = " ".join(title.replace("…", "").split())
    if len(title) <= most:
        return title
    head = re.split(r": | [-–—|] |(?<=\?) ", title, maxsplit=1)[0]
    if most * 0.3 <= len(head) <= most:
        return head
    words = title[: most + 1].split(" ")[:-1]
    while len(words) > 1 and words[-1].strip(",;:").lower() in _WEAK:
        words.pop()
    return " ".join(words).rstrip(" ,;:.–—-") or title[:most]


# Words that a title that was cut must not end with.
_WEAK = frozenset(
    "a an the and or but of for to in on at by as with from into via over under amid after "
    "before than that this its their our your his her is are was were be will may can could "
    "new".split()
)


def unique_title(title: str, taken: Container[str]) -> str:
    """The title, with a number where another chapter has it already."""
    number, candidate = 1, title
    while candidate in taken:
        number += 1
        mark = f" ({number})"
        candidate = short_title(title, TITLE_MOST - len(mark)) + mark
    return candidate
