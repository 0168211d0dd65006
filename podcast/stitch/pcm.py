"""The samples of a take or a sting, read a block at a time."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.errors import StitchError

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Samples = NDArray[float32]


REMEDY = "Delete it and run again"


@dataclass(frozen=True, slots=True)
class Clip:
    """The sound of a take or a sting, as a file holds it."""

    key: str
    """Changes whenever the samples do."""
    path: Path
    """A take's WAV file of 16-bit PCM; a sting's asset."""
    frames: int
    """Samples in it, for each channel."""
    rate: int
    """Samples a second."""
    name: str
    """For messages: `turn 7 (Alexandra Hayes)`, `opening sting`."""
    voice: str
    """Clips of one voice are levelled together: the speaker, or the sting's own name."""
    pcm: bytes | None = None
    """A sting's samples, mono and 16-bit; None for a take, whose samples are in `path`."""


def read_blocks(clip: Clip, rate: int, size: int) -> Iterator[Samples]:
    """The clip as mono, full scale 1.0, at `rate` samples a second, in arrays of `size`.

    The last is shorter.

    Raises StitchError naming the clip when its file is not what it should be.
    """
    import numpy as np

    held: list[Samples] = []
    length = 0
    for chunk in _resampled(clip, rate, size):
        held.append(chunk)
        length += len(chunk)
        if length >= size:
            whole = np.concatenate(held)
            for start in range(0, length - size + 1, size):
                yield whole[start : start + size]
            held = [whole[length - length % size :]]
            length %= size
    if length:
        yield np.concatenate(held)


def _resampled(clip: Clip, rate: int, size: int) -> Iterator[Samples]:
    """Arrays of any length that hold `samples_at(clip, rate)` samples together."""
    import numpy as np
    import soxr  # type: ignore[import-untyped]

    if clip.rate == rate:
        yield from _read_samples(clip, size)
        return

    # A resampler may give a sample more or less; places are counted from the clip's length.
    stream = soxr.ResampleStream(clip.rate, rate, 1, dtype="float32")
    remaining = samples_at(clip, rate)
    for chunk in _read_samples(clip, max(1, size * clip.rate // rate)):
        out = stream.resample_chunk(chunk)[:remaining]
        remaining -= len(out)
        yield out
    out = stream.resample_chunk(np.zeros(0, np.float32), last=True)[:remaining]
    yield np.concatenate([out, np.zeros(remaining - len(out), np.float32)])


def samples_at(clip: Clip, rate: int) -> int:
    """Count the samples that the clip has at another rate, rounded up."""
    return -(-clip.frames * rate // clip.rate)


def _read_samples(clip: Clip, size: int) -> Iterator[Samples]:
    """The samples as they are in the file; more channels are mixed into one."""
    if clip.pcm is not None:
        yield _scale_samples(clip.pcm, 1)
        return
    try:
        with wave.open(str(clip.path), "rb") as file:
            _check_format(clip, file)
            remaining = clip.frames
            while remaining:
                raw = file.readframes(min(size, remaining))
                chunk = _scale_samples(raw, file.getnchannels())
                if not len(chunk):
                    raise StitchError(
                        f"{clip.name}: {clip.path} ends {remaining} samples before its "
                        f"{clip.frames}. {REMEDY}"
                    )
                remaining -= len(chunk)
                yield chunk
    except (wave.Error, EOFError, ValueError) as error:
        raise StitchError(
            f"{clip.name}: {clip.path} is not a readable WAV file "
            f"({str(error) or 'it is cut off'}). {REMEDY}"
        ) from error
    except OSError as error:
        raise StitchError(
            f"{clip.name}: cannot read {clip.path} ({error.strerror}). {REMEDY}"
        ) from error


def _check_format(clip: Clip, file: wave.Wave_read) -> None:
    """Raise StitchError where a take's file holds other samples than the clip says."""
    width, rate = file.getsampwidth(), file.getframerate()
    if width != 2 or rate != clip.rate:
        raise StitchError(
            f"{clip.name}: {clip.path} holds {8 * width}-bit samples at {rate} Hz, "
            f"not 16-bit at {clip.rate} Hz. {REMEDY}"
        )
    if not clip.frames:
        raise StitchError(f"{clip.name}: {clip.path} holds no sample. {REMEDY}")


def _scale_samples(raw: bytes, channels: int) -> Samples:
    """16-bit samples as mono, full scale 1.0."""
    import numpy as np

    samples: Samples = np.frombuffer(raw, "<i2").astype(np.float32) * np.float32(1 / 32768)
    if channels > 1:
        samples = samples.reshape(-1, channels).mean(axis=1)
    return samples
