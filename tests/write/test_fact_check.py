"""`podcast check --script` holds a script against its post: what it prints, and what it lets pass."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from papers import podcast

from podcast.model import Script, ScriptChapter, Turn
from podcast.read.posts import read_post
from podcast.write.fact_check import check_script

POST = """---
layout: post
title: "Ferries that listen"
date: 2025-03-10
---

# Ferries of Ostvik get microphones - Harbour Gazette
_Summarized by: Mirela Voss_ [[www.harbourgazette.example](https://www.harbourgazette.example/ferries)]

The port of Ostvik will fit its 14 ferries with microphones from May 12. The system found 92.5% of
whale calls in a trial. Captains are not required to slow down.

* It listens to whales.
* It warns the captain.

# Lumen Labs opens its translation model
_Summarized by: Tomas Okoye_ [[techledger.example](https://techledger.example/lumen)]

Lumen Labs has released Babelette, a model that covers 57 languages. It may offer a paid version for
businesses.

### Technical details
<details>
<summary>The Staff</summary>
<div markdown="1">
Editor: Ada Fields

```
You are the editor.
```
</div>
</details>
"""

SAID = "**Mirela Voss:** From May 12, fourteen ferries will carry microphones. It found 82.5% of whale calls."

SCRIPT = """---
title: Ferries that listen
date: 2025-03-10
---
## Welcome

**Ada Fields:** Good morning. It's Monday, March 10. Ferries get ears today.

## Ferries of Ostvik get microphones
<!-- source: https://www.harbourgazette.example/ferries -->

**Mirela Voss:** From May 12, fourteen ferries will carry microphones. {ferries}

**Ada Fields:** Do they have to slow down?

**Mirela Voss:** No. Coming up: Babelette, a model that covers 57 languages.

## A model for 57 languages
<!-- source: https://techledger.example/lumen -->

**Tomas Okoye:** Lumen Labs has a model. {lumen}
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show with one post."""
    assert podcast("init", tmp_path, "--title", "Small Hours").exit_code == 0
    for post in tmp_path.glob("posts/*.md"):
        post.unlink()
    (tmp_path / "posts" / "2025-03-10-ferries-that-listen.md").write_text(
        POST, encoding="utf-8"
    )
    return tmp_path


def save_script(show: Path, ferries: str = "", lumen: str = "") -> Path:
    """Save the post's script with what each story adds."""
    path = show / "scripts" / "2025-03-10-ferries-that-listen.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(SCRIPT.format(ferries=ferries, lumen=lumen), encoding="utf-8")
    return path


def test_a_script_that_keeps_to_its_post_passes(show: Path) -> None:
    """Nothing is found, and the exit code is 0."""
    save_script(
        show, ferries="It hears nine calls in ten, 92.5%.", lumen="It covers 57 languages."
    )
    result = podcast("check", "--script", "--date", "2025-03-10", "--show", show)
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)


def test_a_fault_is_told_with_line_sentence_and_source(show: Path) -> None:
    """The line of the script, the sentence, what is wrong, what the source has; the exit code is 1."""
    path = save_script(show, ferries="It found 82.5% of whale calls.")
    result = podcast("check", "--script", "--date", "2025-03-10", "--show", show)
    line = path.read_text(encoding="utf-8").split("\n").index(SAID)
    assert result.exit_code == 1
    assert (
        f"{path.name}:{line + 1}: Mirela Voss: It found 82.5% of whale calls." in result.stdout
    )
    assert "number: " in result.stdout
    assert "source: The system found 92.5% of whale calls in a trial." in result.stdout


def test_programs_get_json(show: Path) -> None:
    """Each fault is an object; the exit code is the same."""
    save_script(show, lumen="There will be a paid version for businesses.")
    result = podcast("check", "--script", "--json", "--date", "2025-03-10", "--show", show)
    (fault,) = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (fault["kind"], fault["chapter"]) == ("hedge", "A model for 57 languages")
    assert fault["source"] == "It may offer a paid version for businesses."


def test_any_post_may_be_named(show: Path) -> None:
    """--post takes the post; without date or post the command is misused."""
    save_script(show)
    post = show / "posts" / "2025-03-10-ferries-that-listen.md"
    assert podcast("check", "--script", "--post", post, "--show", show).exit_code == 0
    assert podcast("check", "--script", "--show", show).exit_code == 2


def test_a_missing_script_is_named(show: Path) -> None:
    """The remedy is the command that writes one."""
    result = podcast("check", "--script", "--date", "2025-03-10", "--show", show)
    assert result.exit_code == 1
    assert "podcast script" in result.output + str(result.exception)


def test_a_fact_of_another_story_is_a_fault(show: Path) -> None:
    """What one story has does not support another; a teaser of the other story does pass."""
    save_script(show, lumen="It covers 14 languages.")
    result = podcast("check", "--script", "--date", "2025-03-10", "--show", show)
    assert (result.exit_code, result.stdout.count("number: ")) == (1, 1)


def test_what_comes_later_may_be_announced(show: Path) -> None:
    """A sentence that announces several stories rests on all of them, and their number may be said."""
    save_script(
        show,
        ferries="Two stories today. Still to come: the captains of Ostvik, and Babelette of Lumen Labs.",
    )
    result = podcast("check", "--script", "--date", "2025-03-10", "--show", show)
    assert result.exit_code == 0, result.stdout


@pytest.mark.parametrize(
    ("said", "faults"), [("Two stories today.", 1), ("One story today.", 0)]
)
def test_stories_that_are_not_told_do_not_count(show: Path, said: str, faults: int) -> None:
    """A script that skips a story of its post may announce as many as it tells, and no more."""
    path = save_script(show)
    whole = path.read_text("utf-8").partition("## A model for 57")[0]
    path.write_text(whole.replace("Ferries get ears", f"{said} Ferries get ears"), "utf-8")
    result = podcast("check", "--script", "--date", "2025-03-10", "--show", show)
    assert result.stdout.count("not so many stories are told: 1") == faults, result.stdout


def test_a_teaser_excuses_no_untruth_of_its_own_story(show: Path) -> None:
    """A sentence that shares more words with its own story is held against that, whatever another has."""
    save_script(show, lumen="It will offer a paid version for businesses of ferries.")
    result = podcast("check", "--script", "--date", "2025-03-10", "--show", show)
    assert (result.exit_code, result.stdout.count("hedge: ")) == (1, 1)


def test_the_templates_scripts_are_clean(tmp_path: Path) -> None:
    """The template's telling of every post in this repository is supported by its post."""
    root = Path(__file__).parents[2]
    faults = []
    for post in sorted((root / "posts").glob("*.md")):
        name = tmp_path / post.stem
        assert podcast("init", name, "--title", "Small Hours").exit_code == 0
        assert podcast("script", "--post", post, "--show", name).exit_code == 0
        faults += podcast(
            "check", "--script", "--post", post, "--show", name
        ).stdout.splitlines()[1:]
    assert faults == []


def test_an_edition_is_checked_in_under_two_seconds(tmp_path: Path) -> None:
    """A long script of 400 turns costs less than two seconds of processor time."""
    path = tmp_path / "2025-03-10-ferries.md"
    path.write_text(POST, encoding="utf-8")
    edition = read_post(path)
    turns = tuple(
        Turn(
            "Ada Fields",
            f"The system found {number}% of whale calls, and ferries listen from May {number}.",
        )
        for number in range(400)
    )
    script = Script(
        "Ferries", dt.date(2025, 3, 10), (ScriptChapter("Ferries of Ostvik", turns),)
    )
    started = time.process_time()
    assert check_script(script, edition)
    assert time.process_time() - started < 2
