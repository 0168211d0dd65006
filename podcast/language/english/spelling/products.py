"""Models, products, aircraft and standards with their figures.

`Mistral 7B`, `RTX 4090`, `802.11ax`.
"""

from __future__ import annotations

import re

from podcast.language.english.spelling.modifiers import NOT_NAMES
from podcast.language.english.spelling.numerals import (
    NUMBER,
    cardinal,
    model_number,
    number,
    plural,
)
from podcast.language.english.spelling.rule import Rule, before, last_word


def _parameters(match: re.Match[str]) -> str:
    """`Mistral 7B` as `Mistral seven B`: after a name, the letter is part of the name."""
    name = match[1]
    if name in NOT_NAMES:
        return match[0]
    return f"{name} {number(match[2])} {match[3]}"


def _standard(match: re.Match[str]) -> str:
    letters = f" {' '.join(match[2].upper())}" if match[2] else ""
    return f"eight oh two dot {cardinal(match[1])}{letters}"


def _strain(match: re.Match[str]) -> str:
    """`B.1.1.7`, `XBB.1.5`: letters, then each figure."""
    letters, figures = match.groups()
    said = " point ".join(cardinal(figure) for figure in figures.strip(".").split("."))
    return f"{'-'.join(letters)} {said}"


def _aircraft(match: re.Match[str]) -> str:
    variant = f" {model_number(match[2])}" if match[2] else ""
    letters = f" {match[3]}" if match[3] else ""
    return f"{model_number(match[1])}{variant}{letters}"


_COUNTED = re.compile(r"\s(?:people|men|women|[a-z]+s)\b")
_THIRD_PERSON = re.compile(
    r"\s(?:is|was|has|costs|beats|runs|draws|uses|ships|sells|offers|delivers|needs|comes|does|"
    r"remains|goes)\b"
)


def _graphics_card(match: re.Match[str]) -> str:
    """`RTX 4090` without the RTX: `the 5090`, `a 4070 Ti`."""
    text, end = match.string, match.end()
    if re.match(r"\s(?:Ti|Super|SUPER|XT)\b", text[end : end + 8]):
        return model_number(match[0])
    named = last_word(match).lower() in ("the", "a", "its", "new", "nvidia's", "geforce", "one")
    if text[end : end + 1] == "s":
        return model_number(match[0]).removesuffix("y") + "ie"
    counted = _COUNTED.match(text, end) and not _THIRD_PERSON.match(text, end)
    return model_number(match[0]) if named and not counted else match[0]


_RACE = re.compile(
    r"\s?(?:race|run|course|walk|event|swim|jog|charity|fun|time|in|on|at|for|and|this|last)\b|"
    r"[.,;!?)]|$"
)


_SPORT = re.compile(r"\s?(?:race|run|walk|ultra|swim|ski|trail)\b")


def _run(match: re.Match[str]) -> str:
    """`a 5K`, `ran 10K`: kilometers are said as the letter."""
    runs = last_word(match).lower() in (
        "a",
        "ran",
        "run",
        "running",
        "the",
        "annual",
        "charity",
        "first",
        "fun",
    )
    end = match.end()
    rest = match.string[end : end + 12].strip(" ")
    is_usual = match[1] in ("5", "10", "15", "20")
    is_race = _RACE.match(rest) if is_usual else _SPORT.match(rest)
    return f"{cardinal(match[1])} K" if runs and is_race else match[0]


_MAKERS = frozenset(
    "Porsche Peugeot Ferrari BMW Boeing Airbus Audi Volvo Saab Leica Canon Nikon".split()
)


def _after_maker(match: re.Match[str]) -> str:
    return (
        model_number(match[0]) if last_word(match).removesuffix("'s") in _MAKERS else match[0]
    )


_PLACES = frozenset(
    "Apt. Apartment Unit Suite Room Gate Flat Seat Exit Platform Building Hall Stand Row Pier "
    "Bay Terminal Block Lot Rule Section Form Schedule Table Figure Exhibit Chapter Part "
    "Question Group Grade Class".split()
)


def _numbered_place(match: re.Match[str]) -> str:
    is_place = last_word(match) in _PLACES
    return f"{cardinal(match[1])} {match[2]}" if is_place else match[0]


def _maturities(match: re.Match[str]) -> str:
    """`2s/10s`: the yields of two maturities, between which the spread is."""
    first, second = match[1] or match[3], match[2] or match[4]
    if match[1]:
        return f"{plural(cardinal(first))} {plural(cardinal(second))}"
    return f"{cardinal(first)}-{cardinal(second)}"


RULES = (
    Rule(
        "two maturities",
        ("The 2s/10s gap, a 2/10 spread.", "The twos tens gap, a two-ten spread."),
        r"(?<![\w.,$/-])(\d{1,2})s\s?[/-]\s?(\d{1,2})s(?![\w/])|"
        r"(?<![\w.,$/-])(\d{1,2})[/-](\d{1,2})(?=\s(?:yield\s)?(?:spread|curve|inversion)\b)",
        _maturities,
        "/-",
    ),
    Rule(
        "day of a model",
        (
            "Use gpt-4o-2024-08-06 here.",
            "Use gpt-4o of the sixth of August, twenty twenty-four here.",
        ),
        r"-(?<=[a-z]-)(?=20\d\d-\d\d-\d\d(?![\w-]))",
        " of ",
        "-",
    ),
    Rule(
        "day of a model in one figure",
        (
            "Use claude-3-opus-20240229 here.",
            "Use claude-3-opus of the twenty-ninth of February, twenty twenty-four here.",
        ),
        r"-(?<=[a-z]-)(20\d\d)(0[1-9]|1[0-2])([0-3]\d)(?![\w-])",
        r" of \1-\2-\3",
        "-",
    ),
    Rule(
        "protocol and version",
        ("Use HTTP/2 on an AS/400.", "Use HTTP two on an AS four hundred."),
        r"/(?<=[A-Z]{2}/|-[A-Z]/)(?=\d{1,3}(?:\.\d)?(?![\w/]))",
        " ",
        "/",
    ),
    Rule(
        "wireless standard",
        ("The 802.11ax standard.", "The eight oh two dot eleven A X standard."),
        r"(?<![\w.,$-])802\.(\d{1,2})([a-z]{1,2})?(?![\w]|\.\d)",
        _standard,
        "8",
    ),
    Rule(
        "strain",
        (
            "The B.1.1.7 and XBB.1.5 strains.",
            "The B one point one point seven and X-B-B one point five strains.",
        ),
        r"\b([A-Z]{1,3})((?:\.\d{1,3}){2,})(?![\w])(?!\.\d)",
        _strain,
        ".",
    ),
    Rule(
        "aircraft",
        (
            "A 737 MAX and a 787-9 flew.",
            "A seven thirty-seven MAX and a seven eighty-seven nine flew.",
        ),
        r"(?<![\w.,$€£-])(7[0-8]7)(?:-(\d{1,4})(ER|LR|F)?|(?=\s(?:MAX|Max|Dreamliner|jet|plane|"
        r"aircraft|"
        r"airliner|fleet|crash|flight|freighter)))(?![\d,.]\d|\d)",
        _aircraft,
        "7",
    ),
    Rule(
        "aircraft in the plural",
        ("Two 737s and the 777X.", "Two seven thirty-sevens and the seven seventy-seven X."),
        r"(?<![\w.,$€£-])(7[0-8]7)(s|X)(?![\w-])",
        lambda match: (
            plural(model_number(match[1])) if match[2] == "s" else f"{model_number(match[1])} X"
        ),
        "7",
    ),
    Rule(
        "letter, stop and figure",
        ("An H.264 file.", "An H two sixty-four file."),
        r"(?<![\w.])([A-Z](?=\.\d\d)|[A-Z]{2})\.(\d{1,4})(?![\w.]\w|\w)",
        lambda match: f"{match[1]} {model_number(match[2])}",
        ".",
    ),
    Rule(
        "model of a maker",
        (
            "Boeing's 737 and a Porsche 911.",
            "Boeing's seven thirty-seven and a Porsche nine eleven.",
        ),
        r"(?<=[a-zA-Z] )\d{3,4}(?![\w,]|\.\d|\s(?:people|jobs|workers|times|cars|jets|planes|"
        r"orders))",
        _after_maker,
        "0123456789",
    ),
    Rule(
        "graphics card",
        ("The 5090 beats a 4070 Ti.", "The fifty ninety beats a forty seventy Ti."),
        r"(?<![\w.,$€£-])(?:[1-5]0[5-9]0(?![\w,%-]|\.\d)|[345]0[5-9]0(?=s\b))",
        _graphics_card,
        "0123456789",
    ),
    Rule(
        "size in a name",
        ("Try Mistral 7B or Stable Code 3B.", "Try Mistral seven B or Stable Code three B."),
        rf"\b([A-Z][A-Za-z]*[a-z][A-Za-z]*|[A-Z]{{2,6}}) ({NUMBER})([BM])"
        r"(?![\w%]|\s(?:people|users|dollars|euros))",
        _parameters,
        "BM",
    ),
    Rule(
        "size behind a name with a figure",
        ("Try Qwen2.5-72B.", "Try Qwen2.5, seventy-two B."),
        rf"\b([A-Za-z]+\d+\.\d+)-({NUMBER})([BM])(?!\w)",
        lambda match: f"{match[1]}, {number(match[2])} {match[3]}",
        "BM",
    ),
    Rule(
        "size behind a version",
        ("Meta ships Llama-3.1-8B.", "Meta ships Llama three point one, eight B."),
        rf"(?<=[A-Za-z])-({NUMBER})-({NUMBER})([BMb])(?!\w)",
        lambda match: f" {number(match[1])}, {number(match[2])} {match[3].upper()}",
        "BMb",
    ),
    Rule(
        "memory in a name",
        ("An A100-80GB card.", "An A100 eighty gigabyte card."),
        r"(?<=[A-Za-z]\d)(?:-)(\d{1,4}\s?[GTM]B)(?!\w)|"
        r"(?<=[A-Za-z]\d{3})-(\d{1,4}\s?[GTM]B)(?!\w)",
        lambda match: f" {match[1] or match[2]}",
        "-",
    ),
    Rule(
        "numbered place",
        ("In Apt. 4B, at Gate 12B.", "In Apartment four B, at Gate twelve B."),
        r"(?<=[a-z.] )(\d{1,4})([BKMT])(?![\w-])",
        _numbered_place,
        "BKMT",
    ),
    Rule(
        "run of kilometers",
        ("He ran a 5K and won the 10K race.", "He ran a five K and won the ten K race."),
        r"(?<![\w.,$€£-])(5|8|10|12|15|20|21|25|30|42|50|100)[kK](?![\w-])",
        _run,
        "kK",
    ),
    Rule(
        "at a rank",
        ("It has pass@1 and mAP@0.5.", "It has pass at one and mAP at zero point five."),
        r"(?<=[A-Za-z])@(?=\d)",
        " at ",
        "@",
    ),
    Rule(
        "company with a figure",
        ("Shares of 3M fell, 3M said.", "Shares of three M fell, three M said."),
        r"(?<![\w$€£.,-])3M(?=\s(?:and\s[A-Z]|Co\b|[Cc]ompany|said|says|has|is|was|fell|rose|"
        r"grew|gained|lost|slid|jumped|to|will|shares|stock|agreed|paid|sold|makes|made|sued)"
        r"|'s|[,.]?$)",
        "three M",
        "3",
    ),
    Rule(
        "framework",
        ("A .NET app in ASP.NET.", "A dot net app in ASP dot net."),
        r"(?<=[A-Z])\.NET\b|(?<!\w)\.NET\b|\bdot NET\b",
        lambda match: f"{' ' if before(match, 1).isalpha() else ''}dot net",
        "N",
    ),
)
