"""The command line: translates words to calls, and errors to text and exit codes."""

from __future__ import annotations

import gc

import click

from podcast import __version__
from podcast.cli import edition_commands as editions
from podcast.cli import make_commands as makes
from podcast.cli import show_commands as shows
from podcast.cli import voice_commands as voices
from podcast.errors import NothingNewError, PodcastError

COLLECT = 100_000
"""New objects after which Python looks for cycles. After 700 of them, as it would, it goes through an
episode's words again and again, a tenth of a make."""


class _Commands(click.Group):
    """Turns what is no bug into one line and exit code 1: our own errors, and files refused to us."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except NothingNewError as error:
            # A day without news is no failure: what runs daily stays green.
            for line in str(error).splitlines():
                click.echo(line, err=True)
            ctx.exit(0)
        except PodcastError as error:
            for line in str(error).splitlines():
                click.echo(f"podcast: {line}", err=True)
            ctx.exit(1)
        except OSError as error:
            if error.filename is None:
                raise
            click.echo(f"podcast: {error.filename}: {error.strerror}", err=True)
            ctx.exit(1)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="podcast")
def main() -> None:
    """Turn a written magazine into a podcast that people choose to listen to.

    \b
    A new show, its first episode, and a look at it:
      podcast init myshow
      podcast make --show myshow --date 2024-05-22
      podcast serve --show myshow

    \b
    Exit codes: 0 done, 1 failed (one line says why), 2 wrong use.
    """
    gc.set_threshold(COLLECT)


for command in (
    shows.init,
    makes.make,
    makes.script,
    editions.edition,
    editions.mail,
    voices.voices,
    voices.say,
    shows.feed,
    shows.check,
    shows.serve,
    shows.embed,
    shows.report,
    shows.doctor,
):
    main.add_command(command)
