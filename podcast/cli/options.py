"""Options that several commands share, and the progress that they show."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
import sys
import time
import zoneinfo
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from podcast.config import load_show, read_clock
from podcast.model import Show

F = TypeVar("F", bound=Callable[..., Any])


class Date(click.ParamType[dt.date]):
    """A day: `2024-05-22`, `22 May 2024`, `today` or `yesterday`, in the show's zone."""

    name = "date"
    _forms = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")

    def convert(
        self, value: str | dt.date, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Read what is given as a day, or fail with the forms that a day may have."""
        day = value if isinstance(value, dt.date) else self._parse(value, ctx)
        if day is None:
            self.fail(
                f"{value!r} is no date: write 2024-05-22, 22 May 2024, today or yesterday",
                param,
                ctx,
            )
        return day

    def _parse(self, value: str, ctx: click.Context | None) -> dt.date | None:
        words = " ".join(value.replace(",", " ").split()).lower()
        if words in ("today", "yesterday"):
            day = today(load_show(ctx.params["folder"] if ctx else Path()))
            return day if words == "today" else day - dt.timedelta(days=1)

        for form in self._forms:
            with suppress(ValueError):
                return dt.datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
        return None


def now() -> dt.datetime:
    """The present moment, in this machine's zone."""
    return read_clock()


def today(show: Show) -> dt.date:
    """The date where the show is dated."""
    return now().astimezone(zoneinfo.ZoneInfo(show.edition.timezone)).date()


show_option = click.option(
    "--show",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    is_eager=True,  # `--date today` asks the show for its zone.
    help="The show's folder; this one unless named.",
)
date_option = click.option(
    "--date",
    type=Date(),
    help="The edition's date: 2024-05-22, 22 May 2024, today or yesterday, "
    "in the show's time zone.",
)
post_option = click.option(
    "--post",
    type=click.Path(path_type=Path),
    help="Any Markdown post with front matter; one of several of a date.",
)


class AdapterOption(click.Option):
    """An option of which the help lists the adapters that are installed."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Complete the help; the adapters are looked for only when help is asked for."""
        from podcast.util.entry_points import list_names

        names = list_names(f"presscast.{self.name}s")
        self.help = f"{self.help} {', '.join(names)}."
        return super().get_help_record(ctx)


engine_option = click.option(
    "--engine", cls=AdapterOption, help="Who speaks: auto (the best on this machine),"
)
writer_option = click.option("--writer", cls=AdapterOption, help="Who writes the script:")
budget_option = click.option(
    "--budget",
    type=click.FloatRange(0),
    help="Stop before the call that would spend more, in US$.",
)
any_price_option = click.option(
    "--any-price",
    is_flag=True,
    help="Within a budget, also ask models whose price is not known.",
)
force_option = click.option(
    "--force",
    is_flag=True,
    help="Make what is refused else: broken or empty editions, another language, silence.",
)


def _remember_json(ctx: click.Context, _param: click.Parameter, as_json: bool) -> bool:
    ctx.find_root().meta[_JSON] = as_json
    return as_json


_JSON, _ANSWERED, _QUIET = "podcast.json", "podcast.answered", "podcast.quiet"
"""What the root of a command's contexts remembers."""

json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    is_eager=True,
    callback=_remember_json,
    help="Answer in JSON, for programs; errors too.",
)


def wants_json(ctx: click.Context) -> bool:
    """Tell whether a program waits for JSON and has not got any yet."""
    meta = ctx.find_root().meta
    return bool(meta.get(_JSON)) and not meta.get(_ANSWERED)


def _log(_ctx: click.Context, _param: click.Parameter, verbose: bool) -> None:
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="podcast: %(message)s", force=True)


def _be_quiet(ctx: click.Context, _param: click.Parameter, quiet: bool) -> None:
    ctx.find_root().meta[_QUIET] = quiet


def is_quiet() -> bool:
    """Tell whether only results and errors are to be said."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx and ctx.find_root().meta.get(_QUIET))


_verbose_option = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_log,
    help="Say more of what is being done.",
)
_quiet_option = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    expose_value=False,
    callback=_be_quiet,
    help="Say only results and errors.",
)


def choose_engine(show: Show, named: str | None) -> str:
    """Choose the engine: the command line's, else the show's.

    `auto` becomes one of this machine.
    """
    from podcast.registry import auto_engine

    word = named or show.voices.engine
    return auto_engine(show) if word == "auto" else word


def say_engine(show: Show, named: str | None, chosen: str) -> None:
    """Say on standard error which engine speaks, where nobody named it.

    A better one that is missing is named too.
    """
    from podcast.registry import better_engine

    if (named or show.voices.engine) == "auto" and not is_quiet():
        better = better_engine(show, chosen)
        click.echo(f"engine: {chosen}" + (f" ({better})" if better else ""), err=True)


def warn_of_placeholders(show: Show) -> None:
    """Say in one line which addresses of the settings lead nowhere yet."""
    from podcast.util.addresses import is_placeholder

    settings = {"url": show.url, "link": show.link, "email": show.email}
    if keys := [key for key, value in settings.items() if is_placeholder(value)]:
        names = " and ".join(filter(None, [", ".join(keys[:-1]), keys[-1]]))
        click.echo(
            f"podcast: placeholders in podcast.toml: {names}. Set the real addresses", err=True
        )


def all_of(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator, in the order in which help lists them."""

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def bundle(kind: type[Any], name: str) -> Callable[[F], F]:
    """Hand the options that are a dataclass's fields to a command as one value of it."""
    fields = [field.name for field in dataclasses.fields(kind)]

    def decorate(function: F) -> F:
        @wraps(function)
        def command(**given: Any) -> Any:
            value = kind(**{field: given.pop(field) for field in fields})
            return function(**given, **{name: value})

        return cast(F, command)

    return decorate


verbose_option = all_of(_verbose_option, _quiet_option)


def answer(value: object) -> None:
    """Print a result for a program."""
    if ctx := click.get_current_context(silent=True):
        ctx.find_root().meta[_ANSWERED] = True
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


class EditionsProgress:
    """Says on standard error how editions made side by side get on, at each quarter."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._ended = 0
        self._started = time.monotonic()
        self._shown_quarters: dict[str, int] = {}

    def show_takes(self, name: str, done: int, total: int) -> None:
        """Show how many of an edition's takes are there, at each quarter."""
        quarter = 4 * done // total
        if quarter != self._shown_quarters.get(name) and not is_quiet():
            self._shown_quarters[name] = quarter
            click.echo(f"{name}: speaking: {done} of {total}", err=True)

    def end_edition(self, name: str, fault: str) -> None:
        """Say what an edition failed for, if it did, and how many are still to come."""
        self._ended += 1
        for line in fault.splitlines():
            click.echo(f"podcast: {name}: {line}", err=True)
        if is_quiet():
            return

        remaining = self._total - self._ended
        line = f"editions: {self._ended} of {self._total}"
        if remaining:
            seconds = (time.monotonic() - self._started) / self._ended * remaining
            line = f"{line}, {round(seconds)} s left"
        click.echo(line, err=True)

    def show_waiting(self, owner: str) -> None:
        """Say for which other run this one waits."""
        if not is_quiet():
            click.echo(f"waiting for {owner}", err=True)


SILENCE = 30.0
"""Seconds after which a log hears of something slow again."""


class Progress:
    """Says on standard error what is being done, how far, and for how long still.

    A bar on a terminal; elsewhere a line at each quarter, so that a log stays readable. What
    has a detail is slow: each of its steps is a line, and so is half a minute without one.
    """

    def __init__(self) -> None:
        self._what = ""
        self._started = time.monotonic()
        self._said = (-1, -1)
        self._said_at = 0.0
        self._terminal = sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int, detail: str = "", /) -> None:
        """Show how far `what` is: `done` of `total`."""
        if is_quiet():
            return
        if what != self._what:
            if self._what:
                self.close()
                self._started = time.monotonic()
            self._what, self._said = what, (-1, -1)

        left = self._left(done, total)
        if self._terminal:
            width = 24 * done // total if total else 0
            bar = "█" * width + "·" * (24 - width)
            end = f"  {detail[:60]}" if detail else ""
            click.echo(
                f"\r\x1b[K{what:<12} {bar} {done}/{total}{left}{end}", err=True, nl=False
            )
        elif self._is_news(done, total, detail):
            about = f", {detail}" if detail else ""
            click.echo(f"{what}: {done} of {total}{about}{left}", err=True)

    def _is_news(self, done: int, total: int, detail: str) -> bool:
        """Whether a log should have a line of it."""
        quarter = 4 * done // total if total else 0
        step = done if detail else quarter
        waited = time.monotonic() - self._said_at
        if (step, quarter) == self._said and not (detail and waited > SILENCE):
            return False
        self._said, self._said_at = (step, quarter), time.monotonic()
        return True

    def _left(self, done: int, total: int) -> str:
        if not 0 < done < total:
            return ""
        seconds = (time.monotonic() - self._started) / done * (total - done)
        return f", {round(seconds)} s left"

    def close(self) -> None:
        """End the bar's line."""
        if self._what and self._terminal:
            click.echo("", err=True)
        self._what = ""
