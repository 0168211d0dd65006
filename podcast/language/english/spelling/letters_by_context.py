"""Letters after a figure whose sense the sentence decides: `300 K`, `5 T`, `12m`."""

from __future__ import annotations

import re

from podcast.language.english.spelling.modifiers import (
    stands_before_measured_noun,
    stands_before_noun,
)
from podcast.language.english.spelling.numerals import FREE_NUMBER, NUMBER, TO, number_span
from podcast.language.english.spelling.rule import Rule, before, last_word

_HEAT = re.compile(
    r"(?i)\b(?:temperatures?|kelvin|cool(?:s|ed|ing)?|heat(?:s|ed|ing)?|warm(?:s|ed)?|cold|hot|"
    r"hotter|colder|"
    r"superconduct\w*|cryo\w+|boil\w*|freez\w+|frozen|melt\w*|thermal|absolute zero|plasma)\b"
)
_DEGREES_AFTER = frozenset("at below above near is was to of under".split())
_MAGNETS = re.compile(r"(?i)\b(?:magnet\w*|field|MRI|tesla|scanners?|coils?|tokamak)\b")
_MONEY = re.compile(
    r"[$€£¥₹]|\b(?:USD|EUR|GBP|dollars?|euros?|pounds?|yen|revenue|profit|loan|budget)\b"
)
_SIGNS = tuple("$€£¥₹₩₿₽₺₴₫₦₱₪฿R")
_CODE_BEFORE = re.compile(r"\b[A-Z]{3}\s?$")
_PLURAL = re.compile(
    r"\s(?:(?:new|more|other|extra|[a-z]+(?:al|ed|ic|ish|an)|[A-Z][a-z]+(?:an|ish|"
    r"ese))\s)?([A-Za-z][a-z]+s|people|men|women|children)\b(?!')"
)
_OTHER_USE = re.compile(
    r"\s?[A-Z]{3}\b|\s?(?:long|deep|high|tall|wide|thick|above|below|away|from|north|south|"
    r"east|west|sprint|race|dash|final|"
    r"freestyle|swim|relay|hurdles|of (?:rope|cable|pipe|water|snow|road|track|wall))\b"
)


# What people do, not meters: `16m died`.
_DEEDS = re.compile(
    r"(?:\s(?:and|or|to)\s\d[\d.]*m)?"
    r"\s(?:died|dead|voted|watched|fled|tuned in|signed up|were killed|were dead)\b"
)


def _kelvin(match: re.Match[str]) -> str:
    text, end = match.string, match.end()
    if _PLURAL.match(text, end):
        return match[0]
    is_heat = _HEAT.search(text) or last_word(match) in _DEGREES_AFTER
    return f"{_amount(match)} kelvin" if is_heat and not _MONEY.search(text) else match[0]


def _tesla(match: re.Match[str]) -> str:
    following = match.string[match.end() : match.end() + 15]
    is_beside_magnet = _MAGNETS.search(following)
    is_magnetic = _MAGNETS.search(match.string) and not _MONEY.search(match.string)
    if not is_beside_magnet and not is_magnetic:
        return match[0]
    return f"{_amount(match)} tesla"


def _million(match: re.Match[str]) -> str:
    """`12m` as millions where the sentence is about money or a plural follows."""
    text, end = match.string, match.end()
    is_money = before(match, 1) in _SIGNS or _CODE_BEFORE.search(before(match, 5))
    if is_money or _OTHER_USE.match(text, end):
        return match[0]

    if _DEEDS.match(text, end) or last_word(match).lstrip("(").lower() == "population":
        return f"{_amount(match)} million"

    plural = _PLURAL.match(text, end)
    counts = plural is not None and not stands_before_measured_noun(plural[1])
    if counts or (not plural and _MONEY.search(text)):
        return f"{_amount(match)} million"
    return match[0]


def _pressure(match: re.Match[str]) -> str:
    unit = "millibar" if _STORM.search(match.string) else "megabyte"
    return f"{_amount(match)} {unit if stands_before_noun(match) else unit + 's'}"


def _points(match: re.Match[str]) -> str:
    """`ppt` counts molecules near a word of chemistry, else percentage points."""
    if _CHEMISTRY.search(match.string):
        return match[0]
    return f"{_amount(match)} percentage {'point' if stands_before_noun(match) else 'points'}"


_CHEMISTRY = re.compile(
    r"(?i)\b(?:water|air|PFAS|PFOA|PFOS|methane|gas|soil|blood|samples?|dioxins?|chemicals?|"
    r"contamina\w+|pollut\w+|"
    r"atmospher\w+|concentrations?|salinity|salt)\b"
)


def _amps(match: re.Match[str]) -> str:
    if not _CURRENT.search(match.string):
        return match[0]
    return f"{_amount(match)} {'amp' if stands_before_noun(match) else 'amps'}"


_STORM = re.compile(
    r"(?i)\b(?:storms?|pressure|hurricanes?|cyclones?|typhoons?|barometers?|low)\b"
)
_CURRENT = re.compile(
    r"(?i)\bamps?\b|\bvolts?\b|\d\s?k?V\b|\b(?:fuse|breaker|circuit|current|charger)s?\b"
)


def _amount(match: re.Match[str]) -> str:
    first, second = match[1], match[2]
    return number_span(first, second)


_SAILING = re.compile(
    r"(?i)\b(?:winds?|gusts?|gusting|squalls?|breeze|sail\w*|boats?|ships?|vessels?|yachts?|"
    r"storm|gale|cruis\w*)\b"
)
_SOLUTION = re.compile(
    r"(?i)\b(?:solution|buffer|acid|acidic|HCl|NaOH|NaCl|KCl|molar|reagent|solvent|saline|"
    r"titrat\w+|sucrose|glucose)\b"
)
_GENOME = re.compile(
    r"(?i)\b(?:genom\w+|DNA|RNA|genes?|plasmids?|sequenc\w+|chromosom\w+|deletions?|inserts?|"
    r"reads?)\b"
)
_LIQUIDS = re.compile(
    r"(?i)\s(?:of\s)?(?:milk|cream|beer|ale|stout|water|stock|cider|blood|oil|lager|buttermilk|"
    r"double|whole|strawberries|"
    r"blueberries|raspberries|cherry|ice|heavy)\b"
)


_FOODS = (
    r"(?:water|milk|cream|flour|sugar|butter|rice|oats|stock|broth|oil|nuts|beans|cheese|"
    r"berries|"
    r"chopped|diced|sliced|grated|shredded|cooked|packed|all-purpose|brown|white|warm|cold)"
)


def _knots(match: re.Match[str]) -> str:
    if not _SAILING.search(match.string):
        return match[0]
    return f"{_amount(match)} {'knot' if stands_before_noun(match) else 'knots'}"


def _molar(match: re.Match[str]) -> str:
    return f"{_amount(match)} molar" if _SOLUTION.search(match.string) else match[0]


def _kilobases(match: re.Match[str]) -> str:
    if not _GENOME.search(match.string):
        return match[0]
    unit = "kilobase" if match[3] == "k" else "megabase"
    return f"{_amount(match)} {unit if stands_before_noun(match) else unit + 's'}"


def _pints(match: re.Match[str]) -> str:
    is_drunk = _LIQUIDS.match(match.string, match.end())
    return (
        f"{_amount(match)} {'pint' if match[1] == '1' else 'pints'}" if is_drunk else match[0]
    )


RULES = (
    Rule(
        "knots",
        ("Winds of 30-40 kt. are due.", "Winds of thirty to forty knots are due."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?kts?(?!\w)(?:\.(?=\s[a-z]))?",
        _knots,
        "k",
    ),
    Rule(
        "molar",
        ("A 0.5 M solution.", "A zero point five molar solution."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\sM(?![\w+-])",
        _molar,
        "M",
    ),
    Rule(
        "kilobases",
        ("A plasmid of 12 kb.", "A plasmid of twelve kilobases."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?([kM])b(?!\w|/)",
        _kilobases,
        "b",
    ),
    Rule(
        "cups",
        ("Add 2 c. flour.", "Add two cups flour."),
        rf"{FREE_NUMBER}\s?c\.(?=\s(?:of\s)?{_FOODS}\b)",
        lambda match: f"{number_span(match[1], None)} {'cup' if match[1] == '1' else 'cups'}",
        "c",
    ),
    Rule(
        "pints",
        ("Add 1 pt. milk.", "Add one pint milk."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?pts?\b\.?",
        _pints,
        "p",
    ),
    Rule(
        "kelvin",
        (
            "It is cooled to 4 K, near 300 K.",
            "It is cooled to four kelvin, near three hundred kelvin.",
        ),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\sK(?![\w+-])",
        _kelvin,
        "K",
    ),
    Rule(
        "millibars",
        ("A storm of 930 mb.", "A storm of nine hundred and thirty millibars."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?mb(?![\w/-])",
        _pressure,
        "m",
    ),
    Rule(
        "amps",
        ("It drew 15 A at 230 V.", "It drew fifteen amps at two hundred and thirty volts."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?A(?![\w+-]|\.\w|\s[A-Z])",
        _amps,
        "A",
    ),
    Rule(
        "points of a percentage",
        ("Profit missed by 0.1ppt.", "Profit missed by zero point one percentage points."),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?ppt(?!\w)",
        _points,
        "p",
    ),
    Rule(
        "tesla",
        (
            "The magnet makes 5 T, a 3T field.",
            "The magnet makes five tesla, a three tesla field.",
        ),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?\s?T(?![\w+-])",
        _tesla,
        "T",
    ),
    Rule(
        "millions by a small letter",
        (
            "They gave 2m vaccines; the loan is 12m.",
            "They gave two million vaccines; the loan is twelve million.",
        ),
        rf"{FREE_NUMBER}(?:{TO}({NUMBER}))?m(?![\w²³^/-])",
        _million,
        "m",
    ),
)
