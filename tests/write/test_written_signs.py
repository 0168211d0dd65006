"""Signs of a post arrive in its script as a person would type them."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_show

from podcast.make.scripts import choose_cast
from podcast.model import Script
from podcast.read.posts import read_post
from podcast.registry import open_writer
from podcast.services.prices import Budget
from podcast.write import compose_script
from podcast.write.script_file import load, render

SENTENCES = (
    ("A share of <5% of the ships is late.", "<5%"),
    (">90% of the boats came home.", ">90%"),
    ("About ~30% of the rafts did.", "~30%"),
    ("There were 10^6 grains on the quay.", "10^6"),
    ("The crane is written in C# and Rust.", "C#"),
    ("The fit has an R^2 of 0.9 in May.", "R^2"),
    ("The leak is ticket #3 of the year.", "#3"),
    ("Each weight lies in [0, 1] at the start.", "[0, 1]"),
    ("They asked one model (GPT-4o) for the tides.", "(GPT-4o)"),
    ("The deck has 5 * 3 places for cars.", "5 * 3"),
    ("The timer calls `tide(x)` at noon.", "tide(x)"),
    ("The page puts it into `<head>` and waits.", "into head and"),
    (
        "The crane skips `**/.git` and calls `function*` at noon.",
        "**/.git and calls function* at",
    ),
    ("The crate is `{}` when it is empty.", "is {} when"),
    ("The page prints `a &#x3D; b` by mistake.", "a &#x3D; b by"),
    ("The crane is set up in `__init__` each morning.", "__init__ each"),
)
ESSAY = "---\ntitle: The quay in June\n---\n"
BULLETIN = "---\ntitle: The quay\n---\n# The crane of June\n\n_Summarized by: Ada Ro_ [[a](https://a.example)]\n\n"


def write(folder: Path, text: str) -> Script:
    path = folder / "2024-03-05-quay.md"
    path.write_text(text, encoding="utf-8")
    show, edition = a_show(folder), read_post(path)
    writer = open_writer("template", show, Budget(None))
    return compose_script(edition, choose_cast(show, edition, {}, writer), writer, show, [])


@pytest.mark.parametrize("front", [ESSAY, BULLETIN], ids=["essay", "bulletin"])
@pytest.mark.parametrize(("sentence", "sign"), SENTENCES, ids=lambda value: value[:20])
def test_a_sign_arrives_in_the_script(
    sentence: str, sign: str, front: str, tmp_path: Path
) -> None:
    """Also through the script's file, which people edit."""
    body = f"The port of June has a new crane since last week.\n\n{sentence}\n"
    script = write(tmp_path, front + body)
    path = tmp_path / "script.md"
    path.write_text(render(script), encoding="utf-8")
    for each in (script, load(path)):
        assert sign in "\n".join(turn.text for turn in each.turns)


def test_code_that_a_script_cannot_hold_is_said(tmp_path: Path) -> None:
    """What markup takes from inline code is named in the note of its chapter."""
    script = write(tmp_path, f"{ESSAY}The crane holds a `<b>rack</b>` of crates today.\n")
    assert "left out: <b>rack</b> (some of its signs are taken for markup)" in (
        script.chapters[0].note
    )


def test_an_emoji_is_left_out_and_said(tmp_path: Path) -> None:
    """It is to be seen; the note of its chapter names it."""
    script = write(tmp_path, f"{ESSAY}The crab 🦀 sails today.\n\n```\ncode\n```\n")
    assert script.turns[-1].text == "The crab sails today."
    assert "🦀 (it is to be seen)" in script.chapters[0].note
    assert "left out: code (code is for the eye)" in script.chapters[0].note
