"""Stitching against that of other podcast makers: the same clips, the same rate and bit rate, one run.

    python benchmarks/peers.py                    60 and 240 clips of 7 s
    python benchmarks/peers.py --rate 48000       the same, every episode at 48 kHz
    python benchmarks/peers.py --ceiling 10000    so many clips of 2 s, in ours and in podcast-creator's

The peers are installed from the registry, with all they depend on (2 GB, a minute), into environments of
their own in the user's cache, and their own code is called:

    podcastfy        TextToSpeech._merge_audio_files: pydub, clips and episode in MP3
    podcast-creator  combine_audio_files: one ffmpeg with a concat filter, clips and episode in MP3
    pydub            what a script of one's own does: AudioSegment += from WAV, then export

Each writes the rate of its clips, at the bit rate its encoder is left at, and masters nothing. Ours is asked
for the same rate and bit rate as each, and levels every voice, masters to a loudness and a true peak, and
writes stings, chapters and a tag besides. LAME runs at its default quality in all. pydub needs `ffmpeg` and
`ffprobe` on the path. All are timed from after their imports. Ways take turns; medians are given. Memory is
of the whole process tree; "(stage)" leaves out what Python and the package hold before the stage begins.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import venv
from importlib import import_module
from pathlib import Path

import stitch
from measure import cost, machine, medians
from mutagen.mp3 import MP3

SECONDS = 7.0
"""Of each clip."""

LIBRARIES = (
    "podcast.stitch",
    "podcast.tag",
    "numpy",
    "soxr",
    "lameenc",
    "ffmpeg",
    "imageio_ffmpeg",
)
"""What ours would import within its time."""

TIMED = """
import json, os, resource, sys, time
from pathlib import Path
{imports}
clips, folder = sys.argv[1:]
{ready}
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
began, used = time.perf_counter(), sum(os.times()[:4])
{stage}
print(json.dumps(dict(wall=time.perf_counter() - began, cpu=sum(os.times()[:4]) - used, held=held)))
"""
PEERS = {
    "podcastfy": TIMED.format(
        imports="from podcastfy.text_to_speech import TextToSpeech",
        ready="files = [str(p) for p in Path(clips).glob('*.mp3')]; speech = TextToSpeech('edge')",
        stage="speech._merge_audio_files(files, folder + '/episode.mp3')",
    ),
    "podcast-creator": TIMED.format(
        imports="import asyncio; from podcast_creator import combine_audio_files",
        ready="",
        stage="asyncio.run(combine_audio_files(clips, 'episode.mp3', folder))",
    ),
    "pydub": TIMED.format(
        imports="from pydub import AudioSegment",
        ready="files = sorted(Path(clips).glob('*.wav')); episode = AudioSegment.empty()",
        stage="for file in files: episode += AudioSegment.from_wav(file)\n"
        "episode.export(folder + '/episode.mp3', format='mp3', bitrate='128k')",
    ),
}
"""Name in the registry to a program that is given a folder of clips and one for the episode."""


def installed(name: str) -> Path:
    """The Python of the peer's own environment, made the first time."""
    cache = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        / "presscast-benchmarks"
    )
    folder = cache / name
    python = folder / "bin" / "python"
    if not (folder / "whole").exists():
        print(f"installing {name} into {folder}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        pip = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            name,
        ]
        subprocess.run(pip, check=True)
        (folder / "whole").touch()
    return python


def make_clips(folder: Path, count: int, seconds: float, rate: int) -> None:
    """The same sounds as takes of ours, and as WAV and MP3 at 128 kbit/s for the peers, named in order."""
    import lameenc  # type: ignore[import-not-found]
    import numpy as np
    import soxr  # type: ignore[import-untyped]

    stitch.make_takes(folder / "takes", count, seconds)
    (folder / "clips").mkdir()
    sounds = sorted((folder / "takes").glob("*.wav"), key=lambda path: int(path.stem))
    for index, sound in enumerate(sounds):
        samples = np.frombuffer(sound.read_bytes()[44:], "<i2")
        pcm = soxr.resample(samples, stitch.RATE, rate).tobytes()
        encoder = lameenc.Encoder()
        encoder.set_channels(1)
        encoder.set_in_sample_rate(rate)
        encoder.set_out_sample_rate(rate)
        encoder.set_bit_rate(128)
        encoder.silence()
        (folder / f"{index}.mp3").write_bytes(encoder.encode(pcm) + encoder.flush())
        stitch.write_wav(folder / f"{index}.wav", pcm, rate)
    for index in range(count):
        for kind in ("mp3", "wav"):
            clip = (
                folder / "clips" / f"{index:06}_clip.{kind}"
            )  # podcastfy sorts by the number before "_"
            clip.hardlink_to(folder / f"{index % len(sounds)}.{kind}")


def ours(folder: Path, count: int, seconds: float, rate: int, bitrate: int) -> dict[str, float]:
    """Joins the takes of `folder` in this process, and tags the episode."""
    for library in LIBRARIES:
        import_module(library)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return stitch.stitched(folder, count, seconds, None, rate=rate, bitrate=bitrate) | {
        "held": held
    }


def once(command: list[str | Path], folder: Path) -> dict[str, float] | str:
    """What a way says of its stage, with its memory and its episode's form; its last word if it failed."""
    shutil.rmtree(folder / "work", ignore_errors=True)
    found = cost(command, cwd=folder, most=1800)
    if found.failed:
        return found.out.strip().splitlines()[-1][:200]
    said = json.loads(found.out.splitlines()[-1])
    info = MP3(folder / "episode.mp3").info
    return {
        "wall": said["wall"],
        "cpu": said["cpu"],
        "memory": found.memory,
        "stage": found.memory - said["held"],
        "minutes": info.length / 60,
        "rate": info.sample_rate,
        "bitrate": info.bitrate // 1000,
    }


def compare(
    folder: Path, count: int, seconds: float, rate: int, rounds: int, names: list[str]
) -> None:
    """Prints a table of all ways with these clips."""
    make_clips(folder, count, seconds, rate)
    mine = [sys.executable, __file__, "--ours", folder, str(count), str(seconds), str(rate)]
    runs: dict[tuple[str, int], list[dict[str, float]]] = {}
    for _ in range(rounds):
        bitrates = set()
        for name in names:
            found = once([installed(name), "-c", PEERS[name], folder / "clips", folder], folder)
            if isinstance(found, str):
                print(f"{name}, {count} clips: {found}")
                names = [other for other in names if other != name]
                continue
            runs.setdefault((name, int(found["bitrate"])), []).append(found)
            bitrates.add(int(found["bitrate"]))
        for bitrate in bitrates or {128}:
            found = once([*mine, str(bitrate)], folder)
            assert not isinstance(found, str), found
            runs.setdefault(("ours", bitrate), []).append(found)

    print(f"\n{count} clips of {seconds:g} s, {rounds} rounds")
    print(
        f"{'':22}{'minutes':>8}{'Hz':>7}{'kbit/s':>7}{'seconds':>9}{'CPU s':>8}{'MB':>7}{'(stage)':>8}"
        f"{'of ours':>9}{'memory':>8}"
    )
    for (way, bitrate), found_runs in sorted(
        runs.items(), key=lambda item: (item[0][1], item[0][0])
    ):
        run, like = medians(found_runs), medians(runs["ours", bitrate])
        print(
            f"{way:22}{run['minutes']:8.1f}{run['rate']:7.0f}{bitrate:7}{run['wall']:9.2f}{run['cpu']:8.2f}"
            f"{run['memory']:7.0f}{run['stage']:8.0f}{run['wall'] / like['wall']:9.2f}"
            f"{run['memory'] / like['memory']:8.2f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--clips", type=int, nargs="+", default=[60, 240])
    parser.add_argument("--rate", type=int, default=24_000, help="in Hz, of all episodes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ceiling", type=int, help="so many short clips instead, once")
    parser.add_argument("--ours", nargs=5, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ours:
        place, count, seconds, *rest = chosen.ours
        print(json.dumps(ours(Path(place), int(count), float(seconds), *map(int, rest))))
        return
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        if chosen.ceiling:
            compare(
                Path(name, "many"), chosen.ceiling, 2.0, chosen.rate, 1, ["podcast-creator"]
            )
            return
        for count in chosen.clips:
            compare(
                Path(name, str(count)), count, SECONDS, chosen.rate, chosen.rounds, list(PEERS)
            )
            shutil.rmtree(Path(name, str(count)))


if __name__ == "__main__":
    main()
