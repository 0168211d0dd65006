"""`podcast serve`: what a phone, an app and an attacker get from it."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from podcast.errors import PodcastError
from podcast.serve import Server, announce, serve_folder

AUDIO = bytes(range(256)) * 40


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("show")
    folder = root / "feeds"
    folder.mkdir()
    (root / "podcast.toml").write_text("secret", encoding="utf-8")
    (root / "feeds-old").mkdir()
    (root / "feeds-old" / "a.txt").write_text("secret", encoding="utf-8")
    (folder / "a.mp3").write_bytes(AUDIO)
    for name in (
        "feed.xml",
        "index.html",
        "a.vtt",
        "a.srt",
        "a.chapters.json",
        "a.json",
        "cover.jpg",
        "cover.png",
    ):
        (folder / name).write_text(f"this is {name}", encoding="utf-8")
    (folder / ".hidden").write_text("secret", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "file.txt").write_text("plain", encoding="utf-8")
    (folder / "leak.txt").symlink_to(root / "podcast.toml")
    (folder / "leak").symlink_to(root)
    (folder / "seen").symlink_to(folder / ".hidden")
    with serve_folder(folder, port=0) as running:
        yield running


def ask(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request, its path sent as it stands."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(
        method, path, headers={key.replace("_", "-"): value for key, value in headers.items()}
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mp3", "audio/mpeg"),
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.srt", "application/x-subrip; charset=utf-8"),
        ("a.chapters.json", "application/json+chapters; charset=utf-8"),
        ("a.json", "application/json"),
        ("cover.jpg", "image/jpeg"),
        ("cover.png", "image/png"),
    ],
)
def test_every_kind_of_file_has_its_type_and_length(
    server: Server, name: str, kind: str
) -> None:
    """HEAD and GET agree: 200, the type that apps expect, the length, and anyone's script may read it."""
    status, headers, body = ask(server, f"/{name}")
    assert (status, headers["content-type"], headers["content-length"]) == (
        200,
        kind,
        str(len(body)),
    )
    assert headers["access-control-allow-origin"] == "*"
    assert headers["accept-ranges"] == "bytes"
    head_status, head, nothing = ask(server, f"/{name}", "HEAD")
    assert (head_status, nothing) == (200, b"")
    for field in ("content-type", "content-length", "etag", "last-modified"):
        assert head[field] == headers[field]


def test_a_web_player_may_ask_for_ranges(server: Server) -> None:
    """A browser's preflight is answered, for a player of another site that sends Range."""
    status, headers, body = ask(server, "/a.mp3", "OPTIONS")
    assert (status, body) == (204, b"")
    assert headers["access-control-allow-origin"] == "*"
    assert headers["access-control-allow-headers"] == "range"
    assert "GET" in headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=10000-", 10_000, len(AUDIO)),
        ("bytes=-16", len(AUDIO) - 16, len(AUDIO)),
        ("bytes=10200-99999", 10_200, len(AUDIO)),
    ],
)
def test_a_range_is_answered_with_just_those_bytes(
    server: Server, wanted: str, start: int, end: int
) -> None:
    """206 with Content-Range, as players ask when they seek."""
    status, headers, body = ask(server, "/a.mp3", Range=wanted)
    assert status == 206
    assert body == AUDIO[start:end]
    assert headers["content-range"] == f"bytes {start}-{end - 1}/{len(AUDIO)}"
    assert headers["content-length"] == str(end - start)
    assert headers["content-type"] == "audio/mpeg"


def test_a_range_beyond_the_end_is_refused(server: Server) -> None:
    """416, and how long the file is."""
    status, headers, _ = ask(server, "/a.mp3", Range=f"bytes={len(AUDIO)}-")
    assert status == 416
    assert headers["content-range"] == f"bytes */{len(AUDIO)}"


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    """If-None-Match and If-Modified-Since get 304 and no body; another tag gets the file."""
    _, headers, _ = ask(server, "/a.mp3")
    assert ask(server, "/a.mp3", If_None_Match=headers["etag"])[::2] == (304, b"")
    assert ask(server, "/a.mp3", If_Modified_Since=headers["last-modified"])[::2] == (304, b"")
    assert ask(server, "/a.mp3", If_None_Match='"other"')[::2] == (200, AUDIO)


def test_a_range_of_a_file_that_changed_gets_the_whole_file(server: Server) -> None:
    """If-Range with a stale tag must not splice two versions."""
    _, headers, _ = ask(server, "/a.mp3")
    assert ask(server, "/a.mp3", Range="bytes=0-9", If_Range=headers["etag"])[0] == 206
    assert ask(server, "/a.mp3", Range="bytes=0-9", If_Range='"stale"')[::2] == (200, AUDIO)


def test_the_folder_itself_is_the_index_page(server: Server) -> None:
    """`/` is index.html; a folder without one is not listed."""
    status, headers, body = ask(server, "/")
    assert (status, body) == (200, b"this is index.html")
    assert headers["content-type"] == "text/html; charset=utf-8"
    status, _, body = ask(server, "/sub/")
    assert status == 404
    assert b"file.txt" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/../podcast.toml",
        "/sub/../../podcast.toml",
        "/%2e%2e/podcast.toml",
        "/..%2fpodcast.toml",
        "/..%5cpodcast.toml",
        "/%252e%252e/podcast.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/leak.txt",
        "/leak/podcast.toml",
        "/../feeds-old/a.txt",
        "/.hidden",
        "/sub/../.hidden",
        "/%2ehidden",
        "/seen",
        "/a.mp3%00.txt",
        "/" + "a" * 5000,
        "http://127.0.0.1/../podcast.toml",
    ],
)
def test_nothing_outside_and_nothing_hidden_is_served(server: Server, path: str) -> None:
    """Dots, encoded dots, absolute paths, symlinks, hidden files and nonsense all end in 4xx."""
    status, _, body = ask(server, path)
    assert 400 <= status < 500
    assert b"secret" not in body
    assert b"root:" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(server: Server, method: str) -> None:
    """Only GET and HEAD are answered."""
    assert ask(server, "/a.mp3", method)[0] == 405


def test_a_raw_request_line_without_sense_is_refused(server: Server) -> None:
    """A client that does not speak HTTP gets 400, and the server goes on."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(b"\x16\x03\x01\x02\x00\x01\r\n\r\n")
        assert b" 400 " in raw.recv(1000)
    assert ask(server, "/a.mp3")[0] == 200


def test_two_hundred_readers_at_once_get_their_ranges(server: Server) -> None:
    """All have connected before the first asks; none is refused, none gets another's bytes."""
    together = threading.Barrier(200, timeout=30)

    def read(start: int) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.connect()
        together.wait()
        answers = []
        for at in range(start, start + 3):
            connection.request("GET", "/a.mp3", headers={"Range": f"bytes={at}-{at + 5000}"})
            answer = connection.getresponse()
            answers.append((answer.status, answer.read()) == (206, AUDIO[at : at + 5001]))
        connection.close()
        return all(answers)

    with ThreadPoolExecutor(200) as readers:
        assert all(readers.map(read, range(200)))


def test_a_preview_says_what_it_is_and_where(server: Server, tmp_path: Path) -> None:
    """On the loopback it says that no phone gets in; on all addresses it gives one to type in."""
    assert server.lan_address == ""
    assert server.address in announce(server)
    assert "--host 0.0.0.0" in announce(server)
    with serve_folder(tmp_path, "0.0.0.0", 0) as wide:
        said = announce(wide)
        assert f"http://127.0.0.1:{wide.port}/" in said
        assert wide.lan_address in said
        assert "preview" in said


def test_a_stopped_server_frees_its_port_at_once(tmp_path: Path) -> None:
    """Stop, and the same port can be served again."""
    with serve_folder(tmp_path, port=0) as first:
        port = first.port
        ask(first, "/")
    with serve_folder(tmp_path, port=port) as second:
        assert ask(second, "/")[0] == 404


def test_what_cannot_be_served_is_said_in_a_line(server: Server, tmp_path: Path) -> None:
    """No folder, a port in use, a port that does not exist: PodcastError with the remedy."""
    with pytest.raises(PodcastError, match="podcast make"):
        serve_folder(tmp_path / "none", port=0)
    with pytest.raises(PodcastError, match="--port 0"):
        serve_folder(tmp_path, port=server.port)
    with pytest.raises(PodcastError, match="--port 0"):
        serve_folder(tmp_path, port=70_000)
