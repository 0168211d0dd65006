"""Signs written as character references, `&#91;`, are letters of a text and no Markdown.

While a run of text is searched for marks of footnotes, emoji codes and the like, another
character stands for each of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

# Of the private characters that stand for signs of ASCII.
_FIRST_STAND_IN = 0x100000
# Signs that belong to marks; a mark's surroundings, such as a bracket or a quote, stay.
_LITERAL = re.compile(r"[\w*:@\[\]]", re.ASCII)
_STAND_IN = re.compile("[\U00100000-\U0010007f]")
# Characters that nobody reads, and that stand for something here and in `shortcodes`.
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")


def show_signs(text: str) -> str:
    """Put the signs back for which others stand."""
    return _STAND_IN.sub(lambda found: chr(ord(found[0]) - _FIRST_STAND_IN), text)


def join_texts(state: StateCore) -> None:
    """Join each run of text, as markdown-it's own rule `text_join` does, with stand-ins in it.

    A footnote within the text, `^[so]`, gets its text: the plugin keeps it elsewhere.
    """
    footnotes = state.env.get("footnotes", {}).get("list", {})
    for token in state.tokens:
        for child in token.children or []:
            if child.type == "footnote_ref" and "label" not in child.meta:
                child.content = footnotes[child.meta["id"]]["content"]
        if token.children:
            token.children = _join_children(token.children)


def _join_children(tokens: list[Token]) -> list[Token]:
    joined: list[Token] = []
    parts: list[str] = []
    for token in tokens:
        if token.children:
            token.children = _join_children(token.children)

        is_text = token.type in ("text", "text_special")
        if is_text and parts:
            parts.append(_literal(token))
            continue

        _end_run(joined, parts)
        joined.append(token)
        if is_text:
            parts = [_literal(token)]
            token.type = "text"

    _end_run(joined, parts)
    return joined


def _end_run(joined: list[Token], parts: list[str]) -> None:
    """Give the whole run of text to its first token."""
    if parts:
        joined[-1].content = "".join(parts)
        parts.clear()


def _literal(token: Token) -> str:
    """The token's text; a stand-in where it is a character reference for a sign."""
    if token.info == "entity" and _PRIVATE.fullmatch(token.content):
        return "\ufffd"
    if token.info == "entity" and _LITERAL.fullmatch(token.content):
        return chr(_FIRST_STAND_IN + ord(token.content))
    return token.content
