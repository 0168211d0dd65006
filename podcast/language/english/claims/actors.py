"""Finds deeds that the source has from somebody else.

Who does what to whom, and whose something is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import stem_list
from podcast.language.english.tagger import NOUNS

_BE = frozenset("is are was were be been being 's get got".split())
_STOPS = frozenset(';:—–()“”"?!')
_PHRASE_TAGS = frozenset((*NOUNS, "POS", "JJ", "CD", "DT", "PRP$", "PRP"))
_TIMES = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday "
    "wednesday thursday friday saturday sunday".split()
)


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
        return _name_keys(self.subject)


def find_actor_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Deeds whose doer the source has otherwise."""
    if not supposes_something(sentence) or source.has_wording(sentence):
        return
    for said in read_deeds(sentence):
        matches = _find_same_deeds(said, sentence, source)
        if not matches or any(_agrees(said, deed, source) for deed, _ in matches):
            continue
        clashes = [(deed, s) for deed, s in matches if _clashes(said, deed)]
        if clashes:
            deed, where = clashes[0]
            doer = " ".join(word.text for word in deed.subject)
            what = f'in the source it is "{doer}" for "{deed.verb.text}"'
            yield Finding("roles", sentence.text, what, where.text)
            return
    yield from _owner_faults(sentence, source)


def _find_same_deeds(
    said: Deed, sentence: ClaimSentence, source: SourceFacts
) -> list[tuple[Deed, ClaimSentence]]:
    matches = []
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
        own = _subject(words, place)
        subject = own or subject
        after = _object(words, place)
        if _is_passive(words, place):
            doer = _by_whom(words, place)
            if doer:
                yield Deed(word, doer, own or subject)
        elif word.tag not in ("VBN", "VBG") or _has_helper(words, place):
            yield Deed(word, subject, after, _belonging(words, place, subject))


def _belonging(
    words: tuple[ClaimWord, ...], place: int, subject: tuple[ClaimWord, ...]
) -> tuple[ClaimWord, ...]:
    """The nouns between a subject and its verb."""
    if not subject or subject[-1] not in words:
        return ()
    start = words.index(subject[-1])
    return tuple(word for word in words[start:place] if word.tag in NOUNS and word.is_content)


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


def _subject(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    """The noun phrase before a verb.

    Empty after "to", "and" or another verb, whose subject holds on.
    """
    at = place - 1
    while at >= 0 and (
        words[at].tag in ("MD", "RB", "TO", "RP") or words[at].text.casefold() in _HELPERS
    ):
        if words[at].tag == "TO" or words[at].small == "to":
            return ()
        at -= 1
    at = _before_aside(words, at)
    if at > 0 and words[at].text.casefold() in ("that", "which", "who"):
        at -= 2 if words[at - 1].text == "," else 1
    phrase, at = _phrase_before(words, at)
    while at > 0 and words[at].tag in ("IN", "TO") and words[at - 1].tag in NOUNS:
        phrase, at = _phrase_before(words, at - 1)
    return phrase


def _phrase_before(words: tuple[ClaimWord, ...], at: int) -> tuple[tuple[ClaimWord, ...], int]:
    """The nouns of the phrase that ends at a place, and the place before it; a date ends it."""
    found: list[ClaimWord] = []
    while at >= 0 and (words[at].tag in _PHRASE_TAGS or _joins(words, at)):
        if found and (words[at].tag == "CD" or words[at].small in _TIMES):
            return tuple(reversed(found)), -1
        if words[at].is_content or words[at].tag == "PRP":
            found.append(words[at])
        at -= 1
    return tuple(word for word in reversed(found) if word.small not in _TIMES), at


_HELPERS = frozenset(
    "has have had is are was were been be being did does do not n't n’t also now 've will".split()
)


def _before_aside(words: tuple[ClaimWord, ...], at: int) -> int:
    """The place before "..., led by Mara Quinn," when the verb follows such an aside."""
    if at >= 0 and words[at].text == ",":
        opened = next(
            (back for back in range(at - 1, max(-1, at - 14), -1) if words[back].text == ","),
            None,
        )
        if opened is not None and opened > 0:
            return opened - 1
    return at


def _joins(words: tuple[ClaimWord, ...], at: int) -> bool:
    """Tell whether a word joins nouns into one phrase.

    "Bayer and Syngenta", "council of Brackwater".
    """
    if not 0 < at < len(words) - 1 or words[at].text.casefold() not in ("and", "of", "&", "-"):
        return False
    return words[at - 1].tag in NOUNS and words[at + 1].tag in (*NOUNS, "DT", "JJ")


def _object(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    found: list[ClaimWord] = []
    for word in words[place + 1 : place + 8]:
        if (
            word.is_verb
            or word.text in _STOPS
            or word.text == "."
            or (found and word.tag in ("IN", ","))
        ):
            break
        if word.tag in NOUNS or word.tag == "PRP":
            found.append(word)
        elif word.tag in ("IN", ","):
            break
    return tuple(found)


def _is_passive(words: tuple[ClaimWord, ...], place: int) -> bool:
    follows = words[place + 1].text.casefold() if place + 1 < len(words) else ""
    if words[place].tag not in ("VBN", "VBD"):
        return False
    before = {word.text.casefold() for word in words[max(0, place - 3) : place]}
    return (
        follows == "by"
        or bool(before & _BE and not before & {"has", "have", "had"})
        or "been" in before
    )


def _by_whom(words: tuple[ClaimWord, ...], place: int) -> tuple[ClaimWord, ...]:
    for at in range(place + 1, min(place + 6, len(words))):
        if words[at].text.casefold() == "by":
            found: list[ClaimWord] = []
            for word in words[at + 1 : at + 8]:
                if word.text in _STOPS or word.text in ",." or word.is_verb or word.tag == "IN":
                    break
                if word.tag in NOUNS:
                    found.append(word)
            return tuple(found)
    return ()


def _has_helper(words: tuple[ClaimWord, ...], place: int) -> bool:
    return any(word.text.casefold() in _HELPERS for word in words[max(0, place - 3) : place])


def _is_same_deed(
    said: Deed, deed: Deed, sentence: ClaimSentence, source: ClaimSentence
) -> bool:
    if not said.verb.keys & deed.verb.keys:
        return False
    names = [word for word in said.object if word.is_name]
    if names and all(word.keys & source.all_keys for word in names):
        return True
    own = {key for word in (*said.subject, said.verb) for key in word.keys}
    others = [word for word in sentence.content if not word.keys & own]
    shared = sum(bool(word.keys & source.all_keys) for word in others)
    return shared >= 1 and shared >= 0.4 * len(others)


def _agrees(said: Deed, deed: Deed, source: SourceFacts) -> bool:
    """Tell whether the doers may be the same, or one belongs to the other.

    "analysts at Morgan Stanley".
    """
    keys = {
        key for word in (*deed.subject, *deed.subject_nouns) for key in source.word_keys(word)
    }
    return any(source.word_keys(word) & keys for word in (*said.subject, *said.subject_nouns))


def _clashes(said: Deed, deed: Deed) -> bool:
    """Tell whether the source names another doer, or makes the doer the one to whom it is done."""
    doers = _keys(deed.subject)
    swaps = bool(said.object) and all(word.keys & doers for word in said.object)
    if swaps and said.subject and not any(word.tag == "PRP" for word in said.subject):
        return True
    if not said.names:
        return False
    if deed.names:
        return True
    return any(word.stem in stem_list("agents") for word in deed.subject)


def _keys(words: tuple[ClaimWord, ...]) -> frozenset[str]:
    return frozenset(key for word in words if word.is_content for key in word.keys)


def _name_keys(words: tuple[ClaimWord, ...]) -> frozenset[str]:
    return frozenset(
        key for word in words if word.is_name and word.is_content for key in word.keys
    )


def _owner_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Something that is named as one's, and is another's in the source."""
    owned = [pair for s in source.sentences for pair in _owners(s)]
    for owner, thing in _owners(sentence):
        theirs = {other.stem: other for other, what in owned if what.stem == thing.stem}
        if not theirs or any(other.keys & owner.keys for other in theirs.values()):
            continue
        if sum(word.stem == thing.stem for s in source.sentences for word in s.words) == 1:
            other = next(iter(theirs.values()))
            what = f'the source has "{other.text}\'s {thing.text}", not "{owner.text}\'s"'
            where = next(s.text for s in source.sentences if other in s.words)
            yield Finding("roles", sentence.text, what, where)
            return


def _owners(sentence: ClaimSentence) -> Iterator[tuple[ClaimWord, ClaimWord]]:
    """Names with what follows their possessive."""
    words = sentence.words
    for place, word in enumerate(words):
        if word.tag != "POS" or not 0 < place < len(words) - 1:
            continue
        if words[place - 1].is_name and words[place + 1].tag in ("NN", "NNS"):
            yield words[place - 1], words[place + 1]
