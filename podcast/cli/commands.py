"""The group of all commands: translates words to calls, and errors to text and exit codes."""

from __future__ import annotations

import gc
from typing import NoReturn

import click

from podcast import __version__
from podcast.cli import edition_commands as editions
from podcast.cli import make_commands as makes
from podcast.cli import preview_command as previews
from podcast.cli import published_commands as publications
from podcast.cli import show_commands as shows
from podcast.cli import voice_commands as voices
from podcast.cli.options import answer, wants_json
from podcast.errors import NothingNewError, PodcastError

# New objects after which Python looks for cycles. After 700 of them, as it would, it goes
# through an episode's words again and again, a tenth of a make.
COLLECT = 100_000


class _Commands(click.Group):
    """Turns what is no bug into one line and exit code 1.

    That is our own errors, and files refused to us.
    """

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except NothingNewError as error:
            # A day without news is no failure: what runs daily stays green.
            for line in str(error).splitlines():
                click.echo(line, err=True)
            ctx.exit(0)
        except PodcastError as error:
            _fail(ctx, str(error))
        except OSError as error:
            if error.filename is None:
                raise
            _fail(ctx, f"{error.filename}: {error.strerror}")


def _fail(ctx: click.Context, message: str) -> NoReturn:
    """Say what went wrong, to a program that asked for JSON in JSON too, and exit with 1."""
    if wants_json(ctx):
        answer({"error": message})
    for line in message.splitlines():
        click.echo(f"podcast: {line}", err=True)
    ctx.exit(1)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
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


# Each command with its line in `podcast --help`.
COMMANDS = {
    shows.init: "Start a new show, in a blog with the blog's own settings.",
    makes.make: "Make episodes of editions and publish them.",
    makes.script: "Write only the script, to read and edit it first.",
    previews.preview: "Hear an edition before it is published.",
    editions.edition: "Make a written edition of papers, feeds, pages and notes.",
    editions.mail: "Write a published edition as a mail, or send it.",
    voices.voices: "List the pool of voices, and who has which.",
    voices.say: "Hear a voice say something, or see how it is spelled out.",
    publications.list_: "List what is published and what was withdrawn.",
    publications.withdraw: "Take an episode back for good.",
    publications.ping: "Tell the show's hub that the feed has changed.",
    shows.feed: "Rebuild the feed and all pages from the records.",
    shows.check: "Prove that what is published is right.",
    shows.serve: "Serve the published folder over HTTP, for previews.",
    shows.embed: "Print a snippet that plays an episode in a page.",
    shows.report: "Print an episode's production report as a page.",
    shows.doctor: "Say what is missing here, with the remedy.",
}

for command, line in COMMANDS.items():
    command.short_help = line
    main.add_command(command)
