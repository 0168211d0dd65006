"""Finds what a sentence tells as a fact or as done, and its source as possible or planned."""

from __future__ import annotations

from collections.abc import Iterator

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord, Clause
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.phrase_patterns import marker
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.source_match import (
    ENOUGH_COVERED,
    SourceMatch,
    find_matches,
)
from podcast.language.english.claims.statement_form import (
    is_reported,
    is_reserved,
    is_to_come,
    supposes_something,
    text_before,
)
from podcast.language.english.claims.word_forms import stem_list
from podcast.language.english.tagger import FINITE_VERBS

_HELPERS = frozenset("has have had was were been be being is are 's 've".split())
_PERFECT = frozenset("has have 's 've".split())
_SETTLES_NOTHING = frozenset(
    "started begun wanted tried got been gone come become had asked called planned proposed".split()
)
_ENOUGH_OBJECTS = 2
_PAST_HELPERS = frozenset("has have had was were 've".split())


def find_certainty_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Verbs that the source hedges and the sentence does not."""
    if not supposes_something(sentence):
        return
    is_certain = bool(marker("certain").search(sentence.text))
    if not is_certain and (is_reserved(sentence.text) or is_reported(sentence.text)):
        return
    if is_certain and (doubt := _doubtful_source(sentence, source)):
        yield Finding(
            "hedge",
            sentence.text,
            "this is told as certain; the source has it as possible",
            doubt.text,
        )
        return
    for clause, place in _content_verbs(sentence):
        word = clause.words[place]
        if word.tag == "VBG" or not _is_asserted(clause, place):
            continue
        matches = find_matches(word, clause, sentence, source)
        if matches and all(_is_possible(match) for match in matches):
            what = f'"{word.text}" is told as a fact; the source has it as possible'
            yield Finding("hedge", sentence.text, what, matches[0].sentence.text)
            return


def _content_verbs(sentence: ClaimSentence) -> Iterator[tuple[Clause, int]]:
    """The places of verbs that say something, each with its clause."""
    for clause in sentence.clauses:
        for place, word in enumerate(clause.words):
            if word.is_verb and word.is_content:
                yield clause, place


def find_plan_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Verbs that the source has as a plan and the sentence as done."""
    if not supposes_something(sentence):
        return
    for clause, place in _content_verbs(sentence):
        if is_to_come(text_before(clause, place)):
            continue
        needed = _done_marker(clause, place)
        if needed is None or clause.is_negated(place) is not False:
            continue
        word = clause.words[place]
        matches = find_matches(word, clause, sentence, source)
        if matches and all(_is_planned(match, needed) for match in matches):
            what = f'"{word.text}" is told as done; the source has it as planned'
            yield Finding("planned", sentence.text, what, matches[0].sentence.text)
            return


def find_done_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Deeds in the perfect tense, in a word of their own, of which the source has only a plan or a rumor."""
    if sentence.is_question or is_reserved(sentence.text) or is_reported(sentence.text):
        return
    for clause in sentence.clauses:
        place = _perfect_verb(clause)
        if place is None or clause.words[place].keys & source.keys or is_to_come(clause.text):
            continue
        others = [word for word in clause.content if word is not clause.words[place]]
        rests = [s for s in source.sentences if _covers(others, s.all_keys)]
        if rests and all(_is_unsettled(others, s) for s in rests):
            what = f'"{clause.words[place].text}" is told as done; the source has it as planned'
            yield Finding("planned", sentence.text, what, rests[0].text)
            return


def _perfect_verb(clause: Clause) -> int | None:
    """The place of the verb after has or have.

    None where there is none, or it is denied or only said.
    """
    for place, word in enumerate(clause.words):
        before = [other.text.casefold() for other in clause.words[max(0, place - 3) : place]]
        if word.tag not in ("VBN", "VBD") or not _PERFECT & {*before}:
            continue
        is_said = word.stem in stem_list("speech_verbs") or word.small in _SETTLES_NOTHING
        return None if is_said or clause.is_negated(place) is not False else place
    return None


def _covers(words: list[ClaimWord], keys: frozenset[str]) -> bool:
    shared = sum(bool(word.keys & keys) for word in words)
    return shared >= _ENOUGH_OBJECTS and shared >= ENOUGH_COVERED * len(words)


def _is_unsettled(words: list[ClaimWord], sentence: ClaimSentence) -> bool:
    """Whether a clause of the source that has most of the words speaks of a plan or a rumor."""
    shared = [
        sum(bool(word.keys & clause.all_keys) for word in words) for clause in sentence.clauses
    ]
    best = [
        c for c, count in zip(sentence.clauses, shared, strict=True) if count == max(shared)
    ]
    names = ("planned", "possible", "rumored")
    return any(marker(name).search(clause.text) for clause in best for name in names)


def _doubtful_source(sentence: ClaimSentence, source: SourceFacts) -> ClaimSentence | None:
    """The source's sentence that this rests on, where it speaks of what is possible."""
    best = max(source.sentences, key=lambda s: _shared(sentence, s), default=None)
    if (
        best is None
        or _shared(sentence, best) < 2
        or not marker("possible").search(best.text)
        or marker("certain").search(best.text)
    ):
        return None
    return best


def _shared(sentence: ClaimSentence, theirs: ClaimSentence) -> int:
    return sum(bool(word.keys & theirs.all_keys) for word in sentence.content)


def _is_asserted(clause: Clause, place: int) -> bool:
    """Whether a verb is said outright: a finite one, or one after will, has, was."""
    if clause.words[place].tag in FINITE_VERBS:
        return True
    before = [word.text.casefold() for word in clause.words[max(0, place - 3) : place]]
    return bool({*before} & (_HELPERS | {"will", "'ll", "’ll"}))


def _is_possible(match: SourceMatch) -> bool:
    return bool(marker("possible").search(text_before(match.clause, match.place)))


def _done_marker(clause: Clause, place: int) -> str | None:
    """What the source must have before the verb for it to be no more than a plan; None.

    Not told as done.
    """
    word = clause.words[place]
    before = [other.text.casefold() for other in clause.words[max(0, place - 4) : place]]
    follows = clause.words[place + 1].text.casefold() if place + 1 < len(clause.words) else ""
    if word.tag in ("VBD", "VBN", "VBG") and _PAST_HELPERS & {*before}:
        is_past = word.tag != "VBG" or "been" in before or {"was", "were"} & {*before}
        return "planned" if is_past else None
    if word.tag == "VBD" and follows != "by":
        return "planned"
    if word.tag in ("VBZ", "VBP") and not _HELPERS & {*before}:
        return "intended"
    return None


def _is_planned(match: SourceMatch, marker_name: str) -> bool:
    return bool(marker(marker_name).search(text_before(match.clause, match.place)))
