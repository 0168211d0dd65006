"""Dates, times of day, spans of years, and what could be taken for them: telephone numbers."""

from __future__ import annotations

import re

from podcast.language.english.sentence_splitter import starts_sentence
from podcast.language.english.spelling.numerals import (
    FREE,
    TO,
    cardinal,
    digits,
    ordinal,
    plural,
    short_year,
    year,
)
from podcast.language.english.spelling.rule import Rule, before, last_word

_CALL = re.compile(r"(?i)\b(?:call|dial|phone|tel|text|fax|hotline)\b")
"""Only near these is `555-1234` a telephone number; else it is a range."""


def _phone(match: re.Match[str]) -> str:
    if len(match[0]) == 8 and not _CALL.search(before(match, 25)):
        return match[0]
    groups = re.findall(r"\d+", match[0])
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(digits(group) for group in groups)


_MONTHS = "January February March April May June July August September October November December".split()
_MONTH_OF = {name: month for month in _MONTHS for name in (month, month[:3])} | {"Sept": "September"}
_DAYS = {day[:3]: day for day in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()}


def _day_month_year(day: str, month: int, years: str) -> str:
    return f"the {ordinal(str(int(day)))} of {_MONTHS[month - 1]}, {year(years)}"


def _iso_date(match: re.Match[str]) -> str:
    years, month, day = match.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return f"{cardinal(years)}, {cardinal(str(int(month)))}, {cardinal(str(int(day)))}"
    return _day_month_year(day, int(month), years)


def _slash_date(match: re.Match[str]) -> str:
    month, day, years = match.groups()
    if int(month) > 12:
        month, day = day, month
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return f"{cardinal(match[1])}, {cardinal(match[2])}, {year(years)}"
    return _day_month_year(day, int(month), years)


def _month_day(match: re.Match[str]) -> str:
    name, day, until, years = match.groups()
    if name not in _MONTH_OF:
        return match[0]
    said = f"{_MONTH_OF[name]} {ordinal(str(int(day)))}" + (f" to {ordinal(until)}" if until else "")
    return said + (f", {year(years)}" if years else "")


def _day_month(match: re.Match[str]) -> str:
    day, until, name, stop, years = match.groups()
    if name not in _MONTH_OF:
        return match[0]
    said = ordinal(str(int(day))) + (f" to {ordinal(until)}" if until else "")
    article = "" if last_word(match).lower() == "the" else "the "
    end = (
        "." if stop and not years and (name in _MONTHS or starts_sentence(match.string, match.end())) else ""
    )
    return f"{article}{said} of {_MONTH_OF[name]}" + (f", {year(years)}" if years else end)


def _weekday(match: re.Match[str]) -> str:
    return _DAYS[match[1][:3]] + (match[2] or "") if match[1][:3] in _DAYS else match[0]


def _half(match: re.Match[str], half: str) -> str:
    """`a.m.` as `AM`, keeping the stop when it also ends the sentence."""
    stop = "." if half.endswith(".") and starts_sentence(match.string, match.end()) else ""
    return f" {half[0].upper()}M{stop}"


def _clock(match: re.Match[str]) -> str:
    hour, minute, second, half = match.groups()
    said = cardinal(str(int(hour)))
    if int(minute):
        said += f" {'oh ' if minute[0] == '0' else ''}{cardinal(str(int(minute)))}"
    elif second is None and not half:
        said += " o'clock" if 1 <= int(hour) <= 12 else " hundred"
    if second is not None:
        said += f" and {cardinal(str(int(second)))} seconds"
    return said + (_half(match, half) if half else "")


def _hour(match: re.Match[str]) -> str:
    hour, until, half = match.groups()
    return cardinal(hour) + (f" to {cardinal(until)}" if until else "") + _half(match, half)


def _decade(match: re.Match[str]) -> str:
    return plural(year(match[1]) if match[1][0] in "12" and len(match[1]) == 4 else cardinal(match[1]))


def _years(match: re.Match[str]) -> str:
    return f"{year(match[1])} to {year(match[2]) if len(match[2]) == 4 else short_year(match[2])}"


RULES = (
    Rule(
        "list of figures",
        ("Use 1,2 or 3.", "Use one, two or three."),
        r",(?<=\d,)(?!\d{3}(?!\d))(?=\d)",
        ", ",
        ",",
    ),
    Rule(
        "decimal without zero",
        ("Only .5 left.", "Only zero point five left."),
        r"\.(?<![\w.,].)(?=\d)",
        "0.",
        ".",
    ),
    Rule(
        "figures joined",
        ("A 9-to-5 job.", "A nine to five job."),
        r"-(?<=\d-)(to|on|for|in|by)-(?=\d)",
        r" \1 ",
        "-",
    ),
    Rule(
        "telephone number abroad",
        ("Call +1 (555) 010-0199.", "Call plus one, five five five, zero one zero, zero one nine nine."),
        r"\+(?<!\w\+)(?:\d{1,3}[\s-]?(?:\(\d{3}\)\s?|\d{3}[-\s])\d{3}[-\s]\d{4}|\d{2,3}(?:\s\d{2,4}){2,5})(?![\w-])",
        _phone,
        "+",
    ),
    Rule(
        "telephone number with an area",
        ("Call (555) 010-0199.", "Call five five five, zero one zero, zero one nine nine."),
        r"\(\d{3}\)\s?\d{3}[-\s]\d{4}(?![\w-])",
        _phone,
        "(",
    ),
    Rule(
        "telephone number",
        ("Call 1-800-555-0199.", "Call one, eight zero zero, five five five, zero one nine nine."),
        r"\d(?<![\w$€£.,-]\d)(?:-\d{3}-\d{3}-\d{4}|\d\d-\d{3}-\d{4}|\d\d-\d{4})(?![\w-])",
        _phone,
        "-",
    ),
    Rule(
        "ISO date",
        ("On 2024-05-22 it began.", "On the twenty-second of May, twenty twenty-four it began."),
        r"(\d(?<!\w\d)\d{3})-(\d{2})-(\d{2})(?![\w-])",
        _iso_date,
        "-",
    ),
    Rule(
        "date with slashes",
        ("Due 5/22/2024.", "Due the twenty-second of May, twenty twenty-four."),
        r"(\d(?<![\w/]\d)\d?)/(\d{1,2})/(\d{4})(?![\w/])",
        _slash_date,
        "/",
    ),
    Rule(
        "month and day",
        ("It opens on Feb. 14, 2024.", "It opens on February fourteenth, twenty twenty-four."),
        rf"([JFMASOND](?<!\w\w)[a-z]{{2,8}})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?(?:{TO}(\d{{1,2}})(?:st|nd|rd|th)?)?"
        r"(?:,?\s(\d{4}))?(?![\w%])(?![.,:]\d)",
        _month_day,
    ),
    Rule(
        "day and month",
        (
            "On 22 May, 2024, not the 3rd of June.",
            "On the twenty-second of May, twenty twenty-four, not the third of June.",
        ),
        rf"(\d(?<![\w.,-]\d)\d?)(?:st|nd|rd|th)?(?:{TO}(\d{{1,2}})(?:st|nd|rd|th)?)?"
        r"(?:\sof)?\s([JFMASOND][a-z]{2,8})(\.?)(?:,?\s(\d{4}))?(?!\w)",
        _day_month,
    ),
    Rule(
        "short month",
        ("In Sept. 2023.", "In September twenty twenty-three."),
        r"[JFMASOND](?<!\w\w)(?:an|eb|ar|pr|un|ul|ug|ept?|ct|ov|ec)\.(?=\s\d|\s[a-z])",
        lambda match: _MONTH_OF.get(match[0][:-1], match[0]),
        ".",
    ),
    Rule(
        "short weekday",
        ("On Wed., the show began.", "On Wednesday, the show began."),
        rf"([MTWFS](?<!\w\w)(?:on|ues?|ed|hu(?:rs)?|ri|at|un))\.(?:(,)|(?=\s(?:{'|'.join(_MONTHS)})))",
        _weekday,
        ".",
    ),
    Rule(
        "range of times",
        ("Open 9:00-17:30.", "Open nine o'clock to seventeen thirty."),
        rf"(?<=:\d\d)(\s?[ap]\.?m\.?)?{TO}(?=\d{{1,2}}:\d\d)",
        r"\1 to ",
        ":",
    ),
    Rule(
        "clock",
        ("It began at 3:05 p.m. on Monday.", "It began at three oh five PM on Monday."),
        r"(\d(?<![\w:.,]\d)\d?):([0-5]\d)(?::(\d\d)(?:\.\d+)?)?(?:\s?([AaPp]\.?[Mm](?:\.|\b)))?(?![\w:])",
        _clock,
        ":",
    ),
    Rule(
        "hour",
        ("From 1-3PM, and at 9 a.m. sharp.", "From one to three PM, and at nine AM sharp."),
        rf"(\d{FREE}\d?)(?:{TO}(\d{{1,2}}))?\s?([AaPp]\.?[Mm](?:\.|\b))(?!\w)",
        _hour,
        "mM",
    ),
    Rule("short decade", ("The '90s.", "The nineties."), r"'(?<!\w')(?=\d0'?s\b)", "", "'"),
    Rule(
        "decade",
        ("In the 1990s and the 80s.", "In the nineteen nineties and the eighties."),
        r"(\d(?<![\w.,$]\d)(?:\d\d)?0)'?s(?!\w)",
        _decade,
        "s",
    ),
    Rule(
        "years from to",
        ("From the 2023-24 season.", "From the twenty twenty-three to twenty-four season."),
        rf"([12]{FREE}(?:(?<=1)[1-9]|(?<=2)0)\d\d){TO}((?:1[1-9]|20)\d\d|\d\d)(?![\w%])(?![.,-]\d)",
        _years,
        "-–—",
    ),
)
