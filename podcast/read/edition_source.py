"""Where written editions come from, and what every later stage relies on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Protocol

from podcast.errors import ReadError
from podcast.model import Edition


class Source(Protocol):
    """Where written editions come from."""

    def read(self, date: dt.date) -> Edition:
        """The Edition of that date.

        MUST raise ReadError, with file and line, when there is none or it is malformed.
        MUST NOT write anything.
        """
        ...

    def read_file(self, path: Path) -> Edition:
        """The Edition of one post, which may be anywhere.

        MUST raise ReadError when it is malformed.
        """
        ...

    def posts_by_date(self) -> list[tuple[Path, dt.date]]:
        """Every edition's post with its date, oldest first; a date may have several."""
        ...

    def passed_over(self) -> list[tuple[Path, str]]:
        """Every file that could be a post and is none, with the reason."""
        ...


def find_edition(source: Source, date: dt.date) -> Edition:
    """The Edition of that date, with what every later stage relies on.

    Raises ReadError for an edition of another date, and for one without a story or with an
    empty one.
    """
    edition = source.read(date)
    where = edition.path or edition.slug
    if edition.date != date:
        raise ReadError(
            where,
            None,
            f"this is the edition of {edition.date}, not of {date}",
            "Check its date",
        )
    if not edition.stories:
        raise ReadError(where, None, "the edition has no story", "Write one")
    for story in edition.stories:
        if not (story.title.strip() and story.body.text):
            what = (
                f"the story {story.title!r} has no {'text' if story.title.strip() else 'title'}"
            )
            raise ReadError(where, story.line or None, what, "Write it")
    return edition
