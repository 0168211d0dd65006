"""Pictures of people: a file in `voices/` named after somebody is enough."""

from __future__ import annotations

from pathlib import Path

import builders
import lxml.html
import published
import pytest
from lxml import etree
from PIL import Image

from podcast.errors import PublishError
from podcast.model import Episode, Show
from podcast.publish import rebuild_feed
from podcast.publish.stores.folder import FolderStore

PERSON = "{https://podcastindex.org/namespace/1.0}person"
Made = tuple[Show, FolderStore, Episode]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return published.a_published_show(tmp_path)


def put_picture(show: Show, name: str) -> None:
    (voices := show.folder / "voices").mkdir(exist_ok=True)
    Image.new("RGBA", (300, 500), "teal").save(voices / name)


def pictures_of(show: Show, episode: Episode) -> list[str]:
    page = (show.folder / "feeds" / f"{episode.slug}.html").read_text(encoding="utf-8")
    return [
        str(image.get("src"))
        for image in lxml.html.fromstring(page).iter("img")
        if "person-" in str(image.get("src"))
    ]


@pytest.mark.parametrize("form", ["{}.png", "{}.webp"])
def test_a_picture_stands_beside_its_name(made: Made, form: str) -> None:
    """In the list of speakers, at each of their turns, and in the feed: a small square JPEG."""
    show, store, episode = made
    speaker = builders.TURNS[0][1]
    put_picture(show, form.format(speaker.lower().replace(" ", "-")))
    rebuild_feed(show, store)
    shown = pictures_of(show, episode)
    assert len(shown) > 1
    (name,) = set(shown)
    with Image.open(show.folder / "feeds" / name) as picture:
        assert (picture.format, picture.size) == ("JPEG", (192, 192))
    feed = etree.parse(show.folder / "feeds" / "feed.xml")
    images = {person.text: person.get("img") for person in feed.iter(PERSON)}
    assert images[speaker] == show.url + name
    assert sum(image is not None for image in images.values()) == 1


def test_a_new_picture_has_a_new_name(made: Made) -> None:
    """Caches never mix two; without pictures, pages name none."""
    show, store, episode = made
    assert pictures_of(show, episode) == []
    speaker = builders.TURNS[0][1]
    put_picture(show, f"{speaker}.png")
    rebuild_feed(show, store)
    before = set(pictures_of(show, episode))
    Image.new("RGB", (400, 400), "red").save(show.folder / "voices" / f"{speaker}.png")
    rebuild_feed(show, store)
    assert set(pictures_of(show, episode)).isdisjoint(before)


def test_what_is_no_picture_is_said(made: Made) -> None:
    """The file is named before anything is written."""
    show, store, _ = made
    (voices := show.folder / "voices").mkdir(exist_ok=True)
    (voices / "somebody.jpg").write_bytes(b"no picture")
    with pytest.raises(PublishError, match=r"somebody\.jpg: it is no picture"):
        rebuild_feed(show, store)
