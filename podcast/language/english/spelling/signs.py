"""Signs of arithmetic and logic, primes and inches.

`5 * 3`, `a != b`, `√2`, `∂f/∂x`, `27" screen`.
"""

from __future__ import annotations

import re

from podcast.language.english.spelling.modifiers import stands_before_noun
from podcast.language.english.spelling.numerals import (
    FREE,
    NUMBER,
    cardinal,
    fraction,
    number,
    ordinal,
    plural,
)
from podcast.language.english.spelling.rule import Rule, before
from podcast.language.english.spelling.units import UNITS

# A figure follows, and in the end the sign of an equation.
_EQUATION = r"(?=\d[\d.,]*(?:\s?[-+*/×÷x]\s?\d[\d.,]*){0,4}\s?=)"


_LENGTH = rf"{NUMBER}(?:\s?(?:[cm]m|m|km|in|ft|px)\b(?=\s?[x×]))?"


def _dimensions(match: re.Match[str]) -> str:
    """`22 x 10 x 33 cm`, with the unit at the end or at each of them."""
    gap, last_unit = match.groups()
    sizes = re.findall(
        rf"({NUMBER})\s?([a-z]{{0,2}})(?=\s?[x×]|\W|$)", match[0].removesuffix(last_unit or "")
    )
    said = " by ".join(
        number(size) + (f" {UNITS[unit][1]}" if unit in UNITS else "") for size, unit in sizes
    )
    if not last_unit:
        return said
    one, many = UNITS[last_unit]
    return f"{said} {one if gap == '-' or stands_before_noun(match) else many}"


def _power_of_ten(match: re.Match[str]) -> str:
    sign = "minus " if match[2] == "-" else ""
    return f"{number(match[1])} times ten to the power of {sign}{cardinal(match[3])}"


def _primes(match: re.Match[str]) -> str:
    degrees, minutes, seconds, side = match.groups()
    said = f"{number(degrees)} {'degree' if degrees == '1' else 'degrees'}"
    minutes = str(int(minutes))
    said += f" {number(minutes)} {'minute' if minutes == '1' else 'minutes'}"
    if seconds:
        seconds = re.sub(r"^0(?=\d)", "", seconds)
        said += f" {number(seconds)} {'second' if seconds == '1' else 'seconds'}"
    return said + (f" {_SIDES[side]}" if side else "")


_NAMES_OF_SIGNS = {
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "&": "and",
    "@": "at",
    "#": "hash",
    "*": "star",
    "~": "tilde",
    "^": "caret",
}
_SUMS = {"∑": " the sum of ", "∏": " the product of ", "∫": " the integral of "}
_SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _is_quotation_open(text: str) -> bool:
    """Tell whether a quotation began that has not ended; the mark of an inch begins none."""
    is_open = False
    for mark in re.finditer('"', text):
        begins = not text[: mark.start()] or text[mark.start() - 1] in " (\n"
        is_open = begins
    return is_open


def _inches(match: re.Match[str]) -> str:
    """`27" screen`: inches, unless the mark closes a quotation that is open."""
    if match[2] == '"' and _is_quotation_open(before(match, 400)):
        return match[0]
    one = match[1] == "1" or re.match(
        r"[\s-][a-z]", match.string[match.end() : match.end() + 2]
    )
    return f"{number(match[1])} {'inch' if one else 'inches'}"


def _feet(match: re.Match[str]) -> str:
    feet, inches = match.groups()
    return f"{cardinal(feet)} foot {cardinal(inches)}"


_FUNCTIONS = {
    "sin": "sine",
    "cos": "cosine",
    "tan": "tangent",
    "log": "log",
    "log2": "log two",
    "log10": "log ten",
    "ln": "natural log",
    "exp": "exponential",
    "sqrt": "square root",
}


def _ion(match: re.Match[str]) -> str:
    """`Fe³⁺` as `F-E three plus`."""
    letters, atoms, charge, raised_sign, sign = match.groups()
    said = [
        "-".join(letters.upper()),
        *(cardinal(figure) for figure in (atoms, charge) if figure),
    ]
    return f"{' '.join(said)} {_CHARGES[raised_sign or sign]}"


_CHARGES = {"+": "plus", "-": "minus"}


def _stars(match: re.Match[str]) -> str:
    """`★★★★☆` as four out of five."""
    full, empty = match[0].count("★"), match[0].count("☆")
    if empty:
        return f" {cardinal(str(full))} out of {cardinal(str(full + empty))} stars "

    is_before_noun = re.match(r"\s[a-z]", match.string[match.end() : match.end() + 2])
    return f" {cardinal(str(full))} {'star' if is_before_noun else 'stars'} "


_SIZE = r"(?:\d{1,3}(?:[\s-][1-9]/\d{1,2}|\.\d+)?|[1-9]/\d{1,2})"


def _broken_sizes(match: re.Match[str]) -> str:
    """`8 1/2 x 11"`: sizes of which one is a fraction."""
    if "/" not in match[1]:
        return match[0]
    said = " by ".join(_size_words(size) for size in re.findall(_SIZE, match[1]))
    if not match[2]:
        return said
    return f"{said} {'inch' if stands_before_noun(match) else 'inches'}"


def _size_words(size: str) -> str:
    broken = _BROKEN_SIZE.fullmatch(size)
    return fraction(broken[1], broken[2], broken[3]) if broken else number(size)


_BROKEN_SIZE = re.compile(r"(?:(\d+)[\s-])?(\d+)/(\d+)")


def _broken_inches(match: re.Match[str]) -> str:
    whole, top, bottom = match.groups()
    one = not whole or stands_before_noun(match)
    return f"{fraction(whole, top, bottom)} {'inch' if one else 'inches'}"


RULES = (
    Rule(
        "sign by its name",
        ("The $ sign and the & key.", "The dollar sign and the and key."),
        r"(?<=[A-Za-z\"] )([$€£¥&@#*~^])(?=[\"']?\s(?:signs?|symbols?|keys?)\b)",
        lambda match: _NAMES_OF_SIGNS[match[1]],
        "$€£¥&@#*~^",
    ),
    Rule(
        "part of a second",
        ("At 1/50 s or 1/8 sec.", "At one fiftieth of a second or one eighth of a second."),
        r"(?<![\w.,/-])1/(\d{1,5})\s?(?:s|sec|seconds?)(?![\w/])(?:\.(?=\s?[a-z]))?",
        lambda match: f"one {ordinal(match[1])} of a second",
        "/",
    ),
    Rule(
        "plus or minus",
        ("It is 9%, +/- 2%.", "It is nine percent, plus or minus two percent."),
        r"\s?\+\s?/\s?-\s?",
        " plus or minus ",
        "+",
    ),
    Rule(
        "stop of a lens",
        ("An f/1.8 lens.", "An F one point eight lens."),
        r"(?<![\w/])[fƒ]/(?=\d)",
        "F ",
        "/",
    ),
    Rule(
        "sizes with fractions",
        ("It is 8½ x 11 paper.", "It is eight and a half by eleven paper."),
        rf"(?<![\w.,/-])({_SIZE}[\"″]?(?:\s?[x×]\s?{_SIZE}"
        rf"(?=[\"″]?\s?[x×])[\"″]?){{0,2}}\s?[x×]\s?{_SIZE})([\"″]|\s?in\.?(?!\w))?"
        r"(?![\w/]|\.\d)",
        _broken_sizes,
        "/",
    ),
    Rule(
        "fraction of an inch",
        ('A 3/8" bolt of 2 1/2".', "A three eighths inch bolt of two and a half inches."),
        r"(?<![\w.,/-])(?:(\d{1,3})[\s-])?([1-9]\d?)/(2|4|8|16|32|64)[\"″](?!\w)",
        _broken_inches,
        "/",
    ),
    Rule(
        "not equal",
        ("If a != b, swap.", "If a is not equal to b, swap."),
        r"(?<=[\w)\]\"'])\s?!==?\s?(?=[\w(\"'-])",
        " is not equal to ",
        "!",
    ),
    Rule(
        "at most",
        ("If n <= 5, stop.", "If n at most five, stop."),
        r"(?<=[\w)\]])\s?<=\s?(?=[\w(.-])|\s<=\s?(?=\d)",
        " at most ",
        "<",
    ),
    Rule(
        "at least",
        ("If n >= 5, stop.", "If n at least five, stop."),
        r"(?<=[\w)\]])\s?>=\s?(?=[\w(.-])|(?<!\S)>=\s?(?=\d)",
        " at least ",
        ">",
    ),
    Rule(
        "zone behind",
        ("UTC-5 is theirs.", "UTC minus five is theirs."),
        r"(?<=UTC|GMT)\s?-(?=\d{1,2}(?!\w))",
        " minus ",
        "-",
    ),
    Rule(
        "minus in an equation",
        ("We know 7 - 3 = 4.", "We know seven minus three equals four."),
        rf"(?<=\d)\s[-–]\s{_EQUATION}",
        " minus ",
        "=",
    ),
    Rule(
        "function",
        (
            "Here f(x) = 2x takes O(n log n) time.",
            "Here f of x equals two x takes O of n log n time.",
        ),
        r"\b([a-zA-ZΘθ])\(([a-zA-Z](?:\^?\d)?(?:(?:,|\s[+*]|\slog)\s?[a-z]\b)*|"
        r"\d|log [a-z]|[a-z] log [a-z])\)",
        r"\1 of \2",
        "(",
    ),
    Rule(
        "named function",
        ("So sin(x) and log2(n) grow.", "So sine of x and log two of n grow."),
        r"\b(sin|cos|tan|log|log2|log10|ln|exp|sqrt)\((\w{1,3})\)",
        lambda match: f"{_FUNCTIONS[match[1]]} of {match[2]}",
        "(",
    ),
    Rule(
        "figure times letter",
        ("So y = 2x here.", "So y equals two x here."),
        r"(?<==\s)(\d{1,4})([a-z])\b|(?<![\w.,-])(\d{1,4})([a-z])(?=\s?=\s?\d|\s?[+]\s?\d)",
        lambda match: f"{cardinal(match[1] or match[3])} {match[2] or match[4]}",
        "=+",
    ),
    Rule(
        "times in an equation",
        ("We know 3 x 4 = 12.", "We know three times four equals twelve."),
        rf"(?<=\d)\s?[x×]\s?{_EQUATION}",
        " times ",
        "=",
    ),
    Rule(
        "divided in an equation",
        ("We know 10 / 2 = 5.", "We know ten divided by two equals five."),
        rf"(?<=\d)\s?/\s?{_EQUATION}",
        " divided by ",
        "=",
    ),
    Rule(
        "times ten to a power",
        (
            "It is 2.5×10⁻³ kg.",
            "It is two point five times ten to the power of minus three kilograms.",
        ),
        r"(?<=\d)\s?[x×]\s?(?=10\^)",
        " times ",
        "x×",
    ),
    Rule(
        "charge of an ion",
        ("Some Fe³⁺ and Ca2+ ions.", "Some F-E three plus and C-A two plus ions."),
        r"\b([A-Z][a-z]?|[A-Z]{2,3})(\d?)(?:\^(\d?)([+-])(?!\w)|([+-])(?=\s(?:ions?|channels?|"
        r"levels|pumps?)\b))",
        _ion,
        "^+-",
    ),
    Rule(
        "dimensions in the plural",
        ("Some 2×4s of oak.", "Some two by fours of oak."),
        r"(?<![\w.,-])(\d{1,2})\s?[x×]\s?(\d{1,2})s(?!\w)",
        lambda match: f"{cardinal(match[1])} by {plural(cardinal(match[2]))}",
        "x×",
    ),
    Rule(
        "count of measures",
        ("Take 3 × 50 mg.", "Take three times fifty milligrams."),
        r"(?<![\w.,-])(\d{1,2})\s?[x×]\s?(?=\d+(?:\.\d+)?\s?(?:mg|k?g|m[lL]|cl|L|[GTM]B|k?W|MW|"
        r"oz|lb|"
        r"mins?|h|hrs?|sec|s)(?!\w))",
        lambda match: f"{cardinal(match[1])} times ",
        "x×",
    ),
    Rule(
        "dimensions in a row",
        ("It is 22 x 10 x 33 cm.", "It is twenty-two by ten by thirty-three centimeters."),
        rf"(?<![\w.,-])(?!0x){_LENGTH}(?:\s?[x×]\s?{_LENGTH}){{1,3}}"
        r"(?!\w*\d|\.\d|-[A-Z])(?:(\s|-)?([cm]m|m|km|in|ft|px)\b(?![\^²³]))?(?!\w)",
        _dimensions,
        "x×",
    ),
    Rule(
        "power of ten",
        (
            "It took 3e-4 of it.",
            "It took three times ten to the power of minus four of it.",
        ),
        r"(?<![\w.,-])(\d{1,3}(?:\.\d+)?)[eE]([+-]?)(\d{1,3})(?!\w|\.\d)",
        _power_of_ten,
        "eE",
    ),
    Rule(
        "times",
        ("It is 5 * 3, or n * m.", "It is five times three, or n times m."),
        r"(?<=[\d)])\s?\*\s?(?=[\d(])|(?<=\b[A-Za-z0-9])\s\*\s(?=[A-Za-z0-9]\b)",
        " times ",
        "*",
    ),
    Rule(
        "product of letters",
        ("So E = mc^2.", "So E equals M C squared."),
        r"(?<=[=+-])(\s?)([b-df-hj-np-tv-xz])([b-df-hj-np-tv-xz])(?=\^)",
        lambda match: f"{match[1]}{match[2]} {match[3]}".upper(),
        "^",
    ),
    Rule(
        "partial derivative",
        ("The ∂f/∂x term.", "The partial f over partial x term."),
        r"∂\s?(\w+)\s?/\s?∂\s?(\w+)",
        r"partial \1 over partial \2",
        "∂",
    ),
    Rule("partial", ("The ∂u term.", "The partial u term."), r"\s?∂\s?", " partial ", "∂"),
    Rule(
        "gradient",
        ("So ∇f is small.", "So gradient of f is small."),
        r"\s?∇\s?",
        " gradient of ",
        "∇",
    ),
    Rule(
        "root",
        ("It is √2, or ∛x.", "It is the square root of two, or the cube root of x."),
        r"\s?([√∛])\s?\(?(\w+(?:\.\d+)?)\)?",
        lambda match: f" the {'square' if match[1] == '√' else 'cube'} root of {match[2]}",
        "√∛",
    ),
    Rule(
        "sum",
        ("Take ∑x.", "Take the sum of x."),
        r"\s?[∑∏∫]\s?",
        lambda match: _SUMS[match[0].strip()],
        "∑∏∫",
    ),
    Rule(
        "degrees and minutes",
        ("At 40°26′46″N.", "At forty degrees twenty-six minutes forty-six seconds north."),
        rf"(\d{FREE}\d*(?:\.\d+)?)°\s?(\d{{1,2}})['′]\s?(?:(\d{{1,2}}(?:\.\d+)?)(?:[\"″]|"
        rf"'')\s?)?(?:([NSEW])\b)?",
        _primes,
        "°",
    ),
    Rule(
        "feet and inches",
        (
            "He is 5'11\" tall, she is 6′2″.",
            "He is five foot eleven tall, she is six foot two.",
        ),
        r"(\d(?<!\w\w))\s?['′]\s?(\d{1,2})(?:[\"″]|'')",
        _feet,
        "'′",
    ),
    Rule(
        "inches",
        (
            'A 27" screen and a 6.1″ one.',
            "A twenty-seven inch screen and a six point one inch one.",
        ),
        rf"(\d{FREE}\d*(?:\.\d+)?)([\"″])(?=[\s,.;)-]|$)",
        _inches,
        '"″',
    ),
    Rule("prime", ("The f′ term.", "The f prime term."), r"(?<=\w)′", " prime", "′"),
    Rule(
        "rating in stars",
        ("A ★★★★☆ inn.", "A four out of five stars inn."),
        r"\s?★{1,10}☆{1,9}\s?|(?<!\d)\s?★{2,10}\s?",
        _stars,
        "★",
    ),
    Rule("stars", ("A 4★ inn.", "A four star inn."), r"(?<=\d)\s?★+", " star", "★"),
    Rule(
        "heart",
        ("I ❤ Rome.", "I love Rome."),
        r"(?<=\bI)\s?(?:[❤♥]|<3)\s?(?=\w)|(?<=\b[Ww]e)\s?(?:[❤♥]|<3)\s?(?=\w)",
        " love ",
        "❤♥<",
    ),
    Rule(
        "heart of another",
        ("He ❤ Rome.", "He loves Rome."),
        r"(?:(?<=\b[Hh]e)|(?<=\b[Ss]he))\s?[❤♥]\s?(?=\w)",
        " loves ",
        "❤♥",
    ),
    Rule(
        "sections",
        ("See §§ 4-5 and § 6.", "See sections four to five and section six."),
        r"\s?§§\s?",
        " sections ",
        "§",
    ),
    Rule("section", ("See § 6.", "See section six."), r"\s?§\s?", " section ", "§"),
    Rule(
        "percent before a hyphen",
        ("The %-sign.", "The percent sign."),
        r"(?<![\d\s])%-|(?<=\s)%-",
        "percent ",
        "%",
    ),
    Rule("leftover sign", ("So ★ now ❤.", "So now."), r"[★☆❤♥′]+|(?<!\d)″", " ", "★☆❤♥′″"),
)
