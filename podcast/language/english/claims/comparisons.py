"""Finds comparisons and changes that go the other way than in the source."""

from __future__ import annotations

from collections.abc import Iterator

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord, Clause
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import opposites, stem

_TARGET_REACH = 6
"""Words after a comparison among which the thing compared with stands."""
_COMPARATIVES = frozenset(("JJR", "RBR"))
_PARTICLES = frozenset(("up", "down"))
_COMPARED = frozenset("than below above".split())


def find_direction_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Words of direction whose opposite the source has for the same."""
    if not supposes_something(sentence):
        return
    for clause in sentence.clauses:
        for place, word in enumerate(clause.words):
            opposite = _opposite(word)
            if word.small in _PARTICLES and not _moves(clause, place):
                continue
            if not opposite or clause.is_negated(place) is not False:
                continue
            rival = _rival(clause, place, opposite, source) or _rival_beside_noun(
                clause, place, opposite, source
            )
            if rival is not None:
                clash, where = rival
                what = f'the source has "{clash.text}" where this says "{word.text}"'
                yield Finding("comparison", sentence.text, what, where.text)
                return


def _rival_beside_noun(
    clause: Clause, place: int, opposite: frozenset[str], source: SourceFacts
) -> tuple[ClaimWord, ClaimSentence] | None:
    """The opposite that the source has before the same noun.

    "fewer parameters" for "more parameters".
    """
    noun = _noun_after(clause.words, place)
    if noun is None:
        return None

    pairs = [
        (word, sentence)
        for sentence in source.sentences
        for at, word in enumerate(sentence.words)
        if word.tag in _COMPARATIVES
        and (theirs := _noun_after(sentence.words, at)) is not None
        and theirs.stem == noun.stem
    ]
    is_opposed = bool(pairs) and all(word.stem in opposite for word, _ in pairs)
    return pairs[0] if is_opposed else None


def _noun_after(words: tuple[ClaimWord, ...], place: int) -> ClaimWord | None:
    """The noun right after a comparative."""
    if words[place].tag not in _COMPARATIVES or place + 1 >= len(words):
        return None
    follows = words[place + 1]
    return follows if follows.tag in ("NN", "NNS") and follows.is_content else None


def _moves(clause: Clause, place: int) -> bool:
    """Whether "up" or "down" says where something goes: "goes up", "is down"."""
    before = clause.words[place - 1].small if place else ""
    return before in (
        "go",
        "goes",
        "went",
        "is",
        "are",
        "was",
        "were",
        "move",
        "moves",
        "moved",
    )


def _opposite(word: ClaimWord) -> frozenset[str]:
    """Stems of all opposites of a word."""
    found: frozenset[str] = frozenset()
    for left, right in opposites():
        if word.stem in left:
            found |= right
        elif word.stem in right:
            found |= left
    return found


def _rival(
    clause: Clause, place: int, opposite: frozenset[str], source: SourceFacts
) -> tuple[ClaimWord, ClaimSentence] | None:
    """The opposite in the source's clause that this clause rests on, where nothing there says the same."""
    word = clause.words[place]
    others = [
        w
        for w in clause.content
        if w is not word and w.stem not in opposite and not _opposite(w)
    ]
    best: tuple[int, ClaimWord, ClaimSentence] | None = None
    for sentence in source.sentences:
        shared = sum(bool(source.word_keys(other) & sentence.all_keys) for other in others)
        if not _is_enough(shared, len(others)):
            continue
        agrees = _has_same_direction(word, sentence, opposite)
        clash = _clash_by_target(clause, place, opposite, sentence)
        if clash is None and agrees:
            return None
        if clash is None:
            clash = _clash_in_clause(clause, opposite, sentence)
        if clash is None:
            continue
        if best is None or shared > best[0]:
            best = (shared, clash, sentence)
    return (best[1], best[2]) if best else None


def _is_enough(shared: int, count: int) -> bool:
    return shared >= 2 or shared == count == 1


def _has_same_direction(
    word: ClaimWord, sentence: ClaimSentence, opposite: frozenset[str]
) -> bool:
    same = {word.stem} | {
        key for pair in opposites() for side in pair if word.stem in side for key in side
    }
    return any(other.stem in same - opposite for other in sentence.words)


def _clash_in_clause(
    clause: Clause, opposite: frozenset[str], sentence: ClaimSentence
) -> ClaimWord | None:
    opposed = (word for word in sentence.words if word.stem in opposite)
    return next((word for word in opposed if _is_direction_of(word, clause, sentence)), None)


def _is_direction_of(opposite: ClaimWord, clause: Clause, sentence: ClaimSentence) -> bool:
    """Whether the opposite stands in a clause of the source that shares a word with the telling's."""
    for other in sentence.clauses:
        if opposite in other.words:
            place = other.words.index(opposite)
            shares = any(
                word.keys & other.all_keys
                for word in clause.content
                if word.stem != opposite.stem
            )
            return shares and other.is_negated(place) is False
    return False


def _clash_by_target(
    clause: Clause, place: int, opposite: frozenset[str], sentence: ClaimSentence
) -> ClaimWord | None:
    """The opposite that the source has against the very thing that this compares with."""
    target = _target(clause.words, place)
    same = clause.words[place].stem
    if not target or not _compares_with_another(same, target, opposite, sentence):
        return None
    for other in sentence.clauses:
        for at, word in enumerate(other.words):
            if word.stem in _opposed(opposite) and _target(other.words, at) & target:
                return word
    return None


def _compares_with_another(
    same: str, target: frozenset[str], opposite: frozenset[str], sentence: ClaimSentence
) -> bool:
    """Whether the source has this direction only against something else, if it has it at all."""
    agreeing = _agreeing(opposite)
    targets = [
        _target(clause.words, at)
        for clause in sentence.clauses
        for at, word in enumerate(clause.words)
        if word.stem in agreeing | {same}
    ]
    return all(other and not other & target for other in targets)


def _agreeing(opposite: frozenset[str]) -> frozenset[str]:
    """The direction words on this side."""
    down, up = _sides()
    return up if opposite & down else down


def _sides() -> tuple[frozenset[str], frozenset[str]]:
    """Words for less, and words for more."""
    down = frozenset(map(stem, "less fewer lower worse slower smaller below fall drop".split()))
    up = frozenset(map(stem, "more higher better faster larger bigger above rise".split()))
    return down, up


def _opposed(opposite: frozenset[str]) -> frozenset[str]:
    """The opposites, and "below" for "higher" or "more" and the like."""
    down, up = _sides()
    return (
        opposite
        | (down if opposite & down else frozenset())
        | (up if opposite & up else frozenset())
    )


def _target(words: tuple[ClaimWord, ...], place: int) -> frozenset[str]:
    """Keys of what follows "than", "above" or "below"."""
    for at in range(place, min(place + _TARGET_REACH, len(words))):
        if words[at].text.casefold() in _COMPARED:
            return frozenset(
                w.stem
                for w in words[at + 1 : at + 1 + _TARGET_REACH]
                if w.is_content and w.tag != "CD"
            )
    return frozenset()
