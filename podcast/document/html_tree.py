"""HTML becomes a tree, and a tree becomes typed Blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from podcast.document.plain_text import join_lines, remove_unseen
from podcast.errors import SourceError
from podcast.model import Block, BlockKind, Document, Span

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements whose text is none of the document's.
_UNREAD = frozenset(
    """script style noscript template svg iframe object video audio canvas form button select
    textarea nav aside footer head""".split()
)
# Elements that begin and end a block.
_BREAKING = frozenset(
    """address article blockquote body br caption center dd details div dl dt fieldset
    figcaption figure h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table
    tbody td tfoot th thead tr ul""".split()
)
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "item",
    "dt": "term",
    "dd": "definition",
    "blockquote": "quotation",
    "pre": "code",
    "table": "cell",
    "figure": "figure",
}
# Which kind a block has that stands in several of these, the first.
_INNERMOST: tuple[BlockKind, ...] = (
    "figure",
    "cell",
    "code",
    "heading",
    "term",
    "definition",
    "item",
    "quotation",
)
_SPOKEN = ("paragraph", "item", "definition", "quotation")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")


def parse_html(name: str, text: str) -> HtmlElement:
    """Parse the HTML `text`. Raises SourceError, with `name`, when it holds no document."""
    from lxml import etree, html

    try:
        # Given as bytes, for lxml refuses text that declares an encoding.
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
        return html.document_fromstring(remove_unseen(text).encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(
            f"{name}: this is no HTML that can be read. Check it in a browser"
        ) from error


def html_to_document(element: HtmlElement) -> Document:
    """Turn the element into a flat Document: navigation, scripts and forms are none of it."""
    builder = _Builder()
    for event, node in _walk(element):
        if event == "start":
            builder.open(node)
        else:
            builder.close(node)
            if node is not element:
                builder.add(node.tail or "")
    builder.end_block()
    return Document(tuple(builder.blocks))


def fragment_to_document(html: str) -> Document:
    """Turn a fragment of HTML, as feeds hold it, into a Document.

    Plain text has paragraphs too.
    """
    if not html.strip():
        return Document()
    if "<" not in html and "&" not in html:
        lines = filter(None, map(join_lines, re.split(r"\n\s*\n", html)))
        return Document(tuple(Block("paragraph", (Span(text),)) for text in lines))
    return html_to_document(parse_html("a fragment", f"<div>{html}</div>"))


def spoken_paragraphs(document: Document) -> list[str]:
    """The paragraphs, items and quotations.

    What can be told, without headings, code, tables and figures.
    """
    return [block.text for block in document.blocks if block.kind in _SPOKEN]


def _walk(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Start and end of each element below, what is not read left out. No recursion.

    Pages are deep.
    """
    stack = [("start", element)]
    while stack:
        event, node = stack.pop()
        if event == "start" and (not isinstance(node.tag, str) or node.tag in _UNREAD):
            # Its tail is its parent's text.
            stack.append(("skip", node))
            continue
        yield ("end" if event == "skip" else event), node
        if event == "start":
            stack.append(("end", node))
            stack.extend(("start", child) for child in reversed(node))


def _kind_of(node: HtmlElement) -> BlockKind | None:
    if not isinstance(node.tag, str):
        return None
    if node.tag == "table":
        blocks = next(node.iterdescendants("p", "div", "h1", "h2", "h3", "table"), None)
        # With blocks in it, it only lays a page or a mail out.
        return "cell" if blocks is None else None
    return _KINDS.get(node.tag)


@dataclass(slots=True)
class _Builder:
    """Collects the text of blocks."""

    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    open_kinds: list[BlockKind] = field(default_factory=list)
    level: int = 0

    def open(self, node: HtmlElement) -> None:
        if node.tag == "br":
            self._break_line()
        elif node.tag in _BREAKING:
            self.end_block()
        if kind := _kind_of(node):
            self.open_kinds.append(kind)
            self.level = int(node.tag[1]) if kind == "heading" else self.level
        self.add(node.text or "")

    def close(self, node: HtmlElement) -> None:
        if node.tag in _BREAKING and node.tag != "br":
            self.end_block()
        if (kind := _kind_of(node)) and kind in self.open_kinds:
            self.open_kinds.remove(kind)

    def add(self, text: str) -> None:
        if text:
            self.parts.append(text)

    def end_block(self) -> None:
        text = join_lines("".join(self.parts))
        self.parts.clear()
        if text:
            kinds = [kind for kind in _INNERMOST if kind in self.open_kinds]
            kind: BlockKind = kinds[0] if kinds else "paragraph"
            level = self.level if kind == "heading" else 0
            self.blocks.append(Block(kind, (Span(text),), level=level))

    def _break_line(self) -> None:
        """End the block where a sentence ends: a line that is broken within one goes on."""
        if _ENDS.search("".join(self.parts[-3:]).rstrip()):
            self.end_block()
        else:
            self.add("\n")
