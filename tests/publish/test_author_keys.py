"""The author's front matter is the author's: no key that somebody else wrote changes by a byte."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from podcast.cli import main

BODY = "\n# The lighthouse\nThe keeper painted the door of the lighthouse green, and the ships were glad.\n"

POSTS = {
    "Jekyll, a release": (
        '---\ntitle: A\ndate: 2024-03-02\nversion: "2.4.1"\n---\n',
        ['version: "2.4.1"'],
    ),
    "Jekyll, a podcast": (
        "---\ntitle: A\ndate: 2024-03-02\naudio:\n  mp3: one.mp3\n  m4a: one.m4a\nduration: '1:02:03'\n---\n",
        ["audio:\n  mp3: one.mp3\n  m4a: one.m4a\nduration: '1:02:03'\n"],
    ),
    "Jekyll, a review": (
        "---\ntitle: A\ndate: 2024-03-02\nmodel: X100V # new\ncost: 1399\nheaders:\n  - image: a.jpg\n---\n",
        ["model: X100V # new\ncost: 1399\nheaders:\n  - image: a.jpg\n"],
    ),
    "Hugo in TOML": (
        '+++\ntitle = "A"\ndate = 2024-03-02\nversion = "3.1"\ncost = 12.5\n[audio]\nmp3 = "one.mp3"\n+++\n',
        ['version = "3.1"\ncost = 12.5\n', '[audio]\nmp3 = "one.mp3"\n'],
    ),
    "Hugo in YAML": (
        "---\ntitle: A\ndate: 2024-03-02\nprocessing: by hand\nbytes: [1, 2]\n---\n",
        ["processing: by hand\nbytes: [1, 2]\n"],
    ),
    "Pelican": (
        "Title: A\nDate: 2024-03-02\nVersion: 3.1\nDuration: 1:02:03\n",
        ["Version: 3.1\nDuration: 1:02:03\n"],
    ),
}


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def write_post(show: Path, front: str) -> Path:
    path = show / "posts" / "2024-03-02-a.md"
    path.write_text(front + BODY, encoding="utf-8")
    return path


def make(show: Path, *words: str) -> Result:
    result = podcast(
        "make", "--show", show, "--date", "2024-03-02", "--engine", "silence", "-v", *words
    )
    assert result.exit_code == 0, result.output
    return result


def use(show: Path, setting: str) -> None:
    toml = show / "podcast.toml"
    toml.write_text(f"{setting}\n{toml.read_text('utf-8')}", "utf-8")


def wrong(show: Path) -> list[str]:
    found = json.loads(podcast("check", "--show", show, "--json").stdout)
    return [fault["what"] for fault in found if fault["severity"] == "error"]


@pytest.mark.parametrize("kind", POSTS)
def test_the_authors_keys_stay(show: Path, kind: str) -> None:
    """What the author wrote under a fact's name stays to the byte, is said once, and `check` agrees."""
    front, kept = POSTS[kind]
    path = write_post(show, front)

    said = make(show).stderr
    first = path.read_text("utf-8")
    assert all(lines in first for lines in kept)
    assert len(re.findall("the post's own", said)) == 1
    assert wrong(show) == []

    assert "the post's own" not in make(show).stderr
    assert path.read_text("utf-8") == first


@pytest.mark.parametrize("kind", POSTS)
def test_facts_may_have_names_of_their_own(show: Path, kind: str) -> None:
    """`facts = "prefixed"` adds all eight with a prefix, in each dialect, and touches nothing else."""
    use(show, 'facts = "prefixed"')
    front, kept = POSTS[kind]
    path = write_post(show, front)
    make(show)
    text = path.read_text("utf-8")
    assert all(lines in text for lines in kept)
    assert len(re.findall(r"^podcast_\w+", text, re.MULTILINE)) == 8
    assert wrong(show) == []
    assert "page.podcast_audio" in podcast("embed", "--show", show, "--kind", "jekyll").stdout


def test_a_post_may_get_no_facts(show: Path) -> None:
    """`facts = "none"` leaves the post as it is."""
    use(show, 'facts = "none"')
    path = write_post(show, POSTS["Jekyll, a release"][0])
    before = path.read_bytes()
    make(show)
    assert path.read_bytes() == before
    assert wrong(show) == []


MAGAZINE = """\
---
title: A
audio: 2024-03-02-a-night.mp3
date: 2024-03-02
duration: "11:27"
bytes: 2750636
model: gpt-4-turbo-preview
cost: 1.13
processing: "0:03:15.918598"
version: "0.0.1"
---
"""


@pytest.mark.parametrize("headers", ["", 'headers: " * The lighthouse"\n'])
def test_a_post_of_the_magazine_is_ours_to_update(show: Path, headers: str) -> None:
    """Where all keys stand together as the magazine writes them, they are brought up to date."""
    path = write_post(show, MAGAZINE.replace("---\n", f"---\n{headers}", 1))
    make(show)
    text = path.read_text("utf-8")
    assert "audio: 2024-03-02-a.mp3\n" in text
    assert "2750636" not in text
    assert "gpt-4" not in text


def test_what_we_wrote_is_updated_and_what_the_author_changed_is_not(show: Path) -> None:
    """After a make, a key that the author sets to something else is the author's; all others are ours."""
    path = write_post(show, "---\ntitle: A\ndate: 2024-03-02\n---\n")
    make(show)
    old = path.read_text("utf-8")
    path.write_text(
        re.sub(r"^version: .*$", "version: of the sea", old, flags=re.MULTILINE), "utf-8"
    )

    script = show / "scripts" / "2024-03-02-a.md"
    script.write_text(script.read_text("utf-8").replace("green", "bright green"), "utf-8")
    make(show)
    text = path.read_text("utf-8")
    assert "version: of the sea\n" in text
    record = json.loads((show / "feeds" / "2024-03-02-a.json").read_text("utf-8"))
    assert f"bytes: {record['bytes']}\n" in text
    assert wrong(show) == []


def test_a_run_that_ended_before_the_post_was_written_is_made_good(show: Path) -> None:
    """The record is new and the post has the facts before it: they are known as ours, and updated."""
    path = write_post(show, '---\ntitle: A\ndate: 2024-03-02\nversion: "2.4.1"\n---\n')
    make(show)
    old = path.read_bytes()
    script = show / "scripts" / "2024-03-02-a.md"
    script.write_text(
        script.read_text("utf-8").replace("green", "bright green and white"), "utf-8"
    )
    make(show)
    new = path.read_bytes()
    assert new != old

    path.write_bytes(old)
    make(show)
    assert path.read_bytes() == new
