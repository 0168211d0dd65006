"""Many runs at once on one show."""

from __future__ import annotations

import json
import random
import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import feedparser  # type: ignore[import-untyped]

from tests.campaigns.crash import MAKE, Tally
from tests.campaigns.process import Process, Ran, podcast
from tests.campaigns.shows import copied, date, files
from tests.campaigns.truth import feed_faults


def one_date(start: Path, folder: Path, runs: int) -> Tally:
    """So many runs of one date: one makes it, the others wait for it and find nothing to do."""
    tally = Tally("one date", attempts=runs)
    show = copied(start, folder / "show")
    started = [Process(*MAKE, "--date", date(0), "--json", "--show", show) for _ in range(runs)]
    pids = {process.pid for process in started}
    ended = [process.ended() for process in started]
    tally.losses += [f"exit code {ran.code}: {ran.output}" for ran in ended if ran.code]
    facts = [facts_of(ran) for ran in ended if not ran.code]
    if sum(bool(fact["changed"]) for fact in facts) != 1:
        tally.losses.append(
            f"{sum(bool(fact['changed']) for fact in facts)} runs say that they published"
        )
    whole = facts[0]["spoken"] + facts[0]["kept"]
    if (spoken := sum(fact["spoken"] for fact in facts)) != whole:
        tally.losses.append(f"{spoken} takes were spoken for an episode of {whole}")
    waited = [re.findall(r"waiting for \S+ \(process (\d+)\)", ran.output) for ran in ended]
    tally.late = sum(not named for named in waited)
    if {int(pid) for named in waited for pid in named} - pids:
        tally.losses.append(f"a run waits for a process that is none of ours: {waited}")
    if tally.late == runs:
        tally.losses.append("nobody says for whom it waits")
    tally.losses += [*_faults(show, 1)]
    return tally


def many_dates(
    start: Path, folder: Path, runs: int, pick: random.Random | None = None, kills: int = 0
) -> Tally:
    """A run for each of so many dates, all at once. Some may be killed, and run again at once."""
    tally = Tally(f"{runs} dates{', some killed' if kills else ''}", attempts=runs)
    show = copied(start, folder / "show")
    started = [
        Process(*MAKE, "--date", date(number), "--json", "--show", show)
        for number in range(runs)
    ]
    for number in pick.sample(range(runs), kills) if pick else []:
        time.sleep(pick.uniform(0, 0.3) if pick else 0)
        started[number].kill()
        tally.losses += (
            [*feed_faults(_published(show))] if (show / "feeds" / "feed.xml").exists() else []
        )
    ended = [process.ended() for process in started]
    tally.losses += [
        f"exit code {ran.code}: {ran.output}" for ran in ended if ran.code and not ran.killed
    ]
    dead = [number for number, ran in enumerate(ended) if ran.killed]
    tally.late = len(dead)
    again = [
        Process(*MAKE, "--date", date(number), "--json", "--show", show) for number in dead
    ]
    tally.losses += [
        f"run again: {ran.output}" for ran in (p.ended() for p in again) if ran.code
    ]
    tally.losses += [*_faults(show, runs)]
    return tally


def stale_lock(start: Path, folder: Path, attempts: int) -> Tally:
    """The holder is killed; or a reboot left its name, and its number is now somebody else's."""
    tally = Tally("stale lock")
    for number in range(attempts):
        show = copied(start, folder / "show")
        if number % 2:
            holder = Process(
                *MAKE, "--date", date(0), "--show", show, watch=show, kill_before=20 + number
            )
            assert holder.ended().killed
        else:
            (show / ".podcast").mkdir(exist_ok=True)
            (show / ".podcast" / "lock").touch()
            (show / ".podcast" / "lock.owner").write_text(
                "2024-05-01-edition-0 (process 1)", encoding="utf-8"
            )
        ran = podcast(*MAKE, "--date", date(0), "--json", "--show", show)
        tally.attempts += 1
        if ran.code or "waiting" in ran.output:
            tally.losses.append(ran.output)
        tally.losses += [*_faults(show, 1)]
    return tally


def facts_of(ran: Ran) -> dict[str, int]:
    """What a run answers with `--json`, amid what it says of its progress."""
    facts: dict[str, int] = json.loads(
        ran.output[ran.output.index("{\n") :].partition("\n}")[0] + "\n}"
    )
    return facts


def _published(show: Path) -> dict[str, bytes]:
    return {
        name[6:]: content for name, content in files(show).items() if name.startswith("feeds/")
    }


def _faults(show: Path, episodes: int) -> Iterator[str]:
    """What is wrong with a show that has so many episodes: feed, files, cast, and what `check` finds."""
    published = _published(show)
    yield from feed_faults(published)
    yield from (f"{name}: left over" for name in files(show) if name.endswith(".part"))
    entries = feedparser.parse(published.get("feed.xml", b"")).entries
    if len(entries) != episodes:
        yield f"feed.xml: {len(entries)} episodes, not {episodes}"
    people = tomllib.loads((show / "voices" / "cast.toml").read_text(encoding="utf-8"))[
        "people"
    ]
    for name, content in published.items():
        if not re.fullmatch(r"[\w-]+\.json", name):
            continue
        heard = {credit["name"]: credit["voice"] for credit in json.loads(content)["people"]}
        yield from (
            f"cast.toml: {who} of {name} is not there" for who in heard if who not in people
        )
        if len(set(heard.values())) != len(heard):
            yield f"{name}: two people have one voice: {heard}"
        usual = {who: people[who] for who in heard if who in people}
        if len(set(usual.values())) == len(usual) and usual != heard:
            yield f"{name}: {heard}, and cast.toml says {usual}"
    checked = podcast("check", "--show", show, "--json")
    found = [fault for fault in json.loads(checked.output) if fault.get("severity") == "error"]
    yield from (f"check: {fault}" for fault in found)
