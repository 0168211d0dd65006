"""Figures (numbers and dates) of a sentence, each with the words that say what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from podcast.language.english.claims.calendar_days import CalendarDay, read_days
from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord, Clause
from podcast.language.english.claims.quantities import Quantity, read_quantities

Fact = Quantity | CalendarDay
_ORDER = 2
"""Ordinals up to this only put things in order, unless they are dates."""
_FAR = 1000
_JOINT = re.compile(r"\b(?:and|or|but|than|versus|compared)\b")
"""What parts the words of one figure from those of the next."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date with the words nearest to it in its clause."""

    fact: Fact
    context: tuple[ClaimWord, ...]

    @property
    def context_keys(self) -> frozenset[str]:
        return frozenset(key for word in self.context for key in word.keys)


@lru_cache(maxsize=1 << 11)
def read_figures(sentence: ClaimSentence) -> tuple[Figure, ...]:
    """The numbers and dates of a sentence in their order."""
    days, text = read_days(sentence.text)
    facts: list[Fact] = list(days)
    facts += [
        quantity for quantity in read_quantities(sentence, text) if not _is_order(quantity)
    ]
    facts.sort(key=lambda fact: fact.start)
    return tuple(Figure(fact, _context(sentence, fact, facts)) for fact in facts)


def _is_order(quantity: Quantity) -> bool:
    """Whether a number only puts things in order: first, second."""
    return (
        quantity.is_place and max(quantity.values) <= _ORDER and not quantity.text[0].isdigit()
    )


def _context(
    sentence: ClaimSentence, fact: Fact, facts: Sequence[Fact]
) -> tuple[ClaimWord, ...]:
    """The words about a fact.

    Those of its clause that are nearer to it than to another fact there.
    """
    clauses = [clause for clause in sentence.clauses if not _is_part(clause, facts)]
    here = next((at for at, clause in enumerate(clauses) if _has(clause, fact)), None)
    if here is None:
        return ()
    rivals = [other for other in facts if _has(clauses[here], other)]
    near = [word for word in clauses[here].content if not _is_inside(word, facts)]
    own = [word for word in near if _nearest(sentence, word, rivals) is fact]
    beside = [
        clause for clause in clauses[max(0, here - 1) : here + 2] if _is_bare(clause, facts)
    ]
    own += [word for clause in beside for word in clause.content]
    if own or len(facts) > 1:
        return tuple(own)
    return tuple(word for word in sentence.content if not _is_inside(word, facts))


def _is_part(clause: Clause, facts: Sequence[Fact]) -> bool:
    """Whether a clause is no more than the end of a fact: the year after a comma."""
    inside = [word for word in clause.words if _is_inside(word, facts)]
    return len(inside) == len(clause.words) and not any(_has(clause, fact) for fact in facts)


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
        is_apart = bool(_JOINT.search(between))
        return len(between) + (_FAR if is_apart else 0)

    return min(facts, key=distance)
