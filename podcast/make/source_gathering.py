"""What the sources of an edition give; a bad one does not stop the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from podcast.document.decoding import decode_text
from podcast.errors import SourceError
from podcast.language.detection import find_other_language
from podcast.model import Item, SourceItems, SourceText
from podcast.newsroom.fetcher import MOST_BYTES, Fetcher
from podcast.newsroom.related_headlines import Archive
from podcast.newsroom.sources.address_list import list_addresses
from podcast.registry import open_items

STDIN = "-"
# A longer list of addresses is a mistake, or rude.
MOST_ADDRESSES = 100
_NOTE_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".txt")


@dataclass(frozen=True, slots=True)
class Gathering:
    """What the sources of an edition gave."""

    items: tuple[Item, ...]
    notices: tuple[str, ...]
    """What was left out, and why."""
    failures: tuple[str, ...]
    """What is wrong with sources that gave nothing, one line each."""


@dataclass(frozen=True, slots=True)
class NewsWindow:
    """The days whose entries of feeds are news, both ends included."""

    first: dt.date
    last: dt.date
    zone: dt.tzinfo = dt.UTC
    """In which these are days: the show's."""

    def holds(self, date: dt.date | None) -> bool:
        """Tell whether an entry of that date is news; one without a date is."""
        return date is None or self.first <= date <= self.last


def gather_sources(
    sources: Sequence[str],
    fetcher: Fetcher,
    stdin: Callable[[], bytes],
    window: NewsWindow,
    archive: Archive,
) -> Gathering:
    """Read the sources; of feeds only what is in the window and in no earlier edition.

    A source that cannot be read is a failure among the others. Raises SourceError, a line for
    each failure, when all are.
    """
    items: list[Item] = []
    notices: list[str] = []
    failures: list[str] = []
    read_documents = 0
    for read_document in _find_documents(sources, fetcher, stdin):
        try:
            name, read_items = read_document(window.zone)
            new_items, new_notices = choose_new_items(name, read_items, window, archive)
        except SourceError as error:
            failures.append(str(error))
            continue
        read_documents += 1
        items += new_items
        notices += [*read_items.notices, *new_notices]

    if failures and not read_documents:
        raise SourceError("\n".join(failures))
    return Gathering(tuple(items), tuple(notices), tuple(failures))


def choose_new_items(
    name: str, read_items: SourceItems, window: NewsWindow, archive: Archive
) -> tuple[list[Item], list[str]]:
    """Choose what is new, and in English; say how much of the rest there is.

    Raises SourceError where nothing is in English.
    """
    items = list(read_items.items)
    notices: list[str] = []

    def leave_out(is_wanted: Callable[[Item], bool], why: str) -> None:
        wanted = [item for item in items if is_wanted(item)]
        count = len(items) - len(wanted)
        items[:] = wanted
        if count:
            notices.append(f"{name}: left out {count} of {len(read_items.items)}, {why}")

    if read_items.is_feed:
        days = f"{window.first} to {window.last}"
        leave_out(lambda item: window.holds(item.date), f"not of {days}")
        leave_out(
            lambda item: not archive.was_headline(item),
            "among the headlines of an earlier edition",
        )

    new_items = list(items)
    leave_out(lambda item: not _find_item_language(item), "not in English")
    if new_items and not items and len(new_items) == len(read_items.items):
        language = _find_item_language(new_items[0])
        what = f"this is in {language}, and only English can be told"
        raise SourceError(f"{name}: {what}. Name another source")
    return items, notices


def _find_item_language(item: Item) -> str:
    """Find the language of an item; empty for English."""
    return find_other_language(f"{item.title}\n{item.text}")


# Opens and reads one document for a show of that zone: its name, and what it gives.
#
# Raises SourceError.
ReadDocument = Callable[[dt.tzinfo], tuple[str, SourceItems]]


def _find_documents(
    sources: Sequence[str], fetcher: Fetcher, stdin: Callable[[], bytes]
) -> Iterator[ReadDocument]:
    """List the documents of the sources; a folder and a list of addresses have several.

    A source that cannot be opened gives one that fails when it is read: what the others give is
    in the order of the sources all the same.
    """
    for source in sources:
        try:
            yield from _find_source_documents(source, fetcher, stdin)
        except SourceError as error:
            yield partial(_fail, error)


def _find_source_documents(
    source: str, fetcher: Fetcher, stdin: Callable[[], bytes]
) -> list[ReadDocument]:
    if Path(source).is_dir():
        return [partial(_read_note_file, note) for note in _list_notes(source)]

    document = _open_source(source, fetcher, stdin)
    addresses = list_addresses(document)
    if len(addresses) > MOST_ADDRESSES:
        what = f"it lists {len(addresses)} addresses, and at most {MOST_ADDRESSES} are fetched"
        raise SourceError(f"{source}: {what}. Shorten it")
    if addresses:
        return [partial(_read_address, address, fetcher) for address in addresses]
    return [partial(_read_document, document)]


def _list_notes(folder: str) -> list[Path]:
    """List the notes in a folder and below it. Raises SourceError when there is none."""
    notes: list[Path] = []
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix in _NOTE_ENDINGS and path.is_file():
            notes.append(path)
    if not notes:
        raise SourceError(
            f"{folder}: there is no note here. Put Markdown files into the folder"
        )
    return notes


def _fail(error: SourceError, _zone: dt.tzinfo) -> NoReturn:
    raise error


def _read_note_file(path: Path, zone: dt.tzinfo) -> tuple[str, SourceItems]:
    return _read_document(_open_file(path), zone, as_note=True)


def _read_address(address: str, fetcher: Fetcher, zone: dt.tzinfo) -> tuple[str, SourceItems]:
    return _read_document(_fetch_document(address, fetcher), zone)


def _read_document(
    document: SourceText, zone: dt.tzinfo, *, as_note: bool = False
) -> tuple[str, SourceItems]:
    """Read what a document gives, by the kind that it is."""
    if not document.text.strip():
        raise SourceError(f"{document.name}: it is empty")

    read_items = open_items(replace(document, zone=zone), as_note=as_note)
    if read_items is None:
        what = "no paper, no feed, no page, no note and no address is in it"
        remedy = "See docs/newsroom.md for what a source can be"
        raise SourceError(f"{document.name}: {what}. {remedy}")
    return document.name, read_items


def _open_source(source: str, fetcher: Fetcher, stdin: Callable[[], bytes]) -> SourceText:
    if source == STDIN:
        return _decode_document("standard input", stdin())
    if source.startswith(("http://", "https://")):
        return _fetch_document(source, fetcher)
    return _open_file(Path(source))


def _fetch_document(address: str, fetcher: Fetcher) -> SourceText:
    data, charset, last_address = fetcher.fetch(address)
    return SourceText(address, decode_text(address, data, charset), last_address)


def _open_file(path: Path) -> SourceText:
    try:
        with path.open("rb") as file:
            # One byte more than allowed tells that there is more, however large the file is.
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"it cannot be read: {error.strerror}"
        raise SourceError(f"{path}: {what}. Check the name") from error
    return _decode_document(str(path), data)


def _decode_document(name: str, data: bytes) -> SourceText:
    if len(data) > MOST_BYTES:
        what = f"it is larger than {MOST_BYTES // 1_000_000} MB"
        raise SourceError(f"{name}: {what}. Name a smaller one")
    return SourceText(name, decode_text(name, data))
