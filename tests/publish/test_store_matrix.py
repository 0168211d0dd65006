"""The life of a show in each kind of store, on a real server: published, remade, withdrawn, cut off."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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


@pytest.mark.parametrize("ending", [".mp3", "feed.xml"])
def test_a_bucket_that_fails_leaves_the_old_feed(
    s3: Wire, bucket: str, tmp_path: Path, made: Made, ending: str
) -> None:
    """An error of the service ends in one line; run again, all is there."""
    show = load_show(copied(made.folder, tmp_path / "show"))
    store = RemoteStore(f"s3://{bucket}/feeds")
    first, second, *_ = made.episodes
    publish_episode(first, show.path("feeds", first.audio), show, store)
    before = store.read("feed.xml")
    s3.broken = ending
    with pytest.raises(PublishError, match="s3://"):
        publish_episode(second, show.path("feeds", second.audio), show, store)
    s3.broken = ""
    assert store.read("feed.xml") == before
    assert publish_episode(second, show.path("feeds", second.audio), show, store)
    assert errors(show, store) == []


@pytest.mark.parametrize("ending", [".mp3", "feed.xml"])
def test_a_server_that_goes_leaves_the_old_feed(
    tmp_path: Path, made: Made, ending: str
) -> None:
    """A connection that ends in the midst of an upload ends in one line; run again, all is there."""
    show = load_show(copied(made.folder, tmp_path / "show"))
    first, second, *_ = made.episodes
    with sftp_server(tmp_path / "there") as address:
        store = RemoteStore(f"{address}/feeds")
        publish_episode(first, show.path("feeds", first.audio), show, store)
        before = store.read("feed.xml")
    with sftp_server(tmp_path / "there", cut=ending) as address:
        store = RemoteStore(f"{address}/feeds", seconds=5)
        with pytest.raises(PublishError, match="sftp://"):
            publish_episode(second, show.path("feeds", second.audio), show, store)
    with sftp_server(tmp_path / "there") as address:
        store = RemoteStore(f"{address}/feeds", expiry=1)
        assert store.read("feed.xml") == before
        assert publish_episode(second, show.path("feeds", second.audio), show, store)
        assert errors(show, store) == []
