"""Episodes get their numbers once, in their records, and keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace

from podcast.model import Numbers, Show
from podcast.publish import episode_record as record
from podcast.publish.catalogue import Catalogue
from podcast.publish.feed import FeedEntry, age, make_entry
from podcast.publish.published import UNDONE, load_entries, load_record, with_cover
from podcast.publish.store import Store, locked
from podcast.publish.withdrawing import load_withdrawals


class NumberBook:
    """Numbers for editions that are made side by side: they follow their dates, whichever is ready first."""

    def __init__(self, show: Show, store: Store) -> None:
        self._numbering = show.numbering
        self._records: set[str] = set()
        self._taken: list[tuple[int, Numbers]] = []
        if not show.numbering:
            return
        covered, _ = with_cover(show)
        with locked(store), closing(Catalogue(covered, repr(store))) as catalogue:
            entries = load_entries(covered, store, catalogue)
            self._taken = withdrawn_numbers(covered.numbering, store)
            entries = number_episodes(covered, store, entries, self._taken)
        self._taken += [(entry.date.year, entry.numbers) for entry in entries.values()]
        self._records = set(entries)

    def reserve(self, slug: str, date: dt.date) -> Numbers:
        """Give an edition that has no episode yet its number."""
        if f"{slug}.json" in self._records:
            return Numbers()
        numbers = next_numbers(self._numbering, date.year, Numbers(), self._taken)
        self._taken.append((date.year, numbers))
        return numbers


def withdrawn_numbers(numbering: str, store: Store) -> list[tuple[int, Numbers]]:
    """The years and numbers of withdrawn episodes, which no other episode gets."""
    if not numbering:
        return []
    found = [*load_withdrawals(store), *load_withdrawals(store, UNDONE)]
    return [(withdrawal.date.year, withdrawal.numbers) for withdrawal in found]


def number_episodes(
    show: Show,
    store: Store,
    entries: Mapping[str, FeedEntry],
    given: Iterable[tuple[int, Numbers]],
) -> dict[str, FeedEntry]:
    """Number the published episodes that have no number under the show's numbering, the oldest first.

    Those are the ones that were published before the show had that numbering, or by a presscast that counted
    anew each time: it gave the same numbers. `given` are the years and numbers of withdrawn episodes.
    """
    unnumbered = [
        name for name, entry in entries.items() if needs_number(show.numbering, entry.numbers)
    ]
    if not unnumbered:
        return dict(entries)

    taken = [*given, *((entry.date.year, entry.numbers) for entry in entries.values())]
    numbered = dict(entries)
    for name in sorted(unnumbered, key=lambda name: age(entries[name])):
        episode = load_record(store, name, lines=True)
        if episode is None:
            continue
        episode = replace(
            episode,
            numbers=next_numbers(show.numbering, episode.date.year, episode.numbers, taken),
        )
        taken.append((episode.date.year, episode.numbers))
        store.write(name, record.dump(episode))
        numbered[name] = make_entry(show, episode)
    return numbered


def needs_number(numbering: str, numbers: Numbers) -> bool:
    """Tell whether an episode has still to get its number under the show's numbering."""
    return (numbering == "all" and not numbers.show) or (
        numbering == "year" and not numbers.year
    )


def next_numbers(
    numbering: str, year: int, numbers: Numbers, taken: Iterable[tuple[int, Numbers]]
) -> Numbers:
    """Give the next number under the show's numbering, where there is none yet."""
    if not needs_number(numbering, numbers):
        return numbers
    if numbering == "all":
        return replace(numbers, show=1 + max((other.show for _, other in taken), default=0))
    same_year = (other.year for other_year, other in taken if other_year == year)
    return replace(numbers, year=1 + max(same_year, default=0))
