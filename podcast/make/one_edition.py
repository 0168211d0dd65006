"""One edition becomes one published episode: planned, or made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from podcast.errors import ModelGoneError
from podcast.make.crew import USUAL_RULES, Crew, MakingRules
from podcast.make.due_editions import require_due
from podcast.make.preparation import Prepared, prepare_edition
from podcast.make.production import Produced, produce_episode
from podcast.make.profile import Profile
from podcast.make.refusals import require_audible, require_language
from podcast.make.release import Made, release_episode
from podcast.make.scripts import (
    choose_cast,
    disclose_voices,
    find_saved_script,
    list_new_voices,
    load_earlier_scripts,
    provide_script,
)
from podcast.make.show_paths import (
    load_people,
    load_show_lexicon,
    open_takes,
    script_path,
    work_folder,
)
from podcast.model import Cast, Edition, Script, Show, Take, Usd
from podcast.publish import warm_up
from podcast.read import find_edition
from podcast.registry import open_source
from podcast.speak import PlannedTake, plan_takes
from podcast.util.lock import only_run
from podcast.write import Writer, WritingCost, draft_script, estimate_script

# How fast a magazine is read aloud, pauses included.
_CHARACTERS_A_SECOND = 14.7

# Called with what is being done, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class EpisodePlan:
    """What `make` would do, found without doing it."""

    edition: Edition
    script: Script
    cast: Cast
    engine: str
    takes: tuple[PlannedTake, ...]
    writing: WritingCost
    """What writing the script would cost; 0 for a saved one."""
    new_script: bool
    """True when the script would be written; False when a saved one is used as it stands."""
    new_voices: tuple[str, ...]
    """People who would be given a voice in cast.toml."""

    @property
    def minutes(self) -> float:
        """About how long the episode would be, from the length of its words."""
        characters = sum(len(take.utterance.text) for take in self.takes)
        return characters / _CHARACTERS_A_SECOND / 60

    @property
    def speaking(self) -> Usd | None:
        """What speaking would cost; None when a price is not known."""
        total: float = 0
        for take in self.takes:
            if take.cached:
                continue
            if take.price is None:
                return None
            total += take.price
        return Usd(total)


def read_edition(
    show: Show, which: dt.date | Path, draft_date: dt.date | None = None
) -> Edition:
    """Read the edition of a date, or the one that a post is. Raises ReadError.

    `draft_date` is the date of a post in `_drafts/` that has none.
    """
    source = open_source(show, draft_date)
    if isinstance(which, Path):
        return source.read_file(which)
    return find_edition(source, which)


def list_posts(show: Show) -> list[tuple[Path, dt.date]]:
    """List every edition's post with its date, oldest first."""
    return open_source(show).posts_by_date()


def list_passed_over(show: Show) -> list[tuple[Path, str]]:
    """List every Markdown file in the folder of posts that is taken for no post, and why."""
    return open_source(show).passed_over()


def plan_episode(
    show: Show, edition: Edition, crew: Crew, rules: MakingRules = USUAL_RULES
) -> EpisodePlan:
    """Find all that `make` would do with this edition.

    Changes nothing, asks no service, speaks nothing. Raises PodcastError.
    """
    require_due(show, edition, crew.now())
    if not rules.force:
        require_audible(show, crew.engine.name)
        require_language(show.language, edition)

    voice_ids = load_people(show)
    saved = find_saved_script(show, edition, voice_ids, crew.writer, rules)
    if saved is not None:
        script, cast = saved
        writing = WritingCost(Usd(0.0), Usd(0.0))
    else:
        cast = choose_cast(show, edition, voice_ids)
        earlier = load_earlier_scripts(show, edition)
        draft = draft_script(edition, cast, crew.writer, show, earlier)
        script = disclose_voices(show, edition, draft, cast)
        writing = estimate_script(edition, cast, crew.writer, show, earlier)

    takes = plan_takes(script, cast, crew.engine, load_show_lexicon(show), open_takes(show))
    return EpisodePlan(
        edition,
        script,
        cast,
        crew.engine.name,
        tuple(takes),
        writing=writing,
        new_script=saved is None,
        new_voices=list_new_voices(cast, voice_ids),
    )


def save_script(
    show: Show, edition: Edition, writer: Writer, rules: MakingRules = USUAL_RULES
) -> Path:
    """Write the script for a person to read and edit, and remember who got which voice.

    A script that exists is left as it is while its post is, unless the rules say `rewrite`.
    """
    if not rules.force:
        require_language(show.language, edition)
    with only_run(work_folder(show), edition.slug):
        provide_script(show, edition, writer, rules)
    return script_path(show, edition)


def make_one(
    show: Show,
    edition: Edition,
    crew: Crew,
    rules: MakingRules = USUAL_RULES,
    *,
    progress: Progress = no_progress,
    profile: Profile | None = None,
) -> Made:
    """Make the edition's episode and publish it. `profile` measures each stage.

    Everything that was published before stays as it is until the new episode is whole. Takes
    are kept the moment they exist: a run that fails or is killed costs the next one nothing
    twice.

    Raises PodcastError.
    """
    profile = profile or Profile()
    on_wait = partial(_show_waiting, progress)
    with only_run(work_folder(show), edition.slug, on_wait):
        if not rules.force:
            require_audible(show, crew.engine.name)
        prepared = prepare_edition(show, edition, crew, rules)
        profile.end_stage("write")

        produced = _produce(show, prepared, crew, progress, profile)

        made = release_episode(show, prepared, produced)
        profile.end_stage("publish")
        return made


def _produce(
    show: Show, prepared: Prepared, crew: Crew, progress: Progress, profile: Profile
) -> Produced:
    """Speak, stitch and tag the episode; with the other engine where the first is gone."""

    def on_take(done: int, total: int, _take: Take) -> None:
        progress("speaking", done, total)

    with (
        ThreadPoolExecutor(1) as page_thread,
        ThreadPoolExecutor(crew.parallel_takes) as threads,
    ):
        # Compiling the pages' templates takes long enough to be done while voices speak.
        warming = page_thread.submit(warm_up, show.path("assets"))
        if show.path("assets", "templates").is_dir():
            # A fault in the owner's own templates is said before anything is spoken.
            warming.result()

        produce = partial(
            produce_episode,
            show,
            prepared,
            executor=profile.measure_speaking(threads),
            on_take=on_take,
            on_stage_end=profile.end_stage,
        )
        try:
            return produce(engine=crew.engine)
        except ModelGoneError as error:
            return produce(engine=crew.replace_engine(error))


def _show_waiting(progress: Progress, owner: str) -> None:
    """Show that another run must end first."""
    progress(f"waiting for {owner}", 0, 1)
