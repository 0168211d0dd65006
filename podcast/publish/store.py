"""The seam behind which the published files lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol


class Store(Protocol):
    """Where the published files are. Names are relative, with `/`, and never leave the store.

    Every method MUST raise PublishError for a name that would leave it, has a backslash or a colon, or a
    group that begins with a dot; and for every error of the store's own."""

    def names(self) -> Iterable[str]:
        """Every file's name, sorted."""
        ...

    def stamps(self, wanted: Callable[[str], bool] = ...) -> Mapping[str, str]:
        """The names that are wanted (all), sorted, each with a text that changes whenever its file does."""
        ...

    def read(self, name: str) -> bytes | None:
        """The whole file; None when there is none."""
        ...

    def size(self, name: str) -> int | None:
        """Its size in bytes; None when there is none."""
        ...

    def write(self, name: str, content: bytes | Path) -> bool:
        """Put a file: bytes, or a local file, which nobody may write into afterwards; whether it had to be
        written.

        MUST replace at once: a reader sees the old or the new. MUST leave alone a file that holds the
        content already. MAY give the local file a second name instead of copying it."""
        ...

    def write_all(self, files: Sequence[tuple[str, bytes | Path]]) -> list[str]:
        """Put each file as `write` does, in their order; the names of those that had to be written.

        Sooner than one by one, where the place allows it."""
        ...

    def delete(self, name: str) -> None:
        """Remove a file; no error when there is none."""
        ...
