"""What is kept of an episode in `work`, so that only what changed is measured and encoded again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from podcast.stitch.loudness import Cells, measure
from podcast.stitch.mp3 import Format
from podcast.stitch.pcm import Clip
from podcast.stitch.segment import Unit
from podcast.util import cache

VERSION = 3
"""Of what measuring finds, and of the files that keep it."""
BUILD = "build"
"""The file of an episode's last build."""


@dataclass(slots=True)
class Build:
    """What the last build of this episode decided and found."""

    gains: dict[str, int] = field(default_factory=dict)
    """Clip's key to its gain in hundredths of a dB."""
    peaks: dict[str, float] = field(default_factory=dict)
    """Unit's key to the true peak of its frames, in dBTP."""
    cells: dict[str, Cells] = field(default_factory=dict)
    """By `cells_name`: all in one file, for thousands are slow to open."""


def load_build(path: Path) -> Build:
    """A new one when there is none, or it cannot be read."""
    import numpy as np

    kept = cache.load(path) or b""
    head = kept[: kept.find(b"\n")]
    try:
        gains, peaks, lengths = json.loads(head)
    except ValueError:
        return Build()
    cells: dict[str, Cells] = {}
    at = len(head) + 1
    for name, (first, length, highest) in lengths.items():
        weighted, peak = np.frombuffer(kept, np.float16, 2 * length, at).reshape(2, -1)
        cells[name] = Cells(first, weighted, peak, highest)
        at += 4 * length
    return Build(gains, peaks, cells)


def save_build(path: Path, build: Build) -> None:
    about = {name: (cells.first, len(cells), cells.highest) for name, cells in build.cells.items()}
    head = json.dumps([build.gains, build.peaks, about]).encode()
    # The cells begin at an even byte, as numpy likes it.
    arrays = (each.data for cells in build.cells.values() for each in (cells.weighted, cells.peak))
    cache.save(path, head.ljust(len(head) // 2 * 2 + 1), b"\n", *arrays)


def cells_of(clip: Clip, form: Format, work: Path) -> Cells:
    """The clip's cells, measured unless they are kept by themselves: until the episode's build is saved."""
    name = cells_name(clip, form)
    cells = load_build(work / name).cells.get(name)
    if cells is None:
        cells = measure(clip, form.rate, form.cell)
        save_build(work / name, Build(cells={name: cells}))
    return cells


def frames_of(unit: Unit, work: Path) -> bytes:
    """The unit's frames, encoded unless they are kept."""
    path = work / _frames_file(unit)
    kept = cache.load(path)
    if kept is None:
        kept = unit.encoded()
        cache.save(path, kept)
    return kept


def prune(work: Path, units: Iterable[Unit]) -> None:
    """Remove what a next build of these units cannot use."""
    names = {BUILD}
    for unit in units:
        names.add(_frames_file(unit))
        if unit.clip.pcm is not None:
            names.add(f"{unit.clip.key}.pcm")
    cache.prune(work, names)


def cells_name(clip: Clip, form: Format) -> str:
    """Changes whenever the cells do."""
    return cache.digest(VERSION, clip.key, clip.frames, form.rate) + ".cells"


def _frames_file(unit: Unit) -> str:
    return f"{unit.key}.frames"
