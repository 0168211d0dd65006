"""Rules that give what hangs on the end of a sentence a sentence of its own.

The second sentence has a subject: `The aim is`, `Among them are`, `The North leads`.
"""

from __future__ import annotations

import re

from podcast.language.english.tagger import FINITE_VERBS, NAMES, NOUNS
from podcast.language.english.word_data import first_large
from podcast.write.template.grammar import Parsed, close, parse_sentence
from podcast.write.template.halves import (
    LONG,
    cut_sentence,
    has_parallel,
    is_longer,
    third_person,
)
from podcast.write.template.rewritten import Rewritten

# Words up to the participle behind `with`.
FARTHEST_VERB = 8

_AIM = re.compile(r", aiming to (?=[a-z]+ )")


def divide_at_aim(sentence: str) -> Rewritten | None:
    """Give the aim at the end of a long sentence a sentence of its own."""
    match = _AIM.search(sentence)
    if not match or not is_longer(sentence, 14):
        return None

    halves = cut_sentence(sentence, match.start(), match.end(), least=3)
    if halves is None:
        return None
    goes_on = re.search(r",(?! and| or)", halves.right) and re.search(
        r", \w+ing ", halves.right
    )
    if goes_on:
        return None
    return Rewritten((close(halves.left), close(f"The aim is to {halves.right}")))


_AMONG = re.compile(r"(?P<noun>\b[a-z]+s), including (?=[\w“\"])")


def divide_at_including(sentence: str) -> Rewritten | None:
    """Give a list of examples at the end of a long sentence a sentence of its own."""
    match = _AMONG.search(sentence)
    if not match or not is_longer(sentence, LONG):
        return None

    halves = cut_sentence(sentence, match.end("noun"), match.end())
    if halves is None or halves.main.words[-1].tag != "NNS" or " and " not in halves.right:
        return None
    if any(word.tag in FINITE_VERBS | {"VBG"} for word in parse_sentence(halves.right).words):
        return None
    return Rewritten((close(halves.left), close(f"Among them are {halves.right}")))


_WITH = re.compile(r", with (?=[\w$€£“\"])")
_STATES = {
    "warning": "warn",
    "indicating": "indicate",
    "showing": "show",
    "including": "include",
    "leading": "lead",
    "featuring": "feature",
    "offering": "offer",
}


def divide_at_with(sentence: str) -> Rewritten | None:
    """Give a last `, with the North leading in` a verb: `The North leads in`."""
    match = _WITH.search(sentence)
    if not match or not is_longer(sentence, 18):
        return None

    halves = cut_sentence(sentence, match.start(), match.end())
    if halves is None or not halves.is_sure or halves.tense not in ("VBZ", "VBP"):
        return None
    second = _give_verb(halves.right)
    return Rewritten((close(halves.left), close(second))) if second else None


def _give_verb(absolute: str) -> str:
    """`the North leading in` as `The North leads in`; empty for an uncertain subject."""
    parsed = parse_sentence(absolute)
    at = next((at for at, word in enumerate(parsed.words) if word.text in _STATES), 0)
    if not 1 <= at <= FARTHEST_VERB or not _is_plain_phrase(parsed, at):
        return ""

    verb = parsed.words[at]
    rest = absolute[verb.end :]
    base = _STATES[verb.text]
    said = base if parsed.words[at - 1].tag == "NNS" else third_person(base)
    if has_parallel(rest):
        return ""
    return f"{first_large(absolute[: verb.start].strip())} {said}{rest}"


def _is_plain_phrase(parsed: Parsed, end: int) -> bool:
    """Tell whether the words before `end` are one noun phrase with the last as its head."""
    words = parsed.words[:end]
    if words[-1].tag not in (*NOUNS, "VBG"):
        return False
    if any(word.tag in NAMES for word in words):
        return False
    return not any(word.tag in ("IN", "CC", "TO", ",", "VBN", "WDT") for word in words)
