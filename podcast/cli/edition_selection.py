"""Which editions a command is about: of a date, a post, a range, all, or all that are new."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from podcast.cli.options import Date, all_of, date_option, post_option, today
from podcast.errors import PodcastError
from podcast.model import Edition, Show

# The name of each edition that was asked for, and how to read it.
Editions = list[tuple[str, Callable[[], Edition]]]

selection_options = all_of(
    date_option,
    post_option,
    click.option(
        "--new", is_flag=True, help="All editions that are due and have no episode yet."
    ),
    click.option("--since", type=Date(), help="All editions from this date on."),
    click.option("--until", type=Date(), help="All editions up to this date."),
    click.option("--all", "everything", is_flag=True, help="All editions."),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What `selection_options` ask for."""

    date: dt.date | None = None
    post: Path | None = None
    new: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    everything: bool = False

    @property
    def is_batch(self) -> bool:
        """True for any number of editions, false for one by its date or post."""
        return self.new or self._is_range

    @property
    def _is_range(self) -> bool:
        return bool(self.since or self.until or self.everything)

    def check(self) -> None:
        """Raise UsageError unless it asks for editions in one way."""
        ways = (self.new, self._is_range, self.date is not None, self.post is not None)
        if sum(ways) != 1:
            raise click.UsageError(
                "name one of --date, --post, --new, --since/--until or --all"
            )
        if self.since and self.until and self.since > self.until:
            what = f"--since {self.since} is after --until {self.until}"
            raise PodcastError(f"{what}: no edition is in between")

    def holds(self, day: dt.date) -> bool:
        """Tell whether a day is in the range."""
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


def list_editions(show: Show, selection: Selection) -> Editions:
    """List the editions that are asked for; of many of one date, each has its post's name."""
    from podcast import make as making

    read = partial(making.read_edition, show)
    if selection.post:
        return [(str(selection.post), partial(read, selection.post, draft_date=today(show)))]
    if selection.date:
        return [(str(selection.date), partial(read, selection.date))]

    posts = making.list_unmade(show, today(show)) if selection.new else making.list_posts(show)
    chosen = [(path, day) for path, day in posts if selection.holds(day)]
    counts = Counter(day for _, day in chosen)
    return [
        (str(day) if counts[day] == 1 else str(path), partial(read, path))
        for path, day in chosen
    ]
