"""Finds claims that the source has from somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.word_forms import stem_list
from podcast.language.english.tagger import NOUNS

_MARKS = frozenset(',;:—–()“”".?!')
_REACH = 12
"""Words before a verb of speech among which its subject stands."""
_BESIDE = 2
"""How near two nouns stand that mean one person."""
ENOUGH_WORDS = 1
"""Words after a verb of speech that make a claim; with fewer, the claim stands before it."""
ENOUGH_CLAIMED = 0.4
"""The part of a claim's words that the source's sentence must have to be the same claim."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what, in one sentence."""

    speaker: tuple[ClaimWord, ...]
    claim: tuple[ClaimWord, ...]

    @property
    def speaker_text(self) -> str:
        return " ".join(word.text for word in self.speaker)


def find_attribution_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Claims that are put into another mouth than in the source."""
    if sentence.is_question or source.has_wording(sentence):
        return
    for said in read_attributions(sentence):
        if _is_anyone(said) or _is_publisher(said, source):
            continue
        rivals = _find_same_claims(said, source)
        if not rivals and _is_invented_witness(said, source):
            what = f'the source has nothing from "{said.speaker_text}"'
            yield Finding("attribution", sentence.text, what)
            return
        if not rivals or any(_is_same_speaker(said, theirs, source) for theirs, _ in rivals):
            continue

        theirs, where = rivals[0]
        if not _is_anyone(theirs) and _is_definite(said, source):
            speakers = f'"{theirs.speaker_text}", not from "{said.speaker_text}"'
            what = f"the source has this from {speakers}"
            yield Finding("attribution", sentence.text, what, where.text)
            return


def _find_same_claims(
    said: Attribution, source: SourceFacts
) -> list[tuple[Attribution, ClaimSentence]]:
    claims = []
    for sentence in source.sentences:
        for theirs in read_attributions(sentence):
            if _is_same_claim(said, theirs, source):
                claims.append((theirs, sentence))
    return claims


def read_attributions(sentence: ClaimSentence) -> Iterator[Attribution]:
    """Each verb of speech or thought with its subject, and the rest of the sentence as the claim."""
    for place, word in enumerate(sentence.words):
        if word.small == "according":
            speaker = _nouns_after(sentence.words, place + 2)
        elif word.tag.startswith("VB") and word.stem in stem_list("speech_verbs"):
            speaker = _nouns_before(sentence.words, place) or _inverted_subject(
                sentence.words, place
            )
        else:
            continue
        if speaker:
            yield Attribution(speaker, _claim(sentence, place, speaker))


def _claim(
    sentence: ClaimSentence, place: int, speaker: tuple[ClaimWord, ...]
) -> tuple[ClaimWord, ...]:
    """What is said.

    The words after the verb until somebody else speaks, or else those before it.
    """
    after: list[ClaimWord] = []
    for word in sentence.words[place + 1 :]:
        if word.text == ";" or word.small in ("while", "whereas"):
            break
        after.append(word)
    own = [word for word in after if word.is_content and word not in speaker]
    if len(own) < ENOUGH_WORDS:
        own = [
            word for word in sentence.words[:place] if word.is_content and word not in speaker
        ] + own
    return tuple(own)


def _nouns_before(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    """The subject before a verb, with what stands beside it.

    "Aldo Ricci, who leads the team, says".
    """
    joined = _joined_verb(words, place)
    if joined is not None:
        return _nouns_before(words, joined)
    found: list[ClaimWord] = []
    is_aside = False
    for at in range(place - 1, max(-1, place - _REACH), -1):
        word = words[at]
        if word.text == ",":
            if found and not is_aside:
                break
            is_aside = not is_aside
        elif word.tag in ("VBD", "VBZ", "VBP") and found and not is_aside:
            break
        elif word.tag in NOUNS or word.tag == "PRP":
            found.append(word)
        elif word.text in _MARKS or (
            word.tag in ("VBD", "VBZ", "VBP", "MD") and not is_aside and word.is_content
        ):
            break
    return tuple(reversed(found))


def _joined_verb(words: tuple[ClaimWord, ...], place: int) -> int | None:
    """The place of the verb before "and", whose subject this verb shares.

    "denies the claim and argues".
    """
    if not place or words[place - 1].small != "and":
        return None
    return next(
        (at for at in range(place - 2, 0, -1) if words[at].tag in ("VBD", "VBZ", "VBP")), None
    )


def _inverted_subject(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    """The subject after a verb: "..., argues the judge"."""
    before = words[place - 1].text if place else ""
    if before not in (",", "”", '"', "?", "!"):
        return ()
    return _nouns_after(words, place + 1)


def _nouns_after(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    found: list[ClaimWord] = []
    for word in words[place : place + 8]:
        if word.text in _MARKS or word.is_verb:
            break
        if word.tag in NOUNS or word.tag == "PRP":
            found.append(word)
    return tuple(found)


def _is_anyone(said: Attribution) -> bool:
    """Tell whether a speaker may be anybody of the story, or is not named at all."""
    nouns = [word for word in said.speaker if word.is_content or word.tag == "PRP"]
    if any(word.tag == "PRP" for word in nouns) or not nouns:
        return True
    if any(word.is_name for word in nouns):
        return False
    return nouns[-1].stem in stem_list("anyone")


def _is_definite(said: Attribution, source: SourceFacts) -> bool:
    """Tell whether a speaker is a name, a known witness or in the source.

    "fans" may be its "advocates".
    """
    return any(
        word.is_name or word.stem in stem_list("witnesses") or word.stem in source.keys
        for word in said.speaker
        if word.is_content
    )


def _is_publisher(said: Attribution, source: SourceFacts) -> bool:
    """Tell whether the speaker is who published the story, or one of the show's people."""
    return any(word.keys & source.known_name_keys for word in said.speaker if word.is_content)


def _is_same_claim(said: Attribution, theirs: Attribution, source: SourceFacts) -> bool:
    keys = {key for word in theirs.claim for key in word.keys}
    shared = sum(bool(source.word_keys(word) & keys) for word in said.claim)
    return shared >= min(2, len(said.claim)) and shared >= max(
        ENOUGH_CLAIMED * len(said.claim), 1
    )


def _is_same_speaker(said: Attribution, theirs: Attribution, source: SourceFacts) -> bool:
    """Tell whether two subjects may be the same: a shared word, an acronym, or somebody of theirs."""
    keys = {key for word in theirs.speaker for key in source.word_keys(word)}
    if any(source.word_keys(word) & keys for word in said.speaker if word.is_content):
        return True
    return _stand_together(said, theirs, source)


def _stand_together(said: Attribution, theirs: Attribution, source: SourceFacts) -> bool:
    """Tell whether the source names both beside each other: "chief executive Ines Duarte"."""
    for sentence in source.sentences:
        here = _places(said.speaker, sentence)
        there = _places(theirs.speaker, sentence)
        for left, right in ((min(a, b), max(a, b)) for a in here for b in there if a != b):
            between = {word.small for word in sentence.words[left:right]}
            if right - left <= _BESIDE and not between & {"and", "or", "while"}:
                return True
    return False


def _places(speaker: tuple[ClaimWord, ...], sentence: ClaimSentence) -> list[int]:
    stems = {word.stem for word in speaker if word.is_content}
    return [at for at, word in enumerate(sentence.words) if word.stem in stems]


def _is_invented_witness(said: Attribution, source: SourceFacts) -> bool:
    """Tell whether a third party is called as a witness of whom the source knows nothing."""
    head = said.speaker[-1]
    return head.stem in stem_list("witnesses") and not head.keys & source.keys
