"""Blocks, tags and links: what HTML, Liquid and Markdown put around the words."""

from __future__ import annotations

import re

from podcast.language.english.spelling.characters import plain
from podcast.language.english.spelling.rule import Rule, before

# What stands between other angles, as in `<we are one>`, is text.
_TAGS = (
    "a|abbr|acronym|address|article|aside|audio|b|bdi|bdo|big|body|button|caption|center|cite|code|col|data|dd|"
    "del|details|dfn|dl|dt|em|embed|figcaption|figure|font|footer|form|head|header|html|i|img|input|ins|kbd|"
    "label|legend|link|main|map|mark|math|meta|nav|noscript|object|option|picture|pre|q|rp|rt|ruby|s|samp|"
    "section|select|small|source|span|strike|strong|sub|summary|sup|svg|tbody|td|template|textarea|tfoot|th|"
    "thead|time|title|track|tt|u|var|video|wbr"
)
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


_LISTED = re.compile(
    r"\b(?:ranges?|intervals?|sets?|vectors?|lists?|arrays?|tuples?|domain|segment|values?|"
    r"between|within|from|"
    r"equals|is|are|pairs?|sequence|shape|size|coordinates?|points?|matrix)$|[=(:∈]$"
)


def _written_citation(match: re.Match[str]) -> str:
    """Nothing for a citation mark; a value in brackets as it is written."""
    return match[0] if _citation(match) else ""


def _citation(match: re.Match[str]) -> str:
    """Drop `[3, 5-7]`, but no interval `[0, 1]` or list `[1, 2, 3]` that a sentence speaks of."""
    figures = match[2]
    if figures is None or match[1]:
        return ""
    head = before(match, 30).rstrip()
    several = re.search(r"\d\s*[,;]\s*-?\d", figures)
    if several and (re.search(r"(?:^|[\s,;])(?:0\b|-\d)", figures) or _LISTED.search(head)):
        return f" {figures.strip()}" if match[0][0].isspace() else figures.strip()
    return ""


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
    Rule(
        "Liquid tag",
        ("{% include x.html %}Good.", "Good."),
        r"(?s)\{%(?:(?!%\}|\{%).)*+%\}",
        "",
        "{",
    ),
    Rule(
        "Liquid value",
        ("The {{ page.title }} end.", "The end."),
        r"(?s)(?<![\w\\}^])\{\{(?:(?!\}\}|\{\{).)*+\}\}",
        "",
        "{",
    ),
    Rule(
        "code fence",
        ("```text\nHello.\n```", "Hello."),
        r"(?m)^[ \t]*(?:`{3}|~{3})[^\n`]*$",
        "\n",
        "`~",
    ),
    Rule(
        "autolink",
        ("See <https://example.org>.", "See example dot org."),
        r"<([^<>\s:@]*+[:@][^<>\s]*+)>",
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
    Rule(
        "raised",
        ("E = mc<sup>2</sup>, the 5<sup>th</sup>.", "E equals M C squared, the fifth."),
        r"(?i)<sup>\s*([+-]?\w{1,5})\s*</sup>",
        lambda match: match[1] if match[1].isalpha() and len(match[1]) == 2 else f"^{match[1]}",
        "<",
    ),
    Rule("LaTeX quotes", ("The ``red'' one.", 'The "red" one.'), r"``([^`']*)''", r'"\1"', "`"),
    Rule(
        "tag",
        ("A <b>bold</b> move.", "A bold move."),
        rf"(?i)</?(?:{_TAGS})(?:[\s/][^<>]*)?>",
        "",
        "<",
    ),
    Rule(
        "note at the foot",
        ("It works.[^1]\n\n[^1]: See there.", "It works."),
        r"(?m)^\[\^[^\[\]\s]{1,30}\]:[^\n]*$",
        "",
        "[",
    ),
    Rule(
        "lines",
        ("# News\n\n- One,\n  two\n- Three", "News. One, two. Three"),
        r"(?s)\A.+\Z",
        lambda match: one_line(match[0]),
    ),
    Rule(
        "image",
        ("Look ![a cat](cat.png) here.", "Look here."),
        r"!\[[^\[\]]*\]\([^()]*\)",
        "",
        "!",
    ),
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
        r"\s?\[(\^?)([\d\s,;–-]*)\]|\s?\[\^[^\[\]\s]*\]",
        _citation,
        "[",
    ),
)

# For text that stays written: a value keeps its brackets.
CITATION = Rule(
    "citation mark in writing",
    ("As shown [3] in [0, 1].", "As shown in [0, 1]."),
    r"\s?\[(\^?)([\d\s,;–-]*)\]|\s?\[\^[^\[\]\s]*\]",
    _written_citation,
    "[",
)
