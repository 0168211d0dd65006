"""The published folder over HTTP, for this machine or a phone in the same network.

A preview: it has no encryption and no authentication, and it is not meant for the open
internet.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.errors import PodcastError
from podcast.util.files import media_type

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

# For every file: other sites' players may read it, and a remade episode is seen at once.
HEADERS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": (
        "accept-ranges, content-length, content-range, etag, last-modified"
    ),
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
}


class Server:
    """A running preview of a folder; `stop` ends it. Works as a context manager."""

    def __init__(self, server: uvicorn.Server, listener: socket.socket) -> None:
        self._server = server
        self._listener = listener
        self._thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="serve", daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._listener.getsockname()[1])

    @property
    def address(self) -> str:
        """Where this machine finds it."""
        host = self._listener.getsockname()[0]
        here = "127.0.0.1" if host in ("0.0.0.0", "::") else _literal(host)  # noqa: S104
        return f"http://{here}:{self.port}/"

    @property
    def lan_address(self) -> str:
        """Where a phone in the same network finds it; empty when none can."""
        host = self._listener.getsockname()[0]
        if ipaddress.ip_address(host).is_loopback:
            return ""
        host = _lan_host() if host in ("0.0.0.0", "::") else host  # noqa: S104
        return f"http://{_literal(host)}:{self.port}/" if host else ""

    def wait(self) -> None:
        """Serve until it is stopped."""
        self._thread.join()

    def stop(self) -> None:
        """End all connections and close the port."""
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join()
        self._listener.close()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def serve_folder(folder: Path, host: str = "127.0.0.1", port: int = 8000) -> Server:
    """Start to serve the files of `folder`; port 0 takes a free one.

    `host` "0.0.0.0" lets other machines of the network in. Raises PodcastError when it cannot.
    """
    if not folder.is_dir():
        raise PodcastError(
            f"{folder}: nothing is published yet. Make an episode first: podcast make"
        )
    return serve_app(_app(folder), host, port)


def serve_app(app: Starlette, host: str, port: int) -> Server:
    """Start to serve an application; port 0: a free one. Raises PodcastError."""
    import uvicorn

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        raise PodcastError(
            f"cannot serve at {host} port {port}: {error}. Try another: --port 0"
        ) from error
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, lifespan="off", ws="none"
    )
    return Server(uvicorn.Server(config), listener)


def announce(server: Server) -> str:
    """Tell whoever started the preview where it is, for whom, and how it ends."""
    if lan := server.lan_address:
        where = (
            f"  here:          {server.address}\n"
            f"  on your phone: {lan}  (in the same network)\n"
            f"  its feed:      {lan}feed.xml"
        )
    else:
        where = f"  {server.address}  (this machine only; --host 0.0.0.0 lets your phone in)"
    return f"Serving a preview, not a public host:\n{where}\nStop it with Ctrl-C."


def _app(folder: Path) -> Starlette:
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.routing import Mount
    from starlette.staticfiles import PathLike, StaticFiles
    from starlette.types import Scope

    class Published(StaticFiles):
        """Ranges, ETags and bounds are Starlette's; types, CORS and what is hidden are ours."""

        async def get_response(self, path: str, scope: Scope) -> Response:
            """A browser may ask first whether it may ask: the CORS preflight of Fetch."""
            if scope["method"] == "OPTIONS":
                may = {
                    "access-control-allow-methods": "GET, HEAD",
                    "access-control-allow-headers": "range",
                }
                return Response(status_code=204, headers=HEADERS | may)
            return await super().get_response(path, scope)

        def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
            full_path, stat = super().lookup_path(path)
            if stat:
                parts = Path(full_path).relative_to(folder.resolve()).parts
                # Half-written files, `.env`, `.git`: what begins with a dot is not published.
                if any(part.startswith(".") for part in parts):
                    return "", None
            return full_path, stat

        def file_response(
            self,
            full_path: PathLike,
            stat_result: os.stat_result,
            scope: Scope,
            status_code: int = 200,
        ) -> Response:
            response = super().file_response(full_path, stat_result, scope, status_code)
            response.headers.update(HEADERS)
            if response.status_code == 200 and (kind := media_type(os.fspath(full_path))):
                response.headers["content-type"] = kind
            return response

    return Starlette(routes=[Mount("/", Published(directory=folder, html=True))])


def _literal(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _lan_host() -> str:
    """This machine's address in its network; empty for none. Connecting UDP sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        # RFC 5737: an address that belongs to nobody.
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
