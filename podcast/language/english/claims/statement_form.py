"""Forms of a sentence: a statement, a question that supposes something, words of reserve."""

from __future__ import annotations

import re

from podcast.language.english.claims.clauses import ClaimSentence, Clause, join_words
from podcast.language.english.claims.phrase_patterns import marker

_SUPPOSING = re.compile(
    r"""
    ^(?:(?:so|and|but|then|well|now),?\ )*
    (?:(?:is|was)\ that\ )?
    # "Is that why ..." takes for granted what "why" alone may only name.
    (?: (?<=that\ )why
      | why\ (?:did|does|do|has|have|was|were|is|are)
      | how\ (?:much|many|did|has|was)
      | when\ did
      | since\ when
      | what\ made
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

_IMAGINING = re.compile(
    r"""
    (?: (?:so|now|but|and|well|just),?\  )*
    (?: imagine|picture|suppose|pretend | let['’]s\ say | say\ you )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def supposes_something(sentence: ClaimSentence) -> bool:
    """Tell whether a sentence asserts anything, as the question "why did it fail?" does."""
    if is_imagined(sentence.text):
        return False
    return not sentence.is_question or bool(_SUPPOSING.search(sentence.text))


def is_imagined(text: str) -> bool:
    """Tell whether a sentence asks to imagine something: "Picture a thousand cameras"."""
    return bool(_IMAGINING.match(text))


def is_reserved(text: str) -> bool:
    """Tell whether something is said as possible, hoped or believed."""
    return bool(marker("reserve").search(text))


def is_reported(text: str) -> bool:
    """Tell whether something is said to be somebody's word."""
    return bool(marker("reported").search(text))


def is_to_come(text: str) -> bool:
    """Tell whether something is said of the future, or as a plan."""
    return bool(marker("to_come").search(text))


def is_about_programme(text: str) -> bool:
    """Tell whether a sentence speaks of what comes later in the programme, or came before."""
    return bool(marker("programme").search(text))


def text_before(clause: Clause, place: int) -> str:
    """The words of a clause before one of its words."""
    return join_words(clause.words[:place])
