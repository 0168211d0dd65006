"""What `podcast make` answers: what it would do, what it did, and how many editions fared."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from podcast.model import DurationMs, Show, Usd

if TYPE_CHECKING:
    from podcast.make import EpisodePlan, Made, Outcome, Profile

# US$ below which a sum is told in hundredths of a cent.
SMALL_SUM = 0.1


def plan_facts(plan: EpisodePlan) -> dict[str, object]:
    """Give what would be made, for a program."""
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
        "cost_writing": plan.writing.usual,
        "cost_writing_most": plan.writing.most,
        "cost_speaking": plan.speaking,
    }


def say_plan(plan: EpisodePlan) -> None:
    """Print what would be made."""
    to_speak = sum(not take.cached for take in plan.takes)
    click.echo(f"{plan.edition.slug}: {plan.edition.title}")
    click.echo(f"  script: {_describe_script(plan)}")
    for name, voice in plan.cast.voices.items():
        click.echo(
            f"  voice: {name} is {voice.name}{' (new)' if name in plan.new_voices else ''}"
        )
    click.echo(
        f"  takes: {to_speak} of {len(plan.takes)} to speak with {plan.engine}, "
        f"{_usd(plan.speaking)}"
    )
    click.echo(
        f"  length: about {plan.minutes:.1f} minutes in {len(plan.script.chapters)} chapters"
    )
    click.echo("  nothing was changed")


def _describe_script(plan: EpisodePlan) -> str:
    """Say whether the script would be written, and for how much."""
    if not plan.new_script:
        return "saved, used as it stands"

    usual, most = plan.writing.usual, plan.writing.most
    said = f"would be written, {_usd(usual)}"
    if most != usual:
        said += f", or up to {_usd(most)} where every answer has to be sent back"
    return said


def _usd(cost: Usd | None) -> str:
    if cost is None:
        return "price unknown"
    if 0 < cost < SMALL_SUM:
        return f"{cost:.4f} US$"
    return f"{cost:.2f} US$"


def made_facts(made: Made) -> dict[str, object]:
    """Give what was made, for a program."""
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
        "published": episode.published.isoformat(),
    }


def say_made(show: Show, made: Made) -> None:
    """Print what was made, and where it is."""
    episode = made.episode
    what = "published" if made.changed else "unchanged"
    where = show.store.address or show.feeds / episode.audio
    click.echo(f"{what}: {where}")
    click.echo(
        f"  {length_in_minutes(episode.duration)}, {episode.bytes} bytes, "
        f"{len(episode.chapters)} chapters, "
        f"{episode.loudness.lufs:.1f} LUFS, {episode.loudness.true_peak:.1f} dBTP, "
        f"{made.spoken} takes spoken and {made.kept} kept, {episode.cost:.2f} US$"
    )
    for name in made.new_voices:
        click.echo(f"  {name} was given a voice in voices/cast.toml")
    _say_moment(made)


def _say_moment(made: Made) -> None:
    """Say that an episode's moment of publication is another one now."""
    if before := made.previous_moment:
        now = made.episode.published
        click.echo(
            f"  {made.episode.slug}: published {now:%Y-%m-%d %H:%M}, as its post says now,"
            f" not {before:%Y-%m-%d %H:%M}; the feed's order follows"
        )


def outcome_facts(outcome: Outcome) -> dict[str, object]:
    """Give how one of many editions fared, for a program."""
    if outcome.made:
        facts = made_facts(outcome.made)
    elif outcome.left_out:
        facts = {"reason": outcome.left_out}
    else:
        facts = {"error": str(outcome.error)}
    return {
        "edition": outcome.name,
        "state": _outcome_word(outcome),
        "seconds": round(outcome.seconds, 1),
        **facts,
    }


def say_outcomes(outcomes: Sequence[Outcome]) -> None:
    """A table of many editions, a line each, in the order of their dates."""
    click.echo(
        f"{'edition':<12}{'length':>8}{'spoken':>8}{'kept':>6}{'US$':>8}{'seconds':>9}"
        "  state      title"
    )
    for outcome in sorted(outcomes, key=lambda outcome: outcome.name):
        row = "".join(f"{'-':>{width}}" for width in (8, 8, 6, 8))
        title = outcome.left_out or str(outcome.error).partition("\n")[0]
        if made := outcome.made:
            episode, title = made.episode, made.episode.title
            length = length_in_minutes(episode.duration)
            row = f"{length:>8}{made.spoken:>8}{made.kept:>6}{episode.cost:>8.2f}"
        row += f"{outcome.seconds:>9.1f}  {_outcome_word(outcome):<11}{title}"
        click.echo(f"{outcome.name:<12}{row}")
        if outcome.made:
            _say_moment(outcome.made)


def _outcome_word(outcome: Outcome) -> str:
    if outcome.left_out:
        return "left out"
    if outcome.made is None:
        return "failed"
    return "published" if outcome.made.changed else "unchanged"


def length_in_minutes(duration: DurationMs) -> str:
    """A length as `12:05`."""
    minutes, seconds = divmod(round(duration / 1000), 60)
    return f"{minutes}:{seconds:02}"


def profile_facts(profile: Profile) -> dict[str, object]:
    """Give what each stage took, for a program."""
    return {
        "profile": {stage: dataclasses.asdict(spent) for stage, spent in profile.stages.items()}
    }


def say_profile(profile: Profile) -> None:
    """A table on standard error: what each stage took, and all together."""
    from podcast.make.profile import Spent

    rows = {**profile.stages, "all": sum(profile.stages.values(), start=Spent())}
    click.echo(
        f"{'stage':<10}{'seconds':>9}{'CPU s':>9}{'MB read':>10}{'MB written':>12}", err=True
    )
    for stage, spent in rows.items():
        size = f"{spent.read / 1e6:>10.2f}{spent.written / 1e6:>12.2f}"
        click.echo(f"{stage:<10}{spent.wall:>9.3f}{spent.cpu:>9.3f}{size}", err=True)
