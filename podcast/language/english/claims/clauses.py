"""A sentence as the fact check reads it: words with tags and keys, cut into clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from podcast.language.english.claims.word_forms import (
    alias_keys,
    bare,
    is_irregular_past,
    keys,
    stem,
    stem_list,
    word_list,
)
from podcast.language.english.tagger import (
    FINITE_VERBS,
    NAMES,
    NOUNS,
    VERBS,
    TaggedWord,
    tag_text,
)

_BREAKS = frozenset(',;:—–()“”"')
_BREAK_WORDS = frozenset(
    "but while whereas although though because if when unless until that which who".split()
)
_NEGATORS = frozenset(
    "not n't n’t no never nobody none nothing neither nor without cannot hardly".split()
)
_WEAK_NEGATIONS = re.compile(
    r"""
    \b(?:
        not\ (?:only|just|merely|simply|least|to\ mention)
      | no\ (?:more|fewer|less|later|doubt|wonder|matter)
      | not\ until | why\ not | whether\ or\ not | or\ not
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HALF_DENIALS = re.compile(
    r"""
    \b(?:
        rather\ than | instead\ of | as\ opposed\ to | anything\ but | far\ from | without | except | only
      | struggl\w+ | hard | difficult(?:y|ies)? | rarely | seldom | barely | scarcely | virtually | almost
      | few | little | opt(?:s|ed|ing)?\ (?:out|not\ to)
      | (?:keep|kept|stop|block|bar|bann?|discourag|protect|exempt)\w*\ .{1,60}\ from
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that deny in part, or deny something else than the verb."""
_NEGATIVE_VERBS = frozenset(
    map(stem, "fail refuse deny unable avoid prevent lack reject decline stop".split())
)
_OPEN_OBJECT = frozenset("CD DT PRP$ TO $".split())
"""Tags of words with which an object or an infinitive opens."""
_SHORT_WORD = 4
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """A word of a sentence."""

    text: str
    tag: str
    """Its part of speech, as the Penn Treebank names it."""
    stem: str
    keys: frozenset[str]
    """Stem and groups by which it is compared."""
    start: int
    """Its place in the sentence's text."""

    @property
    def is_content(self) -> bool:
        """True for a word that claims something."""
        small = bare(self.text)
        return bool(_WORD.search(small)) and small not in word_list("empty")

    @property
    def is_name(self) -> bool:
        return self.tag in NAMES

    @property
    def is_verb(self) -> bool:
        return self.tag in VERBS

    @property
    def small(self) -> str:
        """The word in small letters, without dots and possessive."""
        return bare(self.text)


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence with one verb at most, or nearly so: as far as a "not" reaches."""

    words: tuple[ClaimWord, ...]

    @cached_property
    def content(self) -> tuple[ClaimWord, ...]:
        return tuple(word for word in self.words if word.is_content)

    @cached_property
    def all_keys(self) -> frozenset[str]:
        return frozenset(key for word in self.content for key in word.keys)

    @cached_property
    def text(self) -> str:
        """The words, parted by spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def is_half_denied(self) -> bool:
        """True where a word such as "hardly" or "without" leaves open what is denied."""
        return bool(_HALF_DENIALS.search(self.text))

    @property
    def is_open(self) -> bool:
        """True for a condition or an indirect question: it asserts nothing."""
        return bool(self.words) and self.words[0].text.casefold() in (
            "if",
            "whether",
            "unless",
            "until",
            "as",
        )

    def is_negated(self, place: int) -> bool | None:
        """Whether the word at a place is denied; None where it is not clear."""
        if _WEAK_NEGATIONS.search(self.text):
            return None
        count = sum(
            self._reaches(at, place)
            for at, word in enumerate(self.words[:place])
            if _denies(word)
        )
        return None if count > 1 else count == 1

    def _reaches(self, negation: int, place: int) -> bool:
        """Whether a negation still holds at a place: it ends where a second verb phrase begins."""
        verbs = 0
        for word in self.words[negation + 1 : place + 1]:
            if word.tag in FINITE_VERBS:
                verbs += 1
                if verbs > 1 or (verbs == 1 and self.words[negation].is_verb):
                    return False
            elif word.is_verb:
                verbs = max(verbs, 1)
        return True


def _denies(word: ClaimWord) -> bool:
    return word.text.casefold() in _NEGATORS or (word.is_verb and word.stem in _NEGATIVE_VERBS)


@dataclass(frozen=True)
class ClaimSentence:
    """A sentence with its words and clauses."""

    text: str
    words: tuple[ClaimWord, ...]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(_cut(self.words))

    @cached_property
    def content(self) -> tuple[ClaimWord, ...]:
        return tuple(word for word in self.words if word.is_content)

    @cached_property
    def all_keys(self) -> frozenset[str]:
        return frozenset(key for word in self.content for key in word.keys)

    @property
    def is_question(self) -> bool:
        return self.text.rstrip("\"”’' ").endswith("?")


@lru_cache(maxsize=1 << 11)
def parse_sentence(text: str) -> ClaimSentence:
    """Tag a sentence and give each word its keys."""
    tagged = tag_text(text)
    more = alias_keys([word.text for word in tagged])
    words = tuple(
        ClaimWord(
            word.text,
            tag,
            stem(word.text),
            keys(word.text) | more.get(place, frozenset()),
            word.start,
        )
        for place, (word, tag) in enumerate(zip(tagged, _mended_tags(tagged), strict=True))
    )
    return ClaimSentence(text, words)


def _mended_tags(tagged: Sequence[TaggedWord]) -> list[str]:
    """The tags, where capitals and forms say more than the tagger knows."""
    tags: list[str] = []
    for place, word in enumerate(tagged):
        before = tagged[place - 1].text if place else "."
        if word.text[:1].isupper():
            tags.append(_tag_of_large(word, before))
        elif word.tag in NAMES:
            tags.append(_tag_of_small_name(tagged, place))
        else:
            tags.append(_tag_of_small(word, before, tags[-1] if place else ""))
    return tags if FINITE_VERBS & {*tags} else _with_verb(tags)


def _tag_of_large(word: TaggedWord, before: str) -> str:
    """A large word within a sentence is a name, as is one with a capital inside: `OpenAI`."""
    is_inside = before not in '.!?:“"”'
    has_capital_inside = any(letter.isupper() for letter in word.text[1:])
    is_camel = has_capital_inside and not word.text.isupper()
    if not is_inside and not is_camel:
        return word.tag
    return word.tag if word.tag in NAMES or word.tag in ("PRP", "CD") else "NNP"


def _tag_of_small(word: TaggedWord, before: str, tag_before: str) -> str:
    """Mend what the tagger takes a small word for; each line is a fault that it was seen to make."""
    text, tag = word.text, word.tag
    if tag == "IN" and text.isalpha() and text.casefold() not in word_list("prepositions"):
        return "VBP"
    if text == "firm" and tag in FINITE_VERBS:
        return "NN"
    if text == "cannot":
        return "MD"
    if tag_before == "MD" and tag in ("NN", "JJ"):
        return "VB"
    if tag_before and _is_past(word, tag_before):
        return "VBD"
    if tag == "JJ" and before == "to" and stem(text) in stem_list("common_verbs"):
        return "VB"
    return tag


def _with_verb(tags: list[str]) -> list[str]:
    """The tags of a sentence without a verb, where a plural before an object can be one."""
    for place in range(1, len(tags) - 1):
        is_after_one = tags[place - 1] in (*NOUNS, "JJ") and tags[place - 1] != "NNS"
        if tags[place] == "NNS" and is_after_one and tags[place + 1] in _OPEN_OBJECT:
            subject = "NNP" if tags[place - 1] == "NNP" or place == 1 else "NN"
            return [*tags[: place - 1], subject, "VBZ", *tags[place + 1 :]]
        if (
            tags[place] == "NN"
            and tags[place - 1] == "NNS"
            and tags[place + 1] in (*_OPEN_OBJECT, "NNS")
        ):
            return [*tags[:place], "VBP", *tags[place + 1 :]]
    return tags


def _tag_of_small_name(tagged: Sequence[TaggedWord], place: int) -> str:
    """The tag of a word in small letters that was taken for a name."""
    if _follows_helper(tagged, place):
        return "VB"
    is_past = (
        tagged[place].text.endswith("ed") and place > 0 and tagged[place - 1].text[:1].isupper()
    )
    return "VBD" if is_past else "NN"


def _is_past(word: TaggedWord, tag_before: str) -> bool:
    """Whether a word after a noun is a past form that was taken for a noun or an adjective."""
    if tag_before not in NOUNS:
        return False
    is_irregular = is_irregular_past(word.text) and word.tag in ("JJ", "NN")
    return is_irregular or (
        word.tag == "NN" and word.text.endswith("ed") and len(word.text) > _SHORT_WORD
    )


def _follows_helper(tagged: Sequence[TaggedWord], place: int) -> bool:
    """Whether a name before this word stands after did, does or a modal: "did Google sue"."""
    at = place - 1
    while at >= 0 and tagged[at].text[:1].isupper():
        at -= 1
    return (
        at >= 0
        and at < place - 1
        and tagged[at].text.casefold() in ("did", "does", "do", "will", "would")
    )


def _cut(words: tuple[ClaimWord, ...]) -> list[Clause]:
    clauses: list[Clause] = []
    run: list[ClaimWord] = []
    for place, word in enumerate(words):
        small = word.text.casefold()
        breaks = (
            word.text in _BREAKS
            or small in _BREAK_WORDS
            or (small == "and" and _starts_anew(words, place))
        )
        if breaks and run and not (word.text == "," and _is_fronted(run)):
            clauses.append(Clause(tuple(run)))
            run = []
        if word.text not in _BREAKS:
            run.append(word)
    if run:
        clauses.append(Clause(tuple(run)))
    return clauses


def _is_fronted(run: list[ClaimWord]) -> bool:
    """Whether a stretch before a comma belongs to the clause after it.

    "For language models, ...".
    """
    return run[0].tag in ("IN", "TO") and not any(word.is_verb for word in run)


def _starts_anew(words: tuple[ClaimWord, ...], place: int) -> bool:
    """Whether an "and" joins two clauses: a finite verb follows soon."""
    for word in words[place + 1 : place + 6]:
        if word.text in _BREAKS:
            return False
        if word.tag in FINITE_VERBS:
            return True
    return False
