"""The life of a show in each kind of store, on a real server: published, remade, withdrawn, cut off."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
import pytest
from standin.s3 import Wire, bucket, s3
from standin.sftp import sftp_server

from podcast.check import check_store
from podcast.config import load_show
from podcast.errors import PublishError
from podcast.model import Episode, Show
from podcast.publish import Store, load_episodes, publish_episode, withdraw_episode
from podcast.publish.stores.folder import FolderStore
from podcast.publish.stores.remote import RemoteStore
from tests.campaigns.shows import a_show, copied, date, edit_script, make

__all__ = ["bucket", "s3"]


@dataclass(frozen=True)
class Made:
    """A show that was made here, and its last episode made again."""

    folder: Path
    episodes: tuple[Episode, ...]
    remade: Episode


@pytest.fixture(scope="module", params=[3, pytest.param(20, marks=pytest.mark.slow)])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A show of a few episodes, or of twenty."""
    count: int = request.param
    folder = a_show(tmp_path_factory.mktemp("made") / "show", posts=count, published=count)
    feeds = FolderStore(folder / "feeds")
    episodes = load_episodes(feeds, lines=True)
    edit_script(folder, count - 1)
    said = make(folder, "--date", date(count - 1))
    assert said.code == 0, said.output
    (remade,) = (each for each in load_episodes(feeds, lines=True) if each not in episodes)
    return Made(folder, tuple(reversed(episodes)), remade)


@pytest.fixture(params=["folder", "s3", "sftp"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "folder":
        yield FolderStore(tmp_path / "there")
    elif request.param == "s3":
        yield RemoteStore(f"s3://{request.getfixturevalue('bucket')}/{uuid.uuid4()}")
    else:
        with sftp_server(tmp_path / "there") as address:
            yield RemoteStore(f"{address}/feeds")


def errors(show: Show, store: Store) -> list[str]:
    faults = check_store(show, store, None)
    return [f"{fault.file}: {fault.what}" for fault in faults if fault.severity == "error"]


def test_a_show_lives_in_each_store(made: Made, store: Store, tmp_path: Path) -> None:
    """Published, made again and withdrawn, what is there is proved each time, and nothing is left over."""
    show = load_show(copied(made.folder, tmp_path / "show"))
    for episode in made.episodes:
        assert publish_episode(episode, show.path("feeds", episode.audio), show, store)
    assert not publish_episode(
        made.episodes[0], show.path("feeds", made.episodes[0].audio), show, store
    )

    publish_episode(made.remade, show.path("feeds", made.remade.audio), show, store)
    assert errors(show, store) == []
    assert store.size(made.episodes[-1].audio) == made.episodes[-1].bytes

    withdraw_episode(show, store, made.episodes[0])
    slug = made.episodes[0].slug
    assert [name for name in store.names() if name.startswith(slug)] == []
    assert errors(show, store) == []
    entries = feedparser.parse(store.read("feed.xml")).entries
    assert len(entries) == len(made.episodes) - 1


ENDS = [
    ("s3", {"broken": "feed.xml"}),
    ("sftp", {"cut": ".mp3"}),
    *(
        pytest.param(*end, marks=pytest.mark.slow)
        for end in (
            ("s3", {"broken": ".mp3"}),
            ("s3", {"full": "index.html"}),
            ("s3", {"cut": ".vtt"}),
            ("sftp", {"cut": "feed.xml"}),
            ("sftp", {"full": ".mp3"}),
            ("sftp", {"full": "index.html"}),
            ("sftp", {"mute": "feed.xml"}),
        )
    ),
]
"""What a server does not survive: an error, no room, a connection that ends, silence."""


@pytest.mark.parametrize(("kind", "faults"), ENDS, ids=str)
def test_a_fault_in_the_middle_leaves_the_old_feed(
    kind: str,
    faults: dict[str, str],
    made: Made,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """It ends in one line, the old feed names only what is there; run again, all is there and proved."""
    show = load_show(copied(made.folder, tmp_path / "show"))
    *published, _ = made.episodes
    last = made.remade
    with a_server(kind, tmp_path, request) as store:
        for episode in published:
            publish_episode(episode, show.path("feeds", episode.audio), show, store)
        before = store.read("feed.xml")

    with (
        a_server(kind, tmp_path, request, **faults) as store,
        pytest.raises(PublishError, match=f"^{kind}://[^\n]+$"),
    ):
        publish_episode(last, show.path("feeds", last.audio), show, store)

    with a_server(kind, tmp_path, request) as store:
        assert store.read("feed.xml") == before
        assert publish_episode(last, show.path("feeds", last.audio), show, store)
        assert errors(show, store) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["s3", "sftp"])
def test_a_slow_server_is_waited_for(
    kind: str, made: Made, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A server that takes its time for each file gets all of them."""
    show = load_show(copied(made.folder, tmp_path / "show"))
    first = made.episodes[0]
    with a_server(kind, tmp_path, request, slow=0.02) as store:
        assert publish_episode(first, show.path("feeds", first.audio), show, store)
        assert store.size(first.audio) == first.bytes


@contextmanager
def a_server(
    kind: str, folder: Path, request: pytest.FixtureRequest, **faults: Any
) -> Iterator[Store]:
    """A store on a real server, which has these faults; what it holds stays from one time to the next."""
    if kind == "sftp":
        with sftp_server(folder / "there", **faults) as address:
            # The lock of whoever was cut off counts for a second.
            yield RemoteStore(f"{address}/feeds", seconds=1, expiry=1)
        return

    bucket = request.getfixturevalue("bucket")
    wire: Wire = request.getfixturevalue("s3")
    wire.break_down(**faults)
    yield RemoteStore(f"s3://{bucket}/feeds")
    wire.break_down()
