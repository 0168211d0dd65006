"""Watches a call: how long it takes, where it writes, whom it asks, and what it raises."""

from __future__ import annotations

import errno
import faulthandler
import os
import re
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from types import FrameType
from typing import Any

from podcast.errors import PodcastError

SECONDS = 5
"""No input may take more, of processor time: other work on the machine does not count."""
_STUCK = 120
"""After this time a call that does not even use the processor ends the process, with a traceback."""
_MOST = 1000
"""The longest line that is still a message, in characters."""
_WRITES = {
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
}
_THROUGHOUT = ("/dev/null", "/dev/tty", "/proc/")


class Hang(BaseException):
    """The call took too long; no handler of the code under test is meant to catch it."""


class Escape(BaseException):
    """The call wrote outside of the show, or asked the network."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with how an input was taken."""

    kind: str
    """`crash`, `hang`, `escape` or `message`."""
    what: str
    where: str
    """The innermost line of presscast: what is found there is one thing."""

    def __str__(self) -> str:
        return f"{self.kind} at {self.where}: {self.what}"


_allowed: list[Path] = []
"""The only folder below which may be written now; none: anywhere, for nothing is watched."""


@cache
def watch() -> None:
    """Look at everything this process opens, from now on: an audit hook cannot be taken back."""
    sys.addaudithook(_hook)
    signal.signal(signal.SIGPROF, _late)


def tried(call: Callable[[Path, bytes], object], says: str, data: bytes) -> Found | None:
    """What is wrong with how `call` takes `data` in a show of its own; None when all is well.

    `says` is a regular expression that each line of a PodcastError must begin with; `{show}` in it stands for
    the show's folder.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as around:
        show = Path(around, "show")
        show.mkdir()
        pattern = says.replace("{show}", re.escape(str(show)))
        try:
            with _bound(show):
                call(show, data)
        except PodcastError as error:
            return _message(error, pattern)
        except (Exception, Hang, Escape) as error:
            kind = {Hang: "hang", Escape: "escape"}.get(type(error), "crash")
            return Found(kind, f"{type(error).__name__}: {error}"[:300], _where(error))
        finally:
            outside = sorted({path.name for path in Path(around).iterdir()} - {"show"})
        return Found("escape", f"wrote {outside} beside the show", "") if outside else None


def _message(error: PodcastError, pattern: str) -> Found | None:
    lines = str(error).splitlines() or [""]
    for line in lines:
        wrong = (
            "not printable" if not line.replace("\xa0", " ").isprintable()
            else f"{len(line)} characters long" if len(line) > _MOST
            else "does not say where" if not re.match(pattern, line)
            else ""
        )  # fmt: skip
        if wrong:
            return Found("message", f"{wrong}: {line!r}"[:400], _where(error))
    return None


def _where(error: BaseException) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/podcast/" in f.filename]
    last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    return f"{last.filename.partition('/podcast/')[2] or last.filename}:{last.lineno}"


@contextmanager
def _bound(allowed: Path) -> Iterator[None]:
    _allowed.append(allowed.resolve())
    faulthandler.dump_traceback_later(_STUCK, exit=True)
    signal.setitimer(signal.ITIMER_PROF, SECONDS, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
        _allowed.clear()


def _late(_number: int, _frame: FrameType | None) -> None:
    if _allowed:
        raise Hang(f"more than {SECONDS} s")


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if not _allowed:
        return
    if event == "open":
        path, mode, flags = args
        writes = isinstance(mode, str) and set(mode) & set("wax+")
        if writes or (
            isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        ):
            _inside(event, path)
    elif event in _WRITES:
        for path in args[:2] if event in ("os.rename", "os.link", "os.symlink") else args[:1]:
            _inside(event, path)
    elif event == "sqlite3.connect":
        _inside(event, args[0])
    elif event == "socket.getaddrinfo":
        if not re.fullmatch(r"[\d.]+|[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*", str(args[0])):
            raise socket.gaierror(socket.EAI_NONAME, "no name is looked up here")
    elif event == "socket.connect" and ip_address(args[1][0].partition("%")[0]).is_global:
        raise OSError(errno.ENETUNREACH, "no network is reached here")
    elif event in ("socket.connect", "subprocess.Popen", "os.system"):
        raise Escape(f"{event} {args[:2]!r}")


def _inside(event: str, path: object) -> None:
    if isinstance(path, int) or path in (":memory:", b":memory:"):
        return
    given = Path(os.fsdecode(path))  # type: ignore[arg-type]
    whole = given.parent.resolve() / given.name
    if not (whole.is_relative_to(_allowed[0]) or str(whole).startswith(_THROUGHOUT)):
        raise Escape(f"{event} {whole}")
