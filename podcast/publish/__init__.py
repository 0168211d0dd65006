"""Stage 6: an Episode becomes files that apps, browsers and the blog read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol


class Store(Protocol):
    """Where the published files are. Names are relative, with `/`, and never leave the store."""

    def names(self) -> Iterable[str]:
        """Every file's name, sorted."""
        ...

    def read(self, name: str) -> bytes | None:
        """The whole file; None when there is none."""
        ...

    def size(self, name: str) -> int | None:
        """Its size in bytes; None when there is none."""
        ...

    def write(self, name: str, content: bytes | Path) -> None:
        """Put a file: bytes, or a copy of a local file.

        MUST replace at once: a reader sees the old or the new."""
        ...

    def delete(self, name: str) -> None:
        """Remove a file; no error when there is none."""
        ...
