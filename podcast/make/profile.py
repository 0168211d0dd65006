"""Where the time of a make goes: seconds and bytes of each stage."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spent:
    """What something took; adds up."""

    wall: float = 0.0
    """Seconds on the clock."""
    cpu: float = 0.0
    """Seconds of all cores together, those of programs that were run included."""
    read: int = 0
    """Bytes read from files and pipes, cached by the system or not;
    0 where the system does not tell."""
    written: int = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __sub__(self, other: Spent) -> Spent:
        return Spent(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(self)))


class Profile:
    """What each stage took in this process.

    Speaking and stitching overlap. `speak` has the time until the last take, and what the
    threads that speak took; `stitch` has the time from then on, and all else that was done
    meanwhile, by programs too.
    """

    def __init__(self) -> None:
        self.stages: dict[str, Spent] = {}
        """Name of the stage to what it took, in order."""
        self._spoken = Spent()
        self._meanwhile = Spent()
        self._lock = threading.Lock()
        self._mark = _process()

    def ended(self, stage: str) -> None:
        """All since the last stage's end was this stage's."""
        now = _process()
        took, self._mark = now - self._mark, now
        if stage == "speak":
            with self._lock:
                spoken = self._spoken
            mine = Spent(took.wall, spoken.cpu, spoken.read, spoken.written)
            self._meanwhile, took = took - mine, mine
        if stage == "stitch":
            took += self._meanwhile
        self.stages[stage] = self.stages.get(stage, Spent()) + took

    def speaking(self, executor: Executor) -> Executor:
        """The executor, measuring what is done by it."""
        return _Measured(executor, self)

    def add(self, spent: Spent) -> None:
        with self._lock:
            self._spoken += spent


class _Measured(Executor):
    def __init__(self, executor: Executor, profile: Profile) -> None:
        self._executor, self._profile = executor, profile

    def submit(self, work: Callable[..., T], /, *args: Any, **options: Any) -> Future[T]:
        return self._executor.submit(self._measure, work, *args, **options)

    def _measure(self, work: Callable[..., T], *args: Any, **options: Any) -> T:
        before = _thread()
        try:
            return work(*args, **options)
        finally:
            self._profile.add(_thread() - before)


def _process() -> Spent:
    """What this process took so far, and the programs that it has run."""
    times = os.times()
    cpu = times.user + times.system + times.children_user + times.children_system
    return Spent(time.perf_counter(), cpu, *_bytes(Path("/proc/self/io")))


def _thread() -> Spent:
    """What this thread took so far."""
    return Spent(time.perf_counter(), time.thread_time(), *_bytes(Path("/proc/thread-self/io")))


def _bytes(counters: Path) -> tuple[int, int]:
    """Read and written, where the system counts them (Linux, proc(5))."""
    try:
        counts = dict(line.split(": ") for line in counters.read_text().splitlines())
    except OSError:
        return 0, 0
    return int(counts["rchar"]), int(counts["wchar"])
