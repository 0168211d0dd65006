"""What `podcast make` spends around synthesis: after the last take, and when one line was edited.

    python benchmarks/around.py                     one line edited among 60 passages of 8 s
    python benchmarks/around.py --passages 3600     the same in an episode of 8 hours
    python benchmarks/around.py --first             a first make against the engine alone, by the neural voice

An edited line: espeak-ng speaks (the `espeak` extra), so that there is sound to measure. Each make is a
process of its own; "outside" is all of it but the seconds in the engine and those of `python -c pass`, "of it
CPU" the same in processor time, which other work on the machine does not lengthen. "Work" is what is left of
"outside" without what a process takes that imports the same modules, one after the other, and ends. Then
everything but the takes is thrown away, the episode made again in full, and both MP3s decoded and compared.

A first make: `--passages` are spoken by the engine alone, then others as long by a make. "Of the ideal" is
the engine's time for a second of speech alone, over that from the start of `make` to its last take; "after"
is from the last take to the end of `make`: joined, mastered, tagged, and published.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from measure import cost, machine, medians, used

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from podcast import cli  # noqa: E402
from podcast import make as making  # noqa: E402
from podcast.config import load_show  # noqa: E402
from podcast.language.english.spelling import verbalize  # noqa: E402
from podcast.model import Script, ScriptChapter, Show, Sound, Sting, Turn, Usd, Voice  # noqa: E402
from podcast.services.prices import Budget  # noqa: E402
from podcast.speak import Engine  # noqa: E402
from podcast.write.script_file import render  # noqa: E402

REPORTERS = ("Ada Fields", "Ben Okafor", "Cleo Marsh", "Dov Peretz")
DAY = dt.date(2024, 5, 22)
TURNS = 12
"""Turns of a chapter, at least."""
WORDS = (
    "harbour microphone winter lantern carries seventeen towards the quiet market where people listen and "
    "answer slowly because every morning a small model reads what boats have said about weather salt engines"
).split()


def turns_of(passages: int, seed: int) -> tuple[Turn, ...]:
    """Passages of about 8 s each, no two alike."""
    random.seed(seed)
    return tuple(
        Turn(REPORTERS[index % 4], f"{' '.join(random.choices(WORDS, k=18)).capitalize()}.")
        for index in range(passages)
    )


def make_show(folder: Path, passages: int, *seeds: int) -> Show:
    """A show of an edition for each seed, a day apart, whose scripts are saved."""
    subprocess.run(
        [sys.executable, "-m", "podcast", "init", folder],
        check=True,
        cwd=ROOT,
        capture_output=True,
    )
    for old in (folder / "posts").iterdir():
        old.unlink()
    for number, seed in enumerate(seeds):
        _add_edition(folder, passages, seed, DAY + dt.timedelta(days=number))
    return load_show(folder)


def _add_edition(folder: Path, passages: int, seed: int, day: dt.date) -> None:
    stories = [
        f"# Story of {name}\n_Summarized by: {name}_ [[example.org](https://example.org/{i})]\n\nText.\n"
        for i, name in enumerate(REPORTERS)
    ]
    post = folder / "posts" / f"{day}-around.md"
    post.write_text(
        f"---\ntitle: Around\ndate: {day}\n---\n\n" + "\n".join(stories), encoding="utf-8"
    )
    turns = turns_of(passages, seed)
    each = max(TURNS, -(-passages // 200))
    chapters = tuple(
        ScriptChapter(f"Chapter {start // each + 1}", (Sting(), *turns[start : start + each]))
        for start in range(0, passages, each)
    )
    (folder / "scripts").mkdir(exist_ok=True)
    script = Script("Around", day, chapters)
    (folder / "scripts" / post.name).write_text(render(script), encoding="utf-8")


@dataclass
class Timed:
    """An engine that adds up the seconds in it; those of its processes, where it has any, as they end."""

    engine: Engine
    seconds: float = 0.0
    cpu: float = 0.0

    def __post_init__(self) -> None:
        self.name, self.limit = self.engine.name, self.engine.limit
        self.jobs, self.audible = self.engine.jobs, self.engine.audible

    def identity(self, voice: Voice) -> Mapping[str, str]:
        return self.engine.identity(voice)

    def price(self, text: str, voice: Voice) -> Usd | None:
        return self.engine.price(text, voice)

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        began, before = time.perf_counter(), used()
        try:
            return self.engine.say(text, voice, attempt)
        finally:
            self.seconds += time.perf_counter() - began
            self.cpu += used() - before


def make_once(show: Show, engine: Engine) -> dict[str, float]:
    """One make in this process: its seconds, those in the engine, to the last take and after it."""
    timed, began, last = Timed(engine), time.perf_counter(), 0.0

    def progress(_what: str, _done: int, _total: int) -> None:
        nonlocal last
        last = time.perf_counter()

    writer = making.open_writer("template", show, Budget())
    crew = making.Crew(timed, writer, now=lambda: dt.datetime.now(dt.UTC))
    made = making.make_one(show, making.read_edition(show, DAY), crew, progress=progress)
    ended = time.perf_counter()
    return {
        "make": ended - began,
        "engine": timed.seconds,
        "engine_cpu": timed.cpu,
        "to_last": last - began,
        "after": ended - last,
        "spoken": made.spoken,
        "minutes": made.episode.duration / 60_000,
        "lufs": made.episode.loudness.lufs,
        "peak": made.episode.loudness.true_peak,
    }


def outside(show: Show, bare: Mapping[str, float]) -> dict[str, float]:
    """One make in a process of its own, and how much of it was neither the engine nor Python's own start."""
    found = cost([sys.executable, __file__, "--make", show.folder])
    assert not found.failed, found.out
    said: dict[str, float] = json.loads(found.out)
    return {
        **said,
        "outside": found.wall - bare["wall"] - said["engine"],
        "cpu": found.cpu - bare["cpu"] - said["engine_cpu"],
        "inside make": said["make"] - said["engine"],
        "memory": found.memory,
    }


def start(code: str) -> dict[str, float]:
    """What it takes to run a line of Python, in a process of its own."""
    found = [cost([sys.executable, "-c", code], cwd=ROOT) for _ in range(7)]
    assert not any(each.failed for each in found), found[0].out
    return medians({"wall": each.wall, "cpu": each.cpu} for each in found)


def edited(folder: Path, passages: int, rounds: int) -> None:
    """Edits one line `rounds` times, then makes the episode again in full, and compares."""
    show = make_show(folder, passages, 1)
    bare = start("pass")
    first_run = outside(show, bare)
    imports = start(f"for name in {modules(show)}: __import__(name)")["wall"] - bare["wall"]
    print(f"python -c pass: {bare['wall']:.3f} s, {bare['cpu']:.3f} s of CPU: left out below")
    print(f"the imports of a make, one after the other: {imports:.3f} s more")
    print(
        f"made first, with {first_run['spoken']:.0f} takes spoken: {first_run['memory']:.0f} MB at most"
    )
    columns = {
        "minutes": "minutes",
        "spoken": "spoken",
        "outside": "outside",
        "of it CPU": "cpu",
        "work": "work",
        "in make": "inside make",
        "after": "after",
        "MB": "memory",
        "LUFS": "lufs",
        "dBTP": "peak",
    }
    print(f"{'':26}" + "".join(f"{head:>10}" for head in columns))

    def row(what: str, run: dict[str, float]) -> None:
        shown = {**run, "work": run["outside"] - imports}
        print(
            f"{what:26}" + "".join(f"{shown[key]:10.2f}" for key in columns.values()),
            flush=True,
        )

    runs = []
    script = next((show.folder / "scripts").glob("*.md"))
    for number in range(rounds):
        text = script.read_text(encoding="utf-8")
        line = re.findall(r"^\*\*.+?:\*\* .+$", text, flags=re.MULTILINE)[
            passages // 2 + number
        ]
        script.write_text(text.replace(line, f"{line} That was edited."), encoding="utf-8")
        runs.append(outside(show, bare))
    row(f"one line edited, of {rounds}", medians(runs))
    row("nothing changed", medians(outside(show, bare) for _ in range(rounds)))
    remade = shutil.copy(episode_of(show), folder / "remade.mp3")
    facts = what_is_said(show)
    shutil.rmtree(show.folder / ".podcast" / "units")
    row("in full, takes kept", outside(show, bare))
    full = what_is_said(show)
    other = ", ".join(key for key in full if full[key] != facts.get(key))
    print(f"in the record and the tag, other than in a full make: {other or 'nothing'}")
    print(
        f"decoded samples, remake against full make: {difference(Path(remade), episode_of(show))}"
    )


def modules(show: Show) -> list[str]:
    """What a make imports that can be imported by name, where all takes are there."""
    found = cost([sys.executable, __file__, "--modules", show.folder])
    assert not found.failed, found.out
    names: list[str] = json.loads(found.out)
    return names


def episode_of(show: Show) -> Path:
    return max((show.folder / "feeds").glob("*.mp3"), key=lambda path: path.stat().st_mtime_ns)


def what_is_said(show: Show) -> dict[str, object]:
    """What the episode's record and tag hold."""
    from mutagen.id3 import ID3

    (path,) = (
        path for path in (show.folder / "feeds").glob("*.json") if path.name.count(".") == 1
    )
    record = json.loads(path.read_text(encoding="utf-8"))
    return {**record, "tag": ID3(episode_of(show)).pprint()}


def difference(one: Path, other: Path) -> str:
    """The largest between two MP3s as ffmpeg decodes them, and how far below full scale it is."""
    import numpy as np

    def decoded(path: Path) -> subprocess.Popen[bytes]:
        import imageio_ffmpeg

        exe = imageio_ffmpeg.get_ffmpeg_exe()
        words = [exe, "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-"]
        return subprocess.Popen(words, stdout=subprocess.PIPE)

    most, squares, power, count = 0.0, 0.0, 0.0, 0
    with decoded(one) as a, decoded(other) as b:
        assert a.stdout
        assert b.stdout
        while left := a.stdout.read(1 << 22):
            right = b.stdout.read(len(left))
            if len(right) != len(left):
                return "not of the same length"
            x, y = (np.frombuffer(raw, np.float32).astype(np.float64) for raw in (left, right))
            most = max(most, float(np.abs(x - y).max()))
            squares += float(((x - y) ** 2).sum())
            power += float((y**2).sum())
            count += len(x)
        if b.stdout.read(1):
            return "not of the same length"
    if not most:
        return f"none in {count} samples"
    level = 10 * np.log10(squares / power)
    return f"{most:.5f} of full scale at most, {level:.1f} dB of the sound in all, over {count} samples"


def first(folder: Path, passages: int, rounds: int) -> None:
    """The neural voice alone, then a make of other passages just as long, turn by turn."""
    from podcast.speak.engines.kokoro import KokoroEngine

    engine = KokoroEngine()
    runs = []
    for number in range(rounds):
        show = make_show(folder / str(number), passages, 100 + number)
        voices = list(making.load_pool(show).values())
        engine.say("Ready.", voices[0])
        began = time.perf_counter()
        with ThreadPoolExecutor(engine.jobs) as pool:
            voiced = {name: voices[index] for index, name in enumerate(REPORTERS)}
            jobs = [
                (verbalize(turn.text), voiced[turn.speaker])
                for turn in turns_of(passages, 500 + number)
            ]
            sounds = list(pool.map(lambda job: engine.say(*job), jobs))
        alone = time.perf_counter() - began
        length = sum(len(sound.samples) / 2 / sound.rate for sound in sounds)
        made = make_once(show, engine)
        spoken = seconds_spoken(show)
        runs.append(
            {
                "minutes": made["minutes"],
                "alone": alone / length,
                "make": made["to_last"] / spoken,
                "ideal": alone / length / (made["to_last"] / spoken),
                "after": made["after"],
            }
        )
        print("  ".join(f"{key} {value:.3f}" for key, value in runs[-1].items()), flush=True)
    run = medians(runs)
    print(
        f"{run['minutes']:.1f} minutes: a second of speech takes {run['alone']:.3f} s by the engine alone, "
        f"{run['make']:.3f} s in a make: {run['ideal']:.1%} of the ideal; "
        f"{run['after']:.2f} s from the last take to the published episode"
    )


def seconds_spoken(show: Show) -> float:
    """Of all takes, as they were kept."""
    total = 0.0
    for path in (show.folder / ".podcast" / "takes").rglob("*.wav"):
        with wave.open(str(path), "rb") as file:
            total += file.getnframes() / file.getframerate()
    return total


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--first", action="store_true", help="a first make against the engine alone"
    )
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--modules", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if folder := chosen.make or chosen.modules:
        gc.set_threshold(cli.COLLECT)
        show = load_show(folder)
        made = make_once(show, making.open_engine("espeak", show, Budget()))
        specs = {
            name: getattr(module, "__spec__", None) for name, module in sys.modules.items()
        }
        named = [n for n, spec in specs.items() if spec and spec.name == n and n != "measure"]
        print(json.dumps(named if chosen.modules else made))
        return
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        (first if chosen.first else edited)(Path(name), chosen.passages, chosen.rounds)


if __name__ == "__main__":
    main()
