"""Find what a site generator puts into Markdown.

Shortcodes, Liquid, attributes, MDX, comments, formulas.

A generator runs its templates before it reads the Markdown, so this scanner runs first as well.
Each construct becomes a typed Piece, and one mark stands for it in the text that the Markdown
parser gets. Code is passed over: what it shows is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from podcast.document.embeds import (
    CODE_TAGS,
    ONLY_SITE,
    VERBATIM_SHORTCODES,
    liquid_kind,
    shortcode_kind,
)
from podcast.document.liquid_values import LiquidValues

PieceKind = Literal["value", "text", "left out", "wiki link", "math", "math block"]

MAKES_ADDRESS = "it makes an address"
_FIRST_MARK = 0xF0000
_MOST_PIECES = 60_000
# A punctuation mark on both sides of a mark: emphasis may end beside punctuation, not beside
# a letter.
_HEDGE = "\u2e31"
MARK = re.compile(f"{_HEDGE}([\U000f0000-\U000ffffd]){_HEDGE}")
_FOREIGN_MARKS = re.compile("[\U000f0000-\U0010fffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_SYNTAX = re.compile(
    r"""
      (?P<fence>^[ ]{0,12}(?:[-*+>][ ]+)*(?P<ticks>`{3,}+|~{3,}+)[^`\n]*\n
            (?:.*\n)*?[ >]*(?P=ticks)[`~]*[ \t]*$)
    | (?P<code>(?<![`\\])(?P<run>`+)(?!`)(?:(?!\n[ \t]*\n)[^`]|`)*?(?<!`)(?P=run)(?!`))
    | (?P<comment><!--|\{/\*|\{::comment\}|%%(?=[^%]))
    | (?P<shortcode>\{\{[<%](?P<shortcode_body>(?:(?![>%]\}\}|\{\{[<%])[\s\S])*)[>%]\}\})
    | (?P<tag>\{%-?(?P<tag_body>(?:(?!%\}|\{%)[\s\S])*?)-?%\})
    | (?P<output>\{\{-?(?P<output_body>(?:(?!\}\}|\{\{)[\s\S])*?)-?\}\})
    | (?P<attributes>\{:[^{}\n]*\}|(?<=[\w)\]*_`"'.!?:>~ ])\{[#.][A-Za-z][^{}\n]*\}
            |(?<=[)\]`])\{[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[\w%.-]+)[^{}\n]*\})
    | (?P<bracketed>(?<![!\]\\])\[(?P<spanned>[^\[\]\n]+)\](?=\{(?:[.#][A-Za-z]|[\w-]+=)[^{}\n]*\}))
    | (?P<bracket_math>(?:\\\\\[|^[ \t]*\\\[)(?=(?:(?!\n[ \t]*\n)[\s\S]){0,3000}?[=^_\\])
            [\s\S]{1,3000}?\\{1,2}\]
            |^[ ]{0,3}\$\$(?:(?!\$\$|\n[ \t]*\n)[\s\S]){1,3000}\$\$[ \t]*\{\#[^{}\n]*\}
            |^\\begin\{(?P<environment>[a-z]+\*?)\})
    | (?P<paren_math>\\{1,2}\((?=[^()]*[=^_\\<>]|\w\\)(?:(?!\n[ \t]*\n)[\s\S]){1,500}?\\{1,2}\))
    | (?P<escaped>\\[\\`*_{}\[\]<>$!#%&~@.:-])
    | (?P<mdx>^(?:import\s(?:[^\n;'"]|\n(?!import\s|\s*\n))*?\sfrom\s+["'][^"'\n]+["'];?
            |import\s+["'][^"'\n]+["'];?
            |export\s+(?:const|default|function|let|async)\b[\s\S]*?)
            [ \t]*(?=\n[ \t]*\n|\n(?:import|export)\s|\n[ \t]*$|\Z))
    | (?P<jsx><[A-Za-z][\w.]*(?=[^<>]{0,300}?=\{)
            (?:\s+[\w:-]+(?:=(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\}){0,300}\}))?)*\s*/?>)
    | (?P<expression>\{\s*(?:[A-Za-z_][\w.]*(?:\([^(){}\n]*\))?|"[^"{}\n]*"|'[^'{}\n]*')\s*\})
    | (?P<braces>\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,300}+\}){0,300}+\}){0,600}+\})
    | (?P<abbreviation>^\*\[[^\[\]\n]+\]:[^\n]+$)
    | (?P<snippet>^<<<[ ]+\S[^\n]*$)
    | (?P<highlight>(?<![=\w!<>])==(?P<marked>[^=\s](?:[^=\n]*[^=\s])?)==(?![=\w]))
    | (?P<block_name>(?<=[ \t])\^[A-Za-z0-9-]+[ \t]*$)
    | (?P<crossref>(?<![\w@\[;-])@(?P<thing>fig|tbl|sec|eq|lst)-[\w-]*\w)
    | (?P<obsidian_embed>!\[\[[^\[\]\n]+\]\])
    | (?P<wiki>\[\[(?!_?[Tt][Oo][Cc]_?\]\])(?P<page>[^\[\]|\n]+)(?:\|(?P<alias>[^\[\]\n]+))?\]\](?!\())
    | (?P<bracket>\[/?(?:caption|embed|gallery|playlist|youtube|vimeo|video|audio|gist|tweet
            |contact-form|sourcecode)\b[^\[\]\n]*\](?![(\[:]))
    """,
    re.VERBOSE | re.MULTILINE,
)
# Code within a sentence whose result is printed: by Quarto, R Markdown, Obsidian's Dataview.
_COMPUTED = re.compile(r"(`+)(?:\{\w+\}\s.+|=\s*this\..+|r\s+(?:[\w.]+|.*[($\[].*))\1")
_QUICK = re.compile(r"[{<\\\[`~%]|^(?:import|export)\s", re.MULTILINE)


# Only posts with these are taken to be written in Obsidian, where `%%` encloses remarks.
_WIKI_LINK = re.compile(r"\[\[(?![\s\d_]|TOC\b)[^\[\]\n]+\]\](?!\()")
# Only posts with these are MDX, where braces enclose expressions.
_MDX = re.compile(
    r"^(?:import\s[^\n]*\sfrom\s+[\"']|export\s+(?:const|default|function)\b)|"
    r"<[A-Z]\w*\s[^<>]{0,300}?=\{",
    re.MULTILINE,
)
_MDX_CONSTANT = re.compile(
    r"""export\s+const\s+(\w+)\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([\d.]+))\s*;?\s*"""
)
_RAW_TAG = re.compile(r"(\{%-?\s*(?:end)?raw\s*-?%\})")


@dataclass(frozen=True, slots=True)
class Piece:
    """One construct of a site generator."""

    kind: PieceKind
    source: str
    """As the post has it."""
    line: int
    """Its first line in the scanned text, counted from 0."""
    value: str = ""
    """What it prints: an address, a text; empty when only the site knows."""
    name: str = ""
    """For what is left out: what it is, in words that an owner knows."""
    reason: str = ""
    link: str = ""


@dataclass(slots=True)
class ScannedText:
    """Markdown with a mark for each construct, and where each of its lines was in the source."""

    markdown: str
    pieces: list[Piece]
    lines: list[int]
    """For each line of `markdown` its line in the source, counted from 0; one more for the
    end."""

    def piece(self, mark: str) -> Piece:
        """The construct that a mark stands for."""
        return self.pieces[ord(mark) - _FIRST_MARK]

    def marked_pieces(self) -> Iterator[tuple[str, Piece]]:
        """Every construct with its mark, in the order of the text."""
        return ((chr(_FIRST_MARK + number), piece) for number, piece in enumerate(self.pieces))

    def restore(self, text: str) -> str:
        """The text with each mark replaced by its source."""
        return MARK.sub(lambda match: self.piece(match[1]).source, text)

    def show_code(self, text: str) -> str:
        """Code with the marks in it replaced by what readers see."""
        return MARK.sub(lambda match: self._shown(self.piece(match[1])), text)

    @staticmethod
    def _shown(piece: Piece) -> str:
        return piece.value if piece.kind == "value" else piece.source

    def print_values(self, text: str) -> str:
        """The text with each mark replaced by what its construct prints."""
        return MARK.sub(lambda match: self.piece(match[1]).value, text)


def scan_templates(text: str) -> ScannedText:
    """Replace each construct of a site generator by a mark."""
    text = _FOREIGN_MARKS.sub("", text)
    if not _QUICK.search(text):
        return ScannedText(text, [], list(range(text.count("\n") + 2)))
    return _Scanner(text).scan()


class _Scanner:
    """One pass over the text of a post."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[Piece] = []
        self._values = LiquidValues()
        self._has_wiki_links = _WIKI_LINK.search(text) is not None
        self._parts: list[str] = []
        self._lines: list[int] = [0]
        self._line = 0
        self._is_mdx = _MDX.search(text) is not None
        self._constants: dict[str, str] = {}
        """Values of MDX that the post exports, by their names."""
        self._absent: set[str] = set()
        """Closing words that the rest of the text does not have."""

    def scan(self) -> ScannedText:
        at = 0
        while found := _SYNTAX.search(self._text, at):
            self._copy(self._text[at : found.start()])
            end = found.end()
            if found["code"] and _COMPUTED.fullmatch(found[0]):
                self._leave_out(found[0], "computed value", ONLY_SITE)
            elif found["code"]:
                self._copy_code(found[0])
            elif found["bracketed"]:
                # Pandoc's span, whose attributes follow.
                self._copy(found["spanned"])
            elif found["highlight"]:
                self._copy(found["marked"])
            elif found["fence"] or found["escaped"]:
                self._copy(found[0])
            else:
                end = self._take(found)
            if end == found.start():
                self._copy(self._text[end])
                end += 1
            at = end
        self._copy(self._text[at:])
        self._lines.append(self._line + 1)
        return ScannedText("".join(self._parts), self._pieces, self._lines)

    def _copy(self, text: str) -> None:
        self._parts.append(text)
        for _ in range(text.count("\n")):
            self._line += 1
            self._lines.append(self._line)

    def _copy_code(self, code: str) -> None:
        """Code as it is, without the tags that only keep Liquid from reading it."""
        for number, part in enumerate(_RAW_TAG.split(code)):
            if number % 2:
                self._add(Piece("value", part, self._line, "", "template tag", ONLY_SITE))
            else:
                self._copy(part)

    def _add(self, piece: Piece) -> None:
        if len(self._pieces) >= _MOST_PIECES:
            self._copy(piece.source)
            return
        self._pieces.append(piece)
        self._parts.append(f"{_HEDGE}{chr(_FIRST_MARK + len(self._pieces) - 1)}{_HEDGE}")
        self._line += piece.source.count("\n")

    def _leave_out(self, source: str, name: str, reason: str) -> None:
        self._add(Piece("left out", source, self._line, name=name, reason=reason))

    def _take(self, found: re.Match[str]) -> int:
        """Add the piece that was found; where the scan goes on."""
        whole = found[0]
        if found["comment"]:
            return self._comment(found)
        if found["mdx"]:
            self._note_constants(whole)
        for group, name, reason in _PLAIN_KINDS:
            if found[group] is not None:
                self._leave_out(whole, name, reason)
                return found.end()
        if found["shortcode"]:
            return self._shortcode(found)
        if found["tag"]:
            return self._liquid_tag(found)
        if found["environment"]:
            return self._environment(found)

        if found["braces"] and not self._is_mdx:
            # Only the brace: what stands in it may be a construct of its own.
            self._copy("{")
            return found.start() + 1

        self._add_piece(found)
        return found.end()

    def _block_name(self, source: str) -> None:
        """Leave out the name of a paragraph, `^so`, which Obsidian's links go to."""
        if self._has_wiki_links:
            self._leave_out(source, "stray mark", "it only names the paragraph")
        else:
            self._copy(source)

    def _add_piece(self, found: re.Match[str]) -> None:
        """Add what is shown in another form, or is known by the site alone."""
        whole = found[0]
        if found["block_name"]:
            self._block_name(whole)
        elif found["expression"] or found["braces"]:
            self._expression(whole)
        elif found["output"]:
            self._liquid_output(whole, found["output_body"].strip())
        elif found["crossref"]:
            value = _THINGS[found["thing"]]
            self._add(Piece("value", whole, self._line, value, "reference", ONLY_SITE))
        elif found["wiki"]:
            page = found["page"].strip()
            # `Page#Part` and `Page^block` lead into the page.
            shown = (found["alias"] or re.split(r"(?<=\S)[#^]", page)[0]).strip()
            self._add(Piece("wiki link", whole, self._line, value=shown, link=page))
        elif found["paren_math"]:
            inner = whole.lstrip("\\")[1:].rstrip(")").rstrip("\\")
            self._add(Piece("math", whole, self._line, value=inner.strip()))
        elif found["bracket_math"]:
            self._add(Piece("math block", whole, self._line))
        else:
            raise AssertionError(found.lastgroup)

    def _comment(self, found: re.Match[str]) -> int:
        """Leave out a comment.

        An opening that nothing closes is text, as `%%` is but in Obsidian's notes.
        """
        if found[0] == "%%" and not self._has_wiki_links:
            self._copy(found[0])
            return found.end()
        closing = _COMMENT_ENDS[found[0]]
        at = self._find(closing, found.end())
        if at < 0:
            self._copy(found[0])
            return found.end()
        end = at + len(closing)
        if closing == "{:/":
            end = self._text.find("}", end) + 1 or end
        self._leave_out(
            self._text[found.start() : end], "comment", "readers do not see it either"
        )
        return end

    def _note_constants(self, source: str) -> None:
        for line in source.split("\n"):
            if constant := _MDX_CONSTANT.fullmatch(line.strip()):
                self._constants[constant[1]] = next(filter(None, constant.groups()[1:]), "")

    def _expression(self, source: str) -> None:
        """Add an expression of MDX, with its value where the post says it.

        Braces elsewhere are text.
        """
        inner = source[1:-1].strip()
        if not self._is_mdx:
            self._copy(source)
        elif inner[0] in "\"'":
            self._add(
                Piece("value", source, self._line, inner[1:-1], "MDX expression", ONLY_SITE)
            )
        elif inner in self._constants:
            value = self._constants[inner]
            self._add(Piece("value", source, self._line, value, "MDX expression", ONLY_SITE))
        else:
            self._leave_out(source, "MDX expression", ONLY_SITE)

    def _environment(self, found: re.Match[str]) -> int:
        """Leave out a formula between `begin` and `end`; one that nothing ends is text."""
        closing = f"\\end{{{found['environment']}}}"
        at = self._find(closing, found.end())
        if at < 0:
            self._copy(found[0])
            return found.end()
        end = at + len(closing)
        self._add(Piece("math block", self._text[found.start() : end], self._line))
        return end

    def _search(self, closing: str, start: int) -> re.Match[str] | None:
        """Where the pattern matches next; None when nowhere, which is remembered."""
        if closing in self._absent:
            return None
        found = re.compile(closing).search(self._text, start)
        if not found:
            self._absent.add(closing)
        return found

    def _find(self, word: str, start: int) -> int:
        """Where the word is next; -1 when nowhere, which is remembered."""
        if word in self._absent:
            return -1
        at = self._text.find(word, start)
        if at < 0:
            self._absent.add(word)
        return at

    def _liquid_output(self, source: str, body: str) -> None:
        call = re.match(r"([\w:.]+)\s*\(", body)
        if call:
            name = call[1].rsplit(":", 1)[-1]
            self._leave_out(source, *shortcode_kind(name))
            return
        value = self._values.evaluate(body)
        self._add(Piece("value", source, self._line, value, "template value", ONLY_SITE))

    def _shortcode(self, found: re.Match[str]) -> int:
        body = found["shortcode_body"].strip()
        name = (
            body.lstrip("/ ").split(None, 1)[0].strip("/").lower() if body.strip("/ ") else ""
        )
        end = found.end()
        if name in ("ref", "relref"):
            value = body.partition(" ")[2].strip("\"'` ")
            piece = Piece("value", found[0], self._line, value, "shortcode", MAKES_ADDRESS)
            self._add(piece)
            return end
        if name in VERBATIM_SHORTCODES and not body.startswith("/") and not body.endswith("/"):
            closing = r"\{\{[<%]\s*/\s*" + re.escape(name) + r"\s*[>%]\}\}"
            if closed := self._search(closing, end):
                end = closed.end()
        self._leave_out(self._text[found.start() : end], *shortcode_kind(name))
        return end

    def _liquid_tag(self, found: re.Match[str]) -> int:
        body = found["tag_body"].strip()
        name = re.split(r"[\s(]", body, maxsplit=1)[0].lower() if body else ""
        end = found.end()
        if name in ("comment", "raw", "content-ref", *CODE_TAGS):
            closed = self._search(r"\{%-?\s*end" + re.escape(name) + r"\b[^%]*%\}", end)
            if name == "raw":
                self._raw(found[0], self._text[end : closed.start()] if closed else "", closed)
                return closed.end() if closed else end
            end = closed.end() if closed else end
        value = self._values.run_tag(body)
        if value is not None:
            self._add(Piece("value", found[0], self._line, value, "template tag", ONLY_SITE))
            return end
        if name == "comment":
            self._leave_out(
                self._text[found.start() : end], "comment", "readers do not see it either"
            )
        else:
            self._leave_out(self._text[found.start() : end], *liquid_kind(name, body))
        return end

    def _raw(self, opening: str, inner: str, closed: re.Match[str] | None) -> None:
        """Literal text between `raw` and `endraw`: only the tags are left out."""
        kind = ("template tag", "it only tells the site how to print")
        self._leave_out(opening, *kind)
        self._copy(inner)
        if closed:
            self._leave_out(closed[0], *kind)


# What Quarto's references, such as `@fig-cranes`, print with a number.
_THINGS = {
    "fig": "the figure",
    "tbl": "the table",
    "sec": "the section",
    "eq": "the equation",
    "lst": "the listing",
}
_COMMENT_ENDS = {"<!--": "-->", "{/*": "*/}", "{::comment}": "{:/", "%%": "%%"}
_PLAIN_KINDS = (
    ("attributes", "attribute list", "it only styles the page"),
    ("mdx", "MDX import", "it is code of the page"),
    ("jsx", "HTML tag", "it is a component of the page"),
    ("abbreviation", "abbreviation", "it is shown on pointing at it"),
    ("snippet", "code block", "code is not read aloud"),
    ("obsidian_embed", "picture", "it is to be seen"),
    ("bracket", "shortcode", "only the site knows what it shows"),
)


def marks_in(text: str) -> Iterator[str]:
    """The marks in a text, in order."""
    return (match[1] for match in MARK.finditer(text))
