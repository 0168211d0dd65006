"""Finds superlatives, firsts and loose quantities that the source does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord
from podcast.language.english.claims.figure_context import read_figures
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.quantities import Quantity
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import stem

_FIRST = re.compile(
    r"\b(?:(?:the|its|their|his|her|world['’]s) (?:very )?first(?: \w+){0,3}? (?:ever|in history|of its kind|in the world|to)"
    r"|first(?:-| )ever|for the first time|(?:the )?only (?:\w+ ){1,2}(?:ever|in the world|to)|never before"
    r"|unprecedented|unique|in (?:the )?history|record-(?:breaking|setting)|an? record|world record|of all time"
    r"|ever (?:done|made|built|seen)|of all)\b",
    re.IGNORECASE,
)
_FIRST_IN_SOURCE = re.compile(
    r"\b(?:first|only|unprecedented|unique\w*|record\w*|never before|history|historic\w*|ever|pioneer\w*|new)\b", re.IGNORECASE
)
_SUPERLATIVE_SUFFIX = re.compile(r"(?:i?est)$")
_EVERYDAY_SUPERLATIVES = frozenset("latest most least best worst last next".split())
_MANNER = frozenset(
    "part thing question bit point news way word surprise detail number story piece case guess bet friend answer "
    "line idea example place one lesson moment test job".split()
)
_SMALL_WORDS = frozenset("of among one at last some".split())
_HALF_IDIOM = re.compile(r"half (?:the |of )?(?:story|battle|truth|an hour|past|way)|other half|second half", re.IGNORECASE)
_LOOSE: tuple[tuple[str, Decimal, Decimal], ...] = (
    (r"hundreds of millions", Decimal(10**8), Decimal(10**9)),
    (r"tens of millions", Decimal(10**7), Decimal(10**8)),
    (r"hundreds of thousands", Decimal(10**5), Decimal(10**6)),
    (r"tens of thousands", Decimal(10**4), Decimal(10**5)),
    (r"trillions", Decimal(10**12), Decimal(10**15)),
    (r"billions", Decimal(10**9), Decimal(10**12)),
    (r"millions", Decimal(10**6), Decimal(10**9)),
    (r"thousands", Decimal(10**3), Decimal(10**6)),
    (r"hundreds", Decimal(10**2), Decimal(10**4)),
    (r"dozens", Decimal(20), Decimal(10**3)),
    (r"scores of", Decimal(20), Decimal(10**3)),
)
_GROWTH: tuple[tuple[str, Decimal], ...] = (
    (r"(?:doubl(?:e[sd]?|ing)|twofold|twice (?:as|the|what))", Decimal(2)),
    (r"(?:tripl(?:e[sd]?|ing)|trebled|threefold|three times)", Decimal(3)),
    (r"(?:quadrupl(?:e[sd]?|ing)|fourfold)", Decimal(4)),
    (r"tenfold", Decimal(10)),
    (r"hal(?:ved|ves|ving)", Decimal("0.5")),
)
_TIMES = re.compile(r"(?<=factor of )\d+(?:\.\d+)?|(?<![\d.])\d+(?:\.\d+)?(?=x\b|×| times|-fold)")
_NEAR = Decimal("0.12")
"""How far a factor may be from `twice`: 2.1 is about twice."""


def find_superlative_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Firsts, records and superlatives of which the source knows nothing."""
    if not supposes_something(sentence):
        return
    text = source.text
    first = _FIRST.search(sentence.text)
    if first and not _has_first(first[0], text):
        yield Finding("superlative", sentence.text, f'the source does not say "{first[0]}"')
        return
    for place, word in enumerate(sentence.words):
        if not _is_superlative(sentence, place):
            continue
        stems = _source_superlatives(source)
        degree = _degree(sentence, place)
        if degree not in stems:
            yield Finding("superlative", sentence.text, f'the source does not say "{word.text} {degree}"'.replace(f"{degree} {degree}", degree))
        elif stems[degree] and not _is_one_of(sentence.words, place):
            what = f'the source says "one of" or "among" where this says "the {word.text}"'
            yield Finding("superlative", sentence.text, what, stems[degree])


def _has_first(said: str, text: str) -> bool:
    small = said.casefold()
    for word in ("first", "only", "record", "unprecedented", "unique", "history", "ever"):
        if word in small:
            return bool(re.search(rf"\b{word}", text, re.IGNORECASE))
    return bool(_FIRST_IN_SOURCE.search(text))


def _is_superlative(sentence: ClaimSentence, place: int) -> bool:
    """Whether a word claims that something has no equal: after "the" or a possessive, not of a matter of talk."""
    word = sentence.words[place]
    if word.tag not in ("JJS", "RBS"):
        return False
    before = sentence.words[place - 1] if place else None
    if before is None or not (before.text.casefold() == "the" or before.tag == "POS"):
        return False
    if word.small in ("latest", "least", "last") or (word.small in ("most", "least") and not _is_graded(sentence, place)):
        return False
    following = [other.small for other in sentence.words[place + 1 : place + 3]]
    return not {*following} & _MANNER


def _is_graded(sentence: ClaimSentence, place: int) -> bool:
    follows = sentence.words[place + 1] if place + 1 < len(sentence.words) else None
    return follows is not None and follows.tag in ("JJ", "RB", "VBN", "VBG")


def _degree(sentence: ClaimSentence | object, place: int) -> str:
    words = sentence.words  # type: ignore[union-attr]
    word = words[place]
    if word.small in ("most", "least") and place + 1 < len(words):
        return str(words[place + 1].stem)
    return stem(_SUPERLATIVE_SUFFIX.sub("", word.small)) or word.small


def _source_superlatives(source: SourceFacts) -> dict[str, str]:
    """What the source calls the most: its stem, with its sentence where it is only one of several."""
    found: dict[str, str] = {}
    for sentence in source.sentences:
        for place, word in enumerate(sentence.words):
            if word.tag in ("JJS", "RBS"):
                degree = _degree(sentence, place)
                found[degree] = sentence.text if _is_one_of(sentence.words, place) else ""
            elif word.small in ("top", "leading", "unparalleled", "unmatched", "premier", "foremost"):
                found.update({degree: "" for degree in ("best", "large", "larg", "big")})
    return found


def _is_one_of(words: tuple[ClaimWord, ...], place: int) -> bool:
    return bool({word.small for word in words[max(0, place - 4) : place]} & _SMALL_WORDS)


def find_loose_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Dozens, millions, doubled: quantities without a figure that no figure of the source bears out."""
    text = sentence.text
    for pattern, low, high in _LOOSE:
        found = re.search(rf"\b{pattern}\b", text, re.IGNORECASE)
        if not found:
            continue
        text = text[: found.start()] + text[found.end() :]
        is_said = re.search(rf"\b{found[0]}\b", source.text, re.IGNORECASE)
        if not is_said and not any(low <= amount < high for amount in _amounts(sentence, found, source)):
            yield Finding("loose", sentence.text, f'the source has nothing for "{found[0]}"')
    if sentence.is_question and not supposes_something(sentence):
        return
    for pattern, factor in _GROWTH:
        found = re.search(rf"\b{pattern}\b", sentence.text, re.IGNORECASE)
        if found and not _has_factor(pattern, factor, source):
            yield Finding("loose", sentence.text, f'the source has nothing for "{found[0]}"')


def _amounts(sentence: ClaimSentence, found: re.Match[str], source: SourceFacts) -> Iterator[Decimal]:
    """The source's numbers that may stand behind "thousands of ...": those with a unit only for a unit."""
    has_unit = bool(re.match(r" of (?:\w+ )?(?:dollars|euros|pounds|miles|kilomet\w+|hours|years|tons|tonnes)", found.string[found.end() :]))
    for quantity, _, _ in source.quantities():
        if bool(quantity.units) == has_unit:
            yield from quantity.values


def _has_factor(pattern: str, factor: Decimal, source: SourceFacts) -> bool:
    if re.search(rf"\b{pattern}\b", source.text, re.IGNORECASE):
        return True
    if any(abs(Decimal(times) - factor) <= factor * _NEAR for times in _TIMES.findall(source.text)):
        return True
    return any(_has_ratio(sentence, factor) for sentence in source.sentences)


def _has_ratio(sentence: ClaimSentence, factor: Decimal) -> bool:
    """Whether two numbers of one kind in a sentence make the factor, or a change in percent does."""
    quantities = [figure.fact for figure in read_figures(sentence) if isinstance(figure.fact, Quantity)]
    for quantity in quantities:
        if "ratio" in quantity.units and quantity.values[0] in (abs(factor - 1) * 100, factor * 100):
            return True
    return any(
        abs(left.values[0] / right.values[0] - factor) <= factor * _NEAR
        for left, right in permutations(quantities, 2)
        if left.units.keys() == right.units.keys() and left.noun == right.noun and right.values[0]
    )
