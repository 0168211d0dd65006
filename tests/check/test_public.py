"""`podcast check --public`: what is said of a real server's answers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import published
import pytest
import trustme

from podcast.check import Fault, check_addresses
from podcast.model import Show
from podcast.publish import rebuild_feed
from podcast.publish.stores.folder import FolderStore
from podcast.serve import serve_folder

NOW = dt.datetime(2024, 6, 4, tzinfo=dt.UTC)
SLUG = "2024-06-03-harbours-that-listen"
Bend = Callable[[http.server.BaseHTTPRequestHandler], bool]


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    shown, _, _ = published.a_published_show(tmp_path_factory.mktemp("public"))
    return shown


def found(show: Show, address: str) -> list[Fault]:
    """What is wrong with the show at that address, where its feed says that it is."""
    there = dataclasses.replace(show, url=address)
    rebuild_feed(there, FolderStore(show.path("feeds")))
    return check_addresses(there, NOW)


def test_a_preview_answers_as_apps_want_it(show: Show) -> None:
    """HEAD, types, lengths, ranges and CORS of `podcast serve` are right."""
    with serve_folder(show.path("feeds"), port=0) as server:
        assert found(show, server.address) == []


class Bent(http.server.SimpleHTTPRequestHandler):
    """A plain server; `bend` may answer in its place."""

    bend: Bend = lambda _handler: False

    def do_GET(self) -> None:
        if not type(self).bend(self):
            super().do_GET()

    def do_HEAD(self) -> None:
        if not type(self).bend(self):
            super().do_HEAD()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def server(folder: Path, bend: Bend, context: ssl.SSLContext | None = None) -> Iterator[str]:
    handler = type("Handler", (Bent,), {"bend": staticmethod(bend)})
    running = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *of, **more: handler(*of, directory=str(folder), **more)
    )
    if context:
        running.socket = context.wrap_socket(running.socket, server_side=True)
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http{'s' if context else ''}://127.0.0.1:{running.server_port}/"
    running.shutdown()
    running.server_close()


def test_a_plain_server_is_told_what_it_lacks(show: Show) -> None:
    """No ranges, no CORS, and media types that it does not know: each is named with its file."""
    with server(show.path("feeds"), lambda _: False) as address:
        faults = found(show, address)
    said = {(fault.file, fault.rule, fault.severity) for fault in faults}
    assert (f"{SLUG}.mp3", "K13", "error") in said
    assert (f"{SLUG}.vtt", "K15", "warning") in said
    assert (f"{SLUG}.chapters.json", "K15", "warning") in said


def test_a_missing_file_and_a_wrong_type_are_named(show: Show) -> None:
    """What the server gives, and what it should."""

    def bend(handler: http.server.BaseHTTPRequestHandler) -> bool:
        if handler.path.endswith(".vtt"):
            handler.send_error(404)
            return True
        if handler.path.endswith(".mp3"):
            handler.send_response(200)
            handler.send_header("content-type", "text/html")
            handler.send_header("content-length", "7")
            handler.end_headers()
            return True
        return False

    with server(show.path("feeds"), bend) as address:
        whats = [fault.what for fault in found(show, address) if fault.severity == "error"]
    assert any(".vtt: HEAD answers 404" in what for what in whats)
    assert any("served as text/html, not audio/mpeg" in what for what in whats)
    assert any(": 7; the file has" in what for what in whats)


def test_a_redirect_is_a_remark_with_its_end(show: Show) -> None:
    """Apps follow it; an owner should know. A circle is an error."""

    def bend(handler: http.server.BaseHTTPRequestHandler) -> bool:
        if handler.path == "/feed.xml":
            handler.send_response(301)
            handler.send_header("location", "/moved/feed.xml")
        elif handler.path == "/index.html":
            handler.send_response(302)
            handler.send_header("location", "/index.html")
        else:
            return False
        handler.end_headers()
        return True

    with server(show.path("feeds"), bend) as address:
        faults = found(show, address)
    feed = [fault for fault in faults if fault.file == "feed.xml"]
    assert any(f"redirects to {address}moved/feed.xml" in fault.what for fault in feed)
    assert any(
        "redirects more than" in fault.what for fault in faults if fault.file == "index.html"
    )


def test_a_certificate_that_nobody_trusts_is_named(show: Show) -> None:
    """Each address says why it is refused."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with server(show.path("feeds"), lambda _: False, context) as address:
        faults = found(show, address)
    assert all("certificate is refused" in fault.what for fault in faults)
    assert {"feed.xml", f"{SLUG}.mp3"} <= {fault.file for fault in faults}


def test_a_server_that_is_not_there_is_named(show: Show) -> None:
    """No traceback, one line an address."""
    faults = found(show, "http://127.0.0.1:9/")
    assert faults
    assert all("no answer" in fault.what for fault in faults)
