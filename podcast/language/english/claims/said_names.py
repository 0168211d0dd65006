"""Finds names and quotations that the source does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.number_words import read_numbers
from podcast.language.english.claims.source_facts import (
    SourceFacts,
    closest_sentence,
    plain_words,
)
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import (
    bare_word,
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
    # "It isn't ..."
    (?: (?:isn|wasn|aren)['’]t | \b(?:is|was|are)\ not
        # "unlike ...", "think of ..."
      | \bunlike | \brather\ than | \bthink\ of
        # "It's a bit like ..."
      | (?:\b(?:is|was|sounds?|looks?|feels?|works?|bit)|['’]s)\ (?:a\ bit\ )?like
    )
    # ... and small words, or more of the name, up to the word that is asked about
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
    for name in _find_strange_names(sentence, source):
        yield _name_finding(sentence, sentence.text[name[0].start : name[-1].end])
    for version in _find_strange_versions(sentence, source):
        yield _name_finding(sentence, version)


def _find_strange_names(
    sentence: ClaimSentence, source: SourceFacts
) -> Iterator[list[ClaimWord]]:
    """Runs of words that look like a name and that the source does not have."""
    run: list[ClaimWord] = []
    for place, word in enumerate(sentence.words):
        if not _is_strange(sentence, place, source) or _is_only_compared(sentence, word):
            continue
        if run and not _adjoins(sentence, run[-1], word):
            yield run
            run = []
        if not run and place and _opens_name(sentence, place - 1, source):
            run = [sentence.words[place - 1]]
        run.append(word)

    if run:
        yield run


def _is_only_compared(sentence: ClaimSentence, word: ClaimWord) -> bool:
    """Tell whether a name is said for what something is not, or is like.

    "it isn't Paris", "it's like Tetris".
    """
    return bool(_COMPARES.search(sentence.text[: word.start]))


def _adjoins(sentence: ClaimSentence, word: ClaimWord, follows: ClaimWord) -> bool:
    between = sentence.text[word.end : follows.start]
    return not between.strip(" -")


def _opens_name(sentence: ClaimSentence, place: int, source: SourceFacts) -> bool:
    """Tell whether the word before a strange name belongs to it: it may open the sentence."""
    word, follows = sentence.words[place : place + 2]
    if not word.text[:1].isupper() or not _adjoins(sentence, word, follows):
        return False
    return not is_known_name(word, source) and word.small not in word_list("empty")


def _find_strange_versions(sentence: ClaimSentence, source: SourceFacts) -> Iterator[str]:
    """Names with a number that the source has with another one: `GPT-5` for `GPT-4`."""
    for match in _NUMBERED.finditer(sentence.text):
        parts = re.split(r"[-–]", match[0])
        is_known = plain_words(parts[0]) in source.joined_text
        if is_known and plain_words(match[0]).replace(" ", "") not in source.joined_text:
            yield match[0]


def find_quotation_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Quotations that are not in the source word for word."""
    for match in _QUOTATION.finditer(sentence.text):
        quotation = match[1] or match[2]
        quoted = plain_words(quotation)
        if quoted and f" {quoted} " not in source.plain_text:
            what = f'the source does not have the words "{quotation}"'
            yield Finding("quotation", sentence.text, what, _near_text(quoted, source))


def _near_text(quoted: str, source: SourceFacts) -> str:
    """The source's sentence that has most of a quotation's words; empty where none has half."""
    words = set(quoted.split())

    def closeness(theirs: ClaimSentence) -> int:
        return len(words.intersection(plain_words(theirs.text).split()))

    best = closest_sentence(source.sentences, closeness)
    if best is None or closeness(best) <= len(words) / 2:
        return ""
    return best.text


def _name_finding(sentence: ClaimSentence, name: str) -> Finding:
    return Finding("name", sentence.text, f'the source has no name "{name}"')


def _is_strange(sentence: ClaimSentence, place: int, source: SourceFacts) -> bool:
    if not _looks_like_name(sentence, place) or is_known_name(sentence.words[place], source):
        return False
    # A known name may be written apart, together or with hyphens: "Keelson 2", "Keelson-2".
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
    # With a capital or a figure inside, only an amount such as "125M" is no name.
    if re.search(r"[A-Z0-9]", text[1:]):
        return not re.fullmatch(r"\d[\d.,]*(?:[KMBT]|[MB]N)?", text, re.IGNORECASE)

    is_at_start = place == 0 or sentence.words[place - 1].text in _OPENS_SENTENCE
    return _is_name_at_start(sentence, place) if is_at_start else word.is_name


def _is_name_at_start(sentence: ClaimSentence, place: int) -> bool:
    """Tell whether the word that opens a sentence is a name.

    A verb of news or a possessive follows it.
    """
    if place + 1 >= len(sentence.words):
        return False
    word, follows = sentence.words[place : place + 2]
    if word.tag not in NOUNS or word.tag == "NNS":
        return False
    # Every sentence opens with a capital: a common word is no name for that.
    if word.small in word_list("empty") or word.small in common_words("common"):
        return False

    if word.is_name and (word.small in implying_names() or _belongs_to_name(follows)):
        return True
    return follows.tag in ("VBZ", "VBD") and follows.stem in stem_list("news_verbs")


def _belongs_to_name(follows: ClaimWord) -> bool:
    """Tell whether a word shows the one before it to be a name: a possessive, or more of it."""
    if follows.tag == "POS":
        return True
    return follows.is_name and follows.small not in word_list("everyday_names")


def is_known_name(word: ClaimWord, source: SourceFacts) -> bool:
    """Tell whether the source has a name in this form or in one near to it."""
    if word.keys & source.keys or word.small in source.initials:
        return True
    small = bare_word(word.text)
    joined = re.sub(r"\W", "", small)
    if len(joined) >= _COMMON_PREFIX and joined in source.joined_text:
        return True
    # "Africa" is said of what is far away; a source with another continent speaks of that.
    if small in word_list("continents") and not word_list("continents") & source.keys:
        return True
    if any(_same_but_ending(small, other) for other in source.plain_text.split()):
        return True

    implying = implying_names().get(small, ())
    return any(f" {name} " in source.plain_text for name in implying)


def _same_but_ending(name: str, other: str) -> bool:
    """Tell whether two names differ in their ending alone: Belgium and Belgian."""
    shared = 0
    for left, right in zip(name, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared > _COMMON_PREFIX and max(len(name), len(other)) - shared <= _ENDING
