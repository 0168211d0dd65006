"""What is known of every published episode without reading its record: kept in `.podcast/`, safe to delete.

An entry holds as long as the record's stamp in the store is the same, and everything else that shapes what
is written: the show, the templates, presscast itself. So the ten-thousandth episode costs little more than
the first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from podcast import __version__
from podcast.model import DurationMs, Show
from podcast.publish.feed import Listed

_TABLE = (
    "CREATE TABLE IF NOT EXISTS entry "
    "(name TEXT PRIMARY KEY, stamp TEXT, made TEXT, about TEXT, item BLOB, digest BLOB)"
)

T = TypeVar("T")


class Catalogue:
    """The entries of one show in one store. A file that cannot be used, or written, is as good as none."""

    def __init__(self, show: Show, store: str) -> None:
        self._path = show.path(".podcast", "catalogue.sqlite")
        self._key = _fingerprint(show, store)
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
        self._base.execute(_TABLE)
        self._base.execute("CREATE TABLE IF NOT EXISTS shaped (by TEXT)")
        if self._base.execute("SELECT by FROM shaped").fetchall() != [(self._key,)]:
            with self._base:
                self._base.execute("DELETE FROM entry")
                self._base.execute("DELETE FROM shaped")
                self._base.execute("INSERT INTO shaped VALUES (?)", (self._key,))

    def entries(self, stamps: Mapping[str, str]) -> dict[str, Listed]:
        """Entries by the name of their record, where its stamp is what it was."""
        query = "SELECT name, stamp, about, item, digest FROM entry"
        rows: list[Any] = self._tried(lambda: self._base.execute(query).fetchall(), [])
        return {
            name: _listed(about, item)
            for name, stamp, about, item, digest in rows
            if stamps.get(name) == stamp and _digest(name, stamp, about, item) == digest
        }

    def made(self) -> dict[str, str]:
        """What `remember_made` was told, by the name of the record."""
        return dict(self._tried(lambda: self._base.execute("SELECT name, made FROM entry").fetchall(), []))

    def remember(self, entries: Mapping[str, Listed], stamps: Mapping[str, str]) -> None:
        """Keep entries by the names of their records; forget those whose records are gone."""
        gone = self.made().keys() - stamps.keys()
        rows = [(name, stamps[name], _about(entry), entry.item) for name, entry in entries.items()]

        def write() -> None:
            with self._base:
                self._base.executemany("DELETE FROM entry WHERE name = ?", ((name,) for name in gone))
                self._base.executemany(
                    "INSERT OR REPLACE INTO entry VALUES (?, ?, '', ?, ?, ?)",
                    ((*row, _digest(*row)) for row in rows),
                )

        self._tried(write, None)

    def remember_made(self, made: Iterable[tuple[str, str]]) -> None:
        """Keep for records, by name, which files have been written from them."""
        rows = [(files, name) for name, files in made]

        def write() -> None:
            with self._base:
                self._base.executemany("UPDATE entry SET made = ? WHERE name = ?", rows)

        self._tried(write, None)

    def _tried(self, act: Callable[[], T], otherwise: T) -> T:
        """What the file gives; `otherwise`, and a new file, when it is damaged or cannot be written."""
        try:
            return act()
        except sqlite3.Error:
            self._anew()
            return otherwise

    def close(self) -> None:
        self._base.close()


def _digest(name: str, stamp: object, about: object, item: object) -> bytes:
    """Shows that nothing changed a row but we ourselves: what it holds is published."""
    return hashlib.sha256(repr((name, stamp, about, item)).encode(errors="surrogatepass")).digest()


def _about(entry: Listed) -> str:
    values = (entry.guid, entry.slug, entry.stem, entry.before, f"{entry.date}", entry.published.isoformat())
    return json.dumps([*values, entry.title, entry.subtitle, entry.duration, entry.hosts])


def _listed(about: str, item: bytes) -> Listed:
    guid, slug, stem, before, date, published, title, subtitle, duration, hosts = json.loads(about)
    day, moment = dt.date.fromisoformat(date), dt.datetime.fromisoformat(published)
    return Listed(
        guid, slug, stem, before, day, moment, title, subtitle, DurationMs(duration), tuple(hosts), item
    )


def _fingerprint(show: Show, store: str) -> str:
    """Changes with everything but the record that shapes an episode's files and item."""
    package = Path(__file__).parent.parent
    parts = [__version__, repr(show), store]
    for folder in (
        package,
        package / "publish",
        package / "publish" / "templates",
        show.path("assets", "templates"),
    ):
        files = sorted(path for path in folder.glob("*") if path.is_file())
        parts += (f"{path} {(status := path.stat()).st_size} {status.st_mtime_ns}" for path in files)
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()
