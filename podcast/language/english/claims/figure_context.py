"""Figures (numbers and dates) of a sentence, each with the words that say what it is about."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from podcast.language.english.claims.calendar_days import CalendarDay, read_days
from podcast.language.english.claims.clauses import (
    ClaimSentence,
    ClaimWord,
    Clause,
    collect_keys,
)
from podcast.language.english.claims.quantities import Quantity, read_quantities

Fact = Quantity | CalendarDay
# Ordinals up to this only put things in order, unless they are dates.
_ORDER = 2
# Characters that a joint counts for: more than a clause has.
_FAR = 1000
# What parts the words of one figure from those of the next.
_JOINT = re.compile(r"\b(?:and|or|but|than|versus|compared)\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date with the words nearest to it in its clause."""

    fact: Fact
    context: tuple[ClaimWord, ...]

    @property
    def context_keys(self) -> frozenset[str]:
        """Keys of the words around it."""
        return collect_keys(self.context)


@lru_cache(maxsize=1 << 11)
def read_figures(sentence: ClaimSentence) -> tuple[Figure, ...]:
    """The numbers and dates of a sentence in their order."""
    days, text = read_days(sentence.text)
    quantities = itertools.filterfalse(_is_order, read_quantities(sentence, text))
    facts: list[Fact] = sorted((*days, *quantities), key=lambda fact: fact.start)
    return tuple(Figure(fact, _find_context(sentence, fact, facts)) for fact in facts)


def _is_order(quantity: Quantity) -> bool:
    """Tell whether a number only puts things in order: first, second."""
    is_word = not quantity.text[0].isdigit()
    return is_word and quantity.is_place and max(quantity.values) <= _ORDER


def _find_context(
    sentence: ClaimSentence, fact: Fact, facts: Sequence[Fact]
) -> tuple[ClaimWord, ...]:
    """The words about a fact.

    Those of its clause that are nearer to it than to another fact there.
    """
    clauses = _whole_clauses(sentence, facts)
    here = _find_clause(clauses, fact)
    if here is None:
        return ()

    rivals = [other for other in facts if _has(clauses[here], other)]
    near = _words_outside(clauses[here], facts)
    own = [word for word in near if _nearest(sentence, word, rivals) is fact]

    # A clause without verb or figure belongs to its neighbour: "In the north, 40 were counted".
    for clause in clauses[max(0, here - 1) : here + 2]:
        if _is_bare(clause, facts):
            own += clause.content

    # The only figure of a sentence may be about any word of it.
    if own or len(facts) > 1:
        return tuple(own)
    return _words_outside(sentence, facts)


def _whole_clauses(sentence: ClaimSentence, facts: Sequence[Fact]) -> list[Clause]:
    return [clause for clause in sentence.clauses if not _is_part(clause, facts)]


def _find_clause(clauses: Sequence[Clause], fact: Fact) -> int | None:
    """The place of the clause that a fact stands in."""
    return next((at for at, clause in enumerate(clauses) if _has(clause, fact)), None)


def _words_outside(
    words: ClaimSentence | Clause, facts: Sequence[Fact]
) -> tuple[ClaimWord, ...]:
    """The words that claim something and are no part of a fact."""
    return tuple(word for word in words.content if not _is_inside(word, facts))


def _is_part(clause: Clause, facts: Sequence[Fact]) -> bool:
    """Tell whether a clause is no more than the end of a fact: the year after a comma."""
    is_inside = all(_is_inside(word, facts) for word in clause.words)
    return is_inside and not any(_has(clause, fact) for fact in facts)


def _has(clause: Clause, fact: Fact) -> bool:
    return clause.words[0].start <= fact.start <= clause.words[-1].start


def _is_bare(clause: Clause, facts: Sequence[Fact]) -> bool:
    has_verb = any(word.is_verb for word in clause.words)
    return not has_verb and not any(_has(clause, fact) for fact in facts)


def _is_inside(word: ClaimWord, facts: Sequence[Fact]) -> bool:
    return any(fact.start <= word.start < fact.end for fact in facts)


def _nearest(sentence: ClaimSentence, word: ClaimWord, facts: Sequence[Fact]) -> Fact:
    def distance(fact: Fact) -> int:
        between = sentence.text[min(fact.end, word.start) : max(fact.start, word.start)]
        is_apart = _JOINT.search(between) is not None
        return len(between) + is_apart * _FAR

    return min(facts, key=distance)
