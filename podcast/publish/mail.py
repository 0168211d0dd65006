"""An edition as a mail, for readers who are on a list: its stories, and where to hear them."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from urllib.parse import urlsplit

from podcast.document.html_writer import write_html
from podcast.errors import MailError
from podcast.model import Edition, Episode, MailServer, Show
from podcast.util.addresses import ascii_address, public
from podcast.util.time_format import length_of, timestamp
from podcast.util.xml_text import one_line

_PAUSE = 30.0
"""How long to wait for the mail server, in seconds."""


def compose(show: Show, edition: Edition, episode: Episode, to: Sequence[str] = ()) -> EmailMessage:
    """The mail: plain text and HTML, dated as the episode, under an id that is always the same.

    Several receivers do not see each other. Raises MailError for an address that is none.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(f"{edition.title}", 200)
    message["From"] = _address(show.email, show.author)
    if to:
        message["To"] = _address(to[0]) if len(to) == 1 else "undisclosed-recipients:;"
    message["Date"] = episode.published
    message["Message-ID"] = f"<{episode.guid}@{urlsplit(show.url).hostname or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_text(show, edition, episode))
    message.add_alternative(_html(show, edition, episode), subtype="html")
    message.set_boundary(f"presscast-{episode.guid}")
    return message


def send(message: EmailMessage, server: MailServer, to: Sequence[str]) -> None:
    """Hand the mail in for these receivers. Raises MailError, in one line and without the password."""
    where = f"{server.host}:{server.port}"
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(server.host, server.port, timeout=_PAUSE, context=context)
            if server.encrypted
            else smtplib.SMTP(server.host, server.port, timeout=_PAUSE)
        ) as smtp:
            smtp.ehlo()
            encrypted = server.encrypted
            if not encrypted and smtp.has_extn("starttls"):
                smtp.starttls(context=context)
                smtp.ehlo()
                encrypted = True
            if server.user:
                if not encrypted:
                    raise MailError(f"{where}: it takes the password only in the clear. Use smtps:// instead")
                smtp.login(server.user, server.password)
            refused = smtp.send_message(message, to_addrs=list(to))
    except smtplib.SMTPResponseException as error:
        said = (
            error.smtp_error.decode(errors="replace")
            if isinstance(error.smtp_error, bytes)
            else error.smtp_error
        )
        raise MailError(
            f"{where}: the mail server answered {error.smtp_code} {' '.join(said.split())}"
        ) from error
    except smtplib.SMTPRecipientsRefused as error:
        raise MailError(f"{where}: the mail server takes none of the receivers. Check --to") from error
    except (smtplib.SMTPException, OSError) as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise MailError(f"{where}: the mail server cannot be used: {what}. Check PRESSCAST_SMTP") from error
    if refused:
        raise MailError(f"{where}: the mail server did not take {', '.join(refused)}; the others have it")


def _address(mail: str, name: str = "") -> Address:
    try:
        return Address(display_name=one_line(name), addr_spec=mail)
    except (ValueError, IndexError) as error:
        raise MailError(f"{mail!r} is not a mail address") from error


def _text(show: Show, edition: Edition, episode: Episode) -> str:
    parts = [
        edition.title,
        *([edition.subtitle] if edition.subtitle else []),
        f"Listen ({length_of(episode.duration)}): {public(show.url, f'{episode.slug}.html')}",
        "\n".join(f"({timestamp(chapter.start)}) {chapter.title}" for chapter in episode.chapters),
    ]
    for story in edition.stories:
        by = ", ".join(filter(None, [story.reporter, story.source]))
        head = [f"* {story.title}", *([by] if by else []), *([story.link] if story.link else [])]
        parts += ["\n".join(head), story.body.text]
    if edition.others:
        headlines = (f"- {h.title}" + (f"\n  {h.link}" if h.link else "") for h in edition.others)
        parts.append("\n".join(["Other headlines", *headlines]))
    parts.append(f"{show.title}, {edition.date}\n{show.link}")
    return "\n\n".join(parts) + "\n"


def _html(show: Show, edition: Edition, episode: Episode) -> str:
    page = public(show.url, f"{episode.slug}.html")
    parts = [
        f'<!doctype html><html lang="{escape(show.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(edition.title)}</title></head>"
        '<body style="max-width:40em;margin:auto;padding:1em;font-family:Georgia,serif;line-height:1.5">',
        f"<h1>{escape(edition.title)}</h1>",
        f"<p><em>{escape(edition.subtitle)}</em></p>" if edition.subtitle else "",
        f'<p><a href="{escape(page)}"><strong>Listen</strong></a>, {length_of(episode.duration)} '
        f'(<a href="{escape(public(show.url, episode.audio))}">MP3</a>)</p>',
        "<ul>",
        *(f"<li>{timestamp(c.start)} {escape(c.title)}</li>" for c in episode.chapters),
        "</ul>",
    ]
    for story in edition.stories:
        title = _linked(story.title, story.link)
        by = ", ".join(filter(None, [story.reporter, story.source]))
        parts += [
            f"<h2>{title}</h2>",
            f"<p><small>{escape(by)}</small></p>" if by else "",
            write_html(story.body),
        ]
    if edition.others:
        parts += ["<h2>Other headlines</h2>", "<ul>"]
        parts += [*(f"<li>{_linked(h.title, h.link)}</li>" for h in edition.others), "</ul>"]
    parts += [f"<p><small>{_linked(show.title, show.link)}, {edition.date}</small></p>", "</body></html>"]
    return "\n".join(filter(None, parts)) + "\n"


def _linked(text: str, link: str) -> str:
    address = ascii_address(link)
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)
