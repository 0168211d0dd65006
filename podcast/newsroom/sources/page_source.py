"""One web page: its title, and the text that it is about.

The text is where the most words stand in paragraphs that share a parent, as in Arc90's Readability.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from podcast.document.extract import html_tree, line, paragraphs
from podcast.errors import SourceError
from podcast.model import Item, SourceText
from podcast.newsroom.source_kind import SourceKind

_LEAST = 8
"""Fewer words are a caption or a button."""
_DATES = ("article:published_time", "datePublished", "date", "citation_publication_date", "citation_date")


def read_page(document: SourceText) -> list[Item] | None:
    """The page as one Item; None when the document is no HTML. Raises SourceError for a page without text."""
    if not document.text.lstrip().startswith("<"):
        return None
    tree = html_tree(document.name, document.text)
    meta = {
        str(m.get("property") or m.get("name") or m.get("itemprop")): line(m.get("content") or "")
        for m in tree.iter("meta")
    }
    heading = next((line(h.text_content()) for h in tree.iter("h1")), "")
    title = meta.get("og:title") or heading or line(tree.findtext(".//title") or "")
    text = "\n\n".join(_text(tree)) or meta.get("og:description") or meta.get("description", "")
    if not (title and text):
        raise SourceError(f"{document.name}: this page has no {'text' if title else 'title'} to tell of")
    host = urlsplit(document.address).hostname or ""
    times = [t.get("datetime") or "" for t in tree.iter("time")]
    return [
        Item(
            title,
            text,
            document.address,
            host,
            date=next(
                (day for word in [*(meta.get(k, "") for k in _DATES), *times] if (day := _date(word))), None
            ),
            paper=f".{host}".endswith(".arxiv.org"),
            authors=tuple(filter(None, [meta.get("author", "")])),
        )
    ]


def _text(tree: HtmlElement) -> list[str]:
    """The paragraphs of the element that has the most words in paragraphs of its own."""
    words: dict[HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        count = len(paragraph.text_content().split())
        if parent is not None and count >= _LEAST:
            words[parent] = words.get(parent, 0) + count
            if (above := parent.getparent()) is not None:
                words[above] = words.get(above, 0) + count // 2
    if not words:
        return []
    best = max(words, key=lambda element: words[element])
    return [text for text in paragraphs(best) if len(text.split()) >= _LEAST]


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        return None


KIND = SourceKind(read_page, rank=10)
