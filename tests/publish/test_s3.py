"""A show that publishes to S3: what its listeners are served, and what a cut wire leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import builders
import feedparser
import published
import pytest
from click.testing import CliRunner
from standin.s3 import Wire, bucket, s3

from podcast.check import check_store
from podcast.cli import main
from podcast.errors import PublishError
from podcast.publish import publish_episode
from podcast.publish.stores.remote import RemoteStore

__all__ = ["bucket", "s3"]


def objects(name: str) -> dict[str, Any]:
    """What S3's own client says of each object: headers that listeners get."""
    import boto3

    client = boto3.client("s3")
    keys = [each["Key"] for each in client.list_objects_v2(Bucket=name).get("Contents", [])]
    return {
        key.removeprefix("feeds/"): client.head_object(Bucket=name, Key=key) for key in keys
    }


def test_make_publishes_there(s3: Wire, bucket: str, tmp_path: Path) -> None:
    """`store = "s3://..."` is enough: make, check and feed work there, the feed comes last."""
    words = ["init", str(tmp_path / "show"), "--url", "https://hours.example/feeds/"]
    assert CliRunner().invoke(main, words).exit_code == 0
    toml = tmp_path / "show" / "podcast.toml"
    toml.write_text(
        f'store = "s3://{bucket}/feeds"\n{toml.read_text(encoding="utf-8")}', encoding="utf-8"
    )
    post = next((Path(__file__).parent.parent.parent / "posts").glob("2024-05-22-*.md"))
    (tmp_path / "show" / "posts" / post.name).write_bytes(post.read_bytes())
    show = ["--show", str(tmp_path / "show")]
    s3.put.clear()
    made = CliRunner().invoke(
        main, ["make", *show, "--date", "2024-05-22", "--engine", "silence"]
    )
    assert made.exit_code == 0, made.output
    assert s3.put[-1] == "feed.xml"
    assert s3.put[1].endswith(".mp3")
    assert list((tmp_path / "show" / "feeds").iterdir()) == []
    checked = CliRunner().invoke(main, ["check", *show])
    assert checked.exit_code == 0, checked.output
    s3.put.clear()
    assert CliRunner().invoke(main, ["feed", *show]).exit_code == 0
    assert s3.put == []


def test_what_listeners_are_served(bucket: str, tmp_path: Path) -> None:
    """Types and cache headers fit each file; the MP3 has the length that the feed says."""
    show, folder, episode = published.a_published_show(tmp_path)
    store = RemoteStore(f"s3://{bucket}/feeds")
    publish_episode(episode, folder.folder / episode.audio, show, store)
    served = objects(bucket)
    (cover,) = [name for name in served if name.startswith("cover-")]
    icons = {name: each for name, each in served.items() if name.startswith("icon-")}
    assert len(icons) == 4
    assert {each["CacheControl"] for each in icons.values()} == {
        "public, max-age=31536000, immutable"
    }
    told = {
        name.removeprefix(episode.slug).replace(cover, "cover"): (
            each["ContentType"],
            each["CacheControl"].removeprefix("public, max-age="),
        )
        for name, each in served.items()
        if name not in icons
    }
    assert told == {
        ".mp3": ("audio/mpeg", "3600"),
        ".vtt": ("text/vtt; charset=utf-8", "300"),
        ".srt": ("application/x-subrip; charset=utf-8", "300"),
        ".transcript.json": ("application/json", "300"),
        ".transcript.html": ("text/html; charset=utf-8", "300"),
        ".chapters.json": ("application/json+chapters; charset=utf-8", "300"),
        ".html": ("text/html; charset=utf-8", "300"),
        ".embed.html": ("text/html; charset=utf-8", "300"),
        ".json": ("application/json", "300"),
        "sitemap.xml": ("application/xml; charset=utf-8", "300"),
        "site.webmanifest": ("application/manifest+json", "300"),
        "index.html": ("text/html; charset=utf-8", "300"),
        "feed.xml": ("application/rss+xml; charset=utf-8", "300"),
        "cover": ("image/jpeg", "31536000, immutable"),
    }
    (entry,) = feedparser.parse(store.read("feed.xml")).entries
    assert int(entry.enclosures[0].length) == served[episode.audio]["ContentLength"]
    assert [
        fault for fault in check_store(show, store, None) if fault.severity == "error"
    ] == []


def test_a_bucket_is_listed_twice(s3: Wire, bucket: str, tmp_path: Path) -> None:
    """One more episode is published with a list of all names before and one after, for each takes long."""
    show = builders.a_show(tmp_path, numbering="all")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "cover.jpg").write_bytes(b"cover")
    (mp3 := tmp_path / "a.mp3").write_bytes(builders.audio())
    store = RemoteStore(f"s3://{bucket}/feeds")
    publish_episode(builders.an_episode(), mp3, show, store)
    s3.listings = 0
    second = builders.an_episode(slug="2024-06-04-x14", guid="another")
    publish_episode(second, mp3, show, store)
    assert s3.listings <= 2


@pytest.mark.parametrize(
    ("harm", "ending", "said"),
    [
        *(("cut", ending, "cannot be written") for ending in (".mp3", "14.json", "feed.xml")),
        *(
            ("spoilt", ending, "other bytes arrived than were sent")
            for ending in (".mp3", "14.json")
        ),
    ],
)
def test_a_bad_wire_leaves_the_old_feed_true(
    s3: Wire, bucket: str, tmp_path: Path, harm: str, ending: str, said: str
) -> None:
    """Wherever an upload breaks off, or arrives otherwise, the old feed stays, and all that it names."""
    show = builders.a_show(tmp_path)
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "cover.jpg").write_bytes(b"cover")
    (mp3 := tmp_path / "a.mp3").write_bytes(builders.audio())
    store = RemoteStore(f"s3://{bucket}/feeds")
    first = builders.an_episode()
    publish_episode(first, mp3, show, store)
    before = store.read("feed.xml")
    second = builders.an_episode(
        slug="2024-06-04-x14", guid="0e4ce3a1-3a5b-5f0e-8f5f-6e7a4b7d7c12"
    )
    setattr(s3, harm, ending)
    with pytest.raises(PublishError, match=said):
        publish_episode(second, mp3, show, store)
    setattr(s3, harm, "")
    assert store.read("feed.xml") == before
    assert store.read(first.audio) == builders.audio()
    assert publish_episode(second, mp3, show, store)
    assert len(feedparser.parse(store.read("feed.xml")).entries) == 2
