"""A list of papers as it is copied from a page.

Titles, abstracts, and whatever stood around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from podcast.document.plain_text import join_lines
from podcast.document.tex_text import untex
from podcast.model import Item, SourceText
from podcast.newsroom.sources.papers.paper_item import ARXIV_LINK, PAPER_LINK, split_names

# A paragraph of this many words is an abstract, and one of half as many that ends a sentence.
ABSTRACT = 40
# Words beside an address that make a title.
_LEAST_TITLE = 3
# What pages print around papers: buttons, counts, dates.
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
_ABSTRACT = re.compile(r"^abstract\s*[:.—–-]\s*", re.IGNORECASE)
_NAME = (
    r"[^\W\d_a-z][\w'’.-]*(?: (?:[^\W\d_a-z][\w'’.-]*|de|van|von|der|den|da|di|la|al|bin)){1,4}"
)
_AUTHORS = re.compile(
    rf"(?:by )?{_NAME}(?:(?:, (?:and )?| and | & |; ){_NAME})+(?:,? et al\.?)?"
)


def read(document: SourceText) -> list[Item]:
    """The papers: each abstract with the last line before it that can be its title."""
    reader = _PaperReader()
    for paragraph in _paragraphs(document.text):
        reader.read_paragraph(_ABSTRACT.sub("", join_lines(untex(paragraph))))
    return reader.items


@dataclass
class _PaperReader:
    """The papers so far, and what is known of the one that comes next."""

    items: list[Item] = field(default_factory=list)
    title: str = ""
    link: str = ""
    authors: tuple[str, ...] = ()

    def read_paragraph(self, text: str) -> None:
        """Take a paragraph for an abstract, a link, authors or a title, in this order."""
        if _is_abstract(text):
            self._add_abstract(text)
        elif found := ARXIV_LINK.search(text):
            self.link = f"https://arxiv.org/abs/{found[1]}"
        elif found := PAPER_LINK.search(text):
            self._add_link(text, found[0])
        elif self.title and (_AUTHORS.fullmatch(text) or _is_lone_author(text, self.title)):
            self.authors = tuple(split_names(text))
        elif not _CHROME.fullmatch(text):
            self.title, self.authors = text, ()

    def _add_abstract(self, text: str) -> None:
        """End a paper with its abstract; without a title it goes on with the last one's."""
        if self.title:
            domain = urlsplit(self.link).hostname or ""
            self.items.append(
                Item(self.title, text, self.link, domain, paper=True, authors=self.authors)
            )
            self.title, self.authors, self.link = "", (), ""
        elif self.items:
            self.items[-1] = _longer(self.items[-1], text)

    def _add_link(self, text: str, address: str) -> None:
        """Give a link to the paper above it, where that has none yet; else to the next."""
        rest = text.replace(address, "").strip(" ()[]<>:,-–—")
        if len(rest.split()) >= _LEAST_TITLE:
            self.title, self.authors = rest, ()

        link = address.rstrip(").,;]")
        if self.title or not self.items or self.items[-1].link:
            self.link = link
            return
        source = urlsplit(link).hostname or ""
        self.items[-1] = replace(self.items[-1], link=link, source=source)
        self.link = ""


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
