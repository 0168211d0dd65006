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
        self._by_threads = Spent()
        self._meanwhile = Spent()
        self._lock = threading.Lock()
        self._last_end = _measure_process()

    def end_stage(self, stage: str) -> None:
        """Count all since the last stage's end as this stage's."""
        now = _measure_process()
        spent, self._last_end = now - self._last_end, now
        if stage == "speak":
            with self._lock:
                by_threads = self._by_threads
            speaking = Spent(spent.wall, by_threads.cpu, by_threads.read, by_threads.written)
            self._meanwhile, spent = spent - speaking, speaking
        if stage == "stitch":
            spent += self._meanwhile
        self.stages[stage] = self.stages.get(stage, Spent()) + spent

    def measure_speaking(self, executor: Executor) -> Executor:
        """Give an executor that measures what the one given does."""
        return _MeasuringExecutor(executor, self)

    def add_speaking(self, spent: Spent) -> None:
        """Count what a thread took to speak."""
        with self._lock:
            self._by_threads += spent


class _MeasuringExecutor(Executor):
    def __init__(self, executor: Executor, profile: Profile) -> None:
        self._executor, self._profile = executor, profile

    def submit(self, work: Callable[..., T], /, *args: Any, **options: Any) -> Future[T]:
        return self._executor.submit(self._measure, work, *args, **options)

    def _measure(self, work: Callable[..., T], *args: Any, **options: Any) -> T:
        before = _measure_thread()
        try:
            return work(*args, **options)
        finally:
            self._profile.add_speaking(_measure_thread() - before)


def _measure_process() -> Spent:
    """Measure this process so far, and the programs that it has run."""
    times = os.times()
    cpu = times.user + times.system + times.children_user + times.children_system
    return Spent(time.perf_counter(), cpu, *_count_bytes(Path("/proc/self/io")))


def _measure_thread() -> Spent:
    """Measure this thread so far."""
    return Spent(
        time.perf_counter(), time.thread_time(), *_count_bytes(Path("/proc/thread-self/io"))
    )


def _count_bytes(counters: Path) -> tuple[int, int]:
    """Count bytes read and written, where the system counts them (Linux, proc(5))."""
    try:
        counts = dict(line.split(": ") for line in counters.read_text().splitlines())
    except OSError:
        return 0, 0
    return int(counts["rchar"]), int(counts["wchar"])
