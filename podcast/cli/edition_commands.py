"""`podcast edition` and `podcast mail`: a written edition of sources, and its mail."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from podcast.cli.options import (
    all_of,
    answer,
    any_price_option,
    budget_option,
    bundle,
    date_option,
    json_option,
    now,
    open_budget,
    post_option,
    require_one,
    show_option,
    verbose_option,
    warn_of_placeholders,
    writer_option,
)
from podcast.config import change_settings, load_show, mail_settings
from podcast.errors import MailError, NothingNewError
from podcast.services.prices import Budget
from podcast.util.extras import needs_extra

if TYPE_CHECKING:
    from podcast.make.editions import Draft
    from podcast.model import Edition, MailServer, Show, Story

sources_options = all_of(
    click.option(
        "--from",
        "sources",
        multiple=True,
        metavar="SOURCE",
        help="A file, a folder of notes, an address, or - for standard input; "
        "give it several times.",
    ),
    click.option(
        "--allow-private",
        is_flag=True,
        help="Fetch from addresses of this machine and its network too.",
    ),
    click.option(
        "--drop-covered/--keep-covered",
        default=True,
        help="Leave out what an earlier edition told already (the default), or tell it again.",
    ),
    click.option("--hire", is_flag=True, help="Let the editor hire reporters for the day."),
)


@dataclass(frozen=True, slots=True)
class NewsOptions:
    """What `sources_options` ask for."""

    sources: tuple[str, ...]
    allow_private: bool
    drop_covered: bool
    hire: bool


edition_options = all_of(
    date_option,
    sources_options,
    writer_option,
    click.option(
        "--stories",
        type=click.IntRange(1, 50),
        help="How many stories; podcast.toml's unless given.",
    ),
    click.option(
        "--papers",
        type=click.IntRange(0),
        help="How many of them may be papers when there is other news.",
    ),
    click.option(
        "--words", type=click.IntRange(20, 2000), help="The longest summary, in words."
    ),
    click.option(
        "--days",
        type=click.IntRange(1, 366),
        help="How many days back a feed's entries are news; "
        "since the last edition unless given.",
    ),
    click.option(
        "--rewrite",
        is_flag=True,
        help="Write the date's edition anew; the old post is kept beside it.",
    ),
    budget_option,
    any_price_option,
    click.option(
        "--dry-run", is_flag=True, help="Say what the edition would be and cost; write nothing."
    ),
)


@dataclass(frozen=True, slots=True)
class EditionCommandOptions:
    """How an edition is made: what `edition_options` ask for."""

    date: dt.date | None
    sources: tuple[str, ...]
    allow_private: bool
    drop_covered: bool
    hire: bool
    writer: str | None
    stories: int | None
    papers: int | None
    words: int | None
    days: int | None
    rewrite: bool
    budget: float | None
    any_price: bool
    dry_run: bool

    def change_show(self, show: Show) -> Show:
        """Give the show with the lengths that the command line names."""
        settings = {
            "stories": self.stories,
            "papers": self.papers,
            "words": self.words,
            "news_days": self.days,
        }
        return change_settings(
            show, **{key: value for key, value in settings.items() if value is not None}
        )

    def describe_making(self, show: Show) -> dict[str, Any]:
        """Give what `EditionOptions` takes."""
        return {
            "writer": self.writer or show.writer.name,
            "allow_private": self.allow_private,
            "drop_covered": self.drop_covered,
            "hire": self.hire,
            "rewrite": self.rewrite,
            "dry_run": self.dry_run,
        }


@click.command()
@show_option
@edition_options
@verbose_option
@json_option
@bundle(EditionCommandOptions, "options")
def edition(folder: Path, options: EditionCommandOptions, as_json: bool) -> None:
    """Make a written edition of sources: the post that `podcast make` turns into an episode.

    A source is a pasted page of papers, its HTML or JSON, an RSS or Atom feed, what arXiv
    answers, a web page, a list of addresses, or a folder of Markdown notes. Prints the post's
    path.

    Offline, stories are told in their sources' own sentences. With `--writer openai` a model
    chooses, titles and summarises, held to what the sources say.

    \b
    Examples:
      podcast edition --date today --from papers.txt
      podcast edition --date today --from https://example.org/a.xml --from notes/
      pbpaste | podcast edition --date today --from - --stories 5
      podcast edition --date today --from papers.txt --writer openai --budget 0.05
    """
    if options.date is None or not options.sources:
        raise click.UsageError("name the --date, and where the news is with --from")
    show = options.change_show(load_show(folder))
    making = options.describe_making(show)
    budget = open_budget(options.budget, options.any_price)
    try:
        made = _make_draft(show, options.date, options.sources, budget, making)
    except NothingNewError as error:
        if as_json:
            answer({"post": None, "nothing_new": str(error).splitlines()})
        raise

    if as_json:
        answer(_draft_facts(made))
        return
    say_edition(made)
    _say_post(show, made, options.rewrite)


def _say_post(show: Show, made: Draft, is_rewrite: bool) -> None:
    """Print the post's path, and remind of a script that tells the old one."""
    if made.path is None:
        click.echo("  nothing was written")
        return
    if is_rewrite and show.path("scripts", f"{made.path.stem}.md").exists():
        click.echo("  the old edition's script is still there: make with --rewrite", err=True)
    click.echo(made.path)


@click.command()
@show_option
@date_option
@post_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the mail to this file.",
)
@click.option(
    "--send", is_flag=True, help="Hand it to the mail server that PRESSCAST_SMTP names."
)
@click.option(
    "--to",
    multiple=True,
    metavar="ADDRESS",
    help="Who gets it; PRESSCAST_MAIL_TO unless given.",
)
@json_option
def mail(
    folder: Path,
    date: dt.date | None,
    post: Path | None,
    out: Path | None,
    send: bool,
    to: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write the published edition of a date as a mail: its stories, and where to hear them.

    Without --send the mail is a file, SLUG.eml in this folder unless --out names another. With
    it, the mail goes to the server of PRESSCAST_SMTP (smtp://user:password@host:587, or
    smtps://).

    \b
    Examples:
      podcast mail --date 2024-05-22
      podcast mail --date today --send --to readers@example.org
    """
    from podcast.make.edition_mail import compose_mail
    from podcast.util.files import write_atomic

    require_one(date, post, "edition")
    show = load_show(folder)
    server, receivers = _choose_receivers(to, is_sending=send)
    slug, message = compose_mail(show, date, post, now(), receivers)

    path = out
    if not out and not send:
        path = Path(f"{slug}.eml")
    if path:
        write_atomic(path, bytes(message))

    sent_to: list[str] = []
    if send and server:
        from podcast.publish.mail import send as send_mail

        send_mail(message, server, receivers)
        sent_to.extend(receivers)
        click.echo(f"sent to {len(receivers)} addresses", err=True)

    if as_json:
        answer({"file": path, "sent_to": sent_to})
    elif path:
        click.echo(path)
    warn_of_placeholders(show)


def _choose_receivers(
    to: Sequence[str], *, is_sending: bool
) -> tuple[MailServer | None, Sequence[str]]:
    """The mail server, and who gets the mail.

    Raises MailError where a mail is to be sent by nobody, or to nobody.
    """
    server, subscribers = mail_settings()
    receivers = to or subscribers
    if is_sending and not server:
        what = "PRESSCAST_SMTP is not set"
        raise MailError(f"{what}. Set it, or leave out --send to write a file")
    if is_sending and not receivers:
        raise MailError("nobody is named to send to. Name who with --to")
    return server, receivers


def write_edition(
    show: Show, date: dt.date, sources: Sequence[str], budget: Budget, making: Mapping[str, Any]
) -> Edition:
    """Read the edition of `date`, or write it of the sources where there is none.

    `making` is what `EditionOptions` takes.
    """
    from podcast.make import read_edition
    from podcast.make.editions import find_post

    old = find_post(show, date)
    if old and not making["rewrite"]:
        click.echo(
            f"{old.name} is there and used as it stands; --rewrite makes it anew", err=True
        )
        return read_edition(show, old)
    made = _make_draft(show, date, sources, budget, making)
    say_edition(made)
    return read_edition(show, made.path) if made.path else made.edition


def _make_draft(
    show: Show, date: dt.date, sources: Sequence[str], budget: Budget, making: Mapping[str, Any]
) -> Draft:
    """Make an edition of sources; say which extra is missing for it."""
    with needs_extra("newsroom", "an edition of sources"):
        from podcast.make.editions import EditionOptions, make_edition

        options = EditionOptions(**making)
        return make_edition(
            show, date, sources, options, budget=budget, now=now, stdin=standard_input
        )


def standard_input() -> bytes:
    """What is piped in."""
    return sys.stdin.buffer.read()


def say_edition(made: Draft) -> None:
    """Tell, on standard error, what the edition is."""
    for failure in made.failures:
        click.echo(f"podcast: {failure}", err=True)
    for notice in made.notices:
        click.echo(f"  {notice}", err=True)
    edition = made.edition
    click.echo(f"{edition.title} ({made.items} items)", err=True)
    for story in edition.stories:
        kind = "paper" if story.paper else story.source or "news"
        again = f", covered before on {story.covered.date}" if story.covered else ""
        click.echo(f"  {story.title} [{kind}] {story.reporter}{again}", err=True)
    click.echo(f"  and {len(edition.others)} other headlines", err=True)
    _say_price(made)


def _say_price(made: Draft) -> None:
    """Say what editing cost, unless that is nothing."""
    verb = "cost" if made.path else "would cost"
    if made.price is None:
        click.echo(f"  editing {verb} what is not known", err=True)
    elif made.price:
        click.echo(f"  editing {verb} {made.price:.4f} US$", err=True)


def _draft_facts(made: Draft) -> dict[str, object]:
    edition = made.edition
    return {
        "post": made.path,
        "slug": made.path.stem if made.path else edition.slug,
        "title": edition.title,
        "subtitle": edition.subtitle,
        "items": made.items,
        "model": edition.model,
        "cost": made.price,
        "staff": [person.name for person in edition.staff],
        "stories": list(map(_story_facts, edition.stories)),
        "others": len(edition.others),
        "notices": list(made.notices),
        "failures": list(made.failures),
    }


def _story_facts(story: Story) -> dict[str, object]:
    return {
        "title": story.title,
        "reporter": story.reporter,
        "link": story.link,
        "paper": story.paper,
        "words": len(story.body.text.split()),
        "covered": story.covered.date if story.covered else None,
        "previous": [headline.title for headline in story.previous],
    }
