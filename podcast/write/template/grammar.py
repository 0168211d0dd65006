"""A sentence with its tags, and the few questions that the rules ask of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from podcast.language.english.tagger import FINITE_VERBS, NOUNS, TaggedWord, tag_text

# Characters of a sentence that are looked at: what is longer was not written as one.
LONGEST_SENTENCE = 1200
HEDGES = frozenset(
    "could may might would should can aims aim aimed aiming promises promise promised "
    "promising expected expects likely possibly perhaps potential potentially reportedly "
    "allegedly rumored rumoured hopes hope plans plan planned seeks seek set intends intend "
    "intended designed poised if unless whether suggests suggest believes believe claims "
    "claim".split()
)
NEGATIONS = frozenset(
    "not n't n’t no never nor neither none nothing nobody without cannot "
    "hardly barely fails".split()
)
# Words that reach over what follows: cutting behind them may change what is true.
LIMITS = frozenset(
    "first last only largest smallest biggest most least best worst all every each any "
    "fastest highest lowest latest longest newest second third sole world's".split()
)

# A sentence that leans on the one before it.
HANGS = re.compile(
    r"""
    ^(?:This|That|These|Those|It|They|He|She|His|Her|Its|Their|However|But|And|Still|Such|Both
      |Another
      |Other|Here|There|The\ latter|Also|Second|Third|Fourth|For\ example|For\ instance)\b
    """,
    re.VERBOSE,
)
# A sentence that points back to the one before it, with no noun that says to what.
POINTS_BACK = re.compile(
    r"""
    ^(?:However|But|Yet|It|They|He|She|His|Her|Its|Their|Both|Here
      |(?:This|That)\ (?:\w+ly\ )?(?:is|was|has|will|can|could|may|would|[a-z]+(?:s|ed))
      |(?:These|Those)\ (?:are|were|have|will|can|could|may|would))\b
    """,
    re.VERBOSE,
)

_QUOTES = re.compile(r"[\"“”]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence and the tags of its words."""

    text: str
    words: tuple[TaggedWord, ...]

    @property
    def lowered(self) -> tuple[str, ...]:
        """The words in small letters."""
        return tuple(word.text.lower() for word in self.words)

    @property
    def length(self) -> int:
        """How many words it has, as a reader counts."""
        return len(self.text.split())

    def has_any(self, vocabulary: frozenset[str]) -> bool:
        """Tell whether it has one of the words."""
        return not vocabulary.isdisjoint(self.lowered)

    def first_finite(self) -> int | None:
        """The place of the first finite verb; None where the tagger sees none."""
        return next(
            (at for at, word in enumerate(self.words) if word.tag in FINITE_VERBS), None
        )


@lru_cache(maxsize=4096)
def parse_sentence(text: str) -> Parsed:
    """Tag a sentence; of one without end, its beginning."""
    return Parsed(text, tag_text(text[:LONGEST_SENTENCE]))


def is_clause(text: str) -> bool:
    """Tell whether the words can stand as a sentence: a noun or pronoun, then a finite verb."""
    parsed = parse_sentence(text)
    at = parsed.first_finite()
    if at is None or at == 0:
        return False
    return any(
        word.tag in NOUNS or word.tag in ("PRP", "DT", "EX", "CD") for word in parsed.words[:at]
    )


def has_open_quote(text: str) -> bool:
    """Tell whether a quotation opens and does not close."""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


def has_quote(text: str) -> bool:
    """Tell whether somebody's words are quoted."""
    return bool(_QUOTES.search(text))


def close(text: str) -> str:
    """The text with a full stop, where it has no end of its own."""
    text = text.strip(" ,;:–—-")
    return text if re.search(r"[.!?][\"”’')]?$", text) else f"{text}."


def singular_article(text: str) -> str:
    """`a` and `an` as the word after them asks."""
    text = re.sub(r"\b([Aa])n (?=[b-df-hj-np-tv-z](?![A-Z]))", r"\1 ", text)
    return re.sub(
        r"\b([Aa]) (?=AI\b|(?!on(?:e|ce)\b|eu|ewe)[aeio][a-z]|un(?!i|\b)[a-z])", r"\1n ", text
    )
