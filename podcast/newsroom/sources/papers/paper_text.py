"""A list of papers as it is copied from a page.

Titles, abstracts, and whatever stood around them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from podcast.document.plain_text import join_lines
from podcast.document.tex_text import untex
from podcast.model import Item, SourceText
from podcast.newsroom.sources.papers.paper_item import ARXIV_LINK, PAPER_LINK, split_names

ABSTRACT = 40
"""A paragraph of this many words is an abstract, and one of half as many that ends a
sentence."""
_LEAST_TITLE = 3
"""Words beside an address that make a title."""
_CHROME = re.compile(
    r"(?ix) [\W\d]*+ (?:"
    r"new|subscribe|log ?in|sign ?up|search|upvotes?|trending|daily|weekly|monthly|papers|"
    r"daily\ papers|back|"
    r"previous|next|load\ more|show\ more|abstract|comments?|view\ (?:pdf|arxiv\ page|"
    r"on\ arxiv)|pdf|html|"
    r"add\ to\ collection|by\ \S.{0,40}\ community|get\ .{0,40}\ inbox!?|"
    r"(?:submitted|published|posted|updated)\ (?:by|on|to)\b.{0,60}|"
    r"(?:published|last\ modified|keywords?|tl;?dr|primary\ area|venue|readers)\s*:.{0,300}|"
    r"everyone|revisions|bibtex|show\ (?:bibtex|all|revisions)|"
    r"[a-z]{3,12}\ 20\d\d\ ?(?:poster|oral|spotlight|conference|workshop|submission|"
    r"withdrawn)?.{0,30}|"
    r"(?<=\d\ )(?:authors?|comments?|upvotes?|likes?|models?)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\ \d{1,2}(?:,?\ \d{4})?"
    r")? [\W\d]*"
)
"""What pages print around papers: buttons, counts, dates."""
_ABSTRACT = re.compile(r"^abstract\s*[:.—–-]\s*", re.IGNORECASE)
_NAME = (
    r"[^\W\d_a-z][\w'’.-]*(?: (?:[^\W\d_a-z][\w'’.-]*|de|van|von|der|den|da|di|la|al|bin)){1,4}"
)
_AUTHORS = re.compile(
    rf"(?:by )?{_NAME}(?:(?:, (?:and )?| and | & |; ){_NAME})+(?:,? et al\.?)?"
)


def read(document: SourceText) -> list[Item]:
    """The papers: each abstract with the last line before it that can be its title."""
    items: list[Item] = []
    title, link = "", ""
    authors: tuple[str, ...] = ()
    open_item = False
    for paragraph in _paragraphs(document.text):
        text = _ABSTRACT.sub("", join_lines(untex(paragraph)))
        if _is_abstract(text):
            if title:
                domain = urlsplit(link).hostname or ""
                items.append(Item(title, text, link, domain, paper=True, authors=authors))
                title, authors, link = "", (), ""
                open_item = True
            elif open_item:
                items[-1] = _longer(items[-1], text)
        elif found := ARXIV_LINK.search(text):
            link = f"https://arxiv.org/abs/{found[1]}"
        elif found := PAPER_LINK.search(text):
            rest = text.replace(found[0], "").strip(" ()[]<>:,-–—")
            if len(rest.split()) >= _LEAST_TITLE:
                title, authors = rest, ()
            link = _add_link(items, title, found[0].rstrip(").,;]"))
        elif title and (_AUTHORS.fullmatch(text) or _is_lone_author(text, title)):
            authors = tuple(split_names(text))
        elif not _CHROME.fullmatch(text):
            title, authors = text, ()
    return items


def _add_link(items: list[Item], title: str, link: str) -> str:
    """Give a link that stands under a paper to that one.

    Return it where it belongs to the next.
    """
    if title or not items or items[-1].link:
        return link
    items[-1] = replace(items[-1], link=link, source=urlsplit(link).hostname or "")
    return ""


def _paragraphs(text: str) -> list[str]:
    """The paragraphs.

    Where one has a line as long as itself, or an address, each line is its own.
    """
    found: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        lines = block.split("\n")
        is_parted = any(len(one) > 200 or PAPER_LINK.fullmatch(one.strip()) for one in lines)
        found += lines if is_parted else [block]
    return found


def _is_abstract(text: str) -> bool:
    words = len(text.split())
    return words >= ABSTRACT or (words >= ABSTRACT / 2 and text.endswith((".", "!", "?")))


def _is_lone_author(text: str, title: str) -> bool:
    """Tell whether a line under a title is the one name of who wrote it."""
    return len(title.split()) > 2 and len(text.split()) < 4 and bool(re.fullmatch(_NAME, text))


def _longer(item: Item, text: str) -> Item:
    return replace(item, text=f"{item.text}\n\n{text}")
