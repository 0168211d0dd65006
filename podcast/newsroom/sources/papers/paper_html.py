"""A page that lists papers, as HTML: by the data that it carries for its own script, or by its articles."""

from __future__ import annotations

import json
import re

from lxml.html import HtmlElement

from podcast.document.extract import html_tree, line, paragraphs, untex
from podcast.model import Item, SourceText
from podcast.newsroom.sources.papers import paper_text
from podcast.newsroom.sources.papers.paper_listing import read_value

_PAPER = re.compile(r"/(?:papers|abs|pdf|html)/(\d{4}\.\d{4,5}(?:v\d+)?)")
_LEAST = 2
"""A page with fewer articles that look like papers is a page about something."""


def read_html(document: SourceText) -> list[Item]:
    """The papers of the page; none when it lists none."""
    tree = html_tree(document.name, document.text)
    for element in tree.xpath("//*[@data-props]"):
        try:
            items = read_value(json.loads(element.get("data-props")))
        except (ValueError, RecursionError):
            continue
        if items:
            return items
    items = [item for article in tree.iter("article") if (item := _item(article))]
    if len(items) >= _LEAST:
        return items
    blocks = paragraphs(tree)
    if not any(re.search(r"(?i)\bdaily papers\b|\barxiv\b", block) for block in blocks[:20]):
        return []
    items = paper_text.read_text(SourceText(document.name, "\n\n".join(blocks)))
    return items if len(items) >= _LEAST else []


def _item(article: HtmlElement) -> Item | None:
    """The paper that an article shows: a heading, and an abstract under it."""
    heading = next(article.iter("h1", "h2", "h3", "h4"), None)
    if heading is None:
        return None
    title = line(untex(heading.text_content()))
    abstract = max(paragraphs(article), key=len, default="")
    if not title or abstract == title or len(abstract.split()) < paper_text.ABSTRACT:
        return None
    links = [
        str(a.get("href") or "")
        for a in [*heading.iter("a"), *heading.iterancestors("a"), *article.iter("a")]
    ]
    link = next((href for href in links if _PAPER.search(href)), "")
    found = _PAPER.search(link)
    if not found:
        return None
    link = f"https://arxiv.org/abs/{found[1]}"
    return Item(title, line(untex(abstract)), link, "arxiv.org", paper=True)
