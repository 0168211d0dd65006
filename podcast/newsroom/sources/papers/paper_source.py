"""Any list of papers, recognised by what it holds."""

from __future__ import annotations

import re

from podcast.model import Item, SourceItems, SourceText
from podcast.newsroom.sources.note_source import is_note
from podcast.newsroom.sources.papers import (
    arxiv_listing,
    bibtex,
    paper_html,
    paper_json,
    paper_markdown,
    paper_text,
)

_JSON = re.compile(r"\s*+(?:\{|\[\s*+[\[{\"\]])")


def read_papers(document: SourceText) -> SourceItems | None:
    """Read a list of papers in its order, none twice; None when the document is none.

    Raises SourceError for JSON that is broken or lists no paper.
    """
    items, notices = _read_marked(document)
    if not (items or notices or is_note(document)):
        items, notices = _read_unmarked(document)
    if not (items or notices):
        return None
    said = tuple(f"{document.name}: {notice}" for notice in notices)
    return SourceItems(tuple(_without_doubles(items)), said)


def _read_marked(document: SourceText) -> tuple[list[Item], list[str]]:
    """Read a list whose form says that it is one of papers.

    Of arXiv, BibTeX, Markdown with their links.
    """
    text = document.text
    if text.lstrip()[:1] in ("<", "{"):
        return [], []
    if arxiv_listing.is_listing(text):
        return arxiv_listing.read_text(text)
    if bibtex.is_bibtex(text):
        return bibtex.read(text), []
    return paper_markdown.read(text), []


def _read_unmarked(document: SourceText) -> tuple[list[Item], list[str]]:
    """Read a page that lists papers, by what stands in it."""
    if _JSON.match(document.text):
        return paper_json.read(document), []
    if document.text.lstrip().startswith("<"):
        return paper_html.read(document)
    return paper_text.read(document), []


def _without_doubles(items: list[Item]) -> list[Item]:
    by_title: dict[str, Item] = {}
    for item in items:
        by_title.setdefault("".join(filter(str.isalnum, item.title.casefold())), item)
    return list(by_title.values())
