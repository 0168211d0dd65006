"""The seam behind which the published files lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol, runtime_checkable


class Store(Protocol):
    """Where the published files are. Names are relative, with `/`, and never leave the store.

    Every method MUST raise PublishError for a name that would leave it, has a backslash or a
    colon, or a group that begins with a dot; and for every error of the store's own.
    """

    def names(self) -> Iterable[str]:
        """Every file's name, sorted."""
        ...

    def stamps(self, wanted: Callable[[str], bool] = ...) -> Mapping[str, str]:
        """The wanted names (all), sorted, each with a text that changes with its file."""
        ...

    def read(self, name: str) -> bytes | None:
        """The whole file; None when there is none."""
        ...

    def size(self, name: str) -> int | None:
        """Its size in bytes; None when there is none."""
        ...

    def write(self, name: str, content: bytes | Path) -> bool:
        """Put a file: bytes, or a local file, which nobody may write into afterwards.

        Whether it had to be written.

        MUST replace at once: a reader sees the old or the new. MUST leave alone a file that
        holds the content already. MAY give the local file a second name instead of copying it.
        """
        ...

    def write_all(self, files: Sequence[tuple[str, bytes | Path]]) -> list[str]:
        """Put each file as `write` does, in their order.

        The names of those that had to be written.

        Sooner than one by one, where the place allows it.
        """
        ...

    def delete(self, name: str) -> None:
        """Remove a file; no error when there is none."""
        ...


# Writes files that every machine writes, as `Store.write_all` does. Raises LostLockError.
WriteShared = Callable[[Sequence[tuple[str, bytes | Path]]], list[str]]


@runtime_checkable
class LockableStore(Store, Protocol):
    """A Store in which machines take turns; one where several publish SHOULD be."""

    def lock(self) -> AbstractContextManager[WriteShared]:
        """Keep other machines from publishing there while the block runs.

        MUST wait for a machine that publishes, and MUST free itself when its owner died. What
        it gives MUST raise LostLockError, and write nothing, when another machine has taken the
        lock meanwhile.
        """
        ...


@contextmanager
def locked(store: Store) -> Iterator[WriteShared]:
    """Hold the store's lock while the block runs, where it has one."""
    if not isinstance(store, LockableStore):
        yield store.write_all
        return
    with store.lock() as write_shared:
        yield write_shared
