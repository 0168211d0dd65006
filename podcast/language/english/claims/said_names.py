"""Finds names and quotations that the source does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.number_words import read_numbers
from podcast.language.english.claims.source_facts import SourceFacts, plain_words
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import (
    bare,
    implying_names,
    stem_list,
    word_list,
)
from podcast.language.english.tagger import NOUNS
from podcast.language.english.word_data import words as common_words

_QUOTATION = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")
_NUMBERED = re.compile(r"\b[A-Z][\w]*[-–]\d+(?:\.\d+)?\b")
_HYPHENATED = re.compile(r"\w+(?:[-–]\w+)*")
_OPENS_SENTENCE = frozenset('.!?:;—–“”"(…')
_COMPARES = re.compile(
    r"""
    (?: (?:isn|wasn|aren)['’]t | \b(?:is|was|are)\ not | \bunlike | \brather\ than | \bthink\ of
      | (?:\b(?:is|was|sounds?|looks?|feels?|works?|bit)|['’]s)\ (?:a\ bit\ )?like
    )
    \ (?:(?:a|an|the|in|from|just|only|about)\ )* (?:[A-Z][\w-]*\ )* $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENDING = 3
_COMMON_PREFIX = 4


def find_name_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Names of a sentence that neither its source has nor anybody may say."""
    if not supposes_something(sentence):
        return
    run: list[ClaimWord] = []
    for place, word in enumerate(sentence.words):
        if not _is_strange(sentence, place, source) or _is_only_compared(sentence, word):
            continue
        if run and not _adjoins(sentence, run[-1], word):
            yield _name_finding(sentence, run)
            run = []
        if not run and place and _opens_name(sentence, place - 1, source):
            run.append(sentence.words[place - 1])
        run.append(word)
    if run:
        yield _name_finding(sentence, run)
    yield from _find_strange_versions(sentence, source)


def _is_only_compared(sentence: ClaimSentence, word: ClaimWord) -> bool:
    """Whether a name is said for what something is not, or is like.

    "it isn't Paris", "it's like Tetris".
    """
    return bool(_COMPARES.search(sentence.text[: word.start]))


def _adjoins(sentence: ClaimSentence, word: ClaimWord, follows: ClaimWord) -> bool:
    between = sentence.text[word.start + len(word.text) : follows.start]
    return not between.strip(" -")


def _opens_name(sentence: ClaimSentence, place: int, source: SourceFacts) -> bool:
    """Whether the word before a strange name belongs to it, though it opens the sentence."""
    word, follows = sentence.words[place : place + 2]
    if not word.text[:1].isupper() or not _adjoins(sentence, word, follows):
        return False
    return not is_known_name(word, source) and word.small not in word_list("empty")


def _find_strange_versions(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Names with a number that the source has with another one: `GPT-5` for `GPT-4`."""
    for match in _NUMBERED.finditer(sentence.text):
        parts = re.split(r"[-–]", match[0])
        is_known = plain_words(parts[0]) in source.joined_text
        if is_known and plain_words(match[0]).replace(" ", "") not in source.joined_text:
            yield Finding("name", sentence.text, f'the source has no name "{match[0]}"')


def find_quotation_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Quotations that are not in the source word for word."""
    for match in _QUOTATION.finditer(sentence.text):
        quoted = plain_words(match[1] or match[2])
        if quoted and f" {quoted} " not in source.plain_text:
            yield Finding(
                "quotation",
                sentence.text,
                f'the source does not have the words "{match[1] or match[2]}"',
                _near(quoted, source),
            )


def _near(quoted: str, source: SourceFacts) -> str:
    words = set(quoted.split())
    best = max(
        source.sentences,
        key=lambda s: len(words & set(plain_words(s.text).split())),
        default=None,
    )
    return (
        best.text
        if best and len(words & set(plain_words(best.text).split())) > len(words) / 2
        else ""
    )


def _name_finding(sentence: ClaimSentence, run: list[ClaimWord]) -> Finding:
    name = sentence.text[run[0].start : run[-1].start + len(run[-1].text)]
    return Finding("name", sentence.text, f'the source has no name "{name}"')


def _is_strange(sentence: ClaimSentence, place: int, source: SourceFacts) -> bool:
    if not _looks_like_name(sentence, place) or is_known_name(sentence.words[place], source):
        return False
    whole = plain_words(_hyphenated(sentence, sentence.words[place])).replace(" ", "")
    return len(whole) <= _COMMON_PREFIX or whole not in source.joined_text


def _hyphenated(sentence: ClaimSentence, word: ClaimWord) -> str:
    """The whole of a name that hyphens join: `Phi-sat-2`."""
    runs = _HYPHENATED.finditer(sentence.text)
    return next((run[0] for run in runs if run.start() <= word.start < run.end()), word.text)


def _looks_like_name(sentence: ClaimSentence, place: int) -> bool:
    word = sentence.words[place]
    text = word.text
    if len(text) == 1 or any(number.text == text for number in read_numbers(text)):
        return False
    if not re.search(r"[A-Z]", text) or word.small in word_list("everyday_names"):
        return False
    if re.search(r"[A-Z0-9]", text[1:]):
        return not re.fullmatch(r"\d[\d.,]*(?:[KMBT]|[MB]N)?", text, re.IGNORECASE)
    starts = place == 0 or sentence.words[place - 1].text in _OPENS_SENTENCE
    if not starts:
        return word.is_name
    return _is_name_at_start(sentence, place)


def _is_name_at_start(sentence: ClaimSentence, place: int) -> bool:
    """Whether the word that opens a sentence is a name.

    A verb of news or a possessive follows it.
    """
    word = sentence.words[place]
    if place + 1 >= len(sentence.words) or word.tag not in NOUNS or word.tag == "NNS":
        return False
    follows = sentence.words[place + 1]
    if word.small in word_list("empty") or word.small in common_words("common"):
        return False
    if word.is_name and word.small in implying_names():
        return True
    is_before_name = follows.is_name and follows.small not in word_list("everyday_names")
    if word.is_name and (follows.tag == "POS" or is_before_name):
        return True
    return follows.tag in ("VBZ", "VBD") and follows.stem in stem_list("news_verbs")


def is_known_name(word: ClaimWord, source: SourceFacts) -> bool:
    """Whether the source has a name in this form or in one near to it."""
    if word.keys & source.keys or word.small in source.initials:
        return True
    small = bare(word.text)
    joined = re.sub(r"\W", "", small)
    if len(joined) >= _COMMON_PREFIX and joined in source.joined_text:
        return True
    if small in word_list("continents") and not word_list("continents") & source.keys:
        return True
    if any(_same_but_ending(small, other) for other in source.plain_text.split()):
        return True
    return any(
        f" {implying} " in source.plain_text for implying in implying_names().get(small, ())
    )


def _same_but_ending(name: str, other: str) -> bool:
    """Whether two names differ in their ending alone: Belgium and Belgian."""
    shared = 0
    for left, right in zip(name, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared > _COMMON_PREFIX and max(len(name), len(other)) - shared <= _ENDING
