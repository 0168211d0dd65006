"""What is known of every published episode without reading its record.

Kept in `.podcast/`, safe to delete.

An entry holds as long as the record's stamp in the store is the same, and everything else that
shapes what is written: the show, the templates, presscast itself. So the ten-thousandth episode
costs little more than the first. Transcripts and chapters are shaped by less: they outlive a
new title or template.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeVar

from podcast import __version__
from podcast.model import DurationMs, EarlierAudio, Numbers, Show
from podcast.publish.feed import FeedEntry

_TABLES = """
CREATE TABLE IF NOT EXISTS shaped (by TEXT);
CREATE TABLE IF NOT EXISTS listed (
  name TEXT PRIMARY KEY, stamp TEXT, about TEXT, item BLOB, digest BLOB
);
CREATE TABLE IF NOT EXISTS made (
  name TEXT, part TEXT, by TEXT, stamps TEXT, PRIMARY KEY (name, part)
);
"""

# Of the files that are written from a record: its page; its transcripts and chapters.
FileGroup = Literal["page", "texts"]

T = TypeVar("T")


class Catalogue:
    """The entries of one show in one store.

    A file that cannot be used, or written, is as good as none.
    """

    def __init__(self, show: Show, store: str) -> None:
        self._path = show.path(".podcast", "catalogue.sqlite")
        whole = repr(show) + _stamps(
            _PACKAGE / "publish" / "templates", show.path("assets", "templates")
        )
        code = _stamps(_PACKAGE, _PACKAGE / "publish")
        self._by: dict[FileGroup, str] = {
            "page": _fingerprint(store, code, whole),
            "texts": _fingerprint(store, code, show.language),
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._open(self._path)
        except (OSError, sqlite3.Error):
            self._anew()

    def _anew(self) -> None:
        """Begin again with an empty file; in memory where there can be none."""
        with suppress(sqlite3.Error, AttributeError):
            self._base.close()
        try:
            self._path.unlink(missing_ok=True)
            self._open(self._path)
        except (OSError, sqlite3.Error):
            self._open(":memory:")

    def _open(self, path: Path | str) -> None:
        self._base = sqlite3.connect(path, timeout=5)
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.executescript(_TABLES)
        if self._base.execute("SELECT by FROM shaped").fetchall() != [(self._by["page"],)]:
            with self._base:
                self._base.execute("DELETE FROM listed")
                self._base.execute("DELETE FROM shaped")
                self._base.execute("INSERT INTO shaped VALUES (?)", (self._by["page"],))

    def entries(self, stamps: Mapping[str, str]) -> dict[str, FeedEntry]:
        """Entries by the name of their record, where its stamp is what it was."""
        query = "SELECT name, stamp, about, item, digest FROM listed"
        rows: list[Any] = self._tried(lambda: self._base.execute(query).fetchall(), [])
        entries: dict[str, FeedEntry] = {}
        for name, stamp, about, item, digest in rows:
            if stamps.get(name) != stamp:
                continue
            # A disk that lost bytes, or another hand: such a row is made anew.
            if _digest_row(name, stamp, about, item) == digest:
                entries[name] = _read_entry(about, item)
        return entries

    def remember(self, entries: Mapping[str, FeedEntry], stamps: Mapping[str, str]) -> None:
        """Keep entries by the names of their records; forget those whose records are gone."""
        rows = [
            (name, stamps[name], _about(entry), entry.item) for name, entry in entries.items()
        ]

        def write() -> None:
            known = self._base.execute(
                "SELECT name FROM listed UNION SELECT name FROM made"
            ).fetchall()
            gone = [(name,) for (name,) in known if name not in stamps]
            with self._base:
                self._base.executemany("DELETE FROM listed WHERE name = ?", gone)
                self._base.executemany("DELETE FROM made WHERE name = ?", gone)
                self._base.executemany(
                    "INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?, ?)",
                    ((*row, _digest_row(*row)) for row in rows),
                )

        self._tried(write, None)

    def made(self, group: FileGroup) -> dict[str, str]:
        """The group's stamps of `remember_made`, by record, while nothing else shapes it."""
        query = "SELECT name, stamps FROM made WHERE part = ? AND by = ?"
        return dict(
            self._tried(
                lambda: self._base.execute(query, (group, self._by[group])).fetchall(), []
            )
        )

    def remember_made(self, group: FileGroup, made: Mapping[str, str]) -> None:
        """Keep, by record, a text that changes with it or with what is written from it."""
        rows = [(name, group, self._by[group], stamps) for name, stamps in made.items()]

        def write() -> None:
            with self._base:
                self._base.executemany("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?)", rows)

        self._tried(write, None)

    def _tried(self, act: Callable[[], T], otherwise: T) -> T:
        """What the file gives.

        `otherwise`, and a new file, when it is damaged or cannot be written.
        """
        try:
            return act()
        except sqlite3.Error:
            self._anew()
            return otherwise

    def close(self) -> None:
        self._base.close()


def _digest_row(name: str, stamp: object, about: object, item: object) -> bytes:
    """Shows that nothing changed a row but we ourselves: what it holds is published."""
    return hashlib.sha256(
        repr((name, stamp, about, item)).encode(errors="surrogatepass")
    ).digest()


def _about(entry: FeedEntry) -> str:
    values = (
        entry.guid,
        entry.slug,
        entry.stem,
        [(each.audio, _show_moment(each.replaced)) for each in entry.earlier_audio],
        f"{entry.date}",
        entry.published.isoformat(),
    )
    numbers = (entry.numbers.show, entry.numbers.year)
    return json.dumps(
        [
            *values,
            entry.title,
            entry.subtitle,
            entry.duration,
            entry.bytes,
            entry.is_gone,
            entry.is_sealed,
            entry.hosts,
            numbers,
            entry.is_numbered,
            entry.full_number,
            entry.is_synthetic,
        ]
    )


def _read_entry(about: str, item: bytes) -> FeedEntry:
    (
        guid,
        slug,
        stem,
        earlier,
        date,
        published,
        title,
        subtitle,
        duration,
        size,
        is_gone,
        is_sealed,
        hosts,
        numbers,
        is_numbered,
        full_number,
        synthetic,
    ) = json.loads(about)
    return FeedEntry(
        guid=guid,
        slug=slug,
        stem=stem,
        earlier_audio=tuple(
            EarlierAudio(audio, _read_moment(replaced)) for audio, replaced in earlier
        ),
        date=dt.date.fromisoformat(date),
        published=dt.datetime.fromisoformat(published),
        title=title,
        subtitle=subtitle,
        duration=DurationMs(duration),
        bytes=size,
        is_gone=is_gone,
        is_sealed=is_sealed,
        hosts=tuple(hosts),
        numbers=Numbers(*numbers),
        is_numbered=is_numbered,
        full_number=tuple(full_number),
        is_synthetic=synthetic,
        item=item,
    )


def _show_moment(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read_moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _fingerprint(*shaping: str) -> str:
    """Changes with presscast and with what else shapes files."""
    return hashlib.sha256(
        "\n".join((__version__, *shaping)).encode(errors="surrogatepass")
    ).hexdigest()


def _stamps(*folders: Path) -> str:
    """Changes with any file in these folders."""
    stamps: list[tuple[str, int, int]] = []
    for folder in folders:
        for path in sorted(folder.glob("*")):
            if path.is_file():
                status = path.stat()
                stamps.append((str(path), status.st_size, status.st_mtime_ns))
    return repr(stamps)


_PACKAGE = Path(__file__).parent.parent
