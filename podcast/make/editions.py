"""Sources become a written edition.

As `make` composes the stages into an episode, this composes sources, desk and archive into a post.
"""

from __future__ import annotations

import datetime as dt
import shutil
import zoneinfo
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from podcast import __version__
from podcast.errors import EditError, NothingNewError, WithheldError
from podcast.make.source_gathering import Gathering, NewsWindow, gather
from podcast.model import Edition, Person, Show, Usd
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


@dataclass(frozen=True, slots=True)
class EditionOptions:
    """How an edition of sources is made."""

    writer: str = "template"
    """The desk: `template`, or the name of a model's writer."""
    allow_private: bool = False
    """Whether addresses of this machine's own network may be asked."""
    drop_covered: bool = True
    """Whether what an earlier edition told is left out."""
    hire: bool = False
    """Whether the editor hires reporters for the day."""
    rewrite: bool = False
    """Whether a post of that date may be written anew; the old one is kept beside it."""
    dry_run: bool = False
    """Whether nothing is to be written, and no service asked."""


def produce(
    show: Show,
    date: dt.date,
    sources: Sequence[str],
    options: EditionOptions,
    *,
    budget: Budget,
    now: Clock,
    stdin: Callable[[], bytes],
) -> Draft:
    """Make the edition of `date` of what the sources give (files, folders, addresses, or `-`): its post.

    A post of that date that is there is left alone, and EditError raised before anything is paid for, unless
    it may be written anew. A dry run writes nothing but what may be kept of answers from the web, under
    `.podcast/`. Raises NothingNewError when no source has anything new, and other PodcastErrors.
    """
    with only_run(show.path(".podcast"), f"the edition of {date}"):
        started = now()
        old = post_of(show, date)
        if old and not options.rewrite and not options.dry_run:
            what = f"{old}: there is an edition of {date} already"
            raise EditError(f"{what}. Write it anew with --rewrite")

        archive = _load_archive(show, date)
        gathered = _gather_news(show, date, sources, options, archive, stdin)
        items = sift(gathered.items, archive.search, drop_covered=options.drop_covered)

        staff = _load_staff(show.path("voices"), hire=options.hire)
        saved_answers = show.path(".podcast", "edited", str(date))
        desk = open_desk(options.writer, show, saved_answers, budget)
        price = desk.price(items, staff, show)
        if options.dry_run:
            desk = open_desk("template", show, saved_answers, budget)
        edition = edit(items, desk, date=date, staff=staff, archive=archive.search, show=show)

        draft = Draft(
            edition,
            len(gathered.items),
            path=None,
            price=price,
            notices=(*gathered.notices, *_name_briefs(edition)),
            failures=gathered.failures,
        )
        if options.dry_run:
            return draft

        text = render(edition, created=now(), processing=now() - started, version=__version__)
        path = old or show.path(str(show.edition.posts), f"{edition.slug}.md")
        if old:
            _keep_beside(old)
        write_atomic(path, text)
        shutil.rmtree(saved_answers, ignore_errors=True)
        cost = None if price is None else edition.cost
        return replace(draft, path=path, price=cost)


def _gather_news(
    show: Show,
    date: dt.date,
    sources: Sequence[str],
    options: EditionOptions,
    archive: Archive,
    stdin: Callable[[], bytes],
) -> Gathering:
    """Read the sources. Raises NothingNewError when they have nothing new."""
    fetcher = Fetcher(
        show.path(".podcast", "fetched"),
        contact=show.link,
        allow_private=options.allow_private,
    )
    window = news_window(show, date)
    known = archive if options.drop_covered else Archive(())
    gathered = gather(sources, fetcher, stdin, window, known)
    if not gathered.items:
        what = f"nothing is new since {window.first}: no edition of {date} is made"
        raise NothingNewError("\n".join([what, *gathered.notices, *gathered.failures]))
    return gathered


def _load_staff(voices: Path, *, hire: bool) -> list[Person]:
    """The show's staff; without its reporters where the editor hires some for the day."""
    staff = load_staff(_staff_path(voices))
    return [person for person in staff if person.role == "editor" or not hire]


def _keep_beside(post: Path) -> None:
    """Keep a post beside itself, numbered, where neither Jekyll nor presscast reads it."""
    number = 1
    while (beside := post.with_name(f"{post.name}.~{number}~")).exists():
        number += 1
    write_atomic(beside, post.read_bytes())


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
    return NewsWindow(last, date, zoneinfo.ZoneInfo(show.edition.timezone))


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
