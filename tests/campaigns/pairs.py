"""Two machines that publish to one store at the same moment: feed and index list what both published."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import multiprocessing
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from pathlib import Path
from types import MappingProxyType

import feedparser  # type: ignore[import-untyped]
import fsspec  # type: ignore[import-untyped]

from podcast.config import load_show
from podcast.model import Episode, Show
from podcast.publish import Store, load_episodes, publish_episode, rebuild_feed
from podcast.publish.stores.folder import FolderStore
from podcast.publish.stores.remote import RemoteStore
from tests.campaigns import remote
from tests.campaigns.crash import Tally
from tests.campaigns.shows import a_show, copied
from tests.standin.sftp import sftp_server

FIRST = dt.date(2024, 6, 1)
SETTINGS = 'numbering = "all"\nfeed_items = 1000\n'
_FORKS = multiprocessing.get_context("forkserver")
_NOTHING: Mapping[str, str] = MappingProxyType({})


def campaign(
    folder: Path, store: Store, pairs: int, case: str, owner: Mapping[str, str] = _NOTHING
) -> Tally:
    """Let two processes publish another episode each, so many times, and count what is missing.

    `owner` holds the variables that the store's owner has in the environment.
    """
    tally = Tally(case)
    first = load_show(a_show(folder / "one", posts=1, published=1, settings=SETTINGS))
    (episode,) = load_episodes(FolderStore(first.path("feeds")), lines=True)
    copied(first.folder, folder / "two")
    machines = (first, load_show(folder / "two"))
    made: list[Episode] = []
    with (
        environment(owner),
        ProcessPoolExecutor(
            2, mp_context=_FORKS, initializer=_begin, initargs=(_FORKS.Barrier(2), dict(owner))
        ) as processes,
    ):
        for pair in range(pairs):
            new = [_an_episode(episode, 2 * pair + which) for which in (0, 1)]
            runs = [
                processes.submit(_publish, show, store, each)
                for show, each in zip(machines, new, strict=True)
            ]
            tally.losses += [
                f"pair {pair}: {run.exception()}" for run in runs if run.exception() is not None
            ]
            made += new
            tally.attempts += 1
            tally.losses += [f"pair {pair}: {fault}" for fault in _missing(store, made)]
        tally.losses += list(_faults_at_the_end(first, store))
    return tally


@contextmanager
def open_place(kind: str, folder: Path) -> Iterator[tuple[Store, Mapping[str, str]]]:
    """A store of that kind, each on a real server, and what its owner has in the environment."""
    if kind == "bucket":
        with remote.bucket() as place, environment(place.credentials):
            # fsspec keeps what it opened, with the address of a service that may be gone.
            fsspec.filesystem("s3").clear_instance_cache()
            yield RemoteStore(place.url), place.credentials
    elif kind == "sftp":
        with sftp_server(folder) as address:
            yield RemoteStore(f"{address}/feeds"), _NOTHING
    else:
        yield FolderStore(folder), _NOTHING


def _missing(store: Store, made: list[Episode]) -> Iterator[str]:
    """What feed and index lack of the episodes."""
    feed = feedparser.parse(store.read("feed.xml"))
    listed = {entry.id for entry in feed.entries}
    index = (store.read("index.html") or b"").decode()
    for episode in made:
        if episode.guid not in listed:
            yield f"feed.xml lacks {episode.slug}"
        if f"{episode.slug}.html" not in index:
            yield f"index.html lacks {episode.slug}"


def _faults_at_the_end(show: Show, store: Store) -> Iterator[str]:
    """Numbers that two episodes have, and files that are not what the records give."""
    numbers = [episode.numbers.show for episode in load_episodes(store)]
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        yield f"the numbers are {sorted(numbers)}"
    before = {name: store.read(name) for name in store.names()}
    rebuild_feed(show, store)
    for name in store.names():
        if store.read(name) != before.get(name):
            yield f"{name} was not what the records give"


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
        numbers=dataclasses.replace(episode.numbers, show=0),
    )


def _audio(number: int) -> bytes:
    return b"ID3" + number.to_bytes(4, "big") * 500


_start: list[Barrier] = []
"""Where both processes wait for each other."""


def _begin(start: Barrier, owner: dict[str, str]) -> None:
    os.environ.update(owner)
    _start.append(start)


def _publish(show: Show, store: Store, episode: Episode) -> None:
    mp3 = show.path(f"{episode.slug}.mp3")
    mp3.write_bytes(_audio(int(episode.title.split()[1])))
    _start[0].wait(60)
    publish_episode(episode, mp3, show, store)
    mp3.unlink()
