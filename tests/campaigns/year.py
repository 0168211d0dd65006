"""A show's year: an edition a day, the clock moved on, and all changed that an owner changes in a year.

The silent engine speaks, `now` is each day's evening, and what came of it is read by other programs.
"""

from __future__ import annotations

import calendar
import datetime as dt
import io
import json
import random
import re
import resource
import statistics
import tomllib
import zoneinfo
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import podcastparser  # type: ignore[import-untyped]
from lxml import etree

from podcast import make as making
from podcast.check import check_show
from podcast.config import load_show
from podcast.publish import load_episodes
from podcast.publish.audio_place import is_audio
from podcast.publish.stores.folder import FolderStore
from podcast.services.prices import Budget
from tests.campaigns.crash import Tally
from tests.campaigns.shows import PEOPLE, a_show, files, post
from tests.campaigns.truth import feed_faults

FIRST = dt.date(2023, 7, 1)
"""The year from here on has a leap day, and its clocks change twice."""
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True)
class Cost:
    """What the make of a day took on which nothing else happened."""

    day: int
    cpu: float
    """Seconds of all cores."""
    moved: int
    """Bytes read and written, whether cached by the system or not."""
    feed: int
    """Size of the feed after it, in bytes."""


@dataclass
class Year:
    """A show while it grows old, and what its listeners were told, which must stay."""

    show: Path
    pick: random.Random
    day: int = 0
    people: list[str] = field(default_factory=lambda: list(PEOPLE))
    guid: str = ""
    """The show's own, podcast:guid."""
    guids: dict[str, str] = field(default_factory=dict)
    """Date to the guid that its episode had at first."""
    moments: dict[str, int] = field(default_factory=dict)
    """Guid to the moment of publication that its episode had at first, in seconds since 1970."""
    cast: dict[str, str] = field(default_factory=dict)
    """Person to the voice that they had at first, or that the owner gave them since."""
    seasons: dict[str, str] = field(default_factory=dict)
    """Guid to the season of its item, where its post names one."""
    season: int = 0
    """What the posts of today name; 0: nothing."""
    drafts: list[str] = field(default_factory=list)
    """Dates of posts that are not published yet."""
    withdrawn: list[str] = field(default_factory=list)
    """Slugs of episodes that were taken back for good."""
    costs: list[Cost] = field(default_factory=list)
    tally: Tally = field(default_factory=lambda: Tally("a show's year"))

    @property
    def date(self) -> str:
        return str(FIRST + dt.timedelta(days=self.day))

    @property
    def cast_file(self) -> Path:
        return self.show / "voices" / "cast.toml"

    @property
    def _toml(self) -> Path:
        return self.show / "podcast.toml"

    def setting(self, key: str) -> str | int:
        """What podcast.toml says under the key; empty where it says nothing."""
        value: str | int = tomllib.loads(self._toml.read_text(encoding="utf-8")).get(key, "")
        return value

    def published(self) -> dict[str, bytes]:
        """What listeners get, by name: the pages' files, and the audio from where the feed says it is."""
        found = dict(files(self.show / "feeds"))
        audio_url, url = str(self.setting("audio_url")), str(self.setting("url"))
        if not audio_url:
            return found

        pages = {name: content for name, content in found.items() if not is_audio(name)}
        for name, content in pages.items():
            if name.endswith((".xml", ".html")):
                pages[name] = content.replace(audio_url.encode(), url.encode())
        return pages | dict(files(Path(str(self.setting("audio_store")))))

    def set(self, key: str, value: str | int) -> None:
        """The owner changes a line of podcast.toml, or adds it."""
        text, line = self._toml.read_text(encoding="utf-8"), f"{key} = {json.dumps(value)}\n"
        new, found = re.subn(rf"^{key} = .*\n", lambda _: line, text, flags=re.MULTILINE)
        self._toml.write_text(new if found else line + text, encoding="utf-8")

    def lost(self, what: str) -> None:
        self.tally.losses.append(f"{self.date}: {what}")

    def post(self, date: str = "") -> Path:
        (path,) = (self.show / "posts").glob(f"{date or self.date}-*.md")
        return path

    def record(self, date: str = "") -> Path:
        found = (self.show / "feeds").glob(f"{date or self.date}-*.json")
        (path,) = (
            path
            for path in found
            if not re.search(r"\.(chapters|transcript)\.json$", path.name)
        )
        return path

    def write(self) -> None:
        """The day's edition."""
        path = self.show / "posts" / f"{self.date}-edition-{self.day}.md"
        text = post(self.day, self.people, self.date)
        if self.season:
            text = text.replace("\ndate:", f"\nseason: {self.season}\ndate:", 1)
        path.write_text(text, encoding="utf-8")

    def make(self, date: str = "", *, rewrite: bool = False) -> making.Made:
        """As `podcast make` would on this day."""
        show = load_show(self.show)
        engine = making.open_engine("silence", show, Budget(None))
        writer = making.open_writer("template", show, Budget(None))
        edition = making.read_edition(show, self.post(date))
        crew = making.Crew(engine, writer, now=lambda: self.now)
        return making.make_one(show, edition, crew, making.MakingRules(rewrite=rewrite))

    def tell(self, made: making.Made) -> None:
        """From now on, this is what listeners know of the episode."""
        self.guids[str(made.episode.date)] = made.episode.guid
        self.moments[made.episode.guid] = int(made.episode.published.timestamp())

    @property
    def now(self) -> dt.datetime:
        """The day's last hour in the show's zone."""
        zone = zoneinfo.ZoneInfo(str(self.setting("timezone")))
        return dt.datetime.combine(
            FIRST + dt.timedelta(days=self.day), dt.time(23), tzinfo=zone
        )

    def lives(self, events: Sequence[Callable[[Year], None]]) -> None:
        """The day: what the owner does, then the edition and its episode."""
        for event in events:
            event(self)
            self.tally.moments[event.__name__.replace("_", " ")] += 1
        self.write()
        before = _spent()
        made = self.make()
        cpu, moved = (now - then for now, then in zip(_spent(), before, strict=True))
        if not events:
            size = (self.show / "feeds" / "feed.xml").stat().st_size
            self.costs.append(Cost(self.day, cpu, moved, size))
        self.tally.attempts += 1
        self.tell(made)
        if self.season:
            self.seasons[made.episode.guid] = f"{self.season}"
        making.remove_expired_audio(load_show(self.show), self.now)
        if not self.guid:
            self.guid = str(self.setting("guid"))
        for fault in self._heard():
            self.lost(fault)

    def _heard(self) -> Iterator[str]:
        """What is wrong with who sounds how in the day's episode, and in the cast that is kept."""
        people = tomllib.loads(self.cast_file.read_text(encoding="utf-8"))["people"]
        for who, voice in self.cast.items():
            if people.get(who) != voice:
                yield f"{who} had the voice {voice}, and now {people.get(who)}"
        self.cast = people
        credits_ = json.loads(self.record().read_bytes())["people"]
        heard = {credit["name"]: credit["voice"] for credit in credits_}
        usual = {who: people.get(who) for who in heard}
        if len(set(heard.values())) < len(heard):
            yield f"two people have one voice: {heard}"
        if len(set(usual.values())) == len(usual) and heard != usual:
            yield f"{heard} are heard, and cast.toml says {usual}"


def feed_pages(published: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Follow the feed to its archives, as a reader does that knows RFC 5005, section 4."""
    name = "feed.xml"
    while name:
        page = published[name]
        yield name, page
        links = etree.fromstring(page).iterfind(f"channel/{_ATOM}link[@rel='prev-archive']")
        name = next((link.get("href", "").rpartition("/")[2] for link in links), "")


def told(year: Year) -> Iterator[str]:
    """What listeners are told and should not be, as two readers of feeds find it."""
    url = str(year.setting("url"))
    published = year.published()
    feed = published["feed.xml"]
    yield from feed_faults(published, url)
    entries, others = {}, {}
    for name, page in feed_pages(published):
        for entry in feedparser.parse(page).entries:
            entries.setdefault(entry.id, entry)
        for episode in podcastparser.parse(url + name, io.BytesIO(page))["episodes"]:
            others.setdefault(episode["guid"], episode)
    for found in (entries, others):
        yield from (
            f"the episode {guid} is gone" for guid in {*year.guids.values()} - found.keys()
        )
        yield from (
            f"the episode {guid} is new" for guid in found.keys() - {*year.guids.values()}
        )
    for date, guid in year.guids.items():
        if (now := json.loads(year.record(date).read_bytes())["guid"]) != guid:
            yield f"the guid of {date} was {guid} and is {now}"
    for guid in entries.keys() & others.keys():
        moment = calendar.timegm(entries[guid].published_parsed)
        if {moment, others[guid]["published"]} != {year.moments[guid]}:
            yield f"{guid} was published at {year.moments[guid]}, and now at {moment}"
        if entries[guid].link.removeprefix(url) not in published:
            yield f"{guid} links to {entries[guid].link}, which is not there"
        season = entries[guid].get("itunes_season")
        if season != year.seasons.get(guid, season):
            yield f"{guid} was of season {year.seasons[guid]}, and now of {season}"
    yield from left_behind(year, published)
    guid = etree.fromstring(feed).findtext(f"channel/{_PODCAST}guid")
    if guid != year.guid:
        yield f"podcast:guid was {year.guid} and is {guid}"


def left_behind(year: Year, published: Mapping[str, bytes]) -> Iterator[str]:
    """Audio that should be gone: of what was withdrawn, and of what was replaced long ago."""
    for slug in year.withdrawn:
        yield from (f"{name} was withdrawn" for name in published if name.startswith(slug))
    episodes = load_episodes(FolderStore(year.show / "feeds"))
    named = {episode.audio for episode in episodes}
    long_ago = year.now - dt.timedelta(days=load_show(year.show).store.keep_replaced)
    for episode in episodes:
        for earlier in episode.earlier_audio:
            named.add(earlier.audio)
            if earlier.audio not in published:
                yield f"{earlier.audio}: a feed in some cache names it, and it is gone"
            if earlier.replaced is not None and earlier.replaced < long_ago:
                yield f"{earlier.audio} was replaced on {earlier.replaced}, and is still there"
    for name in published:
        if is_audio(name) and name not in named:
            yield f"{name} is of no episode"


def checked(year: Year) -> Iterator[str]:
    """What `podcast check` finds wrong, once the pages follow the settings that were changed."""
    making.rebuild_feed(load_show(year.show))
    faults = check_show(load_show(year.show), None, year.now)
    yield from (f"check: {f.file}: {f.what}" for f in faults if f.severity == "error")


def campaign(folder: Path, pick: random.Random, days: int, looks: int) -> Year:
    """Live so many days. After every `looks` of them, and after the last, listeners are asked."""
    from tests.campaigns.owner import EVENTS

    year = Year(a_show(folder, posts=0, published=0), pick)
    year.set("timezone", "Europe/Berlin")
    year.set("bitrate", 64)
    count = max(len(EVENTS), days // 4)
    due = [(i + 1) * days // (count + 1) for i in range(count)]
    for year.day in range(days):
        year.lives([EVENTS[i % len(EVENTS)] for i, day in enumerate(due) if day == year.day])
        if year.day % looks == looks - 1 or year.day == days - 1:
            for fault in told(year):
                year.lost(fault)
    for fault in checked(year):
        year.lost(fault)
    return year


def growth(costs: Sequence[Cost]) -> str:
    """What a day cost at the beginning and at the end: medians of seven days each."""
    said: list[str] = []
    if len(costs) < 12:
        return "too few days without a change to say what a day costs"
    for some in (costs[5:12], costs[-7:]):
        cpu, moved, feed = (
            statistics.median(values) for values in zip(*map(_figures, some), strict=True)
        )
        days = f"days {some[0].day} to {some[-1].day}"
        said.append(
            f"{days}: {cpu:.2f} s of CPU, {moved / 1e6:.1f} MB moved, a feed of {feed / 1e6:.2f} MB"
        )
    return "\n".join(said)


def _figures(cost: Cost) -> tuple[float, int, int]:
    return cost.cpu, cost.moved, cost.feed


def _spent() -> tuple[float, int]:
    """CPU seconds and bytes read and written of this process and of those that it ran."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    io_ = Path("/proc/self/io")
    moved = (
        sum(map(int, re.findall(r"[rw]char: (\d+)", io_.read_text()))) if io_.exists() else 0
    )
    return sum(each.ru_utime + each.ru_stime for each in used), moved
