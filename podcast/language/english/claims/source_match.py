"""Where a sentence rests in its source: the words there that say the same as a word of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from podcast.language.english.claims.clauses import (
    ClaimSentence,
    ClaimWord,
    Clause,
    drop_sharing,
)
from podcast.language.english.claims.source_facts import SourceFacts

# Other words that two clauses must share to be about the same.
ENOUGH_SHARED = 2
# Or the part of the clause's words that the source's sentence must have.
ENOUGH_COVERED = 0.6

# Words of a clause that may be matched by its verb alone: "nobody was hurt".
_SHORT = 1


@dataclass(frozen=True, slots=True)
class SourceMatch:
    """A word of the source that says the same as a word of a telling, the rest agreeing too."""

    sentence: ClaimSentence
    clause: Clause
    place: int
    """The word's place in the clause."""
    shared: int
    """How many other words of the telling's clause the source's sentence has."""

    @property
    def word(self) -> ClaimWord:
        """The word itself."""
        return self.clause.words[self.place]

    @property
    def is_denied(self) -> bool | None:
        """Tell whether the source denies the word; None where it is not clear."""
        return self.clause.is_negated(self.place)


def find_matches(
    word: ClaimWord, clause: Clause, sentence: ClaimSentence, source: SourceFacts
) -> list[SourceMatch]:
    """The places of the source that a word of a clause rests on; the best first."""
    others = _words_beside(word, clause, sentence)
    matches: list[SourceMatch] = []
    for theirs in source.sentences:
        if word.keys & theirs.all_keys:
            matches += _match_in_sentence(word, others, theirs, source)

    # A match that shares less counts only where no other shares enough.
    best = max((match.shared for match in matches), default=0)
    near = [match for match in matches if match.shared >= min(best, ENOUGH_SHARED)]
    return sorted(near, key=lambda match: -match.shared)


def _words_beside(word: ClaimWord, clause: Clause, sentence: ClaimSentence) -> list[ClaimWord]:
    """The other words of a clause, one for each stem; of a short one the sentence's too."""
    others = {other.stem: other for other in drop_sharing(clause.content, word.keys)}
    if len(others) < ENOUGH_SHARED:
        others |= {other.stem: other for other in drop_sharing(sentence.content, word.keys)}
    return list(others.values())


def _says_same(theirs: ClaimWord, word: ClaimWord) -> bool:
    """Tell whether a word says the same as a verb: a verb of its group, a noun of its stem."""
    if not theirs.is_content or not theirs.keys & word.keys:
        return False
    return theirs.stem == word.stem or theirs.is_verb


def _matches_of_nobody(word: ClaimWord, sentence: ClaimSentence) -> Iterator[SourceMatch]:
    """Clauses such as "nobody was hurt", which deny a verb of everybody."""
    for clause in sentence.clauses:
        opening = clause.words[0].text.casefold()
        if opening not in ("nobody", "none") or len(clause.content) > _SHORT:
            continue
        for place, other in enumerate(clause.words):
            if other.is_content and other.keys & word.keys:
                yield SourceMatch(sentence, clause, place, 0)


def _match_in_sentence(
    word: ClaimWord, others: list[ClaimWord], sentence: ClaimSentence, source: SourceFacts
) -> Iterator[SourceMatch]:
    shared = source.count_sharing(others, sentence.all_keys)
    if not shared and others:
        yield from _matches_of_nobody(word, sentence)
    if shared < ENOUGH_SHARED and shared + 1 < ENOUGH_COVERED * (len(others) + 1):
        return

    for clause in sentence.clauses:
        if not shared and len(clause.content) > _SHORT:
            continue
        for place, other in enumerate(clause.words):
            if _says_same(other, word):
                yield SourceMatch(sentence, clause, place, shared)
