"""Two machines, one store: the feed lists what both of them published.

Each writes its record before it writes the feed, and looks at the records again after it. Whoever writes the
feed last so sees all records, and writes it again until it lists them all: no store has to know conditions or
locks. In between, the feed may lack for a moment what the other machine published.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path

from podcast.errors import ContendedError
from podcast.model import Show
from podcast.publish.catalogue import Catalogue
from podcast.publish.feed import FeedEntry
from podcast.publish.published import load_entries, render_overviews, shapes_feed
from podcast.publish.store import Store

ROUNDS = 20
"""How often the feed is written again while others publish."""
log = logging.getLogger(__name__)


def write_overviews(store: Store, overviews: list[tuple[str, bytes | Path]]) -> list[str]:
    """Write feed and index, again where another machine does so too. Raises PublishError."""
    for attempt in range(ROUNDS):
        try:
            return store.write_all(overviews)
        except ContendedError:
            if attempt == ROUNDS - 1:
                raise
    return []


def settle_overviews(
    show: Show,
    store: Store,
    overviews: list[tuple[str, bytes | Path]],
    before: Mapping[str, str],
    own: Collection[str],
) -> list[tuple[str, bytes | Path]]:
    """Write feed and index again while records change that others wrote; what they are in the end.

    `overviews` were written from the records of `before`, each with its stamp, and from those in `own`, which
    this run wrote or is about to remove.
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
        write_overviews(store, overviews)
        before, own = now, ()
    log.warning(
        "%s: others publish all the time. Write the feed again later: podcast feed", show.title
    )
    return overviews


def _without(stamps: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    return {name: stamp for name, stamp in stamps.items() if name not in names}


def find_replaced(entries: Mapping[str, FeedEntry]) -> dict[str, str]:
    """Find slugs under which episodes were before their posts were renamed, where a run did not end that.

    Each comes with the file that stays.
    """
    slugs = {(entry.guid, entry.audio): entry.slug for entry in entries.values()}
    found = {slugs.get((entry.guid, entry.before)): entry for entry in entries.values()}
    return {slug: entry.before for slug, entry in found.items() if slug and slug != entry.slug}
