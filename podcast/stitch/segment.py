"""A unit: one sound with the digital silence around it, levelled, limited and encoded by itself.

Units are joined frame after frame. Since each begins and ends in silence, and leans on no frame of another,
the joins cannot be heard, and a unit is encoded again only when its own sound or gain changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from podcast.stitch.gain import limiter, linear
from podcast.stitch.loudness import Cells
from podcast.stitch.mp3 import FRAME_CELLS, QUALITY, Format, encode
from podcast.stitch.pcm import Clip, blocks
from podcast.stitch.timeline import LEAD, unit_frames

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

VERSION = 1
"""Of what units sound like: raised when a change here would make cached ones wrong."""
FADE_IN, FADE_OUT = 2, 8
"""Cells of the fades at the edges of a sound."""
BLOCK = 150
"""Cells rendered at once: what is worked on stays in the processor's cache."""


@dataclass(frozen=True, eq=False)
class Unit:
    """What is encoded by itself."""

    clip: Clip
    cells: Cells
    gain: int
    """Hundredths of a dB."""
    ceiling: int
    """True peak before encoding, in hundredths of a dBTP."""
    form: Format

    @cached_property
    def key(self) -> str:
        """Hex digest of everything that shapes the unit's frames."""
        parts = (VERSION, QUALITY, self.clip.key, self.gain, self.ceiling, self.form.rate, self.form.bitrate)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

    @cached_property
    def frames(self) -> int:
        return unit_frames(len(self.cells), self.form)

    def lower(self, by: float) -> Unit:
        """The same unit with its ceiling so many dB lower, and a little more."""
        return replace(self, ceiling=self.ceiling - round(100 * by) - 10)

    def encoded(self) -> bytes:
        """The unit's frames."""
        return encode(self._pcm(), self.frames, self.form)

    def _pcm(self) -> Iterator[bytes]:
        """The unit as 16-bit samples, a block at a time."""
        import numpy as np

        cell = self.form.cell
        yield bytes(2 * LEAD * self.form.samples)
        edges = self._edges() * np.float32(32768 / self.form.scale)
        ramp = np.arange(cell, dtype=np.float32) / np.float32(cell)
        first, done = self.cells.first, 0
        for index, block in enumerate(blocks(self.clip, self.form.rate, BLOCK * cell)):
            skip = max(0, first - index * BLOCK) * cell
            part = block[skip : skip + (len(self.cells) - done) * cell]
            if not len(part):
                continue
            part = np.concatenate([part, np.zeros(-len(part) % cell, np.float32)]).reshape(-1, cell)
            steps = np.diff(edges[done : done + len(part) + 1])
            sound = edges[done : done + len(part), None] + steps[:, None] * ramp
            sound *= part
            np.rint(np.clip(sound, -32768, 32767, out=sound), out=sound)
            yield sound.astype("<i2").tobytes()
            done += len(part)
        filled = (LEAD * FRAME_CELLS + done) * cell
        yield bytes(2 * (self.frames * self.form.samples - filled))

    def _edges(self) -> NDArray[float32]:
        """The factor at the edges of the cells: gain, limiter, and fades."""
        import numpy as np

        count = len(self.cells)
        curve = limiter(self.cells, self.gain, self.ceiling)
        edges = np.ones(count + 1, np.float32) if curve is None else curve
        edges = edges * np.float32(linear(self.gain))
        place = np.arange(count + 1)
        for distance, fade in ((place, FADE_IN), (count - place, FADE_OUT)):
            edges *= np.sin(np.pi / 2 * np.minimum(1, distance / fade)).astype(np.float32) ** 2
        return edges
