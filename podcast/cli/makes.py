"""`podcast make` and `podcast script`: editions to episodes, and to scripts for people to edit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from podcast.cli.editions import sources_options, write_edition
from podcast.cli.options import (
    Progress,
    all_of,
    answer,
    any_price_option,
    budget_option,
    date_option,
    engine_option,
    json_option,
    now,
    post_option,
    show_option,
    today,
    verbose_option,
    writer_option,
)
from podcast.config import load_show
from podcast.errors import ModelGoneError, PodcastError
from podcast.model import Edition, Show, Usd
from podcast.prices import Budget, known_model

if TYPE_CHECKING:
    from podcast.make import Made, Plan

editions_options = all_of(show_option, date_option, post_option)


@click.command()
@editions_options
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="All editions from this date on.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="All editions up to this date.")
@click.option("--all", "everything", is_flag=True, help="All editions.")
@sources_options
@engine_option
@writer_option
@click.option("--rewrite", is_flag=True, help="Write the script anew; the old one is kept beside it.")
@click.option("--jobs", type=click.IntRange(1), help="How many passages are spoken at once.")
@budget_option
@any_price_option
@click.option(
    "--dry-run", is_flag=True, help="Say what would be done and what it would cost; change nothing."
)
@verbose_option
@json_option
def make(
    folder: Path,
    date: dt.date | None,
    post: Path | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    everything: bool,
    sources: tuple[str, ...],
    allow_private: bool,
    drop_covered: bool,
    hire: bool,
    engine: str | None,
    writer: str | None,
    rewrite: bool,
    jobs: int | None,
    budget: float | None,
    any_price: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make an edition's episode and publish it.

    A script that was saved is used as it stands; takes that were spoken are not spoken again. Making a
    date again replaces its episode. With --from the edition is first written, unless it is there.

    \b
    Examples:
      podcast make --date 2024-05-22
      podcast make --date today --show /srv/blog
      podcast make --post draft.md --engine silence
      podcast make --since 2024-05-01 --until 2024-05-31
      podcast make --date 2024-05-22 --dry-run
      podcast make --date today --from papers.txt --from https://example.org/feed.xml
    """
    from podcast import make as making

    show = load_show(folder)
    several = bool(since or until or everything)
    if sum((several, date is not None, post is not None)) != 1:
        raise click.UsageError("name one of --date, --post, --since/--until or --all")
    allowed = Budget(None if budget is None else Usd(budget), unknown=any_price)
    word = engine or show.engine
    auto = word == "auto"
    word = making.auto_engine(show, now().date()) if auto else word
    chosen_engine = making.open_engine(word, show, allowed)
    chosen_writer = making.open_writer(writer or show.writer, show, allowed)
    editions = _editions(show, date, post, since, until)
    if sources:
        if date is None:
            raise click.UsageError("--from needs the edition's --date")
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
        editions = iter([(str(date), written)])
    failed = []
    results: list[dict[str, object]] = []
    for name, read in editions:
        try:
            edition = read()
            if dry_run:
                plan = making.make_plan(
                    show, edition, engine=chosen_engine, writer=chosen_writer, rewrite=rewrite
                )
                results.append(_plan_facts(plan))
                if not as_json:
                    _say_plan(plan)
                continue
            run = partial(
                making.make, show, edition, writer=chosen_writer, now=now, rewrite=rewrite, jobs=jobs
            )
            with closing(Progress()) as progress:
                try:
                    made = run(engine=chosen_engine, progress=progress)
                except ModelGoneError as error:
                    if not auto:
                        raise
                    click.echo(f"podcast: {error}. Going on with openai-realtime", err=True)
                    chosen_engine = making.open_engine("openai-realtime", show, allowed)
                    made = run(engine=chosen_engine, progress=progress)
            results.append(_made_facts(made))
            if not as_json:
                _say_made(show, made)
        except PodcastError as error:
            if not several:
                raise
            failed.append(name)
            click.echo(f"podcast: {name}: {error}", err=True)
    for model, usage in allowed.used.items():
        if known_model(model).price(usage) is None:
            click.echo(f"podcast: {model} used {usage}; its price is not known", err=True)
    if as_json:
        answer(results if several else results[0])
    if failed:
        raise PodcastError(
            f"{len(failed)} of {len(failed) + len(results)} editions failed: {', '.join(failed)}"
        )


@click.command()
@editions_options
@writer_option
@click.option("--rewrite", is_flag=True, help="Write it anew; the old one is kept beside it.")
@budget_option
@verbose_option
def script(
    folder: Path,
    date: dt.date | None,
    post: Path | None,
    writer: str | None,
    rewrite: bool,
    budget: float | None,
) -> None:
    """Write only the script, to read and edit before a voice is paid for.

    `podcast make` then speaks it as it stands. Prints the script's path.

    \b
    Examples:
      podcast script --date 2024-05-22
      $EDITOR "$(podcast script --date 2024-05-22)"
    """
    from podcast import make as making

    show = load_show(folder)
    if (date is None) == (post is None):
        raise click.UsageError("name one of --date and --post")
    (_, read), *_ = _editions(show, date, post, None, None)
    chosen = making.open_writer(writer or show.writer, show, Budget(None if budget is None else Usd(budget)))
    click.echo(making.make_script(show, read(), writer=chosen, rewrite=rewrite))


def _editions(
    show: Show,
    date: dt.date | None,
    post: Path | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
) -> Iterator[tuple[str, Callable[[], Edition]]]:
    """The name of each edition that was asked for, and how to read it."""
    from podcast import make as making

    if post:
        yield str(post), partial(making.edition_from, post)
    elif date:
        yield str(date), partial(making.edition_of, show, date)
    else:
        posts = [
            (path, day)
            for path, day in making.posts(show)
            if (since is None or day >= since.date()) and (until is None or day <= until.date())
        ]
        last = today(show)
        if later := ", ".join(path.name for path, day in posts if day > last):
            click.echo(f"left out, for their day is still to come: {later}", err=True)
        counted = Counter(day for _, day in posts)
        for path, day in posts:
            if day <= last:
                yield str(day) if counted[day] == 1 else str(path), partial(making.edition_from, path)


def _plan_facts(plan: Plan) -> dict[str, object]:
    return {
        "slug": plan.edition.slug,
        "title": plan.edition.title,
        "engine": plan.engine,
        "new_script": plan.new_script,
        "chapters": [chapter.title for chapter in plan.script.chapters],
        "voices": {name: voice.id for name, voice in plan.cast.voices.items()},
        "new_voices": list(plan.new_voices),
        "takes": len(plan.takes),
        "takes_to_speak": sum(not take.cached for take in plan.takes),
        "minutes": round(plan.minutes, 1),
        "cost_writing": plan.writing,
        "cost_speaking": plan.speaking,
    }


def _say_plan(plan: Plan) -> None:
    to_speak = sum(not take.cached for take in plan.takes)
    click.echo(f"{plan.edition.slug}: {plan.edition.title}")
    script = f"would be written, {_usd(plan.writing)}" if plan.new_script else "saved, used as it stands"
    click.echo(f"  script: {script}")
    for name, voice in plan.cast.voices.items():
        click.echo(f"  voice: {name} is {voice.name}{' (new)' if name in plan.new_voices else ''}")
    click.echo(f"  takes: {to_speak} of {len(plan.takes)} to speak with {plan.engine}, {_usd(plan.speaking)}")
    click.echo(f"  length: about {plan.minutes:.1f} minutes in {len(plan.script.chapters)} chapters")
    click.echo("  nothing was changed")


def _usd(cost: Usd | None) -> str:
    return "price unknown" if cost is None else f"{cost:.2f} US$"


def _made_facts(made: Made) -> dict[str, object]:
    episode = made.episode
    return {
        "slug": episode.slug,
        "guid": episode.guid,
        "title": episode.title,
        "audio": episode.audio,
        "duration_ms": episode.duration,
        "bytes": episode.bytes,
        "lufs": episode.loudness.lufs,
        "true_peak": episode.loudness.true_peak,
        "cost_writing": episode.cost_writing,
        "cost_speaking": episode.cost_speaking,
        "spoken": made.spoken,
        "kept": made.kept,
        "changed": made.changed,
    }


def _say_made(show: Show, made: Made) -> None:
    episode = made.episode
    minutes, seconds = divmod(round(episode.duration / 1000), 60)
    what = "published" if made.changed else "unchanged"
    where = show.store or show.path("feeds", episode.audio)
    click.echo(f"{what}: {where}")
    click.echo(
        f"  {minutes}:{seconds:02}, {episode.bytes} bytes, {len(episode.chapters)} chapters, "
        f"{episode.loudness.lufs:.1f} LUFS, {episode.loudness.true_peak:.1f} dBTP, "
        f"{made.spoken} takes spoken and {made.kept} kept, {episode.cost:.2f} US$"
    )
    for name in made.new_voices:
        click.echo(f"  {name} was given a voice in voices/cast.toml")
