"""Read numbers in digits and in words.

`1,250`, `3.8M`, `twelve hundred and fifty`, `twenty twenty-three`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_SUFFIXES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "t": 10**12,
    "tn": 10**12,
}
_CARDINALS = {word: value for value, word in enumerate(_UNITS)}
_CARDINALS |= {word: 10 * place for place, word in enumerate(_TENS, 2)}
_PLACES = {word: value for value, word in enumerate(_ORDINALS)}
_PLACES |= {f"{word[:-1]}ieth": 10 * place for place, word in enumerate(_TENS, 2)}
_FRACTIONS = {
    "half": Decimal("0.5"),
    "third": Decimal(1) / 3,
    "quarter": Decimal("0.25"),
    "fifth": Decimal("0.2"),
    "tenth": Decimal("0.1"),
}

_ALWAYS_SHARES = frozenset(("half", "quarter"))
# Words after "a third" that make it a share.
_AFTER_SHARE = frozenset(
    "of in as less more fewer faster slower cheaper lower higher or and to from by since "
    "this last".split()
)
# What people count shares out of.
_ROUND = frozenset((2, 3, 4, 5, 6, 8, 10, 20))

_TOKEN = re.compile(
    r"""
      (?P<digits>
          # No part of a word, of a version ("v0.5") or of a name ("Keelson-2").
          (?<![\w.,])(?<![^\W\d_][-–])
          \d+(?:,\d{3})*(?:\.\d+)?
          (?:(?P<suffix>k|mn|m|bn|b|tn|t)(?![\w])|(?P<place>st|nd|rd|th)\b)?
      )
    | (?P<word>[^\W\d_]+)
    | (?P<mark>[^\s\w])
    """,
    re.VERBOSE | re.IGNORECASE,
)


_JOINTS = frozenset(("and", "point", "-", "–"))


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number of a text, as it is written there."""

    text: str
    start: int
    end: int
    values: tuple[Decimal, ...]
    """What it may mean: `twenty twenty-three` is 2023, or 43."""
    is_place: bool = False
    """True for an ordinal: `third`, `6th`."""
    is_fraction: bool = False
    """True for `a third`, `half`, `two thirds`."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    digits: Decimal | None = None
    is_place: bool = False

    @property
    def value(self) -> Decimal | None:
        if self.digits is not None:
            return self.digits
        number = _CARDINALS.get(self.text, _PLACES.get(self.text))
        return None if number is None else Decimal(number)

    @property
    def is_number(self) -> bool:
        return self.value is not None or self.text in SCALES


def read_numbers(text: str) -> Iterator[SpokenNumber]:
    """All numbers of a text in their order."""
    tokens = [_token(match) for match in _TOKEN.finditer(text)]
    place = 0
    while place < len(tokens):
        end = _fraction_end(tokens, place)
        if end:
            yield _read_fraction(text, tokens[place:end])
            place = end
            continue
        end = _run_end(tokens, place)
        if end == place:
            place += 1
            continue
        number = _read_number(text, tokens[place:end])
        end = _half_end(tokens, end)
        yield _with_half(number, text, tokens[:end])
        place = end


def _token(match: re.Match[str]) -> _Token:
    text, start, end = match[0].casefold(), match.start(), match.end()
    if match["digits"] is None:
        return _Token(text, start, end, is_place=text in _PLACES)
    figure = re.match(r"[\d,.]+", text)
    assert figure is not None
    scale = _SUFFIXES.get((match["suffix"] or "").casefold(), 1)
    value = Decimal(figure[0].replace(",", "").rstrip(".")) * scale
    return _Token(text, start, end, value, is_place=bool(match["place"]))


def _fraction_end(tokens: Sequence[_Token], place: int) -> int:
    """Where a fraction in words that starts here ends; 0 when none does."""
    words = [token.text for token in tokens[place : place + 5]]
    if _is_part_of_year(words, tokens[place - 1].text if place else ""):
        return 0
    if length := _share_length(words):
        return place + length
    if words[0] == "half":
        return place + 1
    return place + 2 if _is_one_part(words) or _is_several_parts(words) else 0


def _is_one_part(words: Sequence[str]) -> bool:
    """Tell whether words begin with `a third` as a share, and not as a place in an order.

    "A third one" and "a fifth report" are such places.
    """
    if len(words) < 2 or words[0] not in ("a", "one") or words[1] not in _FRACTIONS:
        return False
    if len(words) == 2 or words[1] in _ALWAYS_SHARES:
        return True
    return words[2] in _AFTER_SHARE or not words[2].isalpha()


def _is_several_parts(words: Sequence[str]) -> bool:
    """Tell whether words begin with `two thirds` or the like."""
    if len(words) < 2 or words[0] not in ("two", "three", "four"):
        return False
    return words[1].endswith("s") and words[1].removesuffix("s") in _FRACTIONS


def _is_part_of_year(words: Sequence[str], before: str) -> bool:
    """Tell whether "a quarter" is three months: "in one quarter"."""
    is_quarter = len(words) > 1 and words[0] in ("a", "one") and words[1] == "quarter"
    return is_quarter and before in ("in", "over", "within", "for") and words[2:3] != ["of"]


def _share_length(words: Sequence[str]) -> int:
    """How many words a share takes, `four in ten` or `four users out of ten`.

    0 when there is none.
    """
    if words[0] not in _CARDINALS:
        return 0
    # The noun stands before the joint or after the share: "four users in ten".
    for place in (1, 2):
        joint = _joint_length(words[place:])
        whole = "".join(words[place + joint : place + joint + 1])
        is_share = _CARDINALS[words[0]] < _CARDINALS.get(whole, 0)
        if joint and is_share and _CARDINALS[whole] in _ROUND:
            return place + joint + 1
    return 0


def _joint_length(words: Sequence[str]) -> int:
    """How many words `in` or `out of` takes; 0 when neither begins here."""
    if words[:1] == ["in"]:
        return 1
    return 2 if words[:2] == ["out", "of"] else 0


def _read_fraction(text: str, tokens: Sequence[_Token]) -> SpokenNumber:
    start, end = tokens[0].start, tokens[-1].end
    times = tokens[0].value if len(tokens) > 1 else None
    value = _part_value(tokens[-1].text) * (times or 1)
    return SpokenNumber(text[start:end], start, end, (value,), is_fraction=True)


def _part_value(word: str) -> Decimal:
    """The value of a fraction's last word: of `ten` in `four in ten`, of `thirds`."""
    if word in _CARDINALS:
        return Decimal(1) / _CARDINALS[word]
    return _FRACTIONS.get(word) or _FRACTIONS[word.removesuffix("s")]


def _run_end(tokens: Sequence[_Token], place: int) -> int:
    """Where the number that starts here ends; `place` when none does."""
    at = place
    if tokens[at].text == "a" and at + 1 < len(tokens) and tokens[at + 1].text in SCALES:
        at += 1
    elif tokens[at].value is None:
        return place
    while at < len(tokens) and _goes_on(tokens, place, at):
        at += 1
    return at


def _goes_on(tokens: Sequence[_Token], first: int, at: int) -> bool:
    """Tell whether the number that starts at `first` has the token at `at`, too."""
    if at == first:
        return True
    token, before = tokens[at], tokens[at - 1]
    if before.is_place:
        return False
    if token.text in _JOINTS:
        return at + 1 < len(tokens) and _joins(token.text, before, tokens[at + 1])
    if token.digits is not None:
        return False
    return token.text in SCALES or (token.value is not None and before.digits is None)


def _joins(joint: str, before: _Token, follows: _Token) -> bool:
    """Tell whether a word or a mark makes one number of what is on both its sides."""
    if joint in ("-", "–"):
        return before.text in _TENS and follows.text in (*_UNITS, *_ORDINALS)
    # "A hundred and five" is one number, "five and six" are two; "two point five" is one.
    is_open = before.text in SCALES if joint == "and" else before.is_number
    return is_open and follows.digits is None and follows.value is not None


def _read_number(text: str, tokens: Sequence[_Token]) -> SpokenNumber:
    start, end = tokens[0].start, tokens[-1].end
    words = [token for token in tokens if token.text not in ("-", "–", "a")]
    values = tuple(dict.fromkeys(_readings(words)))
    return SpokenNumber(text[start:end], start, end, values, is_place=tokens[-1].is_place)


def _half_end(tokens: Sequence[_Token], end: int) -> int:
    """Where a number that ends here ends with its `and a half`, and with a scale after that."""
    if [token.text for token in tokens[end : end + 3]] != ["and", "a", "half"]:
        return end
    has_scale = end + 3 < len(tokens) and tokens[end + 3].text in SCALES
    return end + 3 + has_scale


def _with_half(number: SpokenNumber, text: str, tokens: Sequence[_Token]) -> SpokenNumber:
    """The number that ends with these tokens, with the half that they may have."""
    end = tokens[-1].end
    if end == number.end:
        return number
    scale = SCALES.get(tokens[-1].text, 1)
    values = tuple((value + _FRACTIONS["half"]) * scale for value in number.values)
    return replace(number, text=text[number.start : end], end=end, values=values)


def _readings(tokens: Sequence[_Token]) -> Iterator[Decimal]:
    """A year or the like, two figures by two; else the sum of its words."""
    parts = _join_tens(tokens)
    if len(parts) == 2 and all(10 <= part < 100 for part in parts):
        yield parts[0] * 100 + parts[1]
        return
    yield _sum_words(tokens)


def _join_tens(tokens: Sequence[_Token]) -> list[Decimal]:
    """The values of the words, a ten and the unit after it as one; 0 for other words."""
    parts: list[Decimal] = []
    before = ""
    for token in tokens:
        value = token.value or Decimal(0)
        if before in _TENS and 0 < value < 10:
            parts[-1] += value
        else:
            parts.append(value)
        before = token.text
    return parts


def _sum_words(tokens: Sequence[_Token]) -> Decimal:
    """The value of a number's words: each scale multiplies what stands before it."""
    total, current, decimals = Decimal(0), Decimal(0), ""
    is_after_point = False
    for token in tokens:
        if token.text == "point":
            is_after_point = True
        elif token.text in SCALES:
            scale = SCALES[token.text]
            current = (_with_decimals(current, decimals) or Decimal(1)) * scale
            is_after_point, decimals = False, ""
            # What a hundred makes is multiplied once more: "two hundred thousand".
            if scale > 100:
                total, current = total + current, Decimal(0)
        elif token.value is not None and is_after_point:
            decimals += str(token.value)
        elif token.value is not None:
            current += token.value
    return _with_decimals(total + current, decimals)


def _with_decimals(whole: Decimal, decimals: str) -> Decimal:
    return whole + Decimal(f"0.{decimals or 0}")
