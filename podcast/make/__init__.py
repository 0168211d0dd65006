"""A written edition becomes a published episode: composes the stages and owns their order.

`places` says where things are in a show, `script` what is said and who says it, `record` makes the episode,
`steps` is what comes before and after; `many` makes editions side by side, in `processes` or on a `cluster`;
`other` is what else is done with a show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from podcast.errors import ModelGoneError
from podcast.make.batch import Outcome, make_many
from podcast.make.due_editions import list_unmade, require_due
from podcast.make.playback import Player
from podcast.make.profile import Profile
from podcast.make.publishing import Clock, Made, prepare, publish
from podcast.make.recording import record
from podcast.make.scripts import check_saved_script, new_cast, new_voices, saved, written
from podcast.make.show_paths import lexicon, load_people, load_pool, script_path, takes, work
from podcast.make.show_tasks import check, embed, rebuild, report, say
from podcast.model import Cast, Edition, Script, Show, Take, Usd
from podcast.publish import warm_up
from podcast.read import read
from podcast.registry import open_engine, open_source, open_writer
from podcast.speak import Engine, PlannedTake, plan
from podcast.util.lock import only_run
from podcast.write import Writer, draft

__all__ = [
    "Made",
    "Outcome",
    "Player",
    "Profile",
    "check",
    "check_saved_script",
    "embed",
    "list_unmade",
    "load_people",
    "load_pool",
    "make_many",
    "open_engine",
    "open_writer",
    "rebuild",
    "report",
    "say",
]

_CHARACTERS_A_SECOND = 14.7
"""How fast a magazine is read aloud, pauses included."""

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


def edition_of(show: Show, date: dt.date) -> Edition:
    """The show's edition of that date."""
    return read(open_source(show), date)


def edition_from(post: Path, show: Show | None = None) -> Edition:
    """The edition that any one post is; `show` may say how its posts differ from others'."""
    from podcast.read.posts import PostForm, read_post

    return read_post(post, PostForm(show.byline, show.date_keys) if show else PostForm())


def posts(show: Show) -> list[tuple[Path, dt.date]]:
    """Every edition's post with its date, oldest first."""
    return open_source(show).posts_by_date()


def passed_over(show: Show) -> list[tuple[Path, str]]:
    """Every Markdown file in the folder of posts that is no post, and why."""
    return open_source(show).passed_over()


def make_plan(
    show: Show, edition: Edition, *, engine: Engine, writer: Writer, now: Clock, rewrite: bool = False
) -> Plan:
    """Everything `make` would do with this edition. Changes nothing, asks no service, speaks nothing."""
    require_due(show, edition, now())
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
    instead: Callable[[ModelGoneError], Engine] | None = None,
    progress: Progress = no_progress,
    profile: Profile | None = None,
    player: Player | None = None,
) -> Made:
    """Make the edition's episode and publish it.

    `instead` gives another engine when the service no longer has the model of `engine`. `profile` is told
    what each stage takes; `player` plays the takes as they come.

    Everything that was published before stays as it is until the new episode is whole. Takes are kept
    the moment they exist: a run that fails or is killed costs the next one nothing twice.

    Raises PodcastError.
    """
    with only_run(work(show), edition.slug, _waits(progress)):
        profile = profile or Profile()
        prepared = prepare(show, edition, writer, now, rewrite=rewrite)
        profile.ended("write")

        def on_take(done: int, total: int, take: Take) -> None:
            if player:
                player.add(take)
            progress("speaking", done, total)

        with ThreadPoolExecutor(1) as beside, ThreadPoolExecutor(jobs or engine.jobs) as threads:
            warming = beside.submit(warm_up, show)
            if show.path("assets", "templates").is_dir():
                warming.result()  # A fault of the owner's is told before anything is spoken.
            executor = profile.speaking(threads)
            run = partial(record, show, prepared, executor=executor, on_take=on_take, ended=profile.ended)
            try:
                recorded = run(engine=engine)
            except ModelGoneError as error:
                if instead is None:
                    raise
                recorded = run(engine=instead(error))
        made = publish(show, prepared, recorded)
        profile.ended("publish")
        return made


def _waits(progress: Progress) -> Callable[[str], None]:
    """Tells of another run that must end first."""
    return lambda owner: progress(f"waiting for {owner}", 0, 1)
