"""Sources become a written edition.

As `make` composes the stages into an episode, this composes sources, desk and archive into a
post.
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
from podcast.make.crew import Clock
from podcast.make.show_paths import posts_path, work_folder
from podcast.make.source_gathering import Gathering, NewsWindow, gather_sources
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

# How many days back an entry of a feed is news, where no earlier edition says when news
# began.
_DEFAULT_DAYS = 2
# A story of fewer words is a brief.
_BRIEF_WORDS = 25


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
    """What its owner should know, one line each: what was left out,
    and which stories are briefs."""
    failures: tuple[str, ...] = ()
    """What is wrong with sources that gave nothing, one line each."""


@dataclass(frozen=True, slots=True)
class EditionOptions:
    """How an edition of sources is made."""

    writer: str = "template"
    """The desk: `template`, or the name of a model's writer."""
    allow_private: bool = False
    """True when addresses of this machine's own network may be asked."""
    drop_covered: bool = True
    """True when what an earlier edition told is left out."""
    hire: bool = False
    """True when the editor hires reporters for the day."""
    rewrite: bool = False
    """True when a post of that date may be written anew; the old one is kept beside it."""
    dry_run: bool = False
    """True when nothing is to be written, and no service asked."""


def make_edition(
    show: Show,
    date: dt.date,
    sources: Sequence[str],
    options: EditionOptions,
    *,
    budget: Budget,
    now: Clock,
    stdin: Callable[[], bytes],
) -> Draft:
    """Make the post of `date` of what the sources give: files, folders, addresses, or `-`.

    A post of that date that is there is left alone, and EditError raised before anything is
    paid for, unless it may be written anew. A dry run writes nothing but what may be kept of
    answers from the web, under `.podcast/`. Raises NothingNewError when no source has anything
    new, and other PodcastErrors.
    """
    with only_run(work_folder(show), f"the edition of {date}"):
        started = now()
        old = find_post(show, date)
        if old and not options.rewrite and not options.dry_run:
            what = f"{old}: there is an edition of {date} already"
            raise EditError(f"{what}. Write it anew with --rewrite")

        archive = _load_archive(show, date)
        gathered = _gather_news(show, date, sources, options, archive, stdin)
        items = sift(gathered.items, archive.search, drop_covered=options.drop_covered)

        staff = _load_staff(show.path("voices"), hire=options.hire)
        saved_answers = work_folder(show) / "edited" / str(date)
        desk = open_desk(options.writer, show, saved_answers, budget)
        price = desk.price(items, staff, show)
        if options.dry_run:
            # The price is the model's; the edition that is shown costs nothing.
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
        path = old or posts_path(show) / f"{edition.slug}.md"
        if old:
            _keep_old_post(old)
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
        work_folder(show) / "fetched",
        contact=show.link,
        allow_private=options.allow_private,
    )
    window = choose_news_window(show, date)
    if not options.drop_covered:
        archive = Archive(())
    gathered = gather_sources(sources, fetcher, stdin, window, archive)
    if not gathered.items:
        what = f"nothing is new since {window.first}: no edition of {date} is made"
        raise NothingNewError("\n".join([what, *gathered.notices, *gathered.failures]))
    return gathered


def _load_staff(voices: Path, *, hire: bool) -> Sequence[Person]:
    """Load the show's staff; without reporters where the editor hires some for the day."""
    own_file = voices / FILE
    staff = load_staff(own_file if own_file.is_file() else defaults("voices") / FILE)
    if not hire:
        return staff
    return [person for person in staff if person.role == "editor"]


def _keep_old_post(post: Path) -> None:
    """Keep a post beside itself, numbered, where neither Jekyll nor presscast reads it."""
    number = 1
    while (copy := post.with_name(f"{post.name}.~{number}~")).exists():
        number += 1
    write_atomic(copy, post.read_bytes())


def find_post(show: Show, date: dt.date) -> Path | None:
    """Find the post of that date. Raises EditError when there are several."""
    posts = [path for path, day in _list_posts(show) if day == date]
    if len(posts) > 1:
        names = " and ".join(path.name for path in posts)
        what = f"there are {len(posts)} editions of {date} already: {names}"
        raise EditError(f"{posts_path(show)}: {what}. Remove all but one")
    return posts[0] if posts else None


def _list_posts(show: Show) -> list[tuple[Path, dt.date]]:
    """List the show's posts with their dates; none where it has no folder of posts yet."""
    if not posts_path(show).is_dir():
        return []
    return open_source(show).posts_by_date()


def choose_news_window(show: Show, date: dt.date) -> NewsWindow:
    """Choose the days of which an edition of `date` tells what feeds have.

    They begin with the day of the last edition, unless the show's settings say otherwise.
    """
    earlier_days = [day for _, day in _list_posts(show) if day < date]
    if show.newsroom.news_days or not earlier_days:
        days = show.newsroom.news_days or _DEFAULT_DAYS
        first = date - dt.timedelta(days=days)
    else:
        first = max(earlier_days)
    return NewsWindow(first, date, zoneinfo.ZoneInfo(show.edition.timezone))


def _name_briefs(edition: Edition) -> list[str]:
    """Say in one line which stories are briefs."""
    titles: list[str] = []
    for story in edition.stories:
        if len(story.body.text.split()) < _BRIEF_WORDS:
            titles.append(story.title)
    if not titles:
        return []
    what = f"told as briefs, for they have fewer than {_BRIEF_WORDS} words"
    return [f"{what}: {'; '.join(titles)}"]


def _load_archive(show: Show, date: dt.date) -> Archive:
    """Load all editions before that date.

    A post that cannot be read is passed over: it is not today's fault.
    """
    source = open_source(show)
    earlier_posts = [path for path, day in _list_posts(show) if day < date]

    def read_shown(path: Path) -> Edition:
        edition = source.read_file(path)
        hiding_line = find_hiding(edition.publication, path)
        if hiding_line:
            raise WithheldError(path, None, hiding_line)
        return edition

    index_path = work_folder(show) / "archive.json"
    return Archive(recall(earlier_posts, index_path, read_shown))
