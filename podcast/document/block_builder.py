"""Collect Blocks and LeftOuts while a text is parsed."""

from __future__ import annotations

from dataclasses import dataclass, field

from podcast.model import Block, BlockKind, Document, LeftOut, Span, SpanKind

# Deeper blocks join the one that holds them.
_MOST_DEPTH = 60


@dataclass(slots=True)
class _Frame:
    """A block that is still open; the outermost has no kind."""

    kind: BlockKind | None = None
    line: int = 0
    level: int = 0
    ordered: bool = False
    implicit: bool = False
    """True for a paragraph that nothing opened: text that stands in an item, a cell, a
    division."""
    place: BlockKind | None = None
    """What is left out of it: where nothing else is in it, an empty block of that kind keeps
    the place."""
    spans: list[Span] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)


_WITH_SPANS = frozenset({"paragraph", "heading", "cell", "term"})


class BlockBuilder:
    """Builds a Document from events in the order of the text."""

    def __init__(self) -> None:
        self._stack = [_Frame()]
        self._left_out: list[LeftOut] = []
        self._unopened = 0

    def open(self, kind: BlockKind, line: int, level: int = 0, ordered: bool = False) -> None:
        """Begin a block. A paragraph that nothing closed ends here."""
        self._end_implicit()
        if len(self._stack) > _MOST_DEPTH:
            self._unopened += 1
            return
        self._stack.append(_Frame(kind, line, level, ordered))

    def close(self, kind: BlockKind) -> None:
        """End the innermost block of that kind, with all that is open in it; none.

        Nothing happens.
        """
        self._end_implicit()
        if self._unopened:
            self._unopened -= 1
            return
        if any(frame.kind == kind for frame in self._stack):
            while self._pop() != kind:
                pass

    def is_open(self, kind: BlockKind) -> bool:
        return any(frame.kind == kind for frame in self._stack)

    def end_paragraph(self) -> None:
        """End a paragraph that nothing opened, as a division of a page does."""
        self._end_implicit()

    def add(self, span: Span) -> None:
        """Add a span to the open block, or to a new paragraph in it."""
        frame = self._stack[-1]
        if frame.kind not in _WITH_SPANS:
            if span.kind == "break" or not span.text.strip():
                return
            self._stack.append(_Frame("paragraph", span.line, implicit=True))
            frame = self._stack[-1]
        last = frame.spans[-1] if frame.spans else None
        if last and (last.kind, last.link) == (span.kind, span.link) and span.kind != "break":
            frame.spans[-1] = Span(last.text + span.text, last.kind, last.link, last.line)
        else:
            frame.spans.append(span)

    def add_empty(self, kind: BlockKind, line: int) -> None:
        """Add a block that marks the place of something that is left out."""
        self._end_implicit()
        self._stack[-1].children.append(Block(kind, line=line))

    def mark_place(self, kind: BlockKind, line: int) -> None:
        """Mark the place of something that is left out of a paragraph, or stands between blocks."""
        frame = self._stack[-1]
        if frame.kind in _WITH_SPANS:
            frame.place = kind
        else:
            self.add_empty(kind, line)

    def leave_out(self, kind: str, text: str, reason: str, line: int) -> None:
        if text.strip():
            self._left_out.append(LeftOut(kind, text.strip("\n"), reason, line))

    def document(self) -> Document:
        """The finished Document."""
        while len(self._stack) > 1:
            self._pop()
        left_out = sorted(self._left_out, key=lambda part: part.line)
        return Document(tuple(self._stack[0].children), tuple(left_out))

    def _end_implicit(self) -> None:
        if self._stack[-1].implicit:
            self._pop()

    def _pop(self) -> BlockKind | None:
        frame = self._stack.pop()
        if not self._stack or frame.kind is None:
            raise AssertionError("the outermost frame stays")
        spans = self._without_caption(frame, _trimmed(frame.spans))
        children = tuple(frame.children)
        if spans or children or frame.kind in ("cell", "rule"):
            block = Block(frame.kind, spans, children, frame.line, frame.level, frame.ordered)
            self._stack[-1].children.append(block)
        elif frame.place and frame.kind == "paragraph":
            self._stack[-1].children.append(Block(frame.place, line=frame.line))
        return frame.kind

    def _without_caption(self, frame: _Frame, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The spans of a block; none where they are the caption of the picture beside them."""
        if frame.place != "figure" or not all(map(_is_slanted, spans)):
            return spans
        self.leave_out("caption", _join(spans), "it is of a picture", frame.line)
        return ()


def _is_slanted(span: Span) -> bool:
    """Whether a span beside a picture is its caption: posts write captions in italics."""
    return span.kind == "emphasis" or not span.text.strip()


def _join(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def _trimmed(spans: list[Span]) -> tuple[Span, ...]:
    """The spans without white space and breaks at both ends; empty when they say nothing."""
    first, last = 0, len(spans)
    while first < last and not spans[first].text.strip():
        first += 1
    while last > first and not spans[last - 1].text.strip():
        last -= 1
    return tuple(spans[first:last])


def plain_document(text: str) -> Document:
    """Plain text as a Document: each part between empty lines is a paragraph."""
    blocks: list[Block] = []
    line = 1
    for part in text.split("\n\n"):
        words = " ".join(part.split())
        if words:
            blocks.append(Block("paragraph", (Span(words, line=line),), line=line))
        line += part.count("\n") + 2
    return Document(tuple(blocks))


STYLE_KINDS: dict[str, SpanKind] = {
    "em": "emphasis", "i": "emphasis", "cite": "emphasis", "dfn": "emphasis", "var": "emphasis",
    "strong": "strong", "b": "strong", "s": "deleted", "del": "deleted", "strike": "deleted",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "sup": "superscript", "sub": "subscript",
}  # fmt: skip
