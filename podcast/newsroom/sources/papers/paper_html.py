"""A page that lists papers, as HTML.

By the data that it carries for its own script, or by its articles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from podcast.document.html_tree import html_to_document, parse_html
from podcast.document.plain_text import join_lines
from podcast.document.tex_text import untex
from podcast.model import Item, SourceText
from podcast.newsroom.sources.papers import arxiv_listing, paper_text
from podcast.newsroom.sources.papers.paper_item import make_paper, split_names
from podcast.newsroom.sources.papers.paper_json import read_value

_PAPER = re.compile(r"/(?:papers|abs|pdf|html)/(\d{4}\.\d{4,5}(?:v\d+)?)")
_LISTING = re.compile(
    r"\b(?:daily|weekly|monthly|trending|top|recent|latest) papers\b", re.IGNORECASE
)
# A page with fewer articles that look like papers is a page about something.
_LEAST = 2
# How deep in the data of a page its list of papers may lie.
_DATA_DEPTH = 6


def read(document: SourceText) -> tuple[list[Item], list[str]]:
    """Read the papers of the page, and say what was left out; none when it lists none."""
    tree = parse_html(document.name, document.text)
    for value in _page_data(tree):
        if items := _find_papers(value, _DATA_DEPTH):
            return items, []
    items, notices = arxiv_listing.read_tree(tree)
    if items or notices:
        return items, notices
    for found in (_read_openreview(tree), _read_articles(tree), _read_blocks(document, tree)):
        if len(found) >= _LEAST:
            return found, []
    return [], []


def _page_data(tree: HtmlElement) -> Iterator[Any]:
    """The data that the page carries for its own script."""
    texts = [element.get("data-props") for element in tree.xpath("//*[@data-props]")]
    texts += [script.text for script in tree.xpath("//script[@id='__NEXT_DATA__']")]
    for text in texts:
        try:
            yield json.loads(text or "")
        except (ValueError, RecursionError):
            continue


def _find_papers(value: Any, depth: int) -> list[Item]:
    if isinstance(value, list):
        items = read_value(value)
        return items if len(items) >= _LEAST else []
    if not isinstance(value, dict) or not depth:
        return []
    # Papers are in a list: without one there is nothing to read in this object itself.
    if any(isinstance(one, list) for one in value.values()):
        items = read_value(value)
        if items:
            return items
    return next(
        (items for one in value.values() if (items := _find_papers(one, depth - 1))), []
    )


def _read_openreview(tree: HtmlElement) -> list[Item]:
    """The notes of OpenReview's lists.

    Title and forum in a heading, then authors, then the abstract.
    """
    items = []
    for link in tree.xpath(
        "//h4//a[contains(@href, '/forum?id=')] | //h5//a[contains(@href, '/forum?id=')]"
    ):
        note = _find_note(link)
        if note is None:
            continue
        names = split_names(_field(note, "note-authors", "authors"))
        forum = str(link.get("href")).rpartition("/forum?id=")[2].partition("&")[0]
        abstract = _labelled(note, "abstract")
        items.append(
            make_paper(
                link.text_content(), abstract, f"https://openreview.net/forum?id={forum}", names
            )
        )
    return items


def _find_note(link: HtmlElement) -> HtmlElement | None:
    """The element around a link that has the note's authors; None without one."""
    for node in link.iterancestors("div", "li"):
        if _field(node, "note-authors", "authors"):
            return node
    return None


def _field(node: HtmlElement, *names: str) -> str:
    for child in node.iter("div", "span"):
        if set(names) & set((child.get("class") or "").split()):
            return join_lines(child.text_content())
    return ""


def _labelled(note: HtmlElement, label: str) -> str:
    """The text beside a label such as `Abstract:`."""
    for node in note.iter("strong", "span", "b"):
        if join_lines(node.text_content()).rstrip(":").casefold() == label:
            after = node.getnext()
            text = (node.tail or "") + (after.text_content() if after is not None else "")
            return join_lines(text)
    return ""


def _read_articles(tree: HtmlElement) -> list[Item]:
    return [item for article in tree.iter("article") if (item := _read_article(article))]


def _read_article(article: HtmlElement) -> Item | None:
    """The paper that an article shows: a heading, and an abstract under it."""
    heading = next(article.iter("h1", "h2", "h3", "h4"), None)
    if heading is None:
        return None
    title = join_lines(untex(heading.text_content()))
    abstract = max(
        (block.text for block in html_to_document(article).blocks), key=len, default=""
    )
    if not title or abstract == title or len(abstract.split()) < paper_text.ABSTRACT:
        return None
    anchors = [*heading.iter("a"), *heading.iterancestors("a"), *article.iter("a")]
    for anchor in anchors:
        found = _PAPER.search(str(anchor.get("href") or ""))
        if found:
            return make_paper(title, abstract, f"https://arxiv.org/abs/{found[1]}")
    return None


def _read_blocks(document: SourceText, tree: HtmlElement) -> list[Item]:
    blocks = [block.text for block in html_to_document(tree).blocks]
    if not any(_LISTING.search(block) for block in blocks[:20]):
        return []
    return paper_text.read(SourceText(document.name, "\n\n".join(blocks)))
