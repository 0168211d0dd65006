"""What a script plays, in order: takes as they arrive, and stings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from podcast.errors import StitchError
from podcast.model import Pause, Script, Take, Turn, Word
from podcast.stitch.pcm import REMEDY, Clip
from podcast.stitch.stings import find_sting, sting_clip
from podcast.util.cache import digest


@dataclass(frozen=True, slots=True)
class Part:
    """One sound of the script before it is placed."""

    clip: Clip
    chapter: int
    """Index of the script's chapter."""
    pause: float | None
    """Seconds of silence that the script asks for before it; None: the usual pause."""
    turn: Turn | None = None
    """None for a sting."""
    words: tuple[Word, ...] = ()
    """Timed from the start of the take."""


def parts_of(script: Script, takes: Iterable[Take], stings: Path, rate: int, work: Path) -> Iterator[Part]:
    """Every sound of the script in order, each as soon as its take is there.

    Raises StitchError when takes and turns do not match one for one.
    """
    coming = iter(takes)
    count = sum(len(chapter.items) for chapter in script.chapters)
    music: dict[str, Clip | None] = {}
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
                yield spoken(item, number, next(coming, None), index, pause)
            else:
                role = "opening" if place == 1 else "closing" if place == count else "between"
                if role not in music:
                    asset = find_sting(stings, role)
                    music[role] = sting_clip(asset, role, rate, work) if asset else None
                sting = music[role]
                if sting is None:
                    continue
                yield Part(sting, index, pause)
            pause = None
    if next(coming, None) is not None:
        raise StitchError(f"more takes came than the script has turns ({number})")


def spoken(turn: Turn, number: int, take: Take | None, chapter: int, pause: float | None) -> Part:
    name = f"turn {number} ({turn.speaker})"
    if take is None:
        raise StitchError(f"{name}: no take came")
    if take.turn != turn:
        raise StitchError(f"{name}: the take that came is of other words: {take.turn.text[:60]!r}")
    try:
        stat = take.path.stat()
    except OSError as error:
        raise StitchError(f"{name}: cannot read {take.path} ({error.strerror}). {REMEDY}") from error
    key = digest(take.key, stat.st_size, stat.st_mtime_ns)
    clip = Clip(key, take.path, take.frames, take.rate, name, turn.speaker)
    return Part(clip, chapter, pause, turn, take.words)


def trailing_pause(script: Script) -> float | None:
    """Seconds of the pauses that end the script; None when it ends in sound."""
    pause: float | None = None
    for chapter in reversed(script.chapters):
        for item in reversed(chapter.items):
            if not isinstance(item, Pause):
                return pause
            pause = (pause or 0.0) + item.seconds
    return pause
