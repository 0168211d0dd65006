"""Links to commits, as release notes have them: their text is a hash, which nobody reads aloud."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_HASH = re.compile(r"[0-9a-f]{6,40}")
_BRACKETS = {"[": "]", "(": ")"}
_STOPS = (".", ",", ";", ":", "!", "?")
# What parts a hash from the change that it stands before.
_AFTER = re.compile(r"^\s*(?:[-–—:]\s+)?")


def mark_commit_links(tokens: list[Token]) -> list[Token]:
    """Replace links to commits by tokens `hash`: those that begin a line or stand in brackets.

    Within a sentence, "see commit 1a2b3c4", the hash stays, for the sentence needs it.
    """
    marked: list[Token] = []
    at = 0
    while at < len(tokens):
        link = tokens[at : at + 3]
        following = tokens[at + 3] if at + 3 < len(tokens) else None
        if not (_is_commit_link(link) and _stands_apart(marked, following)):
            marked.append(tokens[at])
            at += 1
            continue

        opening, text, closing = link
        closing.type, closing.nesting = "hash", 0
        closing.content = f"{text.content} {opening.attrGet('href')}"
        marked.append(closing)
        at += 3
    return marked


def _is_commit_link(link: list[Token]) -> bool:
    kinds = [token.type.partition("_")[0] for token in link]
    if kinds not in (["link", "text", "link"], ["link", "code", "link"]):
        return False
    shown = link[1].content.strip()
    address = str(link[0].attrGet("href") or "")
    return _HASH.fullmatch(shown) is not None and f"/{shown[:6]}" in address


def _stands_apart(before: list[Token], following: Token | None) -> bool:
    """Whether a link begins its line or stands in brackets, which are taken from around it."""
    if following is None or following.type != "text":
        return False

    is_in_brackets = _take_brackets(before, following)
    begins_line = not any(token.type != "text" or token.content for token in before)
    if begins_line:
        following.content = _AFTER.sub("", following.content, count=1)
    return is_in_brackets or begins_line


def _take_brackets(before: list[Token], following: Token) -> bool:
    """Take the brackets off that end the text before and begin the text after; False for none."""
    if not before or before[-1].type != "text":
        return False
    last = before[-1]
    closing = _BRACKETS.get(last.content[-1:])
    if closing is None or not following.content.startswith(closing):
        return False

    last.content = last.content[:-1]
    following.content = following.content[1:]
    if following.content.startswith(_STOPS):
        last.content = last.content.rstrip()
    return True
