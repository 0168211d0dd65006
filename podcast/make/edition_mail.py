"""A published edition becomes a mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

from podcast.errors import MailError, PublishError
from podcast.make.due_editions import require_due
from podcast.model import Show
from podcast.publish import load_episodes
from podcast.publish.mail import compose
from podcast.publish.published import with_cover
from podcast.read import find_edition
from podcast.registry import open_source, open_store


def compose_mail(
    show: Show,
    date: dt.date | None,
    post: Path | None,
    now: dt.datetime,
    to: Sequence[str] = (),
) -> tuple[str, EmailMessage]:
    """The slug of the published edition of that date, or of that post, and the mail that tells of it.

    Raises PodcastError where there is no such edition or its episode is not published.
    """
    edition = (
        open_source(show).read_file(post)
        if post
        else find_edition(open_source(show), date or dt.date.min)
    )
    require_due(show, edition, now)
    published = load_episodes(open_store(show), edition.date)
    episode = next((e for e in published if e.slug == edition.slug), None)
    if episode is None:
        how = f"--post {post}" if post else f"--date {date}"
        raise MailError(
            f"no episode of {post or date} is published. Make it with `podcast make {how}`"
        )
    with suppress(PublishError):  # Without a cover the mail has none.
        show, _ = with_cover(show)
    return episode.slug, compose(show, edition, episode, to)
