"""SIGKILL at random moments, and before each thing that is done to the show's files."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.campaigns.process import Ran, podcast
from tests.campaigns.shows import a_show, copied, date, edit_script, files, make
from tests.campaigns.truth import differences, faults, feed_faults, leftovers, takes

_OLD_SCRIPT = re.compile(r"scripts/.*\.\d+\.md")


@dataclass(frozen=True)
class Case:
    """A command that is killed, and what a person did before it."""

    name: str
    words: tuple[str, ...]
    """What `{show}` stands in is the show's folder."""
    before: Callable[[Path], None] = lambda _show: None
    between: tuple[str, ...] = ()
    """Files that have more states than an old one and a new one, for several editions are made."""
    once: str = ""
    """What the next run says and fails, rightly, where the killed one had done all."""

    def run(self, show: Path, **more: object) -> Ran:
        words = [word.replace("{show}", str(show)) for word in self.words]
        return podcast(*words, "--show", show, **more)


def _renamed(number: int) -> Callable[[Path], None]:
    def act(show: Path) -> None:
        for folder in ("posts", "scripts"):
            path = show / folder / f"{date(number)}-edition-{number}.md"
            path.rename(path.with_name(f"{date(number)}-a-better-name.md"))

    return act


def retitled(show: Path) -> None:
    toml = show / "podcast.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace("Small Hours", "Late Hours"), encoding="utf-8"
    )


def edited(number: int) -> Callable[[Path], None]:
    return lambda show: edit_script(show, number)


def _noted(show: Path) -> None:
    (show / "notes").mkdir()
    for thing in ("harbour", "kettle", "tram"):
        heard = " ".join(
            f"On day {day} the {thing} heard {14 * day} ferries and a seal." for day in range(9)
        )
        text = f"# The {thing} listens\n\nA {thing} was given ears by the town. {heard}\n"
        (show / "notes" / f"{thing}.md").write_text(text, encoding="utf-8")


def _edited_twice(number: int) -> Callable[[Path], None]:
    def act(show: Path) -> None:
        edit_script(show, number)
        assert make(show, "--date", date(number)).code == 0
        edit_script(show, number, "And close the door.")

    return act


_OVERVIEWS = ("feeds/feed.xml", "feeds/index.html", "voices/cast.toml")
MAKE = ("make", "--engine", "silence")


def cases(published: int, new: int) -> tuple[Case, ...]:
    """What is killed: makes of the edition `published`, which is, and of `new`, which is not; and `feed`."""
    again = (*MAKE, "--date", date(published))
    return (
        Case("a first episode", (*MAKE, "--date", date(new))),
        Case("a remade date", again, edited(published)),
        Case("a date remade twice", again, _edited_twice(published)),
        Case("a renamed post", again, _renamed(published)),
        Case("a rewritten script", (*again, "--rewrite"), edited(published)),
        Case("podcast feed", ("feed",), retitled),
        Case("make --all", (*MAKE, "--all", "--jobs", "2"), edited(published), _OVERVIEWS),
        Case(
            "an edition of notes",
            ("edition", "--date", date(new + 1), "--from", "{show}/notes"),
            _noted,
            once=f"there is an edition of {date(new + 1)} already",
        ),
    )


@dataclass
class Tally:
    """What came of a case's attempts."""

    case: str
    attempts: int = 0
    late: int = 0
    """Attempts whose process had ended before its moment came; not counted as attempts."""
    losses: list[str] = field(default_factory=list)
    moments: Counter[str] = field(default_factory=Counter)
    """Before which kind of act it died, where that is known."""


def baseline(folder: Path) -> Path:
    """A show with five published episodes, and a sixth edition that is not."""
    return a_show(folder, posts=6, published=5)


def campaign(
    base: Path, case: Case, folder: Path, pick: random.Random, *, moments: int, acts: int | None
) -> Tally:
    """Kill a case at so many random moments, and before so many of its acts (None: before each)."""
    tally = Tally(case.name)
    start = copied(base, folder / "start")
    case.before(start)
    show = copied(start, folder / "show")
    whole = case.run(show, watch=show)
    assert whole.code == 0, whole.output
    old, new = files(start), files(show)
    assert not leftovers(new)
    lasts = whole.seconds
    chosen: list[int | float] = [pick.uniform(0, 1) for _ in range(moments)]
    every = range(len(whole.acts))
    chosen += sorted(pick.sample(every, min(acts, len(every)))) if acts is not None else every
    for at in chosen:
        show = copied(start, folder / "show")
        if isinstance(at, float):
            ran = case.run(show, kill_after=at * lasts)
        else:
            ran = case.run(show, watch=show, kill_before=at)
        if not ran.killed:
            tally.late += 1
            lasts = 0.9 * lasts + 0.1 * ran.seconds if isinstance(at, float) else lasts
            continue
        tally.attempts += 1
        if ran.acts:
            tally.moments[_kind(ran.acts[-1])] += 1
        moment = (
            f"at {at:.4f} of its time" if isinstance(at, float) else f"before {ran.acts[-1]}"
        )
        if tally.attempts % 2:
            other = copied(show, folder / "other")
            tally.losses += [
                f"{moment}: {fault}" for fault in _elsewhere(other, tally.attempts % 4 == 1)
            ]
        tally.losses += [f"{moment}: {fault}" for fault in _after(show, case, old, new)]
    return tally


def _elsewhere(show: Path, feed: bool) -> Iterator[str]:
    """What is wrong when the next run is one of another date, or of `feed`, as cron would have it."""
    words = ("feed",) if feed else (*MAKE, "--date", date(0))
    if not feed:
        edit_script(show, 0)
    ran = podcast(*words, "--show", show)
    if ran.code:
        yield f"another run fails: {ran.output}"
    published = {
        name[6:]: content for name, content in files(show).items() if name.startswith("feeds/")
    }
    yield from (f"after another run: {fault}" for fault in feed_faults(published))
    yield from (f"after another run: {name} is left over" for name in leftovers(published))


def _after(
    show: Path, case: Case, old: dict[str, bytes], new: dict[str, bytes]
) -> Iterator[str]:
    """What is wrong after a kill, and after the next run."""
    yield from faults(files(show), old, new, case.between)
    kept, done = takes(show), not differences(_shown(show), new)
    again = case.run(show)
    if again.code and not (done and case.once and case.once in again.output):
        yield f"the next run fails: {again.output}"
        return
    healed = files(show)
    for name in differences(healed, new):
        if not _OLD_SCRIPT.fullmatch(name):  # Each rewrite keeps one more of them.
            yield f"{name}: not healed by the next run"
    spoken = [name for name, was in kept.items() if takes(show).get(name, was) != was]
    yield from (f"take {name[:12]}: spoken twice" for name in spoken)


def _shown(show: Path) -> dict[str, bytes]:
    """The show's files without what a killed run left half-written, which the next one removes."""
    now = files(show)
    return {name: now[name] for name in now.keys() - set(leftovers(now))}


def _kind(act: str) -> str:
    """An act without what is particular to it."""
    what, _, path = act.partition(" ")
    path = re.sub(r"\d{4}-\d\d-\d\d-[a-z0-9-]+(\.[0-9a-f]{8})?", "EPISODE", path)
    path = re.sub(r"[0-9a-f]{32,}", "KEY", path)
    path = re.sub(r"/[0-9a-f]{2}(?=/|$)", "", path)
    path = re.sub(r"\.[a-zA-Z0-9_-]+\.part$", ".part", path)
    return f"{what} {path}"
