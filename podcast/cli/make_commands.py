"""`podcast make` and `podcast script`: editions to episodes, and to scripts for people to edit."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from podcast.cli.edition_commands import NewsOptions, sources_options, write_edition
from podcast.cli.edition_selection import Editions, Selection, list_editions, selection_options
from podcast.cli.left_out_report import find_left_out, say_left_out, say_passed_over
from podcast.cli.options import (
    EditionsProgress,
    Progress,
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
    post_option,
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
from podcast.config import change_settings, load_show, settle_guid
from podcast.errors import ModelGoneError, PodcastError, WithheldError
from podcast.model import Edition, Show, Usd
from podcast.services.prices import Budget, known_model

if TYPE_CHECKING:
    from podcast.make import EpisodePlan, Outcome
    from podcast.speak import Engine
    from podcast.write import Writer

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
class Crew:
    """Who makes the episodes, and what may be spent."""

    show: Show
    engine_name: str
    engine: Engine
    writer: Writer
    budget: Budget

    def replace_engine(self, error: ModelGoneError) -> Engine:
        """Go on with the service's other engine where it no longer has the model of this one."""
        from podcast.registry import open_engine

        if self.engine_name != "openai":
            raise error
        click.echo(f"podcast: {error}. Going on with openai-realtime", err=True)
        return open_engine("openai-realtime", self.show, self.budget)

    def say_unpriced(self) -> None:
        """Say what was used of models whose price is not known."""
        for model, usage in self.budget.used.items():
            if known_model(model).price(usage) is None:
                click.echo(f"podcast: {model} used {usage}; its price is not known", err=True)


def _open_crew(show: Show, options: MakingOptions) -> Crew:
    from podcast.registry import open_engine, open_writer

    allowed = Budget(
        None if options.budget is None else Usd(options.budget), unknown=options.any_price
    )
    name = choose_engine(show, options.engine)
    writer = open_writer(options.writer or show.writer.name, show, allowed, Progress())
    return Crew(show, name, open_engine(name, show, allowed), writer, allowed)


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

    A script that was saved is used as it stands; takes that were spoken are not spoken again. Making a
    date again replaces its episode. With --from the edition is first written, unless it is there.

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

    crew = _open_crew(show, options)
    editions = _list_editions(selection, news, options, crew)
    if not editions:
        click.echo(
            f"nothing new: each edition of the last {show.edition.catch_up} days has its episode",
            err=True,
        )
        if as_json:
            answer([])
        return

    if options.dry_run:
        results, failed = _plan_each(crew, options, editions, selection.is_batch, as_json)
    elif selection.is_batch:
        results, failed = _make_batch(crew, options, editions, as_json)
    else:
        results, failed = [_make_single(crew, options, editions[0][1], as_json)], []
    if options.replace_now and not options.dry_run:
        _replace_now(crew.show, results)
    if not options.dry_run:
        _prune_takes(crew.show)

    crew.say_unpriced()
    if selection.everything:
        _say_passed_over(show)
    warn_of_placeholders(show)
    if as_json:
        answer(results if selection.is_batch else results[0])
    if failed:
        raise PodcastError(
            f"{len(failed)} of {len(editions)} editions failed: {', '.join(failed)}"
        )


def _list_editions(
    selection: Selection, news: NewsOptions, options: MakingOptions, crew: Crew
) -> Editions:
    """List the editions to make; with --from, the one that is yet to be written.

    There is none only where none is new: a date or a range that holds nothing is an error.
    """
    show, date = crew.show, selection.date
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
    write = partial(write_edition, show, date, news.sources, crew.budget, making)
    return [(str(date), write)]


def _say_passed_over(show: Show) -> None:
    from podcast.make import list_passed_over

    say_passed_over(show.path(str(show.edition.posts)), list_passed_over(show))


def _prune_takes(show: Show) -> None:
    from podcast.make import prune_takes

    prune_takes(show, now())


def _replace_now(show: Show, results: Sequence[Mapping[str, object]]) -> None:
    """Remove the audio that these episodes replaced."""
    from podcast.make import replace_now

    for result in results:
        if slug := result.get("slug"):
            replace_now(show, str(slug))


def _plan_each(
    crew: Crew, options: MakingOptions, editions: Editions, is_batch: bool, as_json: bool
) -> tuple[list[dict[str, object]], list[str]]:
    """Say what would be done with each edition; the answers, and the names of those that fail."""
    from podcast.make import plan_episode

    plan = partial(
        plan_episode,
        crew.show,
        engine=crew.engine,
        writer=crew.writer,
        now=now,
        rewrite=options.rewrite,
        keep_script=options.keep_script,
        force=options.force,
    )
    return _planned(plan, editions, is_batch, as_json)


def _arguments(crew: Crew, options: MakingOptions) -> dict[str, Any]:
    """Arguments that making one edition and making many have in common."""
    return {
        "engine": crew.engine,
        "writer": crew.writer,
        "now": now,
        "rewrite": options.rewrite,
        "keep_script": options.keep_script,
        "force": options.force,
        "jobs": options.jobs,
        "instead": crew.replace_engine,
    }


def _make_batch(
    crew: Crew, options: MakingOptions, editions: Editions, as_json: bool
) -> tuple[list[dict[str, object]], list[str]]:
    """Make many editions; the answers, and the names of those that failed."""
    from podcast.make import make_many

    say_engine(crew.show, options.engine, crew.engine_name)
    make_all = partial(
        make_many, crew.show, cluster=options.cluster, **_arguments(crew, options)
    )
    return _several(make_all, editions, as_json)


def _make_single(
    crew: Crew, options: MakingOptions, read: Callable[[], Edition], as_json: bool
) -> dict[str, object]:
    """Make one edition, measured where that is asked for; the answer."""
    from podcast import make as making

    profile = making.Profile()
    edition = read()
    profile.ended("read")
    say_engine(crew.show, options.engine, crew.engine_name)
    how = _arguments(crew, options)
    with closing(Progress()) as progress:
        made = making.make_one(crew.show, edition, progress=progress, profile=profile, **how)

    if not as_json:
        say_made(crew.show, made)
    if not options.profile:
        return made_facts(made)
    say_profile(profile)
    return made_facts(made) | profile_facts(profile)


@click.command()
@show_option
@date_option
@post_option
@writer_option
@click.option("--rewrite", is_flag=True, help="Write it anew; the old one is kept beside it.")
@keep_script_option
@force_option
@budget_option
@verbose_option
@json_option
def script(
    folder: Path,
    date: dt.date | None,
    post: Path | None,
    writer: str | None,
    rewrite: bool,
    keep_script: bool,
    force: bool,
    budget: float | None,
    as_json: bool,
) -> None:
    """Write only the script, to read and edit before a voice is paid for.

    `podcast make` then speaks it as it stands. Prints the script's path, and what of the post is left out:
    `-v` and `--json` list it with its lines.

    \b
    Examples:
      podcast script --date 2024-05-22
      $EDITOR "$(podcast script --date 2024-05-22)"
    """
    from podcast import make as making

    show = load_show(folder)
    show = change_settings(show, tell_all=show.writer.tell_all or force)
    if (date is None) == (post is None):
        raise click.UsageError("name one of --date and --post")
    ((_, read),) = list_editions(show, Selection(date, post))
    allowed = Budget(None if budget is None else Usd(budget))
    chosen = making.open_writer(writer or show.writer.name, show, allowed, Progress())
    edition = read()
    path = making.save_script(
        show, edition, writer=chosen, rewrite=rewrite, keep_script=keep_script, force=force
    )
    left_out = find_left_out(edition, path.read_text(encoding="utf-8"))
    if as_json:
        answer(
            {"script": str(path), "left_out": [dataclasses.asdict(part) for part in left_out]}
        )
        return
    say_left_out(edition, left_out)
    click.echo(path)


def _planned(
    plan: Callable[[Edition], EpisodePlan], editions: Editions, several: bool, as_json: bool
) -> tuple[list[dict[str, object]], list[str]]:
    """What would be done with each edition, and the names of those with which nothing can be."""
    results: list[dict[str, object]] = []
    failed: list[str] = []
    for name, read in editions:
        try:
            planned = plan(read())
        except WithheldError as error:
            if not several:
                raise
            results.append({"edition": name, "state": "left out", "reason": error.what})
            click.echo(f"{name}: left out: {error.what}", err=True)
            continue
        except PodcastError as error:
            if not several:
                raise
            failed.append(name)
            click.echo(f"podcast: {name}: {error}", err=True)
            continue
        results.append(plan_facts(planned))
        if not as_json:
            say_plan(planned)
    return results, failed


def _several(
    make: Callable[..., Generator[Outcome, None, None]], editions: Editions, as_json: bool
) -> tuple[list[dict[str, object]], list[str]]:
    """Make editions side by side; what became of each, and the names of those that failed."""
    outcomes: list[Outcome] = []
    progress = EditionsProgress(len(editions))
    with closing(make(editions, told=progress.told, on_wait=progress.waits)) as ended:
        for outcome in ended:
            outcomes.append(outcome)
            progress.ended(outcome.name, f"{outcome.error}" if outcome.error else "")
    if not as_json:
        say_outcomes(outcomes)
    outcomes.sort(key=lambda outcome: outcome.name)
    return [outcome_facts(outcome) for outcome in outcomes], [
        o.name for o in outcomes if o.error
    ]
