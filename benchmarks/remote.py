"""OpenAI's voices against the stand-in: how fast an episode is spoken, and what ten kills cost.

    python benchmarks/remote.py speed          60 passages at 2 s each, both engines
    python benchmarks/remote.py kill           one episode, killed ten times at random moments

`speed` compares with the ideal for the calls that are allowed at once. `kill` compares what the stand-in
charged with the passages of the script.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from podcast.model import Cast, Script, ScriptChapter, Turn, Voice  # noqa: E402
from podcast.services.openai_client import Service  # noqa: E402
from podcast.speak import Engine, speak_script  # noqa: E402
from podcast.speak.engines.openai_realtime import OpenAIRealtimeEngine  # noqa: E402
from podcast.speak.engines.openai_speech import OpenAISpeechEngine  # noqa: E402
from podcast.speak.lexicon import Lexicon  # noqa: E402
from podcast.speak.take_cache import TakeCache  # noqa: E402

VOICE = Voice(
    "v", "V", "", "neutral", "", 150, "Calm.", {"openai": "coral", "openai-realtime": "marin"}
)
TEXT = "Three harbours put microphones under their quays, and for months they recorded what passes."


def key() -> str:
    return "any"


def engines(url: str, jobs: int) -> list[Engine]:
    service = Service(key, url)
    return [OpenAISpeechEngine(service, jobs=jobs), OpenAIRealtimeEngine(service, jobs=jobs)]


@contextmanager
def standin(delay: float) -> Iterator[str]:
    """A stand-in in a process of its own."""
    words = [sys.executable, "-u", "-m", "tests.standin", "--port", "0", "--delay", str(delay)]
    with subprocess.Popen(words, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found
            yield found[0]
        finally:
            process.kill()


def bill(url: str) -> list[dict[str, str]]:
    with urllib.request.urlopen(url.replace("/v1", "/standin/bill")) as answer:
        lines: list[dict[str, str]] = json.load(answer)["lines"]
        return lines


def speed(passages: int, delay: float, jobs: int) -> None:
    items = tuple(Turn("Ada", f"{TEXT} {'Again. ' * (n + 1)}") for n in range(passages))
    script = Script("A day", dt.date(2024, 6, 3), (ScriptChapter("All", items),))
    ideal = math.ceil(passages / jobs) * delay
    with standin(delay) as url:
        for engine in engines(url, jobs):
            with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as executor:
                cache, cast = TakeCache(Path(folder)), Cast({"Ada": VOICE}, "Ada")
                started = time.monotonic()
                takes = list(speak_script(script, cast, engine, cache, Lexicon({}), executor))
                took = time.monotonic() - started
            assert len(takes) == passages
            what = f"{engine.name}: {passages} passages at {delay:g} s, {jobs} at once"
            print(f"{what}: {took:.2f} s, {took / ideal:.3f} x the ideal {ideal:g} s")


def make_once(folder: Path, url: str) -> None:
    """Make the episode, as `podcast make` does, with the realtime voices."""
    from podcast import make as making
    from podcast.config import load_show

    show = load_show(folder)
    engine = engines(url, 2)[1]
    edition = making.read_edition(show, making.list_posts(show)[-1][0])
    writer = making.open_writer("template")
    crew = making.Crew(engine, writer, now=lambda: dt.datetime.now(dt.UTC))
    making.make_one(show, edition, crew)


def kill(times: int, delay: float, seed: int) -> None:
    random.seed(seed)
    with tempfile.TemporaryDirectory() as name, standin(delay) as url:
        folder = Path(name, "show")
        for part in ("posts", "voices", "assets"):
            shutil.copytree(REPOSITORY / part, folder / part)
        shutil.copy(REPOSITORY / "podcast.toml", folder)
        words = [sys.executable, __file__, "child", "--folder", str(folder), "--url", url]
        killed, ended = 0, -signal.SIGKILL
        while ended == -signal.SIGKILL:
            with subprocess.Popen(words) as process:
                if killed < times:
                    # The process needs about two seconds to its first call.
                    time.sleep(random.uniform(1.0, 3.0 + delay))
                    process.kill()
                ended = process.wait()
                killed += ended == -signal.SIGKILL
        passages = {path.stem for path in folder.rglob("*.wav")}
        paid = len(bill(url))
        print(
            f"killed {killed} times; ended {ended}; {len(passages)} passages in the script, {paid} paid for"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["speed", "kill", "child"])
    parser.add_argument("--passages", type=int, default=60)
    parser.add_argument("--delay", type=float, default=2.0, help="seconds an answer takes")
    parser.add_argument("--jobs", type=int, default=6)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--url")
    options = parser.parse_args()
    if options.what == "speed":
        speed(options.passages, options.delay, options.jobs)
    elif options.what == "kill":
        kill(options.times, options.delay, options.seed)
    else:
        make_once(options.folder, options.url)


if __name__ == "__main__":
    main()
