"""A folder of this machine as the place of the published files."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from podcast.errors import PublishError
from podcast.services.adapter import Adapter
from podcast.util.files import published_name, reason, replace_all

_NO_FILE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


class FolderStore:
    """Published files under `folder`, which is made when the first one is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

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
            new = [
                (name, content)
                for name, content in files
                if not self._holds(self._path(name), content)
            ]
            replace_all([(self._path(name), content) for name, content in new])
        return [name for name, _ in new]

    def delete(self, name: str) -> None:
        path = self._path(name)
        with self._telling("cannot be removed"):
            path.unlink(missing_ok=True)

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
        try:
            yield
        except OSError as error:
            place = error.filename2 or error.filename or self.folder
            raise PublishError(f"{place}: {what}: {reason(error)}") from error


def _stamp(entry: os.DirEntry[str]) -> str:
    status = entry.stat()
    return f"{status.st_size}-{status.st_mtime_ns}"


ADAPTER = Adapter(lambda setup: FolderStore(setup.show.feeds), "the show's feeds/ folder")
