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
    """Read the papers of the listing. Raises SourceError for broken JSON, and for none in it."""
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
    """One paper: an entry of Hugging Face has it inside, OpenReview's note has its `content`."""
    if not isinstance(entry, dict):
        return None
    paper = next(
        (
            entry[key]
            for key in ("paper", "content", "citedPaper")
            if isinstance(entry.get(key), dict)
        ),
        entry,
    )
    title = _string_at(paper, "title") or _string_at(entry, "title")
    abstract = _first_text(
        (paper, "summary"),
        (paper, "abstract"),
        (entry, "summary"),
        (paper, "tldr"),
        (paper, "TL;DR"),
    )
    if not title or not (abstract or _link(paper, entry)):
        return None
    date = _parse_day(
        _first_text((paper, "publishedAt"), (entry, "publishedAt"), (paper, "publicationDate"))
    )
    return make_paper(title, abstract, _link(paper, entry), _names(paper.get("authors")), date)


def _link(paper: dict[str, Any], entry: dict[str, Any]) -> str:
    """Where the paper stands: arXiv, else OpenReview, else its DOI, else its page."""
    ids = paper.get("externalIds")
    ids = ids if isinstance(ids, dict) else {}
    arxiv = (
        _string_at(ids, "ArXiv")
        or _string_at(paper, "arxivId")
        or _string_at(paper, "arxiv_id")
        or _string_at(paper, "id")
    )
    if _ID.fullmatch(arxiv):
        return f"https://arxiv.org/abs/{arxiv}"
    if "content" in entry and (forum := _string_at(entry, "forum") or _string_at(entry, "id")):
        return f"https://openreview.net/forum?id={forum}"
    if doi := _string_at(ids, "DOI") or _string_at(paper, "doi"):
        return f"https://doi.org/{doi.removeprefix('https://doi.org/')}"
    url = _string_at(paper, "url") or _string_at(paper, "html")
    return url if url.startswith(("https://", "http://")) else ""


def _names(authors: Any) -> list[str]:
    """The names of a list of texts or of things with a name; OpenReview wraps it in a `value`."""
    if isinstance(authors, dict):
        authors = authors.get("value")
    if not isinstance(authors, list):
        return []
    return [_string_at(one, "name") if isinstance(one, dict) else str(one) for one in authors]


def _first_text(*places: tuple[dict[str, Any], str]) -> str:
    return next((text for holder, key in places if (text := _string_at(holder, key))), "")


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
