"""What is kept of an episode in `work`, so that only what changed is measured and encoded again."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from podcast import cache
from podcast.stitch.loudness import Cells, measure
from podcast.stitch.mp3 import Format
from podcast.stitch.sound import Clip
from podcast.stitch.unit import Unit

VERSION = 2
"""Of what measuring finds, and of the files that keep it."""


@dataclass(slots=True)
class Build:
    """What the last build of this episode decided and found."""

    gains: dict[str, int] = field(default_factory=dict)
    """Clip's key to its gain in hundredths of a dB."""
    peaks: dict[str, float] = field(default_factory=dict)
    """Unit's key to the true peak of its frames, in dBTP."""


def load_build(work: Path) -> Build:
    """A new one when there is none, or it cannot be read."""
    kept = cache.load(work / "build")
    try:
        return Build(**json.loads(kept)) if kept else Build()
    except (ValueError, TypeError):
        return Build()


def save_build(work: Path, build: Build) -> None:
    cache.save(work / "build", json.dumps(asdict(build)).encode())


def cells_of(clip: Clip, form: Format, work: Path) -> Cells:
    """The clip's cells, measured unless they are kept."""
    import numpy as np

    path = work / _cells_file(clip, form)
    kept = cache.load(path)
    if kept is None:
        cells = measure(clip, form.rate, form.cell)
        cache.save(path, struct.pack("<I", cells.first) + cells.weighted.tobytes() + cells.peak.tobytes())
        return cells
    both = np.frombuffer(kept, np.float16, offset=4).reshape(2, -1)
    return Cells(struct.unpack_from("<I", kept)[0], both[0], both[1])


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
    names = {"build"}
    for unit in units:
        names |= {_frames_file(unit), _cells_file(unit.clip, unit.form)}
        if unit.clip.pcm is not None:
            names.add(f"{unit.clip.key}.pcm")
    cache.prune(work, names)


def _cells_file(clip: Clip, form: Format) -> str:
    return cache.digest(VERSION, clip.key, clip.frames, form.rate) + ".cells"


def _frames_file(unit: Unit) -> str:
    return f"{unit.key}.frames"
