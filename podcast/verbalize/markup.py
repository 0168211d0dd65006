"""What is there for the eye or a program: Unicode's oddities, HTML, Liquid, Markdown, LaTeX, addresses."""

# ruff: noqa: SIM905 -- lists of words read best as text
from __future__ import annotations

import html
import re
import unicodedata

from podcast.verbalize.rule import Rule

_SAID = {
    **dict.fromkeys("‘’‚‛′´ʼ＇", "'"),
    **dict.fromkeys("“”„‟″«»〝〞", '"'),
    **dict.fromkeys("‐‑⁃﹣−", "-"),
    **dict.fromkeys("‒–﹘", "–"),
    **dict.fromkeys("—―⸺⸻", "—"),
    **dict.fromkeys("•‣◦▪●", " • "),
    **dict.fromkeys("·∙⋅・", " "),
    **dict.fromkeys("™®©℠", ""),
    **dict.fromkeys("→⇒⟶➡➔", " to "),
    **dict.fromkeys("≈≃∼", " about "),
    **{mark: f"^{power}" for power, mark in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **dict(
        zip(
            "½⅓⅔¼¾⅛⅜⅝⅞", (" 1/2", " 1/3", " 2/3", " 1/4", " 3/4", " 1/8", " 3/8", " 5/8", " 7/8"), strict=True
        )
    ),
    **dict(zip("。、，！？：；", (". ", ", ", ", ", "! ", "? ", ": ", "; "), strict=True)),
    "…": "...",
    "∆": "Delta",
    "№": "No. ",
    "℃": "°C",
    "℉": "°F",
    "º": "°",
    "µ": "μ",
    "≤": " at most ",
    "≥": " at least ",
    "≠": " is not ",
    "±": " plus or minus ",
    "÷": " divided by ",
    "∞": " infinity ",
    "§": " section ",
    "‰": " per mille ",
    "⁄": "/",
}
_KEPT = frozenset("€£¥₹₩°–—×")
_VARIATIONS = frozenset(range(0xFE00, 0xFE10)) | {0x20E3}


class _Characters(dict[int, str]):
    """A table for `str.translate` that works out a character when it first meets it."""

    def __missing__(self, code: int) -> str:
        self[code] = said = self._say(chr(code))
        return said

    @staticmethod
    def _say(char: str) -> str:
        if char in _SAID:
            return _SAID[char]
        kind = unicodedata.category(char)
        if (char.isascii() and kind != "Cc") or char in _KEPT:
            return char
        if ord(char) in _VARIATIONS or kind in ("Cf", "Cs", "Co", "Cn") or char == "\0":
            return ""
        if kind == "Nd":
            return str(unicodedata.decimal(char))
        if kind[0] in "CZ":
            return "\n" if char in "\n\x0b\x0c\r\x85\u2028\u2029" else " "
        plain = unicodedata.normalize("NFKC", char)
        if plain.isascii():
            return plain
        return char if kind[0] in "LM" else " "


_CHARACTERS = _Characters()


def plain(text: str) -> str:
    """Entities become characters, and characters the ones that the rules know: no control, emoji or odd space."""
    if "&" in text:
        text = html.unescape(text)
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text).translate(_CHARACTERS)


_MARKER = re.compile(r"^(?:\s*(?:[-*+•>]|#{1,6}|\d{1,3}[.)])(?=\s))+\s*")
_RULER = re.compile(r"^[\s|:*_=-]*$")


def one_line(text: str) -> str:
    """Join the lines; a heading, an item or a paragraph that ends without a stop gets one."""
    joined = ""
    opens = True
    for line in text.split("\n"):
        if _RULER.match(line):
            opens = True
            continue
        words = _MARKER.sub("", line)
        opens = opens or words != line.lstrip()
        if opens and joined and joined[-1] not in ".!?:;,":
            joined += "."
        joined = f"{joined} {words.strip()}" if joined else words.strip()
        opens = False
    return joined


# --- LaTeX --------------------------------------------------------------------------------------

_SILENT = frozenset(
    "textbf textit texttt textrm textsc textsf text emph em bf it rm sc tt sf mathrm mathbf mathcal mathbb "
    "mathit mathsf boldsymbol bm underline left right big Big bigl bigr displaystyle textstyle item begin end "
    "noindent centering url href quad qquad mbox hbox operatorname hat bar tilde vec limits nolimits small "
    "large Large".split()
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
    exponent = (match[1] or match[2]).strip()
    said = {"2": " squared", "3": " cubed", "°": "°"}
    return said.get(exponent, f" to the power of {exponent.replace('-', 'minus ')}") + " "


def _math(match: re.Match[str]) -> str:
    said = re.sub(r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1 over \2", match[1] or match[2])
    said = re.sub(r"\^\s*(?:\{([^{}]*)\}|(\\?[A-Za-z]+|\d+|.))", _power, said)
    said = re.sub(r"_\s*(?:\{([^{}]*)\}|(\w))", lambda sub: f" {sub[1] or sub[2]} ", said)
    return re.sub(r"\\([A-Za-z]+)\*?", _command, said)


# --- addresses ----------------------------------------------------------------------------------

_TLD = "com|org|net|edu|gov|io|ai|AI|Ai|co|uk|UK|eu|dev|app|news|tv|info|de|fr|jp|cn|ca|au|ch|tech|xyz|blog"
_LETTERED = frozenset("ai io uk eu tv us".split())


def _domain(name: str) -> str:
    """`www.example.co.uk` as `example dot co dot UK`."""
    parts = [part for part in re.split(r"\.+", name.removeprefix("www.")) if part]
    last = parts[-1] if parts else ""
    if len(parts) > 1 and last.lower() in _LETTERED:
        parts[-1] = last.upper()
    return " dot ".join(parts)


def _url(match: re.Match[str]) -> str:
    stop = match[2][-1:] if match[2][-1:] in tuple(".,;:!?") else ""
    name = match[1]
    if not match[2] and name.endswith("."):
        stop = "."
    return _domain(name) + stop


def _email(match: re.Match[str]) -> str:
    user = re.sub(r"[._+-]+", lambda mark: {".": " dot ", "-": " dash "}.get(mark[0], " "), match[1])
    return f"{user.strip()} at {_domain(match[2])}"


def _hashtag(match: re.Match[str]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[1])


RULES = (
    Rule(
        "characters",
        ("“AT&amp;T”\u200b… 💡\u00a0５G", '"AT and T"... 5G'),
        r"(?s)\A.+\Z",
        lambda match: plain(match[0]),
    ),
    Rule(
        "HTML comment",
        ("So <!-- not this --> it is.", "So it is."),
        r"(?s)<!--(?:(?!-->|<!--).)*+-->",
        " ",
        "<",
    ),
    Rule(
        "script or style block",
        ("Hear <style>p {color: red}</style>this.", "Hear this."),
        r"(?is)<(script|style|iframe)\b[^<>]*>(?:(?!</?(?:script|style|iframe)).)*+</\1\s*>",
        " ",
        "<",
    ),
    Rule("Liquid tag", ("{% include x.html %}Good.", "Good."), r"(?s)\{%(?:(?!%\}|\{%).)*+%\}", "", "{"),
    Rule(
        "Liquid value",
        ("The {{ page.title }} end.", "The end."),
        r"(?s)(?<![\w\\}^])\{\{(?:(?!\}\}|\{\{).)*+\}\}",
        "",
        "{",
    ),
    Rule("code fence", ("```text\nHello.\n```", "Hello."), r"(?m)^[ \t]*(?:`{3}|~{3})[^\n]*$", "\n", "`~"),
    Rule(
        "autolink",
        ("See <https://example.org>.", "See example dot org."),
        r"<([^<>\s]*[:@][^<>\s]*)>",
        r"\1",
        "<",
    ),
    Rule(
        "block tag",
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        r"(?i)</?(?:p|br|div|li|ul|ol|h[1-6]|tr|table|blockquote|hr|section)\b[^<>]*>",
        "\n\n",
        "<",
    ),
    Rule("LaTeX quotes", ("The ``red'' one.", 'The "red" one.'), r"``([^`']*)''", r'"\1"', "`"),
    Rule("tag", ("A <b>bold</b> move.", "A bold move."), r"</?[A-Za-z][^<>]*>", "", "<"),
    Rule(
        "lines",
        ("# News\n\n- One,\n  two\n- Three", "News. One, two. Three"),
        r"(?s)\A.+\Z",
        lambda match: one_line(match[0]),
    ),
    Rule("image", ("Look ![a cat](cat.png) here.", "Look here."), r"!\[[^\[\]]*\]\([^()]*\)", "", "!"),
    Rule(
        "link",
        ("Read [the paper](https://x.org/y).", "Read the paper."),
        r"\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\]\([^()]*\)",
        r"\1",
        "[",
    ),
    Rule(
        "reference link",
        ("Read [the paper][2].", "Read the paper."),
        r"\[([^\[\]]+)\]\[[^\[\]]*\]",
        r"\1",
        "[",
    ),
    Rule(
        "citation mark",
        ("As shown [3, 5-7] before.", "As shown before."),
        r"\s?\[\^?[\d\s,;–-]*\]|\s?\[\^[^\[\]\s]*\]",
        "",
        "[",
    ),
    Rule(
        "LaTeX math",
        ("Up to $10^6$ steps of $\\alpha$.", "Up to ten to the power of six steps of alpha."),
        r"(?<!\\)\$(?:(?![\s\d])([^$\n]{1,80})(?<![\s\\])|([^$\n]{0,80}[\\^_{}=][^$\n]{0,80}))\$(?!\d)",
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
    Rule("LaTeX command", ("A \\textbf{firm} yes.", "A firm yes."), r"\\([A-Za-z]+)\*?", _command, "\\"),
    Rule("LaTeX tie", ("By Li~Wei.", "By Li Wei."), r"(?<=[\w.])~(?=\w)", " ", "~"),
    Rule("brace", ("Turn 360{\\deg} now.", "Turn three hundred and sixty degrees now."), r"[{}]", "", "{}"),
    Rule("code tick", ("Run `make` first.", "Run make first."), r"`+", "", "`"),
    Rule(
        "emphasis",
        ("A **very *bold* one**.", "A very bold one."),
        r"(?<![\w*])\*{1,3}(?=\S)([^*\n]+)(?<=\S)\*{1,3}(?!\w)",
        r"\1",
        "*",
    ),
    Rule(
        "letter and star",
        ("The Q* project.", "The Q star project."),
        r"\b([A-Z])\*(?![\w*])",
        r"\1 star",
        "*",
    ),
    Rule(
        "underlined",
        ("An _odd_ one.", "An odd one."),
        r"(?<!\w)_{1,3}(?=\S)([^_\n]+)(?<=\S)_{1,3}(?!\w)",
        r"\1",
        "_",
    ),
    Rule(
        "web address",
        ("See https://www.example.org/a?b=c, now.", "See example dot org, now."),
        r"(?i)(?<![\w/])(?:(?:https?|ftp)://|www\.)([\w.-]+)((?:[:/?#][^\s<>\"()]*)?)",
        _url,
        ":wW",
    ),
    Rule(
        "e-mail address",
        ("Ask jane.doe@example.org.", "Ask jane dot doe at example dot org."),
        r"(?<![\w.+-])(?:mailto:)?([\w.+-]++)@((?:[\w-]++\.)+[A-Za-z]{2,})",
        _email,
        "@",
    ),
    Rule(
        "bare domain",
        ("It is on arxiv.org/abs today.", "It is on arxiv dot org today."),
        rf"(?<![\w@.-])((?:[\w-]++\.)+(?:{_TLD}))(?![\w-])((?:/[^\s<>\"()]*)?)",
        _url,
        ".",
    ),
    Rule("handle", ("Follow @jane_doe.", "Follow at jane doe."), r"(?<![\w@])@(?=\w)", "at ", "@"),
    Rule("C sharp", ("Written in C#.", "Written in C sharp."), r"\b([CF])#(?!\w)", r"\1 sharp", "#"),
    Rule(
        "hashtag",
        ("It is #MachineLearning day.", "It is Machine Learning day."),
        r"#([A-Za-z]\w*)",
        _hashtag,
        "#",
    ),
    Rule("underscore", ("The max_tokens knob.", "The max tokens knob."), r"_+", " ", "_"),
    Rule(
        "times sign", ("It is 3 * 4.", "It is three times four."), r"(?<=\d)\s?[*]\s?(?=\d)", " times ", "*"
    ),
    Rule("star", ("Terms* apply.", "Terms apply."), r"\*+", "", "*"),
)
