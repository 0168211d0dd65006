"""A paper's news first: what it introduces is told before the ground on which it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Sentences of background at most that the news may be moved before.
BACKGROUND = 3

_INTRODUCES = re.compile(
    r"""
    ^(?:(?:The|This)\ (?:paper|study|article|work|research|authors?)
        \ (?:introduces?|presents?|proposes?|describes?|develops?|reports?|investigates?
          |explores?)\b
      |(?P<name>[A-Z][\w+-]*[A-Z\d][\w+-]*(?:\ [A-Z][\w-]*)?)
        \ (?:is\ an?|introduces|proposes|offers)\ (?:new|novel)\b
      |(?P<other>[A-Z][\w+-]*[A-Z\d][\w+-]*)\ (?:introduces|proposes)\b
      |(?:Researchers|Scientists)\ (?:[^,.]{2,60}\ )?have
        \ (?:developed|found|built|shown|created)\b)
    """,
    re.VERBOSE,
)
_BACKGROUND = re.compile(
    r"""
    \b(?:is|are|remains?|has\ become)\ (?:[\w-]+ly\ )?
      (?:crucial|essential|vital|important|critical|complex
      |challenging|difficult|key)\b
    |^(?:Traditional|Existing|Current|Conventional|Previous|Prior|Recent|Many|Most|Although
      |While|Despite)\b
    |\b(?:struggles?|excels?|often|typically|faces?)\b
    """,
    re.VERBOSE,
)
_LEANS_BACK = re.compile(
    r"^(?:This|That|These|Those|It|They|Its|Their|He|She|However|But|Such|Both|To address)\b"
)


def lead_with_news(sentences: Sequence[str]) -> list[str]:
    """Put the sentence that says what a paper introduces before its background.

    Only where everything before it is background, and nothing behind it leans on its neighbour.
    """
    at = next(
        (at for at, sentence in enumerate(sentences) if _INTRODUCES.match(sentence)), None
    )
    if at is None or not 1 <= at <= BACKGROUND:
        return list(sentences)

    background, rest = sentences[:at], sentences[at + 1 :]
    if not all(_BACKGROUND.search(sentence) for sentence in background):
        return list(sentences)
    if _LEANS_BACK.match(background[0]) or (rest and _LEANS_BACK.match(rest[0])):
        return list(sentences)
    return [sentences[at], *background, *rest]
