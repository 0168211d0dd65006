"""Sources become a written edition, and a published one becomes a mail.

As `make` composes the stages into an episode, this composes sources, desk and archive into a post.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from podcast import __version__
from podcast.document.extract import decode
from podcast.errors import EditError, MailError, SourceError, WithheldError
from podcast.make.due_editions import require_due
from podcast.model import Edition, Item, Show, SourceText, Usd
from podcast.newsroom.editing import edit, sift
from podcast.newsroom.fetcher import MOST_BYTES, Fetcher
from podcast.newsroom.post_index import recall
from podcast.newsroom.post_writer import render
from podcast.newsroom.related_headlines import Archive
from podcast.newsroom.staff import FILE, load_staff
from podcast.publish import episodes
from podcast.publish.mail import compose
from podcast.read import read
from podcast.read.posts import JekyllSource, read_post
from podcast.read.publication import find_hiding
from podcast.registry import open_desk, open_items, open_source, open_store
from podcast.services.prices import Budget
from podcast.util.files import write_atomic
from podcast.util.lock import only_run
from podcast.util.package_data import defaults

STDIN = "-"
MOST_ADDRESSES = 100
"""A longer list of addresses is a mistake, or rude."""
_NOTES = (".md", ".markdown", ".txt")

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
    drop_covered: bool = False,
    hire: bool = False,
    rewrite: bool = False,
    dry_run: bool = False,
) -> Draft:
    """Make the edition of `date` of what the sources give (files, folders, addresses, or `-`): its post.

    With `hire` the editor hires reporters for the day. A post of that date that is there is left alone, and
    EditError raised before anything is paid for; with `rewrite` the new one takes its name, and the old one
    is kept beside it, numbered, where neither Jekyll nor presscast reads it. A dry run writes nothing but
    what may be kept of answers from the web, under `.podcast/`, and asks no service. Raises PodcastError.
    """
    with only_run(show.path(".podcast"), f"the edition of {date}"):
        started = now()
        old = post_of(show, date)
        if old and not rewrite and not dry_run:
            raise EditError(f"{old}: there is an edition of {date} already. Write it anew with --rewrite")
        staff = [p for p in load_staff(_staff_path(show)) if p.role == "editor" or not hire]
        kept = show.path(".podcast", "edited", str(date))
        desk = open_desk(writer, show, kept, budget)
        fetcher = Fetcher(show.path(".podcast", "fetched"), contact=show.link, allow_private=allow_private)
        items = [item for source in sources for item in gather(source, fetcher, stdin)]
        archive = _archive(show, date).search
        found = sift(items, archive, drop_covered=drop_covered)
        price = desk.price(found, staff, show)
        working = open_desk("template", show, kept, budget) if dry_run else desk
        edition = edit(found, working, date=date, staff=staff, archive=archive, show=show)
        if dry_run:
            return Draft(edition, len(items), None, price)
        text = render(edition, created=now(), processing=now() - started, version=__version__)
        path = old or show.path(str(show.posts), f"{edition.slug}.md")
        if old:
            number = 1
            while (beside := old.with_name(f"{old.name}.~{number}~")).exists():
                number += 1
            write_atomic(beside, old.read_bytes())
        write_atomic(path, text)
        shutil.rmtree(kept, ignore_errors=True)
        return Draft(edition, len(items), path, None if price is None else edition.cost)


def mail_of(
    show: Show, date: dt.date | None, post: Path | None, now: dt.datetime, to: Sequence[str] = ()
) -> tuple[str, EmailMessage]:
    """The slug of the published edition of that date, or of that post, and the mail that tells of it.

    Raises PodcastError where there is no such edition or its episode is not published.
    """
    edition = read_post(post) if post else read(open_source(show), date or dt.date.min)
    require_due(show, edition, now)
    published = episodes(open_store(show), edition.date)
    episode = next((e for e in published if e.slug == edition.slug), None)
    if episode is None:
        how = f"--post {post}" if post else f"--date {date}"
        raise MailError(f"no episode of {post or date} is published. Make it with `podcast make {how}`")
    return episode.slug, compose(show, edition, episode, to)


def gather(source: str, fetcher: Fetcher, stdin: Callable[[], bytes]) -> list[Item]:
    """The items that one source gives. Raises SourceError."""
    if Path(source).is_dir():
        notes = sorted(path for path in Path(source).rglob("*") if path.suffix in _NOTES and path.is_file())
        if not notes:
            raise SourceError(f"{source}: there is no note here. Put Markdown files into the folder")
        return [item for note in notes for item in _items(_file(note), as_note=True)]
    document = _open(source, fetcher, stdin)
    addresses = _addresses(document.text)
    if not addresses:
        return _items(document)
    if len(addresses) > MOST_ADDRESSES:
        what = f"it lists {len(addresses)} addresses, and at most {MOST_ADDRESSES} are fetched"
        raise SourceError(f"{source}: {what}. Shorten it")
    return [item for address in addresses for item in _items(_fetched(address, fetcher))]


def post_of(show: Show, date: dt.date) -> Path | None:
    """The post of that date, if there is one. Raises EditError when there are several."""
    folder = show.path(str(show.posts))
    found = (
        [path for path, day in JekyllSource(folder).posts_by_date() if day == date] if folder.is_dir() else []
    )
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise EditError(
            f"{folder}: there are {len(found)} editions of {date} already: {names}. Remove all but one"
        )
    return found[0] if found else None


def _items(document: SourceText, as_note: bool = False) -> list[Item]:
    if not document.text.strip():
        raise SourceError(f"{document.name}: it is empty")
    items = open_items(document, as_note=as_note)
    if not items:
        what = "no paper, no feed, no page, no note and no address is in it"
        raise SourceError(f"{document.name}: {what}. See docs/newsroom.md for what a source can be")
    return items


def _open(source: str, fetcher: Fetcher, stdin: Callable[[], bytes]) -> SourceText:
    if source == STDIN:
        name = "standard input"
        data = stdin()
        return SourceText(name, decode(name, _within(name, data)))
    if source.startswith(("http://", "https://")):
        return _fetched(source, fetcher)
    return _file(Path(source))


def _fetched(address: str, fetcher: Fetcher) -> SourceText:
    data, charset, last = fetcher.fetch(address)
    return SourceText(address, decode(address, data, charset), last)


def _file(path: Path) -> SourceText:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(f"{path}: it cannot be read: {error.strerror}. Check the name") from error
    return SourceText(str(path), decode(str(path), _within(str(path), data)))


def _within(name: str, data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise SourceError(f"{name}: it is larger than {MOST_BYTES // 1_000_000} MB. Name a smaller one")
    return data


def _addresses(text: str) -> list[str]:
    """The addresses of a plain list, one a line, `#` before remarks; empty when it is something else."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    plain = all(line.startswith(("http://", "https://")) and len(line.split()) == 1 for line in lines)
    return list(dict.fromkeys(lines)) if plain else []


def _archive(show: Show, date: dt.date) -> Archive:
    """All editions before that date. A post that cannot be read is passed over: it is not today's fault."""
    folder = show.path(str(show.posts))
    posts = JekyllSource(folder).posts_by_date() if folder.is_dir() else []
    before = [path for path, day in posts if day < date]

    def read_shown(path: Path) -> Edition:
        edition = read_post(path)
        if hidden := find_hiding(edition.publication, path):
            raise WithheldError(path, None, hidden)
        return edition

    return Archive(recall(before, show.path(".podcast", "archive.json"), read_shown))


def _staff_path(show: Show) -> Path:
    own = show.path("voices", FILE)
    return own if own.is_file() else defaults("voices") / FILE
