"""Keeps two runs on one show apart."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from podcast.util.cache import make_way
from podcast.util.files import sweep, write_atomic, writing

_LOOK = 0.5
"""Seconds after which a waiting run looks again for whom it waits."""


@contextmanager
def only_run(
    folder: Path, what: str, on_wait: Callable[[str], None] = lambda _owner: None
) -> Iterator[None]:
    """Hold the lock of the show whose working folder (`.podcast`) is `folder`, while working on `what`.

    Where another run holds it, `on_wait` hears whose it is, again whenever another one's turn has come, and
    this run waits. The operating system frees the lock of a process that died, whatever `lock.owner` says;
    what such a process left half-written in the show's folders is removed.

    Raises FolderError.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    owner = folder / "lock.owner"
    make_way(owner)
    make_way(folder / "lock")
    lock = FileLock(folder / "lock")
    told = ""
    with writing(folder / "lock"):
        while not lock.is_locked:
            try:
                lock.acquire(timeout=_LOOK if told else 0)
            except Timeout:
                if (now := _read_owner(owner)) != told:
                    on_wait(told := now)
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
