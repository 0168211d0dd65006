"""What an owner may add to a show: every optional setting, from podcast.toml to what apps read."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import threading
import wave
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import builders
import feedparser
import numpy as np
import pytest
from click.testing import CliRunner, Result
from lxml import etree, html
from PIL import Image

from podcast.cli import main
from podcast.model import LEVELS_A_DB
from podcast.publish.pages import WAVE, episode_page
from podcast.stitch.loudness import draw_waveform, hop_cells, mean_hops, measure_clip
from podcast.stitch.pcm import Clip

REPOSITORY = Path(__file__).parent.parent
DATE = "2024-05-22"
NS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
SETTINGS = """
numbering = "year"
serial = true
episode_art = true
opus = true
verify = "quay-7731"
funding = "https://hours.example/give"
license = "cc-by-4.0"
location = "Lisbon"
geo = "geo:38.7167,-9.1333"
podroll = ["0e4ce3a1-3a5b-5f0e-8f5f-6e7a4b7d7c11"]
hub = "HUB"
"""


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


class Hub(HTTPServer):
    """A WebSub hub that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[dict[str, list[str]]] = []
        self.status = 204
        super().__init__(("127.0.0.1", 0), _Ear)
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hub"


class _Ear(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.told.append(parse_qs(body.decode()))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    server = Hub()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, hub: Hub) -> Path:
    """A show with every optional setting, and one episode."""
    folder = tmp_path_factory.mktemp("settings") / "show"
    words = ["--title", "Small Hours", "--author", "The desk"]
    words += ["--email", "desk@hours.example", "--url", "https://hours.example/feeds/"]
    assert podcast("init", folder, *words).exit_code == 0
    toml = folder / "podcast.toml"
    text = toml.read_text(encoding="utf-8").replace(
        "[people]", SETTINGS.replace("HUB", hub.address) + "[people]"
    )
    toml.write_text(text + '"Noor Haddad" = "https://hours.example/noor"\n', encoding="utf-8")
    for post in (REPOSITORY / "posts").glob("*.md"):
        shutil.copy(post, folder / "posts")
    result = podcast("make", "--show", folder, "--date", DATE, "--engine", "silence")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def channel(made: Path) -> Any:
    return etree.fromstring((made / "feeds" / "feed.xml").read_bytes())[0]


@pytest.fixture
def show(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "show"))


def attributes(parent: Any, tag: str) -> dict[str, str]:
    (found,) = parent.findall(tag, NS)
    return dict(found.attrib)


def test_check_agrees(made: Path) -> None:
    """A show with every setting is right for `check`; only its hub, on this machine, is not public."""
    result = podcast("check", "--show", made, "--json")
    faults = [f for f in json.loads(result.stdout) if "atom:link" not in f["what"]]
    expected = ("leads nowhere", "it is silent (engine silence)")
    assert [f for f in faults if not any(what in f["what"] for what in expected)] == []


def test_the_channel_says_it_all(channel: Any, hub: Hub) -> None:
    """Frequency, funding, licence, place, podroll, proof of ownership, hub: as Podcasting 2.0 wants them."""
    assert attributes(channel, "podcast:updateFrequency") == {"rrule": "FREQ=DAILY"}
    assert channel.findtext("podcast:updateFrequency", "", NS) == "Daily"
    assert attributes(channel, "podcast:funding") == {"url": "https://hours.example/give"}
    assert channel.findtext("podcast:license", "", NS) == "cc-by-4.0"
    assert attributes(channel, "podcast:location") == {"geo": "geo:38.7167,-9.1333"}
    assert channel.findtext("podcast:txt[@purpose='verify']", "", NS) == "quay-7731"
    (friend,) = channel.find("podcast:podroll", NS)
    assert friend.get("feedGuid") == "0e4ce3a1-3a5b-5f0e-8f5f-6e7a4b7d7c11"
    assert channel.find("atom:link[@rel='hub']", NS).get("href") == hub.address


def test_the_item_is_numbered(made: Path) -> None:
    """The year is the season, and the year's first edition is its first episode, as feedparser reads it."""
    (entry,) = feedparser.parse((made / "feeds" / "feed.xml").read_bytes()).entries
    assert (entry.itunes_season, entry.itunes_episode) == ("2024", "1")


def test_people_lead_to_their_pages(channel: Any, made: Path) -> None:
    """A person with a page has its address in the feed and on the episode's page; nobody else has one."""
    people = {p.text: p.get("href") for p in channel.findall("item/podcast:person", NS)}
    assert people.pop("Noor Haddad") == "https://hours.example/noor"
    assert set(people.values()) == {None}
    (page,) = [p for p in (made / "feeds").glob(f"{DATE}-*.html") if p.name.count(".") == 1]
    assert '<a href="https://hours.example/noor"><bdi>Noor Haddad</bdi></a>' in page.read_text()


def test_the_art_shows_the_headlines(channel: Any, made: Path) -> None:
    """The item's art is a square RGB JPEG of 1400 pixels below 512 kB, under a name of its own."""
    address = attributes(channel, "item/itunes:image")["href"]
    assert address == attributes(channel, "item/podcast:image")["href"]
    content = (made / "feeds" / address.rpartition("/")[2]).read_bytes()
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1400, 1400))
    assert len(content) < 512_000
    assert address != attributes(channel, "itunes:image")["href"]


def test_the_page_shows_the_art_in_its_own_size(made: Path) -> None:
    """Page and frame load a copy of 320 pixels, a tenth of the bytes; sharing shows the whole art."""
    feeds = made / "feeds"
    for ending in ("html", "embed.html"):
        found = feeds.glob(f"{DATE}-*.{ending}")
        (page,) = [path for path in found if path.name.count(".") == ending.count(".") + 1]
        tree = html.fromstring(page.read_text(encoding="utf-8"))
        small = feeds / tree.xpath("string(//img/@src)")
        assert Image.open(small).size == (320, 320)
        if ending == "html":
            shared = tree.xpath("string(//meta[@property='og:image']/@content)")
            whole = feeds / shared.rpartition("/")[2]
            assert Image.open(whole).size == (1400, 1400)
            assert small.stat().st_size < whole.stat().st_size / 4


def test_the_opus_file_plays_as_long(channel: Any, made: Path) -> None:
    """The alternate enclosure is an Ogg Opus file of the length it says, as long as the MP3, and smaller."""
    import imageio_ffmpeg  # type: ignore[import-untyped]
    from mutagen.oggopus import OggOpus

    alternate = attributes(channel, "item/podcast:alternateEnclosure")
    uri = attributes(channel, "item/podcast:alternateEnclosure/podcast:source")["uri"]
    path = made / "feeds" / uri.rpartition("/")[2]
    assert (alternate["type"], int(alternate["length"])) == ("audio/ogg", path.stat().st_size)
    opus = OggOpus(path)
    (record,) = [p for p in path.parent.glob(f"{DATE}-*.json") if p.name.count(".") == 1]
    assert abs(opus.info.length * 1000 - json.loads(record.read_text())["duration"]) < 60
    assert path.stat().st_size < path.with_suffix(".mp3").stat().st_size / 2
    ffmpeg = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-i",
        str(path),
        "-f",
        "null",
        "-",
    ]
    assert subprocess.run(ffmpeg, check=True, capture_output=True).stderr == b""


def test_the_soundbite_is_a_passage_of_a_reporter(channel: Any, made: Path) -> None:
    """It starts with a reporter's first word, ends with a sentence, and lasts 15 to 120 seconds."""
    bite = attributes(channel, "item/podcast:soundbite")
    start, length = float(bite["startTime"]), float(bite["duration"])
    assert 15 <= length <= 120
    (record,) = [p for p in (made / "feeds").glob(f"{DATE}-*.json") if p.name.count(".") == 1]
    lines = json.loads(record.read_text())["lines"]
    (line,) = [line for line in lines if line["start"] == round(start * 1000)]
    assert line["speaker"] != lines[0]["speaker"]
    times = {
        line["times"][2 * i + 1]: word
        for line in lines
        for i, word in enumerate(line["text"].split())
    }
    assert times[round((start + length) * 1000)].rstrip("'\"’”)")[-1] in ".!?"


def test_the_hub_is_told_once_and_only_of_change(made: Path, show: Path, hub: Hub) -> None:
    """Publishing pings the hub with the feed's address; making again with nothing changed does not."""
    hub.told.clear()
    assert podcast("make", "--show", show, "--date", DATE, "--engine", "silence").exit_code == 0
    assert hub.told == []
    assert podcast("feed", "--show", show).exit_code == 0
    (told,) = hub.told
    assert told["hub.mode"] == ["publish"]
    assert told["hub.url"] == ["https://hours.example/feeds/feed.xml"]


def test_a_deaf_hub_hinders_nobody(
    show: Path, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    """When the hub refuses, what was published stays published, and a warning says what follows."""
    hub.status = 503
    try:
        assert podcast("feed", "--show", show).exit_code == 0
    finally:
        hub.status = 204
    assert "apps find the change when they look next" in caplog.text


def test_making_again_writes_the_same_bytes(show: Path) -> None:
    """Art and Opus are the same when they are made again: no file of what is published changes."""
    before = {p: p.stat().st_mtime_ns for p in (show / "feeds").iterdir()}
    assert podcast("make", "--show", show, "--date", DATE, "--engine", "silence").exit_code == 0
    assert {p: p.stat().st_mtime_ns for p in (show / "feeds").iterdir()} == before


def test_what_is_switched_off_goes(show: Path) -> None:
    """Without the settings, a new make removes art and Opus from feed and folder."""
    toml = show / "podcast.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(
        text.replace("opus = true", "opus = false").replace("episode_art = true", ""),
        encoding="utf-8",
    )
    assert podcast("make", "--show", show, "--date", DATE, "--engine", "silence").exit_code == 0
    assert (
        list((show / "feeds").glob(f"{DATE}-*.opus"))
        == list((show / "feeds").glob(f"{DATE}-*.jpg"))
        == []
    )
    item = etree.fromstring((show / "feeds" / "feed.xml").read_bytes()).find("channel/item")
    assert item.find("podcast:alternateEnclosure", NS) is None
    assert "cover-" in attributes(item, "itunes:image")["href"]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("opus", "not among the published files"),
        ("short opus", "the length of"),
        ("art", "the cover is missing"),
        ("small art", "the file is missing"),
        ("soundbite", "is not inside the episode"),
        ("rule", "no recurrence rule"),
    ],
)
def test_check_sees_each_damage(show: Path, damage: str, said: str) -> None:
    """`check` fails on a lost or cut Opus file, lost art, a soundbite past the end, and a false rule."""
    feed = show / "feeds" / "feed.xml"
    if damage == "rule":
        feed.write_bytes(feed.read_bytes().replace(b"FREQ=DAILY", b"FREQ=DARKLY"))
    elif damage == "soundbite":
        feed.write_bytes(
            feed.read_bytes().replace(b'soundbite startTime="', b'soundbite startTime="9')
        )
    else:
        ending = "jpg" if "art" in damage.split() else "opus"
        files = (show / "feeds").glob(f"{DATE}-*.{ending}")
        by_size = sorted(files, key=lambda path: path.stat().st_size)
        path = by_size[0] if damage == "small art" else by_size[-1]
        path.write_bytes(path.read_bytes()[:-1]) if "short" in damage else path.unlink()
    result = podcast("check", "--show", show)
    assert (result.exit_code, said in result.output) == (1, True), result.output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('story_order = "length"', "none of 'post', 'weight'"),
        ('numbering = "months"', "none of 'all', 'year'"),
        ('serial = true\nnumbering = ""', "Add numbering"),
        ('license = "mine"', "Add license_url"),
        ('geo = "geo:1,2"\nlocation_ = ""', "no such setting"),
        ('geo = "geo:1,2"', "Add location"),
        ('podroll = ["x"]', "is not a UUID"),
        ('podroll = "x"', "is not a list of texts"),
        ('hub = "ftp://x"', "not an address"),
        ('opus = "yes"', "true or false"),
    ],
)
def test_a_wrong_setting_is_named(show: Path, line: str, said: str) -> None:
    """What a setting cannot be is said with the setting's name."""
    toml = show / "podcast.toml"
    keys = [each.partition(" ")[0] for each in line.splitlines()] + (
        ["location"] if "geo" in line else []
    )
    kept = [row for row in toml.read_text().splitlines() if row.partition(" ")[0] not in keys]
    toml.write_text(f"{line}\n" + "\n".join(kept), encoding="utf-8")
    result = podcast("check", "--show", show)
    assert (result.exit_code, said in result.stderr) == (1, True), result.stderr


def test_the_page_draws_the_waveform(made: Path) -> None:
    """As many strokes as the record has parts, none higher than the picture."""
    (page,) = [p for p in (made / "feeds").glob(f"{DATE}-*.html") if p.name.count(".") == 1]
    tree = html.document_fromstring(page.read_text(encoding="utf-8"))
    paths = tree.xpath("//*[@id='wave']/path")
    strokes = [stroke for path in paths for stroke in path.get("d").split("M")[1:]]
    heights = [float(stroke.rpartition("v")[2]) for stroke in strokes]
    assert len(heights) == 300
    assert max(heights) <= WAVE


def test_the_waveform_is_as_loud_as_the_sound(tmp_path: Path) -> None:
    """A tone, silence and a tone of half the level: the page draws it whole, not at all, and half as high."""
    wav = tmp_path / "x.wav"
    tone = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(48_000) / 48_000)
    samples = np.concatenate([tone, np.zeros(48_000), tone / 2])
    with wave.open(str(wav), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    cells = measure_clip(Clip("x", wav, len(samples), 48_000, "x", "x"), 48_000, 192)
    levels = draw_waveform(mean_hops(cells.power(), hop_cells(48_000, 192)), 30)
    assert set(levels[1:9]) == {round(255 - 9.03 * LEVELS_A_DB)}
    assert set(levels[11:19]) == {0}
    episode = builders.an_episode(waveform=tuple(levels), lines=())
    tree = html.document_fromstring(episode_page(builders.a_show(tmp_path), episode))
    (path,) = tree.xpath("//*[@id='wave']/path")
    heights = [float(stroke.partition("v")[2]) for stroke in path.get("d").split("M")[1:]]
    assert (set(heights[1:9]), set(heights[11:19]), set(heights[21:29])) == (
        {WAVE},
        {1},
        {WAVE / 2},
    )
