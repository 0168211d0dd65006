"""Progress of a script's calls: which call of how many, which story, how far and how long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from podcast.services.adapter import OnProgress
from podcast.services.structured import OnWords

# What the progress says is being done.
WHAT = "writing"
# Seconds after which it is said how far an answer has come.
FIRST_WORDS = 3.0


class CallProgress:
    """Counts the calls of one script. Safe for threads: several calls are under way at once."""

    def __init__(self, report: OnProgress, total: int) -> None:
        """`total` calls are expected; the rundown may skip stories."""
        self.total = total
        self._report = report
        self._begun = 0
        self._done = 0
        self._lock = threading.Lock()

    @contextmanager
    def call(self, name: str) -> Iterator[OnWords]:
        """Say that a call begins and ends; what it yields says how many words have come."""
        with self._lock:
            self._begun += 1
            label = f"call {self._begun}, {name}"
        started = time.monotonic()
        self._say(f"{label}: asked")

        def report_words(words: int) -> None:
            seconds = time.monotonic() - started
            if seconds >= FIRST_WORDS:
                self._say(f"{label}: about {words} words after {seconds:.0f} s")

        yield report_words

        with self._lock:
            self._done += 1
        self._say(f"{label}: done in {time.monotonic() - started:.0f} s")

    @contextmanager
    def aside(self, name: str) -> Iterator[OnWords]:
        """Say how far a call within a call is; it does not count."""
        started = time.monotonic()

        def report_words(words: int) -> None:
            seconds = time.monotonic() - started
            if seconds >= FIRST_WORDS:
                self._say(f"{name}: about {words} words after {seconds:.0f} s")

        self._say(f"{name}: asked")
        yield report_words

    def _say(self, detail: str) -> None:
        self._report(WHAT, self._done, self.total, detail)
