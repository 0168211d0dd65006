"""BibTeX: entries with their fields, as reference managers and publishers export them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from podcast.document.tex_text import untex
from podcast.model import Item
from podcast.newsroom.sources.papers.paper_item import make_paper

_ENTRY = re.compile(
    r"^[ \t]*@([a-z]+)[ \t]*[{(][ \t]*([^\s,{}()=]*)[ \t]*,", re.IGNORECASE | re.MULTILINE
)
_FIELD = re.compile(r"\s*,?\s*([a-z][\w-]*)\s*=\s*", re.IGNORECASE)
_NO_PAPERS = ("comment", "string", "preamble")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def is_bibtex(text: str) -> bool:
    """Tell whether the text begins with an entry of BibTeX, remarks before it left out."""
    found = _ENTRY.search(text)
    return found is not None and "=" in text[found.end() :]


def read(text: str) -> list[Item]:
    """Read the papers; what has no title is left out."""
    return [
        item
        for kind, fields in _read_entries(text)
        if kind not in _NO_PAPERS and (item := _make_item(fields))
    ]


def _make_item(fields: dict[str, str]) -> Item | None:
    title = _unbraced(fields.get("title", ""))
    if not title:
        return None
    authors = [
        _turned(name) for name in re.split(r"\s+and\s+", _unbraced(fields.get("author", "")))
    ]
    return make_paper(
        title,
        _unbraced(fields.get("abstract", "")),
        _find_doi_link(fields),
        authors,
        _publication_date(fields),
    )


def _find_doi_link(fields: dict[str, str]) -> str:
    eprint, url = fields.get("eprint", "").strip(), fields.get("url", "").strip()
    prefix = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    if eprint and (prefix == "arxiv" or re.fullmatch(r"\d{4}\.\d{4,5}(?:v\d+)?", eprint)):
        return f"https://arxiv.org/abs/{eprint}"
    if url.startswith(("http://", "https://")):
        return url
    doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", fields.get("doi", "").strip())
    return f"https://doi.org/{doi}" if doi else ""


def _publication_date(fields: dict[str, str]) -> dt.date | None:
    """The day of publication, when all of it is there."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word := fields.get("date", "").strip()):
        parts = [int(part) for part in word.split("-")]
    else:
        month = fields.get("month", "").strip()[:3].lower()
        numbers = [fields.get("year", "").strip(), fields.get("day", "").strip()]
        if month not in _MONTHS or not all(
            part.isdecimal() and len(part) < 5 for part in numbers
        ):
            return None
        parts = [int(numbers[0]), _MONTHS.index(month) + 1, int(numbers[1])]
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def _turned(name: str) -> str:
    """`Ferro, Ada` as `Ada Ferro`."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else name


def _unbraced(value: str) -> str:
    """The value without the braces that keep capitals, its LaTeX read."""
    return re.sub(r"[{}]", "", untex(value))


def _read_entries(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Kind and fields of each entry; names of fields in small letters."""
    for entry in _ENTRY.finditer(text):
        fields: dict[str, str] = {}
        place = entry.end()
        while field := _FIELD.match(text, place):
            value, place = _value(text, field.end())
            fields[field[1].lower()] = " ".join(value.split())
        yield entry[1].lower(), fields


def _value(text: str, place: int) -> tuple[str, int]:
    """The value that begins at `place`, and where it ends: in braces, in quotes, or a word."""
    if text[place : place + 1] not in ("{", '"'):
        word = re.compile(r"[^\s,{}]*").match(text, place)
        return (word[0], word.end()) if word else ("", place)

    closing = "}" if text[place] == "{" else '"'
    start = place + 1
    end = _find_end(text, start, closing)
    return text[start:end], end + 1


def _find_end(text: str, place: int, closing: str) -> int:
    """Where the value ends: at a closing sign outside all inner braces.

    A `}` more than there are braces ends it too; so does the end of the text.
    """
    depth = 0
    while place < len(text):
        sign = text[place]
        if depth == 0 and sign in (closing, "}"):
            return place
        if sign == "\\":
            place += 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        place += 1
    return place
