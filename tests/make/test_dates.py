"""Which edition a date means, and when it counts as published: what docs/formats.md says under "Dates"."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import time
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner, Result

from podcast import make as making
from podcast.check import Fault, check_show
from podcast.cli import main
from podcast.config import load_show
from podcast.errors import WithheldError
from podcast.services.prices import Budget

NOON = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)


def podcast(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def new_show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "show"
    assert podcast("init", folder, "--url", "https://hours.example/feeds/").exit_code == 0
    for sample in (folder / "posts").glob("*"):
        sample.unlink()
    set_zone(folder, "Europe/Berlin")
    return folder


@pytest.fixture
def folder(new_show: Path, tmp_path: Path) -> Path:
    """A show in Berlin, whose time is six in the morning, without posts."""
    return Path(shutil.copytree(new_show, tmp_path / "show"))


def set_zone(folder: Path, zone: str) -> None:
    toml = folder / "podcast.toml"
    text = re.sub(
        r'^timezone = ".*"$',
        f'timezone = "{zone}"',
        toml.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    toml.write_text(text, "utf-8")


def post(folder: Path, name: str, date: str = "", below: str = "posts") -> Path:
    path = folder / below / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    line = f"date: {date}\n" if date else ""
    path.write_text(
        f"---\ntitle: About {name}\n{line}---\n\n# Rain\n\nIt rained in {name}.\n", "utf-8"
    )
    return path


def made(folder: Path, path: Path, now: dt.datetime = NOON) -> making.Made:
    """The episode of a post, made at that moment with no sound."""
    show = load_show(folder)
    engine = making.open_engine("silence", show, Budget(None))
    writer = making.open_writer("template", show, Budget(None))
    crew = making.Crew(engine, writer, now=lambda: now)
    return making.make_one(show, making.read_edition(show, path), crew)


def entries(folder: Path) -> dict[str, str]:
    """What a feed reader finds: titles by guid."""
    feed = feedparser.parse((folder / "feeds" / "feed.xml").read_bytes())
    return {entry.id: entry.title for entry in feed.entries}


def moments(folder: Path) -> list[str]:
    """When a feed reader finds the episodes published, in UTC."""
    feed = feedparser.parse((folder / "feeds" / "feed.xml").read_bytes())
    return [time.strftime("%Y-%m-%dT%H:%M", entry.published_parsed) for entry in feed.entries]


def errors(folder: Path) -> list[Fault]:
    """What `check` finds wrong: not the addresses, which lead nowhere, nor that nothing is heard."""
    faults = check_show(load_show(folder), None, NOON)
    return [fault for fault in faults if fault.severity == "error"]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("", "2024-05-22T04:00"),
        ("2024-05-22 09:30:00", "2024-05-22T07:30"),
        ("2024-05-22 00:00:00", "2024-05-21T22:00"),
        ("2024-05-22 09:30:00 +0000", "2024-05-22T09:30"),
        ("2024-05-22 23:30:00 -0800", "2024-05-23T07:30"),
        ("2024-05-22 23:30:00 UTC", "2024-05-22T23:30"),
    ],
)
def test_an_edition_is_published_at_its_own_time(
    folder: Path, written: str, published: str
) -> None:
    """Without a time the show's counts; one without a zone is in the show's; the file's name has the date."""
    episode = made(folder, post(folder, "2024-05-22-rain", written)).episode
    assert episode.date == dt.date(2024, 5, 22)
    assert moments(folder) == [published]


@pytest.mark.parametrize(
    ("written", "local", "utc"),
    [
        ("2024-03-31 02:30:00", "2024-03-31T03:30:00+02:00", "01:30"),
        ("2024-03-31 03:00:00", "2024-03-31T03:00:00+02:00", "01:00"),
        ("2023-10-29 02:30:00", "2023-10-29T02:30:00+02:00", "00:30"),
    ],
)
def test_clocks_that_change_lose_no_hour(
    folder: Path, written: str, local: str, utc: str
) -> None:
    """A skipped time is an hour later, a doubled one is the first; record and feed tell one moment."""
    made(folder, post(folder, f"{written[:10]}-rain", written))
    (record,) = (folder / "feeds").glob("*-rain.json")
    assert json.loads(record.read_bytes())["published"] == local
    assert moments(folder)[0].endswith(f"T{utc}")


@pytest.mark.parametrize("written", ["2024-05-22T23:30:00-08:00", "2024-05-22T00:30:00+14:00"])
def test_a_date_without_a_file_name_is_taken_as_written(folder: Path, written: str) -> None:
    """Where the front matter alone has the date, it is the one that stands there, in its own zone."""
    post(folder, "rain", written)
    result = podcast("make", "--show", folder, "--date", "2024-05-22", "--dry-run", "--json")
    assert (
        json.loads(result.stdout)[0 if result.stdout.startswith("[") else "slug"]
        == "2024-05-22-rain"
    )


@pytest.mark.parametrize("written", ["1899-12-31", "0001-01-01T00:00:00+14:00"])
def test_a_year_that_no_feed_can_tell_is_refused(folder: Path, written: str) -> None:
    """Years before 1900 end in one line with file, line and remedy."""
    path = post(folder, "rain", written)
    result = podcast("make", "--show", folder, "--post", path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert f"{path}:3: " in result.stderr
    assert "1900" in result.stderr


@pytest.mark.parametrize("command", ["make", "check"])
def test_today_is_the_shows_today(folder: Path, command: str) -> None:
    """`--date today` is the date in the show's zone, wherever the machine is."""
    said = []
    for zone in (
        "Pacific/Kiritimati",
        "Etc/GMT+12",
    ):  # Never on one date: 26 hours lie between them.
        set_zone(folder, zone)
        here = zoneinfo.ZoneInfo(zone)
        before = dt.datetime.now(here).date()
        result = podcast(command, "--date", "today", "--show", folder)
        days = {str(before), str(dt.datetime.now(here).date())}
        said.append(set(re.findall(r"\d{4}-\d\d-\d\d", result.output)))
        assert said[-1]
        assert said[-1] <= days
    assert said[0].isdisjoint(said[1])


def test_a_bad_show_is_told_before_today_is_asked(folder: Path) -> None:
    """A wrong zone in podcast.toml ends in one line, not in the machine's date."""
    set_zone(folder, "Europe/Berln")
    result = podcast("make", "--date", "today", "--show", folder)
    assert result.exit_code == 1
    assert "timezone" in result.stderr


def test_an_edition_of_the_future_waits_for_its_day(folder: Path) -> None:
    """Before its day it is refused, and its day is said; on its day it is made."""
    path = post(folder, "2024-06-02-tomorrow")
    with pytest.raises(WithheldError, match="due at 2024-06-02 00:00 CEST"):
        made(folder, path)
    assert not (folder / "scripts" / "2024-06-02-tomorrow.md").exists()
    day = dt.datetime(2024, 6, 2, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin"))
    assert made(folder, path, day).episode.published == day


def test_an_hour_that_is_still_to_come_is_waited_for(folder: Path) -> None:
    """A post timed ahead within its day is refused until its moment."""
    path = post(folder, "2024-06-01-evening", "2024-06-01 19:30")
    with pytest.raises(WithheldError, match="due at 2024-06-01 19:30 CEST"):
        made(folder, path)
    assert made(folder, path, NOON + dt.timedelta(hours=6)).changed


def test_all_leaves_the_future_alone(folder: Path) -> None:
    """`--all` makes no edition whose day is still to come in the show's zone, and names it."""
    today = dt.datetime.now(zoneinfo.ZoneInfo("Europe/Berlin")).date()
    post(folder, f"{today - dt.timedelta(days=1)}-yesterday")
    post(folder, f"{today + dt.timedelta(days=2)}-planned")
    result = podcast("make", "--show", folder, "--all", "--engine", "silence")
    assert result.exit_code == 0, result.output
    assert re.search(r"left out +it is due at .* 00:00 CES?T", result.stdout)
    assert [title[-9:] for title in entries(folder).values()] == ["yesterday"]


def test_all_makes_both_posts_of_a_date(folder: Path) -> None:
    """`--all` is not ambiguous: two posts of one date are two episodes. `--date` is, and names both."""
    for name in ("2024-05-22-morning", "2024-05-22-evening"):
        post(folder, name)
    result = podcast("make", "--show", folder, "--date", "2024-05-22", "--engine", "silence")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert re.search(r"evening\.md and 2024-05-22-morning\.md.*--post", result.stderr)
    result = podcast("make", "--show", folder, "--all", "--engine", "silence")
    assert result.exit_code == 0, result.output
    assert len(entries(folder)) == 2
    assert podcast("check", "--show", folder).exit_code == 0


@pytest.mark.parametrize("command", ["embed", "report", "mail"])
def test_what_tells_of_an_episode_wants_to_know_which(
    folder: Path, command: str, tmp_path: Path
) -> None:
    """With two episodes of a date, `--date` names both and asks for `--post`, which gets the right one."""
    posts = [post(folder, name) for name in ("2024-05-22-morning", "2024-05-22-evening")]
    for path in posts:
        made(folder, path)
    result = podcast(command, "--show", folder, "--date", "2024-05-22")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert re.search("(?=.*evening)(?=.*morning).*--post", result.stderr)
    for path in posts:
        out = ["--out", tmp_path / "out"] if command == "mail" else []
        result = podcast(command, "--show", folder, "--post", path, *out)
        assert result.exit_code == 0, result.output
        told = (tmp_path / "out").read_text("utf-8") if out else result.stdout
        assert f"{path.stem}." in told or f"About {path.stem}" in told
        assert all(other.stem not in told for other in posts if other != path)


def test_a_new_post_under_an_old_name_is_a_new_episode(folder: Path) -> None:
    """A post is renamed and another takes its old name: two episodes, two guids, and no audio overwritten."""
    first = post(folder, "2024-05-22-rain")
    guid = made(folder, first).episode.guid
    audio = (folder / "feeds" / "2024-05-22-rain.mp3").read_bytes()
    renamed = first.rename(first.with_name("2024-05-22-storm.md"))
    assert made(folder, renamed).episode.guid == guid
    second = post(folder, "2024-05-22-rain")
    other = made(folder, second).episode.guid
    assert other != guid
    assert entries(folder).keys() == {guid, other}
    assert {made(folder, path).episode.guid for path in (renamed, second)} == {guid, other}
    assert made(folder, renamed).episode.guid == guid
    assert (folder / "feeds" / "2024-05-22-rain.mp3").read_bytes() == audio
    assert errors(folder) == []


def test_a_renamed_post_keeps_its_script(folder: Path) -> None:
    """The script that a person edited goes along with the post's new name; a dry run knows it too."""
    path = post(folder, "2024-05-22-rain")
    made(folder, path)
    script = folder / "scripts" / "2024-05-22-rain.md"
    script.write_text(
        script.read_text("utf-8").replace("It rained in", "It poured in"), "utf-8"
    )
    path = path.rename(path.with_name("2024-05-22-storm.md"))
    words = ("--show", folder, "--engine", "silence", "--date", "2024-05-22")
    assert "saved, used as it stands" in podcast("make", *words, "--dry-run").output
    assert script.exists()
    assert podcast("make", *words).exit_code == 0
    assert "poured" in (folder / "scripts" / "2024-05-22-storm.md").read_text("utf-8")
    assert "poured" in (folder / "feeds" / "2024-05-22-storm.srt").read_text("utf-8")
    assert not script.exists()


def test_posts_from_elsewhere_replace_nothing(folder: Path) -> None:
    """Posts outside the show's folder are episodes of their own, and none is taken for another renamed."""
    paths = [post(folder, f"2024-05-22-{name}", below="drafts") for name in ("one", "two")]
    paths.append(post(folder, "2024-05-22-three"))
    guids = {made(folder, path).episode.guid for path in paths}
    assert entries(folder).keys() == guids
    assert len(guids) == 3


@pytest.mark.parametrize(
    "names", [("2024-05-22-日本", "2024-05-22-中国"), ("2024-05-22-Café", "2024-05-22-cafe")]
)
def test_two_posts_of_one_slug_are_told(folder: Path, names: tuple[str, str]) -> None:
    """Names that come to one slug would take turns as one episode; the second is refused, naming both."""
    first, second = (post(folder, name) for name in names)
    made(folder, first)
    before = entries(folder)
    result = podcast("make", "--show", folder, "--post", second, "--engine", "silence")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert first.name in result.stderr
    assert second.name in result.stderr
    assert entries(folder) == before


@pytest.fixture(scope="module", autouse=True)
def _elsewhere() -> Iterator[None]:
    """The machine's own zone plays no part: it is neither the show's nor UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/St_Johns")
        time.tzset()
        yield
    time.tzset()
