"""What can be asked of an episode that is published:
its production report, and its player's snippet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from podcast.errors import PublishError
from podcast.model import Episode, Show
from podcast.publish import load_episodes
from podcast.publish.pages import snippet
from podcast.publish.report import report_page
from podcast.registry import open_source, open_store


def render_report(show: Show, date: dt.date | None, post: Path | None) -> str:
    """The production report of the episode of a date, or of a post, as an HTML page."""
    return report_page(show, choose_episode(show, date, post, lines=True))


def render_embed(show: Show, date: dt.date | None, post: Path | None, kind: str) -> str:
    """The snippet that puts an episode's player into a page:
    `html`, `plain`, or one for a theme."""
    if (
        kind not in ("html", "plain")
        and not (date or post)
        and (found := load_episodes(open_store(show)))
    ):
        return snippet(show, found[0], kind)
    return snippet(show, choose_episode(show, date, post), kind)


def choose_episode(
    show: Show, date: dt.date | None, post: Path | None, *, lines: bool = False
) -> Episode:
    """The published episode of a date, or of a post.

    Raises PublishError, also when the date has several.
    """
    edition = open_source(show).read_file(post) if post else None
    date = edition.date if edition else date
    found = load_episodes(open_store(show), date, lines=lines)
    chosen = [episode for episode in found if not edition or episode.slug == edition.slug]
    if not chosen:
        how = f"--post {post}" if post else f"--date {date or 'D'}"
        what = f" of {post or date}" if post or date else ""
        raise PublishError(f"no episode{what} is published. Make it with `podcast make {how}`")
    if len(chosen) > 1:
        names = " and ".join(episode.slug for episode in chosen)
        raise PublishError(
            f"{len(chosen)} episodes of {date}: {names}. Choose one with --post FILE"
        )
    return chosen[0]
