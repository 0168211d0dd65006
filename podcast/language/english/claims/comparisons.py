"""Finds comparisons and changes that go the other way than in the source."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain

from podcast.language.english.claims.clauses import (
    ClaimSentence,
    ClaimWord,
    Clause,
    content_of,
    shares_key,
)
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import opposites, stem

# Words after a comparison among which the thing compared with stands.
_TARGET_REACH = 6
_COMPARATIVES = frozenset(("JJR", "RBR"))
_PARTICLES = frozenset(("up", "down"))
_COMPARED = frozenset("than below above".split())
_MOTIONS = frozenset("go goes went is are was were move moves moved".split())
_LESS_WORDS = "less fewer lower worse slower smaller below fall drop"
_MORE_WORDS = "more higher better faster larger bigger above rise"

# The source's word of direction, with its sentence.
Rival = tuple[ClaimWord, ClaimSentence]


def find_direction_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Words of direction whose opposite the source has for the same."""
    if not supposes_something(sentence):
        return
    for clause in sentence.clauses:
        for place, word in enumerate(clause.words):
            opposite = _opposite_stems(word)
            if not opposite or not _is_direction(clause, place):
                continue

            rival = _find_rival(clause, place, opposite, source)
            rival = rival or _find_rival_noun(clause, place, opposite, source)
            if rival:
                clash, where = rival
                what = f'the source has "{clash.text}" where this says "{word.text}"'
                yield Finding("comparison", sentence.text, what, where.text)
                return


def _is_direction(clause: Clause, place: int) -> bool:
    """Tell whether a word is not denied, and no "up" or "down" of another kind: "set up"."""
    if clause.words[place].small in _PARTICLES and not _moves(clause, place):
        return False
    return clause.is_affirmed(place)


def _find_rival_noun(
    clause: Clause, place: int, opposite: frozenset[str], source: SourceFacts
) -> Rival | None:
    """The opposite that the source has before the same noun.

    "fewer parameters" for "more parameters".
    """
    noun = _noun_after(clause.words, place)
    if noun is None:
        return None

    pairs: list[Rival] = []
    for sentence in source.sentences:
        for at, word in enumerate(sentence.words):
            theirs = _noun_after(sentence.words, at)
            if theirs and theirs.stem == noun.stem:
                pairs.append((word, sentence))

    is_opposed = bool(pairs) and all(word.stem in opposite for word, _ in pairs)
    return pairs[0] if is_opposed else None


def _noun_after(words: tuple[ClaimWord, ...], place: int) -> ClaimWord | None:
    """The noun right after a comparative."""
    if words[place].tag not in _COMPARATIVES or place + 1 >= len(words):
        return None
    follows = words[place + 1]
    return follows if follows.tag in ("NN", "NNS") and follows.is_content else None


def _moves(clause: Clause, place: int) -> bool:
    """Tell whether "up" or "down" says where something goes: "goes up", "is down"."""
    return place > 0 and clause.words[place - 1].small in _MOTIONS


def _opposite_stems(word: ClaimWord) -> frozenset[str]:
    """Stems of all opposites of a word."""
    stems: frozenset[str] = frozenset()
    for left, right in opposites():
        if word.stem in left:
            stems |= right
        elif word.stem in right:
            stems |= left
    return stems


def _find_rival(
    clause: Clause, place: int, opposite: frozenset[str], source: SourceFacts
) -> Rival | None:
    """The opposite in the source's clause that this rests on, where nothing says the same."""
    word = clause.words[place]
    # Only words without opposite show what is spoken of, and not which way it goes.
    others = [other for other in clause.content if not _opposite_stems(other)]

    rival: Rival | None = None
    most_shared = 0
    for sentence in source.sentences:
        shared = source.count_sharing(others, sentence.all_keys)
        if not _is_enough(shared, len(others)):
            continue

        clash = _clash_by_target(clause, place, opposite, sentence)
        if clash is None and _has_same_direction(word, sentence, opposite):
            return None
        clash = clash or _clash_in_clause(clause, opposite, sentence)
        if clash and shared > most_shared:
            rival, most_shared = (clash, sentence), shared
    return rival


def _is_enough(shared: int, count: int) -> bool:
    return shared >= 2 or shared == count == 1


def _has_same_direction(
    word: ClaimWord, sentence: ClaimSentence, opposite: frozenset[str]
) -> bool:
    sides = [side for side in chain.from_iterable(opposites()) if word.stem in side]
    same = frozenset((word.stem,)).union(*sides) - opposite
    return any(other.stem in same for other in sentence.words)


def _clash_in_clause(
    clause: Clause, opposite: frozenset[str], sentence: ClaimSentence
) -> ClaimWord | None:
    opposed = (word for word in sentence.words if word.stem in opposite)
    return next((word for word in opposed if _is_direction_of(word, clause, sentence)), None)


def _is_direction_of(opposite: ClaimWord, clause: Clause, sentence: ClaimSentence) -> bool:
    """Tell whether the opposite stands in a clause that shares a word with the telling's."""
    others = [word for word in clause.content if word.stem != opposite.stem]
    for theirs in sentence.clauses:
        if opposite in theirs.words:
            is_affirmed = theirs.is_affirmed(theirs.words.index(opposite))
            return is_affirmed and shares_key(others, theirs.all_keys)
    return False


def _clash_by_target(
    clause: Clause, place: int, opposite: frozenset[str], sentence: ClaimSentence
) -> ClaimWord | None:
    """The opposite that the source has against the very thing that this compares with."""
    target = _target_stems(clause.words, place)
    same = clause.words[place].stem
    if not target or not _compares_with_another(same, target, opposite, sentence):
        return None

    opposed = _widen_opposite(opposite)
    for word, their_target in _find_comparisons(sentence, opposed):
        if their_target & target:
            return word
    return None


def _find_comparisons(
    sentence: ClaimSentence, stems: frozenset[str]
) -> Iterator[tuple[ClaimWord, frozenset[str]]]:
    """The words of these stems, each with the stems of what it compares with."""
    for clause in sentence.clauses:
        for at, word in enumerate(clause.words):
            if word.stem in stems:
                yield word, _target_stems(clause.words, at)


def _compares_with_another(
    same: str, target: frozenset[str], opposite: frozenset[str], sentence: ClaimSentence
) -> bool:
    """Tell whether the source has this direction only against something else, or not at all."""
    agreeing = _agreeing_stems(opposite) | {same}
    for _, their_target in _find_comparisons(sentence, agreeing):
        if not their_target or their_target & target:
            return False
    return True


def _agreeing_stems(opposite: frozenset[str]) -> frozenset[str]:
    """The direction words on this side."""
    less, more = _direction_sides()
    return more if opposite & less else less


@cache
def _direction_sides() -> tuple[frozenset[str], frozenset[str]]:
    """Stems of words for less, and of words for more."""
    return frozenset(map(stem, _LESS_WORDS.split())), frozenset(map(stem, _MORE_WORDS.split()))


def _widen_opposite(opposite: frozenset[str]) -> frozenset[str]:
    """The opposites, and "below" for "higher" or "more" and the like."""
    sides = [side for side in _direction_sides() if side & opposite]
    return opposite.union(*sides)


def _target_stems(words: tuple[ClaimWord, ...], place: int) -> frozenset[str]:
    """Stems of what follows "than", "above" or "below", figures left out."""
    for at in range(place, min(place + _TARGET_REACH, len(words))):
        if words[at].text.casefold() in _COMPARED:
            target = content_of(words[at + 1 : at + 1 + _TARGET_REACH])
            return frozenset(word.stem for word in target if word.tag != "CD")
    return frozenset()
