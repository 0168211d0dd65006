"""Published episodes against their posts.

Are the posts still there, and still published by their blog?
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from podcast.check.fault import Fault
from podcast.errors import ReadError, ScriptError
from podcast.model import Edition, Episode, EpisodeDetails, PostHashes, Show
from podcast.read.post_hashes import describe_changes, hash_post
from podcast.read.publication import find_hiding, find_obstacle
from podcast.registry import open_source
from podcast.write.script_file import load


def check_published_posts(
    show: Show, episodes: Iterable[Episode], now: dt.datetime | None
) -> Iterator[Fault]:
    """Find episodes whose post is gone, or is not published by its blog any more."""
    folder = show.path(str(show.edition.posts))
    for episode in episodes:
        if not episode.post:
            continue
        path = folder / episode.post
        if path.is_file():
            yield from _check_post(show, episode, path, now)
        else:
            what = f"its post {episode.post} is gone; its episode is still published"
            yield Fault(f"{episode.slug}.json", what, severity="warning")


def _check_post(
    show: Show, episode: Episode, path: Path, now: dt.datetime | None
) -> Iterator[Fault]:
    try:
        edition = open_source(show).read_file(path)
    except ReadError as error:
        what = f"its post cannot be read any more: {error}"
        yield Fault(f"{episode.slug}.json", what, severity="warning")
        return

    inside = (
        path.relative_to(show.folder) if path.is_relative_to(show.folder) else PurePath(path)
    )
    obstacle = find_hiding(edition.publication, inside)
    if not obstacle and now is not None:
        obstacle = find_obstacle(edition, inside, zoneinfo.ZoneInfo(show.edition.timezone), now)
    if obstacle:
        what = f"the episode is published, but not its post {episode.post}: {obstacle}"
        yield Fault(f"{episode.slug}.json", f"{what}. Withdraw the episode")
        return

    yield from _compare_details(episode, edition)
    spoken = episode.sources or _sources_of_script(show.path("scripts", f"{episode.slug}.md"))
    current = hash_post(edition, show.edition.include)
    if spoken and current and spoken.whole != current.whole:
        changes = describe_changes(spoken, current)
        what = (
            f"its post {episode.post} has changed since ({changes}): make {episode.date} again"
        )
        yield Fault(f"{episode.slug}.json", what)


def _compare_details(episode: Episode, edition: Edition) -> Iterator[Fault]:
    """Compare what the post says of its episode's item with what the record has of it."""
    changes: list[str] = []
    for field in dataclasses.fields(EpisodeDetails):
        said, known = (
            getattr(details, field.name) for details in (edition.details, episode.details)
        )
        if said != known:
            changes.append(f"{field.name} {said!r}, not {known!r}")
    if episode.asked_time and edition.time and edition.time != episode.asked_time:
        changes.append(f"published {edition.time}, not {episode.asked_time}")
    if edition.date != episode.date:
        changes.append(f"date {edition.date}, not {episode.date}")

    if changes:
        what = f"its post {episode.post} says {'; '.join(changes)}: make {edition.date} again"
        yield Fault(f"{episode.slug}.json", what, severity="warning")


def _sources_of_script(path: Path) -> PostHashes | None:
    """The version of the post that the episode's script speaks; None when it does not say."""
    try:
        return load(path).sources if path.is_file() else None
    except ScriptError:
        return None
