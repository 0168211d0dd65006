"""Finds what a sentence asserts and its source denies, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile

from podcast.language.english.claims.clauses import (
    ClaimSentence,
    ClaimWord,
    Clause,
    drop_sharing,
    join_words,
    shares_key,
)
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.source_match import SourceMatch, find_matches
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import stem

_PREFIXES = ("un", "non", "non-")
_SHORTEST_BASE = 5
_NEEDS = frozenset(map(stem, "need require use take involve have contain include".split()))
_OF_ITSELF = frozenset("it they he she you".split())
_ABSENT = frozenset("without no lack lacks lacking".split())
# Words of a sentence whose verb may stand for all of it: "nobody was hurt".
_SHORT = 5


def find_negation_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Verbs that are denied on one side alone."""
    if not supposes_something(sentence):
        return
    for clause in sentence.clauses:
        if clause.is_open or clause.is_half_denied:
            continue
        fault = (
            _prefix_fault(sentence, clause, source)
            or _need_fault(sentence, clause, source)
            or _verb_fault(sentence, clause, source)
        )
        if fault:
            yield fault
            return


def _verb_fault(sentence: ClaimSentence, clause: Clause, source: SourceFacts) -> Finding | None:
    """A verb that all like sentences of the source deny where this affirms, or the reverse."""
    for place, word in enumerate(clause.words):
        if not word.is_verb or not word.is_content:
            continue
        matches = _matches_of_same(word, clause, sentence, source)
        # A like word is not near enough: "nobody filmed it" denies no video.
        if all(match.word.stem != word.stem for match in matches):
            continue

        is_denied = clause.is_negated(place)
        if _all_contradict(matches, is_denied):
            verb = "affirms" if is_denied else "denies"
            what = f'the source {verb} "{word.text}"'
            return Finding("negation", sentence.text, what, matches[0].sentence.text)
    return None


def _all_contradict(matches: list[SourceMatch], is_denied: bool | None) -> bool:
    """Tell whether each match clearly affirms where this denies, or the reverse."""
    if is_denied is None:
        return False
    return all(match.is_denied not in (None, is_denied) for match in matches)


def _matches_of_same(
    word: ClaimWord, clause: Clause, sentence: ClaimSentence, source: SourceFacts
) -> list[SourceMatch]:
    matches = find_matches(word, clause, sentence, source)
    return [match for match in matches if _is_about_same(match, word, clause, sentence)]


def _is_about_same(
    match: SourceMatch, word: ClaimWord, clause: Clause, sentence: ClaimSentence
) -> bool:
    """Tell whether the source's sentence shares another word of the very clause."""
    is_without = match.place > 0 and match.clause.words[match.place - 1].small == "without"
    if match.clause.is_half_denied and not is_without:
        return False

    others = drop_sharing(clause.content, word.keys)
    if not others:
        return len(sentence.content) <= _SHORT
    return not match.shared or shares_key(others, match.sentence.all_keys)


def _prefix_fault(
    sentence: ClaimSentence, clause: Clause, source: SourceFacts
) -> Finding | None:
    """A word that the source has only with "un-" before it: "classified" for "unclassified"."""
    for place, word in enumerate(clause.words):
        if len(word.small) < _SHORTEST_BASE or word.is_name or _has_word(source, word):
            continue
        if not clause.is_affirmed(place):
            continue

        opposed, where = _find_prefixed(word, clause, source)
        if opposed and where:
            what = f'the source has "{opposed.text}" where this says "{word.text}"'
            return Finding("negation", sentence.text, what, where.text)
    return None


def _find_prefixed(
    word: ClaimWord, clause: Clause, source: SourceFacts
) -> tuple[ClaimWord, ClaimSentence] | tuple[None, None]:
    """The source's word that denies this one by its prefix, in a sentence about the same."""
    others = [other for other in clause.content if other is not word]
    for theirs in source.sentences:
        if not shares_key(others, theirs.all_keys):
            continue
        for opposed in theirs.words:
            if _opposes_by_prefix(opposed, word):
                return opposed, theirs
    return None, None


def _has_word(source: SourceFacts, word: ClaimWord) -> bool:
    return word.small in source.plain_text.split() or word.stem in source.keys


def _opposes_by_prefix(theirs: ClaimWord, word: ClaimWord) -> bool:
    return theirs.small in {prefix + word.small for prefix in _PREFIXES}


def _need_fault(sentence: ClaimSentence, clause: Clause, source: SourceFacts) -> Finding | None:
    """Something that it needs or has, and that the source has only after "without" or "no"."""
    for place in range(1, len(clause.words)):
        wanted = _needed_phrase(clause, place)
        if not wanted:
            continue
        places = _find_places(wanted[-1], source)
        if places and all(_is_absent(theirs, at, wanted) for theirs, at in places):
            what = f'the source is without "{join_words(wanted)}"'
            return Finding("negation", sentence.text, what, places[0][0].text)
    return None


def _find_places(word: ClaimWord, source: SourceFacts) -> list[tuple[ClaimSentence, int]]:
    """Each sentence of the source that has the word's stem, with the place where it has it."""
    places: list[tuple[ClaimSentence, int]] = []
    for sentence in source.sentences:
        for at, theirs in enumerate(sentence.words):
            if theirs.stem == word.stem:
                places.append((sentence, at))
    return places


def _needed_phrase(clause: Clause, place: int) -> list[ClaimWord]:
    """The object of a verb of need at a place: `it needs a cable`; empty for another verb."""
    word, subject = clause.words[place], clause.words[place - 1].small
    if word.stem not in _NEEDS or not word.is_verb or subject not in _OF_ITSELF:
        return []
    if not clause.is_affirmed(place):
        return []
    return _noun_phrase(clause.words, place + 1)


def _noun_phrase(words: tuple[ClaimWord, ...], start: int) -> list[ClaimWord]:
    """The words of the noun phrase that starts at a place, without articles."""
    phrase: list[ClaimWord] = []
    for word in words[start : start + 5]:
        if word.small in _ABSENT:
            return []
        if word.tag in ("DT", "PRP$"):
            continue
        if not word.tag.startswith(("NN", "JJ")):
            break
        phrase.append(word)
    return phrase if phrase and phrase[-1].tag in ("NN", "NNS") else []


def _is_absent(sentence: ClaimSentence, at: int, wanted: list[ClaimWord]) -> bool:
    """Tell whether a noun of the source stands after "without" or the like."""
    before = sentence.words[max(0, at - 4) : at]
    after_absent = list(dropwhile(lambda word: word.small not in _ABSENT, before))
    if not after_absent:
        return False
    stems = {word.stem for word in after_absent[1:]}
    return all(word.stem in stems for word in wanted[:-1])
