"""What is refused unless forced: silence beside sound, other languages; and covers that nobody takes."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from podcast.cli import main
from podcast.config import feed_guid

ENGLISH = "# The lighthouse\nThe keeper painted the door of the lighthouse green, and the ships were glad.\n"
GERMAN = "# Der Leuchtturm\nDer Wärter hat die Tür des Leuchtturms grün gestrichen, und die Schiffe sind froh.\n"
CHINESE = "# 新起重机到港\n星期二，一台四十米高的起重机乘驳船到达北码头。\n"


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def new_show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("refusals") / "show"
    assert podcast("init", folder).exit_code == 0
    for sample in (folder / "posts").glob("*"):
        sample.unlink()
    return folder


@pytest.fixture
def show(new_show: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new_show, tmp_path / "show"))


def write_post(show: Path, day: int, body: str = ENGLISH, title: str = "A") -> None:
    (show / "posts" / f"2024-03-0{day}-a.md").write_text(
        f"---\ntitle: {title}\n---\n{body}", "utf-8"
    )


def make(show: Path, *words: str, engine: str = "silence") -> Result:
    return podcast("make", "--show", show, "--engine", engine, *words)


def set_value(show: Path, key: str, value: str) -> None:
    toml = show / "podcast.toml"
    text, count = re.subn(
        rf"(?m)^{key} = .*?(?=  #|$)", f"{key} = {value}", toml.read_text("utf-8")
    )
    assert count == 1
    toml.write_text(text, "utf-8")


def refusal(result: Result) -> str:
    """The one line that is said, but for the reminder of placeholders."""
    assert result.exit_code == 1, result.output
    (line,) = [line for line in result.stderr.splitlines() if "placeholders" not in line]
    return line


def faults(show: Path, word: str) -> list[str]:
    found = json.loads(podcast("check", "--show", show, "--json").stdout)
    return [fault["severity"] for fault in found if word in fault["what"]]


def test_silence_does_not_join_audible_episodes(show: Path) -> None:
    """Where an episode is audible, a silent one neither replaces it nor joins it, unless forced."""
    write_post(show, 1)
    write_post(show, 2)
    assert make(show, "--date", "2024-03-01", engine="espeak").exit_code == 0
    for selection in (("--date", "2024-03-01"), ("--date", "2024-03-02"), ("--all",)):
        assert "silence is not audible" in refusal(make(show, *selection))
    assert faults(show, "is silent") == []

    assert make(show, "--date", "2024-03-02", "--force").exit_code == 0
    assert faults(show, "is silent") == ["error"]


def test_a_show_of_silence_alone_is_warned_of(show: Path) -> None:
    """Nothing is refused where nothing is audible yet; `check` warns."""
    write_post(show, 1)
    assert make(show, "--date", "2024-03-01").exit_code == 0
    assert faults(show, "is silent") == ["warning"]


@pytest.mark.parametrize("body", [GERMAN, CHINESE])
def test_a_post_in_another_language_is_refused(show: Path, body: str) -> None:
    """In one line, before anything is written; `--force` speaks it."""
    write_post(show, 1, body)
    before = sorted(show.rglob("*"))
    assert "the post is in " in refusal(
        podcast("script", "--show", show, "--date", "2024-03-01")
    )
    assert "--force" in refusal(make(show, "--date", "2024-03-01"))
    assert "the post is in " in make(show, "--all").output
    assert [path for path in sorted(show.rglob("*")) if ".podcast" not in path.parts] == before
    assert podcast("script", "--show", show, "--date", "2024-03-01", "--force").exit_code == 0


@pytest.mark.parametrize("command", ["make", "doctor", "check", "script", "feed", "voices"])
def test_a_language_that_nobody_speaks_is_refused(show: Path, command: str) -> None:
    """By every command that reads the settings; nothing is written."""
    write_post(show, 1)
    set_value(show, "language", '"de"')
    words = ["--date", "2024-03-01"] if command in ("make", "script") else []
    result = podcast(command, "--show", show, *words)
    assert result.exit_code == 1
    assert "presscast speaks English alone" in result.output
    assert not list((show / "scripts").iterdir())


@pytest.mark.parametrize("language", ["en", "en-US", "EN-gb"])
def test_english_is_taken_in_any_case(show: Path, language: str) -> None:
    """The feed has it in lower case."""
    write_post(show, 1)
    set_value(show, "language", f'"{language}"')
    assert make(show, "--date", "2024-03-01").exit_code == 0
    assert f"<language>{language.lower()}</language>" in (
        show / "feeds" / "feed.xml"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("size", "mode", "form", "said"),
    [((1400, 1000), "RGB", "JPEG", "1400 x 1000"), ((600, 600), "RGB", "JPEG", "600 x 600"),
     ((1400, 1400), "CMYK", "JPEG", "CMYK"), ((1400, 1400), "RGB", "PNG", "a PNG")],
)  # fmt: skip
def test_a_cover_that_directories_refuse_is_refused(
    show: Path, size: tuple[int, int], mode: str, form: str, said: str
) -> None:
    """Before a script is written and a word is spoken."""
    write_post(show, 1)
    Image.new(mode, size).save(show / "assets" / "cover.jpg", form)
    assert said in refusal(make(show, "--date", "2024-03-01"))
    assert not list((show / "scripts").iterdir())


def test_each_new_show_has_a_guid_of_its_own(show: Path, tmp_path: Path) -> None:
    """Without an address two shows differ; with the real one it is made from it, once, and kept."""
    other = tmp_path / "other"
    assert podcast("init", other).exit_code == 0
    guids = [
        tomllib.loads((folder / "podcast.toml").read_text("utf-8"))["guid"]
        for folder in (show, other)
    ]
    assert guids[0] != guids[1]
    assert [uuid.UUID(guid).version for guid in guids] == [5, 5]

    write_post(show, 1)
    assert "placeholders in podcast.toml: url, link and email" in make(show, "--all").stderr
    assert guids[0] in (show / "feeds" / "feed.xml").read_text("utf-8")

    set_value(show, "url", '"https://smallhours.net/feeds/"')
    assert make(show, "--all", "--dry-run").exit_code == 0
    assert guids[0] in (show / "podcast.toml").read_text("utf-8")
    assert make(show, "--all").exit_code == 0
    real = feed_guid("https://smallhours.net/feeds/feed.xml")
    assert f'guid = "{real}"\n' in (show / "podcast.toml").read_text("utf-8")
    assert f"<podcast:guid>{real}</podcast:guid>" in (show / "feeds" / "feed.xml").read_text(
        "utf-8"
    )

    set_value(show, "url", '"https://moved.net/feeds/"')
    assert make(show, "--all").exit_code == 0
    assert f"<podcast:guid>{real}</podcast:guid>" in (show / "feeds" / "feed.xml").read_text(
        "utf-8"
    )


def test_placeholders_are_said_where_addresses_go_out(show: Path) -> None:
    """`embed` and `mail` say in one line that addresses are placeholders, as `make` does."""
    write_post(show, 1)
    assert make(show, "--all").exit_code == 0
    for command in (("embed",), ("mail", "--out", str(show / "a.eml"))):
        result = podcast(*command, "--show", show, "--date", "2024-03-01")
        assert result.exit_code == 0
        assert result.stderr.count("placeholders") == 1
