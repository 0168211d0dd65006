"""Dated Markdown posts, as Jekyll keeps them in `_posts/`, Hugo and Pelican in `content/`."""

from __future__ import annotations

import datetime as dt
import re
from operator import itemgetter
from pathlib import Path

from podcast.errors import ReadError
from podcast.model import Edition
from podcast.read.posts.post import is_hidden, name_of, read_date, read_post, slug_of

__all__ = ["JekyllSource", "read_post"]

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-.+")
_ENDINGS = (".md", ".markdown")
_NEAREST = 3


class JekyllSource:
    """A folder of Markdown posts, also in folders below it.

    A post has its date in its name, `YYYY-MM-DD-words.md`, in its folder's (`YYYY-MM-DD-words/index.md`), or
    in its front matter. A file without a date is no post.
    """

    def __init__(self, posts: Path) -> None:
        self.posts = posts
        """The folder."""

    def read(self, date: dt.date) -> Edition:
        """The Edition of the post of that date.

        Raises ReadError when there is none, when there are two, and for a malformed one.
        """
        posts = self.posts_by_date()
        found = [path for path, day in posts if day == date]
        if len(found) > 1:
            found = [path for path in found if not is_hidden(path)] or found
        if len(found) == 1:
            return read_post(found[0])
        if found:
            names = " and ".join(str(path.relative_to(self.posts)) for path in found)
            raise ReadError(
                self.posts, None, f"{len(found)} posts of {date}: {names}", "Choose one with --post FILE"
            )
        nearest = sorted({day for _, day in posts}, key=lambda day: abs(day - date))[:_NEAREST]
        remedy = (
            f"The nearest there are: {', '.join(map(str, sorted(nearest)))}"
            if nearest
            else f"Put one there as {date}-title.md"
        )
        raise ReadError(self.posts, None, f"no post of {date}", remedy)

    def posts_by_date(self) -> list[tuple[Path, dt.date]]:
        """Every post with its date, oldest first. Raises ReadError when the folder is missing."""
        if not self.posts.is_dir():
            raise ReadError(
                self.posts, None, "there is no such folder of posts", "Set `posts` in podcast.toml"
            )
        files = (path for path in sorted(self.posts.rglob("*")) if path.suffix in _ENDINGS)
        return sorted(((path, day) for path in files if (day := _date(path))), key=itemgetter(1))

    def posts_by_slug(self) -> dict[str, Path]:
        """Every post by the slug of its episode; none when the folder is missing."""
        posts = self.posts_by_date() if self.posts.is_dir() else []
        return {slug_of(path, day): path for path, day in posts}


def _date(path: Path) -> dt.date | None:
    """The post's date; None for a file without one, such as a page about the blog."""
    if path.name.startswith("_"):
        return None
    if match := _DATED.fullmatch(name_of(path)):
        return _day(match[1])
    try:
        return read_date(path)
    except ReadError:
        return None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
