"""`podcast serve` under many readers at once, each asking for ranges of an episode.

    python benchmarks/serve.py                    200 readers, 100 ranges each
    python benchmarks/serve.py --readers 400

An MP3 of 60 MB on the loopback. Each reader keeps its connection, as a podcast app does, asks for ranges
at random places, and compares what comes with the file. Memory is the server's (RSS) before the first reader
and at its most from a tenth of the ranges on, so that what grows with the readers shows apart from what grows
with the ranges.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from measure import held, machine

SIZE = 60_000_000
BLOCK = 64 * 1024


@dataclass
class Seen:
    """What all readers together have met."""

    waits: list[float] = field(default_factory=list)
    """Seconds from a request to the last byte of its answer."""
    bytes: int = 0
    errors: list[str] = field(default_factory=list)


@contextmanager
def preview(folder: Path) -> Iterator[tuple[int, int]]:
    """`podcast serve` over a folder: its port and its process."""
    command = [
        sys.executable,
        "-m",
        "podcast",
        "serve",
        "--show",
        str(folder),
        "--host",
        "127.0.0.1",
        "--port",
        "0",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        said = ""
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/", said)):
            line = process.stdout.readline()
            if not line:
                raise SystemExit(f"podcast serve ended: {said}")
            said += line
        yield int(found[1]), process.pid
    finally:
        process.terminate()
        process.wait()


async def read(port: int, audio: bytes, ranges: int, seed: int, seen: Seen) -> None:
    """One reader."""
    chance = random.Random(seed)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(ranges):
        start = chance.randrange(len(audio) - BLOCK)
        end = start + chance.randrange(1, BLOCK)
        began = time.perf_counter()
        writer.write(
            f"GET /episode.mp3 HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes={start}-{end}\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        seen.waits.append(time.perf_counter() - began)
        seen.bytes += len(body)
        if not head.startswith("http/1.1 206") or body != audio[start : end + 1]:
            seen.errors.append(head.splitlines()[0])
    writer.close()


async def all_read(
    port: int, pid: int, audio: bytes, readers: int, ranges: int
) -> tuple[Seen, float, float]:
    """What was seen, and MB of the server at a tenth of the ranges and at most from there on."""
    seen, at_tenth, most = Seen(), 0.0, 0.0
    asked = asyncio.gather(
        *(read(port, audio, ranges, i, seen) for i in range(readers)), return_exceptions=True
    )
    while not asked.done():
        await asyncio.wait([asked], timeout=0.02)
        if len(seen.waits) >= readers * ranges // 10:
            now = held(pid) / 1024
            at_tenth, most = at_tenth or now, max(most, now)
    seen.errors += [repr(e) for e in asked.result() if e]
    return seen, at_tenth, most


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--ranges", type=int, default=100, help="that each asks for")
    chosen = parser.parse_args()
    audio = random.Random(0).randbytes(SIZE)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "podcast", "init", folder],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (Path(folder) / "feeds").mkdir(exist_ok=True)
        (Path(folder) / "feeds" / "episode.mp3").write_bytes(audio)
        with preview(Path(folder)) as (port, pid):
            before = held(pid) / 1024
            began = time.perf_counter()
            seen, at_tenth, most = asyncio.run(
                all_read(port, pid, audio, chosen.readers, chosen.ranges)
            )
            wall = time.perf_counter() - began
    waits = [1000 * wait for wait in sorted(seen.waits)]
    median, slow = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    print(machine())
    print(
        f"{chosen.readers} readers at once, {len(waits)} ranges, {seen.bytes / 1e6:.0f} MB in {wall:.1f} s"
    )
    print(f"errors             {len(seen.errors)} {' '.join(seen.errors[:3])}")
    print(f"wait for a range   median {median:.0f} ms, 99 of 100 within {slow:.0f} ms")
    print(
        f"server's memory    {before:.0f} MB, {at_tenth:.0f} after a tenth, {most:.0f} at most from there on"
    )
    raise SystemExit(bool(seen.errors))


if __name__ == "__main__":
    main()
