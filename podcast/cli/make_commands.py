"""`podcast make` and `podcast script`: editions to episodes, and to scripts for people to edit."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from podcast.cli.edition_commands import sources_options, write_edition
from podcast.cli.left_out_report import find_left_out, say_left_out, say_passed_over
from podcast.cli.options import (
    Date,
    EditionsProgress,
    Progress,
    all_of,
    answer,
    any_price_option,
    budget_option,
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
from podcast.config import load_show, settle_guid
from podcast.errors import ModelGoneError, PodcastError, WithheldError
from podcast.model import Edition, Show, Usd
from podcast.services.prices import Budget, known_model

if TYPE_CHECKING:
    from podcast.make import EpisodePlan, Outcome
    from podcast.speak import Engine

Editions = list[tuple[str, Callable[[], Edition]]]
"""The name of each edition that was asked for, and how to read it."""

editions_options = all_of(show_option, date_option, post_option)
keep_script_option = click.option(
    "--keep-script", is_flag=True, help="Speak the saved script as it is, though its post has changed."
)


@click.command()
@editions_options
@click.option("--new", is_flag=True, help="All editions that are due and have no episode yet.")
@click.option("--since", type=Date(), help="All editions from this date on.")
@click.option("--until", type=Date(), help="All editions up to this date.")
@click.option("--all", "everything", is_flag=True, help="All editions.")
@sources_options
@engine_option
@writer_option
@click.option("--rewrite", is_flag=True, help="Write the script anew; the old one is kept beside it.")
@keep_script_option
@force_option
@click.option("--jobs", type=click.IntRange(1), help="How many passages are spoken at once.")
@click.option("--cluster", metavar="ADDRESS", default="", help="Record on the workers of this Dask.")
@budget_option
@any_price_option
@click.option(
    "--dry-run", is_flag=True, help="Say what would be done and what it would cost; change nothing."
)
@click.option("--play", is_flag=True, help="Hear it from its beginning while the rest is still being spoken.")
@click.option("--profile", is_flag=True, help="Say what each stage took: seconds and bytes.")
@verbose_option
@json_option
def make(
    folder: Path,
    date: dt.date | None,
    post: Path | None,
    new: bool,
    since: dt.date | None,
    until: dt.date | None,
    everything: bool,
    sources: tuple[str, ...],
    allow_private: bool,
    drop_covered: bool,
    hire: bool,
    engine: str | None,
    writer: str | None,
    rewrite: bool,
    keep_script: bool,
    force: bool,
    jobs: int | None,
    cluster: str,
    budget: float | None,
    any_price: bool,
    dry_run: bool,
    play: bool,
    profile: bool,
    as_json: bool,
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
    from podcast import make as making

    show = load_show(folder)
    if not dry_run:
        show = settle_guid(show)
    show = dataclasses.replace(show, tell_all=show.tell_all or force)
    if rewrite and keep_script:
        raise click.UsageError("--rewrite and --keep-script exclude each other")
    several = bool(new or since or until or everything)
    if sum((new, bool(since or until or everything), date is not None, post is not None)) != 1:
        raise click.UsageError("name one of --date, --post, --new, --since/--until or --all")
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}: no edition is in between")
    if cluster and not several:
        raise click.UsageError("--cluster is for several editions: --new, --since/--until or --all")
    if (play or profile) and (several or dry_run):
        raise click.UsageError("--play and --profile are for the making of one edition: --date or --post")
    if sources and date is None:
        raise click.UsageError("--from needs the edition's --date")
    if sources and date and date > today(show):
        raise WithheldError(
            str(date), None, "no episode: its day is still to come", "Write it: podcast edition"
        )
    allowed = Budget(None if budget is None else Usd(budget), unknown=any_price)
    word = choose_engine(show, engine)
    chosen_engine = making.open_engine(word, show, allowed)
    chosen_writer = making.open_writer(writer or show.writer, show, allowed)
    editions = list(_editions(show, date, post, since, until, new=new))
    if new and not editions:
        click.echo(f"nothing new: each edition of the last {show.catch_up} days has its episode", err=True)
        if as_json:
            answer([])
        return
    if several and not editions:
        raise PodcastError(f"{show.path(str(show.posts))}: no edition there, or none between these dates")
    if sources and date:
        written = partial(
            write_edition,
            show,
            date,
            sources,
            writer=writer or show.writer,
            budget=allowed,
            allow_private=allow_private,
            drop_covered=drop_covered,
            hire=hire,
            rewrite=rewrite,
            dry_run=dry_run,
        )
        editions = [(str(date), written)]

    def instead(error: ModelGoneError) -> Engine:
        """Go on with the service's other engine where it no longer has the model of this one."""
        if word != "openai":
            raise error
        click.echo(f"podcast: {error}. Going on with openai-realtime", err=True)
        return making.open_engine("openai-realtime", show, allowed)

    if dry_run:
        plan = partial(
            making.plan_episode,
            show,
            engine=chosen_engine,
            writer=chosen_writer,
            now=now,
            rewrite=rewrite,
            keep_script=keep_script,
            force=force,
        )
        results, failed = _planned(plan, editions, several, as_json)
    else:
        run: dict[str, Any] = {
            "engine": chosen_engine,
            "writer": chosen_writer,
            "now": now,
            "rewrite": rewrite,
            "keep_script": keep_script,
            "force": force,
            "jobs": jobs,
            "instead": instead,
        }
        if several:
            say_engine(show, engine, word)
            make_all = partial(making.make_many, show, cluster=cluster, **run)
            results, failed = _several(make_all, editions, as_json)
        else:
            measured = making.Profile()
            edition = editions[0][1]()
            measured.ended("read")
            say_engine(show, engine, word)
            with making.Player() if play else nullcontext() as player:
                with closing(Progress()) as progress:
                    made = making.make_one(
                        show, edition, progress=progress, profile=measured, player=player, **run
                    )
                if play:
                    click.echo("published; Ctrl-C ends the playing", err=True)
            results, failed = [made_facts(made) | (profile_facts(measured) if profile else {})], []
            if not as_json:
                say_made(show, made)
            if profile:
                say_profile(measured)
    for model, usage in allowed.used.items():
        if known_model(model).price(usage) is None:
            click.echo(f"podcast: {model} used {usage}; its price is not known", err=True)
    if everything:
        say_passed_over(show.path(str(show.posts)), making.list_passed_over(show))
    warn_of_placeholders(show)
    if as_json:
        answer(results if several else results[0])
    if failed:
        raise PodcastError(f"{len(failed)} of {len(editions)} editions failed: {', '.join(failed)}")


@click.command()
@editions_options
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
    show = dataclasses.replace(show, tell_all=show.tell_all or force)
    if (date is None) == (post is None):
        raise click.UsageError("name one of --date and --post")
    (_, read), *_ = _editions(show, date, post, None, None)
    chosen = making.open_writer(writer or show.writer, show, Budget(None if budget is None else Usd(budget)))
    edition = read()
    path = making.save_script(
        show, edition, writer=chosen, rewrite=rewrite, keep_script=keep_script, force=force
    )
    left_out = find_left_out(edition, path.read_text(encoding="utf-8"))
    if as_json:
        answer({"script": str(path), "left_out": [dataclasses.asdict(part) for part in left_out]})
        return
    say_left_out(edition, left_out)
    click.echo(path)


def _editions(
    show: Show,
    date: dt.date | None,
    post: Path | None,
    since: dt.date | None,
    until: dt.date | None,
    *,
    new: bool = False,
) -> Iterator[tuple[str, Callable[[], Edition]]]:
    """The name of each edition that was asked for, and how to read it."""
    from podcast import make as making

    if post:
        yield str(post), partial(making.read_edition, show, post)
    elif date:
        yield str(date), partial(making.read_edition, show, date)
    else:
        posts = [
            (path, day)
            for path, day in (making.list_unmade(show, today(show)) if new else making.list_posts(show))
            if (since is None or day >= since) and (until is None or day <= until)
        ]
        counted = Counter(day for _, day in posts)
        for path, day in posts:
            yield str(day) if counted[day] == 1 else str(path), partial(making.read_edition, show, path)


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
    return [outcome_facts(outcome) for outcome in outcomes], [o.name for o in outcomes if o.error]
