"""`podcast` as a process of its own, that can be killed at any moment: the kernel's SIGKILL, no pretence."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import MappingProxyType

# A server that has loaded everything forks each process: what is killed is at work, not at importing.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    [
        *(
            "tests.campaigns.process",
            "podcast.cli",
            "podcast.make",
            "podcast.check",
            "podcast.stitch.pcm",
        ),
        *("podcast.read.posts", "podcast.write.template", "podcast.speak.engines.silence"),
        *(
            "numpy",
            "soxr",
            "lameenc",
            "lxml.etree",
            "feedgen.feed",
            "jinja2",
            "mutagen.id3",
            "yaml",
            "pydub",
        ),
        *("gender_guesser.detector", "PIL.Image", "sqlite3", "markdown_it"),
    ]
)
_CHANGES = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.chmod",
    "os.truncate",
    "os.link",
}


@dataclass(frozen=True)
class Ran:
    """What became of a process."""

    code: int
    """Its exit code; -9 when it was killed."""
    output: str
    """Both of its streams."""
    seconds: float
    acts: tuple[str, ...]
    """What it was about to do to the show's files, in order, where that was asked for."""

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


class Process:
    """A `podcast` that runs beside this process."""

    def __init__(
        self,
        *words: str | Path,
        env: Mapping[str, str] = MappingProxyType({}),
        watch: Path | None = None,
        kill_before: int = -1,
    ) -> None:
        """With `watch`, notes what it does to files below that folder, and dies before act `kill_before`."""
        self._notes = Path(tempfile.mkdtemp(prefix="podcast-"))
        self._started = time.monotonic()
        self._child: ForkServerProcess = _FORKS.Process(
            target=_run,
            args=([str(w) for w in words], dict(env), self._notes, watch, kill_before),
        )
        self._child.start()

    def kill(self) -> None:
        self._child.kill()

    @property
    def running(self) -> bool:
        return self._child.is_alive()

    @property
    def pid(self) -> int:
        return self._child.pid or 0

    def ended(self, timeout: float = 300) -> Ran:
        """What became of it. AssertionError when it hangs."""
        self._child.join(timeout)
        seconds = time.monotonic() - self._started
        hangs = self._child.is_alive()
        self._child.kill()
        self._child.join()
        output = _text(self._notes / "output")
        acts = _text(self._notes / "acts").splitlines()
        for path in self._notes.iterdir():
            path.unlink()
        self._notes.rmdir()
        assert not hangs, f"it still runs after {timeout} s: {output}"
        return Ran(self._child.exitcode or 0, output, seconds, tuple(acts))

    def output(self) -> str:
        """What it has said so far."""
        return _text(self._notes / "output")


def podcast(
    *words: str | Path,
    kill_after: float | None = None,
    kill_when: Callable[[], bool] | None = None,
    **more: object,
) -> Ran:
    """Run the command to its end, or until it is killed: after so many seconds, or once something is so."""
    process = Process(*words, **more)  # type: ignore[arg-type]
    if kill_after is not None:
        time.sleep(kill_after)
        process.kill()
    if kill_when:
        while process.running and not kill_when():
            time.sleep(0.001)
        process.kill()
    return process.ended()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _run(
    words: Sequence[str],
    env: Mapping[str, str],
    notes: Path,
    watch: Path | None,
    kill_before: int,
) -> None:
    os.setsid()
    out = os.open(notes / "output", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    os.environ.update(env)
    if watch:
        _watch(str(watch), notes / "acts", kill_before)
    from podcast.cli import main

    main(list(words), prog_name="podcast")


def _watch(folder: str, log: Path, kill_before: int) -> None:
    handle = os.open(log, os.O_WRONLY | os.O_CREAT)
    count = 0

    def heard(event: str, args: tuple[object, ...]) -> None:
        nonlocal count
        if event == "open":
            flags = args[2] if isinstance(args[2], int) else 0
            if not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                return
        elif event not in _CHANGES:
            return
        path = str(args[0])
        if not path.startswith(folder):
            return
        to = str(args[1]) if event == "os.rename" else path
        os.write(handle, f"{event.removeprefix('os.')} {to.removeprefix(folder)}\n".encode())
        if count == kill_before:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    sys.addaudithook(heard)
