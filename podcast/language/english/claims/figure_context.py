"""Figures (numbers and dates) of a sentence, each with the words that say what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from podcast.language.english.claims.calendar_days import CalendarDay, read_days
from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord
from podcast.language.english.claims.quantities import Quantity, read_quantities


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date with the words nearest to it in its clause."""

    fact: Quantity | CalendarDay
    context: tuple[ClaimWord, ...]

    @property
    def context_keys(self) -> frozenset[str]:
        return frozenset(key for word in self.context for key in word.keys)


@lru_cache(maxsize=1 << 11)
def read_figures(sentence: ClaimSentence) -> tuple[Figure, ...]:
    """The numbers and dates of a sentence in their order."""
    days, text = read_days(sentence.text)
    facts: list[Quantity | CalendarDay] = [*days, *read_quantities(sentence, text)]
    facts.sort(key=lambda fact: fact.start)
    return tuple(Figure(fact, _context(sentence, fact, facts)) for fact in facts)


def _context(
    sentence: ClaimSentence, fact: Quantity | CalendarDay, facts: Sequence[Quantity | CalendarDay]
) -> tuple[ClaimWord, ...]:
    clause = next((c for c in sentence.clauses if c.words[0].start <= fact.start <= c.words[-1].start), None)
    if clause is None:
        return ()
    return tuple(
        word for word in clause.content if not _is_inside(word, facts) and _nearest(word, facts) is fact
    )


def _is_inside(word: ClaimWord, facts: Sequence[Quantity | CalendarDay]) -> bool:
    return any(fact.start <= word.start < fact.end for fact in facts)


def _nearest(word: ClaimWord, facts: Sequence[Quantity | CalendarDay]) -> Quantity | CalendarDay:
    def distance(fact: Quantity | CalendarDay) -> int:
        return word.start - fact.end if word.start >= fact.end else fact.start - word.start

    return min(facts, key=distance)
