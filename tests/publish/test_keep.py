"""A show that keeps so many episodes, days or bytes: what goes of older ones, and what never does."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import uuid
from pathlib import Path

import pytest
from builders import a_show, an_episode, audio, write_settings
from click.testing import CliRunner
from lxml import etree

from podcast.check import check_store
from podcast.cli import main
from podcast.config import change_settings, load_show
from podcast.errors import ConfigError
from podcast.model import Episode, Show
from podcast.publish import publish_episode, rebuild_feed
from podcast.publish.cover import draw_cover
from podcast.publish.episode_age import choose_kept
from podcast.publish.stores.folder import FolderStore
from podcast.publish.withdrawing import withdraw_episode

FIRST = dt.datetime(2024, 6, 1, 6, tzinfo=dt.UTC)


def episode(day: int) -> Episode:
    date = FIRST.date() + dt.timedelta(days=day)
    content = audio(4096 + 96 * day)
    return an_episode(
        slug=f"{date}-day-{day}",
        guid=str(uuid.uuid5(uuid.NAMESPACE_URL, str(day))),
        date=date,
        published=FIRST + dt.timedelta(days=day),
        title=f"Day {day}",
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def a_kept_show(folder: Path, **settings: str) -> tuple[Show, FolderStore]:
    show = change_settings(a_show(folder), **settings)
    draw_cover(show.title, folder / "assets" / "cover.jpg", 1400)
    return show, FolderStore(folder / "feeds")


def publish(show: Show, store: FolderStore, *days: int) -> None:
    for day in days:
        mp3 = show.folder / f"{day}.mp3"
        mp3.write_bytes(audio(4096 + 96 * day))
        publish_episode(episode(day), mp3, show, store)


def listed(store: FolderStore) -> list[str]:
    """Titles in the feed and its archives, the newest first."""
    names = sorted(name for name in store.names() if name.endswith(".xml") and "feed" in name)
    return [
        item.findtext("title")
        for name in reversed(names)
        for item in etree.fromstring(store.read(name) or b"").iter("item")
    ]


def faults(show: Show, store: FolderStore) -> list[str]:
    """What keeping may get wrong; these episodes have no sound that could be."""
    found = check_store(show, store, None)
    kinds = (".mp3", "assets")
    return [
        f"{fault.file}: {fault.what}"
        for fault in found
        if fault.severity == "error" and not fault.file.endswith(kinds)
    ]


@pytest.mark.parametrize(
    ("keep", "days"),
    [
        ("", [0, 1, 2, 3]),
        ("2 episodes", [2, 3]),
        ("9 episodes", [0, 1, 2, 3]),
        ("1 day", [3]),
        ("2 days", [2, 3]),
        ("3 MB", [1, 2, 3]),
        ("1 MB", [3]),
    ],
)
def test_the_newest_are_kept(keep: str, days: list[int]) -> None:
    """By number, by days before the newest, by bytes of audio; the newest always."""
    million = [dataclasses.replace(episode(day), bytes=1_000_000) for day in range(4)]
    assert [each.date.day - 1 for each in choose_kept(keep, million)] == days
    large = [dataclasses.replace(episode(3), bytes=9_000_000)]
    assert choose_kept("1 MB", large) == large


def test_older_items_leave_the_feed(tmp_path: Path) -> None:
    """One goes as one comes; its page, audio and place in the index stay; `check` says how many."""
    show, store = a_kept_show(tmp_path, keep="2 episodes")
    publish(show, store, 0, 1, 2)
    assert listed(store) == ["Day 2", "Day 1"]
    assert store.size(episode(0).audio)
    assert b"Day 0" in (store.read("index.html") or b"")
    assert faults(show, store) == []
    remarks = [f.what for f in check_store(show, store, None) if f.severity == "remark"]
    assert "keep = '2 episodes': 1 are out of the feed" in remarks

    # More is kept again: nothing was lost.
    more = change_settings(show, keep="9 episodes")
    rebuild_feed(more, store)
    assert listed(store) == ["Day 2", "Day 1", "Day 0"]
    assert faults(more, store) == []


def test_older_files_go_after_the_feed(tmp_path: Path) -> None:
    """Audio, texts and pages of older ones go, the record stays; guids of the rest stay; pages lead to none."""
    show, store = a_kept_show(tmp_path, keep="2 episodes", keep_removes="both")
    publish(show, store, 0, 1, 2)
    assert listed(store) == ["Day 2", "Day 1"]
    left = [name for name in store.names() if name.startswith(episode(0).slug)]
    assert left == [f"{episode(0).slug}.json"]
    for page in ("index.html", "sitemap.xml", f"{episode(1).slug}.html"):
        assert episode(0).slug.encode() not in (store.read(page) or b"")
    assert faults(show, store) == []

    before = {name: store.read(name) for name in store.names()}
    rebuild_feed(show, store)
    publish(show, store, 0)  # As `make --all` does.
    assert {name: store.read(name) for name in store.names()} == before


def test_a_withdrawal_brings_no_older_one_back(tmp_path: Path) -> None:
    """Where the newest is taken back, an older one comes into the feed again only if its files are there."""
    show, store = a_kept_show(tmp_path / "feed", keep="2 episodes")
    publish(show, store, 0, 1, 2)
    withdraw_episode(show, store, episode(2))
    assert listed(store) == ["Day 1", "Day 0"]
    assert faults(show, store) == []

    show, store = a_kept_show(tmp_path / "both", keep="2 episodes", keep_removes="both")
    publish(show, store, 0, 1, 2)
    withdraw_episode(show, store, episode(2))
    assert listed(store) == ["Day 1"]
    rebuild_feed(show, store)
    assert faults(show, store) == []

    publish(show, store, 0)  # Made again, it is there again.
    assert listed(store) == ["Day 1", "Day 0"]
    assert faults(show, store) == []


@pytest.mark.parametrize(
    ("removes", "state", "has_address"),
    [("feed", "out of the feed", True), ("both", "not kept", False)],
)
def test_the_list_says_what_became_of_old_ones(
    tmp_path: Path, removes: str, state: str, has_address: bool
) -> None:
    """`podcast list` names the state of each; audio that is gone has no address, audio that stays has one."""
    write_settings(tmp_path, keep="2 episodes", keep_removes=removes)
    show, store = a_kept_show(tmp_path, keep="2 episodes", keep_removes=removes)
    publish(show, store, 0, 1, 2)

    command = ["list", "--show", str(tmp_path)]
    answer = CliRunner().invoke(main, [*command, "--json"])
    assert answer.exit_code == 0, answer.output
    listed = json.loads(answer.output)
    assert [each["state"] for each in listed] == ["published", "published", state]
    assert bool(listed[-1]["address"]) is has_address
    rows = CliRunner().invoke(main, command).output.splitlines()
    assert f"  {state}  Day 0" in rows[-1]


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("keep", "100", "is no amount such as"),
        ("keep", "0 days", "is no amount such as"),
        ("keep", "5 weeks", "is no amount such as"),
        ("keep_removes", "file", "a feed cannot name a file that is gone"),
        ("keep_removes", "all", "is neither 'feed' nor 'both'"),
    ],
)
def test_amounts_that_are_none_are_refused(
    tmp_path: Path, key: str, value: str, what: str
) -> None:
    """With the key and what may stand there."""
    write_settings(tmp_path, **{key: value})
    with pytest.raises(ConfigError, match=what):
        load_show(tmp_path)
