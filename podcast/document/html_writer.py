"""A Document as HTML, for mails and pages. Everything in it is escaped."""

from __future__ import annotations

from html import escape

from podcast.model import Block, Document, Span

_TAGS = {
    "emphasis": "em",
    "strong": "strong",
    "deleted": "s",
    "code": "code",
    "superscript": "sup",
    "subscript": "sub",
}
_BLOCK_TAGS = {
    "paragraph": "p", "item": "li", "quotation": "blockquote", "table": "table", "row": "tr", "cell": "td",
    "term": "p", "definition": "div",
}  # fmt: skip


def write_html(document: Document) -> str:
    """The blocks as HTML; what is left out of the Document is left out here."""
    return "\n".join(text for block in document.blocks if (text := _block(block)))


def _block(block: Block) -> str:
    inner = "".join(map(_span, block.spans)) + "".join(map(_block, block.children))
    if not inner.strip():
        return ""
    if block.kind == "heading":
        level = min(max(block.level, 1) + 1, 6)
        return f"<h{level}>{inner}</h{level}>"
    tag = (
        ("ol" if block.ordered else "ul")
        if block.kind == "list"
        else _BLOCK_TAGS.get(block.kind, "")
    )
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _span(span: Span) -> str:
    if span.kind == "break":
        return "\n"
    text = escape(span.text)
    tag = _TAGS.get(span.kind)
    text = f"<{tag}>{text}</{tag}>" if tag else text
    if span.link.startswith(("http://", "https://", "mailto:")):
        return f'<a href="{escape(span.link)}">{text}</a>'
    return text
