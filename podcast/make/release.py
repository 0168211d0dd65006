"""After an episode is produced: it is published, or the whole feed is written again."""

from __future__ import annotations

import datetime as dt
import logging
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from podcast import publish as publishing
from podcast.errors import PublishError
from podcast.make.audio_move import bring_audio, open_with_audio, remove_old_audio
from podcast.make.preparation import Prepared
from podcast.make.production import Produced
from podcast.make.show_paths import cover_of, takes, work
from podcast.make.worker_pool import CONTEXT
from podcast.model import Episode, Show
from podcast.util.lock import only_run

log = logging.getLogger(__name__)

_DAY = 86_400
"""Seconds."""


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
    """When it counted as published before its post corrected that; None where nothing was corrected."""


def release_episode(show: Show, prepared: Prepared, produced: Produced) -> Made:
    """Publish what was produced, and remove its files from the working folder. Raises PodcastError."""
    episode, post = produced.episode, prepared.edition.path
    store = open_with_audio(show)
    changed = publishing.publish_episode(
        episode, produced.mp3, show, store, post, produced.beside, prepared.numbers
    )
    if changed:
        tell_hub(show.feed.hub, show.url)
    for path in (produced.mp3, *produced.beside.values()):
        if isinstance(path, Path):
            path.unlink()
    earlier = prepared.earlier
    return Made(
        episode,
        produced.spoken,
        produced.kept,
        changed,
        prepared.new_voices,
        previous_moment=earlier.published
        if earlier and earlier.published != episode.published
        else None,
    )


def prune_takes(show: Show, now: dt.datetime) -> None:
    """Bound the working folder, once a day at most.

    Takes that no episode used for `keep_takes` days go first, then the oldest ones beyond `cache_mb`.
    """
    marker = work(show) / "pruned"
    if marker.exists() and now.timestamp() - marker.stat().st_mtime < _DAY:
        return

    freed = 0
    if show.voices.keep_takes:
        freed += takes(show).prune(now - dt.timedelta(days=show.voices.keep_takes))
    if show.voices.cache_mb:
        room = show.voices.cache_mb * 1_000_000 - _measure_other_caches(work(show))
        freed += takes(show).prune_to(max(0, room), now - dt.timedelta(seconds=_DAY))
    work(show).mkdir(exist_ok=True)
    marker.touch()
    if freed:
        log.info("removed takes that were unused for longest: %.1f MB", freed / 1e6)


def _measure_other_caches(folder: Path) -> int:
    """Bytes of all that the working folder holds beside takes."""
    size = 0
    for path in folder.rglob("*") if folder.is_dir() else ():
        is_take = path.relative_to(folder).parts[0] == "takes"
        if not is_take and path.is_file():
            size += path.stat().st_size
    return size


def rebuild_feed(show: Show, audio_from: str = "", *, removes_old_audio: bool = False) -> int:
    """Write the feed and all pages again from the records; how many episodes there are.

    Audio at the address `audio_from` comes along first. With `removes_old_audio` it goes there, or from where
    the pages are, once the feed names it where it is now.
    """
    with only_run(work(show), "the feed"):
        cover_of(show)
        if audio_from:
            bring_audio(show, audio_from)
        with ProcessPoolExecutor(
            mp_context=CONTEXT
        ) as executor:  # Starts no process before it has work.
            count = len(publishing.rebuild_feed(show, open_with_audio(show), executor))
        if removes_old_audio:
            removed = remove_old_audio(show, audio_from)
            log.info("%d audio files removed from where they were", removed)
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
