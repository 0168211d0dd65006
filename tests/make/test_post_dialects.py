"""`podcast make` on posts whose front matter is JSON, Nikola's lines, or not there at all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result

from podcast.cli import main
from podcast.read.posts import read_post

DATE = "2024-05-22"
BODY = "# Lamps\n\nThe town counted its lamps last week. There were forty of them.\n"
NIKOLA = "<!--\n.. title: Lamps\n.. date: 2024-05-22 06:30:00 UTC\n-->\n\n"
JSON = '{\n  "title": "Lamps",\n  "date": "2024-05-22"\n}\n\n'


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dialects") / "show"
    made = podcast(
        "init", folder, "--title", "Hours", "--author", "Desk", "--email", "desk@hours.example"
    )
    assert made.exit_code == 0, made.output
    for path in (folder / "posts").glob("*.md"):
        path.unlink()
    return folder


def make(show: Path, name: str, text: str) -> tuple[Path, Result]:
    """The post of that name, and what `make` says of it; a silent engine speaks it."""
    post = show / "posts" / name
    post.write_text(text, encoding="utf-8")
    result = podcast("make", "--show", show, "--post", post, "--engine", "silence")
    assert result.exit_code == 0, result.output
    titles = [
        entry.title for entry in feedparser.parse(str(show / "feeds" / "feed.xml")).entries
    ]
    assert "Lamps" in titles
    assert list((show / "feeds").glob(f"{post.stem}*.mp3"))
    return post, result


def test_a_post_in_json_gets_its_facts_in_json(empty: Path) -> None:
    """The object has them, everything else stays, and the post is read as before."""
    post, _ = make(empty, f"{DATE}-in-json.md", JSON + BODY)
    text = post.read_text(encoding="utf-8")
    values, end = json.JSONDecoder().raw_decode(text)
    assert values["audio"].endswith(".mp3")
    assert re.fullmatch(r"\d\d:\d\d", values["duration"])
    assert text.startswith('{\n  "title": "Lamps",\n  "date": "2024-05-22",\n  "audio": ')
    assert text[end:] == "\n\n" + BODY
    assert read_post(post).title == "Lamps"
    _, again = make(empty, post.name, text)
    assert "unchanged" in again.output


def test_a_post_of_nikola_gets_its_facts_in_its_lines(empty: Path) -> None:
    """They follow its last line, within the comment."""
    post, _ = make(empty, f"{DATE}-of-nikola.md", NIKOLA + BODY)
    text = post.read_text(encoding="utf-8")
    head, _, body = text.partition("-->\n\n")
    assert head.startswith(
        "<!--\n.. title: Lamps\n.. date: 2024-05-22 06:30:00 UTC\n.. audio: "
    )
    assert re.search(r"^\.\. duration: \d\d:\d\d$", head, re.MULTILINE)
    assert body == BODY
    assert read_post(post).title == "Lamps"
    _, again = make(empty, post.name, text)
    assert "unchanged" in again.output


def test_a_post_without_front_matter_stays_as_it_is(empty: Path) -> None:
    """One line says that the facts are not written; the episode is published all the same."""
    post, result = make(empty, f"{DATE}-bare.md", BODY)
    assert post.read_text(encoding="utf-8") == BODY
    (line,) = [line for line in result.output.splitlines() if "no front matter" in line]
    assert post.name in line
