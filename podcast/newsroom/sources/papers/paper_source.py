"""Any list of papers, recognised by what it holds."""

from __future__ import annotations

from podcast.model import Item, SourceItems, SourceText
from podcast.newsroom.sources.papers import (
    arxiv_listing,
    bibtex,
    paper_html,
    paper_json,
    paper_markdown,
    paper_text,
)


def read_marked_papers(document: SourceText) -> SourceItems | None:
    """Read a list whose form says that it is one of papers: of arXiv, BibTeX, Markdown with their links.

    None for anything else.
    """
    text = document.text
    notices: list[str] = []
    if text.lstrip()[:1] in ("<", "{", "["):
        # A pasted list of arXiv may begin with its number in brackets.
        items, notices = arxiv_listing.read_text(text) if _begins_with_number(text) else ([], [])
    elif bibtex.is_bibtex(text):
        items = bibtex.read(text)
    elif arxiv_listing.is_listing(text):
        items, notices = arxiv_listing.read_text(text)
    else:
        items = paper_markdown.read(text)
    return _gather(document, items, notices)


def read_papers(document: SourceText) -> SourceItems | None:
    """Read a page that lists papers, in its order, none twice; None when it is no such page.

    Raises SourceError for JSON that is broken or lists no paper.
    """
    start = document.text.lstrip()[:1]
    notices: list[str] = []
    if start in ("[", "{"):
        items = paper_json.read(document)
    elif start == "<":
        items, notices = paper_html.read(document)
    else:
        items = paper_text.read(document)
    return _gather(document, items, notices)


def _begins_with_number(text: str) -> bool:
    return text.lstrip().startswith("[") and arxiv_listing.is_listing(text)


def _gather(document: SourceText, items: list[Item], notices: list[str]) -> SourceItems | None:
    if not (items or notices):
        return None
    said = tuple(f"{document.name}: {notice}" for notice in notices)
    return SourceItems("papers", tuple(_without_doubles(items)), said)


def _without_doubles(items: list[Item]) -> list[Item]:
    by_title: dict[str, Item] = {}
    for item in items:
        by_title.setdefault("".join(filter(str.isalnum, item.title.casefold())), item)
    return list(by_title.values())
