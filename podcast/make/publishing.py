"""What is done before and after the recording: the show's own files change, so one run at a time does it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from podcast import publish as publishing
from podcast.make.due_editions import require_due
from podcast.make.recording import Prepared, Recorded
from podcast.make.replaced_episode import earlier_episode, post_name
from podcast.make.scripts import written
from podcast.make.show_paths import cover_of
from podcast.make.show_tasks import tell_hub
from podcast.model import Edition, Episode, Show
from podcast.registry import open_store
from podcast.write import Writer

Clock = Callable[[], dt.datetime]
"""The present moment, aware."""


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


def prepare(
    show: Show, edition: Edition, writer: Writer, now: Clock, *, rewrite: bool = False, force: bool = False
) -> Prepared:
    """Write the script unless it is saved, and remember who has which voice. Raises PodcastError."""
    started, begun = now(), time.monotonic()
    require_due(show, edition, started)
    same_date = tuple(publishing.episodes(open_store(show), edition.date))
    earlier = earlier_episode(show, edition, same_date)
    script, cast, people = written(show, edition, writer, rewrite, force=force)
    cover_of(show)
    return Prepared(
        edition=edition,
        script=script,
        cast=cast,
        post=post_name(show, edition),
        same_date=same_date,
        earlier=earlier,
        started=started,
        seconds=time.monotonic() - begun,
        new_voices=people,
    )


def publish(show: Show, prepared: Prepared, recorded: Recorded) -> Made:
    """Publish what was recorded, and remove its files from the working folder. Raises PodcastError."""
    episode, post = recorded.episode, prepared.edition.path
    store = open_store(show)
    changed = publishing.publish(episode, recorded.mp3, show, store, post, recorded.beside)
    if changed:
        tell_hub(show)
    for path in (recorded.mp3, *recorded.beside.values()):
        if isinstance(path, Path):
            path.unlink()
    return Made(episode, recorded.spoken, recorded.kept, changed, prepared.new_voices)
