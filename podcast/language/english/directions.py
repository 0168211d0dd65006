"""Directions in what a person says: `[laughs]`, `[pace slow]`. They are acted or ignored, never spoken."""

from __future__ import annotations

import re

_DIRECTION = re.compile(
    r"""
    \[
        ( [a-z]++ (?: [ ,'-]++ [a-z]++ )*+ )        # lower-case words alone
    \]
    (?! [(\[] )                                   # no link of Markdown
    """,
    re.VERBOSE,
)
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])([^*\n]*[^\s*])\*{1,3}(?![\w*])")


def take_directions(text: str) -> tuple[str, tuple[str, ...]]:
    """Part a passage into what is said, as it is written, and its directions.

    Stars that stress words are taken off: `a *very* old one`. `[0, 1]`, `[Smith]` and `5 * 3` are text.
    """
    directions = tuple(_DIRECTION.findall(text))
    said = _EMPHASIS.sub(r"\1", _DIRECTION.sub(" ", text))
    said = re.sub(r"\s+([.,;:!?])(?!\w)", r"\1", said) if directions else said
    return " ".join(said.split()), directions
