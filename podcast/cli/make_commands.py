"""`podcast make` and `podcast script`: editions become episodes, or scripts to edit."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from podcast.cli.edition_commands import NewsOptions, sources_options, write_edition
from podcast.cli.edition_selection import Editions, Selection, list_editions, selection_options
from podcast.cli.left_out_report import find_left_out, say_left_out, say_passed_over
from podcast.cli.options import (
    all_of,
    answer,
    any_price_option,
    budget_option,
    bundle,
    choose_engine,
    date_option,
    engine_option,
    force_option,
    json_option,
    now,
    open_budget,
    post_option,
    require_one,
    say_engine,
    show_option,
    today,
    verbose_option,
    warn_of_placeholders,
    writer_option,
)
from podcast.cli.output import (
    made_facts,
    outcome_facts,
    plan_facts,
    profile_facts,
    say_made,
    say_outcomes,
    say_plan,
    say_profile,
)
from podcast.cli.progress import EditionsProgress, Progress
from podcast.config import change_settings, load_show, settle_guid
from podcast.errors import ModelGoneError, PodcastError, WithheldError
from podcast.model import Edition, Show
from podcast.services.prices import Budget, known_model

if TYPE_CHECKING:
    from podcast.make import Crew, MakingRules, Outcome
    from podcast.speak import Engine

keep_script_option = click.option(
    "--keep-script",
    is_flag=True,
    help="Speak the saved script as it is, though its post has changed.",
)

making_options = all_of(
    engine_option,
    writer_option,
    click.option(
        "--rewrite", is_flag=True, help="Write the script anew; the old one is kept beside it."
    ),
    keep_script_option,
    force_option,
    click.option(
        "--replace-now", is_flag=True, help="Remove at once the audio that is replaced."
    ),
    click.option(
        "--jobs", type=click.IntRange(1), help="How many passages are spoken at once."
    ),
    click.option(
        "--cluster",
        metavar="ADDRESS",
        default="",
        help="Make episodes on the workers of this Dask.",
    ),
    budget_option,
    any_price_option,
    click.option(
        "--dry-run",
        is_flag=True,
        help="Say what would be done and what it would cost; change nothing.",
    ),
    click.option(
        "--profile", is_flag=True, help="Say what each stage took: seconds and bytes."
    ),
)


@dataclass(frozen=True, slots=True)
class MakingOptions:
    """How episodes are made: what `making_options` ask for."""

    engine: str | None
    writer: str | None
    rewrite: bool
    keep_script: bool
    force: bool
    replace_now: bool
    jobs: int | None
    cluster: str
    budget: float | None
    any_price: bool
    dry_run: bool
    profile: bool

    def check(self, *, is_batch: bool) -> None:
        """Raise UsageError for options that exclude each other."""
        if self.rewrite and self.keep_script:
            raise click.UsageError("--rewrite and --keep-script exclude each other")
        if self.cluster and not is_batch:
            raise click.UsageError(
                "--cluster is for several editions: --new, --since/--until or --all"
            )
        if self.profile and (is_batch or self.dry_run):
            what = "--profile is for the making of one edition"
            raise click.UsageError(f"{what}: --date or --post")


@dataclass(frozen=True, slots=True)
class MakeSetup:
    """What one call of `podcast make` works with."""

    show: Show
    engine_name: str
    crew: Crew
    rules: MakingRules
    budget: Budget

    def say_unpriced(self) -> None:
        """Say what was used of models whose price is not known."""
        for model, usage in self.budget.used.items():
            if known_model(model).price(usage) is None:
                click.echo(f"podcast: {model} used {usage}; its price is not known", err=True)


def _set_up(show: Show, options: MakingOptions) -> MakeSetup:
    """Open the engine and the writer; raise PodcastError where one cannot be had."""
    from podcast.make import Crew, MakingRules, open_engine, open_writer
    from podcast.registry import require_engine

    budget = open_budget(options.budget, options.any_price)
    name = choose_engine(show, options.engine)
    if not options.dry_run:
        # Before a writer is paid for a script that nobody can speak.
        require_engine(name, show)
    writer = open_writer(options.writer or show.writer.name, show, budget, Progress())
    engine = open_engine(name, show, budget)
    fallback = partial(_open_fallback_engine, show, budget) if name == "openai" else None
    crew = Crew(engine, writer, now, fallback_engine=fallback, jobs=options.jobs)
    rules = MakingRules(options.rewrite, options.keep_script, options.force)
    return MakeSetup(show, name, crew, rules, budget)


def _open_fallback_engine(show: Show, budget: Budget, error: ModelGoneError) -> Engine:
    """Go on with the service's other engine where it no longer has the model of the first."""
    from podcast.registry import open_engine

    click.echo(f"podcast: {error}. Going on with openai-realtime", err=True)
    return open_engine("openai-realtime", show, budget)


@click.command()
@show_option
@selection_options
@sources_options
@making_options
@verbose_option
@json_option
@bundle(Selection, "selection")
@bundle(NewsOptions, "news")
@bundle(MakingOptions, "options")
def make(
    folder: Path, selection: Selection, news: NewsOptions, options: MakingOptions, as_json: bool
) -> None:
    """Make an edition's episode and publish it.

    A script that was saved is used as it stands; takes that were spoken are not spoken again.
    Making a date again replaces its episode. With --from the edition is first written, unless
    it is there.

    \b
    Examples:
      podcast make --date 2024-05-22
      podcast make --new --show /srv/blog
      podcast make --post draft.md --engine silence
      podcast make --since 2024-05-01 --until 2024-05-31
      podcast make --all --cluster tcp://scheduler:8786
      podcast make --date 2024-05-22 --dry-run
      podcast make --date today --from papers.txt --from https://example.org/a.xml
    """
    show = load_show(folder)
    selection.check()
    options.check(is_batch=selection.is_batch)
    if not options.dry_run:
        show = settle_guid(show)
    show = change_settings(show, tell_all=show.writer.tell_all or options.force)

    setup = _set_up(show, options)
    editions = _list_editions(selection, news, options, setup)
    if not editions:
        _say_nothing_new(show, as_json)
        return

    results, failed_names = _make_editions(setup, options, editions, selection, as_json)
    _finish(setup, options, results, selection)
    if as_json:
        answer(results if selection.is_batch else results[0])
    if failed_names:
        count = f"{len(failed_names)} of {len(editions)} editions failed"
        raise PodcastError(f"{count}: {', '.join(failed_names)}")


def _say_nothing_new(show: Show, as_json: bool) -> None:
    days = show.edition.catch_up
    click.echo(f"nothing new: each edition of the last {days} days has its episode", err=True)
    if as_json:
        answer([])


# What a program is told of each edition.
Results = list[dict[str, object]]


def _make_editions(
    setup: MakeSetup,
    options: MakingOptions,
    editions: Editions,
    selection: Selection,
    as_json: bool,
) -> tuple[Results, list[str]]:
    """Make the editions, or say what would be done; the names of those that failed."""
    if options.dry_run:
        return _plan_each(setup, editions, selection.is_batch, as_json)
    if selection.is_batch:
        return _make_batch(setup, options, editions, as_json)
    _, read = editions[0]
    return [_make_single(setup, options, read, as_json)], []


def _finish(
    setup: MakeSetup, options: MakingOptions, results: Results, selection: Selection
) -> None:
    """Clear away what is no longer needed, and say what the owner should know."""
    if not options.dry_run:
        if options.replace_now:
            _replace_now(setup.show, results)
        _clear_away(setup.show)

    setup.say_unpriced()
    if selection.everything:
        _say_passed_over(setup.show)
    warn_of_placeholders(setup.show)


def _list_editions(
    selection: Selection, news: NewsOptions, options: MakingOptions, setup: MakeSetup
) -> Editions:
    """List the editions to make; with --from, the one that is yet to be written.

    There is none only where none is new: a date or a range that holds nothing is an error.
    """
    show, date = setup.show, selection.date
    if not news.sources:
        editions = list_editions(show, selection)
        if not editions and not selection.new:
            what = "no edition there, or none between these dates"
            raise PodcastError(f"{show.path(str(show.edition.posts))}: {what}")
        return editions

    if date is None:
        raise click.UsageError("--from needs the edition's --date")
    if date > today(show):
        remedy = "Write it: podcast edition"
        raise WithheldError(str(date), None, "no episode: its day is still to come", remedy)
    making = {
        "writer": options.writer or show.writer.name,
        "allow_private": news.allow_private,
        "drop_covered": news.drop_covered,
        "hire": news.hire,
        "rewrite": options.rewrite,
        "dry_run": options.dry_run,
    }
    write = partial(write_edition, show, date, news.sources, setup.budget, making)
    return [(str(date), write)]


def _say_passed_over(show: Show) -> None:
    from podcast.make import list_passed_over

    say_passed_over(show.path(str(show.edition.posts)), list_passed_over(show))


def _clear_away(show: Show) -> None:
    """Remove takes that nobody used for long, and audio that was replaced for long."""
    from podcast.make import prune_takes, remove_expired_audio

    prune_takes(show, now())
    remove_expired_audio(show, now())


def _replace_now(show: Show, results: Sequence[Mapping[str, object]]) -> None:
    """Remove the audio that these episodes replaced."""
    from podcast.make import replace_now

    for result in results:
        if slug := result.get("slug"):
            replace_now(show, str(slug))


def _plan_each(
    setup: MakeSetup, editions: Editions, is_batch: bool, as_json: bool
) -> tuple[Results, list[str]]:
    """Say what would be done with each edition; the names of those that fail."""
    from podcast.make import plan_episode

    results: Results = []
    failed_names: list[str] = []
    for name, read in editions:
        try:
            plan = plan_episode(setup.show, read(), setup.crew, setup.rules)
        except PodcastError as error:
            # Of several editions, one that cannot be made says nothing of the others.
            if not is_batch:
                raise
            if isinstance(error, WithheldError):
                results.append({"edition": name, "state": "left out", "reason": error.what})
                click.echo(f"{name}: left out: {error.what}", err=True)
            else:
                failed_names.append(name)
                click.echo(f"podcast: {name}: {error}", err=True)
            continue

        results.append(plan_facts(plan))
        if not as_json:
            say_plan(plan)
    return results, failed_names


def _make_batch(
    setup: MakeSetup, options: MakingOptions, editions: Editions, as_json: bool
) -> tuple[Results, list[str]]:
    """Make editions side by side; the answers, and the names of those that failed."""
    from podcast.make import make_many

    say_engine(setup.show, options.engine, setup.engine_name)
    outcomes: list[Outcome] = []
    progress = EditionsProgress(len(editions))
    making = make_many(
        setup.show,
        editions,
        setup.crew,
        setup.rules,
        cluster=options.cluster,
        on_progress=progress.show_takes,
        on_wait=progress.show_waiting,
    )
    with closing(making):
        for outcome in making:
            outcomes.append(outcome)
            progress.end_edition(outcome.name, str(outcome.error or ""))

    if not as_json:
        say_outcomes(outcomes)
    outcomes.sort(key=lambda outcome: outcome.name)
    failed_names = [outcome.name for outcome in outcomes if outcome.error]
    return [outcome_facts(outcome) for outcome in outcomes], failed_names


def _make_single(
    setup: MakeSetup, options: MakingOptions, read: Callable[[], Edition], as_json: bool
) -> dict[str, object]:
    """Make one edition, measured where that is asked for; the answer."""
    from podcast.make import Profile, make_one

    profile = Profile()
    edition = read()
    profile.end_stage("read")

    say_engine(setup.show, options.engine, setup.engine_name)
    with closing(Progress()) as progress:
        made = make_one(
            setup.show, edition, setup.crew, setup.rules, progress=progress, profile=profile
        )

    if not as_json:
        say_made(setup.show, made)
    if not options.profile:
        return made_facts(made)
    say_profile(profile)
    return made_facts(made) | profile_facts(profile)


script_options = all_of(
    date_option,
    post_option,
    writer_option,
    click.option(
        "--rewrite", is_flag=True, help="Write it anew; the old one is kept beside it."
    ),
    keep_script_option,
    force_option,
    budget_option,
)


@dataclass(frozen=True, slots=True)
class ScriptOptions:
    """How a script is written: what `script_options` ask for."""

    date: dt.date | None
    post: Path | None
    writer: str | None
    rewrite: bool
    keep_script: bool
    force: bool
    budget: float | None


@click.command()
@show_option
@script_options
@verbose_option
@json_option
@bundle(ScriptOptions, "options")
def script(folder: Path, options: ScriptOptions, as_json: bool) -> None:
    """Write only the script, to read and edit before a voice is paid for.

    `podcast make` then speaks it as it stands. Prints the script's path, and what of the post
    is left out: `-v` and `--json` list it with its lines.

    \b
    Examples:
      podcast script --date 2024-05-22
      $EDITOR "$(podcast script --date 2024-05-22)"
    """
    from podcast.make import MakingRules, open_writer, save_script

    show = load_show(folder)
    show = change_settings(show, tell_all=show.writer.tell_all or options.force)
    require_one(options.date, options.post, "edition")

    ((_, read),) = list_editions(show, Selection(options.date, options.post))
    budget = open_budget(options.budget)
    writer = open_writer(options.writer or show.writer.name, show, budget, Progress())
    edition = read()
    rules = MakingRules(options.rewrite, options.keep_script, options.force)
    path = save_script(show, edition, writer, rules)

    left_out = find_left_out(edition, path.read_text(encoding="utf-8"))
    if as_json:
        parts = [dataclasses.asdict(part) for part in left_out]
        answer({"script": str(path), "left_out": parts})
        return
    say_left_out(edition, left_out)
    click.echo(path)
