"""An episode is taken back.

Out of the feed first, then its facts out of the post and its files away.

What remains is a small file `withdrawn-SLUG.json`. While it is there, no run makes the episode,
and a run that was ended in the middle is finished by the next one. Undone, it is called
`undone-SLUG.json` until the episode is made again: then it keeps its guid, its moment and its
number, and its audio gets another name.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

from podcast.errors import PublishError
from podcast.model import Episode, Show, Withdrawal
from podcast.publish.catalogue import Catalogue
from podcast.publish.episode_record import dump_withdrawal, load_withdrawal
from podcast.publish.feed import FeedEntry
from podcast.publish.post_facts import without_facts
from podcast.publish.published import (
    UNDONE,
    WITHDRAWN,
    earlier_names,
    find_neighbours,
    list_withdrawn,
    load_entries,
    load_record,
    render_overviews,
    retire,
    rewrite_pages,
    shapes_feed,
    slugs_around,
    with_cover,
)
from podcast.publish.settling import settle_overviews, with_lock
from podcast.publish.store import Store, WriteShared, locked
from podcast.util.files import reason, write_atomic


def withdraw_episode(
    show: Show, store: Store, episode: Episode, post: Path | None = None
) -> None:
    """Take a published episode back. `post` is its post, where that is not among the show's.

    Raises PublishError; what was done until then is finished by the next run.
    """
    with_lock(store, partial(_withdraw_in_turn, show, store, episode, post))


def _withdraw_in_turn(
    show: Show, store: Store, episode: Episode, post: Path | None, write_shared: WriteShared
) -> None:
    show, _ = with_cover(show)
    withdrawal = Withdrawal(
        guid=episode.guid,
        slug=episode.slug,
        date=episode.date,
        published=episode.published,
        title=episode.title,
        post=episode.post,
        post_hash=episode.sources.whole if episode.sources else "",
        numbers=episode.numbers,
        audio=(episode.audio, *(earlier.audio for earlier in episode.earlier_audio)),
    )
    store.write(f"{WITHDRAWN}{episode.slug}.json", dump_withdrawal(withdrawal))
    store.delete(f"{UNDONE}{episode.slug}.json")
    stamps = store.stamps(shapes_feed)
    with closing(Catalogue(show, repr(store))) as catalogue:
        entries = load_entries(show, store, catalogue, stamps)
    neighbours = find_neighbours(show.store, entries.values())
    around = slugs_around(
        episode.slug, find_neighbours(show.store, [*entries.values(), episode])
    )
    rewrite_pages(show, store, around, neighbours)
    overviews = render_overviews(show, entries.values())
    write_shared(overviews)
    settle_overviews(show, store, write_shared, overviews, stamps, ())
    finish_withdrawal(show, store, episode.slug, entries.values(), post)


def finish_withdrawal(
    show: Show, store: Store, slug: str, entries: Iterable[FeedEntry], post: Path | None = None
) -> None:
    """Take the facts out of a withdrawn episode's post, and remove its files.

    No feed may name them any more.

    `entries` are the episodes that stay: what one of them names stays too.
    """
    episode = load_record(store, f"{slug}.json", lines=False)
    if episode is None:
        return
    path = post or (show.path(str(show.edition.posts)) / episode.post if episode.post else None)
    if path and path.is_file():
        _take_facts_out(show.edition.facts, episode, path)
    named: set[str] = set()
    for entry in entries:
        named |= {entry.audio, *earlier_names(entry)}
    for name in earlier_names(episode) - named:
        store.delete(name)
    retire(slug, store, named)


def _take_facts_out(style: str, episode: Episode, post: Path) -> None:
    try:
        content = post.read_bytes()
        remaining = without_facts(content, episode, style, str(post))
        if remaining != content:
            write_atomic(post, remaining)
    except OSError as error:
        raise PublishError(f"{post}: cannot be written: {reason(error)}") from error


def undo_withdrawal(store: Store, slug: str) -> None:
    """Let a withdrawn episode be made again. Raises PublishError when it is not withdrawn."""
    with locked(store):
        _undo_in_turn(store, slug)


def _undo_in_turn(store: Store, slug: str) -> None:
    content = store.read(f"{WITHDRAWN}{slug}.json")
    if content is None:
        raise PublishError(f"{slug} is not withdrawn. `podcast list` says what is")
    if store.read(f"{slug}.json") is not None:
        raise PublishError(f"{slug}: its withdrawal was broken off. End it first: podcast feed")
    store.write(f"{UNDONE}{slug}.json", content)
    store.delete(f"{WITHDRAWN}{slug}.json")


def load_withdrawals(
    store: Store, prefix: str = WITHDRAWN, names: Iterable[str] | None = None
) -> list[Withdrawal]:
    """Load what is known of withdrawn episodes; with UNDONE, of those that may be made again.

    `names` are the store's, where they are known: to list a large one takes seconds.
    """
    withdrawals: list[Withdrawal] = []
    for slug in list_withdrawn(store.names() if names is None else names, prefix):
        name = f"{prefix}{slug}.json"
        content = store.read(name)
        if content is not None:
            withdrawals.append(load_withdrawal(content, name))
    return withdrawals
