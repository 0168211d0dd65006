"""What several benchmarks need: the machine's name, and what a command costs with all that it starts."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Of one command, which may have failed."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of processor time, with its children's."""
    memory: float
    """MB: the most that it and its children held at one moment (RSS, looked at every 10 ms)."""
    out: str
    """Its standard output, or the end of its standard error if it failed."""
    failed: bool


def machine() -> str:
    """Processor, cores, Python, and how much else is running."""
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text().splitlines() if cpus.exists() else []
    models = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.processor() or platform.machine()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}{load}"


def cost(
    command: Sequence[str | Path], *, cwd: Path | None = None, most: float | None = None
) -> Cost:
    """Run a command to its end, or for `most` seconds."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), cwd=cwd, stdout=out, stderr=err)
        peak, late = 0, False
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, held(process.pid))
            if most and not late and time.perf_counter() - began > most:
                late = True
                process.kill()
            time.sleep(0.01)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said = (
            f"not done after {most} s" if late else err.read()[-1000:] if status else out.read()
        )
    return Cost(
        wall,
        usage.ru_utime + usage.ru_stime,
        max(peak / 1024, usage.ru_maxrss / 1024),
        said,
        bool(status),
    )


def used() -> float:
    """Processor seconds of this process and of those that it waited for."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def held(pid: int) -> int:
    """Kilobytes in memory of a process and all below it; 0 where there is no /proc."""
    total = 0
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        total = pages * os.sysconf("SC_PAGE_SIZE") // 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(held(int(child)) for child in (task / "children").read_text().split())
    return total


def medians(runs: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The median of each value."""
    listed = list(runs)
    return {key: statistics.median(run[key] for run in listed) for key in listed[0]}
