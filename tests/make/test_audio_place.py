"""The audio in a place of its own, downloads counted by a prefix, and a show for those who are told."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from builders import a_show
from click.testing import CliRunner, Result
from lxml import etree, html

from podcast.cli import main
from podcast.config import change_settings, load_show
from podcast.errors import ConfigError
from podcast.publish.audio_place import enclosure_address

NS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
CDN = "https://cdn.example/audio/"
TOKEN = "4f1c9a7be2d05386"


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def new_show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with two posts, of which none is published."""
    folder = tmp_path_factory.mktemp("new") / "show"
    assert podcast("init", folder, "--url", "https://hours.example/feeds/").exit_code == 0
    for sample in (folder / "posts").glob("*"):
        sample.unlink()
    for day in ("2024-05-21", "2024-05-22"):
        text = f"---\ntitle: Rain of {day}\n---\n\n# Rain\n\nIt rained in the old town.\n"
        (folder / "posts" / f"{day}-rain.md").write_text(text, "utf-8")
    return folder


@pytest.fixture
def folder(new_show: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new_show, tmp_path / "show"))


def settings(folder: Path, *lines: str) -> None:
    toml = folder / "podcast.toml"
    toml.write_text("\n".join([*lines, toml.read_text("utf-8")]), "utf-8")


def done(*words: str | Path) -> str:
    result = podcast(*words)
    assert result.exit_code == 0, result.output
    return result.output


def make(folder: Path, *words: str) -> str:
    return done("make", "--show", folder, "--engine", "silence", "--force", *words)


def items(folder: Path) -> list[Any]:
    return list(etree.parse(str(folder / "feed.xml")).iterfind("channel/item"))


def enclosures(folder: Path) -> list[str]:
    return [item.find("enclosure").get("url") for item in items(folder)]


def guids(folder: Path) -> list[str]:
    return [item.findtext("guid") for item in items(folder)]


def faults(folder: Path, severity: str = "error") -> list[str]:
    found = json.loads(podcast("check", "--show", folder, "--json").stdout)
    return [f"{f['file']}: {f['what']}" for f in found if f["severity"] == severity]


def names(folder: Path, ending: str) -> list[str]:
    return sorted(path.name for path in folder.glob(f"*{ending}"))


def test_audio_moves_to_a_place_of_its_own(folder: Path, tmp_path: Path) -> None:
    """It is copied before the feed names it there, guids stay, and what was there goes when told, not before."""
    settings(folder, "opus = true")
    make(folder, "--date", "2024-05-21")
    before = guids(folder / "feeds")
    old = names(folder / "feeds", ".mp3") + names(folder / "feeds", ".opus")

    bucket = tmp_path / "bucket"
    settings(folder, f'audio_store = "file://{bucket}"', f'audio_url = "{CDN}"')
    make(folder, "--date", "2024-05-22")
    assert enclosures(folder / "feeds") == [
        f"{CDN}2024-05-22-rain.mp3",
        f"{CDN}2024-05-21-rain.mp3",
    ]
    assert guids(folder / "feeds")[1:] == before
    assert names(bucket, ".mp3") == ["2024-05-21-rain.mp3", "2024-05-22-rain.mp3"]
    assert len(names(bucket, ".opus")) == 2
    assert names(bucket, ".xml") == names(bucket, ".vtt") == []
    assert names(folder / "feeds", ".mp3") + names(folder / "feeds", ".opus") == old

    # Pages of episodes that were there before follow with the next rebuild.
    done("feed", "--show", folder)
    assert faults(folder) == []
    assert any("2 audio files are still with the pages" in f for f in faults(folder, "remark"))
    page = (folder / "feeds" / "2024-05-21-rain.html").read_text("utf-8")
    assert f'src="{CDN}2024-05-21-rain.mp3"' in page
    assert "media-src 'self' https://cdn.example;" in page

    done("feed", "--show", folder, "--remove-old-audio")
    assert names(folder / "feeds", ".mp3") == names(folder / "feeds", ".opus") == []
    assert len(names(bucket, ".mp3")) == 2
    assert faults(folder) == faults(folder, "remark") == []


def test_audio_moves_from_one_place_to_another_and_back(folder: Path, tmp_path: Path) -> None:
    """`--audio-from` brings it along; an episode that is withdrawn is gone from the new place."""
    first, second = tmp_path / "first", tmp_path / "second"
    settings(folder, f'audio_store = "file://{first}"', f'audio_url = "{CDN}"')
    make(folder, "--all")
    toml = folder / "podcast.toml"
    toml.write_text(toml.read_text("utf-8").replace(str(first), str(second)), "utf-8")

    assert podcast("feed", "--show", folder).exit_code == 1
    done("feed", "--show", folder, "--audio-from", f"file://{first}")
    assert names(second, ".mp3") == names(first, ".mp3")
    assert faults(folder) == []

    done("feed", "--show", folder, "--audio-from", f"file://{first}", "--remove-old-audio")
    assert names(first, ".mp3") == []
    done("withdraw", "--show", folder, "--date", "2024-05-21")
    assert names(second, ".mp3") == ["2024-05-22-rain.mp3"]
    assert faults(folder) == []

    toml.write_text(re.sub(r"(?m)^audio_.*\n", "", toml.read_text("utf-8")), "utf-8")
    done("feed", "--show", folder, "--audio-from", f"file://{second}", "--remove-old-audio")
    assert names(folder / "feeds", ".mp3") == ["2024-05-22-rain.mp3"]
    assert enclosures(folder / "feeds") == ["https://hours.example/feeds/2024-05-22-rain.mp3"]
    assert faults(folder) == []


def test_the_place_where_audio_is_now_is_never_emptied(folder: Path, tmp_path: Path) -> None:
    """Told to remove from where it is now, or from nowhere, it refuses."""
    make(folder, "--date", "2024-05-21")
    assert podcast("feed", "--show", folder, "--remove-old-audio").exit_code == 1
    bucket = f"file://{tmp_path / 'bucket'}"
    settings(folder, f'audio_store = "{bucket}"', f'audio_url = "{CDN}"')
    told = podcast("feed", "--show", folder, "--audio-from", bucket, "--remove-old-audio")
    assert told.exit_code == 1
    assert "is there now" in told.stderr
    assert names(tmp_path / "bucket", ".mp3") == ["2024-05-21-rain.mp3"]


def test_audio_that_is_lost_where_it_is_now_is_found_missing(
    folder: Path, tmp_path: Path
) -> None:
    """`check` looks where listeners do; a copy with the pages helps nobody."""
    make(folder, "--date", "2024-05-21")
    bucket = tmp_path / "bucket"
    settings(folder, f'audio_store = "file://{bucket}"', f'audio_url = "{CDN}"')
    done("feed", "--show", folder)
    (bucket / "2024-05-21-rain.mp3").unlink()
    assert "2024-05-21-rain.mp3: the file is missing" in faults(folder)


@pytest.mark.parametrize(
    ("url", "prefix", "address"),
    [
        ("https://q.fm/f/", "https://op3.dev/e/", "https://op3.dev/e/q.fm/f/a.mp3"),
        ("http://q.fm/f/", "https://op3.dev/e/", "https://op3.dev/e/http://q.fm/f/a.mp3"),
        (
            "https://q.fm/f/",
            "https://dts.podtrac.com/redirect.mp3/op3.dev/e/",
            "https://dts.podtrac.com/redirect.mp3/op3.dev/e/q.fm/f/a.mp3",
        ),
        (
            "https://q.fm/f/",
            "https://op3.dev/e,pg=0e4ce3a1-3a5b-5f0e-8f5f-6e7a4b7d7c11/",
            "https://op3.dev/e,pg=0e4ce3a1-3a5b-5f0e-8f5f-6e7a4b7d7c11/q.fm/f/a.mp3",
        ),
        ("http://127.0.0.1:8000/", "https://op3.dev/e/", "http://127.0.0.1:8000/a.mp3"),
        ("https://q.fm/f/", "", "https://q.fm/f/a.mp3"),
    ],
)
def test_a_prefix_stands_before_the_address(
    tmp_path: Path, url: str, prefix: str, address: str
) -> None:
    """OP3: https:// may be left out, http:// not; prefixes chain; nobody counts a look on this machine."""
    show = change_settings(a_show(tmp_path, url=url), enclosure_prefix=prefix)
    assert enclosure_address(show, "a.mp3") == address


def test_the_feed_alone_has_the_prefix(folder: Path) -> None:
    """Enclosures and alternate ones; pages play without it; `check` finds one that is not the show's."""
    settings(folder, "opus = true", 'enclosure_prefix = "https://op3.dev/e/"')
    make(folder, "--date", "2024-05-21")
    (item,) = items(folder / "feeds")
    audio = "https://op3.dev/e/hours.example/feeds/2024-05-21-rain"
    assert item.find("enclosure").get("url") == f"{audio}.mp3"
    assert item.find("enclosure").get("length").isdigit()
    assert item.find(".//podcast:source", NS).get("uri") == f"{audio}.opus"
    assert "op3.dev" not in (folder / "feeds" / "2024-05-21-rain.html").read_text("utf-8")
    assert faults(folder) == []

    feed = folder / "feeds" / "feed.xml"
    feed.write_bytes(feed.read_bytes().replace(b"op3.dev/e/", b"evil.example/e/"))
    assert any("its enclosure is https://evil.example/e/" in fault for fault in faults(folder))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('enclosure_prefix = "http://op3.dev/e/"', "enclosure_prefix: 'http://op3.dev/e/' is not https"),
        ('enclosure_prefix = "https://op3.dev/e"', "does not end in a slash"),
        ('enclosure_prefix = "op3.dev/e/"', "is not an address that starts with https://"),
        ('audio_store = "s3://bucket/audio"', "Add audio_url"),
        ('audio_store = "ftp://host/audio"', "does not publish by FTP"),
        ("private = true", "private: anybody can guess the folder of its url"),
        ('private = true\nhub = "https://hub.example/"', "private: a hub tells others"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_refused(folder: Path, line: str, what: str) -> None:
    """Each with the key and what to write."""
    settings(folder, line)
    with pytest.raises(ConfigError, match=re.escape(what)):
        load_show(folder)


def test_a_private_show_leads_nobody_to_it(folder: Path) -> None:
    """An unguessable path, blocked in directories, not for search engines, no map, no subscribe links."""
    toml = folder / "podcast.toml"
    toml.write_text(
        "private = true\n" + toml.read_text("utf-8").replace("/feeds/", f"/feeds/{TOKEN}/"),
        "utf-8",
    )
    make(folder, "--date", "2024-05-21")
    feeds = folder / "feeds" / TOKEN
    channel = etree.parse(str(feeds / "feed.xml")).find("channel")
    assert channel.findtext("itunes:block", namespaces=NS) == "Yes"
    assert channel.findtext("podcast:block", namespaces=NS) == "yes"
    assert enclosures(feeds) == [f"https://hours.example/feeds/{TOKEN}/2024-05-21-rain.mp3"]
    assert not (feeds / "sitemap.xml").exists()
    for page in ("index.html", "2024-05-21-rain.html", "2024-05-21-rain.embed.html"):
        tree = html.document_fromstring((feeds / page).read_bytes())
        robots = [
            meta.get("content") for meta in tree.iter("meta") if meta.get("name") == "robots"
        ]
        assert robots, page
        assert robots[0].startswith("noindex")
        links = [str(a.get("href")) for a in tree.iter("a")]
        assert not [a for a in links if "feed.xml" in a or a.startswith(("podcast:", "pktc:"))]
    assert faults(folder) == []

    (feeds / "sitemap.xml").write_text("<urlset/>", "utf-8")
    assert any(fault.startswith("sitemap.xml: it leads search") for fault in faults(folder))
    done("feed", "--show", folder)
    assert not (feeds / "sitemap.xml").exists()
