"""Loudness and true peak as arithmetic on cells of about 4 ms. Source.

ITU-R BS.1770-5, annexes 1 and 2.

A clip is measured once. What gains, limiter and place in the episode make of its loudness
follows from its cells, so an episode is mastered without touching a sample.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from podcast.model import LEVELS_A_DB
from podcast.stitch.pcm import Clip, read_blocks

if TYPE_CHECKING:
    from numpy import complex64, float16, float32, float64
    from numpy.typing import NDArray

# The absolute gate, in LUFS: what lies below counts as silence.
SILENCE = -70.0
# Sound begins where a clip first comes within this of its own loudness, in dB.
THRESHOLD = 45.0
# ... and at the least of this loudness, in LUFS.
FLOOR = -65.0
# Cells kept before the first and after the last one of sound.
BEFORE, AFTER = 1, 10
# Times the rate at which peaks are read: near enough for the limiter, at half the cost of
# four.
OVER = 2
# Samples weighted at once.
FFT = 1 << 15


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A clip trimmed to its sound, measured cell by cell."""

    first: int
    """Cells cut off at the clip's start."""
    weighted: NDArray[float16]
    """Root of the mean K-weighted square. Half precision holds it to 0.004 dB."""
    peak: NDArray[float16]
    """The largest magnitude at OVER times the rate. What was encoded is listened to by
    itself."""
    highest: float
    """The largest of `peak`; 0 where there is none."""

    def __len__(self) -> int:
        return len(self.weighted)

    def power(self) -> NDArray[float64]:
        """Mean K-weighted square of each cell."""
        import numpy as np

        return np.square(self.weighted, dtype=np.float64)


def _whole_factor(clip_rate: int, rate: int, cell: int) -> int:
    """The number by which a clip's rate fits into `rate`, and cells stay whole; 1 for none."""
    factor = rate // clip_rate
    is_whole = rate % clip_rate == 0 and cell % factor == 0
    return factor if is_whole else 1


def measure_clip(clip: Clip, rate: int, cell: int) -> Cells:
    """Measure a clip in cells of `cell` samples at `rate`, and trim it to its sound.

    A clip without any sound is kept whole. A clip whose rate divides `rate` is measured as it
    is.
    """
    import numpy as np
    import soxr  # type: ignore[import-untyped]

    factor = _whole_factor(clip.rate, rate, cell)
    rate, cell = rate // factor, cell // factor
    response = _weighting(rate)
    history = -(-rate // 10 // cell) * cell
    size = (FFT - history) // cell * cell
    over = soxr.ResampleStream(1, OVER, 1, dtype="float32")
    past = np.zeros(history, np.float32)
    power, peaks, rest = [], [], np.zeros(0, np.float32)
    count = 0

    def peaks_of(chunk: NDArray[float32]) -> NDArray[float32]:
        nonlocal rest
        chunk = np.concatenate([rest, chunk])
        whole = len(chunk) - len(chunk) % (OVER * cell)
        rest = chunk[whole:]
        folded = chunk[:whole].reshape(-1, OVER * cell)
        highest: NDArray[float32] = np.maximum(folded.max(axis=1), -folded.min(axis=1))
        return highest

    for samples in read_blocks(clip, rate, size):
        block = np.concatenate([samples, np.zeros(-len(samples) % cell, np.float32)])
        count += len(block) // cell
        joined = np.concatenate([past, block])
        heard = np.fft.irfft(np.fft.rfft(joined, FFT) * response, FFT)[history : len(joined)]
        power.append(np.square(heard).reshape(-1, cell).mean(axis=1))
        peaks.append(peaks_of(over.resample_chunk(block)))
        past = joined[-history:]
    peaks.append(peaks_of(over.resample_chunk(np.zeros(0, np.float32), last=True)))
    peaks.append(peaks_of(np.zeros(OVER * cell, np.float32)))
    weighted = np.sqrt(np.concatenate(power))
    peak = np.concatenate(peaks)[:count]
    first, last = _sound(weighted, hop_cells(rate, cell))
    half = peak[first:last].astype(np.float16)
    return Cells(
        first, weighted[first:last].astype(np.float16), half, float(half.max(initial=0))
    )


def _sound(weighted: NDArray[float32], hop: int) -> tuple[int, int]:
    """Where sound begins and ends; everything when there is none."""
    import numpy as np

    power = np.square(weighted, dtype=np.float64)
    threshold = max(FLOOR, gated(mean_hops(power, hop)) - THRESHOLD)
    loud = np.flatnonzero(power > 10 ** ((threshold + 0.691) / 10))
    if not len(loud):
        return 0, len(power)
    return max(0, int(loud[0]) - BEFORE), min(len(power), int(loud[-1]) + 1 + AFTER)


@lru_cache(maxsize=4)
def _weighting(rate: int) -> NDArray[complex64]:
    """The K-weighting filter's response at the bins of a transform of FFT samples.

    Annex 1 gives coefficients for 48 kHz; these are its two biquads rederived for any rate.
    """
    import numpy as np

    z = np.exp(-2j * np.pi * np.arange(FFT // 2 + 1) / FFT)
    k, q = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    shelf = np.polyval(
        [high - band * k / q + k * k, 2 * (k * k - high), high + band * k / q + k * k], z
    )
    shelf /= np.polyval([1 - k / q + k * k, 2 * (k * k - 1), 1 + k / q + k * k], z)
    k, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    low = np.polyval([1 - k / q + k * k, 2 * (k * k - 1), 1 + k / q + k * k], z) / (
        1 + k / q + k * k
    )
    response: NDArray[complex64] = (shelf * (1 - z) ** 2 / low).astype(np.complex64)
    return response


def hop_cells(rate: int, cell: int) -> int:
    """Cells in the 100 ms by which gating blocks advance."""
    return round(rate / 10 / cell)


def mean_hops(power: NDArray[float64], hop: int) -> NDArray[float64]:
    """Mean power of each whole hop."""
    whole = len(power) // hop * hop
    result: NDArray[float64] = power[:whole].reshape(-1, hop).mean(axis=1)
    return result


def gated(hops: NDArray[float64]) -> float:
    """Integrated loudness in LUFS of one channel.

    Blocks of four hops, gated at -70 LUFS and then 10 LU below the rest. SILENCE when nothing
    passes; less than a block of sound counts as one block.
    """
    import numpy as np

    if not len(hops):
        return SILENCE
    padded = np.concatenate([[0.0], np.cumsum(hops)])
    power = (padded[4:] - padded[:-4]) / 4 if len(hops) >= 4 else hops.mean(keepdims=True)
    power = power[power > 10 ** ((SILENCE + 0.691) / 10)]
    if not len(power):
        return SILENCE
    power = power[power > power.mean() / 10]
    return float(-0.691 + 10 * math.log10(power.mean()))


def draw_waveform(hops: NDArray[float64], points: int = 300) -> tuple[int, ...]:
    """Draw hops of one channel in `points` equal parts, as `Episode.waveform` has it."""
    import numpy as np

    if not len(hops):
        return (0,) * points
    edges = np.arange(points + 1) * len(hops) // points
    total = np.concatenate([[0.0], np.cumsum(hops)])
    ends = np.maximum(edges[1:], edges[:-1] + 1)
    means = (total[ends] - total[edges[:-1]]) / (ends - edges[:-1])
    levels = -0.691 + 10 * np.log10(np.maximum(means, 1e-12))
    return tuple(np.clip(np.round(255 + levels * LEVELS_A_DB), 0, 255).astype(int).tolist())


def gated_over(clips: Iterable[Cells], hop: int) -> float:
    """The loudness of several clips played one after the other."""
    import numpy as np

    return gated(
        np.concatenate([np.zeros(0), *(mean_hops(cells.power(), hop) for cells in clips)])
    )
