"""Numbers that name and do not count.

Telephones, addresses of machines, sections of law, hashes.
"""

from __future__ import annotations

import re

from podcast.language.english.spelling.numerals import cardinal, digits, model_number, year
from podcast.language.english.spelling.rule import Rule, before, last_word

# Only near these is `555-1234` a telephone number; else it is a range.
_CALL = re.compile(r"(?i)\b(?:call|dial|phone|tel|text|fax|hotline)\b")


def _phone(match: re.Match[str]) -> str:
    if len(match[0]) == 8 and not _CALL.search(before(match, 25)):
        return match[0]
    groups = re.findall(r"\d+", match[0])
    plus = "plus " if match[0].startswith("+") else ""
    return plus + ", ".join(digits(group) for group in groups)


def _lettered_phone(match: re.Match[str]) -> str:
    area = match[1]
    said = f"one {digits(area)}" if area[-2:] != "00" else f"one {cardinal(area[0])} hundred"
    return f"{said} {match[2].replace('-', ' ').lower()}"


def _spelled(figures: str) -> str:
    """`90210` as `nine oh two one oh`."""
    return " ".join("oh" if figure == "0" else digits(figure) for figure in figures)


_CALLING = re.compile(
    r"\b(?i:call|calls|called|calling|dial|dials|dialed|dialled|dialing|phone|phoned|text|ring|"
    r"rang|to)\s"
    r"(?:(?:an?|the|at)\s)?(?:(?:[2-9]11|112|999|988)\s(?:or|and)\s)?$"
)
_EMERGENCY_NOUN = re.compile(
    r"\s(?:emergency\s)?(?:call|operator|dispatch|service|system|center|centre|line|hotline|"
    r"recording|number|tape)"
)


def _emergency(match: re.Match[str]) -> str:
    called = _CALLING.search(before(match, 30)) and not re.search(
        r"(?i)\bto\s$", before(match, 4)
    )
    is_named = _EMERGENCY_NOUN.match(match.string, match.end())
    return digits(match[0]) if called or is_named else match[0]


_POSTAL = re.compile(
    r"(?i:\b(?:zip|postal|post)[\s-]?(?:code)?s?:?\s|\bpostcodes?\s)(?:\d{5}(?:,|\s(?:and|"
    r"or))\s){0,2}$|\b[A-Z]{2}\s$"
)


def _postal_code(match: re.Match[str]) -> str:
    head = before(match, 20)
    if not _POSTAL.search(head) or re.search(r"\b(?:SB|AB|HB|HR|EO|NO|RM)\s$", head):
        return match[0]
    return _spelled(match[1])


def _machine(match: re.Match[str]) -> str:
    parts = match[1].split(".")
    named = last_word(match).lower().rstrip(":") in ("version", "v", "release", "section")
    if named or any(int(part) > 255 for part in parts):
        return match[0]
    said = " dot ".join(digits(part) for part in parts)
    return said + (f" slash {cardinal(match[2])}" if match[2] else "")


def _law_section(match: re.Match[str]) -> str:
    """`401(k)` as `four oh one K`, `501(c)(3)` as `five oh one C three`."""
    marks = [
        cardinal(mark) if mark.isdigit() else mark.upper()
        for mark in re.findall(r"\((\w+)\)", match[2])
    ]
    return f"{model_number(match[1])} {' '.join(marks)}"


def _vulnerability(match: re.Match[str]) -> str:
    return f"CVE {year(match[1])} {digits(match[2])}"


def _hash(match: re.Match[str]) -> str:
    """The first four characters of a hash or identifier: nobody can take in more."""
    figures = match[0]
    is_hash = re.search(r"\d", figures) and re.search("[a-f]", figures)
    if not is_hash or re.fullmatch(r"\d+e\d+", figures):
        return match[0]
    return " ".join(digits(char) if char.isdigit() else char.upper() for char in figures[:4])


def _code_number(match: re.Match[str]) -> str:
    """What follows `Port` or `RFC`, in pairs."""
    return f"{match[1]}{model_number(match[2])}"


RULES = (
    Rule(
        "telephone number in letters",
        ("Dial 1-800-GOT-JUNK.", "Dial one eight hundred got junk."),
        r"(?<![\w-])(?:\+?1-)(8\d\d)-([A-Z]+(?:-[A-Z]+)*)(?![\w-])",
        _lettered_phone,
        "-",
    ),
    Rule(
        "telephone number in groups",
        (
            "Phone 020 7946 0958.",
            "Phone zero two zero, seven nine four six, zero nine five eight.",
        ),
        r"(?<![\w.,+-])0[1-9]\d{1,3}(?:\s\d{3,4}){1,2}(?![\w-]|[.,]\d)",
        _phone,
        "0",
    ),
    Rule(
        "emergency number",
        (
            "Call 911 or 112, a 911 call.",
            "Call nine one one or one one two, a nine one one call.",
        ),
        r"(?<![\w.,$€£#-])(?:[2-9]11|112|999|988)(?![\w%-]|[.,]\d)",
        _emergency,
        "0123456789",
    ),
    Rule(
        "answer of a server",
        ("A 404 error and HTTP 503.", "A four oh four error and HTTP five oh three."),
        r"(?<![\w.,$-])([45]\d\d)(?=\s(?:errors?|page|response|status)\b)|"
        r"(?<=HTTP )([1-5]\d\d)(?!\w)|"
        r"(?<=[Ee]rror )([45]0\d)(?!\w)",
        lambda match: model_number(match[0]),
        "0123456789",
    ),
    Rule(
        "postal code",
        ("Zip code 90210 is rich.", "Zip code nine oh two one oh is rich."),
        r"(?<![\w.,$€£-])(\d{5})(?:-\d{4})?(?![\w%-]|[.,]\d)",
        _postal_code,
        "0123456789",
    ),
    Rule(
        "address of a machine",
        (
            "IP 192.168.0.1 failed.",
            "IP one nine two dot one six eight dot zero dot one failed.",
        ),
        r"(?<![\w.,-])(\d{1,3}(?:\.\d{1,3}){3})(?:/(\d{1,2}))?(?![\w]|\.\d)",
        _machine,
        ".",
    ),
    Rule(
        "number of a register",
        (
            "The ship IMO 9074729 sank.",
            "The ship IMO nine zero seven four seven two nine sank.",
        ),
        r"(?<=[A-Z]{2} )\d{7,12}(?![\w,-]|\.\d)",
        lambda match: digits(match[0]),
        "0123456789",
    ),
    Rule(
        "section by its short form",
        ("Sec. 230(c)(1) shields it.", "Section two thirty C one shields it."),
        r"\b([Ss])ec\.\s(?=\d{3}\([a-z]\))",
        r"\1ection ",
        "(",
    ),
    Rule(
        "number of a case",
        ("In No. 23-719 it held.", "In number twenty-three, seven nineteen it held."),
        r"\b(N)os?\.\s(\d\d)-(\d{1,4})(?![\w-])",
        lambda match: f"number {cardinal(match[2])}, {model_number(match[3])}",
        "-",
    ),
    Rule(
        "section of law",
        ("A 401(k) and a 501(c)(3).", "A four oh one K and a five oh one C three."),
        r"(?<![\w.,$(-])(\d{3})((?:\([a-z]\))(?:\(\d{1,2}\))?)(?![\w(])",
        _law_section,
        "(",
    ),
    Rule(
        "vulnerability",
        ("The CVE-2024-3094 bug.", "The CVE twenty twenty-four three zero nine four bug."),
        r"\bCVE-((?:19|20)\d\d)-(\d{4,7})\b",
        _vulnerability,
        "C",
    ),
    Rule(
        "long identifier",
        ("See 550e8400-e29b-41d4-a716-446655440000 there.", "See five five zero E there."),
        r"(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])",
        _hash,
        "-",
    ),
    Rule(
        "hash",
        ("Commit 4f3a2b1c9d fixed it.", "Commit four F three A fixed it."),
        r"(?<![\w.,$-])[0-9a-f]{7,64}(?![\w-])",
        _hash,
        "abcdef",
    ),
    Rule(
        "digital object identifier",
        ("See doi:10.1038/s41586-024-1 there.", "See there."),
        r"\s?\(?\b(?:doi|DOI):?\s?10\.\d{4,9}/[^\s,;)]+[^\s,;).]\)?",
        "",
        "/",
    ),
    Rule(
        "preprint number",
        (
            "See arXiv:2405.12933v1 there.",
            "See arXiv twenty-four oh five point one two nine three three there.",
        ),
        r"\b(arXiv|archive)(?::\s?|\s)(\d{4}\.\d{4,5})(?:v\d+)?(?!\w)",
        lambda match: f"{match[1]} {model_number(match[2][:4])} point {digits(match[2][5:])}",
        ".",
    ),
    Rule(
        "standard by number",
        (
            "See RFC 2119 and ISO 8601 on port 8080.",
            "See RFC twenty-one nineteen and ISO eighty-six oh one on port eighty eighty.",
        ),
        r"\b((?:RFC|ISO|IEC|DIN|ASTM)[\s-]|[Pp]ort\s)(\d{4})(?![\w.,]\d|\w)",
        _code_number,
        "CONTp",
    ),
    Rule(
        "telephone number abroad",
        (
            "Call +1 (555) 010-0199.",
            "Call plus one, five five five, zero one zero, zero one nine nine.",
        ),
        r"\+(?<!\w\+)(?:\d{1,3}[\s-]?(?:\(\d{3}\)\s?|\d{3}[-\s])\d{3}[-\s]\d{4}|"
        r"\d{2,3}(?:\s\d{2,4}){2,5}|\d{2,3}[\s-]\d{2,4}[\s-]\d{5,8})(?![\w-])",
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
        (
            "Call 1-800-555-0199.",
            "Call one, eight zero zero, five five five, zero one nine nine.",
        ),
        r"\d(?<![\w$€£.,-]\d)(?:-\d{3}-\d{3}-\d{4}|\d\d-\d{3}-\d{4}|\d\d-\d{4})(?![\w-])",
        _phone,
        "-",
    ),
)
