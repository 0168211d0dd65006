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
    store = open_with_audio(show)
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
    """Bound the working folder, once a day at most.

    Takes that no episode used for `keep_takes` days go first, then the oldest ones beyond
    `cache_mb`.
    """
    folder = work_folder(show)
    marker = folder / "pruned"
    if marker.exists() and now.timestamp() - marker.stat().st_mtime < _DAY_SECONDS:
        return

    freed_bytes = 0
    takes = open_takes(show)
    if show.voices.keep_takes:
        freed_bytes += takes.prune(now - dt.timedelta(days=show.voices.keep_takes))
    if show.voices.cache_mb:
        room = show.voices.cache_mb * 1_000_000 - _measure_other_caches(folder)
        # What the last day used is kept in any case: the next run is likely to use it again.
        freed_bytes += takes.prune_to(max(0, room), now - dt.timedelta(days=1))
    folder.mkdir(exist_ok=True)
    marker.touch()
    if freed_bytes:
        log.info("removed takes that were unused for longest: %.1f MB", freed_bytes / 1e6)


def remove_expired_audio(show: Show, now: dt.datetime) -> None:
    """Remove the audio that was replaced for longer than `keep_replaced` days.

    What cannot be removed now is removed by a later run: the episode is published all the same.
    """
    try:
        with only_run(work_folder(show), "replaced audio"):
            slugs = publishing.remove_expired_audio(show, open_store(show), now)
    except PublishError as error:
        log.warning("%s", error)
        return
    if slugs:
        log.info("removed audio that was replaced for long: %s", ", ".join(slugs))


def _measure_other_caches(folder: Path) -> int:
    """Measure all that the working folder holds beside takes, in bytes."""
    if not folder.is_dir():
        return 0
    size = 0
    for path in folder.rglob("*"):
        is_take = path.relative_to(folder).parts[0] == "takes"
        if not is_take and path.is_file():
            size += path.stat().st_size
    return size


def rebuild_feed(show: Show, audio_from: str = "", *, removes_old_audio: bool = False) -> int:
    """Write the feed and all pages again from the records; the number of episodes.

    Audio at the address `audio_from` comes along first. With `removes_old_audio` it goes there,
    or from where the pages are, once the feed names it where it is now.
    """
    with only_run(work_folder(show), "the feed"):
        cover_of(show)
        if audio_from:
            bring_audio(show, audio_from)
        # It starts no process before there is work for one.
        with ProcessPoolExecutor(mp_context=CONTEXT) as executor:
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
