"""The JSON of a page's daily listing: a list of papers, each with title, summary, authors and arXiv id."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from podcast.document.extract import line, untex
from podcast.errors import SourceError
from podcast.model import Item, SourceText

_LISTS = ("dailyPapers", "papers", "items", "data")
_ID = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?")


def read_listing(document: SourceText) -> list[Item]:
    """The papers of the listing. Raises SourceError for broken JSON, and for none in it."""
    try:
        value = json.loads(document.text)
    except json.JSONDecodeError as error:
        raise SourceError(f"{document.name}:{error.lineno}: this is broken JSON: {error.msg}") from error
    except RecursionError as error:
        raise SourceError(f"{document.name}: this JSON is nested too deeply") from error
    except ValueError as error:
        raise SourceError(f"{document.name}: this JSON has a number of too many digits") from error
    items = read_value(value)
    if not items:
        raise SourceError(f"{document.name}: this JSON lists no paper with a title and a summary")
    return items


def read_value(value: Any) -> list[Item]:
    """The papers of a listing that is parsed; what has no title and no summary is left out."""
    if isinstance(value, dict):
        value = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
    return [item for entry in value if (item := _item(entry))] if isinstance(value, list) else []


def _item(entry: Any) -> Item | None:
    if not isinstance(entry, dict):
        return None
    paper = entry["paper"] if isinstance(entry.get("paper"), dict) else entry
    title = line(untex(_text(paper, "title") or _text(entry, "title")))
    summary = _text(paper, "summary") or _text(paper, "abstract") or _text(entry, "summary")
    if not (title and summary):
        return None
    found = _ID.fullmatch(_text(paper, "id"))
    link = f"https://arxiv.org/abs/{found[0]}" if found else ""
    authors = paper.get("authors")
    names = (
        [line(_text(a, "name") if isinstance(a, dict) else str(a)) for a in authors]
        if isinstance(authors, list)
        else []
    )
    return Item(
        title,
        line(untex(summary)),
        link,
        "arxiv.org" if link else "",
        date=_date(_text(paper, "publishedAt") or _text(entry, "publishedAt")),
        paper=True,
        authors=tuple(filter(None, names)),
    )


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
