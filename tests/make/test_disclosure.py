"""Listeners are told that voices are synthetic: aloud, in feed and tag, on the page; and it is proved."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree
from mutagen.id3 import ID3

from podcast.cli import main

DATE = "2024-06-03"
LINE = "The voices in this programme are synthetic."
PODCAST = "{https://podcastindex.org/namespace/1.0}"
BULLETIN = """---
title: Lanterns
---
# Lanterns at dawn

The crews of the harbour lit nine lanterns before sunrise, and wrote each of them down by hand.

# A kettle in the pilot house

The kettle of the pilot house has been mended twice this year, and nobody knows who paid for it.
"""
ESSAY = """---
title: On kettles
author: Ines Okafor
---
I keep a kettle on the sill of my kitchen window, and it has been there for years.

## The first morning

It boiled before anyone was awake. I wrote that down, and later I wrote down the rest as well.

## The last one

Nobody heard it any more, and so I gave it to the harbour master, who likes tea.
"""


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def a_show(folder: Path, post: str, settings: str = "") -> Path:
    """A show of one post."""
    result = podcast(
        "init", folder, "--title", "Quay", "--author", "Desk", "--email", "desk@quay.press",
        "--url", "https://quay.press/feeds/", "--presenter", "Ines Okafor",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    for path in (folder / "posts").glob("*.md"):
        path.unlink()
    (folder / "posts" / f"{DATE}-lanterns.md").write_text(post, encoding="utf-8")
    path = folder / "podcast.toml"
    path.write_text(
        f'engine = "silence"\n{settings}{path.read_text(encoding="utf-8")}', encoding="utf-8"
    )
    return folder


def make(show: Path) -> dict[str, object]:
    result = podcast("make", "--show", show, "--date", DATE)
    assert result.exit_code == 0, result.output
    return dict(json.loads((show / "feeds" / f"{DATE}-lanterns.json").read_bytes()))


def script(show: Path) -> str:
    return (show / "scripts" / f"{DATE}-lanterns.md").read_text(encoding="utf-8")


def faults(show: Path) -> list[str]:
    found = json.loads(
        podcast("check", "--show", show, "--json").stdout.partition("]\n")[0] + "]"
    )
    return [
        f"{fault['file']}: {fault['what']}" for fault in found if fault["severity"] == "error"
    ]


def declared(show: Path) -> tuple[list[str], list[str], list[str]]:
    """What channel, item and tag declare."""
    channel = etree.fromstring((show / "feeds" / "feed.xml").read_bytes())[0]
    (mp3,) = (show / "feeds").glob("*.mp3")
    tag = ID3(mp3)  # type: ignore[no-untyped-call]
    return (
        [txt.text for txt in channel.findall(f"{PODCAST}txt")],
        [txt.text for txt in channel.findall(f"item/{PODCAST}txt")],
        [str(frame) for frame in tag.getall("TXXX:ai-content")],
    )


def test_a_bulletin_says_it_once_in_its_closing(tmp_path: Path) -> None:
    """The presenter says the line in the last chapter, before its last words; feed, tag and page agree."""
    show = a_show(tmp_path / "show", BULLETIN)
    record = make(show)
    assert record["disclosure"] == {"is_synthetic": True, "spoken": LINE}
    assert script(show).count(LINE) == 1
    *_, closing = script(show).split("\n## ")
    turns = re.findall(r"^\*\*(.+?):\*\* (.+)$", closing, re.MULTILINE)
    assert ("Ines Okafor", LINE) in turns[:-1]
    assert declared(show) == (["true"], ["true"], ["true"])
    assert "The voices are synthetic." in (show / "feeds" / f"{DATE}-lanterns.html").read_text(
        "utf-8"
    )
    assert faults(show) == []


def test_an_essay_is_whole_before_it(tmp_path: Path) -> None:
    """The line comes after the essay's last words."""
    show = a_show(tmp_path / "show", ESSAY)
    make(show)
    assert script(show).count(LINE) == 1
    spoken = [line for line in script(show).splitlines() if line.startswith("**")]
    assert spoken[-1] == f"**Ines Okafor:** {LINE}"
    assert script(show).index("harbour master") < script(show).index(LINE)


@pytest.mark.parametrize(
    ("settings", "spoken", "state"),
    [
        ('disclosure = ""\n', "", "true"),
        ('disclosure = "A machine reads this."\n', "A machine reads this.", "true"),
        ("ai_content = false\n", "", "false"),
    ],
)
def test_the_owner_decides(tmp_path: Path, settings: str, spoken: str, state: str) -> None:
    """The line may be another one, or none; a show that people read declares that."""
    show = a_show(tmp_path / "show", BULLETIN, settings)
    record = make(show)
    assert record["disclosure"] == {"is_synthetic": state == "true", "spoken": spoken}
    assert declared(show) == ([state], [state], [state])
    assert (LINE in script(show)) is False
    assert faults(show) == []


def test_a_line_that_a_person_took_out_stays_out(tmp_path: Path) -> None:
    """An edited script is spoken as it stands, and the record says that the line is not said."""
    show = a_show(tmp_path / "show", BULLETIN)
    make(show)
    path = show / "scripts" / f"{DATE}-lanterns.md"
    path.write_text(
        re.sub(rf"\*\*[^*]+\*\* {re.escape(LINE)}\n\n", "", script(show)), encoding="utf-8"
    )
    assert LINE not in script(show)
    assert make(show)["disclosure"] == {"is_synthetic": True, "spoken": ""}
    assert faults(show) == []


def test_what_the_record_declares_is_proved(tmp_path: Path) -> None:
    """A line that nobody says, a feed and a tag that declare otherwise: each is named."""
    show = a_show(tmp_path / "show", BULLETIN)
    make(show)
    record = show / "feeds" / f"{DATE}-lanterns.json"
    whole = record.read_text(encoding="utf-8")
    record.write_text(
        whole.replace(f'"spoken": "{LINE}"', '"spoken": "Nobody says this."'), "utf-8"
    )
    assert any("nobody says it" in fault for fault in faults(show))
    record.write_text(whole.replace('"is_synthetic": true', '"is_synthetic": false'), "utf-8")
    said = [
        fault for fault in faults(show) if "declares ai-content true; its record false" in fault
    ]
    assert {fault.partition(":")[0] for fault in said} == {"feed.xml", f"{DATE}-lanterns.mp3"}
