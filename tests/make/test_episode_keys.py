"""What a post's front matter says of its episode reaches feed, page, tag and record; what is wrong is refused."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree
from mutagen.id3 import ID3

from podcast.cli import main
from podcast.publish.cover import draw_cover

NS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def new_show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "show"
    assert podcast("init", folder, "--url", "https://hours.example/feeds/").exit_code == 0
    for sample in (folder / "posts").glob("*"):
        sample.unlink()
    return folder


@pytest.fixture
def folder(new_show: Path, tmp_path: Path) -> Path:
    """A show without posts."""
    return Path(shutil.copytree(new_show, tmp_path / "show"))


def setting(folder: Path, line: str) -> None:
    toml = folder / "podcast.toml"
    toml.write_text(f"{line}\n{toml.read_text('utf-8')}", "utf-8")


def post(folder: Path, name: str, *lines: str, front: str = "---") -> Path:
    path = folder / "posts" / f"{name}.md"
    head = [front, 'title = "About rain"' if front == "+++" else "title: About rain", *lines]
    path.write_text("\n".join([*head, front, "", "# Rain", "", "It rained.", ""]), "utf-8")
    return path


def make(folder: Path, *words: str | Path) -> Result:
    return podcast("make", "--show", folder, "--engine", "silence", "--force", *words)


def made(folder: Path, *words: str | Path) -> str:
    result = make(folder, *words)
    assert result.exit_code == 0, result.output
    return result.output


def items(folder: Path) -> list[Any]:
    return list(etree.parse(str(folder / "feeds" / "feed.xml")).iterfind("channel/item"))


def said(item: Any, tag: str) -> str:
    found = item.find(tag, NS)
    return "" if found is None else found.text or found.get("href") or ""


def record(folder: Path, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "feeds" / f"{slug}.json").read_text("utf-8"))
    return found


def errors(folder: Path) -> list[str]:
    found = podcast("check", "--show", folder, "--json").stdout
    return [
        f"{fault['file']}: {fault['what']}"
        for fault in json.loads(found)
        if fault["severity"] == "error"
    ]


def test_a_post_says_how_its_episode_is_listed(folder: Path) -> None:
    """Type, season, number, explicit and picture: in the item, on the page, in the tag, in the record."""
    draw_cover("Rain", folder / "art" / "rain.jpg", 1400)
    post(
        folder, "2024-05-22-rain",
        "episode_type: bonus", "season: 2", "episode: 7", "explicit: yes", "episode_image: /art/rain.jpg",
    )  # fmt: skip
    made(folder, "--date", "2024-05-22")

    (item,) = items(folder)
    assert said(item, "itunes:episodeType") == "bonus"
    assert said(item, "itunes:season") == said(item, "podcast:season") == "2"
    assert said(item, "itunes:episode") == said(item, "podcast:episode") == "7"
    assert said(item, "itunes:explicit") == "true"
    picture = said(item, "itunes:image").rpartition("/")[2]
    drawn = (folder / "art" / "rain.jpg").read_bytes()
    assert (folder / "feeds" / picture).read_bytes() == drawn

    page = (folder / "feeds" / "2024-05-22-rain.html").read_text("utf-8")
    assert "Bonus, Season 2, episode 7" in page
    assert picture in page
    tag: Any = ID3(folder / "feeds" / "2024-05-22-rain.mp3")
    assert (str(tag["TRCK"]), str(tag["TPOS"])) == ("7", "2")
    assert tag.getall("APIC")[0].data == drawn
    assert record(folder, "2024-05-22-rain")["details"]["number"] == 7
    assert errors(folder) == []


def test_toml_says_the_same(folder: Path) -> None:
    """Hugo's front matter has numbers and booleans of its own."""
    post(
        folder, "2024-05-22-rain", 'episode_type = "trailer"', "season = 3", "explicit = true",
        front="+++",
    )  # fmt: skip
    made(folder, "--date", "2024-05-22")
    (item,) = items(folder)
    assert said(item, "itunes:episodeType") == "trailer"
    assert said(item, "itunes:season") == "3"
    assert said(item, "itunes:explicit") == "true"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("episode_type: special", "Write full, trailer or bonus"),
        ("season: summer", "is no whole number above 0"),
        ("season: 0", "is no whole number above 0"),
        ("episode: 3.5", "is no whole number above 0"),
        ("explicit: perhaps", "Write true or false"),
        ("episode_image: https://elsewhere.example/a.png", "is no path of a picture"),
        ("episode_image: art/none.png", "there is no such file"),
        ("episode_image: ../podcast.toml", "is not a whole picture"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(folder: Path, line: str, what: str) -> None:
    """One line with file, line number, key and remedy; nothing is published."""
    path = post(folder, "2024-05-22-rain", "layout: post", line)
    result = make(folder, "--date", "2024-05-22")
    assert result.exit_code == 1
    assert f"{path}:4: {line.partition(':')[0]}: " in result.stderr
    assert what in result.stderr
    assert not list((folder / "feeds").glob("*.mp3"))


def test_small_pictures_are_refused(folder: Path) -> None:
    """Directories want squares of 1400 pixels and more."""
    from PIL import Image

    Image.new("RGB", (800, 800)).save(folder / "posts" / "small.png")
    path = post(folder, "2024-05-22-rain", "episode_image: small.png")
    result = make(folder, "--date", "2024-05-22")
    assert f"{path}:3: episode_image: 'small.png': the picture is 800 x 800" in result.stderr


def test_keys_of_the_blogs_own_are_left_alone(folder: Path) -> None:
    """With `facts = "prefixed"`, only keys that begin with `podcast_` are ours."""
    setting(folder, 'facts = "prefixed"')
    post(folder, "2024-05-22-rain", "season: summer", "episode: pilot", "podcast_episode: 4")
    made(folder, "--date", "2024-05-22")
    assert said(items(folder)[0], "itunes:episode") == "4"
    assert said(items(folder)[0], "itunes:season") == ""


def test_numbers_go_on_from_a_given_one(folder: Path) -> None:
    """A number in the post counts in the show's numbering; trailers have none; a number taken is refused."""
    setting(folder, 'numbering = "all"')
    post(folder, "2024-05-20-trailer", "episode_type: trailer")
    post(folder, "2024-05-21-one", "episode: 41")
    post(folder, "2024-05-22-two")
    made(folder, "--all")
    assert [said(item, "itunes:episode") for item in items(folder)] == ["42", "41", ""]

    path = post(folder, "2024-05-23-three", "episode: 42")
    result = make(folder, "--date", "2024-05-23")
    assert result.exit_code == 1
    assert f"{path.name}: episode: 42 is the number of 2024-05-22-two already" in result.stderr

    post(folder, "2024-05-21-one")
    made(folder, "--date", "2024-05-21")
    assert [said(item, "itunes:episode") for item in items(folder)] == ["42", "41", ""]
    assert errors(folder) == []


def test_a_number_that_is_corrected_is_said_by_check(folder: Path) -> None:
    """`check` says what the post says otherwise; making again brings it into the feed, under the same guid."""
    post(folder, "2024-05-22-rain", "episode: 4")
    made(folder, "--date", "2024-05-22")
    guid = said(items(folder)[0], "guid")
    post(folder, "2024-05-22-rain", "episode: 5")
    assert "says number 5, not 4" in podcast("check", "--show", folder).output

    made(folder, "--date", "2024-05-22")
    assert said(items(folder)[0], "itunes:episode") == "5"
    assert said(items(folder)[0], "guid") == guid
    assert errors(folder) == []


def test_a_moment_is_corrected_in_the_post(folder: Path) -> None:
    """pubDate and the feed's order follow; guid, number and audio stay; `make` says so once."""
    setting(folder, 'numbering = "all"')
    post(folder, "2024-05-21-one", "date: 2024-05-21 09:00:00 +0000")
    post(folder, "2024-05-22-two", "date: 2024-05-22 09:00:00 +0000")
    made(folder, "--all")
    before = {said(item, "guid"): item for item in items(folder)}
    audio = (folder / "feeds" / "2024-05-21-one.mp3").stat()

    post(folder, "2024-05-21-one", "date: 2024-05-22 10:30:00 +0000")
    assert "published 2024-05-22 10:30:00+00:00, not 2024-05-21 09:00:00+00:00" in (
        podcast("check", "--show", folder).output
    )
    output = made(folder, "--date", "2024-05-21")
    assert "published 2024-05-22 10:30, as its post says now, not 2024-05-21 09:00" in output

    first, second = items(folder)
    assert said(first, "pubDate") == "Wed, 22 May 2024 10:30:00 +0000"
    assert said(first, "title") == said(second, "title")
    assert {said(item, "guid") for item in (first, second)} == set(before)
    assert [said(item, "itunes:episode") for item in (first, second)] == ["1", "2"]
    after = (folder / "feeds" / "2024-05-21-one.mp3").stat()
    assert (after.st_ino, after.st_mtime_ns) == (audio.st_ino, audio.st_mtime_ns)
    assert errors(folder) == []
    assert "unchanged: " in made(folder, "--date", "2024-05-21")


def test_a_date_is_corrected_in_the_post(folder: Path) -> None:
    """A post that gives its date in front matter alone, moved by a day: the same guid, one episode."""
    path = post(folder, "rain", "date: 2024-05-21")
    made(folder, "--post", path)
    (before,) = items(folder)

    post(folder, "rain", "date: 2024-05-23")
    output = made(folder, "--post", path)
    assert "as its post says now, not 2024-05-21" in output
    (after,) = items(folder)
    assert said(after, "guid") == said(before, "guid")
    assert said(after, "pubDate").startswith("Thu, 23 May 2024")
    assert (folder / "feeds" / "2024-05-23-rain.html").exists()
    assert not (folder / "feeds" / "2024-05-21-rain.html").exists()
    assert errors(folder) == []


def test_another_post_of_the_same_name_is_another_episode(folder: Path) -> None:
    """A file that is written over each day, with other words, takes no episode's place."""
    path = post(folder, "today", "date: 2024-05-21")
    made(folder, "--post", path)
    text = post(folder, "today", "date: 2024-05-22").read_text("utf-8")
    path.write_text(text.replace("It rained.", "It snowed, and stayed."), "utf-8")
    made(folder, "--post", path)
    assert len({said(item, "guid") for item in items(folder)}) == 2


def test_the_usual_time_is_no_correction(folder: Path) -> None:
    """Another `time` or `timezone` of the show moves no published episode."""
    post(folder, "2024-05-22-rain")
    post(folder, "2024-05-23-snow", "date: 2024-05-23 09:00:00")
    made(folder, "--all")
    before = [said(item, "pubDate") for item in items(folder)]
    toml = folder / "podcast.toml"
    text = re.sub(r"(?m)^(time|timezone) = .*\n", "", toml.read_text("utf-8"))
    toml.write_text(f'time = {dt.time(7, 15)}\ntimezone = "Asia/Tokyo"\n{text}', "utf-8")
    made(folder, "--all")
    assert [said(item, "pubDate") for item in items(folder)] == before


def test_art_that_was_drawn_stays(folder: Path) -> None:
    """What an older version drew from the same headlines is not drawn anew, so that nothing is published
    again; another headline is."""
    setting(folder, "episode_art = true")
    path = post(folder, "2024-05-21-one", "date: 2024-05-21")
    made(folder, "--date", "2024-05-21")
    told = record(folder, "2024-05-21-one")
    older = "2024-05-21-one.0123abcd.jpg"
    (folder / "feeds" / told["art"]).rename(folder / "feeds" / older)
    file = folder / "feeds" / "2024-05-21-one.json"
    file.write_text(file.read_text("utf-8").replace(told["art"], older), "utf-8")

    made(folder, "--date", "2024-05-21")
    assert record(folder, "2024-05-21-one")["art"] == older
    assert "unchanged: " in made(folder, "--date", "2024-05-21")

    path.write_text(path.read_text("utf-8").replace("# Rain", "# Hail"), "utf-8")
    made(folder, "--date", "2024-05-21", "--rewrite")
    assert record(folder, "2024-05-21-one")["art"] != older
