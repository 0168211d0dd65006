"""Dates, decades and spans of years."""

from __future__ import annotations

import re

from podcast.language.english.sentence_splitter import starts_sentence
from podcast.language.english.spelling.numerals import (
    FREE,
    TO,
    cardinal,
    ordinal,
    plural,
    short_year,
    year,
)
from podcast.language.english.spelling.rule import Rule, last_word
from podcast.language.english.spelling.times import clock_words

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH_OF = {name: month for month in _MONTHS for name in (month, month[:3])} | {
    "Sept": "September"
}
_MONTH_NAME = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_DAYS = {
    day[:3]: day for day in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
}


_DAY_SHORT = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
_DAY_NAME = rf"(?:(?:{'|'.join(_DAYS.values())})|{_DAY_SHORT})"
_ZONES = {"Z": " UTC", "": ""}


def _day_month_year(day: str, month: int, years: str) -> str:
    return f"the {ordinal(str(int(day)))} of {_MONTHS[month - 1]}, {year(years)}"


def _iso_date(match: re.Match[str]) -> str:
    years, month, day = match.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return f"{cardinal(years)}, {cardinal(str(int(month)))}, {cardinal(str(int(day)))}"
    return _day_month_year(day, int(month), years)


def _iso_moment(match: re.Match[str]) -> str:
    years, month, day, hour, minute, zone = match.groups()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return match[0]
    said = f"{_day_month_year(day, int(month), years)}, at {clock_words(hour, minute)}"
    return said + _zone(zone or "")


def _zone(zone: str) -> str:
    if zone in _ZONES:
        return _ZONES[zone]
    sign = "plus" if zone[0] == "+" else "minus"
    hours, minutes = zone[1:3], zone[-2:] if len(zone) > 3 else "00"
    if int(hours) == 0 and int(minutes) == 0:
        return " UTC"
    return f" UTC {sign} {cardinal(str(int(hours)))}" + (
        f" {cardinal(minutes)}" if int(minutes) else ""
    )


def _dotted_date(match: re.Match[str]) -> str:
    """`22.05.2024`, `22-05-2024`: the day first, unless there is no such month."""
    day, _, month, years = match.groups()
    if int(month) > 12:
        day, month = month, day
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return match[0]
    return _day_month_year(day, int(month), years)


_ATTACK = re.compile(r"\s(?:attacks?|massacres?|riots?|bombings?|protests?|elections?)\b")


def _short_slash_date(match: re.Match[str]) -> str:
    """`5/22/24` or, after a word of time, `5/22`."""
    month, day, years = match.groups()
    if int(month) > 12:
        month, day = day, month
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return match[0]
    # Known as they are written.
    if match[0] in ("9/11", "24/7", "7/7"):
        return match[0]

    if years:
        century = "20" if int(years) < 50 else "19"
        return _day_month_year(day, int(month), f"{century}{years}")
    is_event = _ATTACK.match(match.string, match.end()) is not None
    if not is_event and last_word(match).lower() not in (
        "on",
        "since",
        "dated",
        "due",
        "until",
        "starting",
        "effective",
    ):
        return match[0]
    return f"{_MONTHS[int(month) - 1]} {ordinal(str(int(day)))}"


def _span_of_names(match: re.Match[str]) -> str:
    names = _DAYS if match[1][:3] in _DAYS and match[2][:3] in _DAYS else _MONTH_NAMES
    first, last = names.get(match[1][:3]), names.get(match[2][:3])
    return f"{first} to {last}" if first and last else match[0]


def _several_days(match: re.Match[str]) -> str:
    """Name the days of `Mon/Wed` and `Sat. & Sun.` in full."""
    days = match[0].replace("/", ", ").replace("&", "and").replace(".", "")
    return re.sub(r"[A-Z][a-z]+", lambda day: _DAYS[day[0][:3]], days)


def _any_weekday(match: re.Match[str]) -> str:
    return _DAYS[(match[1] or match[2])[:3]]


def _part_of_year(match: re.Match[str]) -> str:
    """`1H24` as `the first half of twenty twenty-four`."""
    article = "" if last_word(match).lower() == "the" else "the "
    part = "half" if match[2] == "H" else "quarter"
    return f"{article}{ordinal(match[1])} {part} of {year(match[4] or '20' + match[3])}"


def _full_year(figures: str) -> str:
    return year(f"20{figures}" if int(figures) < 50 else f"19{figures}")


def _month_at_end(match: re.Match[str]) -> str:
    timed = last_word(match).lower() in (
        "in",
        "of",
        "by",
        "last",
        "next",
        "this",
        "since",
        "until",
        "late",
        "early",
    )
    return f"{_MONTH_OF[match[1]]}." if timed else match[0]


def _month_alone(match: re.Match[str]) -> str:
    stop = "." if starts_sentence(match.string, match.end()) else ""
    return _MONTH_OF[match[1]] + stop


def _about_year(match: re.Match[str]) -> str:
    return f"{_LIFE[match[1]]} {year(match[2])}"


_MONTH_NAMES = {month[:3]: month for month in _MONTHS}
_LIFE = {
    "c": "circa",
    "ca": "circa",
    "b": "born",
    "d": "died",
    "r": "ruled",
    "fl": "flourished",
}


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
    if _counts_after_month(match):
        return f"{_MONTH_OF[name]} {cardinal(day)}"
    said = f"{_MONTH_OF[name]} {ordinal(str(int(day)))}" + (
        f" to {ordinal(until)}" if until else ""
    )
    return said + (f", {year(years)}" if years else "")


_PERIOD_OPENERS = frozenset("in during last this next early late".split())
_LIMITS = frozenset("by since until till".split())
# `By June 30 countries had signed`: of so many it is told what they had done.
_DEEDS_DONE = re.compile(
    r"\s(?:[a-z]+\s)?(?:[a-z]+s|people|men|women|children)\s(?:had|have)\s(?!to\b|until\b)[a-z]"
)
_THINGS = re.compile(r"\s(?!attacks\b)(?:[a-z]+\s)?[a-z]+s\b|\s(?:people|men|women|children)\b")


def _counts_after_month(match: re.Match[str]) -> bool:
    """Tell whether the figure after a month counts what follows: `in March 15 firms failed`."""
    _, day, until, years = match.groups()
    is_bare = match[0].endswith(day) and not until and not years
    opener = last_word(match).lower()
    if is_bare and opener in _LIMITS:
        return bool(_DEEDS_DONE.match(match.string, match.end()))
    if not is_bare or opener not in _PERIOD_OPENERS:
        return False
    return bool(_THINGS.match(match.string, match.end()))


def _day_month(match: re.Match[str]) -> str:
    day, until, name, stop, years = match.groups()
    if name not in _MONTH_OF:
        return match[0]
    said = ordinal(str(int(day))) + (f" to {ordinal(until)}" if until else "")
    article = "" if last_word(match).lower() == "the" else "the "
    end = (
        "."
        if stop
        and not years
        and (name in _MONTHS or starts_sentence(match.string, match.end()))
        else ""
    )
    return f"{article}{said} of {_MONTH_OF[name]}" + (f", {year(years)}" if years else end)


def _weekday(match: re.Match[str]) -> str:
    return _DAYS[match[1][:3]] + (match[2] or "") if match[1][:3] in _DAYS else match[0]


def _decade(match: re.Match[str]) -> str:
    if last_word(match).lower() in ("number", "no.") and "'" in match[0]:
        return match[0]
    if match[1] == "00":
        return "two thousands"
    seconds = (
        match[1][-1] == "0"
        and len(match[1]) == 2
        and match.string[match.end() :].startswith(" of ")
    )
    if seconds and last_word(match).lower() not in ("the", "his", "her", "their", "my", "our"):
        return f"{cardinal(match[1])} seconds"
    return plural(
        year(match[1]) if match[1][0] in "12" and len(match[1]) == 4 else cardinal(match[1])
    )


def _decades(match: re.Match[str]) -> str:
    return f"{_decade_words(match[1])} to {_decade_words(match[2])}"


def _decade_words(figures: str) -> str:
    return plural(year(figures) if len(figures) == 4 else cardinal(figures))


def _round_plural(match: re.Match[str]) -> str:
    return plural(cardinal(match[1].replace(",", "")).removeprefix("one "))


def _years(match: re.Match[str]) -> str:
    first, last = match[1], match[2]
    if "/" in match[0] and not _is_next(first, last):
        return match[0]
    return f"{year(first)} to {year(last) if len(last) == 4 else short_year(last)}"


def _is_next(first: str, last: str) -> bool:
    """Tell whether the second year follows the first: then a slash joins two years."""
    return int(last) % 100 == (int(first) + 1) % 100 and len(last) in (2, 4)


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
        r"-(?<=\d-)(to|on|for|in|by)-(?=[$€£]?\d)",
        r" \1 ",
        "-",
    ),
    Rule(
        "ISO date and time",
        (
            "On 2024-05-22T14:30Z it fell.",
            "On the twenty-second of May, twenty twenty-four, at fourteen thirty UTC it fell.",
        ),
        r"(\d(?<!\w\d)\d{3})-(\d{2})-(\d{2})(?:T|\s(?=\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d)))"
        r"(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?![\w:])",
        _iso_moment,
        "-",
    ),
    Rule(
        "ISO date with slashes",
        ("Due 2024/05/22.", "Due the twenty-second of May, twenty twenty-four."),
        r"((?:19|20)(?<![\w/]..)\d\d)[/.](\d{2})[/.](\d{2})(?![\w/]|\.\d)",
        _iso_date,
        "/.",
    ),
    Rule(
        "ISO date",
        (
            "On 2024-05-22 it began.",
            "On the twenty-second of May, twenty twenty-four it began.",
        ),
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
        "date with stops",
        (
            "On 22.05.2024 and 03-06-2024.",
            "On the twenty-second of May, twenty twenty-four and the third of June, twenty "
            "twenty-four.",
        ),
        r"(\d(?<![\w./-]\d)\d?)([.-])(\d{1,2})\2((?:19|20)\d{2})(?![\w-]|\.\d)",
        _dotted_date,
        ".-",
    ),
    Rule(
        "short date with slashes",
        (
            "Due 5/22/24, opened on 5/22.",
            "Due the twenty-second of May, twenty twenty-four, opened on May twenty-second.",
        ),
        r"(\d(?<![\w/.,$]\d)\d?)/(\d{1,2})(?:/(\d{2}))?(?![\w/]|\.\d|\s(?:of|scale|split|"
        r"basis))",
        _short_slash_date,
        "/",
    ),
    Rule(
        "days with slashes",
        (
            "On Mon/Wed/Fri, Tue. and Thu.",
            "On Monday, Wednesday, Friday, Tuesday and Thursday.",
        ),
        rf"\b{_DAY_SHORT}(?:/{_DAY_SHORT})+\b|\b{_DAY_SHORT}\.?\s(?:&|and|or)\s{_DAY_SHORT}\b",
        _several_days,
    ),
    Rule(
        "months with a slash",
        ("The Jan/Feb issue.", "The January and February issue."),
        rf"\b({_MONTH_NAME})\.?/({_MONTH_NAME})\b\.?(?!/)",
        lambda match: f"{_MONTH_OF[match[1]]} and {_MONTH_OF[match[2]]}",
        "/",
    ),
    Rule(
        "span of days or months",
        (
            "Open Mon-Fri from Oct.–Dec. on.",
            "Open Monday to Friday from October to December on.",
        ),
        rf"\b({_DAY_NAME}|{_MONTH_NAME})\.?\s?[-–—]\s?({_DAY_NAME}|"
        rf"{_MONTH_NAME})\b(?:\.(?!\s*$|\s+[A-Z][a-z]+\s[a-z]))?(?![-\w])",
        _span_of_names,
        "-–—",
    ),
    Rule(
        "weekday",
        (
            "On Tue, 4 June, and on Tues. again.",
            "On Tuesday, the fourth of June, and on Tuesday again.",
        ),
        rf"\b(Tues?|Thu(?:rs?)?|Weds)\b(?:\.(?=\s[a-z\d]|,|"
        rf"\s(?:{'|'.join(_MONTHS)})\b))?(?!['’]s)|"
        rf"\b({_DAY_SHORT})(?:\.(?=\s[a-z\d(]|[,/]|\s(?:{_MONTH_NAME})\b)|"
        rf"(?=,?\s(?:\d{{1,2}}\s)?(?:{_MONTH_NAME})\b)|(?=/{_DAY_SHORT}\b))",
        _any_weekday,
    ),
    Rule(
        "weekday behind a word of time",
        ("Due by noon Fri.", "Due by noon Friday."),
        rf"(?:(?<=[BOb][yn] )|(?<=on )|(?<=COB )|(?<=EOD )|(?<=ght "
        rf"))({_DAY_SHORT})\.?(?=[.,;]?\s*$|[,;])",
        lambda match: _DAYS[match[1][:3]] + ("." if match[0].endswith(".") else ""),
    ),
    Rule(
        "month and day",
        ("It opens on Feb. 14, 2024.", "It opens on February fourteenth, twenty twenty-four."),
        rf"([JFMASOND](?<!\w\w)[a-z]{{2,8}})\.?\s(\d{{1,2}})(?:st|nd|rd|"
        rf"th)?(?:{TO}(\d{{1,2}})(?:st|nd|rd|th)?)?"
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
        "span of quarters",
        ("From Q1–Q3 of 2024.", "From Q1 to Q3 of twenty twenty-four."),
        r"(?<=\b[QH][1-4])\s?[-–—]\s?(?=[QH][1-4]\b)",
        " to ",
        "-–—",
    ),
    Rule(
        "until the present",
        ("Chair, 1990–present.", "Chair, nineteen ninety to present."),
        r"(?<=\d)\s?[-–—]\s?(?=(?:present|now|today|date)\b)",
        " to ",
        "-–—",
    ),
    Rule(
        "half or quarter of a year",
        (
            "In 1H24 and 3Q 2025.",
            "In the first half of twenty twenty-four and the third quarter of twenty "
            "twenty-five.",
        ),
        r"(?:(?<=[Tt]he )|\b)([1-4])([HQ])\s?(?:'?(\d\d)|((?:19|20)\d\d))(?!\w)",
        _part_of_year,
        "HQ",
    ),
    Rule(
        "short year of a part",
        ("In Q3'25 and FY'24.", "In Q3 twenty twenty-five and FY twenty twenty-four."),
        r"\b(?:([QH][1-4])\s?'|([FC]Y)\s?'?)(\d\d)(?![\w%-]|[.,]\d)",
        lambda match: f"{match[1] or match[2]} {year('20' + match[3])}",
        "QHY",
    ),
    Rule(
        "short year of a month",
        (
            "In Dec '22 and May '24.",
            "In December twenty twenty-two and May twenty twenty-four.",
        ),
        rf"\b({_MONTH_NAME})\.?\s?['’](\d\d)(?!\w)",
        lambda match: f"{_MONTH_OF[match[1]]} {_full_year(match[2])}",
        "'",
    ),
    Rule(
        "short month",
        (
            "In Sept. 2023, last Dec. and in Oct 2024.",
            "In September twenty twenty-three, last December and in October twenty "
            "twenty-four.",
        ),
        r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.(?=\s\d|\s[a-z]|[,;:)–-])|"
        r"(?=\s(?:of\s)?(?:19|20)\d\d\b)|(?=\s?['’]\d\d\b))",
        _month_alone,
    ),
    Rule(
        "short month at an end",
        ("It opened in Sept. The firm grew.", "It opened in September. The firm grew."),
        r"\b(Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.(?=$|\s[A-Z])",
        _month_at_end,
        ".",
    ),
    Rule(
        "year of a life",
        (
            "The c. 1850 house of Poe (b. 1812).",
            "The circa eighteen fifty house of Poe, born eighteen twelve.",
        ),
        r"\b(c|ca|b|d|r|fl)\.\s?(1[0-9]\d\d|20\d\d)(?!\w|[.,]\d)",
        _about_year,
        ".",
    ),
    Rule(
        "century",
        (
            "A 19th-c. house of the 3rd c. BCE.",
            "A nineteenth-century house of the third century BCE.",
        ),
        r"(?<=\d(?:st|nd|rd|th))([\s-])[cC]\.(?=\s(?:[a-z]|BC|AD|CE))",
        r"\1century",
        ".",
    ),
    Rule("short decade", ("The '90s.", "The nineties."), r"'(?<!\w')(?=\d0'?s\b)", "", "'"),
    Rule(
        "span of decades",
        ("From the 1960s-80s.", "From the nineteen sixties to eighties."),
        r"(\d(?<![\w.,$]\d)(?:\d\d)?0)'?s\s?[-–—]\s?'?(\d{0,2}\d0)'?s(?!\w)",
        _decades,
        "s",
    ),
    Rule(
        "hundreds and thousands",
        ("In 1,000s of homes and 100s of cars.", "In thousands of homes and hundreds of cars."),
        r"(?<![\w.,$€£])(100|1,?000|10,?000|100,?000|1,?000,?000)'?s(?=\sof\b)",
        _round_plural,
        "s",
    ),
    Rule(
        "seconds in brackets",
        ("The ad (30s) ran.", "The ad, thirty seconds, ran."),
        r"(?<=\()(\d{1,3})s(?=\))",
        lambda match: f"{cardinal(match[1])} seconds",
        "(",
    ),
    Rule(
        "decade",
        ("In the 1990s and the 80s.", "In the nineteen nineties and the eighties."),
        r"(\d(?<![\w.,$]\d)(?:\d\d)?0)'?s(?!\w)",
        _decade,
        "s",
    ),
    Rule(
        "forms and models in the plural",
        ("The 1099s arrived.", "The ten ninety-nines arrived."),
        r"([1-9](?<![\w.,$€£-]\d)\d{2}[1-9])s(?!\w)",
        lambda match: plural(year(match[1])),
        "s",
    ),
    Rule(
        "years from to",
        ("From the 2023-24 season.", "From the twenty twenty-three to twenty-four season."),
        rf"([12]{FREE}(?:(?<=1)[1-9]|(?<=2)0)\d\d)(?:{TO}|/)((?:1[1-9]|20)\d\d|"
        rf"\d\d)(?![\w%/])(?![.,-]\d)",
        _years,
        "-–—/",
    ),
)
