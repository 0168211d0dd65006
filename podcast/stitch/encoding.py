"""Step 4, encode: each segment by itself.

Listen to what came out, and lower what peaks too high.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from podcast.errors import StitchError
from podcast.stitch.early_encoder import measure_peaks, run_in_order
from podcast.stitch.ffmpeg import SILENT
from podcast.stitch.gain import TRUE_PEAK
from podcast.stitch.segment_cache import load_frames
from podcast.stitch.timeline import Timeline
from podcast.stitch.workbench import Workbench

LOWERINGS = 6
"""How often a segment that peaks too high is encoded anew, lower each time."""


@dataclass(frozen=True, slots=True)
class EncodedTimeline:
    """An episode of which every segment is encoded."""

    timeline: Timeline
    peaks: dict[str, float]
    """Segment's key to the true peak of its frames, in dBTP; also of those that were tried and
    lowered."""


def encode_segments(timeline: Timeline, bench: Workbench) -> EncodedTimeline:
    """Encode every segment that is not encoded yet, and lower those that peak too high until none does."""
    for segment in timeline.segments:
        if segment.key not in bench.earlier.peaks:
            bench.early.encode(segment)
    known = bench.earlier.peaks | bench.early.peaks()

    segments = timeline.segments
    peaks: dict[str, float] = {}
    for _ in range(LOWERINGS):
        peaks.update(
            (segment.key, known[segment.key]) for segment in segments if segment.key in known
        )
        fresh = {segment.key: segment for segment in segments if segment.key not in peaks}
        if fresh:
            encoded = run_in_order(
                bench.pool,
                lambda segment: bool(load_frames(segment, bench.folder)),
                fresh.values(),
                2 * bench.threads,
            )
            peaks |= measure_peaks(
                (segment for segment, _ in encoded), bench.output, bench.folder
            )

        excess = [peaks[segment.key] - TRUE_PEAK for segment in segments]
        if max(excess) <= 0:
            return EncodedTimeline(replace(timeline, segments=segments), peaks)
        segments = tuple(
            segment.lower_ceiling(decibels) if decibels > 0 else segment
            for segment, decibels in zip(segments, excess, strict=True)
        )

    worst = max(segments, key=lambda segment: peaks.get(segment.key, SILENT))
    raise StitchError(
        f"{worst.clip.name}: its peaks stay above {TRUE_PEAK} dBTP however low it is limited"
    )
