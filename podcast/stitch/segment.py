"""A segment: one sound of the episode with the digital silence around it, encoded by itself.

Segments are joined frame after frame. Each begins and ends in silence, and leans on no frame of
another: the joins cannot be heard, and a segment is encoded again only when its own sound or
gain changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from podcast.model import Turn, Word
from podcast.stitch.gain import CEILING, linear, solve_limiter
from podcast.stitch.loudness import Cells
from podcast.stitch.mp3 import FRAME_CELLS, QUALITY, OutputFormat, encode_frames
from podcast.stitch.pcm import Clip, read_blocks

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

# Cache version. Bump it when a change here changes a segment's sound.
VERSION = 1
# Frames of digital silence before every sound, for the encoder to start from: without them,
# noise before the onset rises by 12 dB.
LEAD = 4
# Cells of the fades at the edges of a sound.
FADE_IN, FADE_OUT = 2, 8
# Cells rendered at once: what is worked on stays in the processor's cache.
BLOCK = 150


@dataclass(frozen=True, eq=False)
class Segment:
    """A take or a sting on its way into the episode.

    It is measured, placed and levelled, in this order: each step fills in its own fields.
    """

    clip: Clip
    output: OutputFormat
    chapter: int
    """Index of the script's chapter."""
    pause: float | None = None
    """Seconds of silence that the script asks for before it; None: the usual pause."""
    turn: Turn | None = None
    """None for a sting."""
    words: tuple[Word, ...] = ()
    """Timed from the start of the take."""
    measured: Cells | None = None
    """Its sound, once it is measured."""
    start: int = 0
    """The frame of the episode at which it begins, LEAD frames before its sound, once it is
    placed."""
    gain: int = 0
    """Hundredths of a dB, once it is levelled."""
    ceiling: int = CEILING
    """True peak before encoding, in hundredths of a dBTP."""

    @property
    def cells(self) -> Cells:
        """Its sound; only of a segment that is measured."""
        assert self.measured is not None
        return self.measured

    @property
    def speaker(self) -> str:
        """Name of the speaker; empty for a sting."""
        return self.turn.speaker if self.turn else ""

    @cached_property
    def key(self) -> str:
        """Hex digest of everything that shapes the segment's frames."""
        shape = (self.gain, self.ceiling, self.output.rate, self.output.bitrate)
        parts = (VERSION, QUALITY, self.clip.key, *shape)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]

    @cached_property
    def frames(self) -> int:
        """Length in MP3 frames: lead-in, sound, tail."""
        return LEAD + -(-len(self.cells) // FRAME_CELLS) + tail_frames(self.output)

    @property
    def first_cell(self) -> int:
        """The cell of the episode at which its sound begins."""
        return (self.start + LEAD) * FRAME_CELLS

    def with_gain(self, gain: int) -> Segment:
        """Set the gain, in hundredths of a dB."""
        return self if gain == self.gain else replace(self, gain=gain)

    def lower_ceiling(self, decibels: float) -> Segment:
        """Lower the ceiling so many dB, and a little more."""
        return replace(self, ceiling=self.ceiling - round(100 * decibels) - 10)

    def encode(self) -> bytes:
        """Encode the segment's frames."""
        return encode_frames(self._pcm(), self.frames, self.output)

    def _pcm(self) -> Iterator[bytes]:
        """Yield the segment as 16-bit samples, a block at a time."""
        import numpy as np

        cell = self.output.cell
        yield bytes(2 * LEAD * self.output.samples)

        edges = self._edges() * np.float32(32768 / self.output.scale)
        ramp = np.arange(cell, dtype=np.float32) / np.float32(cell)
        first, done = self.cells.first, 0
        for index, block in enumerate(read_blocks(self.clip, self.output.rate, BLOCK * cell)):
            skip = max(0, first - index * BLOCK) * cell
            samples = block[skip : skip + (len(self.cells) - done) * cell]
            if not len(samples):
                continue

            padding = np.zeros(-len(samples) % cell, np.float32)
            rows = np.concatenate([samples, padding]).reshape(-1, cell)
            steps = np.diff(edges[done : done + len(rows) + 1])
            sound = edges[done : done + len(rows), None] + steps[:, None] * ramp
            sound *= rows
            np.rint(np.clip(sound, -32768, 32767, out=sound), out=sound)
            yield sound.astype("<i2").tobytes()
            done += len(rows)

        filled = (LEAD * FRAME_CELLS + done) * cell
        yield bytes(2 * (self.frames * self.output.samples - filled))

    def _edges(self) -> NDArray[float32]:
        """Compute the factor at the edges of the cells: gain, limiter, and fades."""
        import numpy as np

        count = len(self.cells)
        curve = solve_limiter(self.cells, self.gain, self.ceiling)
        edges = np.ones(count + 1, np.float32) if curve is None else curve
        edges = edges * np.float32(linear(self.gain))

        place = np.arange(count + 1)
        for distance, fade in ((place, FADE_IN), (count - place, FADE_OUT)):
            edges *= np.sin(np.pi / 2 * np.minimum(1, distance / fade)).astype(np.float32) ** 2
        return edges


def tail_frames(output: OutputFormat) -> int:
    """Count the silent frames that end a segment.

    What encoder and decoder hold back, and a block.
    """
    return 2 if output.samples == 1152 else 4
