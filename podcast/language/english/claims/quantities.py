"""Numbers with their unit, their bound and the words around them; when one supports another."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Literal

from podcast.language.english.claims.clauses import ClaimSentence
from podcast.language.english.claims.number_words import SCALES, SpokenNumber, read_numbers
from podcast.language.english.claims.phrase_patterns import load_markers, phrase_pattern

Bound = Literal["", "above", "below", "nearly", "about"]

# 690 is nearly 700; 675 is not.
FAIR_NEARLY = Decimal("0.97")
FAIR_ABOUT = Decimal("0.05")
# How far a number may be from its source's when nothing says that it is rounded.
FAIR_BARE = Decimal("0.005")
# `More than 8,000` may be said of up to 12,800.
FAIR_REACH = Decimal("1.6")
# `Under 100` may be said of 80 and more.
FAIR_LIMIT = Decimal("1.25")

# A number this large has no scale left to take from the one after it.
_SCALED = 1000

# Characters before a number among which its bound stands: "no more than a".
_BOUND_REACH = 40
# Words after a number among which the noun stands that it counts.
_NOUN_REACH = 5
_LEFT_OUT_SCALES = (1, 10**3, 10**6, 10**9)
_RANGE = re.compile(r"\s*(?:-|–|to|or|and)\s*[$€£]?", re.IGNORECASE)
_MEASURES = re.compile(r"\s*(?:x|×|by)\s*")
_SHARES_UNIT = re.compile(r"\s*(?:x|×|by|to|-|–)\s*")
_TIME_ADVERBS = frozenset("today tonight tomorrow yesterday".split())
# Units that may stand before both numbers of a range, before one, or after the last.
_MONEY = frozenset("dollar euro sterling yen yuan rupee crown franc".split())
_CURRENCY = re.compile(r"(?:US|A|AU|C|CA|NZ|HK|S)?([$€£¥₹])\s?$")
_AFTER = re.compile(
    r"""
    [\s-]*
    # Whose money it is does not change its kind: "kroner" are told of "Norwegian kroner".
    (?: (?: US | U\.S\. | American | Australian | Canadian | Hong\ Kong
          | Swiss | Swedish | Norwegian | Danish
        ) \s
    )?
    # A word that is no unit is looked up in vain; "kilowatt-hours" is one.
    ( % | percentage\ points? | per\ cent | [^\W\d_]+(?:-hours?)? )
    """,
    re.VERBOSE,
)
_SPEED = re.compile(
    r"""
    [\s-]*
    (?: (?:km|kilomet(?:er|re)s?) \s? (?:/|per\ |an\ ) \s? h(?:our)?
      | mph
      | miles\ (?:per|an)\ hour
    )\b
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text has it."""

    text: str
    start: int
    end: int
    values: tuple[Decimal, ...]
    units: Mapping[str, Decimal]
    """Dimensions that its unit may be of, with its size; empty for a number without unit."""
    bound: Bound
    is_place: bool
    is_fraction: bool
    follows_article: bool = False
    """True after "a": "a third one" counts nothing."""
    noun: str = ""
    """Stem of what is counted; empty when that is a unit, or unknown."""

    def amounts(self) -> Iterator[tuple[str, Decimal]]:
        """Its value in each dimension that it may have."""
        for value in self.values:
            if not self.units:
                yield "", value
            for dimension, size in self.units.items():
                yield dimension, value * size


def read_quantities(sentence: ClaimSentence, text: str) -> tuple[Quantity, ...]:
    """The numbers of a sentence; `text` is the sentence with its dates blanked out."""
    quantities: list[Quantity] = []
    for number, follows in pairwise([*read_numbers(text), None]):
        if number is not None:
            scale = _range_scale(text, number, follows)
            quantities.append(_read_quantity(sentence, text, number, scale))
    return tuple(_with_shared_units(quantities, text))


def _with_shared_units(quantities: list[Quantity], text: str) -> list[Quantity]:
    """Give all numbers of `22 x 10 x 33 cm` and `30 to 500%` the unit that one of them has."""
    # From the last to the first, so that the unit reaches all before it.
    for place in range(len(quantities) - 1, 0, -1):
        left, right = quantities[place - 1 : place + 1]
        has_unit = bool(right.units) and not right.units.keys() & _MONEY
        if has_unit and not left.units and _SHARES_UNIT.fullmatch(text[left.end : right.start]):
            quantities[place - 1] = dataclasses.replace(left, units=right.units, noun="")
    for place in range(1, len(quantities)):
        left, right = quantities[place - 1 : place + 1]
        if left.units and not right.units and _MEASURES.fullmatch(text[left.end : right.start]):
            quantities[place] = dataclasses.replace(right, units=left.units, noun="")
    return quantities


def supports(source: Quantity, said: Quantity) -> bool:
    """Tell whether what the source has is fairly said so."""
    if source.is_place != said.is_place:
        return False
    # A share in words is rounded by nature: 92.5% are nine in ten.
    bound = said.bound or ("about" if said.is_fraction else "")
    return any(
        is_fair(ours, source.bound, theirs, bound) for ours, theirs in _comparable(source, said)
    )


def _comparable(source: Quantity, said: Quantity) -> Iterator[tuple[Decimal, Decimal]]:
    """The pairs of values to compare.

    One that is said of nothing may have any unit ("up to forty").
    """
    # "The other got a hundred": of what, and of how many zeros, was said before.
    if not said.units and not said.noun:
        for ours, theirs, size in product(source.values, said.values, _LEFT_OUT_SCALES):
            yield ours / size, theirs
        return

    pairs = product(source.amounts(), said.amounts())
    for (dimension, ours), (other_dimension, theirs) in pairs:
        if not dimension or not other_dimension or dimension == other_dimension:
            yield ours, theirs


def is_fair(source: Decimal, source_bound: Bound, said: Decimal, bound: Bound) -> bool:
    """Tell whether a number may be told as another: `675` as `nearly 700`."""
    if source == said:
        return _same_bound(source_bound, bound)
    if bound == "above":
        return said < source < said * FAIR_REACH and source_bound != "below"
    if bound == "below":
        return said / FAIR_LIMIT < source < said and source_bound != "above"
    if bound == "nearly":
        return said * FAIR_NEARLY <= source < said
    if bound == "about":
        return abs(source - said) <= max(source, said) * FAIR_ABOUT
    return abs(source - said) <= abs(source) * FAIR_BARE and _count_digits(said) >= 2


def _same_bound(source: Bound, said: Bound) -> bool:
    opposite = {("above", "below"), ("below", "above"), ("nearly", "above"), ("", "nearly")}
    return (source, said) not in opposite


def _count_digits(number: Decimal) -> int:
    """Digits that a number is told with, its zeros not counted: one is too few to be exact."""
    return len(str(number.normalize()).replace(".", "").strip("0-").partition("E")[0])


def _read_quantity(
    sentence: ClaimSentence, text: str, number: SpokenNumber, scale: int
) -> Quantity:
    before, after = text[: number.start], text[number.end :]
    values = tuple(value * scale for value in number.values)
    units, unit_length = _read_units(before, after)
    if number.is_fraction and not units:
        units = {"ratio": Decimal(1)}
    end = number.end + unit_length
    noun = "" if units or not after else _counted_noun(sentence, end)
    return Quantity(
        number.text,
        number.start,
        end,
        values,
        units,
        _bound(before, after),
        number.is_place,
        number.is_fraction,
        bool(re.search(r"\ban? $", before, re.IGNORECASE)),
        noun,
    )


def _range_scale(text: str, number: SpokenNumber, follows: SpokenNumber | None) -> int:
    """The scale that `1.5` has in `1.5 to 2 billion`."""
    if follows is None or not _RANGE.fullmatch(text, number.end, follows.start):
        return 1
    if number.values[0] >= _SCALED or _scales_in(number):
        return 1
    return max(_scales_in(follows), default=1)


def _scales_in(number: SpokenNumber) -> list[int]:
    return [size for scale, size in SCALES.items() if scale in number.text.casefold()]


def _bound(before: str, after: str) -> Bound:
    tail = before[-_BOUND_REACH:]
    for bound, pattern in _bound_patterns():
        if pattern.search(tail):
            return bound
    if after.startswith("+"):
        return "above"
    return "about" if re.match(r"\s+(?:\w+\s+)?or so\b", after) else ""


@cache
def _bound_patterns() -> list[tuple[Bound, re.Pattern[str]]]:
    end = r"(?: (?:a|an|the|us))?[\s$€£¥]*$"
    patterns: list[tuple[Bound, re.Pattern[str]]] = [("about", re.compile(rf"~{end}"))]
    for bound in load_markers()["bound"]:
        pattern = re.compile(phrase_pattern(bound["words"]) + end, re.IGNORECASE)
        patterns.append((bound["kind"], pattern))
    return patterns


def _read_units(before: str, after: str) -> tuple[dict[str, Decimal], int]:
    """Dimensions with the unit's size, and the characters that it takes after the number."""
    if sign := _CURRENCY.search(before):
        return _known_units()[sign[1]], 0
    if speed := _SPEED.match(after):
        is_miles = speed[0].lstrip(" -").startswith("m")
        return _known_units()["mph" if is_miles else "kmh"], speed.end()
    if word := _AFTER.match(after):
        small = word[1].casefold()
        for name in (small, small.removesuffix("s"), re.sub("ies$", "y", small)):
            if name in _known_units():
                return _known_units()[name], word.end()
    return {}, 0


def is_unit(name: str) -> bool:
    """Tell whether a word is a unit."""
    return name in _known_units() or name.removesuffix("s") in _known_units()


def find_unit(name: str) -> dict[str, Decimal]:
    """The dimensions of a unit, with its size in each."""
    return _known_units()[name]


@cache
def _known_units() -> dict[str, dict[str, Decimal]]:
    units: dict[str, dict[str, Decimal]] = {}
    text = Path(__file__).with_name("measures.toml").read_text(encoding="utf-8")
    for dimension, names in tomllib.loads(text).items():
        for name, size in names.items():
            units.setdefault(name, {})[dimension] = Decimal(str(size))
    return units


def _counted_noun(sentence: ClaimSentence, end: int) -> str:
    """The stem of the last noun of those that follow a number; empty where none does."""
    head = ""
    following = (word for word in sentence.words if word.start >= end)
    for word in islice(following, _NOUN_REACH):
        if word.small in _TIME_ADVERBS:
            break
        if word.tag.startswith("NN"):
            head = word.stem
        elif head or not word.tag.startswith(("JJ", "VBN", "VBG", "HYPH", "RB")):
            break
    return head
