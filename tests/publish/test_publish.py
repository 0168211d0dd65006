"""Publishing: the order of files, what is seen when it fails, and rebuilding from records."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from builders import a_show, an_episode, audio
from PIL import Image

from podcast.config import change_settings
from podcast.errors import PublishError
from podcast.model import EarlierAudio, Episode, Show
from podcast.publish import (
    load_episodes,
    pages,
    publish_episode,
    rebuild_feed,
    retire,
    withdraw_episode,
)
from podcast.publish.cover import ICON_SIZES, icon_name
from podcast.publish.episode_record import load
from podcast.publish.formats import TEXTS
from podcast.publish.stores.folder import FolderStore

AUDIO = audio()
SLUG = "2024-06-03-harbours-that-listen"
POST = b"---\ntitle: Harbours that listen\ndate: 2024-06-03\n---\n\n# Harbours that listen\n\nText.\n"


def picture(kind: str) -> bytes:
    """A small picture of one colour."""
    data = io.BytesIO()
    Image.new("RGB", (8, 8), (20, 60, 90)).save(data, kind)
    return data.getvalue()


@pytest.fixture
def show(tmp_path: Path) -> Show:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "cover.png").write_bytes(picture("PNG"))
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / f"{SLUG}.md").write_bytes(POST)
    return a_show(tmp_path)


class Watched(FolderStore):
    """A folder that tells in which order it was written, and fails where it is told to."""

    def __init__(self, folder: Path, refuse: str = "") -> None:
        super().__init__(folder)
        self.refuse = refuse
        self.acts: list[str] = []

    def write_all(self, files: Sequence[tuple[str, bytes | Path]]) -> list[str]:
        if self.refuse and any(name.endswith(self.refuse) for name, _ in files):
            raise PublishError(f"{self.refuse}: the disk is full")
        wrote = super().write_all(files)
        self.acts += wrote
        return wrote

    def delete(self, name: str) -> None:
        if self.size(name) is not None:
            self.acts.append(f"-{name}")
        super().delete(name)


def mp3(show: Show, content: bytes = AUDIO) -> Path:
    path = show.path("made.mp3")
    path.write_bytes(content)
    return path


def made(content: bytes, **changes: Any) -> Episode:
    return an_episode(bytes=len(content), sha256=hashlib.sha256(content).hexdigest(), **changes)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and its time of change; the working folder left out."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and ".podcast" not in path.parts
    }


def guids(store: FolderStore) -> list[str]:
    return [entry.id for entry in feedparser.parse(store.read("feed.xml")).entries]


def test_files_appear_in_their_order(show: Show) -> None:
    """Audio first, then what belongs to it, the record, the overviews, and the feed last."""
    store = Watched(show.path("feeds"))
    assert publish_episode(
        an_episode(), mp3(show), show, store, show.path("posts", f"{SLUG}.md")
    )
    cover = f"cover-{hashlib.sha256(picture('PNG')).hexdigest()[:8]}.png"
    assert store.acts == [
        cover,
        f"{SLUG}.mp3",
        f"{SLUG}.vtt",
        f"{SLUG}.srt",
        f"{SLUG}.transcript.json",
        f"{SLUG}.transcript.html",
        f"{SLUG}.chapters.json",
        f"{SLUG}.html",
        f"{SLUG}.embed.html",
        f"{SLUG}.json",
        *(icon_name(cover, size) for size in ICON_SIZES),
        "index.html",
        "sitemap.xml",
        "site.webmanifest",
        "feed.xml",
    ]
    assert store.read(f"{SLUG}.mp3") == audio()
    assert store.read(cover) == picture("PNG")
    assert load(store.read(f"{SLUG}.json") or b"", "x") == an_episode()


def test_every_address_of_the_feed_is_a_file(show: Show) -> None:
    """What the feed names lies in the store, and the enclosure's length is the file's."""
    store = FolderStore(show.path("feeds"))
    publish_episode(an_episode(), mp3(show), show, store)
    content = (store.read("feed.xml") or b"").decode()
    named = {part.split('"')[0].split("<")[0] for part in content.split(show.url)[1:]}
    assert len(named) >= 8
    assert named <= set(store.names())
    assert f'length="{store.size(SLUG + ".mp3")}"' in content


def test_the_post_gets_the_facts_last(show: Show) -> None:
    """The post's front matter has the facts, its other bytes stay."""
    post = show.path("posts", f"{SLUG}.md")
    publish_episode(an_episode(), mp3(show), show, FolderStore(show.path("feeds")), post)
    content = post.read_bytes()
    assert b"bytes: 4096\n" in content
    assert b'duration: "00:51"\n' in content
    assert content.startswith(POST[: POST.index(b"---\n\n")])
    assert content.endswith(POST[POST.index(b"---\n\n") :])
    assert [path.name for path in post.parent.iterdir()] == [post.name]


def test_again_with_nothing_changed_touches_nothing(show: Show) -> None:
    """A second run with the same episode writes no file, and says so."""
    store = FolderStore(show.path("feeds"))
    post = show.path("posts", f"{SLUG}.md")
    publish_episode(an_episode(), mp3(show), show, store, post)
    before = snapshot(show.folder)
    assert not publish_episode(an_episode(), show.path("made.mp3"), show, store, post)
    assert snapshot(show.folder) == before


def test_a_remade_date_replaces_its_episode(show: Show) -> None:
    """Other audio under the same guid: one item, with the new length."""
    store = FolderStore(show.path("feeds"))
    publish_episode(an_episode(), mp3(show), show, store)
    assert publish_episode(made(audio(5000)), mp3(show, audio(5000)), show, store)
    assert guids(store) == [an_episode().guid]
    assert feedparser.parse(store.read("feed.xml")).entries[0].enclosures[0].length == "5000"


def test_a_renamed_episode_leaves_no_files(show: Show) -> None:
    """Under a new slug with the same guid, the old files go, after the feed has left them."""
    store = Watched(show.path("feeds"))
    publish_episode(an_episode(), mp3(show), show, store)
    store.acts.clear()
    assert publish_episode(
        an_episode(slug="2024-06-03-sea"), show.path("made.mp3"), show, store
    )
    assert guids(store) == [an_episode().guid]
    assert not [name for name in store.names() if name.startswith(SLUG)]
    assert store.acts.index("2024-06-03-sea.json") < store.acts.index(f"-{SLUG}.json")
    assert store.acts.index("feed.xml") < store.acts.index(f"-{SLUG}.mp3")
    assert [e.slug for e in load_episodes(store)] == ["2024-06-03-sea"]


@pytest.mark.parametrize("end", ["another date", "feed"])
def test_a_renaming_that_was_cut_off_is_ended_by_any_run(show: Show, end: str) -> None:
    """Killed with records under both names, the next run of whatever kind lists the episode once."""
    store = FolderStore(show.path("feeds"))
    publish_episode(an_episode(), mp3(show), show, store)
    moved = an_episode(
        slug="2024-06-03-sea", earlier_audio=(EarlierAudio(f"{SLUG}.mp3", None),)
    )
    with pytest.raises(PublishError, match="disk is full"):
        publish_episode(moved, show.path("made.mp3"), show, Watched(store.folder, "index.html"))
    assert store.read(f"{SLUG}.json")
    assert store.read(f"{moved.slug}.json")
    if end == "feed":
        rebuild_feed(show, store)
    else:
        other = an_episode(
            slug="2024-06-02-x", guid="x", published=dt.datetime(2024, 6, 2, tzinfo=dt.UTC)
        )
        publish_episode(other, show.path("made.mp3"), show, store)
    assert guids(store)[0] == moved.guid
    assert len(guids(store)) == (1 if end == "feed" else 2)
    left = {name for name in store.names() if name.startswith(SLUG)}
    assert left == {f"{SLUG}.mp3", *(f"{SLUG}.{ending}" for ending in TEXTS)}


@pytest.mark.parametrize(
    "refuse",
    [
        "mp3",
        "vtt",
        "srt",
        "transcript.json",
        f"{SLUG}.html",
        f"{SLUG}.json",
        "index.html",
        "feed.xml",
    ],
)
def test_a_failure_leaves_feed_and_post(show: Show, refuse: str) -> None:
    """Whichever file cannot be written, feed and post are as they were."""
    folder, post = show.path("feeds"), show.path("posts", f"{SLUG}.md")
    day_before = dt.datetime(2024, 6, 2, tzinfo=dt.UTC)
    earlier = an_episode(slug="2024-06-02-earlier", guid="earlier", published=day_before)
    publish_episode(earlier, mp3(show), show, FolderStore(folder))
    before = (folder / "feed.xml").read_bytes()
    with pytest.raises(PublishError, match="the disk is full"):
        publish_episode(
            an_episode(), show.path("made.mp3"), show, Watched(folder, refuse), post
        )
    assert (folder / "feed.xml").read_bytes() == before
    assert post.read_bytes() == POST
    assert list(post.parent.iterdir()) == [post]
    publish_episode(an_episode(), show.path("made.mp3"), show, FolderStore(folder), post)
    assert guids(FolderStore(folder)) == [an_episode().guid, "earlier"]


def nothing(folder: Path) -> Iterable[Path]:
    return list(folder.rglob("*")) if folder.exists() else []


@pytest.mark.parametrize(
    "content", [b"---\nnot: closed\n", b"---\n: [\n---\n", b"---\n\xff\xfe\n---\n"]
)
def test_a_post_that_cannot_take_the_facts_stops_all(show: Show, content: bytes) -> None:
    """When the post cannot be updated, nothing is published."""
    post = show.path("posts", f"{SLUG}.md")
    post.write_bytes(content)
    with pytest.raises(PublishError, match=SLUG):
        publish_episode(an_episode(), mp3(show), show, FolderStore(show.path("feeds")), post)
    assert nothing(show.path("feeds")) == []


def test_a_missing_post_stops_all(show: Show) -> None:
    """A post that is gone is told, and nothing is published."""
    with pytest.raises(PublishError, match=r"gone\.md: cannot be written"):
        publish_episode(
            an_episode(), mp3(show), show, FolderStore(show.path("feeds")), show.path("gone.md")
        )
    assert nothing(show.path("feeds")) == []


def test_a_post_saved_meanwhile_keeps_what_was_saved(show: Show) -> None:
    """Words that its author saves while the episode is published are not lost."""
    post = show.path("posts", f"{SLUG}.md")

    class Slow(FolderStore):
        def write_all(self, files: Sequence[tuple[str, bytes | Path]]) -> list[str]:
            if files[-1][0] == "feed.xml":
                post.write_bytes(POST + b"A late line.\n")
            return super().write_all(files)

    publish_episode(an_episode(), mp3(show), show, Slow(show.path("feeds")), post)
    assert post.read_bytes().endswith(b"A late line.\n")
    assert b"bytes: 4096\n" in post.read_bytes()


def test_a_linked_post_stays_a_link(show: Show) -> None:
    """A post that is a symbolic link is updated where it really lies."""
    link = show.path("post.md")
    link.symlink_to(show.path("posts", f"{SLUG}.md"))
    publish_episode(an_episode(), mp3(show), show, FolderStore(show.path("feeds")), link)
    assert link.is_symlink()
    assert b"bytes: 4096\n" in show.path("posts", f"{SLUG}.md").read_bytes()


@pytest.mark.parametrize("change", [{"bytes": 1}, {"sha256": "0" * 64}])
def test_audio_that_is_not_the_episodes_is_refused(show: Show, change: dict[str, Any]) -> None:
    """Size and checksum must be the file's before anything is published."""
    with pytest.raises(PublishError, match=r"made\.mp3"):
        publish_episode(an_episode(**change), mp3(show), show, FolderStore(show.path("feeds")))
    assert nothing(show.path("feeds")) == []


def test_missing_audio_is_told(show: Show) -> None:
    """No file, no episode."""
    with pytest.raises(PublishError, match=r"none\.mp3: cannot be read"):
        publish_episode(
            an_episode(), show.path("none.mp3"), show, FolderStore(show.path("feeds"))
        )


def test_a_show_without_a_cover_is_told(show: Show) -> None:
    """Directories refuse a feed without art, so it is not published."""
    show.path("assets", "cover.png").unlink()
    with pytest.raises(PublishError, match="no cover"):
        publish_episode(an_episode(), mp3(show), show, FolderStore(show.path("feeds")))


def test_new_art_has_a_new_name(show: Show) -> None:
    """Apps keep art by its address: another picture is another address, and the old one stays."""
    store = FolderStore(show.path("feeds"))
    publish_episode(an_episode(), mp3(show), show, store)
    show.path("assets", "cover.jpg").write_bytes(picture("JPEG"))
    rebuild_feed(show, store)
    names = [name for name in store.names() if name.startswith("cover-")]
    assert sorted(name[-4:] for name in names) == [".jpg", ".png"]
    jpeg = next(name for name in names if name.endswith(".jpg"))
    assert jpeg.encode() in (store.read("feed.xml") or b"")


def publish_three(show: Show, store: FolderStore) -> list[Episode]:
    listed = [
        an_episode(
            slug=f"2024-06-0{i}-x",
            guid=f"guid-{i}",
            published=dt.datetime(2024, 6, i, tzinfo=dt.UTC),
        )
        for i in (1, 3, 2)
    ]
    for episode in listed:
        publish_episode(episode, mp3(show), show, store)
    return listed


def test_rebuilding_gives_the_same_bytes(show: Show) -> None:
    """Everything but records, audio and cover removed: it all comes back byte for byte."""
    store = FolderStore(show.path("feeds"))
    publish_three(show, store)
    before = {name: store.read(name) for name in store.names()}
    for name in store.names():
        if not name.endswith(("-x.json", ".mp3")):
            store.delete(name)
    rebuild_feed(show, store)
    assert {name: store.read(name) for name in store.names()} == before


def test_rebuilding_what_is_right_touches_nothing(show: Show) -> None:
    """Rebuilding a second time writes no file."""
    store = Watched(show.path("feeds"))
    publish_three(show, store)
    store.acts.clear()
    assert [episode.guid for episode in rebuild_feed(show, store)] == [
        "guid-3",
        "guid-2",
        "guid-1",
    ]
    assert store.acts == []


def test_episodes_come_newest_first_without_lines(show: Show) -> None:
    """The list is in the order of the feed, and holds no words."""
    store = FolderStore(show.path("feeds"))
    publish_three(show, store)
    assert [episode.guid for episode in load_episodes(store)] == ["guid-3", "guid-2", "guid-1"]
    assert [episode.lines for episode in load_episodes(store)] == [(), (), ()]
    assert load_episodes(FolderStore(show.path("none"))) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda f: (f / "2024-06-02-x.mp3").unlink(), r"2024-06-02-x\.mp3 is missing"),
        (
            lambda f: (f / "2024-06-02-x.json").write_bytes(b"{"),
            r"2024-06-02-x\.json: not a record",
        ),
        (
            lambda f: (f / "2024-06-02-x.json").rename(f / "2024-06-02-y.json"),
            r"2024-06-02-y\.json: slug",
        ),
        (
            lambda f: (f / "2024-06-02-x.json").write_bytes(
                (f / "2024-06-02-x.json").read_bytes().replace(b"guid-2", b"guid-3")
            ),
            "are records of one episode",
        ),
    ],
    ids=["audio", "broken", "renamed", "twice"],
)
def test_a_wrong_record_stops_the_rebuild(show: Show, spoil: Any, said: str) -> None:
    """A record that is wrong or whose audio is missing is named, and nothing is written."""
    store = FolderStore(show.path("feeds"))
    publish_three(show, store)
    store.delete("index.html")
    spoil(show.path("feeds"))
    before = snapshot(show.path("feeds"))
    with pytest.raises(PublishError, match=said):
        rebuild_feed(show, store)
    assert snapshot(show.path("feeds")) == before


def test_a_show_that_moves_takes_its_links_along(show: Show) -> None:
    """Every address of old episodes follows the show's `url` and `post_url`; guids stay."""
    store = FolderStore(show.folder / "feeds")
    publish_three(show, store)
    before = guids(store)
    for post_url, link in (
        ("", "https://new.example/pod/2024-06-03-x.html"),
        ("https://blog.example/{year}/{slug}/", "https://blog.example/2024/x/"),
    ):
        rebuild_feed(
            change_settings(show, url="https://new.example/pod/", post_url=post_url), store
        )
        feed = store.read("feed.xml") or b""
        assert guids(store) == before
        assert show.url.encode() not in feed
        assert link in [entry.link for entry in feedparser.parse(feed).entries]


def test_archives_that_are_no_more_are_removed(show: Show) -> None:
    """A left-over page of the feed goes; other files of the folder stay."""
    store = FolderStore(show.path("feeds"))
    publish_episode(an_episode(), mp3(show), show, store)
    store.write("feed-7.xml", b"old")
    store.write("feed-of-mine.xml", b"mine")
    rebuild_feed(show, store)
    assert "feed-7.xml" not in store.names()
    assert "feed-of-mine.xml" in store.names()


@pytest.mark.parametrize("ending", ["vtt", "html", "chapters.json"])
def test_what_was_changed_is_made_right(show: Show, ending: str) -> None:
    """A rebuild after a rebuild writes again what somebody changed or removed, and nothing else."""
    store = Watched(show.path("feeds"))
    publish_three(show, store)
    rebuild_feed(show, store)
    before = {name: store.read(name) for name in store.names()}
    store.acts.clear()
    rebuild_feed(show, store)
    assert store.acts == []
    FolderStore(store.folder).write(f"2024-06-01-x.{ending}", b"spoilt")
    store.delete(f"2024-06-02-x.{ending}")
    store.acts.clear()
    rebuild_feed(show, store)
    assert store.acts == [f"2024-06-01-x.{ending}", f"2024-06-02-x.{ending}"]
    assert {name: store.read(name) for name in store.names()} == before


def test_what_shapes_the_files_is_noticed(show: Show) -> None:
    """A new title or language of the show, a template of its own: nothing that they shape is remembered."""
    store = FolderStore(show.path("feeds"))
    publish_three(show, store)
    rebuild_feed(show, store)
    rebuild_feed(dataclasses.replace(show, title="The Other Hour"), store)
    assert b"The Other Hour" in (store.read("2024-06-01-x.html") or b"")
    assert (store.read("feed.xml") or b"").count(b"The Other Hour") > 1
    rebuild_feed(dataclasses.replace(show, language="de"), store)
    for name in ("2024-06-01-x.html", "2024-06-01-x.transcript.html"):
        assert b'<html lang="de"' in (store.read(name) or b"")
    (own := show.path("assets", "templates")).mkdir(parents=True)
    (own / "subscribe.html.j2").write_text("<p>Ours</p>", encoding="utf-8")
    pages._environment.cache_clear()
    rebuild_feed(show, store)
    assert b"<p>Ours</p>" in (store.read("2024-06-01-x.html") or b"")


@pytest.mark.parametrize("spoilt", [b"", b"not a database", b"SQLite format 3\x00 cut"])
def test_a_spoilt_catalogue_costs_only_time(show: Show, spoilt: bytes) -> None:
    """Whatever is in the working folder, the published files are the same."""
    store = FolderStore(show.path("feeds"))
    publish_three(show, store)
    rebuild_feed(show, store)
    before = {name: store.read(name) for name in store.names()}
    show.path(".podcast", "catalogue.sqlite").write_bytes(spoilt)
    rebuild_feed(show, store)
    assert {name: store.read(name) for name in store.names()} == before


def test_a_catalogue_with_flipped_bits_changes_nothing(show: Show) -> None:
    """Whatever bit of the catalogue is wrong, feed and pages are the same, byte for byte."""
    store = FolderStore(show.path("feeds"))
    publish_three(show, store)
    rebuild_feed(show, store)
    before = {name: store.read(name) for name in store.names()}
    base = show.path(".podcast", "catalogue.sqlite")
    whole = base.read_bytes()
    for at in range(0, len(whole), 499):
        base.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        rebuild_feed(show, store)
        assert {name: store.read(name) for name in store.names()} == before


def test_pages_lead_to_their_neighbours(show: Show) -> None:
    """Whatever the order of publishing, each page has the episodes of the days around it; publishing one
    touches these and no other; a withdrawal closes the gap."""
    store = Watched(show.path("feeds"))
    episodes = publish_three(show, store)

    def around(day: int) -> list[str]:
        page = (store.read(f"2024-06-0{day}-x.html") or b"").decode()
        return re.findall(r'<a rel="(\w+)" href="2024-06-0(\d)-x', page)

    assert around(1) == [("next", "2")]
    assert around(2) == [("prev", "1"), ("next", "3")]
    assert around(3) == [("prev", "2")]

    store.acts.clear()
    fourth = an_episode(
        slug="2024-06-04-x", guid="guid-4", published=dt.datetime(2024, 6, 4, tzinfo=dt.UTC)
    )
    publish_episode(fourth, mp3(show), show, store)
    pages = {name for name in store.acts if re.fullmatch(r"2024-06-0\d-x.html", name)}
    assert pages == {"2024-06-03-x.html", "2024-06-04-x.html"}

    middle = next(episode for episode in episodes if episode.slug == "2024-06-02-x")
    withdraw_episode(show, store, middle)
    assert around(1) == [("next", "3")]
    before = {name: store.read(name) for name in store.names()}
    rebuild_feed(show, store)
    assert {name: store.read(name) for name in store.names()} == before


def test_the_cover_is_published_in_the_sizes_that_are_shown(show: Show) -> None:
    """Each copy is a picture of its size; the manifest and the pages name them; the map has every page."""
    store = FolderStore(show.path("feeds"))
    publish_three(show, store)
    cover = f"cover-{hashlib.sha256(picture('PNG')).hexdigest()[:8]}.png"
    for size in ICON_SIZES:
        with Image.open(io.BytesIO(store.read(icon_name(cover, size)) or b"")) as icon:
            assert icon.size == (size, size)
    manifest = json.loads(store.read("site.webmanifest") or b"")
    assert {icon["src"] for icon in manifest["icons"]} <= set(store.names())
    tree = ElementTree.fromstring(store.read("sitemap.xml") or b"")
    found = {
        element.text
        for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    }
    assert found == {show.url, *(f"{show.url}2024-06-0{day}-x.html" for day in (1, 2, 3))}


def test_retire_removes_an_episodes_files(show: Show) -> None:
    """All files of the slug, and no other's."""
    store = FolderStore(show.path("feeds"))
    publish_three(show, store)
    retire("2024-06-02-x", store)
    assert not [name for name in store.names() if name.startswith("2024-06-02")]
    assert len([name for name in store.names() if name.startswith("2024-06-01")]) == 9


def test_nothing_half_written_is_left(show: Show) -> None:
    """No temporary file stays anywhere in the show."""
    publish_episode(
        an_episode(),
        mp3(show),
        show,
        FolderStore(show.path("feeds")),
        show.path("posts", f"{SLUG}.md"),
    )
    assert not [
        name for _, _, files in os.walk(show.folder) for name in files if name.startswith(".")
    ]
