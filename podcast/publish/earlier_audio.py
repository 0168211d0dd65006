"""Audio that other audio replaced: how long it stays, and how it goes.

A feed in some cache still names it, with its transcripts and chapters. It stays for
`keep_replaced` days, or until its owner says that it has to go at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace

from podcast.model import EarlierAudio, Episode, Show
from podcast.publish import episode_record as record
from podcast.publish.catalogue import Catalogue
from podcast.publish.feed import FeedEntry
from podcast.publish.published import (
    audio_with_texts,
    earlier_names,
    load_entries,
    load_record,
    with_cover,
)
from podcast.publish.store import Store, locked

# Tells whether replaced audio has stayed for long enough.
IsOver = Callable[[EarlierAudio], bool]


def remove_expired_audio(show: Show, store: Store, now: dt.datetime) -> list[str]:
    """Remove the audio that was replaced more than `keep_replaced` days before `now`.

    The slugs of the episodes whose records name it no more. Audio of which an older presscast
    did not say when it was replaced stays until its episode is made again.
    """
    limit = now - dt.timedelta(days=show.store.keep_replaced)

    def is_over(earlier: EarlierAudio) -> bool:
        return earlier.replaced is not None and earlier.replaced <= limit

    entries = _load_entries(show, store)
    slugs: list[str] = []
    for entry in entries.values():
        if any(map(is_over, entry.earlier_audio)):
            slugs.append(entry.slug)
    if slugs:
        _remove(show, store, slugs, is_over)
    return slugs


def remove_earlier_audio(show: Show, store: Store, slug: str) -> None:
    """Remove all that an episode's audio replaced, though an app may still ask for it."""
    _remove(show, store, [slug], lambda _earlier: True)


def _remove(show: Show, store: Store, slugs: list[str], is_over: IsOver) -> None:
    with locked(store):
        # Another machine may have published meanwhile.
        entries = _load_entries(show, store)
        for slug in slugs:
            _remove_of_episode(store, slug, entries, is_over)


def _remove_of_episode(
    store: Store, slug: str, entries: Mapping[str, FeedEntry], is_over: IsOver
) -> None:
    name = f"{slug}.json"
    episode = load_record(store, name, lines=True)
    if episode is None:
        return

    staying = tuple(each for each in episode.earlier_audio if not is_over(each))
    if staying == episode.earlier_audio:
        return
    remaining = replace(episode, earlier_audio=staying)
    others = (entry for entry in entries.values() if entry.slug != slug)
    named = _list_named(remaining, *others)

    # The record goes last: a run that is ended before finds the rest by it.
    for file in sorted(earlier_names(episode) - named):
        store.delete(file)
    store.write(name, record.dump(remaining))


def _list_named(*episodes: Episode | FeedEntry) -> set[str]:
    """List the audio of episodes, with its texts, and what it replaced."""
    named = earlier_names(*episodes)
    for episode in episodes:
        named |= audio_with_texts(episode.audio)
    return named


def _load_entries(show: Show, store: Store) -> dict[str, FeedEntry]:
    # The catalogue is begun anew for a show that is not quite the one that published.
    show, _ = with_cover(show)
    with closing(Catalogue(show, repr(store))) as catalogue:
        return load_entries(show, store, catalogue)
