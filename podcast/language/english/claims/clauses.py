"""A sentence as the fact check reads it: words with tags and keys, cut into clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from podcast.language.english.claims.word_forms import (
    alias_keys,
    bare_word,
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

_CLAUSE_MARKS = frozenset(',;:—–()“”"')
_CLAUSE_WORDS = frozenset(
    "but while whereas although though because if when unless until that which who".split()
)
_NEGATORS = frozenset(
    "not n't n’t no never nobody none nothing neither nor without cannot hardly".split()
)
_WEAK_NEGATIONS = re.compile(
    r"""
    \b(?:
        # "Not only can it climb stairs" affirms.
        not\ (?:only|just|merely|simply|least|to\ mention)
        # "No more than 800" is a bound, "no doubt" the contrary of a denial.
      | no\ (?:more|fewer|less|later|doubt|wonder|matter)
      | not\ until | why\ not | whether\ or\ not | or\ not
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Words that deny in part, or deny something else than the verb.
_HALF_DENIALS = re.compile(
    r"""
    \b(?:
        rather\ than | instead\ of | as\ opposed\ to | anything\ but | far\ from
      | without | except | only
      | struggl\w+ | hard | difficult(?:y|ies)?
      | rarely | seldom | barely | scarcely | virtually | almost | few | little
      | opt(?:s|ed|ing)?\ (?:out|not\ to)
      | (?:keep|kept|stop|block|bar|bann?|discourag|protect|exempt)\w*\ .{1,60}\ from
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NEGATIVE_VERBS = frozenset(
    map(stem, "fail refuse deny unable avoid prevent lack reject decline stop".split())
)
# Tags of words with which an object or an infinitive opens.
_OPEN_OBJECT = frozenset("CD DT PRP$ TO $".split())
# Words with which a condition or an indirect question opens.
_OPEN_WORDS = frozenset("if whether unless until as".split())
_SHORT_WORD = 4
# Words after an "and" among which the verb of a new clause stands.
_AND_REACH = 5
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
        small = bare_word(self.text)
        return bool(_WORD.search(small)) and small not in word_list("empty")

    @property
    def is_name(self) -> bool:
        """True for a proper noun."""
        return self.tag in NAMES

    @property
    def is_verb(self) -> bool:
        """True for a verb in any form."""
        return self.tag in VERBS

    @property
    def end(self) -> int:
        """The place after it in the sentence's text."""
        return self.start + len(self.text)

    @property
    def small(self) -> str:
        """The word in small letters, without dots and possessive."""
        return bare_word(self.text)


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence with one verb or nearly so: as far as a "not" reaches."""

    words: tuple[ClaimWord, ...]

    @cached_property
    def content(self) -> tuple[ClaimWord, ...]:
        """The words that claim something."""
        return content_of(self.words)

    @cached_property
    def all_keys(self) -> frozenset[str]:
        """Keys of the words that claim something."""
        return collect_keys(self.content)

    @cached_property
    def text(self) -> str:
        """The words, parted by spaces."""
        return join_words(self.words)

    @property
    def is_half_denied(self) -> bool:
        """True where a word such as "hardly" or "without" leaves open what is denied."""
        return bool(_HALF_DENIALS.search(self.text))

    @property
    def is_open(self) -> bool:
        """True for a condition or an indirect question: it asserts nothing."""
        return bool(self.words) and self.words[0].text.casefold() in _OPEN_WORDS

    def is_negated(self, place: int) -> bool | None:
        """Tell whether the word at a place is denied; None where it is not clear."""
        if _WEAK_NEGATIONS.search(self.text):
            return None

        negations = 0
        for at, word in enumerate(self.words[:place]):
            negations += _denies(word) and self._reaches(at, place)

        # Two may undo each other, or say it twice: "nobody denies", "it never, never".
        if negations > 1:
            return None
        return negations == 1

    def is_affirmed(self, place: int) -> bool:
        """Tell whether the word at a place is clearly not denied."""
        return self.is_negated(place) is False

    def _reaches(self, negation: int, place: int) -> bool:
        """Tell whether a negation still holds at a place: a second verb phrase ends it."""
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
        """The sentence's clauses in their order."""
        return tuple(_cut_clauses(self.words))

    @cached_property
    def content(self) -> tuple[ClaimWord, ...]:
        """The words that claim something."""
        return content_of(self.words)

    @cached_property
    def all_keys(self) -> frozenset[str]:
        """Keys of the words that claim something."""
        return collect_keys(self.content)

    @property
    def is_question(self) -> bool:
        """True where a question mark ends it, also within quotation marks."""
        return self.text.rstrip("\"”’' ").endswith("?")


def content_of(words: Iterable[ClaimWord]) -> tuple[ClaimWord, ...]:
    """Those of the words that claim something."""
    return tuple(word for word in words if word.is_content)


def collect_keys(words: Iterable[ClaimWord]) -> frozenset[str]:
    """The keys of all words together."""
    return frozenset(key for word in words for key in word.keys)


def shares_key(words: Iterable[ClaimWord], keys: frozenset[str]) -> bool:
    """Tell whether one of the words has one of the keys."""
    return any(word.keys & keys for word in words)


def count_sharing(words: Iterable[ClaimWord], keys: frozenset[str]) -> int:
    """Count the words that have one of the keys."""
    return sum(bool(word.keys & keys) for word in words)


def drop_sharing(words: Iterable[ClaimWord], keys: frozenset[str]) -> list[ClaimWord]:
    """Those of the words that have none of the keys."""
    return [word for word in words if not word.keys & keys]


def join_words(words: Iterable[ClaimWord]) -> str:
    """The words as they are written, parted by spaces."""
    return " ".join(word.text for word in words)


@lru_cache(maxsize=1 << 11)
def parse_sentence(text: str) -> ClaimSentence:
    """Tag a sentence and give each word its keys."""
    tagged = tag_text(text)
    long_names = alias_keys([word.text for word in tagged])

    words: list[ClaimWord] = []
    for place, (word, tag) in enumerate(zip(tagged, _mended_tags(tagged), strict=True)):
        all_keys = keys(word.text) | long_names.get(place, frozenset())
        words.append(ClaimWord(word.text, tag, stem(word.text), all_keys, word.start))
    return ClaimSentence(text, tuple(words))


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

    if FINITE_VERBS.isdisjoint(tags):
        return _with_verb(tags)
    return tags


def _tag_of_large(word: TaggedWord, before: str) -> str:
    """A large word within a sentence is a name, as is one with a capital inside: `OpenAI`."""
    is_inside = before not in '.!?:“"”'
    has_capital_inside = any(letter.isupper() for letter in word.text[1:])
    is_camel = has_capital_inside and not word.text.isupper()

    # A pronoun is large as "I", a numeral in a name: they stay what they are.
    if word.tag in NAMES or word.tag in ("PRP", "CD"):
        return word.tag
    return "NNP" if is_inside or is_camel else word.tag


def _tag_of_small(word: TaggedWord, before: str, tag_before: str) -> str:
    """Mend the tag of a small word; each line is a fault that the tagger was seen to make."""
    if _is_no_preposition(word):
        return "VBP"
    if word.text == "firm" and word.tag in FINITE_VERBS:
        return "NN"
    if word.text == "cannot":
        return "MD"
    if tag_before == "MD" and word.tag in ("NN", "JJ"):
        return "VB"
    if _is_past(word, tag_before):
        return "VBD"
    if _is_infinitive(word, before):
        return "VB"
    return word.tag


def _is_no_preposition(word: TaggedWord) -> bool:
    """Tell whether a word is tagged as a preposition and is none of those that there are."""
    is_preposition = word.text.casefold() in word_list("prepositions")
    return word.tag == "IN" and word.text.isalpha() and not is_preposition


def _is_infinitive(word: TaggedWord, before: str) -> bool:
    """Tell whether a verb after "to" was taken for an adjective."""
    return word.tag == "JJ" and before == "to" and stem(word.text) in stem_list("common_verbs")


def _with_verb(tags: list[str]) -> list[str]:
    """The tags of a sentence without a verb, where a plural before an object can be one."""
    for place in range(1, len(tags) - 1):
        before, tag, follows = tags[place - 1 : place + 2]
        if _is_verb_after_one(before, tag, follows):
            subject = "NNP" if before == "NNP" or place == 1 else "NN"
            return [*tags[: place - 1], subject, "VBZ", *tags[place + 1 :]]
        if _is_verb_after_several(before, tag, follows):
            return [*tags[:place], "VBP", *tags[place + 1 :]]
    return tags


def _is_verb_after_one(before: str, tag: str, follows: str) -> bool:
    """Tell whether a plural can be the verb of one: "the museum houses a ship"."""
    is_after_one = before in (*NOUNS, "JJ") and before != "NNS"
    return tag == "NNS" and is_after_one and follows in _OPEN_OBJECT


def _is_verb_after_several(before: str, tag: str, follows: str) -> bool:
    """Tell whether a singular can be the verb of several: "the towns fear floods"."""
    return tag == "NN" and before == "NNS" and follows in (*_OPEN_OBJECT, "NNS")


def _tag_of_small_name(tagged: Sequence[TaggedWord], place: int) -> str:
    """The tag of a word in small letters that was taken for a name."""
    if _follows_helper(tagged, place):
        return "VB"
    is_after_large = place > 0 and tagged[place - 1].text[:1].isupper()
    return "VBD" if is_after_large and tagged[place].text.endswith("ed") else "NN"


def _is_past(word: TaggedWord, tag_before: str) -> bool:
    """Tell whether a past form after a noun was taken for a noun or an adjective."""
    if tag_before not in NOUNS:
        return False
    if is_irregular_past(word.text) and word.tag in ("JJ", "NN"):
        return True
    return word.tag == "NN" and word.text.endswith("ed") and len(word.text) > _SHORT_WORD


def _follows_helper(tagged: Sequence[TaggedWord], place: int) -> bool:
    """Tell whether a name before this word stands after did or a modal: "did Google sue"."""
    at = place - 1
    while at >= 0 and tagged[at].text[:1].isupper():
        at -= 1

    has_name_between = 0 <= at < place - 1
    return has_name_between and tagged[at].text.casefold() in (
        "did",
        "does",
        "do",
        "will",
        "would",
    )


def _cut_clauses(words: tuple[ClaimWord, ...]) -> list[Clause]:
    clauses: list[Clause] = []
    run: list[ClaimWord] = []
    for place, word in enumerate(words):
        is_fronted = word.text == "," and _is_fronted(run)
        if run and _parts_clauses(words, place) and not is_fronted:
            clauses.append(Clause(tuple(run)))
            run = []
        if word.text not in _CLAUSE_MARKS:
            run.append(word)

    if run:
        clauses.append(Clause(tuple(run)))
    return clauses


def _parts_clauses(words: tuple[ClaimWord, ...], place: int) -> bool:
    """Tell whether the word at a place ends one clause or begins the next."""
    word = words[place]
    small = word.text.casefold()
    if word.text in _CLAUSE_MARKS or small in _CLAUSE_WORDS:
        return True
    return small == "and" and _starts_anew(words, place)


def _is_fronted(run: Sequence[ClaimWord]) -> bool:
    """Tell whether a stretch before a comma belongs to the clause after it.

    "For language models, ...".
    """
    opens_phrase = bool(run) and run[0].tag in ("IN", "TO")
    return opens_phrase and not any(word.is_verb for word in run)


def _starts_anew(words: tuple[ClaimWord, ...], place: int) -> bool:
    """Tell whether an "and" joins two clauses: a finite verb follows soon."""
    for word in words[place + 1 : place + 1 + _AND_REACH]:
        if word.text in _CLAUSE_MARKS:
            return False
        if word.tag in FINITE_VERBS:
            return True
    return False
