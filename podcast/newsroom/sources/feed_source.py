"""Any RSS or Atom feed, and what arXiv answers to a query, which is Atom too."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax import SAXParseException

from podcast.document.extract import line, plain, untex
from podcast.errors import SourceError
from podcast.model import Item, SourceText
from podcast.newsroom.source_kind import SourceKind

_FEED = re.compile(
    r"\s*+(?:(?:<\?[^>]*+>|<!--(?:(?!-->).)*+-->|<!DOCTYPE[^>[]*+>)\s*+)*+<(?:\w+:)?(?:rss|feed|RDF)\b",
    re.DOTALL,
)
_ANNOUNCED = re.compile(r"arXiv:(\S{1,40}) Announce Type: \S+\s*(?:Abstract:)?\s*")
"""What arXiv's RSS puts before an abstract."""


def read_feed(document: SourceText) -> list[Item] | None:
    """The entries of the feed in its order; None when the document is no feed.

    Raises SourceError for broken XML, and for a feed without entries.
    """
    if not _FEED.match(document.text):
        return None
    import feedparser  # type: ignore[import-untyped]

    # As bytes, for feedparser would take text that looks like an address or a path for one.
    data = re.sub(
        r"^(\s*<\?xml[^>]*?)(?<!\s)\s+encoding\s*=\s*[\"'][^\"']*[\"']", r"\1", document.text
    ).encode()
    kind = {"content-type": "application/xml; charset=utf-8"}
    try:
        parsed = feedparser.parse(io.BytesIO(data), response_headers=kind)
    except ValueError as error:  # Such as the number of a character that there is not.
        what = f"{document.name}: this feed is broken XML: {error}"
        raise SourceError(f"{what}. Ask who publishes it to repair it") from error
    problem = parsed.get("bozo_exception")
    if isinstance(problem, SAXParseException):
        raise SourceError(
            f"{document.name}:{problem.getLineNumber()}: this feed is broken XML: {problem.getMessage()}. "
            "Ask who publishes it to repair it"
        )
    items = [item for entry in parsed.entries if (item := _item(entry, document.address))]
    if not items:
        raise SourceError(f"{document.name}: this feed has no entry with a title")
    return items


def _item(entry: Any, address: str) -> Item | None:
    link = _absolute(address, entry.get("link", ""))
    paper = f".{_host(link)}".endswith(".arxiv.org")
    title = line(plain(entry.get("title", "")))
    contents = [content.get("value", "") for content in entry.get("content", [])]
    text = max((plain(value) for value in [entry.get("summary", ""), *contents]), key=len)
    if paper:
        title, text = line(untex(title)), line(untex(_ANNOUNCED.sub("", text)))
    if not title:
        return None
    authors = [line(author.get("name", "")) for author in entry.get("authors", [])]
    return Item(
        title,
        "" if text == title else text,
        link if _host(link) else "",
        _host(link),
        date=_date(entry),
        paper=paper,
        authors=tuple(filter(None, authors)),
    )


def _absolute(address: str, link: str) -> str:
    try:
        return urljoin(address, link)
    except ValueError:
        return ""


def _host(link: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return parts.hostname or "" if parts.scheme in ("http", "https") else ""


def _date(entry: Any) -> dt.date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return dt.date(*moment[:3]) if moment else None
    except ValueError:
        return None


KIND = SourceKind(read_feed, rank=40)
