"""An edition as a mail, for readers who are on a list: its stories, and where to hear them."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from podcast.document.html_writer import write_html
from podcast.errors import MailError
from podcast.model import Edition, Episode, MailServer, Show, Story
from podcast.publish.audio_place import audio_address
from podcast.publish.feed import FEED
from podcast.publish.pages import render, small_cover
from podcast.publish.subscribe_links import SubscribeLink, list_subscribe_links
from podcast.util.addresses import ascii_address, public
from podcast.util.time_format import length_of, timestamp
from podcast.util.xml_text import one_line

_PAUSE = 30.0
"""How long to wait for the mail server, in seconds."""


def compose(
    show: Show, edition: Edition, episode: Episode, to: Sequence[str] = ()
) -> EmailMessage:
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
    message["List-Unsubscribe"] = f"<{unsubscribe_address(show.feed.unsubscribe, show.email)}>"
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
                    raise MailError(
                        f"{where}: it takes the password only in the clear. Use smtps:// instead"
                    )
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
        raise MailError(
            f"{where}: the mail server takes none of the receivers. Check --to"
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        what = " ".join(str(error).split()) or type(error).__name__
        raise MailError(
            f"{where}: the mail server cannot be used: {what}. Check PRESSCAST_SMTP"
        ) from error
    if refused:
        raise MailError(
            f"{where}: the mail server did not take {', '.join(refused)}; the others have it"
        )


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
        "\n".join(
            f"({timestamp(chapter.start)}) {chapter.title}" for chapter in episode.chapters
        ),
    ]
    for story in edition.stories:
        by = _byline(story)
        head = [
            f"* {story.title}",
            *([by] if by else []),
            *([story.link] if story.link else []),
        ]
        parts += ["\n".join(head), story.body.text]
    if edition.others:
        headlines = (
            f"- {h.title}" + (f"\n  {h.link}" if h.link else "") for h in edition.others
        )
        parts.append("\n".join(["Other headlines", *headlines]))
    leave = unsubscribe_address(show.feed.unsubscribe, show.email)
    subscribe = [
        f"{app.name}: {app.address}" for app in _web_links(show.url, show.feed.subscribe)
    ]
    parts.append("\n".join(["Subscribe", *subscribe, f"RSS: {public(show.url, FEED)}"]))
    parts.append(f"{show.title}, {edition.date}\n{show.link}\nUnsubscribe: {leave}")
    return "\n\n".join(parts) + "\n"


def _web_links(url: str, pages: Mapping[str, str]) -> list[SubscribeLink]:
    return [link for link in list_subscribe_links(url, pages) if not link.opens_app]


def _html(show: Show, edition: Edition, episode: Episode) -> str:
    return render(
        show,
        "mail.html.j2",
        edition=edition,
        episode=episode,
        stories=[_describe(story) for story in edition.stories],
        page=public(show.url, f"{episode.slug}.html"),
        image=public(show.url, episode.art_small or episode.art or small_cover(show.cover)),
        audio=audio_address(show.url, show.store.audio_url, episode.audio),
        feed=public(show.url, FEED),
        unsubscribe=unsubscribe_address(show.feed.unsubscribe, show.email),
    )


def _describe(story: Story) -> dict[str, object]:
    return {
        "title": story.title,
        "link": ascii_address(story.link),
        "by": _byline(story),
        "body": Markup(write_html(story.body)),  # noqa: S704 - everything in it is escaped
    }


def _byline(story: Story) -> str:
    return ", ".join(filter(None, [story.reporter, story.source]))


def unsubscribe_address(page: str, email: str) -> str:
    """Where a receiver leaves the list: the show's page for that, else a mail to it."""
    return ascii_address(page) or f"mailto:{quote(email, safe='@+')}?subject=unsubscribe"
