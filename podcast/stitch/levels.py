"""Step 3, level: one gain for each voice and one for the episode, solved from cells alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from podcast.stitch.gain import MONO, STEP, TARGET, heard_power, rounded, voice_gain
from podcast.stitch.loudness import SILENCE, Cells, gated, gated_over, hop_cells
from podcast.stitch.mp3 import FRAME_CELLS, OutputFormat
from podcast.stitch.segment import Segment
from podcast.stitch.timeline import Timeline

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

# A clip keeps the gain it is encoded with while the exact one is within this, in hundredths
# of a dB.
CLIP_DRIFT = 50
# ... and all clips do while the episode is within this of TARGET, in LU.
EPISODE_DRIFT = 0.2


class LoudnessCurve:
    """Loudness of an episode in steps of 100 ms.

    What a sound adds is computed once while it stays.
    """

    def __init__(self, output: OutputFormat) -> None:
        self._hop = hop_cells(output.rate, output.cell)
        self._sums: dict[tuple[Cells, int, int, int], NDArray[float64]] = {}

    def measure(self, segments: Sequence[Segment], frames: int) -> NDArray[float64]:
        """Compute the mean K-weighted square of each whole 100 ms of an episode.

        The last curve's sums are cached: the next one is like it, but for a few segments.
        """
        import numpy as np

        length = frames * FRAME_CELLS
        total = np.zeros(length // self._hop + 2)
        last, self._sums = self._sums, {}
        for segment in segments:
            key = (segment.cells, segment.first_cell, segment.gain, segment.ceiling)
            sums = self._sums[key] = last[key] if key in last else self._add_up(segment)
            hop = segment.first_cell // self._hop
            total[hop : hop + len(sums)] += sums
        return total[: length // self._hop] / self._hop

    def _add_up(self, segment: Segment) -> NDArray[float64]:
        """Add up what a segment adds to each 100 ms that it touches."""
        import numpy as np

        power = heard_power(segment.cells, segment.gain, segment.ceiling)
        lead = segment.first_cell % self._hop
        filled = np.zeros(-(-(lead + len(power)) // self._hop) * self._hop)
        filled[lead : lead + len(power)] = power
        sums: NDArray[float64] = filled.reshape(-1, self._hop).sum(axis=1)
        return sums


def level_voices(
    timeline: Timeline, output: OutputFormat, applied: Mapping[str, int], curve: LoudnessCurve
) -> Timeline:
    """Give every segment its gain.

    `applied` are the gains with which clips are encoded already, by clip.
    """
    segments = timeline.segments

    def read_loudness(gains: Mapping[str, int]) -> float:
        return gated(curve.measure(_with_gains(segments, gains), timeline.frames))

    exact = _exact_gains(segments, hop_cells(output.rate, output.cell))
    gains = solve_gains(exact, applied, read_loudness)
    return replace(timeline, segments=_with_gains(segments, gains))


def _with_gains(segments: Iterable[Segment], gains: Mapping[str, int]) -> tuple[Segment, ...]:
    return tuple(segment.with_gain(gains[segment.clip.key]) for segment in segments)


def _exact_gains(segments: Sequence[Segment], hop: int) -> dict[str, float]:
    """Map each clip's key to the dB that bring its voice, over all it says, to its level."""
    voices: dict[str, list[Segment]] = {}
    for segment in segments:
        voices.setdefault(segment.clip.voice, []).append(segment)

    exact: dict[str, float] = {}
    for of_voice in voices.values():
        loudness = gated_over((segment.cells for segment in of_voice), hop)
        gain = voice_gain(loudness, speech=of_voice[0].turn is not None)
        exact.update((segment.clip.key, gain) for segment in of_voice)
    return exact


def solve_gains(
    exact: Mapping[str, float],
    applied: Mapping[str, int],
    read_loudness: Callable[[Mapping[str, int]], float],
) -> dict[str, int]:
    """Solve every clip's gain, in hundredths of a dB.

    `exact` brings all voices to one level, in dB; `applied` is what clips are encoded with
    already; `read_loudness` computes what an episode with given gains reads, in LUFS of its one
    channel. An applied gain stays while it is near enough, so that an edit of one turn leaves
    the others as they are.
    """
    aim = TARGET - MONO
    lift = _median_lift(exact, applied)
    gains = _lift_gains(exact, lift)
    steady = {clip: _keep_near(gain, applied.get(clip)) for clip, gain in gains.items()}
    reads = read_loudness(steady)
    if reads <= SILENCE:
        return steady
    if lift is not None and abs(aim - reads) <= EPISODE_DRIFT:
        return steady

    # The limiter and the gates of BS.1770 take part of a lift away: one step is not enough.
    lift = lift or 0.0
    for _ in range(4):
        lift += aim - reads
        gains = _lift_gains(exact, lift)
        reads = read_loudness(gains)
        if abs(aim - reads) < STEP / 200:
            break
    return gains


def _median_lift(exact: Mapping[str, float], applied: Mapping[str, int]) -> float | None:
    """The dB by which applied gains are above the exact ones; None where none is applied."""
    lifts = sorted(applied[clip] / 100 - exact[clip] for clip in exact.keys() & applied.keys())
    return lifts[len(lifts) // 2] if lifts else None


def _lift_gains(exact: Mapping[str, float], lift: float | None) -> dict[str, int]:
    return {clip: rounded(gain + (lift or 0.0)) for clip, gain in exact.items()}


def _keep_near(gain: int, applied: int | None) -> int:
    """The gain that a clip has already, where it is near enough; else the new one."""
    if applied is None or abs(applied - gain) > CLIP_DRIFT:
        return gain
    return applied
