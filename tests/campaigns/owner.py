"""What an owner does to a show in the course of a year, before the day's edition is made."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from podcast import make as making
from podcast.config import load_show
from podcast.errors import ConfigError, WithheldError
from podcast.publish.audio_place import is_audio
from podcast.publish.episode_record import FORMAT
from tests.campaigns.shows import edit_script_of, files, post
from tests.campaigns.year import FIRST, Year

_LATER = ("art", "opus", "post", "retakes", "waveform", "soundbite")
"""Keys that the first records of format 1 had not."""


def hires(year: Year) -> None:
    year.people.append(f"{year.pick.choice(('Noor', 'Liam', 'Sofia', 'Kenji'))} Day-{year.day}")


def lets_one_go(year: Year) -> None:
    if len(year.people) > 4:
        year.people.pop(0)


def renames_with_voice(year: Year) -> None:
    """Somebody has another name now, and a line in cast.toml lets them keep their voice."""
    who = year.pick.choice([name for name in year.people if name in year.cast])
    new = f"{who}-Lund"
    year.people[year.people.index(who)] = new
    with year.cast_file.open("a", encoding="utf-8") as file:
        file.write(f'"{new}" = "{year.cast[who]}"\n')


def renames(year: Year) -> None:
    """Somebody has another name, and nobody tells presscast: it is another person."""
    year.people[-1] = f"{year.people[-1]} the Younger"


def adds_voice(year: Year) -> None:
    voices = year.show / "voices"
    old = year.pick.choice(sorted(making.load_pool(load_show(year.show))))
    text = (voices / f"{old}.toml").read_text(encoding="utf-8")
    new = f"voice-{year.day}"
    text = re.sub(r'^name = ".*"$', f'name = "{new}"', text, flags=re.MULTILINE)
    (voices / f"{new}.toml").write_text(text, encoding="utf-8")


def removes_voice(year: Year) -> None:
    """The voice of somebody who is to speak: that is said, and without their line they get another."""
    year.write()
    edition = making.read_edition(load_show(year.show), year.post())
    who, gone = next((p.name, year.cast[p.name]) for p in edition.staff if p.name in year.cast)
    (year.show / "voices" / f"{gone}.toml").unlink()
    try:
        year.make()
        year.lost(f"the voice {gone} is removed, and nobody says so")
    except ConfigError as error:
        if not all(word in str(error) for word in ("cast.toml", who, gone, "remove the line")):
            year.lost(f"the voice {gone} is removed, and what is said is: {error}")
    lines = year.cast_file.read_text(encoding="utf-8").splitlines(keepends=True)
    year.cast_file.write_text(
        "".join(line for line in lines if f'"{gone}"' not in line), encoding="utf-8"
    )
    year.cast = {name: voice for name, voice in year.cast.items() if voice != gone}


def retitles(year: Year) -> None:
    year.set("title", f"The Hours of {year.date}")
    year.set("link", f"https://hours.example/{year.day}/")


def numbers(year: Year) -> None:
    year.set("numbering", year.pick.choice(("all", "year")))


def changes_bitrate(year: Year) -> None:
    year.set("bitrate", 80 if year.setting("bitrate") == 64 else 64)


def moves(year: Year) -> None:
    """The published folder has another host."""
    year.set("url", f"https://host-{year.day}.example/pod/")


def changes_zone(year: Year) -> None:
    zones = ("Europe/Berlin", "America/New_York", "Pacific/Auckland")
    year.set(
        "timezone",
        year.pick.choice([zone for zone in zones if zone != year.setting("timezone")]),
    )


def upgrades(year: Year) -> None:
    """All that is published was made by presscasts of earlier formats; the new one has no caches yet."""
    for date in year.guids:
        record = json.loads((path := year.record(date)).read_bytes())
        if record["format"] < FORMAT:
            continue  # It was not made since the last upgrade.
        record["format"] = 2 if record["remade"] else 1
        record["link"] = f"https://hours.example/feeds/{record['slug']}.html"
        for older in record.pop("earlier_audio", [])[1:]:
            # Those presscasts kept what was replaced last alone.
            for path_ in year.show.glob(f"*/{older['audio'].removesuffix('.mp3')}.*"):
                if path_.parent.name != "scripts":
                    path_.unlink()
        empty = [key for key in ("remade", "before") if not record[key]]
        for key in (*empty, *(() if record["remade"] else _LATER)):
            del record[key]
        path.write_text(json.dumps(record, indent=1), encoding="utf-8")
    shutil.rmtree(year.show / ".podcast")


def loses_caches(year: Year) -> None:
    shutil.rmtree(year.show / ".podcast")


def edits_script(year: Year) -> None:
    date = year.pick.choice(sorted(year.guids))
    edit_script_of(year.show, date, f"This was said again on {year.date}.")
    if not year.make(date).changed:
        year.lost(f"the script of {date} was edited, and nothing changed")


def rewrites_script(year: Year) -> None:
    date = year.pick.choice(sorted(year.guids))
    edit_script_of(year.show, date, "This line will not stay.")
    year.make(date)
    year.make(date, rewrite=True)


def renames_post(year: Year) -> None:
    path = year.post(date := year.pick.choice(sorted(year.guids)))
    path.rename(path.with_name(f"{date}-as-it-is-called-since-day-{year.day}.md"))
    year.make(date)


def withdraws_and_makes_again(year: Year) -> None:
    """An episode is taken back, stays away while all is made, and comes back when its owner wants it."""
    kept = sorted(date for date in year.guids if "-edition-" in year.post(date).name)
    date = year.pick.choice(kept)
    show, day = load_show(year.show), dt.date.fromisoformat(date)
    making.withdraw(show, day, None)
    if day in {made for _, made in making.list_unmade(show, day)}:
        year.lost(f"{date} was withdrawn, and `make --new` would make it")
    making.undo(show, day, None)
    made = year.make(date)
    if made.episode.guid != year.guids[date]:
        year.lost(f"{date} was withdrawn and made again, and has another guid")
    year.tell(made)  # Its moment is in the zone that the show has now.


def withdraws(year: Year) -> None:
    """An episode is taken back for good."""
    date = year.pick.choice(sorted(year.guids))
    episode = making.withdraw(load_show(year.show), dt.date.fromisoformat(date), None)
    year.withdrawn.append(f"{episode.slug}.")
    del year.moments[year.guids.pop(date)]


def begins_a_season(year: Year) -> None:
    year.season += 1


def leaves_drafts(year: Year) -> None:
    """Posts of days before the first wait for their author; nobody hears of them."""
    for _ in range(2):
        day = FIRST - dt.timedelta(days=1 + len(year.drafts) + year.pick.randrange(1000, 9000))
        path = year.show / "posts" / f"{day}-a-draft.md"
        text = post(day.toordinal(), year.people, f"{day}")
        path.write_text(text.replace("\ndate:", "\ndraft: true\ndate:", 1), encoding="utf-8")
        year.drafts.append(f"{day}")
        try:
            year.make(f"{day}")
            year.lost(f"the draft of {day} was published")
        except WithheldError:
            pass


def publishes_a_draft(year: Year) -> None:
    date = year.drafts.pop(0)
    _edit(year.post(date), "draft: true\n", "")
    year.tell(year.make(date))


def corrects_a_moment(year: Year) -> None:
    """The post gets another hour: the feed follows, and the episode stays the same."""
    date = year.pick.choice(sorted(year.guids))
    hour = f"{date} {year.pick.randrange(10, 20)}:{year.pick.randrange(10, 59)}"
    post_ = year.post(date)
    _edit(post_, re.findall(r"^date: .*$", post_.read_text(), re.MULTILINE)[0], f"date: {hour}")
    made = year.make(date)
    if f"{made.episode.published:%Y-%m-%d %H:%M}" != hour:
        year.lost(f"{date} was to be published at {hour}, and was at {made.episode.published}")
    if made.episode.guid != year.guids[date]:
        year.lost(f"the moment of {date} was corrected, and its guid is another")
    year.tell(made)


def corrects_words(year: Year) -> None:
    """A number in a post was wrong: the script is written anew, and the episode made again."""
    date = year.pick.choice(sorted(year.guids))
    count = re.findall(r"with \d+ microphones", year.post(date).read_text())[0]
    _edit(year.post(date), count, f"with {200 + year.day} microphones")
    made = year.make(date, rewrite=True)
    said = " ".join(word.text for line in made.episode.lines for word in line.words)
    if f"{200 + year.day} microphones" not in said:
        year.lost(f"the post of {date} was corrected, and its episode says: {said}")
    year.tell(made)


def moves_audio(year: Year) -> None:
    """The audio gets a host of its own, or another one; what lay at the old one goes."""
    old = str(year.setting("audio_store"))
    year.set("audio_store", str(year.show / f"audio-{year.day}"))
    year.set("audio_url", f"https://audio-{year.day}.example/")
    making.rebuild_feed(load_show(year.show), old, removes_old_audio=True)
    if left := [name for name in files(year.show / (old or "feeds")) if is_audio(name)]:
        year.lost(f"the audio moved, and {left[0]} is still where it was")


def _edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


EVENTS: tuple[Callable[[Year], None], ...] = (
    hires,
    adds_voice,
    changes_zone,
    edits_script,
    renames_with_voice,
    retitles,
    changes_bitrate,
    moves,
    renames_post,
    numbers,
    renames,
    upgrades,
    removes_voice,
    rewrites_script,
    lets_one_go,
    loses_caches,
    withdraws_and_makes_again,
    begins_a_season,
    leaves_drafts,
    moves_audio,
    corrects_a_moment,
    corrects_words,
    publishes_a_draft,
    withdraws,
)
