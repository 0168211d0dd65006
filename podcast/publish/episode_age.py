"""How old episodes are, one against the other, and which of them a show keeps.

No clock is read: days count from the newest episode, so that the same records always give the
same feed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from podcast.model import StoreSettings

_BYTES = {"MB": 1_000_000, "GB": 1_000_000_000}


class Dated(Protocol):
    """An episode, as far as its age and size go."""

    @property
    def slug(self) -> str: ...
    @property
    def published(self) -> dt.datetime: ...
    @property
    def bytes(self) -> int: ...
    @property
    def is_gone(self) -> bool: ...


T = TypeVar("T", bound=Dated)


def age(episode: Dated) -> tuple[dt.datetime, str]:
    """The order of episodes: the oldest first."""
    return episode.published, episode.slug


def choose_kept(keep: str, episodes: Iterable[T]) -> list[T]:
    """Choose the episodes that stay published, the oldest first.

    All, or the newest as far as `keep` goes.

    The newest stays, whatever its size. One whose files are gone does not come back when a
    newer one is withdrawn.
    """
    there = (episode for episode in episodes if not episode.is_gone)
    oldest_first = sorted(there, key=age)
    if not keep or not oldest_first:
        return oldest_first

    amount, unit = keep.split()
    if unit.startswith("episode"):
        return oldest_first[-int(amount) :]
    if unit.startswith("day"):
        first = oldest_first[-1].published - dt.timedelta(days=int(amount))
        return [episode for episode in oldest_first if episode.published > first]
    return _choose_by_size(int(amount) * _BYTES[unit], oldest_first)


def _choose_by_size(most: int, oldest_first: list[T]) -> list[T]:
    size = 0
    for count, episode in enumerate(reversed(oldest_first)):
        size += episode.bytes
        if count and size > most:
            return oldest_first[-count:]
    return oldest_first


def choose_present(settings: StoreSettings, episodes: Iterable[T]) -> list[T]:
    """Choose the episodes whose files stay published, the oldest first."""
    return choose_kept(settings.keep if settings.keep_removes == "both" else "", episodes)
