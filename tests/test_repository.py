"""The repository is a show itself: its samples have scripts, and making one changes no tracked file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from podcast.cli import main

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A copy of the repository's own show, in a repository of its own."""
    folder = tmp_path / "show"
    for name in ("posts", "scripts", "voices", "assets"):
        shutil.copytree(REPOSITORY / name, folder / name)
    for name in ("podcast.toml", ".gitignore"):
        shutil.copy(REPOSITORY / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "--all")
    git(
        folder, "-c", "user.name=o", "-c", "user.email=o@hours.example", "commit", "-qm", "Show"
    )
    return folder


def git(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("date", ["2024-05-20", "2024-05-22"])
def test_making_a_sample_changes_no_tracked_file(show: Path, date: str) -> None:
    """Also of the edition whose script a person edited, which is used as it stands."""
    result = CliRunner().invoke(
        main, ["make", "--show", str(show), "--date", date, "--engine", "silence"]
    )

    assert result.exit_code == 0, result.output
    assert list((show / "feeds").glob(f"{date}-*.mp3"))
    assert git(show, "status", "--porcelain") == ""
