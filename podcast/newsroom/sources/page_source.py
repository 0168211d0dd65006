"""A web page: its article, or the paper that it is about."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from podcast.document.html_tree import parse_html, spoken_paragraphs
from podcast.document.plain_text import join_lines
from podcast.document.tex_text import untex
from podcast.errors import SourceError
from podcast.language.detection import find_other_language
from podcast.model import Item, SourceItems, SourceText
from podcast.newsroom.source_kind import SourceKind
from podcast.newsroom.sources.article import extract_article, visible_text
from podcast.newsroom.sources.entries import title_of
from podcast.newsroom.sources.page_metadata import PageFacts, read_page_facts

# A page that gives less of its visible text is said to.
_LEAST_SHARE = 1 / 3
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
# Fewer words are no text.
_LEAST = 4
# Words of an article that is hardly one.
_SHORT = 25


def read_page(document: SourceText) -> SourceItems | None:
    """Read a web page as one Item; None when the document is no HTML.

    Raises SourceError for a page without title or text, and for one in another language.
    """
    if not _is_html(document.text):
        return None

    tree = parse_html(document.name, document.text)
    facts = read_page_facts(tree)
    visible = visible_text(tree)
    if language := find_other_language(f"{facts.title}\n\n{visible}"):
        what = f"this page is in {language}, and only English can be told"
        raise SourceError(f"{document.name}: {what}. Name a page in English")

    text = facts.abstract or "\n\n".join(spoken_paragraphs(extract_article(tree)))
    taken, shown = len(text.split()), len(visible.split())
    if taken < _SHORT and len(facts.summary.split()) > taken:
        text = facts.summary
    if len(text.split()) < _LEAST:
        raise SourceError(f"{document.name}: this page has no text to tell of")

    notices: tuple[str, ...] = ()
    if not facts.is_paper and taken < shown * _LEAST_SHARE:
        what = f"only {taken} of the page's {shown} words were taken for its article"
        notices = (f"{document.name}: {what}; look whether they are the right ones",)
    return SourceItems((_item(document, facts, text),), notices)


def _is_html(text: str) -> bool:
    """Tell whether it begins with a tag, or has a page's first tags after something stray."""
    return text.lstrip().startswith("<") or bool(_PAGE.search(text[:2000]))


def _item(document: SourceText, facts: PageFacts, text: str) -> Item:
    host = urlsplit(document.address).hostname or ""
    title = facts.title or title_of(text)
    is_paper = facts.is_paper or f".{host}".endswith(".arxiv.org")
    return Item(
        join_lines(untex(title)) if is_paper else title,
        join_lines(untex(text)) if is_paper else text,
        document.address,
        host or facts.site,
        date=facts.date,
        paper=is_paper,
        authors=facts.authors,
    )


KIND = SourceKind(read_page, rank=10)
