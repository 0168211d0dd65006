"""Cache of an episode's measurements and frames: only what changed is made again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from podcast.stitch.loudness import Cells, measure_clip
from podcast.stitch.mp3 import OutputFormat
from podcast.stitch.pcm import Clip
from podcast.stitch.segment import Segment
from podcast.util import cache

# Cache version of measurements. Bump it when a change alters them, or the files that hold
# them.
VERSION = 3
# File name of an episode's last results.
RESULTS = "build"


@dataclass(frozen=True, slots=True)
class StitchResults:
    """The decisions and measurements of a run."""

    gains: dict[str, int] = field(default_factory=dict)
    """Clip's key to its gain in hundredths of a dB."""
    peaks: dict[str, float] = field(default_factory=dict)
    """Segment's key to the true peak of its frames, in dBTP."""
    cells: dict[str, Cells] = field(default_factory=dict)
    """By `cells_name`: all in one file, for thousands are slow to open."""


def load_results(path: Path) -> StitchResults:
    """Load an episode's results; empty ones when there are none, or they cannot be read."""
    import numpy as np

    content = cache.load(path) or b""
    head = content[: content.find(b"\n")]
    try:
        gains, peaks, lengths = json.loads(head)
    except ValueError:
        return StitchResults()

    cells: dict[str, Cells] = {}
    at = len(head) + 1
    for name, (first, length, highest) in lengths.items():
        weighted, peak = np.frombuffer(content, np.float16, 2 * length, at).reshape(2, -1)
        cells[name] = Cells(first, weighted, peak, highest)
        at += 4 * length
    return StitchResults(gains, peaks, cells)


def save_results(path: Path, results: StitchResults) -> None:
    """Save an episode's results: a line of JSON, then the cells' arrays."""
    lengths = {
        name: (cells.first, len(cells), cells.highest) for name, cells in results.cells.items()
    }
    head = json.dumps([results.gains, results.peaks, lengths]).encode()
    arrays = (
        each.data for cells in results.cells.values() for each in (cells.weighted, cells.peak)
    )
    # The cells begin at an even byte, as numpy likes it.
    cache.save(path, head.ljust(len(head) // 2 * 2 + 1), b"\n", *arrays)


def load_cells(clip: Clip, output: OutputFormat, folder: Path) -> Cells:
    """Load the clip's cells from a file of their own, which a run that was killed left.

    Else measure them.
    """
    name = cells_name(clip, output)
    cells = load_results(folder / name).cells.get(name)
    if cells is None:
        cells = measure_clip(clip, output.rate, output.cell)
        save_results(folder / name, StitchResults(cells={name: cells}))
    return cells


def load_frames(segment: Segment, folder: Path) -> bytes:
    """Load the segment's frames; encode them unless they are cached."""
    path = folder / _frames_name(segment)
    frames = cache.load(path)
    if frames is None:
        frames = segment.encode()
        cache.save(path, frames)
    return frames


def prune(folder: Path, segments: Iterable[Segment]) -> None:
    """Remove what the next run of these segments cannot use."""
    names = {RESULTS}
    for segment in segments:
        names.add(_frames_name(segment))
        if segment.clip.pcm is not None:
            names.add(f"{segment.clip.key}.pcm")
    cache.prune(folder, names)


def cells_name(clip: Clip, output: OutputFormat) -> str:
    """Name a clip's cells; the name changes whenever the cells do."""
    return cache.digest(VERSION, clip.key, clip.frames, output.rate) + ".cells"


def _frames_name(segment: Segment) -> str:
    return f"{segment.key}.frames"
