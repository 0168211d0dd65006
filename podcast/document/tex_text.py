"""LaTeX in titles and abstracts becomes the letters and signs that it shows."""

from __future__ import annotations

import re
import unicodedata

_SYMBOLS = {
    "times": "×", "cdot": "·", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠",
    "approx": "≈", "sim": "~", "to": "→", "rightarrow": "→", "leftarrow": "←", "infty": "∞", "deg": "°",
    "circ": "°", "ell": "ℓ", "ldots": "...", "dots": "...", "cdots": "...", "gg": "≫", "ll": "≪", "in": "∈",
    "sum": "∑", "prod": "∏", "log": "log", "exp": "exp", "min": "min", "max": "max", "sqrt": "√",
    "ln": "ln", "sin": "sin", "cos": "cos", "tan": "tan", "arg": "arg", "sup": "sup", "inf": "inf",
    "det": "det", "poly": "poly", "Pr": "Pr", "lim": "lim",
    "partial": "∂", "nabla": "∇", "epsilon": "ε", "varepsilon": "ε", "mid": "|", "vert": "|", "S": "§",
    "textdegree": "°", "textemdash": "—", "textendash": "–", "ss": "ß", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "quad": " ", "qquad": " ",
}  # fmt: skip
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_ACCENT = re.compile(
    r"\{?\\(?:(['`^\"~=.])\s*|([cvuHkr])(?:\s+|(?=\{)))(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))\}?"
)
_DROPPED = re.compile(
    r"~?\\(?:cite[a-z]*|label|footnote|ref|eqref)\*?(?:\[[^\]]*\])*\{[^{}]*\}"
)
_CITED = re.compile(
    r"(?<=[\w)])(?<!\bin)(?<!\bto)(?<!\bof) "
    r"\[[1-9]\d{0,2}(?:\s?[,–-]\s?\d{1,3})*\](?=[\s.,;:)]|$)"
)
_HREF = re.compile(r"\\href\{([^{}]*)\}\{([^{}]*)\}")
_FRACTION = re.compile(r"\\[td]?frac\{([^{}]*)\}\{([^{}]*)\}")
_WRAPPED = re.compile(r"\\[a-zA-Z]+\*?\{([^{}]+)\}")
_SWITCH = re.compile(r"\{\\(?:em|it|bf|tt|sc|sf|rm|sl|itshape|bfseries)\b\s*([^{}]*)\}")
_COMMAND = re.compile(r"\\([a-zA-Z]+)(?:\{\})?")
# Where a function's name follows a letter: `n\log n`.
_NAMED_FUNCTION = re.compile(
    r"(?<=[^\W_])(?=\\(?:log|ln|exp|min|max|sin|cos|tan|arg|sup|inf|det|poly)\b)"
)
_SPACING = re.compile(r"\\[,;:!]")
_ESCAPED = re.compile(r"\\([%&#_{}$ ])")
# Where a dollar is money and where mathematics, as in Pandoc's manual, extension
# tex_math_dollars.
_MATH = re.compile(
    r"(?<![\w$\\])\$(?![\s$])(?:(\\[a-zA-Z]+)\$|([^$\n]{1,200}?)(?<![\s\\])\$(?![\w$]))"
)
_QUOTES = re.compile(r"``([^`']{1,300})''")


def untex(text: str) -> str:
    """Text of a paper without its LaTeX.

    Accents and symbols become letters, commands what they show.
    """
    text = _CITED.sub("", text)
    if not any(sign in text for sign in "\\${`"):
        return text
    text = _QUOTES.sub(r'"\1"', text)
    text = _ACCENT.sub(_accented, text)
    text = _HREF.sub(r"\2", _DROPPED.sub("", text))
    text = _MATH.sub(lambda match: _formula(match[1] or match[2]), text)
    return _ESCAPED.sub(r"\1", _commands(text))


def untex_formulas(text: str) -> str:
    """Any text with the letters and signs of its formulas: of `$10^{4}$`, not of `$5 or $6`."""
    if text.count("$") < 2:
        return text
    return _MATH.sub(_formula_or_money, text)


def _formula_or_money(match: re.Match[str]) -> str:
    inner = match[1] or match[2]
    is_formula = len(inner) == 1 or any(sign in inner for sign in "\\^_{=")
    return _formula(inner) if is_formula else match[0]


def _commands(text: str) -> str:
    text = _NAMED_FUNCTION.sub(" ", text)
    before = ""
    while before != text:
        before = text
        text = _SWITCH.sub(r"\1", text)
        text = _FRACTION.sub(r"\1/\2", text)
        text = _WRAPPED.sub(r"\1", text)
        text = re.sub(r"\{(\\[a-zA-Z]+)\s*\}", r"\1{}", text)
    return _COMMAND.sub(_symbol, _SPACING.sub(" ", text))


def _formula(text: str) -> str:
    text = _ESCAPED.sub(r"\1", _commands(text))
    return re.sub(r"[{}]", "", text.replace("^°", "°").replace("^{°}", "°"))


def _accented(match: re.Match[str]) -> str:
    letter = match[3] or match[4]
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1] or match[2]])


def _symbol(match: re.Match[str]) -> str:
    name = match[1]
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return ""
