"""Decide from front matter, path and moment if a post is published by its blog, and when.

Sources: Jekyll's docs "Front Matter" (`published`) and "Working with drafts" (`_drafts`);
Hugo's docs "Front matter" (`draft`, `publishDate`, `expiryDate`, their aliases); Pelican's docs
"Publishing drafts" (`status`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import PurePath

from podcast.errors import ReadError
from podcast.frontmatter.reader import FrontMatter
from podcast.model import Edition, Publication
from podcast.read.post_dates import parse_written

# Jekyll's folder of posts that are not ready.
DRAFTS = "_drafts"

_TRUE = {"true", "yes", "on", "y", "1"}
_FALSE = {"false", "no", "off", "n", "0"}
_HIDING_FLAGS = ("draft", "hidden", "private", "unlisted")
_HIDING_STATES = {
    "draft",
    "hidden",
    "private",
    "unlisted",
    "skip",
    "pending",
    "unpublished",
    "trash",
}
_PUBLISH_KEYS = ("publishdate", "pubdate", "published")
_EXPIRY_KEYS = ("expirydate", "unpublishdate")
# Keys that hold nothing but a date; the aliases mean other things elsewhere.
_STRICT_KEYS = ("publishdate", "expirydate")


def read_publication(front: FrontMatter) -> Publication:
    """Read what the front matter says of when its blog shows the post.

    Raises ReadError for a date of publication or of expiry that cannot be read.
    """
    names = {key.lower(): key for key in front.values}
    values = {key: front.values[name] for key, name in names.items()}

    hiding = _hiding_key(values)
    due = _read_moments(front, names, _PUBLISH_KEYS)
    expiries = _read_moments(front, names, _EXPIRY_KEYS)

    written = _parse_moment(str(values.get("date", "")))
    if written is not None:
        due.append(written)
    return Publication(
        hidden=f"{names[hiding]}: {_shown(values[hiding])}" if hiding else "",
        due=tuple(due),
        expires=expiries[0] if expiries else None,
    )


def _read_moments(
    front: FrontMatter, names: Mapping[str, str], keys: tuple[str, ...]
) -> list[dt.datetime]:
    """Read the moments under the keys, in the keys' order.

    `names` has each key as it is written.
    """
    moments: list[dt.datetime] = []
    for key in keys:
        moment = _moment_of(front, names[key], key) if key in names else None
        if moment is not None:
            moments.append(moment)
    return moments


def find_obstacle(edition: Edition, path: PurePath, zone: dt.tzinfo, now: dt.datetime) -> str:
    """Say why an episode of the edition may not be published at that moment; empty when it may.

    `path` is the post's, within the show where it is there; moments without a zone are in
    `zone`.
    """
    if hidden := find_hiding(edition.publication, path):
        return hidden

    due = max(_aware(moment, zone) for moment in _due_moments(edition))
    if due > now:
        return f"it is due at {_format_moment(due, zone)}"

    expires = edition.publication.expires
    if expires is not None and _aware(expires, zone) <= now:
        return f"it expired at {_format_moment(_aware(expires, zone), zone)}"
    return ""


def find_hiding(publication: Publication, path: PurePath) -> str:
    """Say why the blog never shows the post as it is, at any moment; empty when it does."""
    if publication.hidden:
        return f"its blog does not publish it ({publication.hidden})"
    if DRAFTS in path.parts[:-1]:
        return f"it is a draft (in {DRAFTS})"
    return ""


def _hiding_key(values: Mapping[str, object]) -> str:
    """The key by which the blog does not show the post; empty when there is none."""
    for key in _HIDING_FLAGS:
        if _shown(values.get(key)) in _TRUE:
            return key
    if _shown(values.get("published")) in _FALSE:
        return "published"
    return "status" if _shown(values.get("status")) in _HIDING_STATES else ""


def _shown(value: object) -> str:
    return str(value).strip().lower()


def _moment_of(front: FrontMatter, name: str, key: str) -> dt.datetime | None:
    text = front.values[name]
    if not isinstance(text, str) or not text.strip():
        return None
    moment = _parse_moment(text)
    if moment is None and key in _STRICT_KEYS:
        what = f"{name}: {text!r} is no date"
        raise ReadError(
            front.path, front.lines.get(name), what, "Write it as 2024-05-22T09:00:00Z"
        )
    return moment


def _parse_moment(text: str) -> dt.datetime | None:
    written = parse_written(text)
    return written.moment if written else None


def _due_moments(edition: Edition) -> list[dt.datetime]:
    """All moments that must have passed.

    The edition's own, its day's beginning, and the front matter's.
    """
    day = dt.datetime.combine(edition.date, dt.time())
    if edition.time is None:
        return [day, *edition.publication.due]

    # The day of a post that has a time begins in that time's own zone.
    moments = [edition.time, *edition.publication.due]
    return [day, *moments] if edition.date > edition.time.date() else moments


def _aware(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _format_moment(moment: dt.datetime, zone: dt.tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"
