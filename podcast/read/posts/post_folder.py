"""A folder of dated Markdown posts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Sequence
from operator import itemgetter
from pathlib import Path

from podcast.errors import ReadError
from podcast.model import Edition
from podcast.read.post_dates import date_from_name
from podcast.read.posts.post import (
    PLAIN_FORM,
    PostForm,
    is_hidden,
    name_of,
    read_date,
    read_post,
    slug_of,
)

ENDINGS = (".md", ".markdown", ".mdx", ".mkd", ".mkdn", ".mdown", ".qmd")
"""Of Markdown files, in any case."""
_NEAREST = 3
# The stem of a page in several languages, as Hugo and Zola name them: `index.fr.md` beside
# `index.md`.
_LANGUAGE = re.compile(r"(?P<name>.+)\.(?P<language>[a-z]{2}(?:-[A-Za-z]{2,4})?)")


class JekyllSource:
    """A folder of Markdown posts, also in folders below it.

    A post has its date in its name, `YYYY-MM-DD-words.md`, in its folder's
    (`YYYY-MM-DD-words/index.md`), in its front matter, in its folders (`2024/03/17/words.md`)
    or its address. A file without a date is no post.
    """

    def __init__(self, posts: Path, form: PostForm = PLAIN_FORM) -> None:
        self.posts = posts
        """The folder."""
        self.form = form

    def read(self, date: dt.date) -> Edition:
        """The Edition of the post of that date.

        Raises ReadError when there is none, when there are two, and for a malformed one.
        """
        dated = self.posts_by_date()
        posts = [path for path, day in dated if day == date]
        # A draft beside the post of its day does not stand in its way.
        if len(posts) > 1:
            posts = [path for path in posts if not is_hidden(path)] or posts
        if len(posts) == 1:
            return read_post(posts[0], self.form)
        raise self._not_one_post(posts, date, {day for _, day in dated})

    def _not_one_post(
        self, posts: Sequence[Path], date: dt.date, days: Collection[dt.date]
    ) -> ReadError:
        """The error for a date of which there are several posts, or none."""
        if posts:
            names = " and ".join(str(path.relative_to(self.posts)) for path in posts)
            what = f"{len(posts)} posts of {date}: {names}"
            return ReadError(self.posts, None, what, "Choose one with --post FILE")

        what = f"no post of {date}{_said_passed_over(self.passed_over())}"
        return ReadError(self.posts, None, what, _suggest_dates(days, date))

    def read_file(self, path: Path) -> Edition:
        """The Edition of one post, which may be anywhere. Raises ReadError."""
        return read_post(path, self.form)

    def posts_by_date(self) -> list[tuple[Path, dt.date]]:
        """Every post with its date, oldest first.

        Raises ReadError when the folder is missing.
        """
        if not self.posts.is_dir():
            raise ReadError(
                self.posts,
                None,
                "there is no such folder of posts",
                "Set `posts` in podcast.toml",
            )
        dated: list[tuple[Path, dt.date]] = []
        for path, day, _ in self._looked_at():
            if day:
                dated.append((path, day))
        return sorted(dated, key=itemgetter(1))

    def passed_over(self) -> list[tuple[Path, str]]:
        """Every Markdown file that is taken for no post, and why."""
        if not self.posts.is_dir():
            return []
        return [(path, reason) for path, day, reason in self._looked_at() if day is None]

    def _looked_at(self) -> list[tuple[Path, dt.date | None, str]]:
        """Every Markdown file with its date, or with the reason why it is no post."""
        every = sorted(self.posts.rglob("*"))
        files = [path for path in every if path.suffix.lower() in ENDINGS]
        stems = {path.with_suffix("") for path in files}
        looked_at: list[tuple[Path, dt.date | None, str]] = []
        for path in files:
            if language := _translated_to(path, stems):
                looked_at.append((path, None, f"it is a translation ({language})"))
            else:
                looked_at.append((path, *_date(path, self.form)))
        return looked_at

    def posts_by_slug(self) -> dict[str, Path]:
        """Every post by the slug of its episode; none when the folder is missing."""
        if not self.posts.is_dir():
            return {}
        return {slug_of(path, day): path for path, day in self.posts_by_date()}


def _suggest_dates(days: Collection[dt.date], date: dt.date) -> str:
    """The remedy for a date without a post: the nearest dates that have one."""
    if not days:
        return f"Put one there as {date}-title.md"
    nearest = sorted(days, key=lambda day: abs(day - date))[:_NEAREST]
    return f"The nearest there are: {', '.join(map(str, sorted(nearest)))}"


def _date(path: Path, form: PostForm) -> tuple[dt.date | None, str]:
    """The post's date, or why the file is no post: a page about the blog has no date."""
    if path.name.startswith("_"):
        return None, "its name begins with an underscore"
    if named := date_from_name(Path(path.name), name_of(path)):
        return named, ""
    try:
        return read_date(path, form), ""
    except ReadError as error:
        return None, error.what


def _translated_to(path: Path, stems: Collection[Path]) -> str:
    """The language of a page that stands beside its original; empty for any other page."""
    found = _LANGUAGE.fullmatch(path.stem)
    if not found:
        return ""
    original = path.with_name(found["name"])
    in_english = path.with_name(f"{found['name']}.en")
    is_beside_original = original in stems or (
        in_english in stems and path.stem != in_english.name
    )
    if not is_beside_original:
        return ""
    return found["language"]


def _said_passed_over(files: Sequence[tuple[Path, str]]) -> str:
    """How many files were passed over, and why, for the end of a message."""
    if not files:
        return ""
    reasons = Counter(reason for _, reason in files).most_common(2)
    if len(files) == 1:
        return f" (1 file passed over: {reasons[0][0]})"
    if len(reasons) == 1:
        return f" ({len(files)} files passed over: {reasons[0][0]})"
    counts = "; ".join(f"{count}: {reason}" for reason, count in reasons)
    return f" ({len(files)} files passed over: {counts})"
