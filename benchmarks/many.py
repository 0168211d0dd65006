"""`podcast make --all` against the ideal: a process for each core, and nothing that they share.

    python benchmarks/many.py                     8 editions of 60 passages by espeak-ng (the `espeak` extra)
    python benchmarks/many.py --engine kokoro --passages 12

The ideal is what cores do that need not wait for each other: each makes its part of the editions in a show
of its own, with `--jobs 1`, at the same time. Both take turns, so that other work on the machine slows both;
the median of the rounds is given. Both begin with no take and no script to write.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from around import make_show
from measure import machine


def seconds(*commands: list[str]) -> float:
    """Until all of the commands, run side by side, are done."""
    began = time.perf_counter()
    running = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    for process in running:
        assert process.wait() == 0, process.args
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--engine", default="espeak")
    parser.add_argument("--editions", type=int, default=8)
    parser.add_argument("--passages", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    cores = os.cpu_count() or 1
    seeds = list(range(chosen.editions // cores * cores))
    print(machine())

    def command(folder: Path, part: list[int], *options: str) -> list[str]:
        make_show(folder, chosen.passages, *part)
        words = ["make", "--all", "--engine", chosen.engine, "--show", str(folder), *options]
        return [sys.executable, "-m", "podcast", *words]

    ratios = []
    for number in range(chosen.rounds):
        with tempfile.TemporaryDirectory() as name:
            parts = [seeds[core::cores] for core in range(cores)]
            alone = [
                command(Path(name, f"part{i}"), part, "--jobs", "1")
                for i, part in enumerate(parts)
            ]
            whole = command(Path(name, "whole"), seeds)
            if number % 2:
                ours, ideal = seconds(whole), seconds(*alone)
            else:
                ideal, ours = seconds(*alone), seconds(whole)
        ratios.append(ours / ideal)
        print(
            f"{len(seeds)} editions: {ours:.2f} s, ideal {ideal:.2f} s: {ratios[-1]:.3f} times",
            flush=True,
        )
    print(f"median {statistics.median(ratios):.3f} times the ideal")


if __name__ == "__main__":
    main()
