"""Two machines, one store.

The feed lists what both of them published, and no number is given twice.

Machines take turns by the store's lock (`with_lock`). Where a store has none, or heeds no
condition, each looks at the records again after it wrote the feed, and writes it again until it
lists them all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from podcast.errors import LostLockError
from podcast.model import Show
from podcast.publish.catalogue import Catalogue
from podcast.publish.feed import FeedEntry
from podcast.publish.published import (
    earlier_names,
    load_entries,
    render_overviews,
    shapes_feed,
)
from podcast.publish.store import Store, WriteShared, locked

# How often the feed is written again while others publish.
ROUNDS = 20
log = logging.getLogger(__name__)

T = TypeVar("T")


def with_lock(store: Store, act: Callable[[WriteShared], T]) -> T:
    """Do what writes feed and records while no other machine does so.

    Again when the lock was lost.

    `act` MUST read what is published anew each time. Raises PublishError.
    """
    for _ in range(ROUNDS):
        try:
            with locked(store) as write_shared:
                return act(write_shared)
        except LostLockError as error:
            log.info("%s", error)
    with locked(store) as write_shared:
        return act(write_shared)


def settle_overviews(
    show: Show,
    store: Store,
    write_shared: WriteShared,
    overviews: list[tuple[str, bytes | Path]],
    before: Mapping[str, str],
    own: Collection[str],
) -> list[tuple[str, bytes | Path]]:
    """Write feed and index again while records change that others wrote.

    What they are in the end.

    `overviews` were written from the records of `before`, each with its stamp, and from those
    in `own`, which this run wrote or is about to remove.
    """
    for _ in range(ROUNDS):
        now = store.stamps(shapes_feed)
        if _without(now, own) == _without(before, own):
            return overviews
        with closing(Catalogue(show, repr(store))) as catalogue:
            entries = load_entries(show, store, catalogue, now)
        replaced = find_replaced(entries)
        remaining = [entry for entry in entries.values() if entry.slug not in replaced]
        overviews = render_overviews(show, remaining)
        write_shared(overviews)
        before, own = now, ()
    log.warning(
        "%s: others publish all the time. Write the feed again later: podcast feed", show.title
    )
    return overviews


def _without(stamps: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    return {name: stamp for name, stamp in stamps.items() if name not in names}


def find_replaced(entries: Mapping[str, FeedEntry]) -> dict[str, set[str]]:
    """Find slugs of episodes from before their posts were renamed, that a run left behind.

    Each comes with the files that stay.
    """
    slugs = {(entry.guid, entry.audio): entry.slug for entry in entries.values()}
    replaced: dict[str, set[str]] = {}
    for entry in entries.values():
        for earlier in entry.earlier_audio[:1]:
            slug = slugs.get((entry.guid, earlier.audio), entry.slug)
            if slug != entry.slug:
                replaced[slug] = earlier_names(entry)
    return replaced
