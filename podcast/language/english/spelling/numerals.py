"""Numbers in English words, in one manner: `one hundred and twenty-five`, no commas.

`num2words` says the same (the tests compare); it costs 90 ms to import and 80 us a number, which a line
full of figures would feel.
"""

from __future__ import annotations

FREE = r"(?<!\w\d)(?<!\d[.,]\d)" + "".join(
    rf"(?<![A-Za-z]{name}-\d)" for name in ("", r"\d", r"\d\d", r"\d\d\d")
)
"""After the first digit of a number: it is not inside a name (`GPT4`, `K2-65B`) or another number."""
FREE_NUMBER = rf"(\d{FREE}(?:\d{{0,2}}(?:,\d{{3}})++(?!\d)|\d*+)(?:\.\d++)?)"
"""A number of its own, captured."""
NUMBER = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
TO = r"\s?(?:-|–|—)\s?"

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
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
LONGEST = 15
"""Digits of the longest number that is said as one; longer ones are said digit by digit."""


def digits(figures: str) -> str:
    """`007` as `zero zero seven`."""
    return " ".join(_SMALL[int(figure)] for figure in figures)


def cardinal(figures: str) -> str:
    """`1200` as `one thousand two hundred`; leading zeros or more than 15 digits: digit by digit."""
    if len(figures) > LONGEST or (len(figures) > 1 and figures[0] == "0"):
        return digits(figures)
    groups = []
    rest, scale = int(figures), 0
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            groups.append((group, scale))
        scale += 1
    if not groups:
        return "zero"
    words = [_below_thousand(group) + _SCALES[scale] for group, scale in reversed(groups)]
    if len(words) > 1 and groups[0][1] == 0 and groups[0][0] < 100:
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


def ordinal(figures: str) -> str:
    """`21` as `twenty-first`."""
    words = cardinal(figures)
    cut = max(words.rfind("-"), words.rfind(" ")) + 1
    return words[:cut] + _ordinal_word(words[cut:])


def year(figures: str) -> str:
    """A year of four digits: `1999` as `nineteen ninety-nine`, `2005` as `two thousand and five`."""
    century, rest = divmod(int(figures), 100)
    if century % 10 == 0 and rest < 10:
        return cardinal(figures)
    if rest == 0:
        return f"{cardinal(str(century))} hundred"
    return f"{cardinal(str(century))} {'oh ' if rest < 10 else ''}{cardinal(str(rest))}"


def model_number(figures: str) -> str:
    """As names are said: 100 `one hundred`, 405 `four oh five`, 360 `three sixty`, 4090 `forty ninety`."""
    if len(figures) > 1 and figures[0] == "0":
        return digits(figures)
    if len(figures) == 3 and not figures.endswith("00"):
        return f"{cardinal(figures[0])} {'oh ' if figures[1] == '0' else ''}{cardinal(str(int(figures[1:])))}"
    if len(figures) == 4:
        return year(figures)
    return cardinal(figures) if len(figures) < 4 else digits(figures)


def fraction(whole: str | None, top: str, bottom: str) -> str:
    """`3/4` as `three quarters`, `2 1/2` as `two and a half`, `17/22` as `seventeen out of twenty-two`."""
    if top == bottom and not whole:
        return f"{cardinal(top)}-{cardinal(top)}"
    if int(top) >= int(bottom) or (
        int(bottom) > 10 and bottom not in ("12", "16", "20", "32", "64", "100")
    ):
        said = f"{cardinal(top)} {'out of' if int(top) <= int(bottom) else 'over'} {cardinal(bottom)}"
        return f"{cardinal(whole)} {said}" if whole else said
    names = {"2": "half", "4": "quarter"}
    below = names.get(bottom) or ordinal(bottom)
    if int(top) > 1:
        below = {"half": "halves"}.get(below, f"{below}s")
    if whole:
        part = f"{'a' if top == '1' else cardinal(top)} {below}"
        return f"{number(whole)} and {part}"
    return f"{cardinal(top)} {below}"


def short_year(figures: str) -> str:
    """Two figures: `24` as `twenty-four`, `04` as `oh four`."""
    return cardinal(figures) if figures[0] != "0" else f"oh {cardinal(figures[1])}"


def plural(words: str) -> str:
    """The last word in the plural: `twenty` as `twenties`, `six` as `sixes`."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("x", "s")) else "s")


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_SMALL[hundreds]} hundred"] if hundreds else []
    if rest:
        tens, ones = divmod(rest, 10)
        small = (
            _SMALL[rest] if rest < 20 else _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
        )
        words.append(small)
    return " and ".join(words)


def _ordinal_word(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"
