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
from podcast.language.english.word_data import load
from podcast.model import Chapter, Edition, Episode, Headline, MailServer, Show, Story
from podcast.publish.audio_place import audio_address
from podcast.publish.feed import FEED
from podcast.publish.pages import render, small_cover
from podcast.publish.subscribe_links import SubscribeLink, list_subscribe_links
from podcast.util.addresses import ascii_address, public
from podcast.util.time_format import length_of, timestamp
from podcast.util.xml_text import one_line

_WORDS = load("page_words")
# How long to wait for the mail server, in seconds.
_PAUSE = 30.0


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
    message.set_content(_plain_mail(show, edition, episode))
    message.add_alternative(_html(show, edition, episode), subtype="html")
    message.set_boundary(f"presscast-{episode.guid}")
    return message


def send(message: EmailMessage, server: MailServer, to: Sequence[str]) -> None:
    """Hand the mail in for these receivers. Raises MailError, never with the password."""
    where = f"{server.host}:{server.port}"
    try:
        refused = _hand_in(message, server, to)
    except smtplib.SMTPResponseException as error:
        answer = error.smtp_error
        said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
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


def _hand_in(message: EmailMessage, server: MailServer, to: Sequence[str]) -> list[str]:
    """Send the mail, encrypted where the server can; the receivers that were refused."""
    context = ssl.create_default_context()
    is_encrypted = server.encrypted
    with _connect(server, context) as smtp:
        smtp.ehlo()
        if not is_encrypted and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
            is_encrypted = True
        if server.user and not is_encrypted:
            where = f"{server.host}:{server.port}"
            raise MailError(
                f"{where}: it takes the password only in the clear. Use smtps:// instead"
            )
        if server.user:
            smtp.login(server.user, server.password)
        return list(smtp.send_message(message, to_addrs=list(to)))


def _connect(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.encrypted:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_PAUSE, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=_PAUSE)


def _address(mail: str, name: str = "") -> Address:
    try:
        return Address(display_name=one_line(name), addr_spec=mail)
    except (ValueError, IndexError) as error:
        raise MailError(f"{mail!r} is not a mail address") from error


def _plain_mail(show: Show, edition: Edition, episode: Episode) -> str:
    page = public(show.url, f"{episode.slug}.html")
    parts = [
        edition.title,
        edition.subtitle,
        f"{_WORDS['listen']} ({length_of(episode.duration)}): {page}",
        _list_chapters(page, episode.chapters),
    ]
    for story in edition.stories:
        head = (f"* {story.title}", _byline(story), story.link)
        parts += ["\n".join(filter(None, head)), story.body.text]
    if edition.others:
        parts.append(_list_headlines(edition.others))

    # Whoever holds a private feed's address can listen: a mail is passed on too easily to
    # name it.
    if not show.feed.private:
        parts.append(_list_places(show.url, show.feed.subscribe))

    leave = unsubscribe_address(show.feed.unsubscribe, show.email)
    parts.append(f"{show.title}, {edition.date}\n{show.link}\n{_WORDS['unsubscribe']}: {leave}")
    return "\n\n".join(filter(None, parts)) + "\n"


def _list_places(url: str, pages: Mapping[str, str]) -> str:
    """Each place on the web to follow the show, on a line; the feed last."""
    lines = [_WORDS["follow"]]
    for app in _web_links(url, pages):
        lines.append(f"{app.name}: {app.address}")
    lines.append(f"RSS: {public(url, FEED)}")
    return "\n".join(lines)


def _list_headlines(headlines: Sequence[Headline]) -> str:
    lines = [_WORDS["other_headlines"]]
    for headline in headlines:
        lines.append(f"- {headline.title}")
        if headline.link:
            lines.append(f"  {headline.link}")
    return "\n".join(lines)


def _list_chapters(page: str, chapters: Sequence[Chapter]) -> str:
    """Each chapter with its time, and below it the address that begins there."""
    lines: list[str] = []
    for chapter in chapters:
        lines.append(f"({timestamp(chapter.start)}) {chapter.title}")
        lines.append(f"  {page}#t={round(chapter.start / 1000)}")
    return "\n".join(lines)


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
