"""The blocks and links of a Markdown text, with the lines where they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_TARGET = re.compile(r"\]\([ \t]*+(\S++)([ \t]*+\))?")


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of the Markdown."""

    tokens: Sequence[Token]
    start: int
    """Its first line, counted from 0."""
    end: int
    """The line after its last."""

    @property
    def kind(self) -> str:
        """`heading`, `paragraph`, `bullet_list`, `ordered_list`, `blockquote`, `fence`, `hr` ..."""
        return self.tokens[0].type.removesuffix("_open")

    @property
    def level(self) -> int:
        """1 to 6 for a heading, 0 for everything else."""
        return int(self.tokens[0].tag[1]) if self.kind == "heading" else 0

    @property
    def is_list(self) -> bool:
        return self.kind.endswith("_list")

    @property
    def inlines(self) -> Iterator[Token]:
        """The runs of text in it: one for a paragraph, at least one for each item of a list."""
        return (token for token in self.tokens if token.type == "inline")

    @property
    def plain(self) -> str:
        """Its first run of text without Markdown, its line breaks kept."""
        return next((_plain(token.children or ()) for token in self.inlines), "")

    @property
    def text(self) -> str:
        """Its first run of text without Markdown, on one line."""
        return " ".join(self.plain.split())

    @property
    def first_line(self) -> str:
        return self.plain.split("\n", 1)[0].strip()


def parse(markdown: str) -> tuple[list[Block], dict[str, str]]:
    """The top-level blocks in order, and the addresses of link references by their normalised labels."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    tokens = MarkdownIt("commonmark").parse(markdown, found)
    blocks: list[Block] = []
    start = 0
    for end, token in enumerate(tokens, 1):
        if token.level == 0 and token.nesting <= 0:
            first, last = tokens[start].map or [0, 0]
            blocks.append(Block(tokens[start:end], first, last))
            start = end
    return blocks, {label: target["href"] for label, target in found.get("references", {}).items()}


def linked(token: Token) -> tuple[str, str, str]:
    """The first link of a run of text: its text and address, and the text after it.

    Without a link: the whole text, no address, and the whole text again.
    """
    children = token.children or []
    for start, child in enumerate(children):
        if child.type == "link_open" and child.attrGet("href"):
            end = next(i for i in range(start, len(children)) if children[i].type == "link_close")
            href = str(child.attrGet("href"))
            return one_line(children[start:end]), href, one_line(children[end:])
    if loose := _loose(token.content):
        return loose
    text = one_line(children)
    return text, "", text


def _loose(text: str) -> tuple[str, str, str] | None:
    """What `[text]( address )` on one line holds, though CommonMark takes it for no link; as `linked`."""
    for line in text.split("\n"):
        start = line.find("[")
        at = line.rfind("](")
        while 0 <= start < at - 1:
            if found := _TARGET.match(line, at):
                end = found.end() if found[2] else found.start(1) + found[1].rfind(")") + 1
                address = found[1] if found[2] else found[1][: found[1].rfind(")")]
                if address and end > found.start(1):
                    return line[start + 1 : at].strip(), address, text[text.index(line) + end :]
            at = line.rfind("](", 0, at)
    return None


def _plain(tokens: Iterable[Token]) -> str:
    """Text without its Markdown; a line break of the source stays one."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        token.content if token.type in ("text", "code_inline") else breaks.get(token.type, "")
        for token in tokens
    )


def one_line(tokens: Iterable[Token]) -> str:
    return " ".join(_plain(tokens).split())
