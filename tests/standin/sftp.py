"""A real SFTP server on this machine (asyncssh's), which serves a folder."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncssh


class _Anyone(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("owner", "secret")


class _Files(asyncssh.SFTPServer):
    """The folder, with the faults that a server was given."""

    def __init__(self, channel: Any, folder: Path, faults: Faults) -> None:
        self._connection, self._faults = channel.get_connection(), faults
        super().__init__(channel, chroot=str(folder))

    async def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        name, faults = path.decode(), self._faults
        await asyncio.sleep(faults.slow)
        if faults.mute and name.endswith(faults.mute):
            await asyncio.sleep(3600)
        if faults.cut and faults.cut in name and pflags & asyncssh.FXF_WRITE:
            self._connection.abort()
        if faults.full and faults.full in name and pflags & asyncssh.FXF_WRITE:
            raise asyncssh.SFTPFailure("No space left on device")
        return super().open(path, pflags, attrs)


@dataclass(frozen=True)
class Faults:
    """What is wrong with a server."""

    cut: str = ""
    """The connection ends when a file whose name holds this is opened to be written."""
    full: str = ""
    """There is no room for a file whose name holds this."""
    mute: str = ""
    """Nobody hears any more of a file whose name ends in this, once it is opened."""
    slow: float = 0
    """Seconds before each file is opened."""


@contextmanager
def sftp_server(folder: Path, **faults: Any) -> Iterator[str]:
    """The address of a running server whose root is the folder; see `Faults` for the others."""
    folder.mkdir(parents=True, exist_ok=True)
    ready = threading.Event()
    port: list[int] = []
    loop = asyncio.new_event_loop()

    async def start() -> asyncssh.SSHAcceptor:
        acceptor = await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=_Anyone,
            server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
            sftp_factory=lambda channel: _Files(channel, folder, Faults(**faults)),
        )
        port.append(acceptor.get_port())
        ready.set()
        return acceptor

    def run() -> None:
        asyncio.set_event_loop(loop)
        acceptor = loop.run_until_complete(start())
        loop.run_forever()
        acceptor.close()
        loop.run_until_complete(acceptor.wait_closed())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield f"sftp://owner:secret@127.0.0.1:{port[0]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
