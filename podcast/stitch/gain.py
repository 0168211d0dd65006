"""How loud every voice is made: one gain for each, one for the episode, and a limiter for the peaks.

Gains are whole hundredths of a dB, so that equal decisions give equal keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from podcast.stitch.loudness import SILENCE, Cells

if TYPE_CHECKING:
    from numpy import float32, float64
    from numpy.typing import NDArray

TARGET = -16.0
"""LUFS as heard."""
MONO = 3.0103
"""LU by which a mono file played from two speakers is heard louder than its one channel reads."""
STING_BELOW = 4.0
"""LU by which stings are quieter than speech."""
CEILING = -200
"""dBTP x 100 before encoding: the encoder overshoots by up to 1 dB."""
TRUE_PEAK = -1.0
"""dBTP that the encoded episode may reach."""
STEP = 10
"""Gains are rounded to this, in hundredths of a dB."""
RANGE = 3000
"""The largest gain or attenuation: a voice that needs more is no voice."""
CLIP_DRIFT = 50
"""A clip keeps the gain it is encoded with while the exact one is within this, in hundredths of a dB."""
EPISODE_DRIFT = 0.2
"""... and all clips do while the episode is within this of TARGET, in LU."""
SMOOTH = 5
"""Cells that the limiter's box filters reach to each side: twice applied, it moves over about 90 ms."""


class Placed(NamedTuple):
    """A clip's cells in the episode."""

    cells: Cells
    at: int
    """The cell of the episode at which its sound begins."""
    gain: int
    """Hundredths of a dB."""
    ceiling: int
    """Hundredths of a dBTP."""


def voice_gain(loudness: float, speech: bool) -> float:
    """dB that bring a voice to its level; 0 for silence."""
    if loudness <= SILENCE:
        return 0.0
    return TARGET - MONO - (0 if speech else STING_BELOW) - loudness


def settle(
    exact: Mapping[str, float], kept: Mapping[str, int], loudness: Callable[[Mapping[str, int]], float]
) -> dict[str, int]:
    """Every clip's gain, in hundredths of a dB.

    `exact` brings all voices to one level, in dB; `kept` is what clips are encoded with already; `loudness`
    tells what an episode with given gains reads, in LUFS of its one channel. What is kept stays while it
    is near enough, so that an edit of one turn leaves the others as they are.
    """
    aim = TARGET - MONO
    known = sorted(kept[clip] / 100 - gain for clip, gain in exact.items() if clip in kept)
    lift = known[len(known) // 2] if known else 0.0
    gains = {clip: rounded(gain + lift) for clip, gain in exact.items()}
    held = {
        v: kept[v] if abs(kept.get(v, 2 * RANGE) - gain) <= CLIP_DRIFT else gain for v, gain in gains.items()
    }
    reads = loudness(held)
    if reads <= SILENCE or (known and abs(aim - reads) <= EPISODE_DRIFT):
        return held
    for _ in range(4):
        lift += aim - reads
        gains = {clip: rounded(gain + lift) for clip, gain in exact.items()}
        reads = loudness(gains)
        if abs(aim - reads) < STEP / 200:
            break
    return gains


def rounded(gain: float) -> int:
    """A gain in dB as it is applied: in hundredths of a dB, a multiple of STEP."""
    return max(-RANGE, min(RANGE, round(gain * 100 / STEP) * STEP))


def linear(gain: int) -> float:
    """The factor of a gain in hundredths of a dB."""
    return float(10 ** (gain / 2000))


def limiter(cells: Cells, gain: int, ceiling: int) -> NDArray[float32] | None:
    """The limiter's factor at the edges of the cells (one more than cells), to be joined by straight lines;
    None where nothing needs limiting.

    The least factor within reach, smoothed by two boxes no wider than that reach: no cell passes the ceiling,
    and the factor moves slowly enough not to be heard.
    """
    import numpy as np

    top, factor = np.float32(linear(ceiling)), np.float32(linear(gain))
    if cells.highest * factor <= top:
        return None
    wanted = np.minimum(np.float32(1), top / np.maximum(cells.peak * factor, np.float32(1e-9)))
    reach = 2 * SMOOTH
    least = np.concatenate([np.ones(2 * reach, np.float32), wanted, np.ones(2 * reach, np.float32)])
    width, window = 1, 2 * reach + 1
    while width < window:
        step = min(width, window - width)
        least = np.minimum(least[:-step], least[step:])
        width += step
    for _ in range(2):
        total = np.concatenate([[0.0], np.cumsum(least, dtype=np.float64)])
        least = ((total[2 * SMOOTH + 1 :] - total[: -2 * SMOOTH - 1]) / (2 * SMOOTH + 1)).astype(np.float32)
    edges: NDArray[float32] = np.minimum(np.append(least, least[-1]), np.insert(least, 0, least[0]))
    return edges


def course(
    placed: Iterable[Placed], length: int, hop: int, known: dict[Placed, NDArray[float64]]
) -> NDArray[float64]:
    """Mean K-weighted square of each whole `hop` cells, 100 ms, of an episode of `length` cells.

    `known` is what the sounds of the last course added to it: the next one is like it, but for a few.
    """
    import numpy as np

    total = np.zeros(length // hop + 2)
    last = dict(known)
    known.clear()
    for piece in placed:
        sums = known[piece] = last[piece] if piece in last else _sums(piece, hop)
        total[piece.at // hop : piece.at // hop + len(sums)] += sums
    return total[: length // hop] / hop


def _sums(piece: Placed, hop: int) -> NDArray[float64]:
    """What a sound adds to each `hop` cells that it touches."""
    import numpy as np

    power = heard(piece.cells, piece.gain, piece.ceiling)
    lead = piece.at % hop
    filled = np.zeros(-(-(lead + len(power)) // hop) * hop)
    filled[lead : lead + len(power)] = power
    sums: NDArray[float64] = filled.reshape(-1, hop).sum(axis=1)
    return sums


def heard(cells: Cells, gain: int, ceiling: int) -> NDArray[float64]:
    """Mean K-weighted square of each cell after gain and limiter."""
    power = cells.power() * linear(gain) ** 2
    curve = limiter(cells, gain, ceiling)
    if curve is not None:
        power *= ((curve[1:] + curve[:-1]) / 2) ** 2
    return power
