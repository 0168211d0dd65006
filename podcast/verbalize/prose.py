"""Words and marks: abbreviations, Roman numerals, brackets, dashes, slashes, signs, capitals, spacing."""

# ruff: noqa: SIM905 -- lists of words read best as text
from __future__ import annotations

import re

from podcast.verbalize.numerals import cardinal, ordinal
from podcast.verbalize.rule import Rule, before, last_word
from podcast.verbalize.sentences import starts_sentence

# --- abbreviations ------------------------------------------------------------------------------

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
_RATES = {"mo": "month", "yr": "year", "hr": "hour", "wk": "week"}


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


def _enumeration(match: re.Match[str]) -> str:
    """`(2)` goes when a sibling is near, with a comma for it where the text has no mark of its own."""
    mark, item = match.groups()
    around = match.string[max(0, match.start() - 500) : match.end() + 500]
    kind = ("1", "2") if item.isdigit() else ("i", "ii") if set(item) <= set("ivx") else ("a", "b")
    if not all(f"{sibling})" in around for sibling in kind) or match.string[match.end() :][:1] in ".,;:":
        return match[0]
    if re.search(
        r"\b(?:see|section|step|table|figure|equation|part|item|point|in)$", before(match), re.IGNORECASE
    ):
        return match[0]
    glued = mark or item == kind[0] or re.search(r"\b(?:and|or|then)$", before(match))
    return mark if glued else ","


def _saint_or_street(match: re.Match[str]) -> str:
    ends = starts_sentence(match.string, match.end())
    named = re.search(r"(?:\b[A-Z]\w*|\d(?:st|nd|rd|th))\s*$", before(match))
    if re.match(r"\s[A-Z]", match.string[match.end() : match.end() + 3]) and not (named and ends):
        return "Saint"
    return "Street." if ends else "Street"


# --- Roman numerals -----------------------------------------------------------------------------

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_RULERS = (
    "King Queen Pope Emperor Tsar Czar Prince Charles Elizabeth Louis Henry George Edward Richard William James "
    "Philip Paul Benedict Francis Pius Leo Napoleon Frederick Catherine Nicholas Alexander Wilhelm Innocent"
).split()


def _roman_value(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _roman(match: re.Match[str]) -> str:
    numeral, word = match[0], last_word(match)
    if numeral == "XX" or not _ROMAN.fullmatch(numeral):
        return numeral
    figures = str(_roman_value(numeral))
    if word.lower() == "the":
        return ordinal(figures)
    if word in _RULERS:
        return f"the {ordinal(figures)}"
    return cardinal(figures).capitalize() if word[:1].isupper() and word not in _NOT_NAMES else numeral


def _roman_part(match: re.Match[str]) -> str:
    return cardinal(str(_roman_value(match[0]))).capitalize() if last_word(match) in _PARTS else match[0]


_PARTS = frozenset(
    "Phase Part Type Class Volume Book Act Chapter Title Tier Level Stage Appendix Section Grade".split()
)
_NOT_NAMES = frozenset("A An In Of On For With And This That By".split())


# --- brackets -----------------------------------------------------------------------------------


def _stands_for(short: str, words: str) -> bool:
    """Whether `words` end in the long form of `short`: Schwartz and Hearst, PSB 2003, from the right."""
    short = re.sub(r"[^A-Za-z0-9]", "", short.removesuffix("s")).lower()
    if not 2 <= len(short) <= 10:
        return False
    text = words[-120:].lower().rstrip(" \"'")
    at = len(text)
    for place in range(len(short) - 1, -1, -1):
        at -= 1
        while at >= 0 and (text[at] != short[place] or (place == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
    return len(re.split(r"[\s-]+", text[at:])) <= min(len(short) + 5, len(short) * 2)


def _bracket(match: re.Match[str]) -> str:
    inner = match[1].strip(" ,;")
    head = before(match).rstrip()
    following = match.string[match.end() : match.end() + 1]
    if not re.search(r"\w", inner) or re.fullmatch(r"sic|PDF|pdf|link", inner):
        return " "
    if (
        re.fullmatch(r"[A-Z][\w.&-]{1,11}", inner)
        and sum(c.isupper() for c in inner) > 1
        and _stands_for(inner, head)
    ):
        return " " if following.isalnum() else ""
    if _CITATION.fullmatch(inner):
        return ""
    if not head or head[-1] in ".!?:":
        return f" {inner}" + (" " if inner[-1] in ".!?" else ", ")
    if re.search(
        r"\b(?:and|or|the|an?|of|for|with|to|in|by|as|is|are|see|step|equation|his|her|its|their|very)$",
        head,
    ):
        return f" {inner} "
    return f", {inner.rstrip('.')}, "


_CITATION = re.compile(
    r"(?:(?:see|cf\.?|compare|e\.g\.,?|for example,?)\s)?"
    r"[A-Z][^\s;]*(?:[ ,&]+(?:[A-Z][\w'.-]*|and|et|al\.?|colleagues))*,?\s"
    r"(?:(?:1[89]|20)\d\d[a-z]?|(?:nineteen|twenty)\s[\w-]+(?:\s[\w-]+)?)(?:;[^()]*)?"
)

# --- marks --------------------------------------------------------------------------------------

_OR = frozenset("or not no false off fail her hers she lose down".split())


def _slash(match: re.Match[str]) -> str:
    left, right = match.groups()
    if match[0] in ("TCP/IP", "CI/CD", "PS/2", "OS/2"):
        return f"{left} {right}"
    if (left.lower(), right.lower()) == ("and", "or"):
        return "or"
    if right.lower() in _OR or left.lower() == "either":
        return f"{left} or {right}"
    if len(left) == 1 and len(right) == 1:
        return f"{left} {right}"
    return f"{left} and {right}"


_CAPS = re.compile(r"[A-Z]")
_SMALL = frozenset("A AN AND AS AT BUT BY FOR FROM IN INTO IS OF ON OR THE TO WITH".split())
_INITIALISMS = frozenset(
    "AI API CEO CNN BBC FBI CIA USA NASA IBM LLM GPT GPU US UK EU UN IT ML NVIDIA".split()
)


def _calm(match: re.Match[str]) -> str:
    """A run of words in capitals: a headline is calmed, a run of names is left."""
    words = match[0].split(" ")
    loud = [word for word in words if len(word) >= 4 and pronounceable(word) and word not in _INITIALISMS]
    if len(loud) < 2 and not (len(loud) == 1 and any(word in _SMALL for word in words)):
        return match[0]
    return " ".join(_calm_word(word, first=place == 0) for place, word in enumerate(words))


def _calm_word(word: str, first: bool) -> str:
    if word in _SMALL:
        return word.capitalize() if first else word.lower()
    if word in _INITIALISMS or len(word) < 3 or not (len(word) > 5 or pronounceable(word)):
        return word
    return "-".join(part.capitalize() for part in word.split("-"))


_ONSET = (
    r"(?:[BCDFGHJKLMNPRSTVWYZ]|[BCFGKPST]R|[BCFGKPS]L|S[CKMNPTW]|S[CPT]R|[CSTWP]H|TW|QU|THR|CHR|SHR|KN|WR)"
)
_VOWEL = r"(?:[AEIOUY]|EA|EE|OO|OU|AI|AY|EY|OY|AU|AW|EW|OW|IE|IO|IA|OI|OA|UA|UI|UE|EI|EO|IOU)"
_CODA = (
    r"(?:[BCDFGHKLMNPRSTVWXZ]|LL|SS|FF|CK|NG|NK|ND|NT|NS|NC|NCH|RS|RT|RD|RK|RM|RN|RC|RG|RL|RP|RCH|RTH|LD|LT|LK|LM|LP|LF"
    r"|LS|ST|SK|SP|SH|CH|TH|PH|PT|CT|FT|MP|MPS|MS|TS|PS|KS|CKS|DS|GS|BS|GH|GHT|NGS|NDS|NTS|STS|RLD|RST|RTS|RDS|RKS|RMS|RNS|TCH|DGE|CS|XT|SKS|PHS|THS|TCHES|LTS|LDS|X|WN|WS|WL)"
)
_SYLLABLES = re.compile(rf"(?:{_ONSET}?{_VOWEL}{_CODA}?)+")


def pronounceable(word: str) -> bool:
    """Whether a word in capitals can be read as a word: English onsets, vowels and codas."""
    return len(word) <= 20 and all(
        bool(part) and bool(_SYLLABLES.fullmatch(part)) for part in word.split("-")
    )


def _open(match: re.Match[str]) -> str:
    head = before(match, 4)
    opens = not head or (re.search(r"(?<!\.\.)[.!?][\"']? $", head) and match.start() > 1)
    return match[0].capitalize() if opens else match[0]


def _marks(match: re.Match[str]) -> str:
    """Of several marks the one that weighs most: `...`, else `.`, `!` or `?`, else the first."""
    marks = match[0]
    if ".." in marks:
        return "..."
    return next((mark for mark in marks if mark in ".!?"), marks.replace(",", "")[:1] or ",")


ABBREVIATIONS = (
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

RULES = (
    Rule(
        "rate",
        ("It is ten dollars/month.", "It is ten dollars a month."),
        r"(?<=[a-z])\s?/\s?(second|minute|hour|day|week|month|quarter|year|user|person|seat|unit)\b|(?<=\w)\s?/\s?(mo|yr|hr|wk)\b",
        lambda match: (
            f" {'an' if (match[1] or match[2]).startswith('h') else 'a'} {match[1] or _RATES[match[2]]}"
        ),
        "/",
    ),
    Rule(
        "hyphens of a rate",
        ("A five-dollar-per-month plan.", "A five-dollar per month plan."),
        r"[-\s](per|an?)-(?=second|minute|hour|day|week|month|quarter|year|user|person|seat|unit|share|barrel)",
        r" \1 ",
    ),
    Rule(
        "Roman numeral of a part",
        ("Phase I and Part V.", "Phase One and Part Five."),
        r"[IVX](?<=\s[IVX])\b(?!['.]\w)",
        _roman_part,
        "IVX",
    ),
    Rule(
        "Roman numeral",
        (
            "World War II, EIS XIII, Charles III, the XXI century.",
            "World War Two, EIS Thirteen, Charles the third, the twenty-first century.",
        ),
        r"[IVX](?<=\s[IVX])[IVX]+\b(?![-'.]\w)",
        _roman,
        "IVX",
    ),
    Rule("possible ending", ("The model(s) won.", "The models won."), r"(?<=[a-z])\((e?s)\)", r"\1", "("),
    Rule(
        "possible prefix", ("It is (non-)normal.", "It is non-normal."), r"\((\w{1,5}-?)\)(?=\w)", r"\1", "("
    ),
    Rule(
        "round bracket",
        ("Skin in the Game (SKIG), a method (new) by us.", "Skin in the Game, a method, new, by us."),
        r"\s?\(([^()]*)\)",
        _bracket,
        "(",
    ),
    Rule(
        "square bracket", ("He [Smith] left [sic].", "He Smith left."), r"\[(?:sic|\.{3}|)\]|[\[\]]", "", "[]"
    ),
    Rule("stray bracket", ("First) done.", "First done."), r"[()]+", " ", "()"),
    Rule("and in short", ("Rock 'n' roll.", "Rock and roll."), r"(?<=\w)\s?'n'?\s(?=\w)", " and ", "'"),
    Rule(
        "quoted with apostrophes",
        ("The 'quiet' ones.", 'The "quiet" ones.'),
        r"(?<![\w'])'(?=[^\s'])([^'\n]{1,80}?(?:(?<=\w)'\w[^'\n]{0,80}?)?)(?<=[^\s'])'(?![\w'])",
        r'"\1"',
        "'",
    ),
    Rule("arrow", ("From A -> B.", "From A to B."), r"\s*(?:-+|=+)>\s*", " to ", ">"),
    Rule("en dash in a word", ("The AI–human gap.", "The AI-human gap."), r"(?<=\w)–(?=\w)", "-", "–"),
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
    Rule("hanging hyphen", ("ML- and AI-driven.", "ML and AI-driven."), r"(?<=\w)-(?!\w)|(?<!\w)-", "", "-"),
    Rule("bullet", ("One • two.", "One, two."), r"\s*•\s*", ", ", "•"),
    Rule(
        "slash",
        ("An LLM/Rule-based and/or A/B test.", "An LLM and Rule-based or A B test."),
        r"(?<![\w/])(\w+(?:[-'.]\w+)*+)/(\w+(?:[-'.]\w+)*+)(?![\w/])",
        _slash,
        "/",
    ),
    Rule("other slash", ("It is a/b/c.", "It is a, b, c."), r"\s*/+\s*", ", ", "/"),
    Rule("ampersand", ("R&D at A & B.", "R and D at A and B."), r"\s*&\s*", " and ", "&"),
    Rule("plus plus", ("Write C++ now.", "Write C plus plus now."), r"(?<=\w)\+\+(?!\+)", " plus plus ", "+"),
    Rule(
        "plus sign",
        ("Command R+ is AI+ML.", "Command R plus is AI plus ML."),
        r"(?<=\w)\s?\+(?!\+)(?:\s?(?=\w)|)|(?<!\+)\+(?=\w)",
        lambda match: " plus" + (" " if match.string[match.end() : match.end() + 1].isalnum() else ""),
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
        "greater", ("If a > b.", "If a is greater than b."), r"(?<=\w)\s>\s(?=\w)", " is greater than ", ">"
    ),
    Rule("less", ("If a < b.", "If a is less than b."), r"(?<=\w)\s<\s(?=\w)", " is less than ", "<"),
    Rule("squared", ("The x^2 term.", "The x squared term."), r"(?<=\w)\^(?:2\b|two\b)", " squared", "^"),
    Rule(
        "power",
        ("The x^n term.", "The x to the power of n term."),
        r"(?<=\w)\^(?=\w)",
        " to the power of ",
        "^",
    ),
    Rule("percent sign", ("The x% share.", "The x percent share."), r"(?<=\w)\s?%", " percent", "%"),
    Rule("degree sign", ("The n° mark.", "The n degrees mark."), r"°", " degrees", "°"),
    Rule("by sign", ("It is n × m.", "It is n by m."), r"\s*×\s*", " by ", "×"),
    Rule("at sign", ("Meet @ noon.", "Meet at noon."), r"(?<=\s)@(?=\s)", "at", "@"),
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
        ("Use numpy.array in README.md here.", "Use numpy dot array in README dot md here."),
        r"\.(?=\w)(?:(?<=[a-z]\.)(?=[a-z])|(?<=\w\.)(?=(?:md|py|js|ts|txt|pdf|json|csv|html|cpp|exe|toml|ya?ml|ipynb)\b))",
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
        "shouting",
        ("BREAKING NEWS FROM PARIS", "Breaking News from Paris"),
        r"[A-Z](?<![\w'-]\w)[A-Z-]*(?: [A-Z][A-Z-]*)+(?![\w'])",
        _calm,
    ),
    Rule(
        "said twice",
        ("Over 250+ came, some ~5 left.", "Over two hundred and fifty came, some five left."),
        r"(?<=[a-z]) (?:(?<=[Mm]ore than )|(?<=[Oo]ver )|(?<=[Aa]bove ))more than(?= )"
        r"|(?<=[a-z]) (?:(?<=[Aa]bout )|(?<=[Ss]ome )|(?<=[Aa]round )|(?<=[Rr]oughly )|(?<=[Nn]early ))about(?= )",
        "",
    ),
    Rule(
        "number opens a sentence",
        ("7 came. 20 left.", "Seven came. Twenty left."),
        r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
        r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|minus|more than|less than)\b",
        _open,
    ),
    Rule("space", ("So   much.", "So much."), r"\s(?:\s+|(?<! ))", " "),
    Rule("space before a mark", ("Well , yes .", "Well, yes."), r"  *+(?=[,.;:!?](?![\w.]))", ""),
    Rule(
        "marks in a row",
        ("What?! Yes,. No;, Wait.. what....", "What? Yes. No; Wait... what..."),
        r"[.,;:!?]{2,}",
        _marks,
    ),
    Rule("loose mark", ("Good. , Next.", "Good. Next."), r"([.!?;:,])(?: [,;:.]+(?= |$))+", r"\1"),
)
