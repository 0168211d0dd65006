"""The article of a web page.

Trafilatura finds it, and leaves navigation, comments and related pages.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from podcast.document.html_tree import html_to_document, parse_html
from podcast.model import Document

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements in which paragraphs may be parted by line breaks.
_HOLDERS = ("div", "td", "article", "section", "main", "body", "p", "font", "span", "center")
_BLOCKS = frozenset(
    "p div ul ol dl table blockquote pre h1 h2 h3 h4 h5 h6 hr figure section article".split()
)


def extract_article(tree: HtmlElement) -> Document:
    """Find the page's article. The tree is not changed."""
    import trafilatura

    prepared = copy.deepcopy(tree)
    _part_paragraphs(prepared)
    found = trafilatura.extract(
        prepared,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_tables=True,
    )
    if not found:
        return Document()
    return html_to_document(parse_html("an article", found))


def visible_text(tree: HtmlElement) -> str:
    """All that a reader of the page sees in its body, menus and the like left out."""
    body = tree.find(".//body")
    return html_to_document(tree if body is None else body).text


def _part_paragraphs(tree: HtmlElement) -> None:
    """Put what empty lines of `<br>` part into paragraphs: trafilatura would join it."""
    from lxml import html

    for holder in list(tree.iter(*_HOLDERS)):
        if not any(map(_is_empty_line, holder)):
            continue

        children = list(holder)
        empty_lines = set(filter(_is_empty_line, children))
        paragraph = html.Element("p")
        paragraph.text, holder.text = holder.text, None
        holder[:] = [paragraph]
        for child in children:
            if child in empty_lines or child.tag in _BLOCKS:
                paragraph = html.Element("p")
                paragraph.text, child.tail = child.tail, None
                holder.extend([paragraph] if child.tag == "br" else [child, paragraph])
            else:
                paragraph.append(child)
        if holder.tag == "p":
            holder.tag = "div"


def _is_empty_line(element: HtmlElement) -> bool:
    """Tell whether it is one of several `<br>` in a row."""
    if element.tag != "br":
        return False
    after, before = element.getnext(), element.getprevious()
    is_first = after is not None and after.tag == "br" and not (element.tail or "").strip()
    is_later = before is not None and before.tag == "br" and not (before.tail or "").strip()
    return is_first or is_later
