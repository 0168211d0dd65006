"""Work done side by side, and ahead of time: units encoded while later takes are still being spoken."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

from podcast.stitch.ffmpeg import true_peaks
from podcast.stitch.gain import CEILING, TRUE_PEAK, heard, linear, rounded, voice_gain
from podcast.stitch.loudness import Cells, gated, hop, hops
from podcast.stitch.mp3 import Format
from podcast.stitch.pcm import Clip
from podcast.stitch.segment import Unit
from podcast.stitch.segment_cache import frames_of

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

ENOUGH, PLENTY = 200, 900
"""Tenths of a second of a voice after which its gain is foretold, and after which no more is learnt of it."""

PAUSE = 6
"""Tenths of a second of silence that follow a take: they lower what an episode reads."""

DOUBT = 0.7
"""dB by which a peak may read too low at twice the rate, for sound up to half of what the rate can hold."""

T = TypeVar("T")
R = TypeVar("R")


def in_order(
    pool: ThreadPoolExecutor,
    work: Callable[[T], R],
    items: Iterable[T],
    ahead: int,
    known: Callable[[T], R | None] = lambda _item: None,
) -> Iterator[tuple[T, R]]:
    """Each item with its result, in order; at most `ahead` are under way or waiting to be taken.

    An item of which the result is `known` needs no work.
    """
    pending: deque[tuple[T, Future[R]]] = deque()
    try:
        for item in items:
            if (found := known(item)) is not None and not pending:
                yield item, found
                continue
            pending.append((item, pool.submit(work, item) if found is None else _done(found)))
            while pending and (len(pending) > ahead or pending[0][1].done()):
                first, result = pending.popleft()
                yield first, result.result()
        while pending:
            first, result = pending.popleft()
            yield first, result.result()
    finally:
        for _, result in pending:
            result.cancel()


def _done(result: R) -> Future[R]:
    future: Future[R] = Future()
    future.set_result(result)
    return future


def peaks_of(units: Iterable[Unit | None], form: Format, work: Path) -> dict[str, float]:
    """Each unit's key and the true peak of its frames, in dBTP.

    Read at twice the rate, four times that of most engines; what comes near the limit, at four times.
    """
    listened: list[Unit] = []

    def played() -> Iterator[bytes]:
        for unit in units:
            if unit is not None:
                listened.append(unit)
                yield frames_of(unit, work)

    found = true_peaks(played(), form, 2 * form.rate)
    peaks = {unit.key: peak for unit, peak in zip(listened, found, strict=True)}
    near = [unit for unit in listened if peaks[unit.key] > TRUE_PEAK - DOUBT]
    if near:
        exact = true_peaks((frames_of(unit, work) for unit in near), form, 4 * form.rate)
        peaks.update(zip((unit.key for unit in near), exact, strict=True))
    return peaks


class Ahead:
    """Encodes units and listens to them, side by side; foretells gains from what was heard of a voice so far.

    Gains are certain once all takes are there; what was foretold well enough is encoded by then. A context
    manager, which leaves nothing running behind.
    """

    def __init__(self, pool: ThreadPoolExecutor, form: Format, work: Path, most: int) -> None:
        self.gains: dict[str, int] = {}
        """Clip's key to the gain that was foretold, in hundredths of a dB."""
        self._pool, self._form, self._work, self._most = pool, form, work, most
        self._past: dict[str, NDArray[float64]] = {}
        self._waiting: dict[str, list[tuple[Clip, Cells]]] = {}
        self._given: set[str] = set()
        self._pending: deque[Future[None]] = deque()
        self._encoded: SimpleQueue[Unit | None] = SimpleQueue()
        self._listener = ThreadPoolExecutor(1)
        self._peaks: Future[dict[str, float]] | None = None

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        for future in self._pending:
            future.cancel()
        self._encoded.put(None)
        self._listener.shutdown()

    def add(self, clip: Clip, cells: Cells) -> None:
        """Learn from a take; encode it, and those before it, when enough was heard of its voice."""
        gain = self._foretold(clip.voice, cells)
        waiting = self._waiting.setdefault(clip.voice, [])
        waiting.append((clip, cells))
        if gain is not None:
            for each, measured in waiting:
                self.gains[each.key] = gain
                self.encode(Unit(each, measured, gain, CEILING, self._form))
            waiting.clear()

    def encode(self, unit: Unit) -> None:
        """Encode a unit and listen to it, once. Waits while much is under way."""
        if unit.key in self._given:
            return
        self._given.add(unit.key)
        self._pending.append(self._pool.submit(self._encode, unit))
        if self._peaks is None:
            encoded = iter(self._encoded.get, None)
            self._peaks = self._listener.submit(peaks_of, encoded, self._form, self._work)
        while len(self._pending) > self._most:
            self._pending.popleft().result()

    def peaks(self) -> dict[str, float]:
        """Every encoded unit's key and the true peak of its frames, once all of them are heard."""
        while self._pending:
            self._pending.popleft().result()
        self._encoded.put(None)
        return self._peaks.result() if self._peaks else {}

    def _foretold(self, voice: str, cells: Cells) -> int | None:
        """The gain that brings the voice, limited and with the pauses after its takes, to the target."""
        import numpy as np

        past = self._past.get(voice, np.zeros(0))
        if len(past) < PLENTY:
            step = hop(self._form.rate, self._form.cell)
            gain = rounded(voice_gain(gated(past if len(past) else hops(cells.power(), step)), speech=True))
            limited = hops(heard(cells, gain, CEILING), step) / linear(gain) ** 2
            past = self._past[voice] = np.concatenate([past, limited, np.zeros(PAUSE)])
        return rounded(voice_gain(gated(past), speech=True)) if len(past) >= ENOUGH else None

    def _encode(self, unit: Unit) -> None:
        frames_of(unit, self._work)
        self._encoded.put(unit)
