"""Finds what a sentence tells as a fact or as done, and its source as possible or planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from podcast.language.english.claims.clauses import (
    ClaimSentence,
    ClaimWord,
    Clause,
    count_sharing,
)
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.phrase_patterns import marker
from podcast.language.english.claims.source_facts import SourceFacts, closest_sentence
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
_FUTURE_HELPERS = frozenset("will 'll ’ll".split())
_PERFECT = frozenset("has have 's 've".split())
# Past forms after which a plan is still one: "it has planned a bridge".
_SETTLES_NOTHING = frozenset(
    "started begun wanted tried got been gone come become had asked called planned "
    "proposed".split()
)
# Lists of `markers.toml`.
_UNSETTLED = ("planned", "possible", "rumored")
_ENOUGH_OBJECTS = 2
_PAST_HELPERS = frozenset("has have had was were 've".split())


def find_certainty_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Verbs that the source hedges and the sentence does not."""
    if not supposes_something(sentence):
        return

    if marker("certain").search(sentence.text):
        doubtful = _find_doubtful(sentence, source)
        if doubtful:
            what = "this is told as certain; the source has it as possible"
            yield Finding("hedge", sentence.text, what, doubtful.text)
            return
    elif is_reserved(sentence.text) or is_reported(sentence.text):
        return

    yield from islice(_find_bare_facts(sentence, source), 1)


def _find_bare_facts(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Verbs said outright that the source has only after "may" or the like."""
    for clause, place in _content_verbs(sentence):
        word = clause.words[place]
        if word.tag == "VBG" or not _is_asserted(clause, place):
            continue

        matches = find_matches(word, clause, sentence, source)
        if matches and all(map(_is_possible, matches)):
            what = f'"{word.text}" is told as a fact; the source has it as possible'
            yield Finding("hedge", sentence.text, what, matches[0].sentence.text)


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
        if needed is None or not clause.is_affirmed(place):
            continue

        word = clause.words[place]
        matches = find_matches(word, clause, sentence, source)
        if matches and all(_is_planned(match, needed) for match in matches):
            what = f'"{word.text}" is told as done; the source has it as planned'
            yield Finding("planned", sentence.text, what, matches[0].sentence.text)
            return


def find_done_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Deeds in the perfect, in a word of their own, that the source has as a plan or rumor."""
    if sentence.is_question or is_reserved(sentence.text) or is_reported(sentence.text):
        return
    for clause in sentence.clauses:
        verb = _find_perfect_verb(clause)
        # A verb that the source has is held against its own places: see the plans above.
        if verb is None or verb.keys & source.keys or is_to_come(clause.text):
            continue

        bases = _find_unsettled(verb, clause, source)
        if bases:
            what = f'"{verb.text}" is told as done; the source has it as planned'
            yield Finding("planned", sentence.text, what, bases[0].text)
            return


def _find_unsettled(
    verb: ClaimWord, clause: Clause, source: SourceFacts
) -> list[ClaimSentence]:
    """The source's sentences that have a verb's other words; none where one has it settled."""
    words = [word for word in clause.content if word is not verb]
    bases = [theirs for theirs in source.sentences if _covers(words, theirs.all_keys)]
    if all(_is_unsettled(words, theirs) for theirs in bases):
        return bases
    return []


def _find_perfect_verb(clause: Clause) -> ClaimWord | None:
    """The verb after has or have.

    None where there is none, or it is denied or only said.
    """
    for place, word in enumerate(clause.words):
        before = [other.text.casefold() for other in clause.words[max(0, place - 3) : place]]
        if word.tag not in ("VBN", "VBD") or not _PERFECT & {*before}:
            continue
        is_settling = not (
            word.stem in stem_list("speech_verbs") or word.small in _SETTLES_NOTHING
        )
        return word if is_settling and clause.is_affirmed(place) else None
    return None


def _covers(words: Sequence[ClaimWord], keys: frozenset[str]) -> bool:
    shared = count_sharing(words, keys)
    return shared >= _ENOUGH_OBJECTS and shared >= ENOUGH_COVERED * len(words)


def _is_unsettled(words: Sequence[ClaimWord], sentence: ClaimSentence) -> bool:
    """Tell whether a clause that has most of the words speaks of a plan or a rumor."""
    most = max(count_sharing(words, clause.all_keys) for clause in sentence.clauses)
    for clause in sentence.clauses:
        is_closest = count_sharing(words, clause.all_keys) == most
        if is_closest and any(marker(name).search(clause.text) for name in _UNSETTLED):
            return True
    return False


def _find_doubtful(sentence: ClaimSentence, source: SourceFacts) -> ClaimSentence | None:
    """The source's sentence that this rests on, where it speaks of what is possible."""

    def closeness(theirs: ClaimSentence) -> int:
        return count_sharing(sentence.content, theirs.all_keys)

    best = closest_sentence(source.sentences, closeness)
    if best is None or closeness(best) < 2:
        return None

    is_possible = marker("possible").search(best.text)
    return best if is_possible and not marker("certain").search(best.text) else None


def _is_asserted(clause: Clause, place: int) -> bool:
    """Tell whether a verb is said outright: a finite one, or one after will, has, was."""
    if clause.words[place].tag in FINITE_VERBS:
        return True
    before = [word.text.casefold() for word in clause.words[max(0, place - 3) : place]]
    return not (_HELPERS | _FUTURE_HELPERS).isdisjoint(before)


def _is_possible(match: SourceMatch) -> bool:
    return bool(marker("possible").search(text_before(match.clause, match.place)))


def _done_marker(clause: Clause, place: int) -> str | None:
    """The marker that shows the source's verb to be a plan; None where this one is not done."""
    tag = clause.words[place].tag
    before = {word.text.casefold() for word in clause.words[max(0, place - 4) : place]}

    if tag in ("VBD", "VBN", "VBG") and before & _PAST_HELPERS:
        # "Has working pumps" tells of nothing done; "was working" and "has been working" do.
        is_past = tag != "VBG" or bool(before & {"been", "was", "were"})
        return "planned" if is_past else None
    if tag == "VBD" and not _is_before_by(clause, place):
        return "planned"
    # "The museum opens in June" may tell of a plan that has its day, not of a mere intention.
    if tag in ("VBZ", "VBP") and not before & _HELPERS:
        return "intended"
    return None


def _is_before_by(clause: Clause, place: int) -> bool:
    """Tell whether "by" follows: "the car driven by Lee" has a participle without a helper."""
    follows = clause.words[place + 1 : place + 2]
    return bool(follows) and follows[0].text.casefold() == "by"


def _is_planned(match: SourceMatch, marker_name: str) -> bool:
    return bool(marker(marker_name).search(text_before(match.clause, match.place)))
