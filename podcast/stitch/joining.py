"""The five steps, and step 5, join: the segments' frames become one stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from podcast.model import EpisodeAudio, Loudness, Pauses, Script, Take
from podcast.stitch.clips import measure_segments, trailing_pause
from podcast.stitch.encoding import EncodedTimeline, encode_segments
from podcast.stitch.gain import MONO
from podcast.stitch.levels import level_voices
from podcast.stitch.loudness import SILENCE, draw_waveform, gated
from podcast.stitch.mp3 import (
    DECODER_DELAY,
    ENCODER_DELAY,
    OutputFormat,
    info_frame,
    overhang_frames,
    silent_frame,
)
from podcast.stitch.segment_cache import (
    RESULTS,
    StitchResults,
    cells_name,
    load_frames,
    prune,
    save_results,
)
from podcast.stitch.timeline import (
    USUAL_PAUSES,
    Timeline,
    milliseconds,
    place_chapters,
    place_lines,
    place_segments,
)
from podcast.stitch.workbench import Workbench, open_workbench
from podcast.util import cache

# Number of episodes whose caches are kept: the latest.
EPISODES = 30
# Bytes that no array of ours fills.
ARRAYS = 1 << 22


def stitch_takes(
    script: Script,
    takes: Iterable[Take],
    *,
    output: OutputFormat,
    stings: Path,
    folder: Path,
    pauses: Pauses = USUAL_PAUSES,
    threads: int = 0,
) -> EpisodeAudio:
    """Join the takes of a script, in the order of its turns, into one MP3, without a tag.

    `takes` may still be being spoken: each is measured as it comes. `stings` is the folder of
    `opening`, `between` and `closing`, audio files of any format; a missing one is left out.
    `folder` is the episode's cache, beside those of others; it may be deleted at any time. What
    an episode did not use is removed, and so are all but the latest episodes. `threads` measure
    and encode; 0: one for each core. The recording's stream is read from `folder`.

    The episode reads -16 LUFS as heard and at most -1 dBTP. Its loudness is computed from the
    cells of what was given to the encoder, its true peak is ffmpeg's reading of the frames that
    came out.

    Raises StitchError, naming the turn or the file.
    """
    # Once this much was freed, glibc keeps freed memory for the next array instead of giving it
    # back to the system, which takes half as long as measuring does (mallopt(3),
    # M_MMAP_THRESHOLD).
    bytes(ARRAYS)
    with open_workbench(output, folder, threads) as bench:
        segments = measure_segments(script, takes, stings, bench)
        timeline = place_segments(segments, output, trailing_pause(script), pauses)
        applied = bench.earlier.gains or bench.early.gains
        levelled = level_voices(timeline, output, applied, bench.curve)
        encoded = encode_segments(levelled, bench)
        return join_segments(encoded, script, bench)


def join_segments(encoded: EncodedTimeline, script: Script, bench: Workbench) -> EpisodeAudio:
    """Describe the whole episode, and save what the next run of it can use."""
    timeline, output = encoded.timeline, bench.output
    segments = timeline.segments
    saving = bench.pool.submit(save_results, bench.folder / RESULTS, _collect_results(encoded))

    curve = bench.curve.measure(segments, timeline.frames)
    reads = gated(curve)
    lines = place_lines(timeline, output)
    frames = timeline.frames + overhang_frames(output)

    saving.result()
    prune(bench.folder, segments)
    cache.prune_folders(bench.folder.parent, EPISODES)
    return EpisodeAudio(
        stream=_Stream(timeline, frames, output, bench.folder),
        frames=frames,
        duration=milliseconds(timeline.frames, output),
        chapters=place_chapters(timeline, script, output),
        lines=lines,
        loudness=Loudness(
            lufs=reads + MONO if reads > SILENCE else SILENCE,
            true_peak=max(encoded.peaks[segment.key] for segment in segments),
        ),
        waveform=draw_waveform(curve),
    )


def _collect_results(encoded: EncodedTimeline) -> StitchResults:
    segments = encoded.timeline.segments
    return StitchResults(
        gains={segment.clip.key: segment.gain for segment in segments},
        peaks=encoded.peaks,
        cells={cells_name(segment.clip, segment.output): segment.cells for segment in segments},
    )


@dataclass(frozen=True, slots=True)
class _Stream:
    """The MP3 in pieces: an Info frame, and every segment at its place."""

    timeline: Timeline
    frames: int
    """Frames of audio, those included that push the last sound out."""
    output: OutputFormat
    folder: Path

    def __iter__(self) -> Iterator[bytes]:
        silence = silent_frame(self.output)
        padding = overhang_frames(self.output) * self.output.samples - ENCODER_DELAY
        assert padding >= DECODER_DELAY
        yield info_frame(self.output, self.frames, self._count_bytes(), padding)

        end = 0
        for segment in self.timeline.segments:
            yield silence * (segment.start - end) + load_frames(segment, self.folder)
            end = segment.start + segment.frames
        yield silence * (self.frames - end)

    def _count_bytes(self) -> int:
        """Count the bytes of all frames but the Info frame."""
        if self.output.whole:
            return self.frames * self.output.size(self.output.bitrate)

        segments = self.timeline.segments
        sound = sum(len(load_frames(segment, self.folder)) for segment in segments)
        silent_frames = self.frames - sum(segment.frames for segment in segments)
        return sound + silent_frames * len(silent_frame(self.output))
