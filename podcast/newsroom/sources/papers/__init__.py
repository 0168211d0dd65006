"""A page that lists papers, each with its abstract: pasted as text, saved as HTML, or as JSON."""

from __future__ import annotations

from podcast.model import Item, SourceText
from podcast.newsroom.source_kind import SourceKind
from podcast.newsroom.sources.papers import paper_html, paper_listing, paper_text

__all__ = ["read_papers"]


def read_papers(document: SourceText) -> list[Item] | None:
    """The papers that the page lists, in its order, none twice; None when it is no such page.

    Raises SourceError for JSON that is broken or lists no paper.
    """
    start = document.text.lstrip()[:1]
    if start in ("[", "{"):
        items = paper_listing.read(document)
    elif start == "<":
        items = paper_html.read(document)
    else:
        items = paper_text.read(document)
    return _without_doubles(items) if items else None


def _without_doubles(items: list[Item]) -> list[Item]:
    kept: dict[str, Item] = {}
    for item in items:
        kept.setdefault("".join(filter(str.isalnum, item.title.casefold())), item)
    return list(kept.values())


KIND = SourceKind(read_papers, rank=20)
