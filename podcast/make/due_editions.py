"""Only what the blog publishes becomes an episode, and not before its moment."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from podcast.errors import WithheldError
from podcast.model import Edition, Show, Withdrawal
from podcast.publish import WITHDRAWN, load_withdrawals
from podcast.read.post_hashes import hash_post
from podcast.read.posts.post import slug_of
from podcast.read.publication import find_obstacle
from podcast.registry import open_source, open_store


def require_due(
    show: Show,
    edition: Edition,
    now: dt.datetime,
    withdrawals: Sequence[Withdrawal] | None = None,
) -> None:
    """Raise WithheldError for an edition that is withdrawn, or that its blog does not publish.

    `withdrawals` are those of the show; they are asked for where nobody did.
    """
    if withdrawals is None:
        withdrawals = load_withdrawals(open_store(show))
    subject = edition.path or edition.slug
    if find_withdrawal(show, edition, withdrawals):
        remedy = f"`podcast withdraw --date {edition.date} --undo` lets it be made again"
        raise WithheldError(subject, None, "its episode was withdrawn", remedy)

    obstacle = explain_obstacle(show, edition, now)
    if obstacle:
        remedy = "`podcast script` writes its script all the same"
        raise WithheldError(subject, None, obstacle, remedy)


def explain_obstacle(show: Show, edition: Edition, now: dt.datetime) -> str:
    """Say why no episode of the edition may be published at that moment; empty when it may."""
    zone = zoneinfo.ZoneInfo(show.edition.timezone)
    return find_obstacle(edition, _path_within(show.folder, edition.path), zone, now)


def find_withdrawal(
    show: Show, edition: Edition, withdrawals: Iterable[Withdrawal]
) -> Withdrawal | None:
    """Find the withdrawal of an edition's episode.

    Its post may have another name or date since: the words that it says tell.
    """
    hashes = hash_post(edition, show.edition.include)
    for withdrawal in withdrawals:
        if withdrawal.slug == edition.slug:
            return withdrawal
        if hashes and withdrawal.post_hash == hashes.whole:
            return withdrawal
    return None


def list_unmade(show: Show, today: dt.date) -> list[tuple[Path, dt.date]]:
    """List the posts of the last `catch_up` days that have no episode yet, oldest first.

    Whether each is due is decided when it is made.
    """
    first_day = today - dt.timedelta(days=show.edition.catch_up)
    posts = open_source(show).posts_by_date()
    recent = [(path, day) for path, day in posts if first_day <= day <= today]
    if not recent:
        # A store far away is not asked for nothing.
        return []

    names = set(open_store(show).names())
    unmade: list[tuple[Path, dt.date]] = []
    for path, day in recent:
        if names.isdisjoint(_list_episode_signs(slug_of(path, day))):
            unmade.append((path, day))
    return unmade


def _list_episode_signs(slug: str) -> tuple[str, ...]:
    """List the files that say that an edition has its episode, or is not to have one."""
    return f"{slug}.json", f"{WITHDRAWN}{slug}.json"


def _path_within(folder: Path, path: Path | None) -> PurePath:
    """Give the post's path within the show's folder; its whole path for one from elsewhere."""
    if path is None:
        return PurePath()
    whole_path = path.absolute()
    if whole_path.is_relative_to(folder):
        return whole_path.relative_to(folder)
    return whole_path
