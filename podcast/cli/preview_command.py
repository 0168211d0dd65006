"""`podcast preview`: hear an edition before the world does."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from podcast.cli.edition_selection import Selection, list_editions
from podcast.cli.options import (
    all_of,
    budget_option,
    bundle,
    choose_engine,
    date_option,
    engine_option,
    force_option,
    open_budget,
    post_option,
    say_engine,
    show_option,
    verbose_option,
    writer_option,
)
from podcast.config import change_settings, load_show
from podcast.model import Show

preview_options = all_of(
    date_option,
    post_option,
    click.option(
        "--fast", is_flag=True, help="Speak in a quick voice, in seconds, not in the show's."
    ),
    engine_option,
    writer_option,
    click.option("--rewrite", is_flag=True, help="Write the script anew."),
    force_option,
    budget_option,
    click.option(
        "--port", default=0, type=click.IntRange(0, 65535), help="The page's port; a free one."
    ),
    click.option("--open", "opens", is_flag=True, help="Open the page in the browser."),
)


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """What `preview_options` ask for."""

    date: dt.date | None
    post: Path | None
    fast: bool
    engine: str | None
    writer: str | None
    rewrite: bool
    force: bool
    budget: float | None
    port: int
    opens: bool

    def check(self) -> None:
        """Raise UsageError for options that exclude each other."""
        if (self.date is None) == (self.post is None):
            raise click.UsageError("name one of --date and --post")
        if self.fast and self.engine:
            raise click.UsageError("--fast and --engine exclude each other")


@click.command()
@show_option
@preview_options
@verbose_option
@bundle(PreviewOptions, "options")
def preview(folder: Path, options: PreviewOptions) -> None:
    """Hear an edition before it is published, with its script beside it.

    Drafts may be heard as well. The page plays each passage as soon as it is spoken. Edit the
    script: only what changed is spoken again, and the page follows. Sentences that the post
    does not support are marked. Nothing is published, and the post stays as it is.

    \b
    Examples:
      podcast preview --date 2024-05-22
      podcast preview --post draft.md --fast --open
    """
    from podcast import make as making
    from podcast.preview_server import serve_preview
    from podcast.util.extras import needs_extra

    options.check()
    show = load_show(folder)
    show = change_settings(show, tell_all=show.writer.tell_all or options.force)
    ((_, read),) = list_editions(show, Selection(options.date, options.post))

    budget = open_budget(options.budget)
    name = _choose_voice(show, options)
    running = making.Preview(
        show,
        read(),
        engine=making.open_engine(name, show, budget),
        writer=making.open_writer(options.writer or show.writer.name, show, budget),
        rules=making.MakingRules(rewrite=options.rewrite, force=options.force),
        keep_takes=not options.fast,
        read_again=read,
    )
    with running, needs_extra("serve", "podcast preview"):
        server = serve_preview(show, running, options.port)
        with server:
            click.echo(f"Preview (this machine only): {server.address}")
            click.echo(f"Edit and listen: {running.script}\nEnd it with Ctrl-C.", err=True)
            if options.opens:
                click.launch(server.address)
            with suppress(KeyboardInterrupt):
                server.wait()


def _choose_voice(show: Show, options: PreviewOptions) -> str:
    from podcast.registry import fast_engine

    if options.fast:
        return fast_engine(show)
    name = choose_engine(show, options.engine)
    say_engine(show, options.engine, name)
    return name
