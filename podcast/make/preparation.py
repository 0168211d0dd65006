"""Before an episode is produced: its script is written or found,
and who speaks it is remembered."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

from podcast.make.due_editions import find_withdrawal, require_due
from podcast.make.episode_image import require_image
from podcast.make.refusals import require_cover, require_language
from podcast.make.replaced_episode import earlier_episode, find_moved_episode, post_name
from podcast.make.scripts import written
from podcast.make.show_paths import posts_path
from podcast.model import NO_NUMBERS, Cast, Edition, Episode, Numbers, Script, Show, Withdrawal
from podcast.publish import UNDONE, load_episodes, load_withdrawals
from podcast.read.post_hashes import hash_post
from podcast.registry import open_store
from podcast.write import Writer

Clock = Callable[[], dt.datetime]
"""The present moment, aware."""


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
    earlier: Episode | None
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


def prepare_edition(
    show: Show,
    edition: Edition,
    writer: Writer,
    now: Clock,
    *,
    rewrite: bool = False,
    keep_script: bool = False,
    force: bool = False,
) -> Prepared:
    """Write the script unless it is saved, and remember who has which voice.

    Raises PodcastError.
    """
    started, begun = now(), time.monotonic()
    require_due(show, edition, started)
    if not force:
        require_language(show.language, edition)
    require_cover(show)
    store = open_store(show)
    same_date = tuple(load_episodes(store, edition.date))
    earlier = earlier_episode(posts_path(show), edition, same_date)
    if earlier is None:
        hashes = hash_post(edition, show.edition.include)
        earlier = find_moved_episode(posts_path(show), edition, store, hashes)
        same_date += (earlier,) if earlier else ()
    require_image(show.folder, edition, is_prefixed=show.edition.facts == "prefixed")
    script, cast, people = written(show, edition, writer, rewrite, keep_script)
    return Prepared(
        edition=edition,
        script=script,
        cast=cast,
        post=post_name(posts_path(show), edition),
        same_date=same_date,
        earlier=earlier,
        started=started,
        seconds=time.monotonic() - begun,
        new_voices=people,
        undone=None
        if earlier
        else find_withdrawal(show, edition, load_withdrawals(store, UNDONE)),
    )
