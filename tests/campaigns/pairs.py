"""Two machines that publish to one store at the same moment: the feed lists what both published."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import feedparser  # type: ignore[import-untyped]

from podcast.config import load_show
from podcast.model import Episode, Show
from podcast.publish import Store, load_episodes, publish_episode
from tests.campaigns.crash import Tally
from tests.campaigns.shows import a_show, copied

FIRST = dt.date(2024, 6, 1)
OpenStore = Callable[[], Store]
"""Opens the one store anew, as another machine does."""


def campaign(folder: Path, open_store: OpenStore, pairs: int, case: str) -> Tally:
    """Let two machines publish another episode each, so many times, and count what the feed lacks."""
    tally = Tally(case)
    first = load_show(a_show(folder / "one", posts=1, published=1))
    (episode,) = load_episodes(_local(first), lines=True)
    copied(first.folder, folder / "two")
    machines = (first, load_show(folder / "two"))
    listed: set[str] = set()
    for number in range(pairs):
        start = threading.Barrier(2)
        made = [_an_episode(episode, 2 * number + which) for which in (0, 1)]
        with ThreadPoolExecutor(2) as threads:
            runs = [
                threads.submit(_publish, start, show, open_store(), each)
                for show, each in zip(machines, made, strict=True)
            ]
        for run, show, each in zip(runs, machines, made, strict=True):
            if run.exception() is not None:
                # The service refused it, and the run said so: its owner runs it again.
                tally.late += 1
                _publish(threading.Barrier(1), show, open_store(), each)
        listed |= {each.guid for each in made}
        feed = feedparser.parse(open_store().read("feed.xml"))
        missing = listed - {entry.id for entry in feed.entries}
        tally.attempts += 1
        if missing:
            tally.losses.append(f"pair {number}: {len(missing)} episodes are missing")
    return tally


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """These variables, as an owner sets them."""
    before = {key: os.environ.get(key) for key in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value


def _local(show: Show) -> Store:
    from podcast.publish.stores.folder import FolderStore

    return FolderStore(show.path("feeds"))


def _an_episode(episode: Episode, number: int) -> Episode:
    """Another episode of the same sound, a few words long."""
    date = FIRST + dt.timedelta(days=number)
    content = _audio(number)
    return dataclasses.replace(
        episode,
        slug=f"{date}-edition-{number}",
        guid=f"guid-{number}",
        date=date,
        published=dt.datetime.combine(date, dt.time(6), dt.UTC),
        title=f"Edition {number}",
        lines=episode.lines[:2],
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        post="",
    )


def _audio(number: int) -> bytes:
    return b"ID3" + number.to_bytes(4, "big") * 500


def _publish(start: threading.Barrier, show: Show, store: Store, episode: Episode) -> None:
    mp3 = show.path(f"{episode.slug}.mp3")
    mp3.write_bytes(_audio(int(episode.title.split()[1])))
    start.wait()
    publish_episode(episode, mp3, show, store)
    mp3.unlink()
