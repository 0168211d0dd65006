"""Stage 4: Takes become one MP3 with chapters, levelled and mastered.

    clips    what the script plays, in order: takes as they arrive, stings from the assets
    measure  each clip once, in cells of 4 ms: loudness, true peak, where its sound begins and ends
    plan     pauses, chapters on whole seconds: the episode in counted frames
    settle   a gain for every voice and a limiter, from the cells alone
    encode   each clip by itself, as a unit; listen to what came out, and again where it peaks too high
    join     an Info frame and the units' frames, front to back, as they are asked for

What is measured and encoded is kept in `work` and used again while nothing that shaped it has changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.errors import StitchError
from podcast.model import Loudness, Recording, Script, Show, Take
from podcast.stitch import segment_cache as kept
from podcast.stitch.clips import Part, parts_of, trailing_pause
from podcast.stitch.early_encoder import Ahead, in_order, peaks_of
from podcast.stitch.ffmpeg import SILENT
from podcast.stitch.gain import CEILING, MONO, TRUE_PEAK, Placed, course, settle, voice_gain
from podcast.stitch.loudness import SILENCE, Cells, gated, gated_over, hop, waveform
from podcast.stitch.mp3 import DECODER_DELAY, ENCODER_DELAY, FRAME_CELLS, Format, info_frame, silent_frame
from podcast.stitch.segment import Unit
from podcast.stitch.timeline import LEAD, Piece, milliseconds, overhang, plan_chapters, plan_line, plan_pieces
from podcast.util import cache
from podcast.util.files import reason

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

__all__ = ["stitch"]

EPISODES = 30
"""How many episodes' caches are kept: those built last."""
LOWERINGS = 6
"""How often a unit that peaks too high is encoded anew, lower each time."""
ARRAYS = 1 << 22
"""Bytes that no array of ours fills."""


def stitch(
    script: Script, takes: Iterable[Take], *, show: Show, stings: Path, work: Path, name: str, jobs: int = 0
) -> Recording:
    """Join the takes of a script, in the order of its turns, into one MP3, without a tag.

    `takes` may still be being spoken: each is measured as it comes. `stings` is the folder of `opening`,
    `between` and `closing`, audio files of any format; a missing one is left out. `work` is a cache of any
    number of episodes, told apart by `name`; it may be deleted at any time. What an episode's build did not
    use is removed, and so are all but the latest episodes. `jobs` threads measure and encode; 0: one for each
    core. The recording's stream is read from `work`.

    The episode reads -16 LUFS as heard and at most -1 dBTP. Its loudness is computed from the cells of
    what was given to the encoder, its true peak is ffmpeg's reading of the frames that came out.

    Raises StitchError, naming the turn or the file.
    """
    # Once this much was freed, glibc keeps freed memory for the next array instead of giving it back to the
    # system, which takes half as long as measuring does (mallopt(3), M_MMAP_THRESHOLD).
    bytes(ARRAYS)
    form = Format(show.rate, show.bitrate)
    jobs = jobs or os.cpu_count() or 1
    work = work / name
    with _translated(work), ThreadPoolExecutor(jobs) as pool:
        work.mkdir(parents=True, exist_ok=True)
        last = kept.load_build(work / kept.BUILD)
        parts: list[Part] = []
        cells: list[Cells] = []
        coming = parts_of(script, takes, stings, form.rate, work)
        with Ahead(pool, form, work, 4 * jobs) as ahead:
            for part, measured in in_order(
                pool,
                lambda part: kept.cells_of(part.clip, form, work),
                coming,
                2 * jobs,
                lambda part: last.cells.get(kept.cells_name(part.clip, form)),
            ):
                parts.append(part)
                cells.append(measured)
                if part.turn and not last.gains:
                    ahead.add(part.clip, measured)
            if not parts:
                raise StitchError("the script has nothing to say")

            plan = plan_pieces(
                [
                    Piece(part.chapter, part.turn.speaker if part.turn else "", len(sound), part.pause)
                    for part, sound in zip(parts, cells, strict=True)
                ],
                form,
                trailing_pause(script),
            )
            at = [(start + LEAD) * FRAME_CELLS for start in plan.starts]
            step, length = hop(form.rate, form.cell), plan.frames * FRAME_CELLS
            known: dict[Placed, NDArray[float64]] = {}

            def loudness(gains: Mapping[str, int]) -> float:
                used = [gains[part.clip.key] for part in parts]
                return gated(course(map(Placed, cells, at, used, [CEILING] * len(at)), length, step, known))

            gains = settle(_exact_gains(parts, cells, step), last.gains or ahead.gains, loudness)
            units = [
                Unit(part.clip, sound, gains[part.clip.key], CEILING, form)
                for part, sound in zip(parts, cells, strict=True)
            ]
            for unit in units:
                if unit.key not in last.peaks:
                    ahead.encode(unit)
            peaks = last.peaks | ahead.peaks()
        units, peaks = _mastered(units, peaks, pool, 2 * jobs, work)
        levelled = [
            Placed(unit.cells, place, unit.gain, unit.ceiling) for unit, place in zip(units, at, strict=True)
        ]
        heard = course(levelled, length, step, known)
        reads = gated(heard)
        found = {kept.cells_name(unit.clip, form): unit.cells for unit in units}
        saving = pool.submit(kept.save_build, work / kept.BUILD, kept.Build(gains, peaks, found))
        index = {chapter: place for place, (chapter, _) in enumerate(plan.chapters)}
        lines = tuple(
            plan_line(part.turn, part.words, index[part.chapter], start, len(sound), sound.first, form)
            for part, sound, start in zip(parts, cells, plan.starts, strict=True)
            if part.turn
        )
        saving.result()
        kept.prune(work, units)
        cache.prune_folders(work.parent, EPISODES)

    total = plan.frames + overhang(form)
    return Recording(
        stream=_Stream(tuple(zip(plan.starts, units, strict=True)), total, form, work),
        frames=total,
        duration=milliseconds(plan.frames, form),
        chapters=plan_chapters(plan, script, form),
        lines=lines,
        loudness=Loudness(
            lufs=reads + MONO if reads > SILENCE else SILENCE,
            true_peak=max(peaks[unit.key] for unit in units),
        ),
        waveform=waveform(heard),
        levels=_levels(parts, gains),
    )


def _exact_gains(parts: list[Part], cells: list[Cells], step: int) -> dict[str, float]:
    """Clip's key to the dB that bring its voice, measured over all that it says, to its level."""
    voices: dict[str, tuple[bool, list[Cells]]] = {}
    for part, sound in zip(parts, cells, strict=True):
        voices.setdefault(part.clip.voice, (part.turn is not None, []))[1].append(sound)
    gains = {
        voice: voice_gain(gated_over(sounds, step), speech) for voice, (speech, sounds) in voices.items()
    }
    return {part.clip.key: gains[part.clip.voice] for part in parts}


def _levels(parts: list[Part], gains: Mapping[str, int]) -> dict[str, float]:
    """Person's name to the mean gain of their takes, in dB."""
    voices: dict[str, list[int]] = {}
    for part in parts:
        if part.turn:
            voices.setdefault(part.clip.voice, []).append(gains[part.clip.key])
    return {voice: round(sum(used) / len(used) / 100, 2) for voice, used in voices.items()}


def _mastered(
    units: list[Unit], known: Mapping[str, float], pool: ThreadPoolExecutor, ahead: int, work: Path
) -> tuple[list[Unit], dict[str, float]]:
    """The units, lowered until none peaks too high, all encoded; and the peaks of all that were tried."""
    peaks: dict[str, float] = {}
    for _ in range(LOWERINGS):
        peaks.update((unit.key, known[unit.key]) for unit in units if unit.key in known)
        fresh = {unit.key: unit for unit in units if unit.key not in peaks}
        if fresh:
            encoded = in_order(pool, lambda unit: bool(kept.frames_of(unit, work)), fresh.values(), ahead)
            peaks |= peaks_of((unit for unit, _ in encoded), units[0].form, work)
        over = [peaks[unit.key] - TRUE_PEAK for unit in units]
        if max(over) <= 0:
            return units, peaks
        units = [unit.lower(by) if by > 0 else unit for unit, by in zip(units, over, strict=True)]
    worst = max(units, key=lambda unit: peaks.get(unit.key, SILENT))
    raise StitchError(f"{worst.clip.name}: its peaks stay above {TRUE_PEAK} dBTP however low it is limited")


@dataclass(frozen=True)
class _Stream:
    """The MP3 in pieces: an Info frame, and every unit at its place."""

    units: tuple[tuple[int, Unit], ...]
    """Each with the frame at which it begins."""
    frames: int
    form: Format
    work: Path

    def __iter__(self) -> Iterator[bytes]:
        silence = silent_frame(self.form)
        padding = overhang(self.form) * self.form.samples - ENCODER_DELAY
        assert padding >= DECODER_DELAY
        yield info_frame(self.form, self.frames, self._bytes(), padding)
        end = 0
        for start, unit in self.units:
            yield silence * (start - end) + kept.frames_of(unit, self.work)
            end = start + unit.frames
        yield silence * (self.frames - end)

    def _bytes(self) -> int:
        """Of all frames but the Info frame."""
        if self.form.whole:
            return self.frames * self.form.size(self.form.bitrate)
        sound = sum(len(kept.frames_of(unit, self.work)) for _, unit in self.units)
        silence = self.frames - sum(unit.frames for _, unit in self.units)
        return sound + silence * len(silent_frame(self.form))


@contextmanager
def _translated(work: Path) -> Iterator[None]:
    """Errors of the file system, which a user can mend, as ours."""
    try:
        yield
    except OSError as error:
        raise StitchError(f"{error.filename or work}: {reason(error)}") from error
