"""Lock of a store.

A small file that says which machine publishes there, and that it still does.

A machine that dies leaves its file behind. It is taken over at once by whoever runs where it
ran, and by others once it has not changed for some time. They measure that by their own clock,
for no two clocks agree.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from podcast.errors import LostLockError, PublishError

LOCK_NAME = ".publishing.lock"
# Seconds without a sign of life after which a lock's owner counts as gone.
EXPIRY = 90.0
# Seconds to wait for a machine that is alive.
PATIENCE = 1800.0
# Signs of life within EXPIRY: one that is late takes no lock away.
_BEATS = 4
# Seconds between two looks at another machine's lock: more and more.
_FIRST_LOOK, _LAST_LOOK = 0.05, 1.0
log = logging.getLogger(__name__)


class LockFile(Protocol):
    """The lock's file in one kind of store."""

    def read(self) -> bytes | None:
        """Its content; None when there is none."""
        ...

    def create(self, content: bytes) -> bool:
        """Put it there. MUST be false when there is one: of two machines, one may succeed."""
        ...

    def overwrite(self, content: bytes) -> None:
        """Put other content there."""
        ...

    def take_over(self, seen: bytes, content: bytes) -> bool:
        """Put other content in place of `seen`; false when another machine was first."""
        ...

    def remove(self) -> None:
        """Remove it; no error when there is none."""
        ...


class Lease:
    """The right to write what all machines write, held by a lock file, renewed by a thread."""

    def __init__(self, file: LockFile, place: str, expiry: float = EXPIRY) -> None:
        self._file, self._place, self._expiry = file, place, expiry
        self._token = uuid.uuid4().hex
        self._beat = 0
        self._ended = threading.Event()

    @contextmanager
    def held(self) -> Iterator[Lease]:
        """Hold the lock while the block runs.

        Raises PublishError when others hold it all the time.
        """
        self._acquire()
        beats = threading.Thread(target=self._keep_alive, name="lock", daemon=True)
        beats.start()
        try:
            yield self
        finally:
            self._ended.set()
            beats.join()
            # What cannot be removed expires, and must not hide the error that ended the block.
            with suppress(PublishError):
                self._release()

    def confirm(self) -> None:
        """Raise LostLockError when another machine has taken the lock."""
        if not self._is_ours(self._file.read()):
            raise LostLockError(f"{self._place}: another machine publishes there. Run it again")

    def _acquire(self) -> None:
        started = time.monotonic()
        watched, since, pause = b"", started, _FIRST_LOOK

        while not self._try_to_create():
            content = self._file.read()
            if content is None:
                continue

            now = time.monotonic()
            if content != watched:
                watched, since = content, now
            is_free = _is_dead(content) or now - since > self._expiry
            if is_free and self._file.take_over(content, self._content()):
                return

            if now - started > PATIENCE:
                raise PublishError(
                    f"{self._place}: {_owner(content)} publishes there all the time. Run it "
                    f"later"
                )
            if pause == _FIRST_LOOK:
                log.info("%s: waiting for %s, which publishes", self._place, _owner(content))
            time.sleep(pause)
            pause = min(pause * 1.5, _LAST_LOOK)

    def _try_to_create(self) -> bool:
        """Create the lock. What is there then is read: some services heed no condition."""
        self._file.create(self._content())
        return self._is_ours(self._file.read())

    def _keep_alive(self) -> None:
        while not self._ended.wait(self._expiry / _BEATS):
            # A service that is away for a moment may be back at the next beat.
            with suppress(PublishError):
                self.confirm()
                self._beat += 1
                self._file.overwrite(self._content())

    def _release(self) -> None:
        if self._is_ours(self._file.read()):
            self._file.remove()

    def _content(self) -> bytes:
        values = {
            "host": socket.gethostname(),
            "machine": _machine(),
            "process": os.getpid(),
            "token": self._token,
            "beat": self._beat,
        }
        return json.dumps(values).encode()

    def _is_ours(self, content: bytes | None) -> bool:
        return content is not None and _values(content).get("token") == self._token


def _values(content: bytes) -> dict[str, object]:
    """What a lock says; nothing, when it is half-written or somebody else's."""
    try:
        values = json.loads(content)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def _owner(content: bytes) -> str:
    host = _values(content).get("host")
    return f"{host}" if host else "another machine"


def _is_dead(content: bytes) -> bool:
    """Tell whether a lock's process ran here and does so no more."""
    values = _values(content)
    process = values.get("process")
    if values.get("machine") != _machine() or not isinstance(process, int):
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _machine() -> str:
    """What tells this run of this machine, or of its container, from all others."""
    parts = [socket.gethostname(), str(uuid.getnode())]
    with suppress(OSError):
        parts.append(
            Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        )
    # Process ids mean the same within one namespace only.
    with suppress(OSError):
        parts.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return " ".join(parts)
