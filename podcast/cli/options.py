"""Options that several commands share."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import logging
import zoneinfo
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from podcast.config import load_show, read_clock
from podcast.model import Show, Usd
from podcast.services.prices import Budget

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
                # DTZ007: a day has no zone.
                return dt.datetime.strptime(words, form).date()  # noqa: DTZ007
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


# What the root of a command's contexts remembers.
_JSON, _ANSWERED, _QUIET = "podcast.json", "podcast.answered", "podcast.quiet"

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


def require_one(date: dt.date | None, post: Path | None, what: str) -> dt.date | Path:
    """Give what names an edition: its date or its post. Raises UsageError for both and for none."""
    named = date if post is None else post
    if named is None or (date is not None and post is not None):
        raise click.UsageError(f"name the {what} with --date or --post")
    return named


def open_budget(limit: float | None, any_price: bool = False) -> Budget:
    """Open the budget of a command; without a limit it only counts."""
    if limit is None:
        return Budget(None, unknown=any_price)
    return Budget(Usd(limit), unknown=any_price)


def choose_engine(show: Show, named: str | None) -> str:
    """Choose the engine: the command line's, else the show's.

    `auto` becomes one of this machine.
    """
    from podcast.registry import auto_engine

    word = named or show.voices.engine
    return auto_engine(show) if word == "auto" else word


def say_engine(show: Show, named: str | None, chosen: str) -> None:
    """Say on standard error which engine speaks, where nobody named it.

    A better one that is missing is named too, with -q as well: it may have spoken yesterday.
    """
    from podcast.registry import better_engine

    if (named or show.voices.engine) != "auto":
        return
    better = better_engine(show, chosen)
    if better:
        remedy = f'To be content with this one: engine = "{chosen}"'
        click.echo(f"engine: {chosen} ({better}. {remedy})", err=True)
    elif not is_quiet():
        click.echo(f"engine: {chosen}", err=True)


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
