"""Numbers in English words, in one manner: `one hundred and twenty-five`, no commas.

`num2words` says the same (the tests compare); it costs 90 ms to import and 80 us a number,
which a line full of figures would feel.
"""

from __future__ import annotations

# After the first digit of a number: it is not inside a name (`GPT4`, `K2-65B`) or another
# number.
FREE = r"(?<!\w\d)(?<!\d[.,]\d)" + "".join(
    rf"(?<![A-Za-z]{name}-\d)" for name in ("", r"\d", r"\d\d", r"\d\d\d")
)
# The repeats are possessive: a long run of figures is read once, not from each of its places.
# A number of its own, captured.
FREE_NUMBER = rf"(\d{FREE}(?:\d{{0,2}}(?:,\d{{3}})++(?!\d)|\d*+)(?:\.\d++)?)"
NUMBER = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
TO = r"\s?(?:-|–|—)\s?"

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = ("", " thousand", " million", " billion", " trillion", " quadrillion")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
# Digits of the longest number that is said as one; longer ones are said digit by digit.
LONGEST = 15
# Denominators above ten that make a fraction; others are a count out of a whole.
_DIVISIONS = frozenset("12 16 20 32 64 100".split())


def digits(figures: str) -> str:
    """`007` as `zero zero seven`."""
    return " ".join(_SMALL[int(figure)] for figure in figures)


def cardinal(figures: str) -> str:
    """`1200` as `one thousand two hundred`; digit by digit if longer or after a zero."""
    if len(figures) > LONGEST or (len(figures) > 1 and figures[0] == "0"):
        return digits(figures)
    rest = int(figures)
    if not rest:
        return "zero"

    words: list[str] = []
    for scale in _SCALES:
        rest, group = divmod(rest, 1000)
        if group:
            words.insert(0, _below_thousand(group) + scale)

    # `one thousand and five`, but `one thousand two hundred`
    if len(words) > 1 and 0 < int(figures) % 1000 < 100:
        words.insert(-1, "and")
    return " ".join(words)


def decimal(figures: str) -> str:
    """`3.14` as `three point one four`; without a point, the cardinal."""
    whole, point, part = figures.partition(".")
    if not point:
        return cardinal(whole)
    return f"{cardinal(whole or '0')} point {digits(part)}"


def number(figures: str) -> str:
    """`1,200.5` as `one thousand two hundred point five`."""
    return decimal(figures.replace(",", ""))


def number_span(first: str, last: str | None) -> str:
    """`5`, `10` as `five to ten`; the first alone where there is no last."""
    if last:
        return f"{number(first)} to {number(last)}"
    return number(first)


def ordinal(figures: str) -> str:
    """`21` as `twenty-first`."""
    words = cardinal(figures)
    cut = max(words.rfind("-"), words.rfind(" ")) + 1
    return words[:cut] + _ordinal_word(words[cut:])


def year(figures: str) -> str:
    """A year of four digits: `1999` as `nineteen ninety-nine`, `1905` as `nineteen oh five`."""
    century, rest = divmod(int(figures), 100)
    # 2005 is `two thousand and five`.
    if century % 10 == 0 and rest < 10:
        return cardinal(figures)
    if rest == 0:
        return f"{cardinal(str(century))} hundred"
    return f"{cardinal(str(century))} {_two_digits(rest)}"


def model_number(figures: str) -> str:
    """As names are said: 405 `four oh five`, 360 `three sixty`, 4090 `forty ninety`."""
    if len(figures) > 1 and figures[0] == "0":
        return digits(figures)
    if len(figures) == 3 and not figures.endswith("00"):
        return f"{cardinal(figures[0])} {_two_digits(int(figures[1:]))}"
    if len(figures) == 4:
        return year(figures)
    return cardinal(figures) if len(figures) < 4 else digits(figures)


def fraction(whole: str | None, top: str, bottom: str) -> str:
    """`3/4` as `three quarters`, `2 1/2` as `two and a half`, `17/22` as a count of a whole."""
    if top == bottom and not whole:
        return f"{cardinal(top)}-{cardinal(top)}"
    if int(top) >= int(bottom) or (int(bottom) > 10 and bottom not in _DIVISIONS):
        said = _count_out_of(top, bottom)
        return f"{cardinal(whole)} {said}" if whole else said

    parts = _name_parts(int(top), bottom)
    if not whole:
        return f"{cardinal(top)} {parts}"
    count = cardinal(top) if top != "1" else _ARTICLES.get(bottom, "a")
    return f"{number(whole)} and {count} {parts}"


# Of the part that a denominator names: `an eighth`.
_ARTICLES = {"8": "an"}


def _count_out_of(top: str, bottom: str) -> str:
    joint = "out of" if int(top) <= int(bottom) else "over"
    return f"{cardinal(top)} {joint} {cardinal(bottom)}"


def _name_parts(count: int, bottom: str) -> str:
    """`half` or `halves`, `third` or `thirds`."""
    if bottom == "2":
        return "half" if count <= 1 else "halves"
    part = "quarter" if bottom == "4" else ordinal(bottom)
    return part if count <= 1 else f"{part}s"


def short_year(figures: str) -> str:
    """Two figures: `24` as `twenty-four`, `04` as `oh four`."""
    return cardinal(figures) if figures[0] != "0" else f"oh {cardinal(figures[1])}"


def plural(words: str) -> str:
    """The last word in the plural: `twenty` as `twenties`, `six` as `sixes`."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("x", "s")) else "s")


def _two_digits(rest: int) -> str:
    """The last two digits of a year or a model: 5 as `oh five`."""
    said = cardinal(str(rest))
    return f"oh {said}" if rest < 10 else said


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    if not rest:
        return f"{_SMALL[hundreds]} hundred"
    return f"{_SMALL[hundreds]} hundred and {_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens]


def _ordinal_word(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"
