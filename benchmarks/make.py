"""Whole `podcast make` on given posts: first make, remake, one line edited, and the command's own start.

    python benchmarks/make.py posts/2024-05-22-*.md [more posts] [--engine kokoro]

Each post is made in a new show of its own. Prints wall seconds, and their ratio to the episode's length;
a remake with nothing changed is all of `make` but synthesis and encoding.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import machine

PODCAST = [sys.executable, "-m", "podcast"]


def timed(*words: str | Path) -> tuple[float, float, str]:
    """Wall seconds, CPU seconds and standard output of one run of the command."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [*PODCAST, *map(str, words)], check=True, capture_output=True, text=True
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return (
        wall,
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        done.stdout,
    )


def measure(post: Path, engine: str, keep: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        show = (keep or Path(folder)) / post.stem
        timed("init", show)
        copy = shutil.copy(post, show / "posts" / f"{post.stem}.md")
        make = ("make", "--show", show, "--post", copy, "--engine", engine, "--json")
        first, _, out = timed(*make)
        length = json.loads(out)["duration_ms"] / 1000
        again = statistics.median(timed(*make)[0] for _ in range(3))
        (script,) = (show / "scripts").glob("*.md")
        text = script.read_text(encoding="utf-8")
        line = re.findall(r"^\*\*.+?:\*\* .+$", text, flags=re.MULTILINE)[-2]
        script.write_text(
            text.replace(line, f"{line} That is all for today."), encoding="utf-8"
        )
        edited, _, out = timed(*make)
        spoken = json.loads(out)["spoken"]
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{post.stem[:44]:<44} {length:>7.0f} {first:>7.1f} {first / length:>6.2f} {again:>7.2f} "
            f"{edited:>7.2f} {spoken:>6} {peak:>7.0f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("posts", nargs="+", type=Path)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--keep", type=Path, help="leave the shows in this folder")
    options = parser.parse_args()
    print(machine())
    start = statistics.median(timed("--help")[1] for _ in range(7))
    print(f"podcast --help: {start:.2f} s of CPU, median of 7")
    heads = ("length", "make", "ratio", "again", "edited", "spoken", "MB")
    print(
        f"{'seconds':<44} "
        + " ".join(f"{h:>{w}}" for h, w in zip(heads, (7, 7, 6, 7, 7, 6, 7), strict=True))
    )
    for post in options.posts:
        measure(post, options.engine, options.keep)


if __name__ == "__main__":
    main()
