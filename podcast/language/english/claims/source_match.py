"""Where a sentence rests in its source: the words there that say the same as a word of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord, Clause
from podcast.language.english.claims.source_facts import SourceFacts

ENOUGH_SHARED = 2
"""Other words that two clauses must share to be about the same."""
ENOUGH_COVERED = 0.6
"""Or the part of the clause's words that the source's sentence must have."""

_SHORT = 1
"""Words of a clause that may be matched by its verb alone: "nobody was hurt"."""


@dataclass(frozen=True, slots=True)
class SourceMatch:
    """A word of the source that says the same as a word of a telling, where the rest agrees too."""

    sentence: ClaimSentence
    clause: Clause
    place: int
    """The word's place in the clause."""
    shared: int
    """How many other words of the telling's clause the source's sentence has."""

    @property
    def word(self) -> ClaimWord:
        return self.clause.words[self.place]

    @property
    def is_denied(self) -> bool | None:
        return self.clause.is_negated(self.place)


def find_matches(
    word: ClaimWord, clause: Clause, sentence: ClaimSentence, source: SourceFacts
) -> list[SourceMatch]:
    """The places of the source that a word of a clause rests on; the best first."""
    others = {other.stem: other for other in clause.content if not other.keys & word.keys}
    if len(others) < ENOUGH_SHARED:
        others |= {
            other.stem: other for other in sentence.content if not other.keys & word.keys
        }
    matches = [
        match
        for theirs in source.sentences
        if word.keys & theirs.all_keys
        for match in _matches_in(word, list(others.values()), theirs, source)
    ]
    if matches:
        best = max(match.shared for match in matches)
        matches = [match for match in matches if match.shared >= min(best, ENOUGH_SHARED)]
    return sorted(matches, key=lambda match: -match.shared)


def _says_same(theirs: ClaimWord, word: ClaimWord) -> bool:
    """Whether a word says the same as a verb: a verb of its group, or a noun of its stem."""
    if not theirs.is_content or not theirs.keys & word.keys:
        return False
    return theirs.stem == word.stem or theirs.is_verb


def _matches_of_nobody(word: ClaimWord, sentence: ClaimSentence) -> Iterator[SourceMatch]:
    """Clauses such as "nobody was hurt", which deny a verb of everybody."""
    for clause in sentence.clauses:
        opens = clause.words[0].text.casefold()
        if opens in ("nobody", "none") and len(clause.content) <= _SHORT:
            for place, other in enumerate(clause.words):
                if other.is_content and other.keys & word.keys:
                    yield SourceMatch(sentence, clause, place, 0)


def _matches_in(
    word: ClaimWord, others: list[ClaimWord], sentence: ClaimSentence, source: SourceFacts
) -> Iterator[SourceMatch]:
    shared = sum(bool(source.word_keys(other) & sentence.all_keys) for other in others)
    if not shared and others:
        yield from _matches_of_nobody(word, sentence)
    if shared < ENOUGH_SHARED and shared + 1 < ENOUGH_COVERED * (len(others) + 1):
        return
    for clause in sentence.clauses:
        is_short = len(clause.content) <= _SHORT
        for place, other in enumerate(clause.words):
            if _says_same(other, word) and (shared or is_short):
                yield SourceMatch(sentence, clause, place, shared)
