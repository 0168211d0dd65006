"""Work done side by side, and early.

Segments are encoded while later takes are still being spoken.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

from podcast.stitch.ffmpeg import true_peaks
from podcast.stitch.gain import CEILING, TRUE_PEAK, heard_power, linear, rounded, voice_gain
from podcast.stitch.loudness import Cells, gated, hop_cells, mean_hops
from podcast.stitch.mp3 import OutputFormat
from podcast.stitch.segment import Segment
from podcast.stitch.segment_cache import load_frames

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

# Tenths of a second of a voice after which its gain is predicted, and after which no more is
# learnt of it.
ENOUGH, PLENTY = 200, 900

# Tenths of a second of silence that follow a take: they lower what an episode reads.
PAUSE = 6

# dB by which a peak may read too low at twice the rate, for sound up to half of what the rate
# can hold.
DOUBT = 0.7

T = TypeVar("T")
R = TypeVar("R")


def run_in_order(
    pool: ThreadPoolExecutor,
    work: Callable[[T], R],
    items: Iterable[T],
    ahead: int,
    known: Callable[[T], R | None] = lambda _item: None,
) -> Iterator[tuple[T, R]]:
    """Yield each item with its result, in order.

    At most `ahead` are under way or waiting to be taken.

    An item of which the result is `known` needs no work.
    """
    pending: deque[tuple[T, Future[R]]] = deque()
    try:
        for item in items:
            if (result := known(item)) is not None and not pending:
                yield item, result
                continue

            pending.append(
                (item, pool.submit(work, item) if result is None else _finished(result))
            )
            while pending and (len(pending) > ahead or pending[0][1].done()):
                first, future = pending.popleft()
                yield first, future.result()

        while pending:
            first, future = pending.popleft()
            yield first, future.result()
    finally:
        for _, future in pending:
            future.cancel()


def _finished(result: R) -> Future[R]:
    future: Future[R] = Future()
    future.set_result(result)
    return future


def measure_peaks(
    segments: Iterable[Segment | None], output: OutputFormat, folder: Path
) -> dict[str, float]:
    """Map each segment's key to the true peak of its frames, in dBTP.

    Read at twice the rate, four times that of most engines; what comes near the limit, at four
    times.
    """
    played: list[Segment] = []

    def play() -> Iterator[bytes]:
        for segment in segments:
            if segment is not None:
                played.append(segment)
                yield load_frames(segment, folder)

    rough = true_peaks(play(), output, 2 * output.rate)
    peaks = {segment.key: peak for segment, peak in zip(played, rough, strict=True)}

    near = [segment for segment in played if peaks[segment.key] > TRUE_PEAK - DOUBT]
    if near:
        exact = true_peaks(
            (load_frames(segment, folder) for segment in near), output, 4 * output.rate
        )
        peaks.update(zip((segment.key for segment in near), exact, strict=True))
    return peaks


class EarlyEncoder:
    """Encodes segments and reads their peaks, side by side.

    Predicts each voice's gain from its takes so far.

    Gains are certain once all takes are there; what was predicted well enough is encoded by
    then. A context manager, which leaves nothing running behind.
    """

    def __init__(
        self, pool: ThreadPoolExecutor, output: OutputFormat, folder: Path, most: int
    ) -> None:
        self.gains: dict[str, int] = {}
        """Clip's key to the predicted gain, in hundredths of a dB."""
        self._pool, self._output, self._folder, self._most = pool, output, folder, most
        self._past: dict[str, NDArray[float64]] = {}
        self._waiting: dict[str, list[Segment]] = {}
        self._given: set[str] = set()
        self._pending: deque[Future[None]] = deque()
        self._encoded: SimpleQueue[Segment | None] = SimpleQueue()
        self._listener = ThreadPoolExecutor(1)
        self._peaks: Future[dict[str, float]] | None = None

    def __enter__(self) -> EarlyEncoder:
        return self

    def __exit__(self, *_: object) -> None:
        for future in self._pending:
            future.cancel()
        self._encoded.put(None)
        self._listener.shutdown()

    def add(self, segment: Segment) -> None:
        """Learn from a take; encode it and those before once enough of its voice is known."""
        voice = segment.clip.voice
        gain = self._predict_gain(voice, segment.cells)
        waiting = self._waiting.setdefault(voice, [])
        waiting.append(segment)
        if gain is not None:
            for each in waiting:
                self.gains[each.clip.key] = gain
                self.encode(each.with_gain(gain))
            waiting.clear()

    def encode(self, segment: Segment) -> None:
        """Encode a segment and read its peak, once. Waits while much is under way."""
        if segment.key in self._given:
            return
        self._given.add(segment.key)
        self._pending.append(self._pool.submit(self._encode, segment))
        if self._peaks is None:
            encoded = iter(self._encoded.get, None)
            self._peaks = self._listener.submit(
                measure_peaks, encoded, self._output, self._folder
            )
        while len(self._pending) > self._most:
            self._pending.popleft().result()

    def peaks(self) -> dict[str, float]:
        """Map every encoded segment's key to its true peak, once all of them are read."""
        while self._pending:
            self._pending.popleft().result()
        self._encoded.put(None)
        return self._peaks.result() if self._peaks else {}

    def _predict_gain(self, voice: str, cells: Cells) -> int | None:
        """Predict the gain that brings the voice, limited and with pauses, to the target."""
        import numpy as np

        past = self._past.get(voice, np.zeros(0))
        if len(past) < PLENTY:
            hop = hop_cells(self._output.rate, self._output.cell)
            known = past if len(past) else mean_hops(cells.power(), hop)
            gain = rounded(voice_gain(gated(known), speech=True))
            limited = mean_hops(heard_power(cells, gain, CEILING), hop) / linear(gain) ** 2
            past = self._past[voice] = np.concatenate([past, limited, np.zeros(PAUSE)])
        return rounded(voice_gain(gated(past), speech=True)) if len(past) >= ENOUGH else None

    def _encode(self, segment: Segment) -> None:
        load_frames(segment, self._folder)
        self._encoded.put(segment)
