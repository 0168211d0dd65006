"""After an episode is produced: it is published, or the whole feed is written again."""

from __future__ import annotations

import datetime as dt
import logging
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from podcast import publish as publishing
from podcast.errors import PublishError
from podcast.make.preparation import Prepared
from podcast.make.production import Produced
from podcast.make.show_paths import cover_of, open_takes, work_folder
from podcast.make.worker_pool import CONTEXT
from podcast.model import Episode, Show
from podcast.registry import open_store
from podcast.util.lock import only_run

log = logging.getLogger(__name__)

_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` did."""

    episode: Episode
    spoken: int
    """Takes spoken in this run."""
    kept: int
    """Takes that were there already."""
    changed: bool
    """False when the published episode was already this one."""
    new_voices: tuple[str, ...]
    previous_moment: dt.datetime | None = None
    """When it counted as published before its post corrected that;
    None where nothing was corrected."""


def release_episode(show: Show, prepared: Prepared, produced: Produced) -> Made:
    """Publish what was produced, and remove its files from the working folder.

    Raises PodcastError.
    """
    episode, post = produced.episode, prepared.edition.path
    store = open_store(show)
    changed = publishing.publish_episode(
        episode, produced.mp3, show, store, post, produced.extra_files, prepared.numbers
    )
    if changed:
        tell_hub(show.feed.hub, show.url)
    for path in (produced.mp3, *produced.extra_files.values()):
        if isinstance(path, Path):
            path.unlink()

    previous_moment = prepared.replaced.published if prepared.replaced else None
    if previous_moment == episode.published:
        previous_moment = None
    return Made(
        episode,
        produced.spoken,
        produced.kept,
        changed,
        prepared.new_voices,
        previous_moment,
    )


def prune_takes(show: Show, now: dt.datetime) -> None:
    """Remove takes that no episode used for `keep_takes` days; looks once a day at most."""
    days = show.voices.keep_takes
    if not days:
        return
    marker = work_folder(show) / "pruned"
    if marker.exists() and now.timestamp() - marker.stat().st_mtime < _DAY_SECONDS:
        return

    freed_bytes = open_takes(show).prune(now - dt.timedelta(days=days))
    work_folder(show).mkdir(exist_ok=True)
    marker.touch()
    if freed_bytes:
        log.info("removed takes unused for %d days: %.1f MB", days, freed_bytes / 1e6)


def rebuild_feed(show: Show) -> int:
    """Write the feed and all pages again from the records; the number of episodes."""
    with only_run(work_folder(show), "the feed"):
        cover_of(show)
        # It starts no process before there is work for one.
        with ProcessPoolExecutor(mp_context=CONTEXT) as executor:
            count = len(publishing.rebuild_feed(show, open_store(show), executor))
    tell_hub(show.feed.hub, show.url)
    return count


def tell_hub(hub: str, url: str) -> None:
    """Ping the show's hub. What is published stays published when the hub does not listen."""
    if not hub:
        return
    from podcast.publish.websub import ping

    try:
        ping(hub, f"{url}feed.xml")
    except PublishError as error:
        log.warning("%s", error)
