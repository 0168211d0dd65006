"""Sources become a written edition.

As `make` composes the stages into an episode, this composes sources, desk and archive into a post.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast import __version__
from podcast.errors import EditError, NothingNewError, WithheldError
from podcast.make.source_gathering import NewsWindow, gather
from podcast.model import Edition, Show, Usd
from podcast.newsroom.editing import edit, sift
from podcast.newsroom.fetcher import Fetcher
from podcast.newsroom.post_index import recall
from podcast.newsroom.post_writer import render
from podcast.newsroom.related_headlines import Archive
from podcast.newsroom.staff import FILE, load_staff
from podcast.read.publication import find_hiding
from podcast.registry import open_desk, open_source
from podcast.services.prices import Budget
from podcast.util.files import write_atomic
from podcast.util.lock import only_run
from podcast.util.package_data import defaults

_DEFAULT_DAYS = 2
"""How many days back an entry of a feed is news, where no earlier edition says when news began."""
_BRIEF = 25
"""A story of fewer words is a brief."""

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition that was made of sources."""

    edition: Edition
    items: int
    """How many items the sources gave."""
    path: Path | None
    """The post; None when it was a dry run."""
    price: Usd | None
    """What it cost, or in a dry run would cost; None when the price is not known."""
    notices: tuple[str, ...] = ()
    """What its owner should know, one line each: what was left out, and which stories are briefs."""
    failures: tuple[str, ...] = ()
    """What is wrong with sources that gave nothing, one line each."""


def produce(
    show: Show,
    date: dt.date,
    sources: Sequence[str],
    *,
    writer: str,
    budget: Budget,
    now: Clock,
    stdin: Callable[[], bytes],
    allow_private: bool = False,
    drop_covered: bool = True,
    hire: bool = False,
    rewrite: bool = False,
    dry_run: bool = False,
) -> Draft:
    """Make the edition of `date` of what the sources give (files, folders, addresses, or `-`): its post.

    With `hire` the editor hires reporters for the day. A post of that date that is there is left alone, and
    EditError raised before anything is paid for; with `rewrite` the new one takes its name, and the old one
    is kept beside it, numbered, where neither Jekyll nor presscast reads it. A dry run writes nothing but
    what may be kept of answers from the web, under `.podcast/`, and asks no service. Raises NothingNewError
    when no source has anything new, and other PodcastErrors.
    """
    with only_run(show.path(".podcast"), f"the edition of {date}"):
        started = now()
        old = post_of(show, date)
        if old and not rewrite and not dry_run:
            raise EditError(
                f"{old}: there is an edition of {date} already. Write it anew with --rewrite"
            )
        staff = [
            p
            for p in load_staff(_staff_path(show.path("voices")))
            if p.role == "editor" or not hire
        ]
        kept = show.path(".podcast", "edited", str(date))
        desk = open_desk(writer, show, kept, budget)
        fetcher = Fetcher(
            show.path(".podcast", "fetched"), contact=show.link, allow_private=allow_private
        )
        archive = _load_archive(show, date)
        window = news_window(show, date)
        gathered = gather(
            sources, fetcher, stdin, window, archive if drop_covered else Archive(())
        )
        if not gathered.items:
            what = f"nothing is new since {window.first}: no edition of {date} is made"
            raise NothingNewError("\n".join([what, *gathered.notices, *gathered.failures]))
        found = sift(gathered.items, archive.search, drop_covered=drop_covered)
        price = desk.price(found, staff, show)
        working = open_desk("template", show, kept, budget) if dry_run else desk
        edition = edit(
            found, working, date=date, staff=staff, archive=archive.search, show=show
        )
        notices = (*gathered.notices, *_name_briefs(edition))
        if dry_run:
            return Draft(edition, len(gathered.items), None, price, notices, gathered.failures)
        text = render(edition, created=now(), processing=now() - started, version=__version__)
        path = old or show.path(str(show.edition.posts), f"{edition.slug}.md")
        if old:
            number = 1
            while (beside := old.with_name(f"{old.name}.~{number}~")).exists():
                number += 1
            write_atomic(beside, old.read_bytes())
        write_atomic(path, text)
        shutil.rmtree(kept, ignore_errors=True)
        cost = None if price is None else edition.cost
        return Draft(edition, len(gathered.items), path, cost, notices, gathered.failures)


def post_of(show: Show, date: dt.date) -> Path | None:
    """The post of that date, if there is one. Raises EditError when there are several."""
    folder = show.path(str(show.edition.posts))
    found = (
        [path for path, day in open_source(show).posts_by_date() if day == date]
        if folder.is_dir()
        else []
    )
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise EditError(
            f"{folder}: there are {len(found)} editions of {date} already: {names}. Remove all but one"
        )
    return found[0] if found else None


def news_window(show: Show, date: dt.date) -> NewsWindow:
    """The days of which an edition of `date` tells what feeds have."""
    folder = show.path(str(show.edition.posts))
    posts = open_source(show).posts_by_date() if folder.is_dir() else []
    last = max((day for _, day in posts if day < date), default=None)
    if show.newsroom.news_days or last is None:
        last = date - dt.timedelta(days=show.newsroom.news_days or _DEFAULT_DAYS)
    return NewsWindow(last, date)


def _name_briefs(edition: Edition) -> list[str]:
    briefs = [story.title for story in edition.stories if len(story.body.text.split()) < _BRIEF]
    return (
        [f"told as briefs, for they have fewer than {_BRIEF} words: {'; '.join(briefs)}"]
        if briefs
        else []
    )


def _load_archive(show: Show, date: dt.date) -> Archive:
    """All editions before that date. A post that cannot be read is passed over: it is not today's fault."""
    folder = show.path(str(show.edition.posts))
    source = open_source(show)
    posts = source.posts_by_date() if folder.is_dir() else []
    before = [path for path, day in posts if day < date]

    def read_shown(path: Path) -> Edition:
        edition = source.read_file(path)
        if hidden := find_hiding(edition.publication, path):
            raise WithheldError(path, None, hidden)
        return edition

    return Archive(recall(before, show.path(".podcast", "archive.json"), read_shown))


def _staff_path(voices: Path) -> Path:
    own = voices / FILE
    return own if own.is_file() else defaults("voices") / FILE
