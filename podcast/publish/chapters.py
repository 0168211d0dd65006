"""The chapters as Podcasting 2.0 JSON and as lines for the description."""

from __future__ import annotations

import json
from typing import Any

from podcast.model import Chapter, Episode
from podcast.util.addresses import secure
from podcast.util.time_format import seconds, timestamp
from podcast.util.xml_text import clean, one_line


def chapters_json(episode: Episode) -> bytes:
    """JSON chapters 1.2.0 (podcast namespace, jsonChapters.md), one chapter a line."""
    rows = ",\n".join(
        f"    {json.dumps(_row(chapter), ensure_ascii=False)}" for chapter in episode.chapters
    )
    title = json.dumps(clean(episode.title), ensure_ascii=False)
    head = f'  "version": "1.2.0",\n  "title": {title},\n'
    return f'{{\n{head}  "chapters": [\n{rows}\n  ]\n}}\n'.encode()


def description_lines(episode: Episode) -> list[str]:
    """`(MM:SS) Title` for each chapter, as Spotify and others find chapters in a description.

    Brackets of a title are left out: readers of such lists end the title at the first one.
    """
    return [
        f"({timestamp(chapter.start)}) {one_line(chapter.title.translate(_NO_BRACKETS))}"
        for chapter in episode.chapters
    ]


_NO_BRACKETS = str.maketrans("()[]", "    ")


def _row(chapter: Chapter) -> dict[str, Any]:
    row: dict[str, Any] = {
        "startTime": seconds(chapter.start),
        "endTime": seconds(chapter.end),
        "title": one_line(chapter.title),
    }
    if link := secure(chapter.link):
        row["url"] = link
    if image := secure(chapter.image):
        row["img"] = image
    return row
