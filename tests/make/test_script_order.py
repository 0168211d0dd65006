"""What follows the script and not the edition: its notes, and who speaks in a conversation."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from podcast.config import change_settings
from podcast.document.markdown_reader import parse_markdown
from podcast.make.production import list_told_stories
from podcast.make.scripts import choose_cast
from podcast.model import Edition, Person, Script, ScriptChapter, Story, Turn
from tests.builders import a_show

REPOSITORY = Path(__file__).parent.parent.parent
DAY = dt.date(2024, 6, 3)


def a_story(name: str, link: str = "") -> Story:
    return Story(f"A story of {name}", parse_markdown(f"It is about {name}."), "Ada", link=link)


def a_script(*links: str) -> Script:
    chapters = [
        ScriptChapter(f"Chapter {link}", (Turn("Ada", "Hello."),), link) for link in links
    ]
    return Script("Today", DAY, tuple(chapters))


MOTHS, FOG, SILENCE = (
    a_story(name, f"https://example.org/{name}") for name in ("moths", "fog", "silence")
)
EDITION = Edition(DAY, "2024-06-03-moths", "Moths", (MOTHS, FOG, SILENCE))


def test_notes_have_the_scripts_stories_in_its_order() -> None:
    """A story that the script leaves out is not in the notes, and one that it moves is where it is told."""
    script = a_script("", SILENCE.link, MOTHS.link, "")
    assert list_told_stories(EDITION, script) == [SILENCE, MOTHS]


def test_a_script_that_names_no_source_tells_all() -> None:
    """Nothing is known then of what it leaves out; a story without an address counts as told."""
    assert list_told_stories(EDITION, a_script("", "")) == [MOTHS, FOG, SILENCE]
    bare = a_story("nothing")
    edition = dataclasses.replace(EDITION, stories=(MOTHS, bare, FOG))
    assert list_told_stories(edition, a_script("", MOTHS.link, FOG.link)) == [MOTHS, bare, FOG]


def test_a_conversation_has_two_people(tmp_path: Path) -> None:
    """Who writes alone talks with the co-host that the show names, or else with its presenter."""
    (tmp_path / "voices").symlink_to(REPOSITORY / "voices")
    edition = dataclasses.replace(
        EDITION, kind="essay", staff=(Person("Ada", "editor"),), stories=(a_story("moths"),)
    )
    show = a_show(tmp_path, format="conversation", cohost="Robin Ames")
    assert list(choose_cast(show, edition, {}).voices) == ["Ada", "Robin Ames"]
    unnamed = change_settings(show, cohost="")
    assert list(choose_cast(unnamed, edition, {}).voices) == ["Ada", "The presenter"]
    alone = change_settings(show, format="")
    assert list(choose_cast(alone, edition, {}).voices) == ["Ada"]
