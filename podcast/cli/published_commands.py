"""`podcast list` and `podcast withdraw`: what is published, and an episode taken back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from podcast.cli.options import (
    answer,
    date_option,
    json_option,
    post_option,
    require_one,
    show_option,
)
from podcast.cli.output import length_in_minutes
from podcast.config import load_show

if TYPE_CHECKING:
    from podcast.make import ListedEpisode


@click.command("list")
@show_option
@json_option
def list_(folder: Path, as_json: bool) -> None:
    """List what is published and what was withdrawn, the newest first.

    \b
    Examples:
      podcast list
      podcast list --json
    """
    from podcast.make import list_episodes

    episodes = list_episodes(load_show(folder))
    if as_json:
        answer([_facts(episode) for episode in episodes])
        return
    for episode in episodes:
        click.echo(_row(episode))


def _facts(episode: ListedEpisode) -> dict[str, object]:
    facts = dataclasses.asdict(episode)
    facts["duration_ms"] = facts.pop("duration")
    return facts


def _row(episode: ListedEpisode) -> str:
    number = f"{episode.number or '-':>5}"
    if episode.state != "published":
        return (
            f"{number}  {episode.date}  {'-':>7}  {'-':>11}  {episode.state}  {episode.title}"
        )
    length = length_in_minutes(episode.duration)
    row = f"{number}  {episode.date}  {length:>7}  {episode.bytes:>11,}  {episode.state}"
    return f"{row}  {episode.title}  {episode.address}"


@click.command()
@show_option
@date_option
@post_option
@click.option("--undo", is_flag=True, help="Let a withdrawn episode be made again.")
@json_option
def withdraw(
    folder: Path, date: dt.date | None, post: Path | None, undo: bool, as_json: bool
) -> None:
    """Take an episode back for good.

    It leaves the feed and the index; then its facts leave its post, and its files the published
    ones. No later run makes it again, also `--all` and `--new`, until --undo. Made again then,
    it has its guid and its number, and its audio another name. The post and the script stay.

    \b
    Examples:
      podcast withdraw --date 2024-05-22
      podcast withdraw --date 2024-05-22 --undo
    """
    from podcast import make as making

    require_one(date, post, "episode")
    show = load_show(folder)
    if undo:
        withdrawal = making.undo(show, date, post)
        if as_json:
            answer(
                {"slug": withdrawal.slug, "guid": withdrawal.guid, "state": "to be made again"}
            )
        else:
            click.echo(
                f"no longer withdrawn: {withdrawal.slug}. "
                f"Make it: podcast make --date {withdrawal.date}"
            )
        return
    episode = making.withdraw(show, date, post)
    if as_json:
        answer({"slug": episode.slug, "guid": episode.guid, "state": "withdrawn"})
    else:
        click.echo(f"withdrawn: {episode.slug}")


@click.command()
@show_option
@json_option
def ping(folder: Path, as_json: bool) -> None:
    """Tell the show's WebSub hub that the feed has changed,
    after a deployment that `make` did not see.

    \b
    Example:
      podcast ping
    """
    from podcast.make import ping_hub

    show = load_show(folder)
    ping_hub(show.feed.hub, show.url)
    if as_json:
        answer({"told": show.feed.hub})
    else:
        click.echo(f"told {show.feed.hub}")
