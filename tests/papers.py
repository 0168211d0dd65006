"""What the newsroom's tests share: a web server on loopback that can misbehave, and papers to list."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme
from click.testing import CliRunner, Result

from podcast.cli import main

Answer = Callable[[BaseHTTPRequestHandler], None]

DATA = Path(__file__).parent / "data"
PAPERS = tuple(
    (paper["title"], paper["abstract"])
    for paper in json.loads((DATA / "papers.json").read_text(encoding="utf-8"))
)
"""Titles and abstracts, with the LaTeX that pages leave in."""


def listing() -> str:
    """The papers as they are copied from a page."""
    parts = [
        "new",
        "Get the week's papers in your inbox!",
        "Subscribe",
        "Daily Papers",
        "by the research community",
    ]
    for title, abstract in PAPERS:
        parts += ["12", "Submitted by marram", title, "·\n3 authors", abstract]
    return "\n\n".join([*parts, "Previous", "Next"])


def podcast(*words: str | Path, stdin: bytes = b"") -> Result:
    """Run the command in this process; its output is on the result."""
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; the working folder left out."""
    files = (
        path for path in folder.rglob("*") if path.is_file() and ".podcast" not in path.parts
    )
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@contextlib.contextmanager
def web(
    pages: dict[str, bytes | Answer], certificate: trustme.LeafCert | None = None
) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """A server on loopback: paths to what they answer; with TLS when it has a certificate. Gives its address,
    and the requests as they came."""
    seen: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            seen.append((self.path, dict(self.headers)))
            page = pages.get(self.path)
            self.close_connection = True
            with contextlib.suppress(OSError):
                if callable(page):
                    page(self)
                elif page is None:
                    self.send_error(404)
                else:
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(page)))
                    self.end_headers()
                    self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign, assignment]
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    try:
        yield f"http{'s' if certificate else ''}://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()


def moved(to: str) -> Answer:
    """An answer that leads elsewhere."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer
