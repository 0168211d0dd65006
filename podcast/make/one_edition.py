"""One edition becomes one published episode: planned, or made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from podcast.errors import ModelGoneError
from podcast.make.due_editions import require_due
from podcast.make.preparation import Clock, prepare_edition
from podcast.make.production import produce_episode
from podcast.make.profile import Profile
from podcast.make.refusals import require_audible, require_language
from podcast.make.release import Made, release_episode
from podcast.make.scripts import earlier_scripts, new_cast, new_voices, saved, written
from podcast.make.show_paths import (
    load_people,
    load_show_lexicon,
    script_path,
    spoken_disclosure,
    takes,
    work,
)
from podcast.model import Cast, Edition, Script, Show, Take, Usd
from podcast.publish import warm_up
from podcast.read import find_edition
from podcast.registry import open_source
from podcast.speak import Engine, PlannedTake, plan_takes
from podcast.util.lock import only_run
from podcast.write import Writer, draft_script, estimate_script
from podcast.write.edition_format import choose_format
from podcast.write.spoken_disclosure import add_disclosure

_CHARACTERS_A_SECOND = 14.7
"""How fast a magazine is read aloud, pauses included."""

Progress = Callable[[str, int, int], None]
"""Hears of progress: what is being done, how much of it is done, of how much."""


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Hears of progress and says nothing."""


@dataclass(frozen=True, slots=True)
class EpisodePlan:
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
        return sum(len(take.utterance.text) for take in self.takes) / _CHARACTERS_A_SECOND / 60

    @property
    def speaking(self) -> Usd | None:
        """What speaking would cost; None when a price is not known."""
        prices = [take.price for take in self.takes if not take.cached]
        return (
            None if None in prices else Usd(sum(price for price in prices if price is not None))
        )


def read_edition(
    show: Show, which: dt.date | Path, draft_date: dt.date | None = None
) -> Edition:
    """Read the edition of a date, or the one that a post is. Raises ReadError.

    `draft_date` is the date of a post in `_drafts/` that has none.
    """
    source = open_source(show, draft_date)
    return source.read_file(which) if isinstance(which, Path) else find_edition(source, which)


def list_posts(show: Show) -> list[tuple[Path, dt.date]]:
    """Every edition's post with its date, oldest first."""
    return open_source(show).posts_by_date()


def list_passed_over(show: Show) -> list[tuple[Path, str]]:
    """Every Markdown file in the folder of posts that is taken for no post, and why."""
    return open_source(show).passed_over()


def plan_episode(
    show: Show,
    edition: Edition,
    *,
    engine: Engine,
    writer: Writer,
    now: Clock,
    rewrite: bool = False,
    keep_script: bool = False,
    force: bool = False,
) -> EpisodePlan:
    """Everything `make` would do with this edition. Changes nothing, asks no service, speaks nothing."""
    require_due(show, edition, now())
    if not force:
        require_audible(show, engine.name)
        require_language(show.language, edition)
    known = load_people(show)
    script, cast = saved(show, edition, known, writer, rewrite=rewrite, keep=keep_script) or (
        None,
        new_cast(show, edition, known),
    )
    earlier = earlier_scripts(show, edition)
    drafted = script or add_disclosure(
        draft_script(edition, cast, writer, show, earlier),
        spoken_disclosure(show),
        cast.presenter,
        is_essay=choose_format(edition, show.writer.format) == "essay",
    )
    return EpisodePlan(
        edition,
        drafted,
        cast,
        engine.name,
        tuple(plan_takes(drafted, cast, engine, load_show_lexicon(show), takes(show))),
        writing=Usd(0.0) if script else estimate_script(edition, cast, writer, show, earlier),
        new_script=script is None,
        new_voices=new_voices(cast, known),
    )


def save_script(
    show: Show,
    edition: Edition,
    *,
    writer: Writer,
    rewrite: bool = False,
    keep_script: bool = False,
    force: bool = False,
) -> Path:
    """Write the script for a person to read and edit, and remember who got which voice.

    A script that exists is left as it is while its post is; with `rewrite`, the old one is kept beside it.
    """
    if not force:
        require_language(show.language, edition)
    with only_run(work(show), edition.slug):
        written(show, edition, writer, rewrite, keep_script)
    return script_path(show, edition)


def make_one(
    show: Show,
    edition: Edition,
    *,
    engine: Engine,
    writer: Writer,
    now: Clock,
    rewrite: bool = False,
    keep_script: bool = False,
    force: bool = False,
    jobs: int | None = None,
    instead: Callable[[ModelGoneError], Engine] | None = None,
    progress: Progress = no_progress,
    profile: Profile | None = None,
) -> Made:
    """Make the edition's episode and publish it.

    `instead` gives another engine when the service no longer has the model of `engine`. `profile` is told
    what each stage takes.

    Everything that was published before stays as it is until the new episode is whole. Takes are kept
    the moment they exist: a run that fails or is killed costs the next one nothing twice.

    Raises PodcastError.
    """
    with only_run(work(show), edition.slug, _waits(progress)):
        profile = profile or Profile()
        if not force:
            require_audible(show, engine.name)
        prepared = prepare_edition(
            show, edition, writer, now, rewrite=rewrite, keep_script=keep_script, force=force
        )
        profile.ended("write")

        def on_take(done: int, total: int, _take: Take) -> None:
            progress("speaking", done, total)

        with (
            ThreadPoolExecutor(1) as beside,
            ThreadPoolExecutor(jobs or engine.jobs) as threads,
        ):
            warming = beside.submit(warm_up, show.path("assets"))
            if show.path("assets", "templates").is_dir():
                warming.result()  # A fault of the owner's is told before anything is spoken.
            executor = profile.speaking(threads)
            run = partial(
                produce_episode,
                show,
                prepared,
                executor=executor,
                on_take=on_take,
                ended=profile.ended,
            )
            try:
                produced = run(engine=engine)
            except ModelGoneError as error:
                if instead is None:
                    raise
                produced = run(engine=instead(error))
        made = release_episode(show, prepared, produced)
        profile.ended("publish")
        return made


def _waits(progress: Progress) -> Callable[[str], None]:
    """Tells of another run that must end first."""
    return lambda owner: progress(f"waiting for {owner}", 0, 1)
