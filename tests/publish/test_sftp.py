"""A show that publishes to a server by SFTP: made, checked by many threads, withdrawn."""

from __future__ import annotations

from pathlib import Path

import published
from standin.sftp import sftp_server

from podcast.check import check_store
from podcast.publish import load_episodes, publish_episode, rebuild_feed, withdraw_episode
from podcast.publish.stores.remote import RemoteStore


def test_a_show_lives_on_a_server(tmp_path: Path) -> None:
    """Everything arrives whole and is proved there; withdrawn, nothing of the episode is left."""
    show, _, episode = published.a_published_show(tmp_path / "show")
    with sftp_server(tmp_path / "server") as address:
        store = RemoteStore(f"{address}/feeds")
        mp3 = show.path("feeds", episode.audio)
        publish_episode(load_episodes(_local(show.folder), lines=True)[0], mp3, show, store)
        rebuild_feed(show, store)
        faults = [
            fault for fault in check_store(show, store, None) if fault.severity == "error"
        ]
        assert faults == []
        withdraw_episode(show, store, episode)
        assert [name for name in store.names() if name.startswith(episode.slug)] == []
        assert (tmp_path / "server" / "feeds" / "feed.xml").exists()


def _local(folder: Path) -> RemoteStore:
    return RemoteStore(f"local://{folder}/feeds")
