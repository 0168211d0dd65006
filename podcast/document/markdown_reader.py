"""Markdown, with the HTML and the templates in it, becomes a Document.

Parsed once, nothing deleted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, TypedDict, cast

from podcast.document.block_builder import STYLE_KINDS, BlockBuilder
from podcast.document.commit_links import mark_commit_links
from podcast.document.embeds import find_class_kind
from podcast.document.html_events import HtmlEvent, read_html
from podcast.document.literal_signs import join_texts, show_signs
from podcast.document.markdown_guards import guard_brackets, guard_products, guard_quotations
from podcast.document.shortcodes import (
    MAKES_ADDRESS,
    MARK,
    Piece,
    ScannedText,
    marks_in,
    scan_templates,
)
from podcast.document.text_signs import split_signs
from podcast.model import BlockKind, Document, Span, SpanKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SEEN = "it is to be seen"
_CODE = "code is not read aloud"
_PAGE = "it belongs to the page, not to the text"
_STYLE = "it only styles the page"
_MARKER = "it only points to another place"

_CONTENTS = re.compile(
    r"\[\[?_?TOC_?\]?\]|\$\{toc\}|\{\{\s*toc\s*\}\}|<!--\s*toc\s*-->", re.IGNORECASE
)
_GENERATED_CONTENTS = re.compile(r"^[ \t]*\{:\s*toc\b", re.MULTILINE)
# Text between tags that looks like tags again is text after so many times.
_MOST_NESTED = 4
_CHECK_BOX = re.compile(r"\[[ xX]\](?=\s)")
# Prose between two dollar signs, which are then money.
_MATH_WORDS = re.compile(r"(?<![\\\w])[A-Za-z]{3,}[ ,]+[A-Za-z]{2,}")
_TO_FOOTNOTE = re.compile(r"#(?:fn|_?ftn|footnote|cite_note|endnote)")
_NOTE_NUMBER = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡↩︎]{1,3})[\])]?\s*")
# How Pandoc begins the paragraph below a table that is its caption.
_TABLE_CAPTION = re.compile(r"(?:Table)?:\s+\S")
_BLOCK_TAGS: dict[str, BlockKind] = {
    "p": "paragraph", "ul": "list", "ol": "list", "li": "item", "blockquote": "quotation", "table": "table",
    "tr": "row", "td": "cell", "th": "cell", "dt": "term", "dd": "definition",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
_DIVISIONS = frozenset(
    "div section article header main details summary figure figcaption center address fieldset "
    "dl tbody "
    "thead tfoot caption hgroup body html".split()
)
_UNHEARD: dict[str, tuple[str, str]] = {
    "script": ("script", _PAGE), "style": ("style sheet", _PAGE), "template": ("template", _PAGE),
    "noscript": ("fallback", _PAGE), "iframe": ("embed", "it is another site's page or player"),
    "video": ("embed", "it is a player"), "audio": ("embed", "it is a player"),
    "object": ("embed", "it is a player"), "svg": ("picture", _SEEN), "canvas": ("picture", _SEEN),
    "pre": ("code block", _CODE), "form": ("form", _PAGE), "button": ("button", _PAGE),
    "nav": ("navigation", _PAGE),
    "select": ("form", _PAGE), "textarea": ("form", _PAGE), "figcaption": ("caption", "it is of a picture"),
    "math": ("formula", "formulas are not read aloud"), "head": ("page head", _PAGE),
    "title": ("page head", _PAGE),
}  # fmt: skip
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
)


class Reference(TypedDict):
    """A definition of a link's address, as markdown-it keeps it."""

    map: list[int]
    """Its first line, and the line after its last."""


class Environment(TypedDict, total=False):
    """What markdown-it finds beside the tokens."""

    references: dict[str, Reference]
    duplicate_refs: list[Reference]


def parse_markdown(text: str, first_line: int = 1) -> Document:
    """Parse Markdown into typed Blocks and Spans.

    `first_line` is the number of the text's first line.

    What cannot be read aloud is a LeftOut. Where it stood as a block of its own, an empty Block
    of its kind (`code`, `figure`, `embed`, `math`) keeps its place, so that a writer sees to
    what a lead-in leads. A table is a Block with its cells: whoever does not speak it reports
    it.
    """
    scanned = scan_templates(text)
    return _Reader(scanned, first_line).read()


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.admon import admon_plugin
    from mdit_py_plugins.container import container_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.subscript import sub_plugin
    from mdit_py_plugins.superscript import superscript_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin, move_to_end=False, always_match_refs=True)
    parser.use(deflist_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    parser.use(admon_plugin)
    parser.use(container_plugin, name="any", validate=lambda _info, _markup: True)
    parser.use(sub_plugin)
    parser.use(superscript_plugin)
    guard_brackets(parser)
    guard_quotations(parser)
    guard_products(parser)
    parser.core.ruler.at("text_join", join_texts)
    # Addresses stay as they are written, for marks stand in them.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


def _parse(text: str, environment: dict[str, object]) -> list[Token]:
    """Parse into tokens. The last line ends.

    Plugins look at its first character, also where it has none.
    """
    return _parser().parse(text if text.endswith("\n") else f"{text}\n", environment)


class _Reader:
    """Turns the tokens of one text into a Document."""

    def __init__(self, scanned: ScannedText, first_line: int) -> None:
        self._scanned = scanned
        self._first_line = first_line
        self._lines = scanned.markdown.split("\n")
        self._builder = BlockBuilder()
        self._styles: list[SpanKind] = []
        self._links: list[str] = []
        self._skip_tag = ""
        self._skip_depth = 0
        self._skip_source: list[str] = []
        self._skip_from = (0, 0)
        """Line and number of the token at which what is skipped began."""
        self._skip_kind = ("", "")
        self._token_number = 0
        self._tags: list[str] = []
        self._last_closings: dict[str, int] = {}
        """The last line with the closing tag of an element."""
        self._told_marks: set[str] = set()
        """Marks whose constructs are in a span or left out."""
        self._depth = 0
        """Texts between tags in texts between tags, that are being read."""
        self._span_count = 0
        self._spans_before_link = 0

    def read(self) -> Document:
        environment: Environment = {}
        tokens = _parse(self._scanned.markdown, cast("dict[str, object]", environment))
        self._read_tokens(tokens, 0)
        if self._skip_tag:
            self._end_skip(len(self._lines) - 1)
        self._leave_out_references(environment)
        self._leave_out_templates()
        return self._builder.document()

    # --- blocks ------------------------------------------------------------------------------

    def _read_tokens(self, tokens: Sequence[Token], offset: int) -> None:
        """Read block tokens; `offset` is added to their lines."""
        at = 0
        while at < len(tokens):
            token = tokens[at]
            self._token_number += 1
            skipped = self._skipped_whole(token, offset) or _table_caption(tokens, at)
            if skipped and not self._skip_tag:
                closing = _closing(tokens, at)
                self._leave_out_lines(token, offset, *skipped)
                at = closing + 1
                continue
            self._read_token(token, offset)
            at += 1

    def _skipped_whole(self, token: Token, offset: int) -> tuple[str, str] | None:
        """Name and reason for a block token that is left out with everything up to its end."""
        if token.type == "footnote_reference_open":
            return "footnote", "footnotes are not read aloud"
        if token.type in ("bullet_list_open", "ordered_list_open") and token.map:
            first, last = token.map
            source = self._scanned.restore(
                "\n".join(self._lines[first + offset : last + offset])
            )
            if _GENERATED_CONTENTS.search(source):
                return "table of contents", _PAGE
        return None

    def _read_token(self, token: Token, offset: int) -> None:
        line = (token.map[0] if token.map else 0) + offset
        kind = token.type
        if kind == "inline":
            self._read_inline(token, line)
        elif kind == "html_block":
            self._read_html_block(token, line)
        elif self._skip_tag:
            return
        elif kind in ("fence", "code_block"):
            self._read_code(token, line, offset)
        elif kind.startswith("math_block") or kind == "amsmath":
            self._leave_out_lines(token, offset, "formula", "formulas are not read aloud")
            self._builder.add_empty("math", self._number(line))
        elif kind == "hr":
            self._builder.add_empty("rule", self._number(line))
        elif kind.startswith(("container_", "admonition")):
            self._read_container(token, line)
        else:
            self._read_block(token, line)

    def _read_block(self, token: Token, line: int) -> None:
        """Open or close the block that the token begins or ends, if it is one."""
        block = _BLOCK_TOKENS.get(token.type.removesuffix("_open").removesuffix("_close"))
        if block is None:
            return
        if token.nesting <= 0:
            self._builder.close(block)
            return

        level = int(token.tag[1]) if block == "heading" else 0
        is_ordered = token.type.startswith("ordered")
        self._builder.open(block, self._number(line), level, ordered=is_ordered)

    def _read_code(self, token: Token, line: int, offset: int) -> None:
        """A fence: code, unless its language is a directive whose content is Markdown."""
        directive = re.match(r"\{(\w+)\}", token.info.strip())
        if directive and directive[1] in _TEXT_DIRECTIVES:
            self._leave_out(self._lines[line], "directive", _STYLE, line)
            self._read_tokens(_parse(token.content, {}), line + 1)
            return
        self._leave_out_lines(token, offset, "code block", _CODE)
        self._builder.add_empty("code", self._number(line))

    def _read_container(self, token: Token, line: int) -> None:
        self._builder.end_paragraph()
        if token.type.startswith("container_") and token.nesting > 0:
            name, title = _split_container_info(token.info.strip())
            self._leave_out(name, "container mark", _STYLE, line)
            if name and title and not title.startswith(("{", ".")):
                self._builder.open("paragraph", self._number(line))
                self._add_text(title, line)
                self._builder.close("paragraph")
            elif title:
                self._leave_out(title, "container mark", _STYLE, line)
        elif token.type == "admonition_open":
            self._leave_out(self._line_source(line), "container mark", _STYLE, line)
        elif token.type == "admonition_title_open":
            self._builder.open("paragraph", self._number(line))
        elif token.type == "admonition_title_close":
            self._builder.close("paragraph")

    # --- HTML --------------------------------------------------------------------------------

    def _read_html_block(self, token: Token, line: int) -> None:
        for event in read_html(token.content):
            at = line + event.line
            if event.kind == "text" and not self._skip_tag:
                self._read_html_text(event.source, at)
            else:
                self._read_html_event(event, at)

    def _read_html_text(self, source: str, line: int) -> None:
        """Text between tags is Markdown as well: its blocks in a division, its spans elsewhere."""
        if not source.strip():
            if source and self._tags and self._tags[-1] not in _DIVISIONS:
                self._add_text(" ", line)
            return
        if self._depth >= _MOST_NESTED:
            self._add_text(source, line)
            return
        self._depth += 1
        self._read_nested(source, line)
        self._depth -= 1

    def _read_nested(self, source: str, line: int) -> None:
        in_division = (
            not self._tags or self._tags[-1] in _DIVISIONS or self._tags[-1] == "blockquote"
        )
        if in_division and "\n" in source.strip("\n"):
            self._read_tokens(_parse(source, {}), line)
            return
        if in_division and source.lstrip().startswith(("#", "* ", "- ", "> ")):
            self._read_tokens(_parse(source, {}), line)
            return
        lead = len(source) - len(source.lstrip("\n"))
        for token in _parser().parseInline(source, {}):
            self._read_inline(token, line + lead)

    def _read_html_event(self, event: HtmlEvent, line: int) -> None:
        if self._skip_tag:
            self._skip(event, line)
        elif event.kind == "comment":
            self._leave_out(event.source, "comment", "readers do not see it either", line)
        elif event.kind == "open":
            self._open_tag(event, line)
        elif event.kind == "close":
            self._close_tag(event, line)

    def _open_tag(self, event: HtmlEvent, line: int) -> None:
        tag = event.tag
        unheard = self._unheard(event)
        if unheard:
            self._begin_skip(event, unheard, line)
            return
        if tag == "img":
            self._leave_out(event.source, "picture", _SEEN, line)
            self._builder.mark_place("figure", self._number(line))
            return

        self._leave_out(event.source, "HTML tag", _STYLE, line)
        if tag in ("br", "hr"):
            self._builder.add(Span("\n", "break", line=self._number(line)))
        elif tag == "a":
            self._links.append(self._address(event.attributes.get("href", "")))
        elif style := STYLE_KINDS.get(tag):
            self._styles.append(style)
        elif block := _BLOCK_TAGS.get(tag):
            self._open_block(tag, block, line)
        elif tag in _DIVISIONS:
            self._builder.end_paragraph()
        if tag not in _VOID and not event.closed:
            self._tags.append(tag)

    def _begin_skip(self, event: HtmlEvent, kind: tuple[str, str], line: int) -> None:
        """Leave out an element, up to its end where it has one."""
        if event.closed or not self._closes_later(event.tag, line):
            self._leave_out(event.source, *kind, line)
            return
        self._skip_tag, self._skip_depth, self._skip_kind = event.tag, 1, kind
        self._skip_source, self._skip_from = [event.source], (line, self._token_number)

    def _open_block(self, tag: str, block: BlockKind, line: int) -> None:
        if block in ("paragraph", "item", "cell", "row", "heading", "term", "definition"):
            self._close_unclosed(tag, block)
        level = int(tag[1]) if block == "heading" else 0
        self._builder.open(block, self._number(line), level, ordered=tag == "ol")

    def _close_unclosed(self, tag: str, block: BlockKind) -> None:
        """HTML lets an item, a cell or a paragraph end where the next begins."""
        if self._tags and self._tags[-1] == tag:
            self._tags.pop()
            self._builder.close(block)

    def _close_tag(self, event: HtmlEvent, line: int) -> None:
        tag = event.tag
        self._leave_out(event.source, "HTML tag", _STYLE, line)
        if tag not in self._tags:
            return
        while (innermost := self._tags.pop()) != tag:
            self._end_element(innermost)
        self._end_element(tag)

    def _end_element(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._links.pop()
        elif (style := STYLE_KINDS.get(tag)) and style in self._styles:
            self._styles.reverse()
            self._styles.remove(style)
            self._styles.reverse()
        elif block := _BLOCK_TAGS.get(tag):
            self._builder.close(block)
        elif tag in _DIVISIONS:
            self._builder.end_paragraph()

    def _unheard(self, event: HtmlEvent) -> tuple[str, str] | None:
        """Name and reason for an element that is left out with all that is in it."""
        by_class = find_class_kind(event.attributes.get("class", ""))
        if by_class:
            return by_class
        if event.tag[0] != event.source[1:2].lower() or not event.source[1:2].isupper():
            return _UNHEARD.get(event.tag)
        return None

    def _closes_later(self, tag: str, line: int) -> bool:
        if tag not in self._last_closings:
            lines = (
                number for number, text in enumerate(self._lines) if f"</{tag}" in text.lower()
            )
            self._last_closings[tag] = max(lines, default=-1)
        return self._last_closings[tag] >= line

    def _skip(self, event: HtmlEvent, line: int) -> None:
        self._skip_source.append(event.source)
        if event.tag != self._skip_tag:
            return
        if event.kind == "open" and not event.closed:
            self._skip_depth += 1
        elif event.kind == "close":
            self._skip_depth -= 1
        if not self._skip_depth:
            self._end_skip(line)

    def _end_skip(self, line: int) -> None:
        first, number = self._skip_from
        source = "".join(self._skip_source)
        if number != self._token_number:
            source = "\n".join(self._lines[first : line + 1])
        self._skip_tag = ""
        self._leave_out(source, *self._skip_kind, first)
        place = _PLACES.get(self._skip_kind[0])
        if place:
            self._builder.mark_place(place, self._number(first))

    # --- inline ------------------------------------------------------------------------------

    def _read_inline(self, token: Token, line: int) -> None:
        children = mark_commit_links(token.children or [])
        if not self._skip_tag and _CONTENTS.fullmatch(token.content.strip()):
            self._leave_out(token.content, "table of contents", _PAGE, line)
            return
        styles, links = len(self._styles), len(self._links)
        for child in children:
            self._read_span(child, line)
            line += child.type in ("softbreak", "hardbreak")
            line += child.content.count("\n") if child.type != "text" else 0
        if not token.type.startswith("html"):
            del self._styles[max(styles, self._open_html_styles()) :]
            del self._links[max(links, self._tags.count("a")) :]

    def _open_html_styles(self) -> int:
        return sum(tag in STYLE_KINDS for tag in self._tags)

    def _read_span(self, token: Token, line: int) -> None:
        kind = token.type
        if kind == "html_inline":
            self._read_inline_html(token, line)
            return
        if self._skip_tag:
            line_end = "\n" if "break" in kind else ""
            self._skip_source.append(show_signs(token.content) or line_end)
            return

        if kind == "text":
            self._add_text(token.content, line)
        else:
            self._read_marked_span(token, line)

    def _read_marked_span(self, token: Token, line: int) -> None:
        """Read what Markdown marks within a run of text."""
        kind = token.type
        if kind in ("softbreak", "hardbreak"):
            self._builder.add(Span("\n", "break", line=self._number(line)))
        elif kind == "code_inline":
            self._add_span(self._scanned.show_code(token.content), "code", line)
        elif kind.startswith("math_inline"):
            self._read_math(token, line)
        elif kind == "image":
            self._read_image(token, line)
        elif kind == "footnote_ref":
            self._read_footnote_mark(token, line)
        elif kind == "hash":
            self._leave_out(token.content, *_SIGN_REASONS["hash"], line)
        else:
            self._read_style(token, line)

    def _read_inline_html(self, token: Token, line: int) -> None:
        for event in read_html(token.content):
            if event.kind == "text" and not self._skip_tag:
                self._add_span(event.source, "text", line)
            else:
                self._read_html_event(event, line)

    def _read_link(self, token: Token, line: int) -> None:
        if token.nesting > 0:
            self._links.append(self._address(str(token.attrGet("href") or "")))
            self._spans_before_link = self._span_count
            self._leave_out(str(token.attrGet("title") or ""), "link title", _MARKER, line)
        elif self._links:
            address = self._links.pop()
            if self._span_count == self._spans_before_link:
                self._leave_out(address, "link address", _MARKER, line)

    def _read_style(self, token: Token, line: int) -> None:
        name = token.type.rsplit("_", 1)[0]
        if name == "link":
            self._read_link(token, line)
        elif style := _STYLE_TOKENS.get(name):
            if token.nesting > 0:
                self._styles.append(style)
            elif self._styles:
                self._styles.pop()

    def _read_math(self, token: Token, line: int) -> None:
        delimiter = "$$" if "double" in token.type else "$"
        if _MATH_WORDS.search(re.sub(r"\\[a-z]+\{[^}]*\}", "", token.content)):
            self._add_text(f"{delimiter}{token.content}{delimiter}", line)
        else:
            self._add_span(f"${self._scanned.restore(token.content)}$", "math", line)

    def _read_image(self, token: Token, line: int) -> None:
        source = f"![{token.content}]({token.attrGet('src') or ''}"
        title = token.attrGet("title")
        source += f' "{title}")' if title else ")"
        self._leave_out(source, "picture", _SEEN, line)
        self._builder.mark_place("figure", self._number(line))
        self._builder.add(Span(" ", line=self._number(line)))

    def _read_footnote_mark(self, token: Token, line: int) -> None:
        label = token.meta.get("label")
        if label is not None:
            self._leave_out(f"[^{label}]", "footnote mark", _MARKER, line)
            return
        self._leave_out(f"^[{token.content}]", "footnote", "footnotes are not read aloud", line)

    def _add_text(self, text: str, line: int) -> None:
        """Add a run of text, with what has a type of its own in it."""
        if box := _CHECK_BOX.match(text.lstrip()):
            self._leave_out(box[0], "check box", _SEEN, line)
            text = text.lstrip()[box.end() :]
        for kind, masked in split_signs(text):
            part = show_signs(masked)
            if kind == "mark":
                found = MARK.fullmatch(part)
                if found:
                    self._told_marks.add(found[1])
                    self._add_piece(self._scanned.piece(found[1]), line)
            elif kind == "text":
                self._add_span(part, "text", line)
            elif kind == "address":
                self._add_span(self._scanned.print_values(part), "address", line, part)
            elif kind == "mention":
                self._add_span(part, "mention", line)
            else:
                self._leave_out(part, *_SIGN_REASONS[kind], line)
                # "commit 1a2b..." names one; without its hash it is any.
                self._add_text(_WITHOUT_HASH.get(part[:6], ""), line)

    def _add_piece(self, piece: Piece, line: int) -> None:
        if piece.kind == "math":
            self._add_span(f"${piece.value}$", "math", line)
        elif piece.kind == "math block":
            self._leave_out(piece.source, "formula", "formulas are not read aloud", line)
            self._builder.mark_place("math", self._number(line))
        elif piece.kind == "wiki link":
            self._add_span(piece.value, "text", line, piece.link)
        elif piece.kind == "value":
            if piece.value and piece.reason != MAKES_ADDRESS:
                self._add_span(piece.value, "text", line)
        else:
            self._leave_out(piece.source, piece.name, piece.reason, line)
            if place := _PLACES.get(piece.name):
                self._builder.mark_place(place, self._number(line))

    def _add_span(self, text: str, kind: SpanKind, line: int, link: str = "") -> None:
        if kind == "text" and self._styles:
            kind = self._styles[-1]
        address = next((each for each in reversed(self._links) if each), "") or link
        if _TO_FOOTNOTE.match(address) and _NOTE_NUMBER.fullmatch(text):
            self._leave_out(text, "footnote mark", _MARKER, line)
            return
        self._span_count += 1
        self._builder.add(Span(text, kind, address, self._number(line)))

    # --- what is left out --------------------------------------------------------------------

    def _leave_out(self, source: str, kind: str, reason: str, line: int) -> None:
        source = show_signs(source)
        self._told_marks.update(marks_in(source))
        self._builder.leave_out(kind, self._scanned.restore(source), reason, self._number(line))

    def _leave_out_lines(self, token: Token, offset: int, kind: str, reason: str) -> None:
        first, last = token.map or [0, 0]
        source = "\n".join(self._lines[first + offset : last + offset])
        self._leave_out(source, kind, reason, first + offset)

    def _leave_out_references(self, environment: Environment) -> None:
        """Definitions of link addresses, which stand apart from the text."""
        references = [
            *environment.get("references", {}).values(),
            *environment.get("duplicate_refs", []),
        ]
        for reference in references:
            first, last = reference["map"]
            source = "\n".join(self._lines[first:last])
            self._leave_out(source, "link address", _MARKER, first)

    def _address(self, written: str) -> str:
        """A link's address as browsers ask for it."""
        from markdown_it.common.normalize_url import normalizeLink

        return normalizeLink(self._scanned.print_values(written))

    def _leave_out_templates(self) -> None:
        """Leave out expressions, whose print is read where it stands, and what stood in an address."""
        for mark, piece in self._scanned.marked_pieces():
            if piece.kind == "value" or mark not in self._told_marks:
                name, reason = piece.name or "template tag", piece.reason or _PAGE
                self._builder.leave_out(
                    name, piece.source, reason, piece.line + self._first_line
                )

    def _line_source(self, line: int) -> str:
        return self._lines[line] if line < len(self._lines) else ""

    def _number(self, line: int) -> int:
        """The number in the source of a line of the scanned text."""
        lines = self._scanned.lines
        return lines[min(line, len(lines) - 1)] + self._first_line


_BLOCK_TOKENS: dict[str, BlockKind] = {
    "paragraph": "paragraph", "heading": "heading", "bullet_list": "list", "ordered_list": "list",
    "list_item": "item", "blockquote": "quotation", "table": "table", "tr": "row", "td": "cell", "th": "cell",
    "dt": "term", "dd": "definition",
}  # fmt: skip
_STYLE_TOKENS: dict[str, SpanKind] = {
    "em": "emphasis", "strong": "strong", "s": "deleted", "sup": "superscript", "sub": "subscript"
}  # fmt: skip
_TEXT_DIRECTIVES = frozenset(
    "note tip warning important caution danger hint attention seealso admonition error info".split()
)
_PLACES: dict[str, BlockKind] = {
    "code block": "code",
    "picture": "figure",
    "embed": "embed",
    "formula": "math",
}
_SIGN_REASONS = {
    "footnote mark": ("footnote mark", _MARKER),
    "citation": ("citation mark", _MARKER),
    "emoji code": ("emoji code", _SEEN),
    "check box": ("check box", _SEEN),
    "callout mark": ("callout mark", _STYLE),
    "commit": ("hash", "it is for machines"),
    "hash": ("hash", "it is for machines"),
    "stray mark": ("stray mark", _STYLE),
}


def _table_caption(tokens: Sequence[Token], at: int) -> tuple[str, str] | None:
    """Name and reason for a paragraph that is the caption of the table before it."""
    if at == 0 or tokens[at].type != "paragraph_open" or tokens[at - 1].type != "table_close":
        return None
    if not _TABLE_CAPTION.match(tokens[at + 1].content):
        return None
    return "caption", "it is of a table"


def _split_container_info(info: str) -> tuple[str, str]:
    """The name of a container and its title: of `tip Mind` as of `tip[Mind it]`."""
    in_brackets = re.fullmatch(r"(\w+)\s*\[(.*)\]", info)
    if in_brackets:
        return in_brackets[1], in_brackets[2].strip()
    name, _, title = info.partition(" ")
    return name, title.strip()


_WITHOUT_HASH = {"commit": "a commit", "Commit": "A commit"}


def _closing(tokens: Sequence[Token], at: int) -> int:
    """The place of the token that closes the one at `at`."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens) - 1
