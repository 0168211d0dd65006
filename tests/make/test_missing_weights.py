"""The neural voice's weights are gone: who speaks instead, and how its owner hears of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import write_settings
from click.testing import CliRunner, Result

from podcast.cli import main


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show with an essay, whose `model_file` leads nowhere."""
    (tmp_path / "posts").mkdir()
    post = (
        "---\ntitle: Lanterns\n---\nThree old lanterns on the quay were lit again last night.\n"
    )
    (tmp_path / "posts" / "2024-06-03-lanterns.md").write_text(post, encoding="utf-8")
    write_settings(tmp_path, model_file="gone.onnx", presenter="Imre Sandell")
    return tmp_path


def podcast(show: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--show", str(show)])


def test_another_voice_that_speaks_is_said(show: Path) -> None:
    """`make` names who speaks, what is missing and what to do, with -q too; `doctor` says the same."""
    for words in (("make",), ("make", "-q")):
        said = podcast(show, *words, "--date", "2024-06-03").stderr
        (line,) = (line for line in said.splitlines() if line.startswith("engine: "))
        assert line.startswith(("engine: hibari (kokoro,", "engine: espeak (kokoro,"))
        assert "gone.onnx is not there: correct model_file" in line
        assert 'To be content with this one: engine = "' in line

    findings = json.loads(podcast(show, "doctor", "--json").stdout)
    (auto,) = (finding for finding in findings if finding["what"] == "engine auto")
    assert "gone.onnx is not there" in auto["remedy"]
    assert "stands for kokoro" not in auto["found"]


def test_a_voice_that_was_named_is_not_replaced(show: Path) -> None:
    """A show that names the neural voice stops in one line before a script is written, and says what to do."""
    made = podcast(show, "make", "--date", "2024-06-03", "--engine", "kokoro")
    assert made.exit_code == 1
    (line,) = made.output.splitlines()
    assert "kokoro cannot speak here" in line
    assert "gone.onnx is not there" in line
    assert 'engine = "auto"' in line
    assert not (show / "scripts").exists()
    assert not (show / "feeds").exists()
