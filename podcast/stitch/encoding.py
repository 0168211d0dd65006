"""Step 4, encode: each segment by itself.

Listen to what came out, and lower what peaks too high.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from podcast.errors import StitchError
from podcast.stitch.early_encoder import measure_peaks, run_in_order
from podcast.stitch.ffmpeg import SILENT
from podcast.stitch.gain import TRUE_PEAK
from podcast.stitch.segment import Segment
from podcast.stitch.segment_cache import load_frames
from podcast.stitch.timeline import Timeline
from podcast.stitch.workbench import Workbench

# Times that a segment that peaks too high is encoded anew, lower each time.
LOWERINGS = 6


@dataclass(frozen=True, slots=True)
class EncodedTimeline:
    """An episode of which every segment is encoded."""

    timeline: Timeline
    peaks: dict[str, float]
    """Segment's key to the true peak of its frames, in dBTP; also of those that were tried and
    lowered."""


def _encode_fresh(segments: Iterable[Segment], bench: Workbench) -> dict[str, float]:
    """Encode segments side by side, and map each one's key to its true peak, in dBTP."""
    encoded = run_in_order(
        bench.pool,
        lambda segment: bool(load_frames(segment, bench.folder)),
        segments,
        2 * bench.threads,
    )
    return measure_peaks((segment for segment, _ in encoded), bench.output, bench.folder)


def _lower_segment(segment: Segment, peak: float) -> Segment:
    """The segment limited by as much as its peak is too high; the same one where it is not."""
    excess = peak - TRUE_PEAK
    return segment.lower_ceiling(excess) if excess > 0 else segment


def encode_segments(timeline: Timeline, bench: Workbench) -> EncodedTimeline:
    """Encode every segment that is not encoded yet, and lower those that peak too high."""
    for segment in timeline.segments:
        if segment.key not in bench.earlier.peaks:
            bench.early.encode(segment)
    known = bench.earlier.peaks | bench.early.peaks()

    segments = timeline.segments
    peaks: dict[str, float] = {}
    for _ in range(LOWERINGS):
        fresh: dict[str, Segment] = {}
        for segment in segments:
            if segment.key in known:
                peaks[segment.key] = known[segment.key]
            elif segment.key not in peaks:
                fresh[segment.key] = segment
        if fresh:
            peaks |= _encode_fresh(fresh.values(), bench)

        lowered = tuple(_lower_segment(segment, peaks[segment.key]) for segment in segments)
        if lowered == segments:
            return EncodedTimeline(replace(timeline, segments=segments), peaks)
        segments = lowered

    worst = max(segments, key=lambda segment: peaks.get(segment.key, SILENT))
    raise StitchError(
        f"{worst.clip.name}: its peaks stay above {TRUE_PEAK} dBTP however low it is limited"
    )
