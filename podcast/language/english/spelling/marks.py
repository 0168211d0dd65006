"""Brackets, quotes, dashes, slashes and signs, and what is left in order."""

from __future__ import annotations

import re

from podcast.language.english.spelling.rule import Rule, before

_SCALES = {"C": "Celsius", "F": "Fahrenheit"}
_RATES = {"mo": "month", "yr": "year", "hr": "hour", "wk": "week"}


def _stands_for(short: str, words: str) -> bool:
    """Tell whether `words` end in the long form of `short`.

    Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions", PSB
    2003: from the right, each letter is looked for in the words; the first must open a word.
    """
    short = re.sub(r"[^A-Za-z0-9]", "", short.removesuffix("s")).lower()
    if not 2 <= len(short) <= 10:
        return False
    text = words[-120:].lower().rstrip(" \"'")
    at = len(text)
    for place in range(len(short) - 1, -1, -1):
        at -= 1
        while at >= 0 and (
            text[at] != short[place] or (place == 0 and at > 0 and text[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return False
    return len(re.split(r"[\s-]+", text[at:])) <= min(len(short) + 5, len(short) * 2)


def _bracket(match: re.Match[str]) -> str:
    inner = match[1].strip(" ,;")
    head = before(match).rstrip()
    if not re.search(r"\w", inner) or inner in ("sic", "PDF", "pdf", "link"):
        return " "

    if _is_short_form(inner, head):
        following = match.string[match.end() : match.end() + 1]
        return " " if following.isalnum() else ""

    if _CITATION.fullmatch(inner):
        return ""
    if not head or head[-1] in ".!?:":
        return f" {inner} " if inner[-1] in ".!?" else f" {inner}, "
    if _GOES_ON.search(head):
        return f" {inner} "
    return f", {inner.rstrip('.')}, "


def _is_short_form(inner: str, head: str) -> bool:
    """Tell `(SKIG)` behind the words that it stands for, which were said already."""
    if not re.fullmatch(r"[A-Z][\w.&-]{1,11}", inner):
        return False
    capitals = [char for char in inner if char.isupper()]
    return len(capitals) > 1 and _stands_for(inner, head)


# After these the bracket is part of the sentence: a comma would break it.
_GOES_ON = re.compile(
    r"""
    \b(?:and|or|the|an?|of|for|with|to|in|by|as|is|are|see|step|(?<!-)(?:[Ee]quation|[Ff]igure|[Tt]able|[Ss]ection)|his|her|its|their|very)$
    """,
    re.VERBOSE,
)
_CITATION = re.compile(
    r"""
    (?:(?:see|cf\.?|compare|e\.g\.,?|for[ ]example,?)\s)?
    [A-Z][^\s;]*(?:[ ,&]+(?:[A-Z][\w'.-]*|and|et|al\.?|colleagues))*,?\s   # names
    (?:
        (?:1[89]|20)\d\d[a-z]?                          # `2017a`
        | (?:nineteen|twenty)\s[\w-]+(?:\s[\w-]+)?       # a year that a rule has said already
    )
    (?:;[^()]*)?                                         # further works
    """,
    re.VERBOSE,
)


_OR = frozenset("or not no false off fail her hers she lose down".split())


# `F/A-18`, whose figure may be a word already.
_AIRCRAFT = re.compile(r"[A-Z]-(?:\d|[a-z]+)")


def _by_the(word: str) -> str:
    return f" an {word}" if word.startswith("h") else f" a {word}"


def _slash(match: re.Match[str]) -> str:
    left, right = match.groups()
    small = (left.lower(), right.lower())
    if small == ("and", "or"):
        return "or"
    if _is_one_name(match, left, right) or (small[0] in _NOMINATIVE and small[1] in _OBJECTIVE):
        return f"{left} {right}"
    if small[1] in _OR or small[0] == "either":
        return f"{left} or {right}"
    is_ratio = match.string.startswith((" ratio", " multiple"), match.end())
    joint = "to" if is_ratio and small[0] in _MEASURED_AGAINST else "and"
    return f"{left} {joint} {right}"


def _is_one_name(match: re.Match[str], left: str, right: str) -> bool:
    """Tell whether nothing is said for the slash: `TCP/IP`, `A/B`, `F/A-18`."""
    if match[0] in _NAMES_WITH_A_SLASH:
        return True
    return len(left) == 1 and (len(right) == 1 or bool(_AIRCRAFT.match(right)))


_NAMES_WITH_A_SLASH = frozenset("TCP/IP CI/CD AC/DC PS/2 OS/2".split())
_NOMINATIVE = frozenset("he she they".split())
_OBJECTIVE = frozenset("him her them".split())
# `the debt/equity ratio`: of the one to the other.
_MEASURED_AGAINST = frozenset(
    "debt price loan signal cost cash power strength put student ev benefit risk".split()
)


def _open(match: re.Match[str]) -> str:
    head = before(match, 4)
    opens = not head or (
        re.search(r"(?<!\.\.)[.!?][\"']? $", head) and not re.search(r"[\s.][A-Z]\. $", head)
    )
    return match[0].capitalize() if opens else match[0]


def _marks(match: re.Match[str]) -> str:
    """The mark of several that weighs most: `...`, else `.`, `!` or `?`, else the first."""
    marks = match[0]
    if ".." in marks:
        return "..."
    if marks == ".," and re.search(r"(?:\b|\.)[A-Z]$", before(match, 3)):
        return marks
    asked = next((mark for mark in marks if mark in "!?"), "")
    return asked or next(
        (mark for mark in marks if mark == "."), marks.replace(",", "")[:1] or ","
    )


def _power(match: re.Match[str]) -> str:
    exponent = (match[1] or match[2] or "").replace("-", "minus ")
    return f" to the power of {exponent}"


_GRADED = re.compile(
    r"(?i)\b(?:rat(?:ed|ing|ings|es)|grades?|graded|scored?|average|got|credit)\b"
)


def _minus_grade(match: re.Match[str]) -> str:
    return f"{match[1]} minus" if _GRADED.search(match.string) else match[0]


def _plus(match: re.Match[str]) -> str:
    """`AI+ML`, `R+`; in the grade `A+` a hyphen keeps the letter from being an article."""
    head = before(match, 2)
    is_grade = head.endswith("A") and not head[:-1].isalnum()
    following = match.string[match.end() : match.end() + 1]
    return ("-plus" if is_grade else " plus") + (" " if following.isalnum() else "")


RULES = (
    Rule(
        "grade with a minus",
        ("A B- grade.", "A B minus grade."),
        r"(?<![\w-])([A-DF]{1,3})-(?![\w-])",
        _minus_grade,
        "-",
    ),
    Rule(
        "rate",
        ("It is ten dollars/month.", "It is ten dollars a month."),
        r"""(?x)
        (?<=[a-z])\s?/\s?
        (second|minute|hour|day|week|month|quarter|year|user|person|seat|unit)\b
        | (?<=\w)\s?/\s?(mo|yr|hr|wk)\b(?:\.(?=\s[a-z]|[,;]))?   # with its stop in a sentence
        """,
        lambda match: _by_the(match[1] or _RATES[match[2]]),
        "/",
    ),
    Rule(
        "hyphens of a rate",
        ("A five-dollar-per-month plan.", "A five-dollar per month plan."),
        r"""(?x)
        (?<=[a-z])[-\s](per|an?)-
        (?=plate|head|piece|ticket|pop|night|bottle|pound|gallon|mile|game|episode
            |second|minute|hour|day|week|month|quarter|year
            |user|person|seat|unit|share|barrel)
        """,
        r" \1 ",
    ),
    Rule(
        "he or she",
        ("S/he or (s)he knows.", "She or he or she or he knows."),
        r"\b([sS])/he\b|\(([sS])\)he\b",
        lambda match: f"{match[1] or match[2]}he or he",
        "/(",
    ),
    Rule(
        "possible ending",
        ("The model(s) won.", "The models won."),
        r"(?<=[a-z])\((e?s)\)",
        r"\1",
        "(",
    ),
    Rule(
        "possible prefix",
        ("It is (non-)normal.", "It is non-normal."),
        r"\((\w{1,5}-?)\)(?=\w)",
        r"\1",
        "(",
    ),
    Rule(
        "round bracket",
        (
            "Skin in the Game (SKIG), a method (new) by us.",
            "Skin in the Game, a method, new, by us.",
        ),
        r"\s?\(([^()]*)\)",
        _bracket,
        "(",
    ),
    Rule(
        "box to tick",
        ("[x] Done.", "Done."),
        r"(?<!\S)\[[ xX]\]\s(?=[A-Z])",
        "",
        "[",
    ),
    Rule(
        "square bracket",
        ("He [Smith] left [sic].", "He Smith left."),
        r"\[(?:sic|\.{3}|)\]|[\[\]]",
        "",
        "[]",
    ),
    Rule("stray bracket", ("First) done.", "First done."), r"[()]+", " ", "()"),
    Rule(
        "and in short",
        ("Rock 'n' roll.", "Rock and roll."),
        r"(?<=\w)[\s-]?'n'?[\s-](?=\w)",
        " and ",
        "'",
    ),
    Rule(
        "quoted with apostrophes",
        ("The 'quiet' ones.", 'The "quiet" ones.'),
        r"""(?x)
        (?<![\w'])'(?=[^\s'])
        ([^'\n]{1,80}?
            (?:(?<=\w)'\w[^'\n]{0,80}?)?   # one apostrophe may stand in a word of it: `don't`
        )
        (?<=[^\s'])'(?![\w'])
        """,
        r'"\1"',
        "'",
    ),
    Rule("arrow", ("From A -> B.", "From A to B."), r"\s*(?<![-=])(?:-+|=+)>\s*", " to ", ">"),
    Rule(
        "en dash in a word",
        ("The AI–human gap.", "The AI-human gap."),
        r"(?<=\w)–(?=\w)",
        "-",
        "–",
    ),
    Rule(
        "dash",
        ("A model—small – works -- well.", "A model, small, works, well."),
        r"\s*(?:[—–]|-{2,})[\s—–-]*|\s+-(?:\s+-?)+",
        ", ",
        "—–-",
    ),
    Rule(
        "hyphen after a quote",
        ('The "zero"-based one.', 'The "zero" based one.'),
        r"(?<=[\"'])-(?=\w)",
        " ",
        "-",
    ),
    Rule(
        "hanging hyphen",
        ("ML- and AI-driven.", "ML and AI-driven."),
        r"(?<=\w)-(?!\w)|(?<!\w)(?<!\w\.)-",
        "",
        "-",
    ),
    Rule("bullet", ("One • two.", "One, two."), r"\s*•\s*", ", ", "•"),
    Rule(
        "slash",
        ("An LLM/Rule-based and/or A/B test.", "An LLM and Rule-based or A B test."),
        r"(?<![\w/])(?<!\w[-'.])(\w+(?:[-'.]\w+)*+)/(\w+(?:[-'.]\w+)*+)(?![\w/])",
        _slash,
        "/",
    ),
    Rule("other slash", ("It is a/b/c.", "It is a, b, c."), r"\s*/+\s*", ", ", "/"),
    Rule("ampersand", ("R&D at A & B.", "R and D at A and B."), r"\s*&{1,2}\s*", " and ", "&"),
    Rule(
        "plus plus",
        ("Write C++ now.", "Write C plus plus now."),
        r"(?<=\w)\+\+(?!\+)",
        " plus plus ",
        "+",
    ),
    Rule(
        "plus sign",
        ("Command R+ is AI+ML.", "Command R plus is AI plus ML."),
        r"(?<=\w)\s?\+(?!\+)(?:\s?(?=\w)|)|(?<!\+)\+(?=\w)",
        _plus,
        "+",
    ),
    Rule(
        "equals",
        ("Take n=ten now.", "Take n equals ten now."),
        r"(?<=[\w)\"])\s?={1,3}\s?(?=[\w(\"])",
        " equals ",
        "=",
    ),
    Rule(
        "greater",
        ("If a > b.", "If a is greater than b."),
        r"(?<=\w)\s>\s(?=\w)",
        " is greater than ",
        ">",
    ),
    Rule(
        "less",
        ("If a < b.", "If a is less than b."),
        r"(?<=\w)\s<\s(?=\w)",
        " is less than ",
        "<",
    ),
    Rule(
        "squared",
        ("The x^2 term.", "The x squared term."),
        r"(?<=\w)\^(?:2\b|two\b)",
        " squared",
        "^",
    ),
    Rule(
        "cubed",
        ("The x^3 term.", "The x cubed term."),
        r"(?<=\w)\^(?:3\b|three\b)",
        " cubed",
        "^",
    ),
    Rule(
        "power",
        ("The x^n term.", "The x to the power of n term."),
        r"(?<=\w)\^(?:\((-?\w+)\)|(-)?(?=\w))",
        _power,
        "^",
    ),
    Rule(
        "percent sign",
        ("The x% share.", "The x percent share."),
        r"(?<=\w)\s?%",
        " percent",
        "%",
    ),
    Rule(
        "degrees of a scale",
        ("In the nineties °F.", "In the nineties degrees Fahrenheit."),
        r"\s?°\s?([CF])(?!\w)",
        lambda match: f" degrees {_SCALES[match[1]]}",
        "°",
    ),
    Rule("degree sign", ("The n° mark.", "The n degrees mark."), r"°", " degrees", "°"),
    Rule("by sign", ("It is n × m.", "It is n by m."), r"\s*×\s*", " by ", "×"),
    Rule("at sign", ("Meet @ noon.", "Meet at noon."), r"(?<=\s)@(?=\s)", "at", "@"),
    Rule(
        "or of a program", ("If a || b.", "If a or b."), r"(?<=\w)\s\|\|\s(?=\w)", " or ", "|"
    ),
    Rule("bar", ("News | Today.", "News, Today."), r"\s*\|+[\s|]*", ", ", "|"),
    Rule(
        "other sign",
        ("So ^ what ~ now?", "So what now?"),
        r"[$%€£¥₹₩&<>{}\[\]\\|_*#^~=@+×°•`()]+",
        " ",
        "$%€£¥₹₩&<>{}[]\\|_*#^~=@+×°•`()",
    ),
    Rule(
        "dot inside",
        (
            "Use numpy.array, README.md or .NET.",
            "Use numpy dot array, README dot md or dot net.",
        ),
        r"""(?x)
        \.(?=\w)
        (?:
            (?<=[a-z]\.)(?=[a-z])          # `numpy.array`
            | (?<=\s\.)(?=[A-Za-z]{2})     # `.NET`
            | (?<=\w\.)(?=(?:md|py|js|ts|txt|pdf|json|csv|html|cpp|exe|toml|ya?ml|ipynb)\b)
        )
        """,
        " dot ",
        ".",
    ),
    Rule(
        "missing space",
        ("It ended.Then it began.", "It ended. Then it began."),
        r"[.!?;:,](?<=[a-z].)(?=[A-Z])",
        r"\g<0> ",
    ),
    Rule(
        "said twice",
        ("Over 250+ came, some ~5 left.", "Over two hundred and fifty came, some five left."),
        # `over 250+`: the sign says what a word before it says already.
        r"""(?x)
        (?<=[a-z])[ ]
        (?:(?<=[Mm]ore[ ]than[ ])|(?<=[Oo]ver[ ])|(?<=[Aa]bove[ ]))more[ ]than(?=[ ])
        | (?<=[a-z])[ ]
        (?:(?<=[Ll]ess[ ]than[ ])|(?<=[Uu]nder[ ])|(?<=[Bb]elow[ ]))less[ ]than(?=[ ])
        | (?<=[a-z])[ ]
        (?:(?<=[Aa]bout[ ])|(?<=[Ss]ome[ ])|(?<=[Aa]round[ ])|(?<=[Nn]early[ ]))about(?=[ ])
        """,
        "",
    ),
    Rule(
        "number opens a sentence",
        ("7 came. 20 left.", "Seven came. Twenty left."),
        r"""(?x)
        (?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve
            |thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen
            |twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety
            |minus|more[ ]than|less[ ]than)\b
        """,
        _open,
    ),
    Rule("space", ("So   much.", "So much."), r"\s(?:\s+|(?<! ))", " "),
    Rule("space before a mark", ("Well , yes .", "Well, yes."), r"  *+(?=[,.;:!?](?!\w))", ""),
    Rule(
        "marks in a row",
        ("What?! Yes,. No;, Wait.. what....", "What? Yes. No; Wait... what..."),
        r"[.,;:!?]{2,}",
        _marks,
    ),
    Rule(
        "loose mark", ("Good. , Next.", "Good. Next."), r"([.!?;:,])(?: [,;:.]+(?= |$))+", r"\1"
    ),
)
