"""How long stitching, mastering, encoding and tagging take, against the MP3 encoder alone.

    python benchmarks/stitch.py              8 minutes from 60 takes: cold, and with one take changed
    python benchmarks/stitch.py --hours 8    peak memory of so many hours against that of 8 minutes

The encoder alone runs on one core over the same samples at the same settings; the ways take turns, in
processes of their own, and medians are given: seconds from after the imports, and those of the process.
Takes are shaped noise with the rhythm and spectrum of speech, 24 kHz, four voices of different levels; LAME
takes as long for it as for speech.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measure import machine, medians, used

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from podcast.config import change_settings  # noqa: E402
from podcast.model import (  # noqa: E402
    DurationMs,
    Episode,
    Loudness,
    Script,
    ScriptChapter,
    Show,
    Sting,
    Take,
    Turn,
    Usd,
    Voice,
    Word,
)
from podcast.stitch.mp3 import QUALITY  # noqa: E402

RATE = 24_000
PEOPLE = (("Ann", -30.0), ("Ben", -18.0), ("Cleo", -23.0), ("Dov", -26.0))
"""Speakers and the levels at which their engines speak, in dB."""
VOICE = Voice("voice", "Voice", "", "neutral", "american", 150, "")
TURNS = 8
"""Turns of a chapter."""


def show(folder: Path, **settings: Any) -> Show:
    plain = Show(
        folder=folder,
        title="Benchmark",
        author="Nobody",
        email="",
        description="-",
        url="https://localhost/",
        link="",
    )
    return change_settings(plain, **settings)


def make_takes(folder: Path, count: int, seconds: float) -> None:
    """Write the sounds: eight different ones of each speaker, linked under as many names as are needed."""
    import numpy as np

    folder.mkdir(parents=True)
    size = int(seconds * RATE)
    time_ = np.arange(size) / RATE
    for index in range(min(count, 8 * len(PEOPLE))):
        rng = np.random.default_rng(index)
        spectrum = np.fft.rfft(rng.standard_normal(size))
        pitch = np.fft.rfftfreq(size, 1 / RATE)
        vowels = np.fft.irfft(spectrum * (pitch > 90) / (1 + (pitch / 500) ** 1.2), size)
        hisses = np.fft.irfft(spectrum[::-1] * (pitch > 3000) * (pitch < 10_000), size)
        beat = np.sin(np.pi * (4.2 * time_ + 0.4 * np.sin(1.3 * time_ + index))) ** 2
        sound = (
            vowels / vowels.std() * (0.1 + beat) + hisses / hisses.std() * 0.5 * (1 - beat) ** 4
        )
        sound *= (0.7 + 0.3 * np.sin(0.7 * time_ + index)) * (np.sin(2 * time_ + index) > -0.8)
        sound[: RATE // 3] = sound[-RATE // 3 :] = 0
        sound *= 10 ** (PEOPLE[index % len(PEOPLE)][1] / 20) / np.sqrt((sound**2).mean())
        write_wav(
            folder / f"{index}.wav", (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()
        )


def write_wav(path: Path, pcm: bytes, rate: int = RATE) -> None:
    """Mono 16-bit samples as a file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)


def turns(count: int, seconds: float) -> list[Turn]:
    words = " ".join(f"word{i}" for i in range(int(seconds * 2.5)))
    return [Turn(PEOPLE[i % len(PEOPLE)][0], f"{i} {words}") for i in range(count)]


def script(spoken: list[Turn]) -> Script:
    chapters = []
    for first in range(0, len(spoken), TURNS):
        items: list[Turn | Sting] = list(spoken[first : first + TURNS])
        items = [Sting(), *items] if first == 0 else [*items, Sting()]
        chapters.append(ScriptChapter(f"Chapter {first // TURNS}", tuple(items)))
    if len(chapters) > 200:  # a tag lists at most 255
        merged = tuple(item for chapter in chapters for item in chapter.items)
        size = -(-len(merged) // 200)
        chapters = [
            ScriptChapter(f"Chapter {i // size}", merged[i : i + size])
            for i in range(0, len(merged), size)
        ]
    return Script("Benchmark", dt.date(2024, 5, 22), tuple(chapters))


def takes(
    folder: Path, spoken: list[Turn], seconds: float, changed: int | None
) -> Iterator[Take]:
    frames = int(seconds * RATE)
    for index, turn in enumerate(spoken):
        sound = (index + 4 if index == changed else index) % (8 * len(PEOPLE))
        step = 1000 * seconds / len(turn.text.split())
        words = tuple(
            Word(word, DurationMs(int(i * step)), DurationMs(int((i + 1) * step)))
            for i, word in enumerate(turn.text.split())
        )
        key = f"{index}{'*' if index == changed else ''}"
        yield Take(
            turn, VOICE, key, folder / f"{sound}.wav", frames, RATE, words, Usd(0), True, 1
        )


def stitched(
    folder: Path, count: int, seconds: float, changed: int | None, **settings: Any
) -> dict[str, float]:
    """One build in this process: seconds of wall and processor time, peak memory in MB, what it reads."""
    import ffmpeg  # type: ignore[import-untyped]  # noqa: F401
    import lameenc  # type: ignore[import-not-found]  # noqa: F401
    import numpy  # noqa: F401
    import PIL.Image  # noqa: F401
    import soxr  # noqa: F401

    from podcast.stitch import OutputFormat, stitch_takes
    from podcast.tag import write_tagged_mp3

    began = time.perf_counter(), used()
    spoken = turns(count, seconds)
    the_show = show(folder, **settings)
    recording = stitch_takes(
        script(spoken),
        takes(folder / "takes", spoken, seconds, changed),
        output=OutputFormat(the_show.sound.rate, the_show.sound.bitrate),
        stings=ROOT / "assets",
        folder=folder / "work" / "episode",
        threads=os.cpu_count() or 1,
    )
    cover = ROOT / "assets" / "cover.jpg"
    write_tagged_mp3(
        folder / "episode.mp3",
        recording.stream,
        episode(recording.chapters, recording.duration),
        the_show,
        cover if cover.exists() else None,
    )
    return {
        "wall": time.perf_counter() - began[0],
        "cpu": used() - began[1],
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "minutes": recording.duration / 60_000,
        "lufs": recording.loudness.lufs,
        "peak": recording.loudness.true_peak,
    }


def episode(chapters: tuple[object, ...], duration: DurationMs) -> Episode:
    empty = {f.name: () for f in dataclasses.fields(Episode)}
    fields = {
        **empty,
        "slug": "episode",
        "date": dt.date(2024, 5, 22),
        "title": "Benchmark",
        "subtitle": "-",
        "chapters": chapters,
        "duration": duration,
        "loudness": Loudness(-16, -1),
    }
    return Episode(**fields)  # type: ignore[arg-type]


def encoder_alone(folder: Path) -> dict[str, float]:
    """One core's LAME over the samples of the episode that was made, 48 kHz, 96 kbit/s."""
    import imageio_ffmpeg
    import lameenc  # type: ignore[import-not-found]

    raw = folder / "episode.raw"
    if not raw.exists():
        exe = imageio_ffmpeg.get_ffmpeg_exe()
        decode = [
            exe,
            "-v",
            "error",
            "-i",
            str(folder / "episode.mp3"),
            "-f",
            "s16le",
            str(raw),
        ]
        subprocess.run(decode, check=True)
    samples = raw.read_bytes()
    began = time.perf_counter()
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(48_000)
    encoder.set_out_sample_rate(48_000)
    encoder.set_bit_rate(96)
    encoder.set_quality(QUALITY)
    encoder.silence()
    encoder.encode(samples)
    encoder.flush()
    return {"wall": time.perf_counter() - began}


def child(*arguments: object) -> dict[str, float]:
    """What this script prints when it is run with these arguments, with the time of the whole process."""
    began = time.perf_counter()
    run = subprocess.run(
        [sys.executable, __file__, *map(str, arguments)], stdout=subprocess.PIPE, check=True
    )
    return {**json.loads(run.stdout), "process": time.perf_counter() - began}


def speed(folder: Path, minutes: float, count: int, rounds: int) -> None:
    seconds = 60 * minutes / count - 1
    make_takes(folder / "takes", count, seconds)
    results: dict[str, list[dict[str, float]]] = {
        "lame": [],
        "cold": [],
        "one changed": [],
        "nothing changed": [],
    }
    for _ in range(rounds):
        shutil.rmtree(folder / "work", ignore_errors=True)
        results["cold"].append(child("--run", folder, count, seconds, -1))
        results["lame"].append(child("--lame", folder))
        results["one changed"].append(child("--run", folder, count, seconds, 20))
        results["nothing changed"].append(child("--run", folder, count, seconds, 20))
    last = results["cold"][-1]
    print(
        f"{last['minutes']:.1f} minutes, {count} takes: {last['lufs']:.2f} LUFS, {last['peak']:.2f} dBTP"
    )
    print(
        f"{'':16} {'seconds':>8} {'process':>8} {'cpu':>6} {'MB':>5} {'of the encoder alone':>22}"
    )
    alone = medians(results["lame"])["wall"]
    for name, runs in results.items():
        middle = medians(runs)
        print(
            f"{name:16} {middle['wall']:8.2f} {middle['process']:8.2f} {middle.get('cpu', 0):6.2f} "
            f"{middle.get('memory', 0):5.0f} {middle['wall'] / alone:22.2f}"
        )


def memory(folder: Path, hours: float) -> None:
    print(
        f"{'minutes':>8} {'takes':>6} {'seconds':>8} {'MB':>5}  then, with one take changed: seconds, MB"
    )
    for minutes in (8.0, 60 * hours):
        place = folder / f"{minutes:.0f}"
        count = int(minutes * 7.5)
        make_takes(place / "takes", count, 7.0)
        cold = child("--run", place, count, 7.0, -1)
        again = child("--run", place, count, 7.0, 20)
        print(
            f"{cold['minutes']:8.1f} {count:6} {cold['wall']:8.1f} {cold['memory']:5.0f}  "
            f"{again['wall']:.2f} {again['memory']:.0f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--takes", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hours", type=float, help="measure memory instead")
    parser.add_argument("--run", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--lame", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.run:
        folder, count, seconds, changed = chosen.run
        found = stitched(
            Path(folder), int(count), float(seconds), None if changed == "-1" else int(changed)
        )
        print(json.dumps(found))
    elif chosen.lame:
        print(json.dumps(encoder_alone(chosen.lame)))
    else:
        print(machine())
        with tempfile.TemporaryDirectory() as name:
            if chosen.hours:
                memory(Path(name), chosen.hours)
            else:
                speed(Path(name), chosen.minutes, chosen.takes, chosen.rounds)


if __name__ == "__main__":
    main()
