"""What is left of LaTeX in titles and abstracts."""

from __future__ import annotations

import re
import unicodedata

from podcast.language.english.spelling.numerals import decimal, model_number
from podcast.language.english.spelling.rule import Rule, before

_SILENT = frozenset(
    "textbf textit texttt textrm textsc textsf text emph em bf it rm sc tt sf mathrm mathbf "
    "mathcal mathbb mathit mathsf boldsymbol bm underline left right big Big bigl bigr "
    "displaystyle textstyle item begin end noindent centering url href quad qquad mbox hbox "
    "operatorname hat bar tilde vec limits nolimits small large Large".split()
)
_COMMANDS = {
    "deg": "°",
    "degree": "°",
    "circ": "°",
    "times": " times ",
    "cdot": " times ",
    "le": " at most ",
    "leq": " at most ",
    "ge": " at least ",
    "geq": " at least ",
    "ne": " is not ",
    "neq": " is not ",
    "approx": " about ",
    "sim": " about ",
    "pm": " plus or minus ",
    "to": " to ",
    "rightarrow": " to ",
    "infty": " infinity ",
    "in": " in ",
    "ldots": "...",
    "dots": "...",
    "percent": "%",
    "ell": " L ",
    "textdegree": "°",
    "textendash": "–",
    "textemdash": "—",
    "sqrt": " square root of ",
}
_ACCENTS = dict(
    zip(
        "'\"`^~=.Hcvukr",
        "\u0301\u0308\u0300\u0302\u0303\u0304\u0307\u030b\u0327\u030c\u0306\u0328\u030a",
        strict=True,
    )
)


def _command(match: re.Match[str]) -> str:
    name = match[1]
    return "" if name in _SILENT else _COMMANDS.get(name, f" {name} ")


def _accent(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[2] + _ACCENTS[match[1]])


def _power(match: re.Match[str]) -> str:
    exponent = (match[1] or match[2] or "").strip()
    if not exponent:
        return " "
    said = {"2": " squared", "3": " cubed", "°": "°"}
    return said.get(exponent, f" to the power of {exponent.replace('-', 'minus ')}") + " "


def _greek(match: re.Match[str]) -> str:
    name = unicodedata.name(match[0]).removeprefix("GREEK ").split(" LETTER ")[-1]
    return name.removeprefix("FINAL ").replace("LAMDA", "LAMBDA").lower()


def _greek_before_latin(match: re.Match[str]) -> str:
    """`Φsat` as `Phi-sat`, `Δt` as `delta t`."""
    following = match.string[match.end() : match.end() + 2]
    if match[0] == "μ" and before(match, 2).rstrip()[-1:].isdigit():
        return match[0]
    if not following[1:].isalpha():
        return f"{_greek(match)} "
    return f"{_greek(match).capitalize() if match[0].isupper() else _greek(match)}-"


_SIGNS = {"+": "plus", "-": "minus", "=": "equals"}


_FUNCTIONS = frozenset("log ln exp sin cos tan min max det lim gcd".split())
_GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi "
    "rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi "
    "Psi Omega".split()
)
# Commands that change the letter under them: without them it is another one.
_MODIFIERS = frozenset("hat bar tilde vec underline".split())
_SAYABLE = frozenset(_COMMANDS) | (_SILENT - _MODIFIERS) | _FUNCTIONS | _GREEK
_FRACTION = re.compile(r"\\[td]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMPARISONS = {"<": " is less than ", ">": " is greater than "}
_LONGEST_FORMULA = 60


def say_formula(formula: str) -> str:
    """Say a formula between dollar signs in words, figures kept.

    Empty for one that words do not carry.

    Sums, integrals, matrices and fractions within fractions are for the eye.
    """
    inner = _FRACTION.sub(r"\1 over \2", formula.strip("$ ").replace("\\%", "%"))
    if (
        len(inner) > _LONGEST_FORMULA
        or not set(re.findall(r"\\([A-Za-z]+)", inner)) <= _SAYABLE
    ):
        return ""

    said = re.sub(
        r"[<>]", lambda sign: _COMPARISONS[sign[0]], _say(re.sub(r"\\[,;:! ]", " ", inner))
    )
    said = re.sub(r"\s+(?=[,.])", "", " ".join(said.split()))
    return said if re.fullmatch(r"[\w\s.,+=/()'%°!±–-]*", said) else ""


def _math(match: re.Match[str]) -> str:
    said = _say(match[1] or match[2])
    if re.search(r"[A-Za-z]", said) and re.search(r"[+=\d]", said):
        said = re.sub(
            r"(?<![\w.,])\d{1,15}(?:\.\d+)?(?![\w%°])", lambda figure: decimal(figure[0]), said
        )
    return said


def _say(formula: str) -> str:
    said = _FRACTION.sub(r"\1 over \2", formula)
    said = re.sub(r"\^\s*(?:\{([^{}]*)\}|(\\?[A-Za-z]+|\d+|.))", _power, said)
    said = re.sub(r"_\s*(?:\{([^{}]*)\}|(\w))", lambda sub: f" {sub[1] or sub[2] or ''} ", said)
    said = re.sub(r"\\([A-Za-z]+)\*?", _command, said)
    said = re.sub(r"[{}]", "", re.sub(r"(?<=\d)\{?(?=[A-Za-z])", " ", said))
    said = re.sub(r"\b([A-Za-z])\(([^()]{1,20})\)", r"\1 of \2", said)
    if re.search(r"[A-Za-z]", said) and re.search(r"[+=\d]", said):
        said = re.sub(
            r"(?<=[\w}) ])\s?([-+=])\s?(?=[\w{( ])", lambda sign: f" {_SIGNS[sign[1]]} ", said
        )
    return said


# Elements of which isotopes are in the news.
_ELEMENTS = {
    "He": "helium",
    "Li": "lithium",
    "Be": "beryllium",
    "Al": "aluminum",
    "Cl": "chlorine",
    "Co": "cobalt",
    "Sr": "strontium",
    "Tc": "technetium",
    "Xe": "xenon",
    "Cs": "cesium",
    "Ra": "radium",
    "Th": "thorium",
    "Pu": "plutonium",
    "Am": "americium",
    "Kr": "krypton",
    "Pb": "lead",
    "Fe": "iron",
    "Ni": "nickel",
    "Ca": "calcium",
    "H": "hydrogen",
    "B": "boron",
    "C": "carbon",
    "N": "nitrogen",
    "O": "oxygen",
    "F": "fluorine",
    "P": "phosphorus",
    "S": "sulfur",
    "K": "potassium",
    "I": "iodine",
    "U": "uranium",
}

RULES = (
    Rule(
        "sign in a name",
        ("Ke$ha, A$AP Rocky and P!nk sang.", "Kesha, Asap Rocky and Pink sang."),
        r"\b([A-Z][a-z]*)\$([A-Za-z]{1,10})(?![\w$])|\b([A-Z])!([a-z]{1,8})\b",
        lambda match: (
            f"{match[1]}s{match[2].lower()}" if match[1] else f"{match[3]}i{match[4]}"
        ),
        "$!",
    ),
    Rule(
        "path of Windows",
        (r"Open C:\Users\me\file.txt now.", "Open C, Users, me, file dot txt now."),
        r"\b([A-Za-z]):\\((?:[\w .-]{1,40}\\){0,12}[\w.-]{0,40})",
        lambda match: ", ".join([match[1], *match[2].strip("\\").split("\\")]),
        "\\",
    ),
    Rule(
        "LaTeX sign before a figure",
        ("Some $\\sim$5% of it.", "Some five percent of it."),
        r"(?<!\\)\$\\(sim|approx|pm|times|leq?|geq?)\s?\$(?=\d)",
        lambda match: _COMMANDS[match[1]].lstrip(),
        "$",
    ),
    Rule(
        "LaTeX math",
        ("Up to $10^6$ steps of $\\alpha$.", "Up to ten to the power of six steps of alpha."),
        r"(?<!\\)\$(?:(?![\s\d])([^$\n]{1,80})(?<![\s\\])|"
        r"([^$\n]{0,80}[\\^_{}=][^$\n]{0,80}))\$(?!\d)",
        _math,
        "$",
    ),
    Rule(
        "LaTeX accent",
        ('The G\\"{o}del machine.', "The Gödel machine."),
        r"\\(?=['\"`^~=.]|[Hcvukr]\{[A-Za-z]\})(.)\s?\{?([A-Za-z])\}?",
        _accent,
        "\\",
    ),
    Rule(
        "LaTeX reference",
        ("Known \\cite{x2020} facts.", "Known facts."),
        r"\s?\\(?:cite[a-z]*|ref|eqref|label|footnotemark|vspace|hspace)\*?\{[^{}]*\}",
        "",
        "\\",
    ),
    Rule(
        "escaped sign",
        ("Up 50\\% today.", "Up fifty percent today."),
        r"\\([%$&#_{}~^*.`'\"!\[\]()+-])",
        r"\1",
        "\\",
    ),
    Rule(
        "LaTeX command",
        ("A \\textbf{firm} yes.", "A firm yes."),
        r"\\([A-Za-z]+)\*?",
        _command,
        "\\",
    ),
    Rule(
        "Greek letter",
        ("The β-test of α.", "The beta-test of alpha."),
        r"[α-ωΑ-Ω](?<!\w\w)(?<!\d\sΩ)(?!\w)",
        _greek,
    ),
    Rule(
        "two Greek letters",
        ("The αβ cell.", "The alpha beta cell."),
        r"[α-ωΑ-Ω](?<!\w\w)(?=[α-ωΑ-Ω](?!\w))",
        lambda match: f"{_greek(match)} ",
    ),
    Rule(
        "Greek letter in a name",
        ("The Φsat mission.", "The Phi-sat mission."),
        r"[α-ωΑ-Ω](?<!\w\w)(?<!\d-.)(?=[A-Za-z])",
        _greek_before_latin,
    ),
    Rule(
        "isotope",
        ("Some ¹⁴C and ²³⁵U.", "Some carbon fourteen and uranium two thirty-five."),
        rf"\^(\d{{1,3}})({'|'.join(_ELEMENTS)})(?!\w)",
        lambda match: f"{_ELEMENTS[match[2]]} {model_number(match[1])}",
        "^",
    ),
    Rule("LaTeX tie", ("By Li~Wei.", "By Li Wei."), r"(?<=[\w.])~(?=\w)", " ", "~"),
    Rule(
        "brace",
        ("Turn 360{\\deg} now.", "Turn three hundred and sixty degrees now."),
        r"[{}]",
        "",
        "{}",
    ),
)
