"""Abbreviations and marks of enumerations."""

from __future__ import annotations

import re

from podcast.language.english.sentence_splitter import starts_sentence
from podcast.language.english.spelling.rule import Rule, before

_TITLES = {
    "Dr": "Doctor",
    "Prof": "Professor",
    "Profs": "Professors",
    "Gen": "General",
    "Sen": "Senator",
    "Sens": "Senators",
    "Rep": "Representative",
    "Reps": "Representatives",
    "Gov": "Governor",
    "Lt": "Lieutenant",
    "Col": "Colonel",
    "Capt": "Captain",
    "Sgt": "Sergeant",
    "Rev": "Reverend",
    "Hon": "Honorable",
    "Pres": "President",
    "Mt": "Mount",
    "Ft": "Fort",
}
_WORDS = {
    "e.g.": "for example",
    "eg.": "for example",
    "i.e.": "that is",
    "ie.": "that is",
    "etc.": "and so on",
    "vs.": "versus",
    "v.s.": "versus",
    "et al.'s": "and colleagues'",
    "et al.": "and colleagues",
    "approx.": "approximately",
    "cf.": "compare",
    "a.k.a.": "also known as",
    "aka": "also known as",
    "w/o": "without",
    "w/": "with",
    "w.r.t.": "with respect to",
    "wrt": "with respect to",
    "resp.": "respectively",
    "incl.": "including",
    "excl.": "excluding",
    "est.": "estimated",
    "dept.": "department",
    "Dept.": "Department",
    "govt.": "government",
    "Univ.": "University",
    "Inc.": "Incorporated",
    "Corp.": "Corporation",
    "Ltd.": "Limited",
    "Co.": "Company",
    "Cos.": "Companies",
    "Bros.": "Brothers",
    "Assn.": "Association",
    "Jr.": "Junior",
    "Sr.": "Senior",
    "Esq.": "Esquire",
    "Ph.D.": "PhD",
    "Ph.D": "PhD",
    "Ph.Ds": "PhDs",
    "Ave.": "Avenue",
    "Blvd.": "Boulevard",
    "Rd.": "Road",
    "min.": "minutes",
    "hrs.": "hours",
    "vol.": "volume",
    "ed.": "edition",
    "misc.": "miscellaneous",
    "temp.": "temperature",
    "max.": "maximum",
    "vs": "versus",
}
_COUNTED = {
    "no": "number",
    "nos": "numbers",
    "fig": "figure",
    "figs": "figures",
    "eq": "equation",
    "sec": "section",
    "ch": "chapter",
    "vol": "volume",
    "pp": "pages",
    "p": "page",
    "pt": "part",
    "art": "article",
    "ver": "version",
    "tab": "table",
}


def _abbreviation(match: re.Match[str]) -> str:
    short = match[0]
    said = _WORDS.get(short) or _WORDS.get(short[:1].lower() + short[1:])
    if said is None:
        return short
    if short[0].isupper():
        said = said[0].upper() + said[1:]
    if not short.endswith("."):
        return said
    if said == "that is" or said == "for example":
        return said + ("," if re.match(r"\s+\w", match.string[match.end() : match.end() + 9]) else "")
    return said + ("." if starts_sentence(match.string, match.end()) else "")


def _title(match: re.Match[str]) -> str:
    said = _TITLES.get(match[0][:-1])
    if said is None:
        return match[0]
    return said if match.string[match.end()].isspace() else f"{said} "


def _count(match: re.Match[str]) -> str:
    said = _COUNTED[match[1].lower()]
    head = before(match).rstrip()
    opens = not head or head[-1] in ".!?:"
    return said.capitalize() if match[1][0].isupper() and (opens or match[1] not in ("No", "Nos")) else said


_SERIES = (
    tuple(str(number) for number in range(1, 30)),
    tuple("i ii iii iv v vi vii viii ix x xi xii".split()),
    tuple("abcdefgh"),
)


def _enumeration(match: re.Match[str]) -> str:
    """`(2)` goes when `(1)` or `(3)` is near, with a comma for it where the text has no mark of its own."""
    mark, item = match.groups()
    head, tail = before(match, 500), match.string[match.end() : match.end() + 500]
    for series in _SERIES:
        if item in series:
            place = series.index(item)
            follows = place > 0 and f"{series[place - 1]})" in head
            if follows or (place + 1 < len(series) and f"{series[place + 1]})" in tail):
                break
    else:
        return match[0]
    if re.search(r"\b(?:see|section|step|table|figure|equation|part|item|point|in)$", head, re.IGNORECASE):
        return match[0]
    glued = mark or place == 0 or re.search(r"(?:\b(?:and|or|then)|[.!?])$", head)
    return mark if glued else ","


def _saint_or_street(match: re.Match[str]) -> str:
    ends = starts_sentence(match.string, match.end())
    named = re.search(r"(?:\b[A-Z]\w*|\d(?:st|nd|rd|th))\s*$", before(match))
    if re.match(r"\s[A-Z]", match.string[match.end() : match.end() + 3]) and not (named and ends):
        return "Saint"
    return "Street." if ends else "Street"


RULES = (
    Rule(
        "mark of an enumeration",
        ("It is (1) fair, (2) open, and (3) safe, see (4).", "It is fair, open, and safe, see four."),
        r"([,;:.]?)\s*(?<!\w)\(?(\d{1,2}|[a-h]|[ivx]{1,4})\)(?=\s)",
        _enumeration,
        ")",
    ),
    Rule(
        "title",
        ("Dr. Li met Prof. Chen.", "Doctor Li met Professor Chen."),
        r"[A-Z](?<!\w\w)([a-z]{1,4})\.(?=\s?[A-Z])",
        _title,
        ".",
    ),
    Rule(
        "saint or street",
        ("St. Louis has a Wall St. too.", "Saint Louis has a Wall Street too."),
        r"\bSt\.",
        _saint_or_street,
        ".",
    ),
    Rule(
        "counted thing",
        ("See No. 5 and Fig. 2.", "See number five and Figure two."),
        rf"\b({'|'.join(_COUNTED)}|{'|'.join(word.capitalize() for word in _COUNTED)})\.\s?(?=\d)",
        lambda match: _count(match) + " ",
        ".",
    ),
    Rule(
        "abbreviation",
        ("Tools, e.g. hammers vs. nails, etc.", "Tools, for example, hammers versus nails, and so on."),
        r"[A-Za-z](?<![\w.]\w)(?:t al|[A-Za-z]*+(?:\.[A-Za-z]+)*+)\.(?:'s\b|(?!\w))",
        _abbreviation,
        ".",
    ),
    Rule(
        "abbreviation without a stop",
        ("Ours vs theirs, aka it, w/o us.", "Ours versus theirs, also known as it, without us."),
        r"\b(?:vs|aka|wrt|Ph\.Ds?)\b|\bw/(?:o\b)?",
        lambda match: _WORDS[match[0]],
        "vw.k",
    ),
)
