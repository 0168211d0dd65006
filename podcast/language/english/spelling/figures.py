"""Every other figure.

Ordinals, fractions, ratios, versions, model numbers, years, ranges, numbers.
"""

from __future__ import annotations

import re

from podcast.language.english.spelling.numerals import (
    FREE,
    FREE_NUMBER,
    NUMBER,
    TO,
    cardinal,
    fraction,
    model_number,
    number,
    ordinal,
    short_year,
    year,
)
from podcast.language.english.spelling.rule import Rule, before, last_word


def _fraction(match: re.Match[str]) -> str:
    whole, top, bottom = match.groups()
    return fraction(whole, top, bottom)


_RATED = re.compile(
    r"(?i)\b(?:scor\w*|rat(?:e|es|ed|ing|ings)|gave|gives?|given|giving|got|gets?|grade[sd]?|"
    r"mark(?:s|ed)?|earn\w*|"
    r"award\w*|receiv\w*|review\w*|solid|perfect|deserves?|verdict|pain|stars?)\b[^.!?]{0,25}$"
)


_BOOKS = frozenset(
    "Genesis Exodus Leviticus Numbers Deuteronomy Joshua Judges Ruth Samuel Kings Chronicles "
    "Ezra Job Psalm Psalms Proverbs Ecclesiastes Isaiah Jeremiah Ezekiel Daniel Hosea Amos "
    "Matthew Mark Luke John Acts Romans Corinthians Galatians Ephesians Philippians "
    "Colossians Thessalonians Timothy Hebrews James Peter Revelation Quran Surah".split()
)


def _verse(match: re.Match[str]) -> str:
    is_verse = last_word(match) in _BOOKS
    return f"{cardinal(match[1])} {cardinal(match[2])}" if is_verse else match[0]


def _odds(match: re.Match[str]) -> str:
    return (
        f"{cardinal(match[1])} to {cardinal(match[2])}"
        if _ODDS.search(match.string)
        else match[0]
    )


_ODDS = re.compile(r"(?i)\b(?:odds|bookmakers?|bookies|favou?rites?|long shot|outsiders?)\b")


def _shares(match: re.Match[str]) -> str:
    first, second = match[1], match[2] or match[3]
    if int(first) + int(second) != 100:
        return match[0]
    return f"{cardinal(first)}-{cardinal(second)}"


_CRICKET = re.compile(
    r"\b(?:bowl(?:ed|ing|er)|wickets?|innings|overs|all out|batting|batted|chasing|declared|"
    r"crease)\b"
)


def _wickets(match: re.Match[str]) -> str:
    """`287/5` as `for five`: runs and wickets of cricket."""
    runs, wickets = match.groups()
    is_score = int(runs) >= 100 and int(wickets) <= 10 and wickets != "0"
    if not is_score and not _CRICKET.search(match.string):
        return match[0]
    return f"{cardinal(runs)} for {cardinal(wickets)}"


_PART_FOLLOWS = re.compile(
    r"(?:th|ths)?\s(?:of\b|(?:cups?|inch|inches|in\.|mile|miles|teaspoons?|tablespoons?|tsp|"
    r"tbsp|pounds?|ounces?|oz|lb)\b)"
)


def _score(match: re.Match[str]) -> str:
    """`8/10` out of ten, unless a part of something is meant."""
    reached, most = match.groups()
    is_rated = bool(_RATED.search(before(match, 60))) or match.string[match.end() :].startswith(
        " stars"
    )
    is_part = _PART_FOLLOWS.match(match.string, match.end())
    if (
        is_part
        or float(reached) > float(most)
        or (most in ("5", "20", "100") and not is_rated and "." not in reached)
    ):
        return match[0]
    if most == "10" and reached == "1" and not is_rated:
        return match[0]
    return f"{number(reached)} out of {cardinal(most)}"


def _points(figures: str) -> str:
    return " point ".join(cardinal(part) for part in figures.split("."))


_PROGRAMS = frozenset(
    "Python CUDA Ubuntu Kubernetes Django PHP Go Rust Linux kernel version Version Java Node "
    "PyTorch".split()
)


def _release(match: re.Match[str]) -> str:
    if last_word(match) not in _PROGRAMS:
        return match[0]
    return f"{cardinal(match[1])} point {short_year(match[2])}"


_NUMBERED = frozenset(
    "RTX GTX RX Arc Ryzen Core Xeon Radeon GeForce Snapdragon Dimensity Boeing Airbus Flight "
    "Route Highway Room Formula Fortune Russell Nikkei Xbox Order Form Directive Docket Case "
    "Bill SB AB HB HR S.B. A.B. H.B. H.R.".split()
)


def _model(match: re.Match[str]) -> str:
    return model_number(match[0]) if last_word(match).lstrip("(") in _NUMBERED else match[0]


def _range(match: re.Match[str]) -> str:
    if match[1] == match[2] and len(match[1]) == 2:
        return f"{number(match[1])}-{number(match[2])}"
    return f"{number(match[1])} to {number(match[2])}"


def _bare(match: re.Match[str]) -> str:
    return number(match[1])


_DATING = frozenset(
    "in since of by from until till before after during early mid late circa around year to "
    "through between spring summer autumn fall winter january february march april may june "
    "july august september october november december established founded born died built "
    "opened".split()
)
_COUNTED = re.compile(
    r"\s(?:[a-z]+s|people|men|women|children|percent|different|new|more)\b(?!')"
)


def _year_or_number(match: re.Match[str]) -> str:
    figures = match[1]
    dated = last_word(match).strip(".,(").lower() in _DATING or _YEARS_BEFORE.search(
        before(match, 40)
    )
    counted = bool(_COUNTED.match(match.string, match.end()))
    if int(figures) < 1900:
        return year(figures) if dated and not counted else cardinal(figures)
    return (
        cardinal(figures) if figures.endswith("00") and counted and not dated else year(figures)
    )


_PARTS = {"1/2": "half", "1/4": "quarter", "3/4": "three-quarter"}
# `in 1066 and 1492`
_YEARS_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Oo]f|[Ff]rom|[Bb]etween|[Ss]ince|[Bb]y)\s(?:1\d{3}|"
    r"20\d\d)(?:,\s\d{4})*,?\s(?:and|or|to)\s$"
)
_DAY_AND_NIGHT = {
    "24/7": "twenty-four seven",
    "24/7/365": "twenty-four seven three sixty-five",
    "9/11": "nine eleven",
    "24-7": "twenty-four seven",
    "7-11": "seven-eleven",
    "1-2 punch": "one-two punch",
}

RULES = (
    Rule(
        "twenty-four seven",
        ("Open 24/7.", "Open twenty-four seven."),
        r"(?<![\w/])(24/7(?:/365)?|9/11|24-7|7-11|1-2 punch)(?![\w/])(?!-\d)",
        lambda match: _DAY_AND_NIGHT[match[1]],
        "/-",
    ),
    Rule(
        "dimensions",
        (
            "A 1920x1080 screen.",
            "A one thousand nine hundred and twenty by one thousand and eighty screen.",
        ),
        rf"{FREE_NUMBER}\s?[x×]\s?({NUMBER})(?!\w)",
        lambda match: f"{number(match[1])} by {number(match[2])}",
        "x×",
    ),
    Rule(
        "chapter and verse",
        ("Read John 3:16.", "Read John three sixteen."),
        r"(?<=[a-z] )(\d{1,3}):(\d{1,3})(?![\w:])",
        _verse,
        ":",
    ),
    Rule(
        "ratio",
        (
            "A 16:9 frame, odds of 1:1000.",
            "A sixteen to nine frame, odds of one to one thousand.",
        ),
        r"(\d(?<![\w:.,]\d)\d{0,2}(?:,\d{3}|\.\d{1,2})?):(\d{1,3}(?:,\d{3})+|"
        r"\d{1,7}(?:\.\d{1,2})?)(?![\w:]|\.\d)",
        _range,
        ":",
    ),
    Rule(
        "odds with a slash",
        ("The odds fell to 7/2.", "The odds fell to seven to two."),
        r"(?<![\w.,/$€£-])(\d{1,3})/(\d{1,2})(?![\w/%]|[.,]\d)",
        _odds,
        "/",
    ),
    Rule(
        "figures in a row",
        ("A 9-1-1 call, a 4-4-2 side.", "A nine one one call, a four four two side."),
        r"(?<![\w.,$/-])(\d{1,2})-(\d)-(\d)(?:-(\d))?(?![\w-]|[.,]\d)",
        lambda match: " ".join(cardinal(figure) for figure in match.groups() if figure),
        "-",
    ),
    Rule(
        "rounds of golf",
        ("He shot 71-69-70.", "He shot seventy-one, sixty-nine, seventy."),
        r"(?<![\w.,$/-])([67]\d)-([67]\d)-([67]\d)(?:-([67]\d))?(?![\w-])",
        lambda match: ", ".join(cardinal(figure) for figure in match.groups() if figure),
        "-",
    ),
    Rule(
        "shares of a hundred",
        (
            "A 60/40 portfolio, the 80/20 rule.",
            "A sixty-forty portfolio, the eighty-twenty rule.",
        ),
        r"(?<![\w.,/$€£-])(\d\d)(?:/(\d\d)(?![\w/%]|[.,]\d)|"
        r"-(\d\d)(?=\s(?:split|rule|mix|venture|partnership|principle)\b))",
        _shares,
        "/-",
    ),
    Rule(
        "runs and wickets",
        (
            "India made 287/5 as Poe bowled 4/32.",
            "India made two hundred and eighty-seven for five as Poe bowled four for "
            "thirty-two.",
        ),
        r"(?<![\w.,/$€£-])(\d{1,3})/(\d{1,3})(?![\w/%]|[.,]\d)",
        _wickets,
        "/",
    ),
    Rule(
        "score",
        (
            "They gave it 8/10 and rated it 4.5/5.",
            "They gave it eight out of ten and rated it four point five out of five.",
        ),
        r"(?<![\w.,/$€£-])(\d{1,3}(?:\.\d{1,2})?)/(5|10|20|100)(?![\w/%]|[.,]\d)",
        _score,
        "/",
    ),
    Rule(
        "record",
        ("A record of 12/4.", "A record of twelve and four."),
        r"(?<=record of )(\d{1,3})/(\d{1,3})(?![\w/])",
        lambda match: f"{cardinal(match[1])} and {cardinal(match[2])}",
        "/",
    ),
    Rule(
        "part of a thing",
        ("A 1/2-inch bit, a 3/4-ton truck.", "A half-inch bit, a three-quarter-ton truck."),
        r"(?<![\w.,/-])(?<!\d )(1/2|1/4|3/4)-(?=[a-z])",
        lambda match: f"{_PARTS[match[1]]}-",
        "/",
    ),
    Rule(
        "fraction",
        ("Use 3/4 cup and 2 1/2 eggs.", "Use three quarters cup and two and a half eggs."),
        r"(?:(?<![\w.,/-])(\d{1,3})\s)?(?<![\w.,/-])([1-9]\d?)/([2-9]|[1-9]\d|100)(?:ths?|rds?|"
        r"nds?)?(?![\w/])(?!\.\d)",
        _fraction,
        "/",
    ),
    Rule(
        "figures and slash",
        (
            "Act 2024/1689.",
            "Act twenty twenty-four slash one thousand six hundred and eighty-nine.",
        ),
        r"/(?<=\d{3}/)(?=\d{3})",
        " slash ",
        "/",
    ),
    Rule(
        "team of a year",
        ("The 49ers and 76ers.", "The forty-niners and seventy-sixers."),
        r"(?<![\w.,-])(\d\d)ers\b",
        lambda match: cardinal(match[1]).removesuffix("e") + "ers",
        "e",
    ),
    Rule(
        "ordinal",
        ("The 21st century.", "The twenty-first century."),
        rf"(\d{FREE}(?:\d{{0,2}}(?:,\d{{3}})+|\d{{0,5}}))(?:st|nd|rd|th)(?!\w)",
        lambda match: ordinal(match[1].replace(",", "")),
        "tnr",
    ),
    Rule("number sign", ("We are #1.", "We are number one."), r"#\s?(?=\d)", "number ", "#"),
    Rule(
        "version",
        ("Its v2 is out.", "Its version two is out."),
        r"[vV](?<![\w.,-]\w)\.?\s?(\d++(?:\.\d++)*)(?!\w)",
        lambda match: f"version {_points(match[1])}",
        "vV",
    ),
    Rule(
        "dotted number with a letter",
        ("Take 3.0.1b now.", "Take three point zero point one B now."),
        r"(\d(?<![\w.,-]\d)\d*+(?:\.\d++){2,})([a-z])(?!\w)",
        lambda match: f"{_points(match[1])} {match[2].upper()}",
        ".",
    ),
    Rule(
        "dotted number",
        ("Take 1.2.3 now.", "Take one point two point three now."),
        r"\d(?<![\w.,-]\d)\d*+(?:\.\d++){2,}(?!\w)",
        lambda match: _points(match[0]),
        ".",
    ),
    Rule(
        "version of a program",
        (
            "Python 3.11 on Ubuntu 24.04.",
            "Python three point eleven on Ubuntu twenty-four point oh four.",
        ),
        rf"(\d{FREE}\d?)\.(\d\d)(?!\w)(?!\.\d)",
        _release,
        ".",
    ),
    Rule(
        "model number",
        ("An RTX 4090 in a Boeing 737.", "An RTX forty ninety in a Boeing seven thirty-seven."),
        rf"\d{FREE}\d{{2,5}}(?!\w)(?![.,]\d)",
        _model,
    ),
    Rule(
        "from to",
        ("Read pages 10–12.", "Read pages ten to twelve."),
        rf"{FREE_NUMBER}{TO}({NUMBER})(?!\w)(?!-\d)",
        _range,
        "-–—",
    ),
    Rule(
        "short year",
        ("The class of '24.", "The class of twenty-four."),
        r"(?<!\w)'(\d\d)(?!\w)",
        lambda match: short_year(match[1]),
        "'",
    ),
    Rule(
        "year",
        (
            "In 1999, 1,200 came; 2024 was better.",
            "In nineteen ninety-nine, one thousand two hundred came; twenty twenty-four was "
            "better.",
        ),
        rf"([12]{FREE}(?:(?<=1)\d|(?<=2)0)\d\d)(?![\w%])(?![.,]\d)(?!-(?!year|era|style|\d))",
        _year_or_number,
    ),
    Rule(
        "age and over",
        ("Aged 13+ only.", "Aged thirteen and over only."),
        r"(?<=ged )(\d{1,2})\+(?!\w)|(?<=ges )(\d{1,2})\+(?!\w)",
        lambda match: f"{cardinal(match[1] or match[2])} and over",
        "+",
    ),
    Rule(
        "more than a number",
        ("Some 250+ firms.", "Some more than two hundred and fifty firms."),
        rf"{FREE_NUMBER}\+(?!\w)",
        lambda match: f"more than {number(match[1])}",
        "+",
    ),
    Rule(
        "number",
        ("An 8-hour day of 1,200 jobs.", "An eight-hour day of one thousand two hundred jobs."),
        rf"{FREE_NUMBER}(?!\w)",
        _bare,
    ),
)
