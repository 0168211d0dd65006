"""Lists of papers as JSON.

Hugging Face's daily listing, OpenReview's and Semantic Scholar's answers.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from podcast.errors import SourceError
from podcast.model import Item, SourceText
from podcast.newsroom.sources.papers.paper_item import make_paper

_LISTS = ("dailyPapers", "papers", "notes", "items", "data", "recommendedPapers", "results")
_ID = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?")


def read(document: SourceText) -> list[Item]:
    """Read the papers of the listing. Raises SourceError for broken JSON, and for none."""
    try:
        value = json.loads(document.text)
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{document.name}:{error.lineno}: this is broken JSON: {error.msg}"
        ) from error
    except RecursionError as error:
        raise SourceError(f"{document.name}: this JSON is nested too deeply") from error
    except ValueError as error:
        raise SourceError(
            f"{document.name}: this JSON has a number of too many digits"
        ) from error

    items = read_value(value)
    if not items:
        raise SourceError(
            f"{document.name}: this JSON lists no paper with a title and a summary"
        )
    return items


def read_value(value: Any) -> list[Item]:
    """Read the papers of a listing that is parsed; what has no title is left out.

    A listing without any abstract is none.
    """
    if isinstance(value, dict):
        listed = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        value = [value] if listed is None else listed
    items = (
        [item for entry in value if (item := _read_entry(entry))]
        if isinstance(value, list)
        else []
    )
    return items if any(item.text for item in items) else []


def _read_entry(entry: Any) -> Item | None:
    """One paper: an entry of Hugging Face has it inside, OpenReview's in its `content`."""
    if not isinstance(entry, dict):
        return None
    paper = _find_paper(entry)
    title = _string_at(paper, "title") or _string_at(entry, "title")
    abstract = _first_text(
        (paper, "summary"),
        (paper, "abstract"),
        (entry, "summary"),
        (paper, "tldr"),
        (paper, "TL;DR"),
    )
    link = _find_link(paper, entry)
    if not title or not (abstract or link):
        return None
    date = _parse_day(
        _first_text((paper, "publishedAt"), (entry, "publishedAt"), (paper, "publicationDate"))
    )
    return make_paper(title, abstract, link, _names(paper.get("authors")), date)


def _find_paper(entry: dict[str, Any]) -> dict[str, Any]:
    """The part of an entry that describes the paper; the entry itself where there is none."""
    for key in ("paper", "content", "citedPaper"):
        part = entry.get(key)
        if isinstance(part, dict):
            return part
    return entry


def _find_link(paper: dict[str, Any], entry: dict[str, Any]) -> str:
    """Where the paper stands: arXiv, else OpenReview, else its DOI, else its page."""
    ids = paper.get("externalIds")
    if not isinstance(ids, dict):
        ids = {}

    arxiv = _first_text((ids, "ArXiv"), (paper, "arxivId"), (paper, "arxiv_id"), (paper, "id"))
    if _ID.fullmatch(arxiv):
        return f"https://arxiv.org/abs/{arxiv}"

    forum = _first_text((entry, "forum"), (entry, "id"))
    if forum and "content" in entry:
        return f"https://openreview.net/forum?id={forum}"

    doi = _first_text((ids, "DOI"), (paper, "doi"))
    if doi:
        return f"https://doi.org/{doi.removeprefix('https://doi.org/')}"

    url = _first_text((paper, "url"), (paper, "html"))
    return url if url.startswith(("https://", "http://")) else ""


def _names(authors: Any) -> list[str]:
    """The names of a list of texts or named things; OpenReview wraps it in a `value`."""
    if isinstance(authors, dict):
        authors = authors.get("value")
    if not isinstance(authors, list):
        return []
    return [_string_at(one, "name") if isinstance(one, dict) else str(one) for one in authors]


def _first_text(*places: tuple[dict[str, Any], str]) -> str:
    for holder, key in places:
        if text := _string_at(holder, key):
            return text
    return ""


def _string_at(entry: dict[str, Any], key: str) -> str:
    """The text at `key`.

    OpenReview wraps it in a `value`, Semantic Scholar's summary in a `text`.
    """
    value = entry.get(key)
    if isinstance(value, dict):
        value = value.get("value", value.get("text"))
    return value if isinstance(value, str) else ""


def _parse_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
