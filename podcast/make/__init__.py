"""A written edition becomes a published episode: composes the stages and owns their order.

`places` says where things are in a show, `script` what is said and who says it, `record` what is known of the
episode, `other` what else is done with a show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from podcast import publish as publishing
from podcast.adapters import auto_engine, open_engine, open_source, open_store, open_writer
from podcast.lock import only_run
from podcast.make.other import check, embed, rebuild, report, say, tell_hub
from podcast.make.places import cover_of, lexicon, load_people, load_pool, script_path, takes, work
from podcast.make.record import earlier_episode, record, sealed, with_extras
from podcast.make.script import new_cast, new_voices, saved, written
from podcast.model import Cast, Edition, Episode, Script, Show, Take, Usd
from podcast.read import read
from podcast.speak import Engine, PlannedTake, plan, speak
from podcast.stitch import stitch
from podcast.tag import tag
from podcast.write import Writer, draft

__all__ = [
    "auto_engine",
    "check",
    "embed",
    "load_people",
    "load_pool",
    "open_engine",
    "open_writer",
    "rebuild",
    "report",
    "say",
]

_CHARACTERS_A_SECOND = 14.7
"""How fast a magazine is read aloud, pauses included."""

Clock = Callable[[], dt.datetime]
"""The present moment, aware."""

Progress = Callable[[str, int, int], None]
"""Hears of progress: what is being done, how much of it is done, of how much."""


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Hears of progress and says nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What `make` would do, found without doing it."""

    edition: Edition
    script: Script
    cast: Cast
    engine: str
    takes: tuple[PlannedTake, ...]
    writing: Usd | None
    """What writing the script would cost; 0 for a saved one, None when the price is not known."""
    new_script: bool
    """True when the script would be written; False when a saved one is used as it stands."""
    new_voices: tuple[str, ...]
    """People who would be given a voice in cast.toml."""

    @property
    def minutes(self) -> float:
        """About how long the episode would be, from the length of its words."""
        return sum(len(turn.text) for turn in self.script.turns) / _CHARACTERS_A_SECOND / 60

    @property
    def speaking(self) -> Usd | None:
        """What speaking would cost; None when a price is not known."""
        prices = [take.price for take in self.takes if not take.cached]
        return None if None in prices else Usd(sum(price for price in prices if price is not None))


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` did."""

    episode: Episode
    spoken: int
    """Takes spoken in this run."""
    kept: int
    """Takes that were there already."""
    changed: bool
    """False when the published episode was already this one."""
    new_voices: tuple[str, ...]


def edition_of(show: Show, date: dt.date) -> Edition:
    """The show's edition of that date."""
    return read(open_source(show), date)


def edition_from(post: Path) -> Edition:
    """The edition that any one post is."""
    from podcast.sources.jekyll import read_post

    return read_post(post)


def posts(show: Show) -> list[tuple[Path, dt.date]]:
    """Every edition's post with its date, oldest first."""
    return open_source(show).posts_by_date()


def make_plan(show: Show, edition: Edition, *, engine: Engine, writer: Writer, rewrite: bool = False) -> Plan:
    """Everything `make` would do with this edition. Changes nothing, asks no service, speaks nothing."""
    known = load_people(show)
    script, cast = saved(show, edition, known, rewrite) or (None, new_cast(show, edition, known))
    drafted = script or draft(edition, cast, writer, show)
    return Plan(
        edition,
        drafted,
        cast,
        engine.name,
        tuple(plan(drafted, cast, engine, lexicon(show), takes(show))),
        writing=Usd(0.0) if script else writer.price(edition, cast, show),
        new_script=script is None,
        new_voices=new_voices(cast, known),
    )


def make_script(show: Show, edition: Edition, *, writer: Writer, rewrite: bool = False) -> Path:
    """Write the script for a person to read and edit, and remember who got which voice.

    A script that exists is left as it is, unless `rewrite`: then the old one is kept beside it.
    """
    with only_run(work(show), edition.slug):
        written(show, edition, writer, rewrite)
    return script_path(show, edition)


def make(
    show: Show,
    edition: Edition,
    *,
    engine: Engine,
    writer: Writer,
    now: Clock,
    rewrite: bool = False,
    jobs: int | None = None,
    progress: Progress = no_progress,
) -> Made:
    """Make the edition's episode and publish it.

    Everything that was published before stays as it is until the new episode is whole. Takes are kept
    the moment they exist: a run that fails or is killed costs the next one nothing twice.

    Raises PodcastError.
    """
    with only_run(work(show), edition.slug, _waits(progress)):
        started = now()
        store = open_store(show)
        same_date = publishing.episodes(store, edition.date)
        earlier = earlier_episode(show, edition, same_date)
        script, cast, people = written(show, edition, writer, rewrite)
        kept: dict[str, Take] = {}

        def on_take(done: int, total: int, take: Take) -> None:
            kept.setdefault(take.key, take)
            progress("speaking", done, total)

        with ThreadPoolExecutor(jobs or engine.jobs) as executor:
            recording = stitch(
                script,
                speak(script, cast, engine, takes(show), lexicon(show), executor, on_take),
                show=show,
                stings=show.path("assets"),
                work=work(show) / "units",
                out=work(show) / f"{edition.slug}.mp3",
            )
        episode = record(
            show,
            edition,
            script,
            cast,
            kept.values(),
            recording,
            engine=engine.name,
            same_date=same_date,
            earlier=earlier,
            started=started,
            ended=now(),
        )
        tag(recording.path, episode, show, cover_of(show))
        episode = sealed(episode, recording.path, earlier, same_date)
        episode, extras = with_extras(show, edition, episode, recording.path)
        changed = publishing.publish(episode, recording.path, show, store, edition.path, extras)
        if changed:
            tell_hub(show)
        for path in (recording.path, *extras.values()):
            if isinstance(path, Path):
                path.unlink()
        return Made(
            episode,
            spoken=sum(not take.cached for take in kept.values()),
            kept=sum(take.cached for take in kept.values()),
            changed=changed,
            new_voices=people,
        )


def _waits(progress: Progress) -> Callable[[str], None]:
    """Tells of another run that must end first."""
    return lambda owner: progress(f"waiting for {owner}", 0, 1)
