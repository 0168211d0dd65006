"""Any RSS or Atom feed, and what arXiv answers to a query, which is Atom too."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any
from xml.sax import SAXParseException

from podcast.document.plain_text import remove_unseen
from podcast.errors import SourceError
from podcast.model import Item, SourceItems, SourceText
from podcast.newsroom.source_kind import SourceKind
from podcast.newsroom.sources.entries import announce_type, day_in_zone, make_entry
from podcast.newsroom.sources.json_feed import read_json_feed

_FEED = re.compile(
    r"""
    \s*+ (?: (?:
        <\?[^>]*+>  # The XML declaration, or a style sheet.
      | <!--(?:(?!-->).)*+-->
      | <!DOCTYPE[^>[]*+>
    ) \s*+ )*+
    # The root of RSS 2.0, of Atom, which may have a prefix, or of RSS 1.0.
    <(?:\w+:)? (?:rss|feed|RDF)\b
    """,
    re.DOTALL | re.VERBOSE,
)
_DECLARATION = re.compile(r"^(\s*<\?xml[^>]*?)(?<!\s)\s+encoding\s*=\s*[\"'][^\"']*[\"']")
# What arXiv answers to a query: a list of papers of any age.
_QUERY = re.compile(r"<title[^>]*>\s*(?:ArXiv Query|arXiv Query)|<id>https?://arxiv\.org/api/")


def read_feed(document: SourceText) -> SourceItems | None:
    """Read the entries of a feed in XML or JSON, in its order.

    None when the document is no feed.

    Raises SourceError for a feed without entries, and for one that is too broken to have any.
    """
    if not _FEED.match(document.text):
        return read_json_feed(document)

    parsed = _parse(document)
    fault = _describe_fault(document.name, parsed.get("bozo_exception"))
    kinds = Counter(_announced(entry) for entry in parsed.entries)
    # arXiv announces `replace` and `replace-cross`: a new version of a paper is no news.
    replaced = sum(count for kind, count in kinds.items() if kind.startswith("replace"))
    items = _read_feed_entries(parsed.entries, document)
    if not items and fault:
        raise SourceError(f"{fault}. Ask who publishes it to repair it")
    if not items and not replaced:
        raise SourceError(f"{document.name}: this feed has no entry with a title or a text")

    notices = _notices(document.name, kinds, replaced)
    if fault:
        notices.insert(0, f"{fault}; what could be read was taken")
    is_query = bool(_QUERY.search(document.text[:2000]))
    return SourceItems(tuple(items), tuple(notices), is_feed=not is_query)


def _parse(document: SourceText) -> Any:
    import feedparser  # type: ignore[import-untyped]

    # As bytes, for feedparser would take text that looks like an address or a path for one.
    data = _DECLARATION.sub(r"\1", remove_unseen(document.text)).encode()
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(io.BytesIO(data), response_headers=headers)
    except (ValueError, LookupError) as error:
        # The number of a character that there is not; feedparser's KeyError for a stray link.
        problem = str(error) if isinstance(error, ValueError) else "an element is out of place"
        what = f"{document.name}: this feed is broken XML: {problem}"
        raise SourceError(f"{what}. Ask who publishes it to repair it") from error


def _describe_fault(name: str, problem: object) -> str:
    """Say where the feed is broken; empty when it is not."""
    if not isinstance(problem, SAXParseException):
        return ""
    place = f"{name}:{problem.getLineNumber()}"
    return f"{place}: this feed is broken XML: {problem.getMessage()}"


def _notices(name: str, kinds: Counter[str], replaced: int) -> list[str]:
    notices = []
    if replaced:
        notices.append(
            f"{name}: {replaced} of the papers are new versions of old ones, and left out"
        )
    if kinds["cross"]:
        notices.append(f"{name}: {kinds['cross']} of the papers are listed from other subjects")
    return notices


def _read_feed_entries(entries: Iterable[Any], document: SourceText) -> list[Item]:
    items: list[Item] = []
    for entry in entries:
        item = _read_feed_entry(entry, document)
        if item:
            items.append(item)
    return items


def _read_feed_entry(entry: Any, document: SourceText) -> Item | None:
    if _announced(entry).startswith("replace"):
        return None
    return make_entry(
        entry.get("title") or "",
        _texts(entry),
        entry.get("link") or _permalink(entry),
        address=document.address,
        date=_find_date(entry, document.zone),
        authors=[author.get("name") or "" for author in entry.get("authors") or []],
    )


def _texts(entry: Any) -> list[str]:
    contents = [content.get("value") or "" for content in entry.get("content") or []]
    return [entry.get("summary") or "", *contents]


def _announced(entry: Any) -> str:
    """What arXiv says of the entry: `new`, `cross`, `replace`, `replace-cross`."""
    return str(entry.get("arxiv_announce_type") or announce_type(_texts(entry)))


def _permalink(entry: Any) -> str:
    name = str(entry.get("id", ""))
    return name if name.startswith(("http://", "https://")) else ""


def _find_date(entry: Any, zone: dt.tzinfo) -> dt.date | None:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    if not parsed:
        return None
    try:
        time = dt.time(parsed[3], parsed[4], min(parsed[5], 59))
        moment = dt.datetime.combine(dt.date(*parsed[:3]), time, dt.UTC)
    except ValueError:
        return None
    return day_in_zone(moment, zone)


KIND = SourceKind(read_feed, rank=40)
