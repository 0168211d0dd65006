"""A real SFTP server on this machine (asyncssh's), which serves a folder."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
    """The folder; the connection ends when a file whose name holds `cut` is opened to be written."""

    def __init__(self, channel: Any, folder: Path, cut: str) -> None:
        self._connection, self._cut = channel.get_connection(), cut
        super().__init__(channel, chroot=str(folder))

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        if self._cut and self._cut in path.decode() and pflags & asyncssh.FXF_WRITE:
            self._connection.abort()
        return super().open(path, pflags, attrs)


@contextmanager
def sftp_server(folder: Path, cut: str = "") -> Iterator[str]:
    """The address of a running server whose root is the folder; see `_Files` for `cut`."""
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
            sftp_factory=lambda channel: _Files(channel, folder, cut),
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
