"""An episode is published, or everything that follows from the records is written again."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import (
    Collection,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
)
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from podcast.errors import PublishError
from podcast.model import NO_NUMBERS, Episode, Numbers, Show
from podcast.publish import episode_record as record
from podcast.publish.audio_place import is_audio
from podcast.publish.catalogue import Catalogue, FileGroup
from podcast.publish.cover import ICON_SIZES, icon_name
from podcast.publish.episode_age import age
from podcast.publish.feed import FeedEntry, make_entry
from podcast.publish.numbering import (
    number_episode,
    number_episodes,
    shapes_numbers,
    withdrawn_numbers,
)
from podcast.publish.pages import Neighbours
from podcast.publish.post_facts import (
    find_author_keys,
    has_front_matter,
    say_no_front_matter,
    tell_of_author_keys,
    with_facts,
    with_include,
    written_facts,
)
from podcast.publish.published import (
    FILE_GROUPS,
    UNDONE,
    WITHDRAWN,
    earlier_names,
    episode_names,
    find_neighbours,
    group_names,
    list_own_names,
    list_withdrawn,
    load_entries,
    load_record,
    remove_old_files,
    render_files,
    render_overviews,
    retire,
    rewrite_pages,
    shapes_feed,
    spread,
    with_cover,
    write_icons,
    write_portraits,
)
from podcast.publish.settling import find_replaced, settle_overviews, with_lock
from podcast.publish.site_files import MANIFEST, SITEMAP
from podcast.publish.store import Store, WriteShared
from podcast.publish.withdrawing import finish_withdrawal
from podcast.util.files import reason, replacing

# Bytes of an MP3 that are hashed at once: after each piece a thread waits for the
# interpreter's lock.
_HASHED = 1 << 24
log = logging.getLogger(__name__)

# Files that name all episodes, and that a show may have no more.
_OVERVIEW = re.compile(r"feed-\d+\.xml|sitemap\.xml")


@dataclass(frozen=True, slots=True)
class _Publication:
    """What `publish_episode` was asked for."""

    episode: Episode
    mp3: Path
    show: Show
    store: Store
    post: Path | None
    beside: Mapping[str, bytes | Path]
    numbers: Numbers


def publish_episode(
    episode: Episode,
    mp3: Path,
    show: Show,
    store: Store,
    post: Path | None = None,
    beside: Mapping[str, bytes | Path] = MappingProxyType({}),
    numbers: Numbers = NO_NUMBERS,
) -> bool:
    """Publish an episode, anew or again; whether anything but the look of pages changed.

    `mp3` is the tagged file that the episode speaks of; `post` gets the episode's facts in its
    front matter; `beside` holds the other files that the record names and that do not follow
    from it: art, Opus. Nobody may write into these files afterwards. `numbers` are those that
    it is to have where it has none yet.

    All is computed before anything is written. Then the order is audio, transcripts, chapters,
    page, record, index, feed, post: a reader of the feed never sees an episode whose files are
    not there, and when something cannot be written, the feed is as it was, and all that it
    names. What is right already is not touched.

    An episode of the same guid under another slug is replaced: its files go when no feed names
    them. So do those of audio that it had before, but for `episode.earlier_audio`.

    Raises PublishError.
    """
    job = _Publication(episode, mp3, show, store, post, beside, numbers)
    return with_lock(store, partial(_publish_in_turn, job))


def _publish_in_turn(job: _Publication, write_shared: WriteShared) -> bool:
    """Publish while no other machine does.

    All is read anew, for another one may have published.
    """
    store, post = job.store, job.post
    show, cover = with_cover(job.show)
    # One listing for all: of a bucket with thousands of files, each takes seconds.
    names = store.stamps(partial(_concerns, job.episode.slug))
    stamps = _choose_shaping(names)
    entries, episode = _settle_episode(job, show, names)
    others = _without_slugs(entries, {episode.slug})
    replaced = _find_replaced_slugs(episode, entries)
    listed = [make_entry(show, episode), *_without_slugs(others, replaced).values()]
    neighbours = find_neighbours(show.store, listed)
    if episode.slug not in neighbours:
        episode = replace(episode, is_gone=True)
        listed[0] = make_entry(show, episode)
    overviews = render_overviews(show, listed)
    changed_pages = _find_changed(find_neighbours(show.store, entries.values()), neighbours)
    changed_pages.discard(episode.slug)
    writes = _render_writes(job, show, episode, neighbours.get(episode.slug))

    with _facts_written(show.edition.facts, show.edition.include, post, episode) as new_facts:
        written = set(store.write_all([(show.cover, cover), *writes]))
        _write_missing_icons(store, cover, show.cover)
        write_portraits(store, show.portraits.values(), show.path("voices"))
        rewrite_pages(show, store, sorted(changed_pages), neighbours)
        written |= set(write_shared(overviews))
        own = {f"{slug}.json" for slug in (episode.slug, *replaced)}
        overviews = settle_overviews(show, store, write_shared, overviews, stamps, own)

        _retire_all(store, replaced)
        _sweep(store, names, overviews, episode, earlier_names(*others.values()))
        remove_old_files(show.store, store, listed)
        if f"{UNDONE}{episode.slug}.json" in names:
            store.delete(f"{UNDONE}{episode.slug}.json")
    # A page that only looks otherwise, as after an upgrade, is no other episode.
    pages = {*group_names(episode, "page"), "index.html", SITEMAP, MANIFEST}
    return new_facts or bool(written - pages)


def _concerns(slug: str, name: str) -> bool:
    """Tell whether publishing an episode has to know of a file of that name."""
    is_ours = name.startswith(f"{slug}.") or is_audio(name)
    return is_ours or shapes_numbers(name) or _OVERVIEW.fullmatch(name) is not None


def _choose_shaping(stamps: Mapping[str, str]) -> dict[str, str]:
    """Choose what decides what the feed lists."""
    return {name: stamp for name, stamp in stamps.items() if shapes_feed(name)}


def _settle_episode(
    job: _Publication, show: Show, stamps: Mapping[str, str]
) -> tuple[dict[str, FeedEntry], Episode]:
    """Load what is published, and give the episode what follows from that.

    Its number, its author's keys.
    """
    episode, store, numbering = job.episode, job.store, show.feed.numbering
    with closing(Catalogue(show, repr(store))) as catalogue:
        entries = load_entries(show, store, catalogue, stamps)
    if f"{WITHDRAWN}{episode.slug}.json" in stamps:
        raise PublishError(
            f"{episode.slug} was withdrawn meanwhile. To have it again: podcast withdraw --undo"
        )

    given = withdrawn_numbers(numbering, store, stamps)
    entries = number_episodes(show, store, entries, given)
    published = entries.values()
    earlier = _replaced_episode(store, episode, published)
    episode = _with_author_keys(show.edition.facts, episode, job.post, earlier)
    is_serial = show.feed.serial
    episode = number_episode(
        numbering, is_serial, given, episode, earlier, published, job.numbers
    )
    return entries, episode


def _render_writes(
    job: _Publication, show: Show, episode: Episode, neighbours: Neighbours | None
) -> list[tuple[str, bytes | Path]]:
    """Everything that is the episode's own, its record last, while a thread checks its audio.

    None for an episode without neighbours in what is published: the show does not keep its
    files.
    """
    with ThreadPoolExecutor(1) as thread:
        checked = thread.submit(_check_audio, episode, job.mp3)
        writes: list[tuple[str, bytes | Path]] = []
        if neighbours is not None:
            writes += [(episode.audio, job.mp3), *job.beside.items()]
            for group in FILE_GROUPS:
                writes += render_files(show, episode, group, neighbours)
        writes.append((f"{episode.slug}.json", record.dump(episode)))
        checked.result()
    return writes


def _write_missing_icons(store: Store, cover: bytes, name: str) -> None:
    """Write the cover's small copies where one is missing."""
    if any(store.size(icon_name(name, size)) is None for size in ICON_SIZES):
        write_icons(store, cover, name)


def _retire_all(store: Store, replaced: Mapping[str, Collection[str]]) -> None:
    """Remove the files of slugs that episodes had before, but those kept for old feeds."""
    for slug, names in replaced.items():
        retire(slug, store, names)


def _find_replaced_slugs(
    episode: Episode, entries: Mapping[str, FeedEntry]
) -> dict[str, set[str]]:
    """Find the slugs that the episode, or another whose run was ended, had before.

    Each with the files that stay.
    """
    replaced: dict[str, set[str]] = {}
    for other in entries.values():
        if other.guid == episode.guid and other.slug != episode.slug:
            replaced[other.slug] = earlier_names(episode)
    unfinished = find_replaced(entries)
    unfinished.pop(episode.slug, None)
    return replaced | unfinished


def _find_changed(
    before: Mapping[str, Neighbours], after: Mapping[str, Neighbours]
) -> set[str]:
    """Find the slugs of episodes that have other neighbours than before."""
    return {slug for slug in after if before.get(slug) != after[slug]}


def rebuild_feed(show: Show, store: Store, executor: Executor | None = None) -> list[FeedEntry]:
    """Write everything that follows from the records again; the episodes, newest first.

    The same records give the same bytes, and what is right already is not touched. `executor`,
    which may be one of processes, takes the work when there is much of it.

    Raises PublishError, before anything is written, when a record is not right or its audio is
    missing; for what is said in it, before the feed is written.
    """
    return with_lock(store, partial(_rebuild_in_turn, show, store, executor))


def _rebuild_in_turn(
    show: Show, store: Store, executor: Executor | None, write_shared: WriteShared
) -> list[FeedEntry]:
    """Rebuild while no other machine publishes."""
    show, cover = with_cover(show)
    with closing(Catalogue(show, repr(store))) as catalogue:
        stamps, loaded = _load_numbered(show, store, catalogue, executor)
        replaced = find_replaced(loaded)
        entries = _without_slugs(loaded, replaced)
        neighbours = find_neighbours(show.store, entries.values())
        gone = {entry.slug for entry in entries.values()} - neighbours.keys()
        present = _without_slugs(entries, gone)
        _require_one_record_each(entries.values())
        _require_audio(present.values(), stamps)

        overviews = render_overviews(show, entries.values())
        store.write(show.cover, cover)
        write_icons(store, cover, show.cover)
        write_portraits(store, show.portraits.values(), show.path("voices"))
        new = _find_stale_files(catalogue, present, stamps, neighbours)
        stale = ((name, groups, neighbours[present[name].slug]) for name, groups in new.items())
        for _ in spread(partial(_rewrite, show, store), stale, executor):
            pass

        write_shared(overviews)
        seen = _choose_shaping(stamps)
        overviews = settle_overviews(show, store, write_shared, overviews, seen, ())
        _retire_all(store, replaced)
        for slug in list_withdrawn(stamps):
            finish_withdrawal(show, store, slug, entries.values())
        _sweep(store, stamps, overviews)
        remove_old_files(show.store, store, entries.values())
        if new:
            _remember_files(catalogue, new, present, store.stamps(), neighbours)
    return sorted(entries.values(), key=age, reverse=True)


def _without_slugs(
    entries: Mapping[str, FeedEntry], slugs: Container[str]
) -> dict[str, FeedEntry]:
    return {name: entry for name, entry in entries.items() if entry.slug not in slugs}


def _load_numbered(
    show: Show, store: Store, catalogue: Catalogue, executor: Executor | None
) -> tuple[Mapping[str, str], dict[str, FeedEntry]]:
    """Load what is published; number what has no number yet, and seal what has no seal.

    The files' stamps, and the entries.
    """
    stamps = store.stamps()
    entries = load_entries(show, store, catalogue, stamps, executor)
    given = withdrawn_numbers(show.feed.numbering, store, stamps)
    settled = _seal_records(store, number_episodes(show, store, entries, given))
    if settled != entries:
        return store.stamps(), settled
    return stamps, entries


def _seal_records(store: Store, entries: Mapping[str, FeedEntry]) -> dict[str, FeedEntry]:
    """Give each record of an older presscast its checksum, and the form of today."""
    sealed = dict(entries)
    for name, entry in entries.items():
        if entry.is_sealed:
            continue
        episode = load_record(store, name, lines=True)
        if episode is not None:
            store.write(name, record.dump(replace(episode, is_sealed=True)))
            sealed[name] = replace(entry, is_sealed=True)
    return sealed


def _require_one_record_each(entries: Iterable[FeedEntry]) -> None:
    """Raise PublishError where two records are of one episode."""
    slugs: dict[str, str] = {}
    for entry in entries:
        other = slugs.setdefault(entry.guid, entry.slug)
        if other != entry.slug:
            what = f"{entry.slug}.json and {other}.json are records of one episode"
            raise PublishError(f"{what}. Remove one")


def _require_audio(entries: Iterable[FeedEntry], stamps: Mapping[str, str]) -> None:
    """Raise PublishError where an episode's audio is missing."""
    for entry in entries:
        if entry.audio not in stamps:
            remedy = f"Make {entry.date} again, or remove {entry.slug}.json"
            raise PublishError(f"{entry.audio} is missing. {remedy}")


def _find_stale_files(
    catalogue: Catalogue,
    entries: Mapping[str, FeedEntry],
    stamps: Mapping[str, str],
    neighbours: Mapping[str, Neighbours],
) -> dict[str, list[FileGroup]]:
    """Find the records whose files are not known to be what follows from them.

    Which groups of files.
    """
    stale: dict[str, list[FileGroup]] = {}
    for group in FILE_GROUPS:
        made = catalogue.made(group)
        for name, entry in entries.items():
            if made.get(name) != _made(name, entry, group, stamps, neighbours):
                stale.setdefault(name, []).append(group)
    return stale


def _remember_files(
    catalogue: Catalogue,
    written: Mapping[str, Sequence[FileGroup]],
    entries: Mapping[str, FeedEntry],
    stamps: Mapping[str, str],
    neighbours: Mapping[str, Neighbours],
) -> None:
    """Remember that these groups of files are what follows from their records."""
    for group in FILE_GROUPS:
        made: dict[str, str] = {}
        for name, groups in written.items():
            if group in groups:
                made[name] = _made(name, entries[name], group, stamps, neighbours)
        catalogue.remember_made(group, made)


def _rewrite(
    show: Show, store: Store, stale: Sequence[tuple[str, Sequence[FileGroup], Neighbours]]
) -> list[str]:
    """Write these groups of what follows from each record; the files that were written."""
    files: list[tuple[str, bytes | Path]] = []
    for name, groups, neighbours in stale:
        if episode := load_record(store, name, lines=True):
            for group in groups:
                files += render_files(show, episode, group, neighbours)
    return store.write_all(files)


def _made(
    name: str,
    entry: FeedEntry,
    group: FileGroup,
    stamps: Mapping[str, str],
    neighbours: Mapping[str, Neighbours],
) -> str:
    """Changes with the record and each of the files of a group, and when one is missing.

    Pages change with their neighbours as well.
    """
    found: list[object] = [stamps.get(each) for each in (name, *group_names(entry, group))]
    if group == "page":
        found.append(neighbours[entry.slug])
    return hashlib.sha256(repr(found).encode()).hexdigest()


def _sweep(
    store: Store,
    names: Iterable[str],
    overviews: list[tuple[str, bytes | Path]],
    episode: Episode | None = None,
    kept: Set[str] = frozenset(),
) -> None:
    """Remove archives of the feed that are no more, and files that no record names any more.

    `names` are those of the store, the files those of the episode's name; other episodes name
    those in `kept`.
    """
    candidates = {name for name in names if _OVERVIEW.fullmatch(name)}
    current = {name for name, _ in overviews}
    if episode:
        candidates.update(list_own_names(episode.slug, names))
        current |= kept | episode_names(episode)
    for name in sorted(candidates - current):
        store.delete(name)


def _check_audio(episode: Episode, mp3: Path) -> None:
    digest, size = hashlib.sha256(), 0
    try:
        with mp3.open("rb") as file:
            while block := file.read(_HASHED):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise PublishError(f"{mp3}: cannot be read: {error.strerror}") from error
    if (size, digest.hexdigest()) != (episode.bytes, episode.sha256):
        raise PublishError(
            f"{mp3}: not the file that {episode.slug} was made with. Make {episode.date} again"
        )


def _replaced_episode(
    store: Store, episode: Episode, entries: Iterable[FeedEntry]
) -> Episode | None:
    """The published episode of the same guid, without its lines; None when there is none."""
    for entry in entries:
        if entry.guid == episode.guid:
            return load_record(store, f"{entry.slug}.json", lines=False)
    return None


def _with_author_keys(
    style: str, episode: Episode, post: Path | None, replaced: Episode | None
) -> Episode:
    """The episode, knowing which keys of its post are the author's; says those that are new."""
    if post is None:
        return episode
    try:
        keys = find_author_keys(post.read_bytes(), episode, replaced, style)
    except OSError as error:
        raise PublishError(f"{post}: cannot be written: {reason(error)}") from error
    known = replaced.author_keys if replaced else ()
    if new := [key for key in keys if key not in known]:
        log.warning("%s", tell_of_author_keys(str(post), new))
    return replace(episode, author_keys=keys)


@contextmanager
def _facts_written(
    style: str, include: str, post: Path | None, episode: Episode
) -> Iterator[bool]:
    """Tell whether facts or the player's line change the post.

    The change is seen when the block ends well.

    It is written beside the post before the block: when that fails, nothing has been published
    yet.
    """
    if post is None:
        yield False
        return

    def told(content: bytes) -> bytes:
        written = written_facts(episode, style)
        filled = with_facts(content, written, str(post)) if written else content
        return with_include(filled, include, str(post))

    try:
        before = post.read_bytes()
        if (style != "none" or include) and not has_front_matter(before):
            log.warning("%s", say_no_front_matter(str(post)))
            yield False
            return
        if (after := told(before)) == before:
            yield False
            return
        with replacing(post.resolve()) as temporary:
            temporary.write_bytes(after)
            yield True
            if (now := post.read_bytes()) != before:  # Its author saved it meanwhile.
                temporary.write_bytes(told(now))
    except OSError as error:
        raise PublishError(f"{post}: cannot be written: {reason(error)}") from error
