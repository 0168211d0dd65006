"""Text as it is copied from pages becomes plain text: bytes decoded, HTML and LaTeX taken out."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from podcast.errors import SourceError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?\bcharset\s*=\s*["']?([\w.:-]+)""",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\xad]"
)
"""Characters that cannot be seen, and those that turn the direction of what follows."""


def decode(name: str, data: bytes, charset: str = "") -> str:
    """The text that `data` holds: by its byte order mark, by `charset`, by what it declares, else UTF-8.

    Raises SourceError, which calls it `name`, when that is not how it is written, or when it is no text.
    """
    declared = _DECLARED.search(data[:2048])
    word = charset or (next(filter(None, declared.groups())).decode() if declared else "utf-8")
    for mark, marked in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            word = marked
    try:
        codec = codecs.lookup(word).name
        # Browsers read what calls itself Latin-1 as Windows-1252 (WHATWG Encoding, section 4.2).
        text = data.decode("cp1252" if codec in ("iso8859-1", "ascii") else codec)
    except UnicodeDecodeError as error:
        what = f"byte 0x{data[error.start]:02x} at {error.start} is not {word}"
        raise SourceError(f"{name}: {what}. Save it as UTF-8") from error
    except (LookupError, ValueError) as error:
        raise SourceError(f"{name}: its encoding {word!r} is not known. Save it as UTF-8") from error
    if data.startswith(b"%PDF") or "\0" in text:
        what = "a PDF" if data.startswith(b"%PDF") else "binary data"
        raise SourceError(f"{name}: this is {what}, not text. Name a page, a feed or a text file")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def line(text: str) -> str:
    """The text on one line, without characters that cannot be seen."""
    return " ".join(_CONTROL.sub("", text).split())


def page_key(link: str) -> str:
    """What two addresses of one page have in common: no scheme, no `www.`, nothing that only counts visits.

    All of arXiv's addresses of a paper have one key.
    """
    bare = re.sub(r"^https?://(?:www\.)?|#.*$", "", link)
    page, _, query = bare.partition("?")
    kept = "&".join(part for part in query.split("&") if part and not _COUNTING.match(part))
    page = page.rstrip("/")
    if paper := _ARXIV.fullmatch(page):
        return f"arxiv.org/{paper[1]}"
    return f"{page}?{kept}" if kept else page


_COUNTING = re.compile(r"(?:utm_\w+|ref|source|fbclid|gclid|trk|cmpid)(?:=|$)")
_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d+)(?:v\d+)?(?:\.pdf)?")


# --- HTML ---------------------------------------------------------------------------------------

_UNREAD = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "form",
    "button",
    "nav",
    "aside",
    "footer",
    "figure",
    "head",
)
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "td", "th"),
        *("tr", "ul"),
    )
)


def html_tree(name: str, text: str) -> HtmlElement:
    """The document that HTML `text` is. Raises SourceError, which calls it `name`, when there is none."""
    from lxml import etree, html

    try:
        # Given as bytes, for lxml refuses text that declares an encoding.
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
        return html.document_fromstring(_CONTROL.sub("", text).encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"{name}: this is no HTML that can be read. Check it in a browser") from error


def paragraphs(element: HtmlElement) -> list[str]:
    """The text of the element's blocks in order, one line each; navigation, scripts and figures left out."""
    parts: list[str] = []
    for piece in _pieces(element):
        if piece == "\n" or not parts:
            parts.append("")
        parts[-1] += piece if piece != "\n" else ""
    return [text for text in map(line, parts) if text]


def plain(html: str) -> str:
    """A fragment of HTML, as feeds hold it, as paragraphs parted by empty lines."""
    if "<" not in html and "&" not in html:
        return "\n\n".join(filter(None, map(line, re.split(r"\n\s*\n", html))))
    return "\n\n".join(paragraphs(html_tree("a fragment", f"<div>{html}</div>"))) if html.strip() else ""


def _pieces(element: HtmlElement) -> Iterator[str]:
    """The text below the element, a line break where a block begins and ends."""
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, left = stack.pop()
        block = node.tag in _BLOCKS
        if left:
            if block:
                yield "\n"
            if node is not element and node.tail:
                yield node.tail
            continue
        stack.append((node, True))
        if isinstance(node.tag, str) and node.tag not in _UNREAD:
            if block:
                yield "\n"
            yield node.text or ""
            stack.extend((child, False) for child in reversed(node))


# --- LaTeX --------------------------------------------------------------------------------------

_SYMBOLS = {
    "times": "×", "cdot": "·", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠",
    "approx": "≈", "sim": "~", "to": "→", "rightarrow": "→", "leftarrow": "←", "infty": "∞", "deg": "°",
    "circ": "°", "ell": "ℓ", "ldots": "...", "dots": "...", "cdots": "...", "gg": "≫", "ll": "≪", "in": "∈",
    "sum": "∑", "prod": "∏", "log": "log", "exp": "exp", "min": "min", "max": "max", "sqrt": "√",
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
_DROPPED = re.compile(r"~?\\(?:cite[a-z]*|label|footnote|ref|eqref)\*?(?:\[[^\]]*\])*\{[^{}]*\}")
_CITED = re.compile(
    r"(?<=[\w)])(?<!\bin)(?<!\bto)(?<!\bof) \[[1-9]\d{0,2}(?:\s?[,–-]\s?\d{1,3})*\](?=[\s.,;:)]|$)"
)
_HREF = re.compile(r"\\href\{([^{}]*)\}\{([^{}]*)\}")
_FRACTION = re.compile(r"\\[td]?frac\{([^{}]*)\}\{([^{}]*)\}")
_WRAPPED = re.compile(r"\\[a-zA-Z]+\*?\{([^{}]+)\}")
_SWITCH = re.compile(r"\{\\(?:em|it|bf|tt|sc|sf|rm|sl|itshape|bfseries)\b\s*([^{}]*)\}")
_COMMAND = re.compile(r"\\([a-zA-Z]+)(?:\{\})?")
_SPACING = re.compile(r"\\[,;:!]")
_ESCAPED = re.compile(r"\\([%&#_{}$ ])")
# Where a dollar is money and where mathematics, as in Pandoc's manual, extension tex_math_dollars.
_MATH = re.compile(r"(?<![\w$\\])\$(?![\s$])(?:(\\[a-zA-Z]+)\$|([^$\n]{1,200}?)(?<![\s\\])\$(?![\w$]))")
_QUOTES = re.compile(r"``([^`']{1,300})''")


def untex(text: str) -> str:
    """Text of a paper without its LaTeX: accents and symbols become letters, commands what they show."""
    text = _CITED.sub("", text)
    if not any(sign in text for sign in "\\${`"):
        return text
    text = _QUOTES.sub(r'"\1"', text)
    text = _ACCENT.sub(_accented, text)
    text = _HREF.sub(r"\2", _DROPPED.sub("", text))
    text = _MATH.sub(lambda match: _formula(match[1] or match[2]), text)
    return _ESCAPED.sub(r"\1", _commands(text))


def _commands(text: str) -> str:
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
