"""The command line as a whole: its help at 80 columns, and its answers to programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from podcast.cli import main


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], terminal_width=80)


@pytest.mark.parametrize("command", ["", *sorted(main.commands)])
def test_help_is_whole_at_80_columns(command: str) -> None:
    """No line is wider, and none of the lines that say what a command does is cut."""
    lines = podcast(*command.split(), "--help").output.splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert [
        line for line in lines if line.endswith("...") and not line.startswith("Usage")
    ] == []


@pytest.mark.parametrize(
    "words",
    [
        ["make"],
        ["make", "--all", "--date", "2024-06-03"],
        ["make", "--date", "soon"],
        ["script"],
        ["mail"],
        ["edition", "--date", "2024-06-03"],
        ["nosuch"],
    ],
    ids=" ".join,
)
def test_wrong_use_exits_with_2(words: list[str], show: Path) -> None:
    """A usage error is one, whichever command it is of."""
    result = podcast(
        words[0], *(["--show", show] if words[0] in main.commands else []), *words[1:]
    )
    assert result.exit_code == 2, result.output


def test_every_command_answers_a_program() -> None:
    """Each command takes --json, but those that stay to serve pages."""
    without = {
        name
        for name, command in main.commands.items()
        if "as_json" not in {parameter.name for parameter in command.params}
    }
    assert without == {"preview", "serve"}


def test_a_new_show_answers_a_program(tmp_path: Path) -> None:
    """What `init`, `feed` and `embed` say is JSON for a program: files, numbers, a refusal."""
    show = tmp_path / "new"
    made = json.loads(podcast("init", show, "--json").stdout)
    assert str(show / "podcast.toml") in made["written"]
    rebuilt = json.loads(podcast("feed", "--show", show, "--json").stdout)
    assert rebuilt["episodes"] == 0
    refused = podcast("embed", "--show", show, "--kind", "hugo", "--json")
    assert json.loads(refused.stdout)["error"].startswith("no episode is published")


@pytest.mark.parametrize(
    "words",
    [
        ["make", "--date", "2001-01-01"],
        ["check", "--script", "--date", "2001-01-01"],
        ["voices"],
    ],
    ids=" ".join,
)
def test_an_error_is_json_for_a_program(words: list[str], show: Path) -> None:
    """With --json the answer is JSON also when it fails; the line for people stays on standard error."""
    if words == ["voices"]:
        (show / "podcast.toml").write_text("title = 1", encoding="utf-8")
    result = podcast(words[0], "--show", show, *words[1:], "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]
    assert result.stderr.startswith("podcast: ")


def test_quiet_says_only_results(show: Path) -> None:
    """-q leaves progress out; what was published is still said."""
    loud = podcast("make", "--show", show, "--date", "2024-06-03", "--engine", "silence")
    assert "speaking" in loud.stderr
    quiet = podcast(
        "make", "--show", show, "--date", "2024-06-03", "--engine", "silence", "--rewrite", "-q"
    )
    assert quiet.exit_code == 0, quiet.output
    assert "speaking" not in quiet.stderr
    assert "2024-06-03-lanterns.mp3" in quiet.stdout


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show of one short post."""
    folder = tmp_path / "show"
    result = podcast(
        "init", folder, "--title", "Quay", "--author", "Desk",
        "--email", "desk@quay.press", "--url", "https://quay.press/feeds/",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    for post in (folder / "posts").glob("*.md"):
        post.unlink()
    text = (
        "---\ntitle: Lanterns\n---\n# Lanterns keep their light\n_Summarized by: Imre Sandell_ "
    )
    text += "[[quay.press](https://quay.press/a)]\n\nThree old lanterns on the quay were lit again last night.\n"
    (folder / "posts" / "2024-06-03-lanterns.md").write_text(text, encoding="utf-8")
    return folder
