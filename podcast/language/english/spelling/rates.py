"""Rates with a slash: `$0.12/kWh`, `5 mg/kg`, `30 tokens/s`, `$3/M tokens`."""

from __future__ import annotations

import re

from podcast.language.english.spelling.numerals import number
from podcast.language.english.spelling.rule import Rule, before
from podcast.language.english.spelling.units import PER, PER_WORDS, UNIT

# What must stand before the slash of a rate: a figure, with its unit or with what is counted.
_COUNTED = re.compile(
    r"(?:^|[^\w.])[$€£¥₹₩¢]?\d[\d,]*+(?:\.\d++)?(?:[-–][$€£¥]?\d[\d,]*+(?:\.\d++)?)?\+?\s?"
    r"(?:hundred|thousand|million|billion|trillion|[kKmMbBtT]n?)?[\s-]?"
    r"(?:(?:[A-Za-zμ°Ω¢%^\d]+)(?:\s[a-z]+)?(?:\s[A-Z][A-Za-z]*\d?)?)?(?:\s?/\s?[A-Za-z]+|"
    r"\s(?:per|an?)\s[a-z]+)*\s?$"
)
_MANY = re.compile(
    r"\b(?:tokens?|tok|frames?|requests?|reqs?|queries|images?|steps?|samples?|words?|"
    r"messages?|cups?|"
    r"dollars|cents|euros|pounds|miles|meters|liters|hours|calls|users|people|deaths|cases|"
    r"beats|cycles|"
    r"operations|ops|transactions|bits|bytes|kilobytes|megabytes|gigabytes|packets|photons|"
    r"events)\s?$"
)

_SYMBOL = "|".join(re.escape(short) for short in sorted(PER, key=len, reverse=True))
_WORDS = "|".join(PER_WORDS)


def _counts_before(match: re.Match[str]) -> bool:
    head = before(match, 60)
    return bool(_COUNTED.search(head) or _MANY.search(head))


def _per_unit(match: re.Match[str]) -> str:
    if not _counts_before(match):
        return match[0]
    unit = match[1]
    return f" per {PER.get(unit, unit)}"


def _per_amount(match: re.Match[str]) -> str:
    return " per " if _counts_before(match) else match[0]


_SHORT_THINGS = {
    "req": "requests",
    "reqs": "requests",
    "tok": "tokens",
    "toks": "tokens",
    "txn": "transactions",
    "txns": "transactions",
    "msg": "messages",
    "msgs": "messages",
    "img": "images",
    "imgs": "images",
}
_AMOUNT = re.compile(
    rf"(?:[$€£¥₹₩]\d[\d,.]*(?:\s?(?:[kmbMB]n?|million|billion))?|\d\s?(?:{UNIT}))$"
)
_CURRENCY_NAMES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}


def _per_thing(match: re.Match[str]) -> str:
    """`$15/adult`, `4 MB/file`: after an amount, any word is what it is counted by."""
    return " per " if _AMOUNT.search(before(match, 30)) else match[0]


_RAISED = {"1": "", "2": "^2", "3": "^3"}


def _inverse(match: re.Match[str]) -> str:
    """`5 m s^-1` as `5 m/s`; of a figure alone, `1,600 cm^-1`, it is `per centimeter`."""
    unit, power = match.groups()
    if _UNIT_BEFORE.search(before(match, 24)):
        return f"/{unit}{_RAISED[power]}"
    named = unit + _RAISED[power]
    return f" per {PER.get(named, PER.get(unit, unit))}"


_UNIT_BEFORE = re.compile(rf"\d\s?(?:{UNIT})(?:/[A-Za-zμ]+)*$")

RULES = (
    Rule(
        "unit below the line",
        (
            "At 5 m s⁻¹, 2 W m⁻² and 1,600 cm⁻¹.",
            "At five meters per second, two watts per square meter and one thousand six "
            "hundred per centimeter.",
        ),
        rf"\s({_SYMBOL})\^-([123])(?!\w)",
        _inverse,
        "^",
    ),
    Rule(
        "volts and amps",
        ("A 48V/20A pack.", "A forty-eight volt twenty amp pack."),
        r"(?<![\w.,-])(\d{1,4}(?:\.\d+)?)\s?V\s?/\s?(\d{1,3}(?:\.\d+)?)\s?A(?!\w)",
        lambda match: f"{number(match[1])} volt {number(match[2])} amp",
        "/",
    ),
    Rule(
        "short counted thing",
        ("It does 90 tok/s.", "It does ninety tokens per second."),
        rf"\b({'|'.join(_SHORT_THINGS)})(?=/(?:s|sec|second|min|minute|h|hr|hour|day)\b)",
        lambda match: _SHORT_THINGS[match[1]],
        "/",
    ),
    Rule(
        "rate of exchange",
        ("The yen fell to 155/$.", "The yen fell to one hundred and fifty-five per dollar."),
        r"(?<=\w)\s?/\s?([$€£¥])(?!\s?\d)",
        lambda match: f" per {_CURRENCY_NAMES[match[1]]}",
        "/",
    ),
    Rule(
        "rate of an amount",
        (
            "It costs $5/1M tokens and 6 L/100 km.",
            "It costs five dollars per one million tokens and six liters per one hundred "
            "kilometers.",
        ),
        r"(?<=[a-zA-Z\d])\s?/\s?(?=(?:1\s?[kKmM]|100|1,?000|10,?000|100,?000|"
        r"1,000,000)(?![\d,.])(?:\s?[a-zμ]|$|[.;)]))",
        _per_amount,
        "/",
    ),
    Rule(
        "rate by a unit",
        (
            "It costs $0.12/kWh, at 5 mg/kg and 30 tokens/s.",
            "It costs twelve cents per kilowatt hour, at five milligrams per kilogram and "
            "thirty tokens per second.",
        ),
        rf"(?<![\s/])/({_SYMBOL}|{_WORDS})(?![\w'^-])",
        _per_unit,
        "/",
    ),
    Rule(
        "rate by a thing",
        (
            "It is $15/adult at 4 MB/file.",
            "It is fifteen dollars per adult at four megabytes per file.",
        ),
        r"/(?<=\w/)(?=[a-z]{3,}(?![\w/]))(?!month|year|hour|week|day|second|minute|quarter|"
        r"mo\b)",
        _per_thing,
        "/",
    ),
)
