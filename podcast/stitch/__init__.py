"""Stage 4: Takes become one MP3 with chapters, levelled and mastered.

    clips    what the script plays, in order: takes as they arrive, stings from the assets
    measure  each clip once, in cells of 4 ms: loudness, true peak, where its sound begins and ends
    plan     pauses, chapters on whole seconds: the episode in counted frames
    settle   a gain for every voice and a limiter, from the cells alone
    encode   each clip by itself, as a unit; listen to what came out, and again where it peaks too high
    join     an Info frame and the units' frames, front to back

What is measured and encoded is kept in `work` and used again while nothing that shaped it has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from podcast.errors import StitchError
from podcast.files import replacing
from podcast.model import Loudness, Pause, Recording, Script, Show, Take, Turn, Word
from podcast.stitch import cache
from podcast.stitch.level import CEILING, MONO, TRUE_PEAK, Placed, predicted, settle, voice_gain
from podcast.stitch.listen import SILENT, true_peaks
from podcast.stitch.loudness import FRAME_CELLS, SILENCE, Cells, gated_over, hop, measure
from podcast.stitch.mp3 import DECODER_DELAY, ENCODER_DELAY, Format, info_frame, silent_frame
from podcast.stitch.plan import LEAD, Piece, milliseconds, overhang, plan_chapters, plan_line, plan_pieces
from podcast.stitch.sound import REMEDY, Clip
from podcast.stitch.stings import find_sting, sting_clip
from podcast.stitch.unit import Unit

__all__ = ["stitch"]

VERSION = 1
"""Of what measuring finds, and of the files that keep it."""
EPISODES = 30
"""How many episodes' caches are kept: those built last."""
LOWERINGS = 6
"""How often a unit that peaks too high is encoded anew, lower each time."""

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Part:
    """One sound of the script before it is placed."""

    clip: Clip
    chapter: int
    pause: float | None
    turn: Turn | None = None
    words: tuple[Word, ...] = ()


@dataclass(slots=True)
class _Build:
    """What the last build of this episode decided and found."""

    gains: dict[str, int] = field(default_factory=dict)
    """Voice to its gain in hundredths of a dB."""
    peaks: dict[str, float] = field(default_factory=dict)
    """Unit's key to the true peak of its frames, in dBTP."""


def stitch(
    script: Script, takes: Iterable[Take], *, show: Show, stings: Path, work: Path, out: Path, jobs: int = 0
) -> Recording:
    """Join the takes of a script, in the order of its turns, into the MP3 `out`, without a tag.

    `takes` may still be being spoken: each is measured as it comes. `stings` is the folder of `opening`,
    `between` and `closing`, audio files of any format; a missing one is left out. `work` is a cache of any
    number of episodes, told apart by the name of `out`; it may be deleted at any time. What an episode's
    build did not use is removed, and so are all but the latest episodes. `jobs` threads measure and encode;
    0: one for each core.

    The episode reads -16 LUFS as heard and at most -1 dBTP. Its loudness is computed from the cells of
    what was given to the encoder, its true peak is ffmpeg's reading of the frames that came out.

    Raises StitchError, naming the turn or the file; `out` is then as it was.
    """
    form = Format(show.rate, show.bitrate)
    jobs = jobs or os.cpu_count() or 1
    work = work / out.stem
    with _translated(out), ThreadPoolExecutor(jobs) as pool:
        work.mkdir(parents=True, exist_ok=True)
        last = _last_build(work)

        parts: list[_Part] = []
        cells: list[Cells] = []
        coming = _parts(script, takes, stings, form, work)
        for part, measured in _in_order(pool, lambda p: _cells(p.clip, form, work), coming, 2 * jobs):
            parts.append(part)
            cells.append(measured)
        if not parts:
            raise StitchError("the script has nothing to say")

        plan = plan_pieces(
            [
                Piece(part.chapter, part.turn.speaker if part.turn else "", len(sound), part.pause)
                for part, sound in zip(parts, cells, strict=True)
            ],
            form,
            _trailing_pause(script),
        )
        at = [(start + LEAD) * FRAME_CELLS for start in plan.starts]
        step = hop(form.rate, form.samples // FRAME_CELLS)

        def loudness(gains: Mapping[str, int]) -> float:
            levelled = [gains[part.clip.voice] for part in parts]
            return _loudness(map(Placed, cells, at, levelled, [CEILING] * len(at)), plan.frames, step)

        gains = settle(_exact_gains(parts, cells, step), last.gains, loudness)
        units = [
            Unit(part.clip, sound, gains[part.clip.voice], CEILING, form)
            for part, sound in zip(parts, cells, strict=True)
        ]
        units, peaks = _mastered(units, last.peaks, pool, 2 * jobs, work)
        reads = _loudness(
            (Placed(u.cells, a, u.gain, u.ceiling) for u, a in zip(units, at, strict=True)), plan.frames, step
        )
        frames = _join(units, plan.starts, plan.frames, work, out)
        _save_build(work, _Build(gains, peaks))
        cache.prune(work, _used(units, form))
        cache.prune_folders(work.parent, EPISODES)

    index = {chapter: place for place, (chapter, _) in enumerate(plan.chapters)}
    return Recording(
        path=out,
        frames=frames,
        duration=milliseconds(plan.frames, form),
        chapters=plan_chapters(plan, script, form),
        lines=tuple(
            plan_line(part.turn, part.words, index[part.chapter], start, len(sound), sound.first, form)
            for part, sound, start in zip(parts, cells, plan.starts, strict=True)
            if part.turn
        ),
        loudness=Loudness(
            lufs=reads + MONO if reads > SILENCE else SILENCE,
            true_peak=max(peaks[unit.key] for unit in units),
        ),
        levels={part.clip.voice: gains[part.clip.voice] / 100 for part in parts if part.turn},
    )


# --- clips --------------------------------------------------------------------------------------


def _parts(script: Script, takes: Iterable[Take], stings: Path, form: Format, work: Path) -> Iterator[_Part]:
    """Every sound of the script in order, each as soon as its take is there."""
    coming = iter(takes)
    count = sum(len(chapter.items) for chapter in script.chapters)
    pause: float | None = None
    place = number = 0
    for index, chapter in enumerate(script.chapters):
        for item in chapter.items:
            place += 1
            if isinstance(item, Pause):
                pause = (pause or 0.0) + item.seconds
                continue
            if isinstance(item, Turn):
                number += 1
                yield _spoken(item, number, next(coming, None), index, pause)
            else:
                role = "opening" if place == 1 else "closing" if place == count else "between"
                asset = find_sting(stings, role)
                if asset is None:
                    continue
                yield _Part(sting_clip(asset, role, form.rate, work), index, pause)
            pause = None
    if next(coming, None) is not None:
        raise StitchError(f"more takes came than the script has turns ({number})")


def _spoken(turn: Turn, number: int, take: Take | None, chapter: int, pause: float | None) -> _Part:
    name = f"turn {number} ({turn.speaker})"
    if take is None:
        raise StitchError(f"{name}: no take came")
    if take.turn != turn:
        raise StitchError(f"{name}: the take that came is of other words: {take.turn.text[:60]!r}")
    try:
        stat = take.path.stat()
    except OSError as error:
        raise StitchError(f"{name}: cannot read {take.path} ({error.strerror}). {REMEDY}") from error
    key = _digest(take.key, stat.st_size, stat.st_mtime_ns)
    clip = Clip(key, take.path, take.frames, take.rate, name, turn.speaker)
    return _Part(clip, chapter, pause, turn, take.words)


def _trailing_pause(script: Script) -> float | None:
    """Seconds of the pauses that end the script; None when it ends in sound."""
    pause: float | None = None
    for chapter in reversed(script.chapters):
        for item in reversed(chapter.items):
            if not isinstance(item, Pause):
                return pause
            pause = (pause or 0.0) + item.seconds
    return pause


def _in_order(
    pool: ThreadPoolExecutor, work: Callable[[T], R], items: Iterable[T], ahead: int
) -> Iterator[tuple[T, R]]:
    """Each item with its result, in order; at most `ahead` are under way or waiting to be taken."""
    pending: deque[tuple[T, Future[R]]] = deque()
    try:
        for item in items:
            pending.append((item, pool.submit(work, item)))
            while pending and (len(pending) > ahead or pending[0][1].done()):
                first, result = pending.popleft()
                yield first, result.result()
        while pending:
            first, result = pending.popleft()
            yield first, result.result()
    finally:
        for _, result in pending:
            result.cancel()


# --- mastering ----------------------------------------------------------------------------------


def _exact_gains(parts: list[_Part], cells: list[Cells], step: int) -> dict[str, float]:
    """dB that bring every voice, measured over all that it says, to its level."""
    voices: dict[str, tuple[bool, list[Cells]]] = {}
    for part, sound in zip(parts, cells, strict=True):
        voices.setdefault(part.clip.voice, (part.turn is not None, []))[1].append(sound)
    return {voice: voice_gain(gated_over(sounds, step), speech) for voice, (speech, sounds) in voices.items()}


def _loudness(placed: Iterable[Placed], frames: int, step: int) -> float:
    return predicted(placed, frames * FRAME_CELLS, step)


def _mastered(
    units: list[Unit], known: Mapping[str, float], pool: ThreadPoolExecutor, ahead: int, work: Path
) -> tuple[list[Unit], dict[str, float]]:
    """The units, lowered until none peaks too high, all encoded; and the peaks of all that were tried."""
    peaks: dict[str, float] = {}
    for _ in range(LOWERINGS):
        peaks.update((unit.key, known[unit.key]) for unit in units if unit.key in known)
        fresh = {unit.key: unit for unit in units if unit.key not in peaks}
        if fresh:
            encoded = _in_order(pool, lambda unit: _frames(unit, work), fresh.values(), ahead)
            found = true_peaks((frames for _, frames in encoded), units[0].form)
            peaks.update(zip(fresh, found, strict=True))
        over = [peaks[unit.key] - TRUE_PEAK for unit in units]
        if max(over) <= 0:
            return units, peaks
        units = [unit.lower(by) if by > 0 else unit for unit, by in zip(units, over, strict=True)]
    worst = max(units, key=lambda unit: peaks.get(unit.key, SILENT))
    raise StitchError(f"{worst.clip.name}: its peaks stay above {TRUE_PEAK} dBTP however low it is limited")


def _join(units: list[Unit], starts: tuple[int, ...], length: int, work: Path, out: Path) -> int:
    """Write the MP3: an Info frame, and every unit at its place. The number of frames written."""
    form = units[0].form
    silence = silent_frame(form)
    total = length + overhang(form)
    room = len(info_frame(form, total, 0, 0))
    with replacing(out) as beside, beside.open("wb") as file:
        file.write(bytes(room))
        end = 0
        for unit, start in zip(units, starts, strict=True):
            file.write(silence * (start - end))
            file.write(_frames(unit, work))
            end = start + unit.frames
        file.write(silence * (total - end))
        size = file.tell() - room
        padding = overhang(form) * form.samples - ENCODER_DELAY
        assert padding >= DECODER_DELAY
        file.seek(0)
        file.write(info_frame(form, total, size, padding))
    return total


# --- what is kept -------------------------------------------------------------------------------


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _cells_file(clip: Clip, form: Format) -> str:
    return _digest(VERSION, clip.key, clip.frames, form.rate) + ".cells"


def _cells(clip: Clip, form: Format, work: Path) -> Cells:
    """The clip's cells, measured unless they are kept."""
    import numpy as np

    path = work / _cells_file(clip, form)
    kept = cache.load(path)
    if kept is None:
        cells = measure(clip, form.rate, form.samples // FRAME_CELLS)
        kept = struct.pack("<I", cells.first) + cells.weighted.tobytes() + cells.peak.tobytes()
        cache.save(path, kept)
        return cells
    both = np.frombuffer(kept, np.float16, offset=4).reshape(2, -1)
    return Cells(struct.unpack_from("<I", kept)[0], both[0], both[1])


def _frames(unit: Unit, work: Path) -> bytes:
    """The unit's frames, encoded unless they are kept."""
    path = work / f"{unit.key}.frames"
    kept = cache.load(path)
    if kept is None:
        kept = unit.encoded()
        cache.save(path, kept)
    return kept


def _last_build(work: Path) -> _Build:
    """A new one when there is none, or it cannot be read."""
    kept = cache.load(work / "build")
    try:
        return _Build(**json.loads(kept)) if kept else _Build()
    except (ValueError, TypeError):
        return _Build()


def _save_build(work: Path, build: _Build) -> None:
    cache.save(work / "build", json.dumps({"gains": build.gains, "peaks": build.peaks}).encode())


def _used(units: list[Unit], form: Format) -> set[str]:
    """The names of the files that a next build can use."""
    names = {"build"}
    for unit in units:
        names |= {f"{unit.key}.frames", _cells_file(unit.clip, form)}
        if unit.clip.pcm is not None:
            names.add(f"{unit.clip.key}.pcm")
    return names


@contextmanager
def _translated(out: Path) -> Iterator[None]:
    """Errors of the file system, which a user can mend, as ours."""
    try:
        yield
    except OSError as error:
        raise StitchError(f"{error.filename or out}: {error.strerror or error}") from error
