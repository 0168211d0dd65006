"""A published edition becomes a mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

from podcast.errors import MailError, PublishError
from podcast.make.due_editions import require_due
from podcast.model import Edition, Episode, Show
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
    """Compose the mail that tells of the edition of that date, or of that post; and its slug.

    Raises PodcastError where there is no such edition or its episode is not published.
    """
    source = open_source(show)
    edition = source.read_file(post) if post else find_edition(source, date or dt.date.min)
    require_due(show, edition, now)
    episode = _find_episode(show, edition)
    if episode is None:
        how = f"--post {post}" if post else f"--date {date}"
        what = f"no episode of {post or date} is published"
        raise MailError(f"{what}. Make it with `podcast make {how}`")

    # Without a cover the mail has none.
    with suppress(PublishError):
        show, _ = with_cover(show)
    return episode.slug, compose(show, edition, episode, to)


def _find_episode(show: Show, edition: Edition) -> Episode | None:
    for episode in load_episodes(open_store(show), edition.date):
        if episode.slug == edition.slug:
            return episode
    return None
