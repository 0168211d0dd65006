"""Times as feeds, transcripts and pages write them.

Lengths and positions are whole milliseconds.
"""

from __future__ import annotations

from functools import lru_cache


def seconds(time: int) -> float:
    """Milliseconds as seconds; a whole number stays whole in JSON."""
    if time % 1000 == 0:
        return time // 1000
    return time / 1000


def clock(time: int, mark: str = ".") -> str:
    """`HH:MM:SS.mmm` as WebVTT, SRT (mark `,`) and Normal Play Time write it."""
    minutes, ms = divmod(time, 60_000)
    rest = str(100_000 + ms)
    return f"{_hours(minutes)}:{rest[1:3]}{mark}{rest[3:]}"


@lru_cache(maxsize=1024)
def _hours(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def timestamp(time: int) -> str:
    """A moment as `MM:SS`, and `H:MM:SS` from one hour on; parts of a second are cut."""
    minutes, second = divmod(time // 1000, 60)
    if minutes < 60:
        return f"{minutes:02}:{second:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}"


def length_of(time: int) -> str:
    """A duration, written like a moment, to the nearest second."""
    return timestamp(time + 500)
