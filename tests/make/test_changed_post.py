"""A post that is corrected after its episode was made is spoken, or its owner is asked; never ignored."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from podcast.cli import main
from tests.standin import StandIn

DATE = "2024-03-02"
POST = """\
---
title: Three things by the sea
date: 2024-03-02
tags: [sea]
---

# The lighthouse
_Summarized by: Robin Vale_ [[example.org](https://example.org/lighthouse)]

The keeper painted the door of the lighthouse green. Ships were glad of it all week.

# The ferry
_Summarized by: Robin Vale_ [[example.org](https://example.org/ferry)]

The ferry carries forty cars over the sound. It leaves at eight in the morning.

# The crane
_Summarized by: Robin Vale_ [[example.org](https://example.org/crane)]

A crane was set up at the north quay. It lifts ninety tons without a sound.

**Other headlines:**
* [Seals were counted](https://example.org/seals)
"""


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with one episode, and the player's line in its post."""
    folder = tmp_path_factory.mktemp("changed") / "show"
    assert podcast("init", folder, "--url", "https://hours.example/feeds/").exit_code == 0
    for sample in (folder / "posts").glob("*"):
        sample.unlink()
    toml = folder / "podcast.toml"
    toml.write_text(
        f"include = '{{% include podcast.html %}}'\n{toml.read_text('utf-8')}", "utf-8"
    )
    (folder / "posts" / f"{DATE}-sea.md").write_text(POST, "utf-8")
    assert make(folder).exit_code == 0
    return folder


@pytest.fixture
def show(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "show"))


def make(show: Path, *words: str) -> Result:
    return podcast("make", "--show", show, "--date", DATE, "--engine", "silence", *words)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def post(show: Path) -> Path:
    return show / "posts" / f"{DATE}-sea.md"


def script(show: Path) -> Path:
    return show / "scripts" / f"{DATE}-sea.md"


def published(show: Path) -> str:
    """All that the feed names, as text; what the feed of before named stays beside it."""
    feeds = show / "feeds"
    feed = (feeds / "feed.xml").read_text("utf-8")
    named = [
        path
        for path in sorted(feeds.glob("*.*"))
        if path.name in feed and path.suffix in (".vtt", ".json")
    ]
    records = [path for path in feeds.glob("*.json") if path.name.count(".") == 1]
    return "\n".join([feed, *(path.read_text("utf-8") for path in [*named, *records])])


def complaints(show: Path) -> list[str]:
    found = json.loads(podcast("check", "--show", show, "--json").stdout)
    return [fault["what"] for fault in found if fault["severity"] == "error"]


def test_making_again_changes_nothing(show: Path) -> None:
    """Our own keys and line in the post are no change of it; nor are its tags."""
    assert "unchanged" in make(show).stdout
    assert complaints(show) == []
    change(post(show), "tags: [sea]", "tags: [sea, ships]")
    assert "unchanged" in make(show).stdout
    assert complaints(show) == []


def test_an_edition_that_is_made_twice_keeps_its_script(made: Path, tmp_path: Path) -> None:
    """From Python: facts that the first make wrote into the post are no change of it for the second."""
    from podcast import load_show, make_episode, read_edition

    show = Path(shutil.copytree(made, tmp_path / "show"))
    for path in [*(show / "scripts").glob("*"), *(show / "feeds").glob("*")]:
        path.unlink()
    post(show).write_text(POST, "utf-8")
    loaded = load_show(show)
    edition = read_edition(loaded, post(show))
    make_episode(loaded, edition, engine="silence")
    before = script(show).read_text("utf-8")

    make_episode(loaded, edition, engine="silence")

    assert script(show).read_text("utf-8") == before


def test_a_correction_is_spoken_and_the_rest_is_not_spoken_again(show: Path) -> None:
    """A script that nobody edited is written anew, and only the changed passage is voiced; no copy stays."""
    change(post(show), "forty cars", "sixty cars")
    assert any("story 2: text" in what for what in complaints(show))

    facts = json.loads(make(show, "--json").stdout)
    assert 1 <= facts["spoken"] <= 2
    assert facts["kept"] >= 4
    assert "sixty cars" in published(show)
    assert "forty cars" not in published(show)
    assert complaints(show) == []
    assert [path.name for path in (show / "scripts").iterdir()] == [script(show).name]


def test_nothing_of_a_removed_story_stays(show: Path) -> None:
    """A story that is taken out of the post is in no sound, chapter, note or feed after the next make."""
    text = post(show).read_text("utf-8")
    post(show).write_text(
        re.sub(r"# The crane\n.*?(?=\*\*Other)", "", text, flags=re.DOTALL), "utf-8"
    )
    assert make(show).exit_code == 0
    assert not re.search("crane|ninety|quay", published(show))
    assert complaints(show) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("It lifts ninety tons", "It lifts eighty tons", "story 3: text"),
        ("# The crane\n", "# Two cranes\n", "story 3: text"),
        ("title: Three things", "title: Some things", "its title or headlines"),
        ("Seals were counted", "Seals were not counted", "its title or headlines"),
    ],
)
def test_a_script_that_a_person_edited_asks(show: Path, old: str, new: str, said: str) -> None:
    """`make` stops with one line that says what changed and the two ways on; both work."""
    change(script(show), "without a sound", "without a single sound")
    assert make(show).exit_code == 0
    edited = script(show).read_bytes()
    change(post(show), old, new)

    refused = make(show)
    assert refused.exit_code == 1
    (line,) = refused.stderr.splitlines()
    assert said in line
    assert "--rewrite" in line
    assert "--keep-script" in line
    assert script(show).read_bytes() == edited
    assert podcast("script", "--show", show, "--date", DATE).exit_code == 1

    kept = make(show, "--keep-script")
    assert kept.exit_code == 0, kept.output
    assert "single sound" in published(show)
    assert complaints(show) == []
    assert "unchanged" in make(show).stdout

    change(post(show), "green", "blue")
    assert make(show).exit_code == 1
    assert make(show, "--rewrite").exit_code == 0
    assert "single sound" not in published(show)
    assert complaints(show) == []


def test_what_is_gone_and_what_is_new_is_named(show: Path) -> None:
    """Each story is named by its number: gone, new or moved."""
    change(script(show), "without a sound", "without a single sound")
    whole = post(show).read_text("utf-8")
    head, first, second, rest = re.split(r"(?m)^(?=# )", whole)

    post(show).write_text(head + second + rest, "utf-8")
    assert "(story 1: gone)" in make(show).stderr
    post(show).write_text(
        head + "# The pier\nIt is new and long.\n\n" + first + second + rest, "utf-8"
    )
    assert "(story 1: new)" in make(show).stderr
    post(show).write_text(head + second + first + rest, "utf-8")
    assert "moved" in make(show).stderr


def test_a_script_of_an_older_presscast_is_current_until_its_post_tells_otherwise(
    show: Path,
) -> None:
    """Without hashes it is spoken as it stands, and remembers its post from then on; its words stay."""
    text = re.sub(r"(?m)^(from|post|written): .*\n", "", script(show).read_text("utf-8"))
    script(show).write_text(text, "utf-8")
    (record,) = (path for path in (show / "feeds").glob("*.json") if path.name.count(".") == 1)
    old = json.loads(record.read_text("utf-8"))
    del old["from"], old["post_hash"]
    record.write_text(json.dumps(old), "utf-8")

    assert make(show).exit_code == 0
    assert re.sub(r"(?m)^(from|post): .*\n", "", script(show).read_text("utf-8")) == text
    change(post(show), "forty cars", "sixty cars")
    assert any("story 2: text" in what for what in complaints(show))
    refused = make(show)
    assert refused.exit_code == 1
    assert "story 2: text" in refused.stderr


def test_a_script_without_hashes_is_held_against_its_record(show: Path) -> None:
    """Where the post's stories are not the ones of the published episode, `make` asks."""
    text = re.sub(r"(?m)^(from|post|written): .*\n", "", script(show).read_text("utf-8"))
    script(show).write_text(text, "utf-8")
    change(post(show), "# The ferry\n", "# The ferry is late\n")
    refused = make(show)
    assert refused.exit_code == 1
    assert "story 2: title" in refused.stderr
    assert script(show).read_text("utf-8") == text


def test_a_paid_script_is_written_anew_only_when_asked(show: Path) -> None:
    """Where the writer costs money, a changed post stops with one line, and the service is not asked."""
    change(post(show), "forty cars", "sixty cars")
    before = script(show).read_bytes()
    with StandIn(key="sk-1") as service:
        env = {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": service.url}
        words = [
            "make",
            "--show",
            str(show),
            "--date",
            DATE,
            "--engine",
            "silence",
            "--writer",
            "openai",
        ]
        refused = CliRunner(env=env).invoke(main, words)
        assert refused.exit_code == 1
        assert re.search(r"story 2: text.* costs money.*--rewrite", refused.stderr)
        assert service.calls == []
    assert script(show).read_bytes() == before


def test_the_scripts_title_is_the_episodes(show: Path) -> None:
    """A title that a person edits in the script is the one that apps show."""
    change(script(show), "title: Three things by the sea", "title: An evening by the sea")
    assert make(show).exit_code == 0
    assert "<title>An evening by the sea</title>" in (show / "feeds" / "feed.xml").read_text(
        "utf-8"
    )
    assert complaints(show) == []
