"""Sounds for tests: takes as engines leave them, episodes of them, and what ffmpeg hears of the result."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import wave
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import ffmpeg  # type: ignore[import-untyped]
import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

from podcast.model import (
    DurationMs,
    EpisodeAudio,
    Pause,
    Script,
    ScriptChapter,
    Sting,
    Take,
    Turn,
    Usd,
    Voice,
    Word,
)
from podcast.stitch import OutputFormat, stitch_takes

RATE = 24_000
VOICE = Voice("v", "V", "", "neutral", "american", 150, "")
Samples = NDArray[np.float64]
Item = Turn | Pause | Sting


def speech(seconds: float, level: float, seed: int = 0, rate: int = RATE) -> Samples:
    """Noise with the spectrum and the rhythm of speech, `level` dB RMS, in 0.3 s of silence on both sides."""
    rng = np.random.default_rng(seed)
    size = int(seconds * rate)
    time = np.arange(size) / rate
    pitch = np.fft.rfftfreq(size, 1 / rate)
    sound = np.fft.irfft(
        np.fft.rfft(rng.standard_normal(size)) * (pitch > 90) / (1 + (pitch / 500) ** 1.5), size
    )
    sound *= 0.1 + np.sin(np.pi * 4.2 * time + seed) ** 2
    sound[: int(0.3 * rate)] = sound[-int(0.3 * rate) :] = 0
    result: Samples = sound * 10 ** (level / 20) / np.sqrt((sound**2).mean())
    return result


def tone(
    seconds: float,
    pitch: float = 440,
    level: float = -20,
    silence: float = 0.4,
    rate: int = RATE,
) -> Samples:
    """A sine that starts and ends at full strength between `silence` seconds of nothing."""
    gap = np.zeros(int(silence * rate))
    time = np.arange(int(seconds * rate)) / rate
    return np.concatenate(
        [gap, 10 ** (level / 20) * np.sqrt(2) * np.sin(2 * np.pi * pitch * time), gap]
    )


def write_wav(path: Path, sound: Samples, rate: int = RATE, channels: int = 1) -> None:
    pcm = np.rint(np.clip(sound, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(pcm, channels).tobytes())


def take_of(turn: Turn, sound: Samples, folder: Path, name: str, rate: int = RATE) -> Take:
    """The sound as a take, with its words spread evenly over its length."""
    path = folder / f"{name}.wav"
    folder.mkdir(exist_ok=True)
    if not path.exists():
        write_wav(path, sound, rate)
    texts = turn.text.split()
    step = 1000 * len(sound) / rate / max(1, len(texts))
    words = tuple(
        Word(text, DurationMs(int(i * step)), DurationMs(int((i + 1) * step)))
        for i, text in enumerate(texts)
    )
    return Take(turn, VOICE, name, path, len(sound), rate, words, Usd(0), False, 1)


def script_of(*chapters: Sequence[Item]) -> Script:
    return Script(
        "A test",
        dt.date(2024, 5, 22),
        tuple(
            ScriptChapter(f"Chapter {i}", tuple(items), f"https://example.org/{i}")
            for i, items in enumerate(chapters)
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Joined(EpisodeAudio):
    """A recording, and its stream as a file."""

    path: Path


def joined(
    folder: Path,
    script: Script,
    takes: Sequence[Take],
    stings: Path | None = None,
    jobs: int = 2,
    rate: int = 48_000,
    bitrate: int = 96,
) -> Joined:
    """The script stitched in `folder`; without stings unless a folder of them is given."""
    recording = stitch_takes(
        script,
        iter(takes),
        output=OutputFormat(rate, bitrate),
        stings=stings or folder / "none",
        folder=folder / "work" / "episode",
        threads=jobs,
    )
    path = folder / "episode.mp3"
    path.write_bytes(b"".join(recording.stream))
    return Joined(
        **{each.name: getattr(recording, each.name) for each in fields(recording)}, path=path
    )


def run_ffmpeg(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    exe = imageio_ffmpeg.get_ffmpeg_exe()
    return subprocess.run(
        [exe, "-nostdin", "-hide_banner", "-nostats", *arguments],
        capture_output=True,
        check=True,
    )


def heard(path: Path) -> tuple[float, float]:
    """Integrated loudness as heard (dual mono) and true peak of a file, by ffmpeg's ebur128."""
    graph = "ebur128=peak=true:dualmono=true:framelog=quiet"
    told = run_ffmpeg("-i", str(path), "-af", graph, "-f", "null", "-").stderr.decode()
    loudness = re.findall(r"I:\s+(-?[\d.]+|-inf) LUFS", told)[-1]
    peak = re.findall(r"Peak:\s+(-?[\d.]+|-inf) dBFS", told)[-1]
    return float(loudness), float(peak)


def decoded(path: Path, rate: int = 48_000) -> NDArray[np.float32]:
    """The samples of a file, which MUST decode without a complaint."""
    source = ffmpeg.input(str(path)).output("pipe:", format="f32le", ac=1, ar=rate)
    samples, complaints = source.global_args("-v", "warning", "-xerror").run(
        cmd=imageio_ffmpeg.get_ffmpeg_exe(), capture_stdout=True, capture_stderr=True
    )
    assert not complaints, complaints
    return np.frombuffer(samples, np.float32)


def onsets(
    samples: NDArray[np.float32], rate: int = 48_000, threshold: float = 0.01, gap: float = 0.1
) -> list[int]:
    """The samples at which sound begins after at least `gap` seconds below the threshold."""
    loud = np.flatnonzero(np.abs(samples) > threshold)
    first = np.concatenate([[True], np.diff(loud) > gap * rate])
    return [int(i) for i in loud[first]]
