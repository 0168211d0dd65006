"""Gains and the limiter, as arithmetic on cells.

Gains are whole hundredths of a dB, so that equal decisions give equal keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from podcast.stitch.loudness import SILENCE, Cells

if TYPE_CHECKING:
    from numpy import float32, float64
    from numpy.typing import NDArray

# LUFS as heard.
TARGET = -16.0
# LU by which a mono file played from two speakers is heard louder than its one channel reads.
MONO = 3.0103
# LU by which stings are quieter than speech.
STING_BELOW = 4.0
# dBTP x 100 before encoding: the encoder overshoots by up to 1 dB.
CEILING = -200
# dBTP that the encoded episode may reach.
TRUE_PEAK = -1.0
# Gains are rounded to this, in hundredths of a dB.
STEP = 10
# The largest gain or attenuation: a voice that needs more is no voice.
RANGE = 3000
# Cells that the limiter's box filters reach to each side: twice applied, it moves over about
# 90 ms.
SMOOTH = 5


def voice_gain(loudness: float, speech: bool) -> float:
    """Compute the dB that bring a voice to its level; 0 for silence."""
    if loudness <= SILENCE:
        return 0.0
    return TARGET - MONO - (0 if speech else STING_BELOW) - loudness


def rounded(gain: float) -> int:
    """Round a gain in dB as it is applied: to hundredths of a dB, a multiple of STEP."""
    return max(-RANGE, min(RANGE, round(gain * 100 / STEP) * STEP))


def linear(gain: int) -> float:
    """Convert a gain in hundredths of a dB to a factor."""
    return float(10 ** (gain / 2000))


def solve_limiter(cells: Cells, gain: int, ceiling: int) -> NDArray[float32] | None:
    """Compute the limiter's factor at the edges of the cells.

    None where nothing needs limiting.

    There is one edge more than there are cells; straight lines join the factors.

    The least factor within reach, smoothed by two boxes no wider than that reach: no cell
    passes the ceiling, and the factor moves slowly enough not to be heard.
    """
    import numpy as np

    top, factor = np.float32(linear(ceiling)), np.float32(linear(gain))
    if cells.highest * factor <= top:
        return None
    wanted = np.minimum(np.float32(1), top / np.maximum(cells.peak * factor, np.float32(1e-9)))
    reach = 2 * SMOOTH
    least = np.concatenate(
        [np.ones(2 * reach, np.float32), wanted, np.ones(2 * reach, np.float32)]
    )
    width, window = 1, 2 * reach + 1
    while width < window:
        step = min(width, window - width)
        least = np.minimum(least[:-step], least[step:])
        width += step
    for _ in range(2):
        total = np.concatenate([[0.0], np.cumsum(least, dtype=np.float64)])
        least = (
            (total[2 * SMOOTH + 1 :] - total[: -2 * SMOOTH - 1]) / (2 * SMOOTH + 1)
        ).astype(np.float32)
    edges: NDArray[float32] = np.minimum(
        np.append(least, least[-1]), np.insert(least, 0, least[0])
    )
    return edges


def heard_power(cells: Cells, gain: int, ceiling: int) -> NDArray[float64]:
    """Compute the mean K-weighted square of each cell after gain and limiter."""
    power = cells.power() * linear(gain) ** 2
    curve = solve_limiter(cells, gain, ceiling)
    if curve is not None:
        power *= ((curve[1:] + curve[:-1]) / 2) ** 2
    return power
