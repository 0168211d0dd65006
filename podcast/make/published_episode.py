"""Questions about an episode that is published: its report, and its player's snippet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from podcast.errors import PublishError
from podcast.model import Episode, Show, Withdrawal
from podcast.publish import load_episodes
from podcast.publish.pages import snippet
from podcast.publish.report import report_page
from podcast.registry import open_source, open_store

_Found = TypeVar("_Found", Episode, Withdrawal)


def render_report(show: Show, date: dt.date | None, post: Path | None) -> str:
    """Render the production report of the episode of a date, or of a post, as an HTML page."""
    return report_page(show, choose_episode(show, date, post, lines=True))


def render_embed(show: Show, date: dt.date | None, post: Path | None, kind: str) -> str:
    """Render the snippet that puts an episode's player into a page.

    `kind` is `html`, `plain`, or a theme's, which needs no date: it is the same for each
    episode.
    """
    if kind not in ("html", "plain") and not (date or post):
        episodes = load_episodes(open_store(show))
        if episodes:
            return snippet(show, episodes[0], kind)
    return snippet(show, choose_episode(show, date, post), kind)


def choose_episode(
    show: Show, date: dt.date | None, post: Path | None, *, lines: bool = False
) -> Episode:
    """Choose the published episode of a date, or of a post.

    Raises PublishError, also when the date has several.
    """
    edition = open_source(show).read_file(post) if post else None
    day = edition.date if edition else date
    episodes = load_episodes(open_store(show), day, lines=lines)
    if edition:
        episodes = [episode for episode in episodes if episode.slug == edition.slug]
    if not episodes:
        raise PublishError(_describe_missing(date, post))
    return require_single(episodes, day)


def _describe_missing(date: dt.date | None, post: Path | None) -> str:
    """Say that there is no episode, and by which words it is made."""
    what = f" of {post or date}" if post or date else ""
    how = f"--post {post}" if post else f"--date {date or 'D'}"
    return f"no episode{what} is published. Make it with `podcast make {how}`"


def require_single(episodes: Sequence[_Found], day: dt.date | None) -> _Found:
    """Give the only one of them. Raises PublishError when the day has several."""
    if len(episodes) > 1:
        names = " and ".join(episode.slug for episode in episodes)
        what = f"{len(episodes)} episodes of {day}: {names}"
        raise PublishError(f"{what}. Choose one with --post FILE")
    return episodes[0]
