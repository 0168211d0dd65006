"""What the sources of an edition give: each is opened and read, and a bad one does not stop the rest."""

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
MOST_ADDRESSES = 100
"""A longer list of addresses is a mistake, or rude."""
_NOTES = (".md", ".markdown", ".mdown", ".mkd", ".txt")


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


def gather(
    sources: Sequence[str],
    fetcher: Fetcher,
    stdin: Callable[[], bytes],
    window: NewsWindow,
    archive: Archive,
) -> Gathering:
    """Read the sources; of feeds only what appeared in the window and no earlier edition listed.

    A source that cannot be read is a failure among the others. Raises SourceError, a line for each failure,
    when all are.
    """
    items: list[Item] = []
    notices: list[str] = []
    failures: list[str] = []
    read_documents = 0
    for read_document in _find_documents(sources, fetcher, stdin):
        try:
            name, read_items = read_document(window.zone)
            chosen, said = choose_new(name, read_items, window, archive)
        except SourceError as error:
            failures.append(str(error))
            continue
        read_documents += 1
        items += chosen
        notices += [*read_items.notices, *said]
    if failures and not read_documents:
        raise SourceError("\n".join(failures))
    return Gathering(tuple(items), tuple(notices), tuple(failures))


def choose_new(
    name: str, read_items: SourceItems, window: NewsWindow, archive: Archive
) -> tuple[list[Item], list[str]]:
    """Choose what is new, and in English; say how much of the rest there is."""
    items = list(read_items.items)
    notices: list[str] = []

    def leave_out(is_wanted: Callable[[Item], bool], why: str) -> None:
        unwanted = [item for item in items if not is_wanted(item)]
        items[:] = [item for item in items if is_wanted(item)]
        if unwanted:
            notices.append(
                f"{name}: left out {len(unwanted)} of {len(read_items.items)}, {why}"
            )

    if read_items.is_feed:
        leave_out(
            lambda item: window.holds(item.date), f"not of {window.first} to {window.last}"
        )
        leave_out(
            lambda item: not archive.was_headline(item),
            "among the headlines of an earlier edition",
        )
    leave_out(
        lambda item: not find_other_language(f"{item.title}\n{item.text}"), "not in English"
    )
    if (
        read_items.items
        and not items
        and len(notices) == 1
        and notices[0].endswith("not in English")
    ):
        language = find_other_language(
            f"{read_items.items[0].title}\n{read_items.items[0].text}"
        )
        raise SourceError(
            f"{name}: this is in {language}, and only English can be told. Name another source"
        )
    return items, notices


ReadDocument = Callable[[dt.tzinfo], tuple[str, SourceItems]]
"""Opens and reads one document for a show of that zone: its name, and what it gives. Raises SourceError."""


def _find_documents(
    sources: Sequence[str], fetcher: Fetcher, stdin: Callable[[], bytes]
) -> Iterator[ReadDocument]:
    """The documents of the sources: a folder has several, and so has a list of addresses."""
    for source in sources:
        try:
            yield from _documents_of(source, fetcher, stdin)
        except SourceError as error:
            yield partial(_fail, error)


def _documents_of(
    source: str, fetcher: Fetcher, stdin: Callable[[], bytes]
) -> list[ReadDocument]:
    if Path(source).is_dir():
        notes = sorted(
            path for path in Path(source).rglob("*") if path.suffix in _NOTES and path.is_file()
        )
        if not notes:
            raise SourceError(
                f"{source}: there is no note here. Put Markdown files into the folder"
            )
        return [partial(_read_note_file, note) for note in notes]

    document = _open(source, fetcher, stdin)
    addresses = list_addresses(document)
    if len(addresses) > MOST_ADDRESSES:
        what = f"it lists {len(addresses)} addresses, and at most {MOST_ADDRESSES} are fetched"
        raise SourceError(f"{source}: {what}. Shorten it")
    if addresses:
        return [partial(_read_address, address, fetcher) for address in addresses]
    return [partial(_read, document)]


def _fail(error: SourceError, _zone: dt.tzinfo) -> NoReturn:
    raise error


def _read_note_file(path: Path, zone: dt.tzinfo) -> tuple[str, SourceItems]:
    return _read(_open_file(path), zone, as_note=True)


def _read_address(address: str, fetcher: Fetcher, zone: dt.tzinfo) -> tuple[str, SourceItems]:
    return _read(_fetch(address, fetcher), zone)


def _read(
    document: SourceText, zone: dt.tzinfo, *, as_note: bool = False
) -> tuple[str, SourceItems]:
    if not document.text.strip():
        raise SourceError(f"{document.name}: it is empty")
    read_items = open_items(replace(document, zone=zone), as_note=as_note)
    if read_items is None:
        what = "no paper, no feed, no page, no note and no address is in it"
        raise SourceError(
            f"{document.name}: {what}. See docs/newsroom.md for what a source can be"
        )
    return document.name, read_items


def _open(source: str, fetcher: Fetcher, stdin: Callable[[], bytes]) -> SourceText:
    if source == STDIN:
        name = "standard input"
        return SourceText(name, decode_text(name, _within_limit(name, stdin())))
    if source.startswith(("http://", "https://")):
        return _fetch(source, fetcher)
    return _open_file(Path(source))


def _fetch(address: str, fetcher: Fetcher) -> SourceText:
    data, charset, last_address = fetcher.fetch(address)
    return SourceText(address, decode_text(address, data, charset), last_address)


def _open_file(path: Path) -> SourceText:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(
            f"{path}: it cannot be read: {error.strerror}. Check the name"
        ) from error
    return SourceText(str(path), decode_text(str(path), _within_limit(str(path), data)))


def _within_limit(name: str, data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise SourceError(
            f"{name}: it is larger than {MOST_BYTES // 1_000_000} MB. Name a smaller one"
        )
    return data
