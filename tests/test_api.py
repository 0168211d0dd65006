"""The library as its page shows it: the examples of docs/api.md run, and loading it costs nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import podcast
from podcast.cli import main

REPOSITORY = Path(__file__).parent.parent
PAGE = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = "\n".join(re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
POST = """---
title: Lanterns on the quay
---
# Lanterns keep their light
_Summarized by: Imre Sandell_ [[quay.example](https://quay.example/lanterns)]

Three old lanterns on the quay were lit again last night. The council paid for the glass.
"""


def run(code: str, folder: Path) -> str:
    """Run a program of its own in the folder; what it prints."""
    environment = {"PYTHONPATH": str(REPOSITORY), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_examples_of_the_page_run(tmp_path: Path) -> None:
    """Read an edition, write its script with a writer of one's own, make it with an engine of one's own."""
    words = ["init", str(tmp_path / "myshow"), "--title", "Quay", "--author", "Desk"]
    words += ["--email", "desk@quay.example", "--url", "https://quay.example/feeds/"]
    assert CliRunner().invoke(main, words).exit_code == 0
    for post in (tmp_path / "myshow" / "posts").glob("*.md"):
        post.unlink()
    (tmp_path / "myshow" / "posts" / "2024-06-03-lanterns.md").write_text(
        POST, encoding="utf-8"
    )
    assert run(EXAMPLES, tmp_path).startswith("Lanterns on the quay")


def test_loading_the_library_loads_nothing_else() -> None:
    """`import podcast` brings no module of its own and no library before a name is used."""
    code = "import sys, podcast; print(*(name for name in sys.modules if name.startswith('podcast')))"
    assert run(code, REPOSITORY).split() == ["podcast"]


@pytest.mark.parametrize("name", podcast.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Each name of `__all__` can be had, and `dir` shows it."""
    assert getattr(podcast, name)
    assert name in dir(podcast)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """As with any module."""
    with pytest.raises(AttributeError, match="nosuch"):
        podcast.nosuch  # noqa: B018


@pytest.mark.slow
def test_the_examples_are_typed(tmp_path: Path) -> None:
    """mypy, strict, finds nothing in them: own writers and engines fit the Protocols."""
    (tmp_path / "examples.py").write_text(EXAMPLES, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", str(tmp_path / "examples.py")]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
