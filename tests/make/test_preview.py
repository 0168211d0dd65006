"""`podcast preview`: an edition is heard, edited and heard again, and nothing is published."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import re
import shutil
import signal
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from test_many import new, podcast

__all__ = ["new"]

SLUG = "2024-06-09-a-ferry-at-night"
POST = """---
title: A ferry at night
date: 2024-06-09
draft: true
---
# A ferry that charges at night

_Summarized by: Noor Haddad_ [[harbour.example](https://harbour.example/ferry)]

The town has bought a ferry that runs on batteries. It charges at night, when power is cheap. The crew
measured its noise in March, and it was quieter than the wind.
"""


PODCAST = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from podcast.cli import main; main()"
)
"""The command, which Ctrl-C ends: where tests run in the background, a child ignores it."""


@pytest.fixture
def show(new: Path, tmp_path: Path) -> Path:
    """A show with a draft."""
    show = Path(shutil.copytree(new, tmp_path / "show"))
    (show / "drafts").mkdir()
    (show / "drafts" / f"{SLUG}.md").write_text(POST, encoding="utf-8")
    return show


class Listener:
    """A running `podcast preview`, as its page sees it."""

    def __init__(self, show: Path, *words: str) -> None:
        post = show / "drafts" / f"{SLUG}.md"
        command = [
            sys.executable,
            "-c",
            PODCAST,
            "preview",
            "--show",
            str(show),
            "--post",
            str(post),
        ]
        self.run = subprocess.Popen([*command, *words], stdout=subprocess.PIPE, text=True)
        assert self.run.stdout
        found = re.search(r"http://\S+", self.run.stdout.readline())
        assert found
        self.address = found[0]

    def ask(self, path: str, host: str = "") -> tuple[int, bytes]:
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        connection.request("GET", path, headers={"host": host} if host else {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def until_whole(self, after: int = -1) -> dict[str, Any]:
        """The first state after this one in which all is spoken, checked and stitched, or is at fault."""
        version = after
        while True:
            status, body = self.ask(f"/state?after={version}")
            assert status == 200
            state: dict[str, Any] = json.loads(body)
            version = state["version"]
            if version > after and (state["episode"] or state["fault"]):
                return state

    def end(self) -> int:
        """Press Ctrl-C; the exit code."""
        self.run.send_signal(signal.SIGINT)
        return self.run.wait(30)


@pytest.fixture
def listener(show: Path) -> Iterator[Listener]:
    listener = Listener(show, "--engine", "silence")
    yield listener
    if listener.run.poll() is None:
        listener.run.kill()
        listener.run.wait()


def lines_of(state: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for chapter in state["chapters"] for line in chapter["lines"]]


def tree(show: Path) -> dict[str, str]:
    """Each file of a show but for its caches, with a hash of what it holds."""
    return {
        str(path.relative_to(show)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(show.rglob("*"))
        if path.is_file() and ".podcast" not in path.parts
    }


def test_a_draft_is_heard_edited_and_heard_again(show: Path, listener: Listener) -> None:
    """Each line has its take; after an edit only the changed line is spoken; a broken script is said, and
    what was there stays; what the post does not support is marked; the show is as it was."""
    before = tree(show)
    whole = listener.until_whole()
    script = Path(whole["script"])
    assert script == show.absolute() / ".podcast" / "preview" / f"{SLUG}.md"
    lines = lines_of(whole)
    assert whole["done"] == whole["total"] == len(lines) == whole["spoken_now"] > 2
    for line in lines:
        status, sound = listener.ask(f"/audio/{line['key']}")
        assert status == 200
        with wave.open(io.BytesIO(sound)) as file:
            assert file.getnframes() > 0
    assert listener.ask(f"/audio/{whole['episode']}")[1][:3] in (
        b"ID3",
        b"\xff\xfb\x74",
        b"\xff\xfb\x94",
    )

    text = script.read_text(encoding="utf-8")
    assert "in March" in text
    script.write_text(text.replace("in March", "in April 1950"), encoding="utf-8")
    edited = listener.until_whole(whole["version"])
    assert edited["spoken_now"] == 1
    assert (
        sum(line["key"] not in {old["key"] for old in lines} for line in lines_of(edited)) == 1
    )
    marked = [line for line in lines_of(edited) if line["faults"]]
    assert [("April 1950" in line["text"]) for line in marked] == [True]

    script.write_text("## no front matter", encoding="utf-8")
    broken = listener.until_whole(edited["version"])
    assert "front matter" in broken["fault"]
    assert lines_of(broken) == lines_of(edited)

    assert listener.end() == 0
    assert tree(show) == before


def test_an_edited_post_is_taken_up(show: Path, listener: Listener) -> None:
    """A new text of the post is in the script and is spoken; a script that somebody edited stays, and the
    page says that its post has changed."""
    post = show / "drafts" / f"{SLUG}.md"
    whole = listener.until_whole()
    post.write_text(POST.replace("in March", "in October"), encoding="utf-8")
    followed = listener.until_whole(whole["version"])
    assert any("October" in line["text"] for line in lines_of(followed))
    assert 0 < followed["spoken_now"] < whole["spoken_now"]
    assert followed["notice"] == ""

    script = Path(followed["script"])
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("in October", "in December"), encoding="utf-8")
    edited = listener.until_whole(followed["version"])
    post.write_text(POST.replace("in March", "in June"), encoding="utf-8")
    noticed = listener.until_whole(edited["version"])
    assert "--rewrite" in noticed["notice"]
    assert any("December" in line["text"] for line in lines_of(noticed))


def test_its_page_has_the_player_of_published_pages(listener: Listener) -> None:
    """Once the episode is whole, every line has its place in it, and the player its waveform and chapters."""
    whole = listener.until_whole()
    starts = [line["start"] for line in lines_of(whole)]
    assert starts == sorted(starts)
    status, player = listener.ask(f"/player/{whole['episode']}")
    assert status == 200
    assert b'class="wave"' in player
    assert f"audio/{whole['episode']}".encode() in player
    assert listener.ask("/player/episode-0.mp3")[0] == 404


def test_no_other_site_reaches_it(listener: Listener) -> None:
    """A request that came by another name is refused, and a path leads nowhere."""
    assert listener.ask("/", host="evil.example")[0] == 400
    assert listener.ask("/audio/..%2F..%2Fpodcast.toml")[0] == 404
    status, page = listener.ask("/")
    assert status == 200
    assert b"default-src 'none'" in page


def test_the_script_that_is_saved_is_the_one_that_is_heard(show: Path) -> None:
    """Where `make` has a script, the preview is of that one."""
    post = show / "drafts" / f"{SLUG}.md"
    out, _ = podcast("script", "--show", show, "--post", post)
    listener = Listener(show, "--engine", "silence")
    assert listener.until_whole()["script"] == str(Path(out.strip()).absolute())
    assert listener.end() == 0


def test_wrong_use_is_said() -> None:
    """A preview is of one edition, in one voice."""
    podcast("preview", code=2)
    podcast("preview", "--date", "2024-06-09", "--fast", "--engine", "silence", code=2)
