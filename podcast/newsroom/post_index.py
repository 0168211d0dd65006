"""What the posts of a show told, remembered between runs.

Reading a thousand posts takes half a minute.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from podcast import __version__
from podcast.document.block_builder import plain_document
from podcast.errors import PodcastError
from podcast.model import Edition, Headline, Story
from podcast.util import cache


def recall(
    posts: Sequence[Path], kept: Path, read_post: Callable[[Path], Edition]
) -> list[Edition]:
    """The editions of these posts, their stories with title, text and link alone.

    A post is read again when its size or its time changed, or presscast did. What is remembered
    is in the file `kept`, which may be deleted. A post that cannot be read is left out.
    """
    old = _load_index(kept)
    new: dict[str, Any] = {}
    for path in posts:
        status = path.stat()
        stamp = [status.st_mtime_ns, status.st_size, __version__]
        entry = old.get(str(path))
        if not (isinstance(entry, dict) and entry.get("stamp") == stamp):
            entry = {"stamp": stamp, "edition": _told(path, read_post)}
        new[str(path)] = entry
    if new != old:
        cache.save(kept, json.dumps(new, ensure_ascii=False).encode())
    return [_edition(entry["edition"]) for entry in new.values() if entry["edition"]]


def _told(path: Path, read_post: Callable[[Path], Edition]) -> dict[str, Any] | None:
    try:
        edition = read_post(path)
    except PodcastError:
        return None
    stories = [[s.title, s.body.text, s.link, s.paper] for s in edition.stories]
    return {
        "date": edition.date.isoformat(),
        "slug": edition.slug,
        "title": edition.title,
        "stories": stories,
        "others": [[headline.title, headline.link] for headline in edition.others],
    }


def _edition(told: dict[str, Any]) -> Edition:
    stories = tuple(
        Story(title, plain_document(body), link=link, paper=paper)
        for title, body, link, paper in told["stories"]
    )
    others = tuple(Headline(title, link) for title, link in told.get("others", []))
    return Edition(
        dt.date.fromisoformat(told["date"]), told["slug"], told["title"], stories, others=others
    )


def _load_index(kept: Path) -> dict[str, Any]:
    try:
        value = json.loads(cache.load(kept) or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
