"""Finds claims that the source has from somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product, takewhile

from podcast.language.english.claims.clauses import (
    ClaimSentence,
    ClaimWord,
    collect_keys,
    content_of,
    join_words,
    shares_key,
)
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.word_forms import stem_list
from podcast.language.english.tagger import NOUNS

_MARKS = frozenset(',;:—–()“”".?!')
# Words before a verb of speech among which its subject stands.
_REACH = 12
# Words after a verb of speech among which an inverted subject stands.
_OBJECT_REACH = 8
_SPEAKER_TAGS = frozenset((*NOUNS, "PRP"))
_FINITE_TAGS = frozenset(("VBD", "VBZ", "VBP"))
# How near two nouns stand that mean one person.
_BESIDE = 2
# Words after a verb of speech that make a claim; with fewer, the claim stands before it.
ENOUGH_WORDS = 1
# The part of a claim's words that the source's sentence must have to be the same claim.
ENOUGH_CLAIMED = 0.4


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what, in one sentence."""

    speaker: tuple[ClaimWord, ...]
    claim: tuple[ClaimWord, ...]

    @property
    def speaker_text(self) -> str:
        """The speaker's words."""
        return join_words(self.speaker)


def find_attribution_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Claims that are put into another mouth than in the source."""
    if sentence.is_question or source.has_wording(sentence):
        return
    for said in read_attributions(sentence):
        if _is_anyone(said) or _is_publisher(said, source):
            continue

        fault = _attribution_fault(sentence, said, source)
        if fault:
            yield fault
            return


def _attribution_fault(
    sentence: ClaimSentence, said: Attribution, source: SourceFacts
) -> Finding | None:
    """A claim of somebody of whom the source has none such, or that others make there."""
    rivals = _find_same_claims(said, source)
    if not rivals:
        if not _is_invented_witness(said, source):
            return None
        what = f'the source has nothing from "{said.speaker_text}"'
        return Finding("attribution", sentence.text, what)

    if any(_is_same_speaker(said, theirs, source) for theirs, _ in rivals):
        return None
    theirs, where = rivals[0]
    if _is_anyone(theirs) or not _is_definite(said, source):
        return None
    speakers = f'"{theirs.speaker_text}", not from "{said.speaker_text}"'
    return Finding(
        "attribution", sentence.text, f"the source has this from {speakers}", where.text
    )


def _find_same_claims(
    said: Attribution, source: SourceFacts
) -> list[tuple[Attribution, ClaimSentence]]:
    claims: list[tuple[Attribution, ClaimSentence]] = []
    for sentence in source.sentences:
        for theirs in read_attributions(sentence):
            if _is_same_claim(said, theirs, source):
                claims.append((theirs, sentence))
    return claims


def read_attributions(sentence: ClaimSentence) -> Iterator[Attribution]:
    """Each verb of speech or thought with its subject, and the other words as the claim."""
    for place in range(len(sentence.words)):
        speaker = _find_speaker(sentence.words, place)
        if speaker:
            yield Attribution(speaker, _claimed_words(sentence, place, speaker))


def _find_speaker(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    """The subject of a verb of speech at a place; empty for another word."""
    word = words[place]
    if word.small == "according":
        return _nouns_after(words, place + 2)
    if not word.tag.startswith("VB") or word.stem not in stem_list("speech_verbs"):
        return ()
    return _nouns_before(words, place) or _inverted_subject(words, place)


def _claimed_words(
    sentence: ClaimSentence, place: int, speaker: tuple[ClaimWord, ...]
) -> tuple[ClaimWord, ...]:
    """The words of a claim.

    Those after the verb until somebody else speaks, or else those before it.
    """
    after = takewhile(_is_same_turn, sentence.words[place + 1 :])
    claim = [word for word in content_of(after) if word not in speaker]
    if len(claim) < ENOUGH_WORDS:
        before = content_of(sentence.words[:place])
        claim = [*(word for word in before if word not in speaker), *claim]
    return tuple(claim)


def _is_same_turn(word: ClaimWord) -> bool:
    """Tell whether a word does not open the claim of somebody else."""
    return word.text != ";" and word.small not in ("while", "whereas")


def _nouns_before(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    """The subject before a verb, with what stands beside it.

    "Aldo Ricci, who leads the team, says".
    """
    joined = _joined_verb(words, place)
    if joined is not None:
        return _nouns_before(words, joined)

    nouns: list[ClaimWord] = []
    is_aside = False
    for word in reversed(words[max(0, place - _REACH + 1) : place]):
        if word.text == ",":
            # An aside stands between two commas, and the subject before it.
            if nouns and not is_aside:
                break
            is_aside = not is_aside
        elif word.tag in _SPEAKER_TAGS:
            nouns.append(word)
        elif word.text in _MARKS or (not is_aside and _is_other_verb(word, bool(nouns))):
            break
    return tuple(reversed(nouns))


def _is_other_verb(word: ClaimWord, has_subject: bool) -> bool:
    """Tell whether a verb before another one has a subject of its own."""
    if has_subject and word.tag in _FINITE_TAGS:
        return True
    return word.is_content and (word.tag in _FINITE_TAGS or word.tag == "MD")


def _joined_verb(words: tuple[ClaimWord, ...], place: int) -> int | None:
    """The place of the verb before "and", whose subject this verb shares.

    "denies the claim and argues".
    """
    if not place or words[place - 1].small != "and":
        return None
    return next((at for at in range(place - 2, 0, -1) if words[at].tag in _FINITE_TAGS), None)


def _inverted_subject(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    """The subject after a verb: "..., argues the judge"."""
    before = words[place - 1].text if place else ""
    if before not in (",", "”", '"', "?", "!"):
        return ()
    return _nouns_after(words, place + 1)


def _nouns_after(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    reach = words[place : place + _OBJECT_REACH]
    phrase = takewhile(lambda word: word.text not in _MARKS and not word.is_verb, reach)
    return tuple(word for word in phrase if word.tag in _SPEAKER_TAGS)


def _is_anyone(said: Attribution) -> bool:
    """Tell whether a speaker may be anybody of the story, or is not named at all."""
    nouns = content_of(said.speaker)
    if not nouns or any(word.tag == "PRP" for word in said.speaker):
        return True
    if any(word.is_name for word in nouns):
        return False
    return nouns[-1].stem in stem_list("anyone")


def _is_definite(said: Attribution, source: SourceFacts) -> bool:
    """Tell whether a speaker is a name, a known witness or in the source.

    "fans" may be its "advocates".
    """
    certain_stems = stem_list("witnesses") | source.keys
    return any(word.is_name or word.stem in certain_stems for word in content_of(said.speaker))


def _is_publisher(said: Attribution, source: SourceFacts) -> bool:
    """Tell whether the speaker is who published the story, or one of the show's people."""
    return shares_key(content_of(said.speaker), source.known_name_keys)


def _is_same_claim(said: Attribution, theirs: Attribution, source: SourceFacts) -> bool:
    shared = source.count_sharing(said.claim, collect_keys(theirs.claim))
    return shared >= min(2, len(said.claim)) and shared >= max(
        ENOUGH_CLAIMED * len(said.claim), 1
    )


def _is_same_speaker(said: Attribution, theirs: Attribution, source: SourceFacts) -> bool:
    """Tell whether two subjects may be one: a shared word, an acronym, somebody of theirs."""
    their_keys = frozenset().union(*map(source.word_keys, theirs.speaker))
    if source.shares_key(content_of(said.speaker), their_keys):
        return True
    return _stand_together(said, theirs, source)


def _stand_together(said: Attribution, theirs: Attribution, source: SourceFacts) -> bool:
    """Tell whether the source names both beside each other: "chief executive Ines Duarte"."""
    for sentence in source.sentences:
        here = _speaker_places(said.speaker, sentence)
        there = _speaker_places(theirs.speaker, sentence)
        if any(_are_beside(sentence, *places) for places in product(here, there)):
            return True
    return False


def _are_beside(sentence: ClaimSentence, first: int, second: int) -> bool:
    """Tell whether two words stand next to each other, and no "and" makes two of them."""
    left, right = sorted((first, second))
    between = {word.small for word in sentence.words[left:right]}
    return 0 < right - left <= _BESIDE and not between & {"and", "or", "while"}


def _speaker_places(speaker: tuple[ClaimWord, ...], sentence: ClaimSentence) -> list[int]:
    stems = {word.stem for word in content_of(speaker)}
    return [at for at, word in enumerate(sentence.words) if word.stem in stems]


def _is_invented_witness(said: Attribution, source: SourceFacts) -> bool:
    """Tell whether a third party is called as a witness of whom the source knows nothing."""
    head = said.speaker[-1]
    return head.stem in stem_list("witnesses") and not head.keys & source.keys
