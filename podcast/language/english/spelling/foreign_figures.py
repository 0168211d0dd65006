"""Figures as other countries write them: `1.250.000`, `1 000 000`, `€4,5 Mio`, `₹1,50,000`.

They become figures as English writes them, which other rules then say.
"""

from __future__ import annotations

import re

from podcast.language.english.spelling.modifiers import NOT_NAMES
from podcast.language.english.spelling.rule import Rule, before

_MEASURE = (
    r"(?:%|€|£|\$|₽|kr\b|Mio\b|Mrd\b|Mln\b|mln\b|mio\b|million|milliard|billion|euros?\b|"
    r"percent|per cent|"
    r"k[gmW]\b|km/h|[cm]m\b|m\b|m²|°|t\b|ha\b|MW|GW|[kMGT]B\b|l\b|Uhr\b)"
)


def _ungrouped(match: re.Match[str]) -> str:
    return re.sub(r"[.,'’ ]", ",", match[0])


def _european(match: re.Match[str]) -> str:
    """`4.500,75`: stops between thousands and a comma before the rest."""
    return match[1].replace(".", ",") + "." + match[2]


def _spaced(match: re.Match[str]) -> str:
    """`12 500 people`: a number, unless a name with its own figure stands before."""
    head = before(match, 20)
    name = re.search(r"([A-Z][\w.]*|\d[,:]?|[-/.])\s?$", head)
    is_named = name is not None and name[1] not in NOT_NAMES
    return match[0] if is_named else match[0].replace(" ", ",")


def _grouped_in_twos(match: re.Match[str]) -> str:
    return match[0].replace(",", "")


RULES = (
    Rule(
        "thousands with stops and a comma",
        (
            "It cost €4.500,75.",
            "It cost four thousand five hundred euros and seventy-five cents.",
        ),
        r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+),(\d{1,2})(?![\d,]|\.\d)",
        _european,
        ",",
    ),
    Rule(
        "millions with stops",
        ("Some 1.250.000 came.", "Some one million two hundred and fifty thousand came."),
        r"(?<![\w.,-])[1-9]\d{0,2}(?:\.\d{3}){2,}(?![\w,]|\.\d|-\w)",
        _ungrouped,
        ".",
    ),
    Rule(
        "thousands of euros with a stop",
        (
            "It costs €1.250 or 2.400 €.",
            "It costs one thousand two hundred and fifty euros or two thousand four hundred "
            "euros.",
        ),
        r"(?<=€)[1-9]\d{0,2}\.\d{3}(?![\w.,]\w|\s?(?:[mb]n|[mbk]\b|million|billion|M|B))|"
        r"(?<![\w.,$€£])[1-9]\d{0,2}\.\d{3}(?=\s?€)",
        _ungrouped,
        "€",
    ),
    Rule(
        "millions with spaces or apostrophes",
        (
            "Some 1 000 000 came, or 2'500'000.",
            "Some one million came, or two million five hundred thousand.",
        ),
        r"(?<![\w.,/'-])(?<!\d\s)[1-9]\d{0,2}(?:(?: \d{3}){2,}|(?:['’]\d{3})+)(?![\w/-]|[.,]\d|"
        r" \d)",
        _ungrouped,
        "0123456789",
    ),
    Rule(
        "thousands with a space",
        ("Some 12 500 people came.", "Some twelve thousand five hundred people came."),
        r"(?<![\w.,/-])[1-9]\d{0,2} \d{3}(?=\s(?:[a-z]+s|people|men|women|children)\b|"
        r"\s?[€£$])(?! \d)",
        _spaced,
        "0123456789",
    ),
    Rule(
        "decimal comma",
        (
            "It rose 4,5 % to €4,5 Mio or 9,99 €.",
            "It rose four point five percent to four point five million euros or nine euros "
            "and ninety-nine cents.",
        ),
        rf"(?<![\w.,])(?:(?<=[€£])|)(\d{{1,3}}),(\d{{1,2}})(?=\s?{_MEASURE})|"
        rf"(?<=€)(\d{{1,3}}),(\d{{1,2}})(?![\d,]|\.\d)",
        lambda match: f"{match[1] or match[3]}.{match[2] or match[4]}",
        ",",
    ),
    Rule(
        "lakhs",
        ("It cost ₹1,50,000.", "It cost one hundred and fifty thousand rupees."),
        r"(?<![\w.,])[1-9]\d?(?:,\d{2})+,\d{3}(?![\d,])",
        _grouped_in_twos,
        ",",
    ),
)
