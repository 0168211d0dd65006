"""`podcast voices` and `podcast say`: who has which voice, and how it sounds."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import click

from podcast.cli.options import (
    answer,
    choose_engine,
    engine_option,
    json_option,
    say_engine,
    show_option,
)
from podcast.config import load_show
from podcast.model import Voice
from podcast.services.prices import Budget


@click.command()
@show_option
@json_option
def voices(folder: Path, as_json: bool) -> None:
    """List the pool of voices, and who has which.

    The pool is one file a voice in voices/; who has which is voices/cast.toml, which you may
    edit.

    \b
    Examples:
      podcast voices
      podcast voices --json
    """
    from podcast import make as making

    show = load_show(folder)
    pool, people = making.load_pool(show), making.load_people(show)
    if as_json:
        answer([_voice_facts(voice, people) for voice in pool.values()])
        return

    for voice in pool.values():
        click.echo(
            f"{voice.id:<10} {voice.presentation:<10} {voice.accent:<10} {voice.description}"
        )
        for name, id_ in people.items():
            if id_ == voice.id:
                click.echo(f"{'':<10} {name}")


def _voice_facts(voice: Voice, people: Mapping[str, str]) -> dict[str, object]:
    """Give a voice and who has it, for a program; `people` have the ids of their voices."""
    return {
        "id": voice.id,
        "name": voice.name,
        "description": voice.description,
        "presentation": voice.presentation,
        "accent": voice.accent,
        "pace": voice.pace,
        "engines": dict(voice.engines),
        "people": [name for name, id_ in people.items() if id_ == voice.id],
    }


# A text may begin with a minus: `podcast say --explain "-5°C today."`
@click.command(context_settings={"ignore_unknown_options": True})
@show_option
@engine_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The WAV file to write; NAME.wav in this folder unless named.",
)
@click.option(
    "--explain",
    is_flag=True,
    help="Speak nothing: show how each TEXT is spelled out, by which rules, and its phonemes. "
    "Needs no show.",
)
@json_option
@click.argument("words", nargs=-1, required=True, metavar="NAME TEXT | --explain TEXT...")
def say(
    folder: Path,
    engine: str | None,
    out: Path | None,
    explain: bool,
    as_json: bool,
    words: tuple[str, ...],
) -> None:
    """Hear a voice: TEXT spoken by NAME, a voice of the pool or a person of the cast.

    Writes a WAV file and prints its path.

    \b
    Examples:
      podcast say "Alexandra Hayes" "Thanks. It works in six steps."
      podcast say ember "GPT-4o costs $20 a month." --out hello.wav
      podcast say --explain "GPT-4o costs $20 a month."
      podcast say --explain "They use it." "The use of it." --json
    """
    if explain:
        _explain(folder, words, as_json)
        return
    if as_json:
        raise click.UsageError("--json goes with --explain.")
    if len(words) != 2:
        raise click.UsageError("Give a NAME and a TEXT, or --explain and any number of texts.")

    from podcast import make as making

    name, text = words
    show = load_show(folder)
    word = choose_engine(show, engine)
    say_engine(show, engine, word)
    click.echo(
        making.speak_sample(show, name, text, making.open_engine(word, show, Budget()), out)
    )


def _explain(folder: Path, texts: tuple[str, ...], as_json: bool) -> None:
    from podcast.make.explanation import explain_text, find_lexicon

    lexicon = find_lexicon(folder)
    explanations = [explain_text(text, lexicon) for text in texts]
    if as_json:
        facts = [dataclasses.asdict(explanation) for explanation in explanations]
        answer(facts if len(facts) > 1 else facts[0])
        return

    for number, explanation in enumerate(explanations):
        if number:
            click.echo()
        click.echo(explanation.spoken)
        _print_columns([dataclasses.astuple(word) for word in explanation.words])


def _print_columns(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(3)] if rows else []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())
