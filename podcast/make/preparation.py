"""Before an episode is produced: its script is there, and who speaks it is remembered."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from podcast.make.crew import Crew, MakingRules
from podcast.make.due_editions import find_withdrawal, require_due
from podcast.make.episode_image import require_image
from podcast.make.refusals import require_cover, require_language
from podcast.make.replaced_episode import find_moved_episode, find_replaced_episode, post_name
from podcast.make.scripts import provide_script
from podcast.make.show_paths import posts_path
from podcast.model import NO_NUMBERS, Cast, Edition, Episode, Numbers, Script, Show, Withdrawal
from podcast.publish import UNDONE, Store, load_episodes, load_withdrawals
from podcast.read.post_hashes import hash_post
from podcast.registry import open_store


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition with its script and cast: all that its recording needs to know."""

    edition: Edition
    script: Script
    cast: Cast
    post: str
    """The path of its post within the show's folder of posts;
    empty for a post from elsewhere."""
    same_date: tuple[Episode, ...]
    """What is published of its date, and what it corrects the date of."""
    replaced: Episode | None
    """The one of them that it replaces."""
    started: dt.datetime
    """When its making began, aware."""
    seconds: float
    """How long preparing took."""
    new_voices: tuple[str, ...]
    """People who were given a voice for it."""
    undone: Withdrawal | None = None
    """The withdrawal that was undone, so that its episode is made again."""
    numbers: Numbers = NO_NUMBERS
    """Those that it is to have where it has none yet."""


def prepare_edition(show: Show, edition: Edition, crew: Crew, rules: MakingRules) -> Prepared:
    """Write the script unless it is saved, and remember who has which voice.

    Raises PodcastError for an edition that may not be made now, or not at all.
    """
    started, clock_start = crew.now(), time.monotonic()
    require_due(show, edition, started)
    if not rules.force:
        require_language(show.language, edition)
    require_cover(show)

    store = open_store(show)
    same_date, replaced = _find_same_date(show, edition, store)
    require_image(show.folder, edition, is_prefixed=show.edition.facts == "prefixed")

    ready = provide_script(show, edition, crew.writer, rules)
    undone = None
    if replaced is None:
        undone = find_withdrawal(show, edition, load_withdrawals(store, UNDONE))
    return Prepared(
        edition=edition,
        script=ready.script,
        cast=ready.cast,
        post=post_name(posts_path(show), edition),
        same_date=same_date,
        replaced=replaced,
        started=started,
        seconds=time.monotonic() - clock_start,
        new_voices=ready.new_voices,
        undone=undone,
    )


def _find_same_date(
    show: Show, edition: Edition, store: Store
) -> tuple[tuple[Episode, ...], Episode | None]:
    """Find what is published of the edition's date, and the episode that it replaces."""
    same_date = tuple(load_episodes(store, edition.date))
    replaced = find_replaced_episode(posts_path(show), edition, same_date)
    if replaced is not None:
        return same_date, replaced

    # A post may have been given another date: its episode stands under the old one.
    hashes = hash_post(edition, show.edition.include)
    moved = find_moved_episode(posts_path(show), edition, store, hashes)
    if moved is None:
        return same_date, None
    return (*same_date, moved), moved
