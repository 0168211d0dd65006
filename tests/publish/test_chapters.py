"""Chapters: JSON, Podlove and the lines of the description hold the same ones."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import podcastparser
import pytest
from builders import HOSTILE, a_show, an_episode
from lxml import etree

from podcast.model import Chapter, DurationMs, Episode
from podcast.publish.chapters import chapters_json, description_lines
from podcast.publish.feed import feeds, make_entry

SCHEMA = {
    "type": "object",
    "required": ["version", "chapters"],
    "properties": {
        "version": {"const": "1.2.0"},
        "title": {"type": "string"},
        "chapters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["startTime"],
                "properties": {
                    "startTime": {"type": "number", "minimum": 0},
                    "endTime": {"type": "number"},
                    "title": {"type": "string", "maxLength": 255},
                    "url": {"type": "string", "pattern": "^https://"},
                    "img": {"type": "string", "pattern": "^https://"},
                },
                "additionalProperties": False,
            },
        },
    },
}
"""Podcasting 2.0, jsonChapters.md."""


def chapter(title: str, start: int, end: int, link: str = "", image: str = "") -> Chapter:
    return Chapter(title, DurationMs(start), DurationMs(end), link, image)


def rows(episode: Episode) -> list[dict[str, Any]]:
    values = json.loads(chapters_json(episode))
    jsonschema.validate(values, SCHEMA)
    found: list[dict[str, Any]] = values["chapters"]
    return found


def test_json_chapters_are_the_episodes() -> None:
    """Times in seconds, whole where they are; titles, links and images over https."""
    episode = an_episode(
        chapters=(
            chapter("Tonight", 0, 11_000),
            chapter(
                "Sea", 11_000, 71_250, "http://example.org/a b", "https://example.org/sea.jpg"
            ),
            chapter("Odd", 71_250, 80_001, "javascript:alert(1)", "/relative.jpg"),
        )
    )
    assert rows(episode) == [
        {"startTime": 0, "endTime": 11, "title": "Tonight"},
        {
            "startTime": 11,
            "endTime": 71.25,
            "title": "Sea",
            "url": "https://example.org/a%20b",
            "img": "https://example.org/sea.jpg",
        },
        {"startTime": 71.25, "endTime": 80.001, "title": "Odd"},
    ]


def test_the_description_lists_minutes_and_hours() -> None:
    """`(MM:SS) Title`, with hours from one hour on."""
    episode = an_episode(
        chapters=(
            chapter("A", 0, 59_999),
            chapter("B (b)", 59_999, 3_600_000),
            chapter("C", 3_600_000, 4_000_000),
        )
    )
    assert description_lines(episode) == ["(00:00) A", "(00:59) B b", "(1:00:00) C"]


@pytest.mark.parametrize("title", HOSTILE)
def test_all_forms_hold_the_same_chapters(title: str) -> None:
    """JSON, psc and the description agree on every start and title; only brackets are missing in the last."""
    episode = an_episode(
        chapters=(
            chapter("Tonight", 0, 5000),
            chapter(title, 5000, 9000),
            chapter("Z", 9000, 9500),
        )
    )
    found = rows(episode)
    show = a_show(Path("/show"))
    feed = etree.fromstring(feeds(show, [make_entry(show, episode)])["feed.xml"])
    podlove = feed.findall(".//{http://podlove.org/simple-chapters}chapter")
    assert [c.get("title") for c in podlove] == [row["title"] for row in found]
    assert [c.get("start") for c in podlove] == ["00:00:00.000", "00:00:05.000", "00:00:09.000"]
    assert [row["startTime"] for row in found] == [0, 5, 9]
    for line, row in zip(description_lines(episode), found, strict=True):
        stamp, _, words = line.partition(" ")
        minutes, seconds = map(int, stamp.strip("()").split(":"))
        assert minutes * 60 + seconds == row["startTime"]
        assert re.sub(r"[\s()\[\]]", "", row["title"]).startswith(re.sub(r"[\s…]", "", words))


def test_podcastparser_reads_the_podlove_chapters(tmp_path: Path) -> None:
    """gPodder's parser gives the same starts, titles and links as the JSON."""
    episode = an_episode()
    show = a_show(tmp_path)
    content = feeds(show, [make_entry(show, episode)])["feed.xml"]
    read = podcastparser.parse("https://example.org/feeds/feed.xml", io.BytesIO(content))
    assert [
        (c["start"], c["title"], c.get("href")) for c in read["episodes"][0]["chapters"]
    ] == [(row["startTime"], row["title"], row.get("url")) for row in rows(episode)]
