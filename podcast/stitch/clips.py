"""Step 1, measure: what a script plays, in order.

Takes are measured as they arrive, and stings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from podcast.errors import StitchError
from podcast.model import Pause, Script, Take, Turn
from podcast.stitch.early_encoder import run_in_order
from podcast.stitch.pcm import REMEDY, Clip
from podcast.stitch.segment import Segment
from podcast.stitch.segment_cache import cells_name, load_cells
from podcast.stitch.stings import find_sting, load_sting
from podcast.stitch.workbench import Workbench
from podcast.util.cache import digest


def measure_segments(
    script: Script, takes: Iterable[Take], stings: Path, bench: Workbench
) -> list[Segment]:
    """Measure every sound of the script, each as soon as its take is there.

    Where nothing is known of an earlier run, takes are encoded as well while later ones are
    being spoken. Raises StitchError when takes and turns do not match one for one.
    """
    output, earlier = bench.output, bench.earlier
    segments = []
    cells = run_in_order(
        bench.pool,
        lambda segment: load_cells(segment.clip, output, bench.folder),
        list_segments(script, takes, stings, bench),
        2 * bench.threads,
        lambda segment: earlier.cells.get(cells_name(segment.clip, output)),
    )
    for unmeasured, measured in cells:
        segment = replace(unmeasured, measured=measured)
        segments.append(segment)
        if segment.turn and not earlier.gains:
            bench.early.add(segment)

    if not segments:
        raise StitchError("the script has nothing to say")
    return segments


def list_segments(
    script: Script, takes: Iterable[Take], stings: Path, bench: Workbench
) -> Iterator[Segment]:
    """Yield every sound of the script in order, unmeasured, as soon as its take is there."""
    remaining_takes = iter(takes)
    load_role = cache(partial(_load_role_sting, stings, bench))
    items = [(index, item) for index, each in enumerate(script.chapters) for item in each.items]
    pause: float | None = None
    number = 0
    for place, (chapter, item) in enumerate(items, start=1):
        if isinstance(item, Pause):
            pause = (pause or 0.0) + item.seconds
            continue

        if isinstance(item, Turn):
            number += 1
            take = _matching_take(item, number, next(remaining_takes, None))
            clip = _take_clip(take, _turn_name(item, number))
            yield Segment(clip, bench.output, chapter, pause, item, take.words)
        else:
            sting = load_role(_sting_role(place, len(items)))
            # Without a file for it, a sting is left out, and the pause before it stays.
            if sting is None:
                continue
            yield Segment(sting, bench.output, chapter, pause)
        pause = None

    if next(remaining_takes, None) is not None:
        raise StitchError(f"more takes came than the script has turns ({number})")


def _sting_role(place: int, count: int) -> str:
    """Name the part of a sting by its place, from 1, among all items of the script."""
    if place == 1:
        return "opening"
    return "closing" if place == count else "between"


def _load_role_sting(stings: Path, bench: Workbench, role: str) -> Clip | None:
    asset = find_sting(stings, role)
    if asset is None:
        return None
    return load_sting(asset, role, bench.output.rate, bench.folder)


def _matching_take(turn: Turn, number: int, take: Take | None) -> Take:
    """Hold a take against the turn it should be of."""
    name = _turn_name(turn, number)
    if take is None:
        raise StitchError(f"{name}: no take came")
    if take.turn != turn:
        raise StitchError(
            f"{name}: the take that came is of other words: {take.turn.text[:60]!r}"
        )
    return take


def _take_clip(take: Take, name: str) -> Clip:
    try:
        stat = take.path.stat()
    except OSError as error:
        raise StitchError(
            f"{name}: cannot read {take.path} ({error.strerror}). {REMEDY}"
        ) from error
    key = digest(take.key, stat.st_size, stat.st_mtime_ns)
    return Clip(key, take.path, take.frames, take.rate, name, take.turn.speaker)


def _turn_name(turn: Turn, number: int) -> str:
    return f"turn {number} ({turn.speaker})"


def trailing_pause(script: Script) -> float | None:
    """Add up the pauses that end the script, in seconds; None when it ends in sound."""
    pause: float | None = None
    for chapter in reversed(script.chapters):
        for item in reversed(chapter.items):
            if not isinstance(item, Pause):
                return pause
            pause = (pause or 0.0) + item.seconds
    return pause
