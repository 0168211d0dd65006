"""Makes bad input of good: lines are lost and doubled, values change their type, and every character that
some reader takes for more than a character stands where nobody expects it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from hypothesis import strategies as st

MOST = 200_000
"""No input grows larger, in characters: what a reader does for each is counted in `growth`."""

_EDGES = (
    "", "~", "null", "true", "No", "0", "-1", "1e999", "-1e999", "nan", ".nan", "inf", ".inf", "NaN",
    "Infinity",
    "0x" + "f" * 5000, "9" * 30, "9" * 5000, "1" + "0" * 400, "1e400", "1:" * 60 + "1", "0.1.2",
    "+00:99", "1_000",
    "0000-00-00", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59",
    "2024-02-30", "2024-05-22T25:61:61", "2024-05-22 09:00:00 +9999", "2024-05-22", "06:00:00",
    "1899-12-31",
    "[]", "[1, 2]", "[[[[[[[[]]]]]]]]", "{}", "{a: {b: [c]}}", '{"a": [1, {"b": null}]}', "{[a]: b}",
    "? [a, b]",
    "''", '""', '"', "'", '"""', "'''", '"\\ud800"', '"\\u0000"', '"\\x1b[31m"', "|", ">-", "*a", "&a [*a]",
    "&a {<<: *a}", "!!timestamp x", "!!int ''", "!!float x", "!!bool x", "!!binary x",
    "!!python/object:os.system x",
    "!!set {a}", "!!omap [a]", "!!null", "!x", "%YAML 9.9", "<<: [a]", "a: b: c", "- a", "@", "`",
)  # fmt: skip
"""Values that are not what is wanted, in YAML, TOML and JSON alike."""

_SIGNS = (
    "\0", "\x1b[31m", "\x07", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800",
    "\udfff",
    "\ufffe", "\U0010ffff", "\U000e0001", "e\u0301\u0301\u0301", "ß", "İ", "ﬀ", "٣", "²", "½", "℀", "Ⅷ",
    "\u00ad",
    "\r", "\r\n", "\n", "\n\n", "\t", "\x0b", "\x0c", "\xa0", " ", "\\", "/", "//", "../",
    "../../etc/passwd", "file:///",
    "'", '"', "`", "``", "```", "~~~", "*", "**", "***", "_", "__", "~", "#", "##", "# ", "## ", "-",
    "--", "---", "...",
    "+++", ">", "> ", "<", "<!--", "-->", "<!DOCTYPE", "<![CDATA[", "]]>", "<?xml", "?>", "</", "<a ",
    "<p>", "</p>",
    "<b>", "<script", "<script>", "<style>", "</style>", "<blockquote", "<blockquote>", "</blockquote>",
    "<img ", "<iframe ",
    "<x a='", "&", "&amp;", "&#0;", "&#x1b;", "&#1114112;", "&e;", "(", ")", "[", "]", "[]", "()", "{",
    "}", "[[", "]]",
    "](", "[a](", "[a][", "[a]: ", "![", "![]", "![a](", "{{", "}}", "{%", "%}", "{% raw %}",
    "{% comment %}", "{% assign a = ",
    "{% highlight %}", "{:", "{: toc}", "|", "||", ":", "::", ": ", "=", " = ", ";", ",", ", ", ".", "!",
    "!!", "?", "%", "@",
    "$", "$$", "^", "^{", "\\(", "\\frac{", "\\textbf{", "\\'", "\\cite{", "\\href{", "{\\em ",
    "http://", "http://[", "https://a",
    "https://a℀b", "mailto:", "www.", "a.b", "a@b", "1", "0", "1,", "1.", "1/", "1-", "1:", "1 ", "$1",
    "1%", "a", "A", "a ", "A ",
    "a, ", "A. ", "a.b.", "(a) ", "(1) ", "I", "IV ", "v. ", "e.g. ", "and ", "1990s ", "May 1, ", "#a",
    "_a_ ", "*a* ", "`a` ",
    "it's ", "“", "”", "—", "…", "’s ", "Summarized by:", "_Summarized by: ", "**Other headlines:**",
    "### Technical details",
    "Editor: ", "[pause ", "[sting]", "[pause 1e9s]", "**A:** ", "date:", "title:", "published:",
    "slug:", "FREQ=SECONDLY;", "geo:1,2",
    "{year:9999999999}", "{slug.__class__}", "arXiv:", "arxiv.org/abs/2405.00001", "<article>",
    "<entry>", "<item>", "<title>",
    "xmlns:x='", "data-props='[", "Abstract", "Previous headlines", "\ud83d", "👩‍👩‍👧", "שלום", "１２", "，",
)  # fmt: skip
"""What means something to one of the readers."""

_YAML_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_XML_BOMB = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_BOMBS = (
    _YAML_BOMB + "title: *i\n",
    _XML_BOMB + "]>",
    "<!DOCTYPE rss [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
    "a" + ".a" * 3000 + " = 1\n",
    "a = " + "[" * 3000 + "]" * 3000 + "\n",
    "a = " + "{a = " * 1000 + "1" + "}" * 1000 + "\n",
    "[" + ".".join("a" * 2000) + "]\n",
    "[" * 20_000,
    '{"a":' * 20_000,
    "<a>" * 20_000,
    "<div>" * 300 + "<p>word word</p>",
    "- " * 5000,
    "> " * 5000,
    "? " * 5000,
    "  " * 5000 + "- a\n",
)
_HEADS = (
    "---\n", "+++\n", "---\ntitle: A\n---\n", "title: A\n", "+++\ntitle = 'A'\n+++\n", "\ufeff",
    "<?xml version='1.0'?>",
    "<rss><channel>", "<feed>", "<html>", "[", "{", "# A\n", "http://a.example/\n", "%PDF",
    "<?xml version='1.0' encoding='utf-7'?>",
)  # fmt: skip
_VALUE = re.compile(r"""(?m)^([ \t]*["']?[\w-]+["']?[ \t]*[:=][ \t]*)(.*?)(,?)$""")

Op = Callable[[str, Random], str]


def _at(text: str, r: Random) -> int:
    return r.randrange(len(text) + 1)


def _lines(act: Callable[[list[str], Random, int], None]) -> Op:
    def op(text: str, r: Random) -> str:
        lines = text.split("\n")
        act(lines, r, r.randrange(len(lines)))
        return "\n".join(lines)

    return op


def _swap(lines: list[str], r: Random, i: int) -> None:
    j = r.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]


def _value(text: str, r: Random) -> str:
    """Another value for a key of some line."""
    found = list(_VALUE.finditer(text))
    if not found:
        return _sign(text, r)
    m = r.choice(found)
    new = r.choice((*_EDGES, *_SIGNS, '"' + r.choice(_SIGNS) * r.choice((1, 300)) + '"'))
    return text[: m.end(1)] + new + text[m.start(3) :]


def _sign(text: str, r: Random) -> str:
    i = _at(text, r)
    return text[:i] + r.choice(_SIGNS) + text[i:]


def _run(text: str, r: Random) -> str:
    """A long run of one or two signs: what regular expressions go back and forth in."""
    i, unit = _at(text, r), "".join(r.choices(_SIGNS, k=r.choice((1, 1, 2, 2, 3))))
    return text[:i] + unit * (r.choice((30, 1000, 10_000, 50_000)) // len(unit)) + text[i:]


def _span(text: str, r: Random) -> tuple[int, int]:
    i = _at(text, r)
    return i, min(len(text), i + r.choice((1, 3, 20, 200)))


def _cut(text: str, r: Random) -> str:
    i, j = _span(text, r)
    return text[:i] + text[j:]


def _again(text: str, r: Random) -> str:
    (i, j), k = _span(text, r), _at(text, r)
    return text[:k] + text[i:j] * r.choice((1, 1, 2, 200)) + text[k:]


def _in_place(text: str, r: Random) -> str:
    i, j = _span(text, r)
    return text[:i] + r.choice((*_SIGNS, *_EDGES)) + text[j:]


def _bomb(text: str, r: Random) -> str:
    lines = text.split("\n")
    lines.insert(r.randrange(min(4, len(lines)) + 1), r.choice(_BOMBS))
    return "\n".join(lines)


def _number(text: str, r: Random) -> str:
    found = list(re.finditer(r"\d+", text))
    if not found:
        return text
    m = r.choice(found)
    return (
        text[: m.start()]
        + r.choice(("", "-1", "0", "9" * 19, "9" * 5000, "1e309", "٣", "0.5", "00"))
        + text[m.end() :]
    )


def _long(text: str, r: Random) -> str:
    """Some word becomes 10,000 characters long."""
    found = list(re.finditer(r"\w+", text))
    if not found:
        return "x" * 10_000
    m = r.choice(found)
    return (
        text[: m.start()]
        + r.choice(("x" * 10_000, "many words " * 1000, "1" * 10_000))
        + text[m.end() :]
    )


OPS: tuple[Op, ...] = (
    _lines(lambda lines, r, i: lines.pop(i) and None),
    _lines(lambda lines, r, i: lines.insert(i, r.choice(lines))),
    _lines(lambda lines, r, i: lines.insert(i, r.choice(_SIGNS))),
    _lines(lambda lines, r, i: lines.__setitem__(i, r.choice(_SIGNS) + lines[i])),
    _lines(lambda lines, r, i: lines.__setitem__(i, lines[i] + r.choice(_SIGNS))),
    _lines(lambda lines, r, i: lines.__setitem__(i, "    " + lines[i])),
    _lines(_swap),
    _value, _value, _value, _value,
    _sign, _sign, _run, _run, _cut, _again, _in_place, _number, _long, _bomb,
    lambda text, r: text[: _at(text, r)],
    lambda text, r: text[_at(text, r) :],
    lambda text, r: r.choice(_HEADS) + text,
    lambda text, r: text.replace("\n", r.choice(("\r\n", "\r", "\u2028", "\n\n", " "))),
    lambda text, r: text.swapcase(),
)  # fmt: skip


def _encoded(text: str, r: Random) -> bytes:
    """As UTF-8 most often, lone surrogates and all."""
    way = r.randrange(40)
    if way == 0:
        return text.encode("utf-16", "surrogatepass")
    if way == 1:
        return text.encode("latin-1", "replace")
    data = text.encode("utf-8", "surrogatepass")
    if way == 2:
        i = r.randrange(len(data) + 1)
        return data[:i] + r.randbytes(2) + data[i:]
    return data


def spoil(seed: bytes, acts: Sequence[tuple[int, int]]) -> bytes:
    """The seed after these acts: which one, and what chance is for it."""
    text = seed.decode("utf-8", "surrogateescape")
    chance = 0
    for act, chance in acts:
        text = OPS[act % len(OPS)](text, Random(chance))[:MOST]
    try:
        return _encoded(text, Random(chance))
    except UnicodeError:
        return text.encode("utf-8", "replace")


def spoilt(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Bad input made of one of the seeds, or, seldom, of nothing."""
    acts = st.lists(
        st.tuples(st.integers(0, len(OPS) - 1), st.integers(0, 2**32 - 1)), max_size=6
    )
    return st.one_of(
        *[st.builds(spoil, st.sampled_from(list(seeds)), acts)] * 9,
        st.text(st.characters(), max_size=300).map(
            lambda text: text.encode("utf-8", "surrogatepass")
        ),
    )


UNITS: tuple[str, ...] = _SIGNS
"""What `growth` repeats."""
