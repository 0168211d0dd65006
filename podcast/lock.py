"""Keeps two runs on one show apart."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from podcast.files import write_atomic


@contextmanager
def only_run(folder: Path, what: str, on_wait: Callable[[str], None] = lambda _owner: None) -> Iterator[None]:
    """Hold the lock of the show whose working folder (`.podcast`) is `folder`, while working on `what`.

    Where another run holds it, `on_wait` hears whose it is, and this run waits. The operating system
    frees the lock of a process that died.
    """
    folder.mkdir(parents=True, exist_ok=True)
    owner = folder / "lock.owner"
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait(owner.read_text(encoding="utf-8") if owner.exists() else "another run")
        lock.acquire()
    try:
        write_atomic(owner, f"{what} (process {os.getpid()})")
        yield
    finally:
        lock.release()
