"""Episodes get their numbers once, in their records, and keep them."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from contextlib import closing
from dataclasses import replace

from podcast.errors import PublishError
from podcast.model import (
    Edition,
    Episode,
    EpisodeDetails,
    Numbers,
    Show,
    Withdrawal,
)
from podcast.publish import episode_record as record
from podcast.publish.catalogue import Catalogue
from podcast.publish.episode_age import age
from podcast.publish.feed import FeedEntry, make_entry
from podcast.publish.listed_number import find_number, gets_number
from podcast.publish.published import (
    UNDONE,
    load_entries,
    load_record,
    shapes_feed,
    with_cover,
)
from podcast.publish.store import Store, locked
from podcast.publish.withdrawing import load_withdrawals


class NumberBook:
    """Numbers for editions that are made side by side.

    They follow their dates, whichever is ready first.
    """

    def __init__(self, show: Show, store: Store) -> None:
        self._is_serial = show.feed.serial
        self._numbering = show.feed.numbering
        self._records: set[str] = set()
        self._taken: list[tuple[int, Numbers]] = []
        if not show.feed.numbering:
            return
        covered, _ = with_cover(show)
        with locked(store), closing(Catalogue(covered, repr(store))) as catalogue:
            stamps = store.stamps(shapes_numbers)
            entries = load_entries(covered, store, catalogue, stamps)
            self._taken = withdrawn_numbers(covered.feed.numbering, store, stamps)
            entries = number_episodes(covered, store, entries, self._taken)
        self._taken += _list_given(entries.values())
        self._records = set(entries)

    def reserve(self, edition: Edition) -> Numbers:
        """Give an edition that has no episode yet its number."""
        if f"{edition.slug}.json" in self._records:
            return Numbers()

        year, details = edition.date.year, edition.details
        if details.number:
            numbers = _count_given(self._numbering, year, details, Numbers())
        elif gets_number(self._is_serial, details):
            numbers = next_numbers(self._numbering, year, Numbers(), self._taken)
        else:
            numbers = Numbers()
        self._taken.append((year, numbers))
        return numbers


def shapes_numbers(name: str) -> bool:
    """Tell whether a file of that name says which numbers are given."""
    return shapes_feed(name) or name.startswith(UNDONE)


def withdrawn_numbers(
    numbering: str, store: Store, names: Collection[str]
) -> list[tuple[int, Numbers]]:
    """The years and numbers of withdrawn episodes, which no other episode gets.

    `names` are the store's.
    """
    if not numbering:
        return []
    withdrawals = load_withdrawals(store, names=names)
    withdrawals += load_withdrawals(store, UNDONE, names)
    return _list_given(withdrawals)


def _list_given(episodes: Iterable[FeedEntry | Withdrawal]) -> list[tuple[int, Numbers]]:
    """List the years and numbers of episodes."""
    return [(episode.date.year, episode.numbers) for episode in episodes]


def number_episodes(
    show: Show,
    store: Store,
    entries: Mapping[str, FeedEntry],
    given: Iterable[tuple[int, Numbers]],
) -> dict[str, FeedEntry]:
    """Number the published episodes that the show's numbering has none for, the oldest first.

    Those are the ones that were published before the show had that numbering, or by a presscast
    that counted anew each time: it gave the same numbers. `given` are the years and numbers of
    withdrawn episodes.
    """
    unnumbered: list[str] = []
    for name, entry in entries.items():
        if entry.is_numbered and needs_number(show.feed.numbering, entry.numbers):
            unnumbered.append(name)
    if not unnumbered:
        return dict(entries)

    taken = [*given, *_list_given(entries.values())]
    numbered = dict(entries)
    for name in sorted(unnumbered, key=lambda name: age(entries[name])):
        episode = load_record(store, name, lines=True)
        if episode is None:
            continue
        episode = replace(
            episode,
            numbers=next_numbers(
                show.feed.numbering, episode.date.year, episode.numbers, taken
            ),
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
        return replace(numbers, show=1 + max(_taken_in_show(taken), default=0))
    return replace(numbers, year=1 + max(_taken_in_year(year, taken), default=0))


def number_episode(
    numbering: str,
    is_serial: bool,
    given: Iterable[tuple[int, Numbers]],
    episode: Episode,
    replaced: Episode | None,
    entries: Iterable[FeedEntry],
    wanted: Numbers,
) -> Episode:
    """Give an episode the numbers that it had, or else the wanted ones, or else the next ones.

    `given` are the years and numbers of withdrawn episodes.

    Raises PublishError when its post gives it the number of another episode.
    """
    others = [entry for entry in entries if entry.guid != episode.guid]
    numbers = replaced.numbers if replaced else episode.numbers
    if episode.details.number:
        _require_free_number(numbering, episode, others)
        year, details = episode.date.year, episode.details
        counted = _count_given(numbering, year, details, numbers)
        return replace(episode, numbers=counted)
    if not gets_number(is_serial, episode.details):
        return replace(episode, numbers=numbers)

    taken = [*given, *_list_given(others)]
    year = episode.date.year
    if needs_number(numbering, numbers):
        numbers = _take_wanted(numbering, year, numbers, wanted, taken)
    return replace(episode, numbers=next_numbers(numbering, year, numbers, taken))


def _take_wanted(
    numbering: str,
    year: int,
    numbers: Numbers,
    wanted: Numbers,
    taken: Iterable[tuple[int, Numbers]],
) -> Numbers:
    """Take the wanted number where it is free; else none."""
    if numbering == "all":
        return replace(numbers, show=_choose_free(wanted.show, _taken_in_show(taken)))
    return replace(numbers, year=_choose_free(wanted.year, _taken_in_year(year, taken)))


def _choose_free(number: int, taken: Container[int]) -> int:
    """The number where it is free; 0 where it is not."""
    return 0 if number in taken else number


def _taken_in_show(taken: Iterable[tuple[int, Numbers]]) -> set[int]:
    """The numbers of the show that are given."""
    return {numbers.show for _, numbers in taken}


def _taken_in_year(year: int, taken: Iterable[tuple[int, Numbers]]) -> set[int]:
    """The numbers of a year that are given."""
    return {numbers.year for other_year, numbers in taken if other_year == year}


def _count_given(
    numbering: str, year: int, details: EpisodeDetails, numbers: Numbers
) -> Numbers:
    """Count a number that a post gives, so that the next episode goes on from it."""
    if numbering == "all" and not details.season:
        return replace(numbers, show=details.number)
    if numbering == "year" and details.season in (0, year):
        return replace(numbers, year=details.number)
    return numbers


def _require_free_number(numbering: str, episode: Episode, others: Iterable[FeedEntry]) -> None:
    """Raise PublishError when another full episode has the number that a post gives."""
    if episode.details.kind != "full":
        return
    wanted = find_number(numbering, episode)
    for other in others:
        if other.full_number == wanted:
            what = f"episode: {wanted[1]} is the number of {other.slug} already"
            raise PublishError(f"{episode.post or episode.slug}: {what}. Give it another one")
