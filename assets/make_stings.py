"""Make the three stings of a show from nothing: wooden bars struck softly in a small room.

    python assets/make_stings.py [FOLDER]

Writes opening.flac, between.flac and closing.flac into FOLDER (the folder of this script). The same
numbers give the same music; put your own files of these names in their place and they are played instead.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

RATE = 48_000
"""Samples a second."""
BEAT = 0.17
"""Seconds."""
PARTIALS = ((1.0, 1.0, 1.1), (2.0, 0.10, 0.55), (3.932, 0.22, 0.22), (9.24, 0.05, 0.06))
"""Of a tuned bar: its frequency over the fundamental, its strength, seconds in which it falls to 1/e."""
NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")

Notes = tuple[tuple[float, str, float], ...]
"""(beat, note, how hard it is struck, up to 1)"""

OPENING: Notes = (
    (0, "D3", 0.55), (0, "D4", 0.75), (1, "A4", 0.7), (2, "E5", 0.75), (3, "F#5", 0.85),
    (5, "A3", 0.45), (5, "A5", 0.8), (6, "E5", 0.5), (8, "D3", 0.5), (8, "D5", 0.75),
    (8.25, "F#5", 0.6), (8.5, "A5", 0.55),
)  # fmt: skip
BETWEEN: Notes = (
    (0, "A3", 0.4),
    (0, "A4", 0.7),
    (1, "E5", 0.7),
    (2, "D5", 0.55),
    (3, "F#5", 0.75),
)
CLOSING: Notes = (
    (0, "D3", 0.5), (0, "A5", 0.75), (1, "F#5", 0.7), (2, "E5", 0.65), (4, "G3", 0.45), (4, "B4", 0.7),
    (5, "D5", 0.6), (7, "A3", 0.4), (7, "A4", 0.6), (9, "D3", 0.55), (9, "D4", 0.7),
    (9.3, "A4", 0.5), (9.6, "F#5", 0.5),
)  # fmt: skip


def frequency(note: str) -> float:
    """Of a note such as `F#5`, in Hz, with A4 at 440."""
    semitone = NAMES.index(note[:-1]) + 12 * int(note[-1]) - 57
    return float(440 * 2 ** (semitone / 12))


def bar(note: str, strength: float, seconds: float) -> NDArray[np.float64]:
    """One bar struck once. Low bars ring longer; a hard stroke is brighter."""
    time = np.arange(int(seconds * RATE)) / RATE
    pitch = frequency(note)
    ring = (330 / pitch) ** 0.35
    sound = np.zeros_like(time)
    for ratio, level, decay in PARTIALS:
        if pitch * ratio < 14_000:
            bright = level * (strength if ratio > 1 else 1)
            for detune in (0.9993, 1.0007):
                sound += (
                    bright
                    / 2
                    * np.sin(2 * np.pi * pitch * ratio * detune * time)
                    * np.exp(-time / decay / ring)
                )
    return sound * strength * np.minimum(1, time / 0.004)


def room(
    sound: NDArray[np.float64], seconds: float = 0.9, wet: float = 0.16
) -> NDArray[np.float64]:
    """The sound with the reverberation of a small room, dark at the end."""
    noise = np.random.default_rng(7).standard_normal(int(seconds * RATE))
    time = np.arange(len(noise)) / RATE
    spectrum = np.fft.rfft(noise)
    pitch = np.fft.rfftfreq(len(noise), 1 / RATE)
    noise = np.fft.irfft(spectrum / (1 + (pitch / 2500) ** 2) * (pitch > 150), len(noise))
    tail = noise * np.exp(-time / (seconds / 5)) * np.minimum(1, time / 0.012)
    tail /= np.sqrt((tail**2).sum())
    size = len(sound) + len(tail)
    echo = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)[: len(sound)]
    mixed: NDArray[np.float64] = sound + wet * echo
    return mixed


def sting(notes: Notes, seconds: float) -> AudioSegment:
    """The notes played, peaking at -6 dBFS, quiet at the end."""
    sound = np.zeros(int(seconds * RATE))
    for beat, note, strength in notes:
        start = int((0.01 + beat * BEAT) * RATE)
        sound[start:] += bar(note, strength, seconds)[: len(sound) - start]
    sound = room(sound)
    pcm = np.rint(sound / np.abs(sound).max() * 16_384).astype("<i2").tobytes()
    played = AudioSegment(pcm, sample_width=2, frame_rate=RATE, channels=1)
    return played.fade_out(round(400 * seconds))


def main(folder: Path) -> None:
    """Write each sting as a FLAC file beside this script."""
    AudioSegment.converter = imageio_ffmpeg.get_ffmpeg_exe()
    for name, notes, seconds in (
        ("opening", OPENING, 3.6),
        ("between", BETWEEN, 2.0),
        ("closing", CLOSING, 4.0),
    ):
        path = folder / f"{name}.flac"
        sting(notes, seconds).export(
            path, format="flac", parameters=["-compression_level", "12", "-bitexact"]
        )
        print(f"{path}: {seconds} s, {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
