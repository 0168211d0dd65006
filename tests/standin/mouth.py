"""A stand-in for the program espeak-ng: says a text as a tone, writes it down, and does what it is told.

It is told by files in the folder MOUTH: `kill` holds words of a text at which it kills who called it, once
(`kill always`: each time); `hold` holds words of a text that it says only when the file is gone. It writes
`said`, a line a text: the process that called, and the text; and `held` when it begins to hold.
"""

from __future__ import annotations

import array
import math
import os
import select
import signal
import sys
import time
from pathlib import Path

RATE = 22_050


def mouth(folder: Path) -> dict[str, str]:
    """Install it in `folder`: the environment in which `espeak-ng` is this program."""
    (folder / "bin").mkdir(parents=True)
    program = folder / "bin" / "espeak-ng"
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -S {__file__}\n", encoding="utf-8")
    program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "MOUTH": str(folder),
    }


def said(folder: Path) -> list[tuple[int, str]]:
    """Who called and what was said, in order."""
    if not (folder / "said").exists():
        return []
    lines = (folder / "said").read_text(encoding="utf-8").splitlines()
    return [(int(line.partition(" ")[0]), line.partition(" ")[2]) for line in lines]


def _holds(order: Path, text: str) -> bool:
    try:
        return order.read_text(encoding="utf-8").strip() in text
    except FileNotFoundError:
        return False


def _caller_listens() -> bool:
    pipe = select.poll()
    pipe.register(sys.stdout.fileno(), 0)
    return not pipe.poll(0)


def _say(folder: Path) -> None:
    text = sys.stdin.read()
    with (folder / "said").open("a", encoding="utf-8") as log:
        log.write(f"{os.getppid()} {text}\n")
    for order in (folder / "kill", folder / "kill always"):
        if _holds(order, text):
            if order.name == "kill":
                order.unlink()
            os.kill(os.getppid(), signal.SIGKILL)
            return
    while _holds(folder / "hold", text):
        (folder / "held").touch()
        if not _caller_listens():
            return
        time.sleep(0.01)
    second = array.array("h", (int(9000 * math.sin(n * 0.04)) for n in range(RATE)))
    count = max(RATE // 2, len(text) * RATE // 15)
    samples = (second * (count // RATE + 1))[:count]
    fade = RATE // 20
    for n in range(fade):
        samples[n] = samples[n] * n // fade
        samples[-1 - n] = samples[-1 - n] * n // fade
    sys.stdout.buffer.write(samples.tobytes())


if __name__ == "__main__":
    _say(Path(os.environ["MOUTH"]))
