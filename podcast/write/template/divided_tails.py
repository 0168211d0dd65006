"""Rules that give what hangs on the end of a sentence a sentence of its own.

The second sentence says its subject again: `It also covers`, `That enables`, `The aim is`.
"""

from __future__ import annotations

import re

from podcast.language.english.tagger import FINITE_VERBS, NAMES, NOUNS
from podcast.language.english.word_data import first_large
from podcast.write.template.grammar import Parsed, close, parse_sentence
from podcast.write.template.halves import (
    HEAVY,
    LONG,
    cut_sentence,
    has_parallel,
    is_longer,
    third_person,
)
from podcast.write.template.rewritten import Rewritten
from podcast.write.template.things import THINGS

FARTHEST_VERB = 8
"""Words up to the participle behind `with`."""

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


_TELLING_VERBS = {
    "emphasizing": "emphasize",
    "emphasising": "emphasise",
    "highlighting": "highlight",
    "discussing": "discuss",
    "covering": "cover",
    "exploring": "explore",
    "noting": "note",
    "stressing": "stress",
    "addressing": "address",
    "detailing": "detail",
    "featuring": "feature",
    "offering": "offer",
    "incorporating": "incorporate",
    "advocating": "advocate",
    "focusing": "focus",
    "targeting": "target",
    "using": "use",
}
"""What a text, an event or a thing does besides."""
_ALSO_DOES = re.compile(rf", (?:and )?(?P<verb>{'|'.join(_TELLING_VERBS)}) (?=\w)")
_THING = re.compile(rf"(?:The|This|Its) (?:[\w-]+ ){{0,3}}?(?:{THINGS})(?= (?:also )?\w+s\b)")
"""A subject that can only be `it`."""


_PRONOUN = re.compile(r"(?:He|She|It|They)(?= )")


def divide_at_tail(sentence: str) -> Rewritten | None:
    """Give what a text, a thing or `she` also does a sentence: `, emphasizing` is `It also`."""
    match = _ALSO_DOES.search(sentence)
    pronoun = _PRONOUN.match(sentence)
    if not match or not (pronoun or _THING.match(sentence)) or not is_longer(sentence, 21):
        return None

    halves = cut_sentence(sentence, match.start(), match.end())
    if halves is None or not halves.is_sure or "," in halves.left:
        return None
    subject = pronoun[0] if pronoun else "It"
    verb = _in_tense(_TELLING_VERBS[match["verb"]], halves.tense, is_plural=subject == "They")
    if not verb or has_parallel(halves.right):
        return None
    also = "" if halves.main.has_any(frozenset({"also"})) else "also "
    return Rewritten((close(halves.left), close(f"{subject} {also}{verb} {halves.right}")))


def _in_tense(verb: str, tense: str, *, is_plural: bool) -> str:
    """A verb in the tense of the main clause; empty where that is neither present nor past."""
    if tense not in ("VBZ", "VBP", "VBD"):
        return ""
    if tense == "VBD":
        return f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    return verb if is_plural else third_person(verb)


_EFFECTS = {
    "enabling": "enables",
    "allowing": "allows",
    "reducing": "reduces",
    "making": "makes",
    "helping": "helps",
    "improving": "improves",
    "simplifying": "simplifies",
    "enhancing": "enhances",
    "boosting": "boosts",
    "streamlining": "streamlines",
    "facilitating": "facilitates",
    "raising": "raises",
    "leading to": "leads to",
    "ensuring": "ensures",
}
_SPEAKS = frozenset(
    "advocated proposed recommended suggested emphasizes emphasises highlights discusses "
    "explores "
    "future underscores calls advises urges encourages promotes envisions shows demonstrates "
    "finds "
    "reveals indicates showing".split()
)
"""Verbs of a sentence that only tells of something: its effect would be the telling's."""
_CONSEQUENCE = re.compile(rf", (?P<verb>{'|'.join(_EFFECTS)}) (?=\w)")


def divide_at_consequence(sentence: str) -> Rewritten | None:
    """Give what follows from a long sentence a sentence of its own.

    `, enabling` is `That enables`.

    Only where the main clause is said as a fact of the present: under a hedge, an aim or a
    condition the consequence is hedged as well.
    """
    match = _CONSEQUENCE.search(sentence)
    if not match or not is_longer(sentence, HEAVY):
        return None

    halves = cut_sentence(sentence, match.start(), match.end())
    if halves is None or not halves.is_sure or halves.tense not in ("VBZ", "VBP"):
        return None
    if halves.main.has_any(_SPEAKS) or _ends_in_participles(halves.left):
        return None
    if has_parallel(halves.right):
        return None
    effect = f"That {_EFFECTS[match['verb']]} {halves.right}"
    return Rewritten((close(halves.left), close(effect)))


def _ends_in_participles(left: str) -> bool:
    """Whether a participle stands after the last comma: the effect may be of it alone."""
    return (
        "," in left
        and re.match(r" (?:\w+ly )?\w+(?:ing|ed)\b", left.rpartition(",")[2]) is not None
    )


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
    """Give `, with the North leading in` at the end of a sentence a verb: `The North leads in`."""
    match = _WITH.search(sentence)
    if not match or not is_longer(sentence, 18):
        return None

    halves = cut_sentence(sentence, match.start(), match.end())
    if halves is None or not halves.is_sure or halves.tense not in ("VBZ", "VBP"):
        return None
    second = _give_verb(halves.right)
    return Rewritten((close(halves.left), close(second))) if second else None


def _give_verb(absolute: str) -> str:
    """`the North leading in` as `The North leads in`; empty where its subject is not certain."""
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
    """Whether the words before `end` are one noun phrase of which the last word is the head."""
    words = parsed.words[:end]
    if words[-1].tag not in (*NOUNS, "VBG"):
        return False
    if any(word.tag in NAMES for word in words):
        return False
    return not any(word.tag in ("IN", "CC", "TO", ",", "VBN", "WDT") for word in words)
