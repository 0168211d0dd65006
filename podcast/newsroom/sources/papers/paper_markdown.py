"""A Markdown list or table of papers: each with a link to where the paper stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from podcast.document.plain_text import join_lines
from podcast.model import Item
from podcast.newsroom.sources.papers.paper_item import (
    ARXIV_LINK,
    PAPER_LINK,
    make_paper,
    split_names,
)

# Fewer papers are links in a note.
_LEAST = 2
_NUMBER = re.compile(r"^\s*(?:\d{1,3}[.)]|[-*•])\s*")
# The words of a link that only says what it leads to.
_LABEL_WORDS = frozenset(
    """paper full original pdf arxiv abs abstract html link links code github repo project page
    tweet blog slides video demo data dataset doi openreview website model poster bibtex hf
    huggingface here""".split()
)
# Parts of names that are written small.
_PARTICLES = frozenset("de da di la van von der den bin al el".split())
_WORD = re.compile(r"[^\W\d_]")
_PARTED = re.compile(r"\s+[—–-]{1,2}\s+|:\s+")
_BRACKETED = re.compile(r"\(([^()]{5,200})\)\s*[—–:.-]?\s*")
# One to four authors, and the others: `Ada Lovelace, Charles Babbage et al.`
_ET_AL = (
    r"(?:[A-Z][\w'’.-]*[ ]){0,3}[A-Z][\w'’-]+"
    r"(?:(?:,|[ ]and|[ ]&)[ ][A-Z][\w'’. -]+){0,3},?[ ]et[ ]al\.?"
)
_YEAR = r"(?:[ ]?[,(]?[ ]?(?:[A-Z][\w&’ ]{1,20}?[ ,]?)?[ ]?(?:'\d\d|(?:19|20)\d\d)\)?)?\)?"
_AFTER_TITLE = re.compile(
    rf"(?P<title>.{{8,}})(?:[,.;:]|[ ][—–-]|[ ](?=\()|[ ]by)[ "
    rf"]?\(?(?P<names>{_ET_AL}){_YEAR}\.?"
)
# A title with `Author et al.` after or before it, with a year and a conference or without.
_BEFORE_TITLE = re.compile(
    rf"(?P<names>{_ET_AL}){_YEAR}[.:,—–-]?[ ][\"“]?(?P<title>.{{8,}}?)[\"”]?(?:,{_YEAR})?"
)
# A longer line is no title with its authors.
_LONGEST_TITLE = 300
_NAMED = re.compile(r"(?:by|authors?:)\s+([^.\n:—–]{5,200})[.:—–]\s+", re.IGNORECASE)


@dataclass(slots=True)
class _Piece:
    """A run of text with what it is."""

    text: str
    link: str = ""
    strong: bool = False


@dataclass(slots=True)
class _Entry:
    """One list item, one row, or a heading with what stands under it."""

    pieces: list[_Piece] = field(default_factory=list)
    title_pieces: int = 0
    """Of a heading: how many of the pieces are its own."""

    @property
    def link(self) -> str:
        for piece in self.pieces:
            if PAPER_LINK.match(piece.link):
                return piece.link
        return ""


def read(text: str) -> list[Item]:
    """Read the papers; none when fewer than two entries link one."""
    if len(PAPER_LINK.findall(text)) < _LEAST:
        return []
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for entries in (list(_rows_and_items(tokens)), list(_sections(tokens))):
        items = [item for entry in entries if entry.link and (item := _make_item(entry))]
        if len(items) >= _LEAST:
            return items
    return []


def _rows_and_items(tokens: Sequence[Token]) -> Iterator[_Entry]:
    """Rows of tables, and items of the outermost lists."""
    entry: _Entry | None = None
    depth = 0
    for token in tokens:
        if token.type in ("tr_open", "list_item_open"):
            depth += 1
            entry = entry if depth > 1 else _Entry()
        elif token.type in ("tr_close", "list_item_close"):
            depth -= 1
            if depth == 0 and entry:
                yield entry
                entry = None
        elif token.type == "inline" and entry is not None:
            entry.pieces += [*_pieces(token), _Piece("\n")]


def _sections(tokens: Sequence[Token]) -> Iterator[_Entry]:
    """Headings with what stands under them."""
    entry = _Entry()
    in_heading = False
    for token in tokens:
        if token.type == "heading_open":
            yield entry
            entry = _Entry()
            in_heading = True
        elif token.type == "inline":
            entry.pieces += [*_pieces(token), _Piece("\n")]
            entry.title_pieces = len(entry.pieces) if in_heading else entry.title_pieces
            in_heading = False
    yield entry


def _pieces(token: Token) -> Iterator[_Piece]:
    link, strong = "", 0
    for child in token.children or []:
        if child.type == "link_open":
            link = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            link = ""
        elif child.type in ("strong_open", "strong_close"):
            strong += child.nesting
        elif child.type in ("softbreak", "hardbreak"):
            yield _Piece("\n")
        elif child.type in ("text", "code_inline"):
            yield from _shown_pieces(child.content, link, is_strong=strong > 0)


def _shown_pieces(text: str, link: str, *, is_strong: bool) -> Iterator[_Piece]:
    pieces = [_Piece(text, link)] if link else _bare_links(text)
    for piece in pieces:
        yield replace(piece, strong=is_strong)


def _bare_links(text: str) -> Iterator[_Piece]:
    """The text, an address in it as a link that only says what it leads to."""
    place = 0
    for found in re.finditer(r"https?://[^\s<>()\[\]]+", text):
        yield _Piece(text[place : found.start()])
        yield _Piece("link", found[0].rstrip(".,;:"))
        place = found.end()
    yield _Piece(text[place:])


def _make_item(entry: _Entry) -> Item | None:
    title, lines = _find_title(entry)
    authors, lines = _take_name_lines(lines)
    text = " ".join(lines)
    if not title and _split_et_al(text)[1]:
        title, text = text, ""
    elif not title:
        title, text = _cut_title(text)

    title, first_authors = _split_et_al(title)
    authors = authors or first_authors
    title = title.removesuffix(".")
    if len(title.split()) < 2 and not text:
        return None

    if not authors:
        authors, text = _take_authors(text)
    return make_paper(title, _strip_dashes(text), _settle_link(entry.link), authors)


def _find_title(entry: _Entry) -> tuple[str, list[str]]:
    """The title that the markup shows, or the first of several lines; and the other lines."""
    title_pieces, rest = _split_title(entry)
    shown = "".join(piece.text for piece in rest if not (piece.link and _is_label(piece)))
    lines = [line for line in map(_tidy, shown.split("\n")) if _WORD.search(line)]
    if not title_pieces and len(lines) > 1:
        return lines[0], lines[1:]
    return _tidy("".join(piece.text for piece in title_pieces)), lines


def _settle_link(link: str) -> str:
    """A link to any form of a paper on arXiv as that to its abstract; any other as it is."""
    found = ARXIV_LINK.match(link)
    return f"https://arxiv.org/abs/{found[1]}" if found else link


def _split_title(entry: _Entry) -> tuple[list[_Piece], list[_Piece]]:
    """The pieces of the title, and the others.

    Of a heading, in bold, or the text of the paper's link.
    """
    pieces = entry.pieces
    if entry.title_pieces:
        own = [piece for piece in pieces[: entry.title_pieces] if not _is_label(piece)]
        return own, pieces[entry.title_pieces :]
    for is_title in (_is_strong, _is_paper_link):
        title = [piece for piece in pieces if is_title(piece)][:1]
        if title:
            return title, [piece for piece in pieces if piece is not title[0]]
    return [], pieces


def _is_strong(piece: _Piece) -> bool:
    return piece.strong and len(piece.text.split()) > 1 and not _is_label(piece)


def _is_paper_link(piece: _Piece) -> bool:
    return bool(PAPER_LINK.match(piece.link)) and not _is_label(piece)


def _cut_title(text: str) -> tuple[str, str]:
    """The title at the beginning of a text, up to a dash or a colon, and the rest."""
    parted = _PARTED.search(text)
    return (text[: parted.start()], text[parted.end() :]) if parted else (text, "")


def _split_et_al(title: str) -> tuple[str, list[str]]:
    """A title without the `Author et al.` that is written beside it, and the names of that."""
    if " et al" not in title or len(title) > _LONGEST_TITLE:
        return title, []
    found = _AFTER_TITLE.fullmatch(title) or _BEFORE_TITLE.fullmatch(title)
    return (found["title"], split_names(found["names"])) if found else (title, [])


def _take_authors(text: str) -> tuple[list[str], str]:
    """The names at the beginning of the text, and the rest."""
    if " et al" in text and len(text) < _LONGEST_TITLE:
        alone = re.fullmatch(rf"({_ET_AL}){_YEAR}\.?", text)
        if alone:
            return split_names(alone[1]), ""
    for pattern in (_BRACKETED, _NAMED):
        found = pattern.match(text)
        names = split_names(re.sub(r",?\s*\d{4}$", "", found[1])) if found else []
        if found and names and all(map(_is_person_name, names)):
            return names, text[found.end() :]
    return [], text


def _take_name_lines(lines: list[str]) -> tuple[list[str], list[str]]:
    """The names of the first line that holds nothing else, the first line of all left out.

    And the rest.
    """
    for place, line in enumerate(lines):
        names = split_names(line)
        if len(lines) > 1 and names and len(line) < 300 and all(map(_is_person_name, names)):
            return names, lines[:place] + lines[place + 1 :]
    return [], lines


def _is_person_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 4 and all(
        word[0].isupper() or word in _PARTICLES for word in words
    )


def _is_label(piece: _Piece) -> bool:
    words = re.findall(r"[^\W\d_]+", piece.text[:80].casefold())
    return all(word in _LABEL_WORDS for word in words)


def _tidy(text: str) -> str:
    text = re.sub(r"\[[|,·/\s]*\]|\([|,·/\s]*\)", " ", join_lines(text))
    return _strip_dashes(_NUMBER.sub("", _strip_dashes(text)))


def _strip_dashes(text: str) -> str:
    return text.lstrip(" —–:|.,-").rstrip(" —–:|([-")
