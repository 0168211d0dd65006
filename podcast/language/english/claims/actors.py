"""Finds deeds that the source has from somebody else.

Who does what to whom, and whose something is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, takewhile

from podcast.language.english.claims.clauses import (
    ClaimSentence,
    ClaimWord,
    collect_keys,
    content_of,
    count_sharing,
    drop_sharing,
    join_words,
    shares_key,
)
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import stem_list
from podcast.language.english.tagger import NOUNS

# The part of a sentence's other words that the source's must have to tell the same deed.
_SAME_DEED = 0.4
_ASIDE_REACH = 14
# Words after a verb among which its object stands.
_OBJECT_REACH = 8
_DOER_REACH = 6
_BE = frozenset("is are was were be been being 's get got".split())
_STOPS = frozenset(';:—–()“”"?!')
_PHRASE_TAGS = frozenset((*NOUNS, "POS", "JJ", "CD", "DT", "PRP$", "PRP"))
_TIMES = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_HELPERS = frozenset(
    "has have had is are was were been be being did does do not n't n’t also now 've "
    "will".split()
)
# Tags of what stands between a subject and its verb.
_SKIPPED_TAGS = frozenset(("MD", "RB", "TO", "RP"))


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what to whom, as far as the order of words shows it."""

    verb: ClaimWord
    subject: tuple[ClaimWord, ...]
    object: tuple[ClaimWord, ...]
    subject_nouns: tuple[ClaimWord, ...] = ()
    """Nouns that belong to the subject: of "analysts at Morgan Stanley" the last two."""

    @property
    def names(self) -> frozenset[str]:
        """Keys of the subject's names."""
        return collect_keys(word for word in content_of(self.subject) if word.is_name)

    @property
    def actors(self) -> tuple[ClaimWord, ...]:
        """The subject and the nouns that belong to it."""
        return (*self.subject, *self.subject_nouns)


def find_actor_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Deeds whose doer the source has otherwise."""
    if not supposes_something(sentence) or source.has_wording(sentence):
        return
    for said in read_deeds(sentence):
        matches = _find_same_deeds(said, sentence, source)
        if any(_agrees(said, deed, source) for deed, _ in matches):
            continue
        for deed, where in matches:
            if _clashes(said, deed):
                what = (
                    f'in the source it is "{join_words(deed.subject)}" for "{deed.verb.text}"'
                )
                yield Finding("roles", sentence.text, what, where.text)
                return

    yield from islice(_find_owner_faults(sentence, source), 1)


def _find_same_deeds(
    said: Deed, sentence: ClaimSentence, source: SourceFacts
) -> list[tuple[Deed, ClaimSentence]]:
    matches: list[tuple[Deed, ClaimSentence]] = []
    for theirs in source.sentences:
        for deed in read_deeds(theirs):
            if _is_same_deed(said, deed, sentence, theirs):
                matches.append((deed, theirs))
    return matches


def read_deeds(sentence: ClaimSentence) -> Iterator[Deed]:
    """The verbs of a sentence with the nouns before and after them."""
    words = _without_asides(sentence.words)
    subject: tuple[ClaimWord, ...] = ()
    for place, word in enumerate(words):
        if not word.is_verb or not word.is_content:
            continue
        # A verb without a subject of its own has the last one: "opened and closed".
        subject = _find_subject(words, place) or subject
        if _is_passive(words, place):
            doer = _find_doer(words, place)
            if doer:
                yield Deed(word, doer, subject)
        elif word.tag not in ("VBN", "VBG") or _has_helper(words, place):
            nouns = _nouns_between(words, place, subject)
            yield Deed(word, subject, _find_object(words, place), nouns)


def _nouns_between(
    words: tuple[ClaimWord, ...], place: int, subject: tuple[ClaimWord, ...]
) -> tuple[ClaimWord, ...]:
    """The nouns between a subject and its verb."""
    if not subject or subject[-1] not in words:
        return ()
    start = words.index(subject[-1])
    return tuple(word for word in content_of(words[start:place]) if word.tag in NOUNS)


def _without_asides(words: tuple[ClaimWord, ...]) -> tuple[ClaimWord, ...]:
    """The words without what stands in parentheses."""
    plain: list[ClaimWord] = []
    depth = 0
    for word in words:
        depth += word.text == "("
        if not depth:
            plain.append(word)
        depth -= word.text == ")" and depth > 0
    return tuple(plain)


def _find_subject(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    """The noun phrase before a verb.

    Empty after "to", "and" or another verb, whose subject holds on.
    """
    at = place - 1
    while at >= 0 and _is_helper(words[at]):
        if words[at].tag == "TO" or words[at].small == "to":
            return ()
        at -= 1

    at = _before_relative(words, _before_aside(words, at))
    phrase, at = _phrase_before(words, at)
    # Of "the head of the plant" the first noun is the subject.
    while at > 0 and words[at].tag in ("IN", "TO") and words[at - 1].tag in NOUNS:
        phrase, at = _phrase_before(words, at - 1)
    return phrase


def _is_helper(word: ClaimWord) -> bool:
    """Tell whether a word may stand between a subject and its verb."""
    return word.tag in _SKIPPED_TAGS or word.text.casefold() in _HELPERS


def _phrase_before(words: tuple[ClaimWord, ...], at: int) -> tuple[tuple[ClaimWord, ...], int]:
    """The nouns of the phrase that ends at a place, and the place before it; a date ends it."""
    nouns: list[ClaimWord] = []
    while at >= 0 and _is_in_phrase(words, at):
        if nouns and (words[at].tag == "CD" or words[at].small in _TIMES):
            return tuple(reversed(nouns)), -1
        if words[at].is_content or words[at].tag == "PRP":
            nouns.append(words[at])
        at -= 1
    return tuple(word for word in reversed(nouns) if word.small not in _TIMES), at


def _before_relative(words: tuple[ClaimWord, ...], at: int) -> int:
    """The place before "that", "which" or "who", and before the comma that may stand there."""
    if at <= 0 or words[at].text.casefold() not in ("that", "which", "who"):
        return at
    return at - 2 if words[at - 1].text == "," else at - 1


def _before_aside(words: tuple[ClaimWord, ...], at: int) -> int:
    """The place before "..., led by Mara Quinn," when the verb follows such an aside."""
    if at < 0 or words[at].text != ",":
        return at
    for opening in range(at - 1, max(0, at - _ASIDE_REACH), -1):
        if words[opening].text == ",":
            return opening - 1
    return at


def _is_in_phrase(words: tuple[ClaimWord, ...], at: int) -> bool:
    return words[at].tag in _PHRASE_TAGS or _joins(words, at)


def _joins(words: tuple[ClaimWord, ...], at: int) -> bool:
    """Tell whether a word joins nouns into one phrase.

    "Bayer and Syngenta", "council of Brackwater".
    """
    if not 0 < at < len(words) - 1 or words[at].text.casefold() not in ("and", "of", "&", "-"):
        return False
    return words[at - 1].tag in NOUNS and words[at + 1].tag in (*NOUNS, "DT", "JJ")


def _find_object(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    """The nouns after a verb, as far as its phrase reaches."""
    phrase = takewhile(_continues_object, words[place + 1 : place + _OBJECT_REACH])
    return tuple(word for word in phrase if word.tag in NOUNS or word.tag == "PRP")


def _continues_object(word: ClaimWord) -> bool:
    if word.is_verb or word.tag in ("IN", ","):
        return False
    return word.text not in _STOPS and word.text != "."


def _is_passive(words: tuple[ClaimWord, ...], place: int) -> bool:
    """Tell whether a verb is in the passive: "was sued", "has been sued", "sued by"."""
    if words[place].tag not in ("VBN", "VBD"):
        return False
    if words[place + 1 : place + 2] and words[place + 1].text.casefold() == "by":
        return True
    before = {word.text.casefold() for word in words[max(0, place - 3) : place]}
    is_perfect = not before.isdisjoint(("has", "have", "had"))
    return "been" in before or (not is_perfect and bool(before & _BE))


def _find_doer(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    """The nouns after the "by" of a verb in the passive."""
    for at in range(place + 1, min(place + _DOER_REACH, len(words))):
        if words[at].text.casefold() == "by":
            phrase = takewhile(_continues_doer, words[at + 1 : at + _OBJECT_REACH])
            return tuple(word for word in phrase if word.tag in NOUNS)
    return ()


def _continues_doer(word: ClaimWord) -> bool:
    if word.is_verb or word.tag == "IN":
        return False
    return word.text not in _STOPS and word.text not in ",."


def _has_helper(words: tuple[ClaimWord, ...], place: int) -> bool:
    return any(word.text.casefold() in _HELPERS for word in words[max(0, place - 3) : place])


def _is_same_deed(
    said: Deed, deed: Deed, sentence: ClaimSentence, source: ClaimSentence
) -> bool:
    if not said.verb.keys & deed.verb.keys:
        return False
    names = [word for word in said.object if word.is_name]
    if names and not drop_sharing(names, source.all_keys):
        return True
    own_keys = collect_keys((*said.subject, said.verb))
    others = drop_sharing(sentence.content, own_keys)
    shared = count_sharing(others, source.all_keys)
    return shared >= 1 and shared >= _SAME_DEED * len(others)


def _agrees(said: Deed, deed: Deed, source: SourceFacts) -> bool:
    """Tell whether the doers may be the same, or one belongs to the other.

    "analysts at Morgan Stanley".
    """
    their_keys = frozenset[str]().union(*map(source.word_keys, deed.actors))
    return source.shares_key(said.actors, their_keys)


def _clashes(said: Deed, deed: Deed) -> bool:
    """Tell whether the source names another doer, or has the two the other way round."""
    if _swaps(said, deed):
        return True
    if not said.names:
        return False
    return bool(deed.names) or any(word.stem in stem_list("agents") for word in deed.subject)


def _swaps(said: Deed, deed: Deed) -> bool:
    """Tell whether the source's doer is the one to whom it is done here."""
    if not said.subject or not said.object or any(word.tag == "PRP" for word in said.subject):
        return False
    return not drop_sharing(said.object, collect_keys(content_of(deed.subject)))


def _find_owner_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Something that is named as one's, and is another's in the source."""
    for owner, thing in _owners(sentence):
        rivals = _find_owners_of(thing, source)
        if not rivals or shares_key([rival for rival, _ in rivals], owner.keys):
            continue
        # Where the source speaks of several, the one meant may be another.
        if _count_stem(thing.stem, source) == 1:
            rival, where = rivals[0]
            what = f'the source has "{rival.text}\'s {thing.text}", not "{owner.text}\'s"'
            yield Finding("roles", sentence.text, what, where.text)


def _find_owners_of(
    thing: ClaimWord, source: SourceFacts
) -> list[tuple[ClaimWord, ClaimSentence]]:
    """The names whose thing of this kind it is in the source, with their sentences."""
    owners: list[tuple[ClaimWord, ClaimSentence]] = []
    for sentence in source.sentences:
        for owner, theirs in _owners(sentence):
            if theirs.stem == thing.stem:
                owners.append((owner, sentence))
    return owners


def _count_stem(stem: str, source: SourceFacts) -> int:
    words = chain.from_iterable(sentence.words for sentence in source.sentences)
    return sum(word.stem == stem for word in words)


def _owners(sentence: ClaimSentence) -> Iterator[tuple[ClaimWord, ClaimWord]]:
    """Names with what follows their possessive."""
    words = sentence.words
    for place, word in enumerate(words):
        if word.tag != "POS" or not 0 < place < len(words) - 1:
            continue
        if words[place - 1].is_name and words[place + 1].tag in ("NN", "NNS"):
            yield words[place - 1], words[place + 1]
