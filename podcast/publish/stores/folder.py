"""A folder of this machine as the place of the published files."""

from __future__ import annotations

import filecmp
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from podcast.errors import PublishError
from podcast.publish.store import WriteShared
from podcast.publish.stores.lease import EXPIRY, LOCK_NAME, Lease
from podcast.services.adapter import Adapter
from podcast.util.files import published_name, reason, replace_all

_NO_FILE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


class FolderStore:
    """Published files under `folder`, which is made when the first one is written."""

    def __init__(self, folder: Path, expiry: float = EXPIRY) -> None:
        """`expiry` is how many seconds another machine's lock holds without a sign of life."""
        self.folder = folder
        self._expiry = expiry

    def __repr__(self) -> str:
        return f"FolderStore({str(self.folder)!r})"

    def names(self) -> list[str]:
        with self._telling("cannot be listed"):
            return sorted(name for name, _ in self._scan(""))

    def stamps(self, wanted: Callable[[str], bool] = lambda _name: True) -> dict[str, str]:
        """The names that are wanted, sorted, each with its file's size and time of change."""
        with self._telling("cannot be listed"):
            found = sorted(
                (name, _stamp(entry)) for name, entry in self._scan("") if wanted(name)
            )
        return dict(found)

    def _scan(self, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        try:
            found = os.scandir(self.folder / prefix)
        except _NO_FILE:
            return
        with found:
            for entry in found:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from self._scan(f"{prefix}{entry.name}/")
                else:
                    yield f"{prefix}{entry.name}", entry

    def read(self, name: str) -> bytes | None:
        path = self._path(name)
        with self._telling("cannot be read"):
            try:
                return path.read_bytes()
            except _NO_FILE:
                return None

    def size(self, name: str) -> int | None:
        path = self._path(name)
        with self._telling("cannot be read"):
            try:
                return path.stat().st_size if path.is_file() else None
            except _NO_FILE:
                return None

    def write(self, name: str, content: bytes | Path) -> bool:
        return bool(self.write_all([(name, content)]))

    def write_all(self, files: Sequence[tuple[str, bytes | Path]]) -> list[str]:
        with self._telling("cannot be written"):
            names: list[str] = []
            changes: list[tuple[Path, bytes | Path]] = []
            for name, content in files:
                path = self._path(name)
                if not self._holds(path, content):
                    names.append(name)
                    changes.append((path, content))
            replace_all(changes)
        return names

    def delete(self, name: str) -> None:
        path = self._path(name)
        with self._telling("cannot be removed"):
            path.unlink(missing_ok=True)

    @contextmanager
    def lock(self) -> Iterator[WriteShared]:
        file = _FolderLock(self.folder / LOCK_NAME)
        with Lease(file, str(self.folder), self._expiry).held() as lease:
            yield partial(self._write_shared, lease)

    def _write_shared(
        self, lease: Lease, files: Sequence[tuple[str, bytes | Path]]
    ) -> list[str]:
        lease.confirm()
        return self.write_all(files)

    def _path(self, name: str) -> Path:
        return self.folder / published_name(name)

    @staticmethod
    def _holds(path: Path, content: bytes | Path) -> bool:
        if not path.is_file():
            return False
        if isinstance(content, Path):
            return filecmp.cmp(path, content, shallow=False)
        return path.stat().st_size == len(content) and path.read_bytes() == content

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        with _saying(self.folder, what):
            yield


class _FolderLock:
    """Lock file of a folder, which several machines may have mounted."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes | None:
        with _saying(self._path, "cannot be read"):
            try:
                return self._path.read_bytes()
            except FileNotFoundError:
                return None

    def create(self, content: bytes) -> bool:
        with _saying(self._path, "cannot be written"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._write_beside(content)
            # A second name is given to a whole file or to none, and never in place of another
            # file.
            try:
                self._path.hardlink_to(beside)
            except FileExistsError:
                return False
            except OSError:
                return self._create_slowly(content)
            finally:
                beside.unlink(missing_ok=True)
        return True

    def _create_slowly(self, content: bytes) -> bool:
        """Create it on a disk that gives a file no second name."""
        try:
            with self._path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            return False
        return True

    def overwrite(self, content: bytes) -> None:
        with _saying(self._path, "cannot be written"):
            self._write_beside(content).replace(self._path)

    def take_over(self, seen: bytes, content: bytes) -> bool:
        aside = self._path.with_name(f"{LOCK_NAME}.{uuid.uuid4().hex[:8]}.part")
        with _saying(self._path, "cannot be written"):
            if self.read() != seen:
                return False
            try:
                self._path.rename(aside)
            except FileNotFoundError:
                return False
            aside.unlink()
        return self.create(content)

    def remove(self) -> None:
        with _saying(self._path, "cannot be removed"):
            self._path.unlink(missing_ok=True)

    def _write_beside(self, content: bytes) -> Path:
        beside = self._path.with_name(f"{LOCK_NAME}.{uuid.uuid4().hex[:8]}.part")
        try:
            beside.write_bytes(content)
        except OSError:
            with suppress(OSError):
                beside.unlink()
            raise
        return beside


@contextmanager
def _saying(place: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        named = error.filename2 or error.filename or place
        raise PublishError(f"{named}: {what}: {reason(error)}") from error


def _stamp(entry: os.DirEntry[str]) -> str:
    status = entry.stat()
    return f"{status.st_size}-{status.st_mtime_ns}"


ADAPTER = Adapter(lambda setup: FolderStore(setup.show.feeds), "the show's feeds/ folder")
