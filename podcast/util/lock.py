"""Keeps two runs on one show apart."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from podcast.util.cache import make_way
from podcast.util.files import sweep, write_atomic, writing

# Seconds after which a waiting run looks again for whom it waits.
_LOOK = 0.5


@contextmanager
def only_run(
    folder: Path, what: str, on_wait: Callable[[str], None] = lambda _owner: None
) -> Iterator[None]:
    """Hold the lock of the show with this working folder (`.podcast`) while working on `what`.

    Where another run holds it, this run waits. `on_wait` is called with that run's name, again
    when the lock passes to another. The operating system frees the lock of a process that died,
    whatever `lock.owner` says; files that it left half-written in the show are removed.

    Raises FolderError.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    owner = folder / "lock.owner"
    make_way(owner)
    make_way(folder / "lock")
    lock = FileLock(folder / "lock")
    last_owner = ""
    with writing(folder / "lock"):
        while not lock.is_locked:
            try:
                lock.acquire(timeout=_LOOK if last_owner else 0)
            except Timeout:
                current_owner = _read_owner(owner)
                if current_owner != last_owner:
                    last_owner = current_owner
                    on_wait(current_owner)
    try:
        write_atomic(owner, f"{what} (process {os.getpid()})")
        for place in (folder, *folder.parent.glob("*/")):
            sweep(place)
        yield
    finally:
        lock.release()


def _read_owner(owner: Path) -> str:
    try:
        return owner.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "another run"
