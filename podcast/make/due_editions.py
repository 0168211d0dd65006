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
    """Raise WithheldError for an edition that its blog does not publish at that moment, or that is withdrawn.

    `withdrawals` are those of the show; they are asked for where nobody did.
    """
    if withdrawals is None:
        withdrawals = load_withdrawals(open_store(show))
    if find_withdrawal(show, edition, withdrawals):
        remedy = f"`podcast withdraw --date {edition.date} --undo` lets it be made again"
        raise WithheldError(
            edition.path or edition.slug, None, "its episode was withdrawn", remedy
        )
    obstacle = explain_obstacle(show, edition, now)
    if obstacle:
        remedy = "`podcast script` writes its script all the same"
        raise WithheldError(edition.path or edition.slug, None, obstacle, remedy)


def explain_obstacle(show: Show, edition: Edition, now: dt.datetime) -> str:
    """Say why no episode of the edition may be published at that moment; empty when it may."""
    zone = zoneinfo.ZoneInfo(show.edition.timezone)
    return find_obstacle(edition, _path_within(show.folder, edition.path), zone, now)


def find_withdrawal(
    show: Show, edition: Edition, withdrawals: Iterable[Withdrawal]
) -> Withdrawal | None:
    """Find the withdrawal of an edition's episode,
    also when its post has another name or date since."""
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
    recent = [
        (path, day)
        for path, day in open_source(show).posts_by_date()
        if first_day <= day <= today
    ]
    if not recent:
        return []
    names = set(open_store(show).names())
    return [
        (path, day)
        for path, day in recent
        if names.isdisjoint(_signs_of_episode(slug_of(path, day)))
    ]


def _signs_of_episode(slug: str) -> tuple[str, ...]:
    """The files that say that an edition has its episode, or is not to have one."""
    return f"{slug}.json", f"{WITHDRAWN}{slug}.json"


def _path_within(folder: Path, path: Path | None) -> PurePath:
    """The post's path within the show's folder; its whole path for a post from elsewhere."""
    if path is None:
        return PurePath()
    whole = path.absolute()
    return whole.relative_to(folder) if whole.is_relative_to(folder) else whole
