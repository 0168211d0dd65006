"""Looks for what takes more than twice as long for twice as much."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import product

from tests.fuzz.guard import Found, tried
from tests.fuzz.mutate import UNITS
from tests.fuzz.targets import Target

_SHORT = 2_000
_LONG = 64_000
"""Characters of the longest run."""
_RATIO = 3.2
"""Twice is linear, four times quadratic; between lies the noise of short measurements."""
_LEAST = 0.15
"""Seconds of processor time below which nothing is measured."""


def fed(target: Target) -> tuple[int, dict[tuple[str, str], tuple[Found, bytes]]]:
    """How many runs of signs the target took, and those that it takes too long for."""
    found: dict[tuple[str, str], tuple[Found, bytes]] = {}
    inputs = 0
    for unit in _units():
        size, before = _SHORT, 0.0
        while size <= _LONG:
            data = _grown(target, unit, size)
            inputs += 1
            started = time.process_time()
            wrong = tried(target.call, ".*", data)
            took = time.process_time() - started
            if wrong and wrong.kind == "hang":
                found["hang", unit] = (wrong, data)
                break
            if before > _LEAST and took / before > _RATIO and size == _LONG:
                what = f"{unit!r}: {before:.2f} s for half of it, {took:.2f} s for {size} characters"
                found["growth", unit] = (Found("growth", what, ""), data)
            if took < _LEAST / 16 and size == _SHORT:
                size *= 16
                continue
            size, before = size * 2, took
    return inputs, found


def _units() -> Iterator[str]:
    yield from UNITS
    few = [unit for unit in UNITS if len(unit) <= 3 and unit.isascii()]
    yield from ("".join(pair) for pair in product(few, repeat=2) if pair[0] != pair[1])


def _grown(target: Target, unit: str, size: int) -> bytes:
    """The shortest sample with a run of the unit at the end of its text."""
    seed = min(target.seeds(), key=len)
    return (
        seed + b"\n\n" + (unit * (size // len(unit))).encode("utf-8", "surrogatepass") + b"\n"
    )
