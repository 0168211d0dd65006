"""Fixtures that tests of several rooms share; a module may have its own of the same name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from podcast.cli import main


@pytest.fixture(scope="module")
def new_show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show as `podcast init` makes it, without the sample posts."""
    folder = tmp_path_factory.mktemp("new") / "show"
    words = ["init", str(folder), "--url", "https://hours.example/feeds/"]
    assert CliRunner().invoke(main, words).exit_code == 0
    for sample in (folder / "posts").glob("*"):
        sample.unlink()
    return folder


@pytest.fixture
def show(new_show: Path, tmp_path: Path) -> Path:
    """A copy of the new show, for one test to fill."""
    return Path(shutil.copytree(new_show, tmp_path / "show"))
