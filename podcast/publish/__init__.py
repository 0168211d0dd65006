"""Stage 6: an Episode becomes files that apps, browsers and the blog read.

The records are the truth: feed, pages, chapters and transcripts are written from them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from podcast.errors import PublishError
from podcast.model import Episode, Show
from podcast.publish import episode_record as record
from podcast.publish.catalogue import Catalogue, FileGroup
from podcast.publish.feed import FeedEntry, age, feeds, make_entry
from podcast.publish.formats import TEXTS, EpisodeText
from podcast.publish.pages import episode_page, index_page, warm_up
from podcast.publish.post_facts import (
    find_author_keys,
    tell_of_author_keys,
    with_facts,
    with_include,
    written_facts,
)
from podcast.publish.soundbite import choose_soundbite
from podcast.util.files import reason, replacing

_COVERS = ("cover.jpg", "cover.jpeg", "cover.png")
_OTHER_ENDINGS = ("json", "html", "opus", "mp3", "jpg")
"""Endings of an episode's files that are no texts."""
_FILE_GROUPS: tuple[FileGroup, ...] = ("texts", "page")
"""What is written from a record, in the order of publishing."""
_AT_ONCE = 100
"""Episodes whose files a rebuild writes together."""
_HASHED = 1 << 24
"""Bytes of an MP3 that are hashed at once: after each piece a thread waits for the interpreter's lock."""
log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")
_ARCHIVE = re.compile(r"feed-\d+\.xml")


__all__ = [
    "Store",
    "art_name",
    "choose_soundbite",
    "load_episodes",
    "publish_episode",
    "rebuild_feed",
    "retire",
    "warm_up",
]


class Store(Protocol):
    """Where the published files are. Names are relative, with `/`, and never leave the store.

    Every method MUST raise PublishError for a name that would leave it, has a backslash or a colon, or a
    group that begins with a dot; and for every error of the store's own."""

    def names(self) -> Iterable[str]:
        """Every file's name, sorted."""
        ...

    def stamps(self, wanted: Callable[[str], bool] = ...) -> Mapping[str, str]:
        """The names that are wanted (all), sorted, each with a text that changes whenever its file does."""
        ...

    def read(self, name: str) -> bytes | None:
        """The whole file; None when there is none."""
        ...

    def size(self, name: str) -> int | None:
        """Its size in bytes; None when there is none."""
        ...

    def write(self, name: str, content: bytes | Path) -> bool:
        """Put a file: bytes, or a local file, which nobody may write into afterwards; whether it had to be
        written.

        MUST replace at once: a reader sees the old or the new. MUST leave alone a file that holds the
        content already. MAY give the local file a second name instead of copying it."""
        ...

    def write_all(self, files: Sequence[tuple[str, bytes | Path]]) -> list[str]:
        """Put each file as `write` does, in their order; the names of those that had to be written.

        Sooner than one by one, where the place allows it."""
        ...

    def delete(self, name: str) -> None:
        """Remove a file; no error when there is none."""
        ...


def publish_episode(
    episode: Episode,
    mp3: Path,
    show: Show,
    store: Store,
    post: Path | None = None,
    beside: Mapping[str, bytes | Path] = MappingProxyType({}),
) -> bool:
    """Publish an episode, anew or again; whether anything but the look of pages changed.

    `mp3` is the tagged file that the episode speaks of; `post` gets the episode's facts in its front matter;
    `beside` holds the other files that the record names and that do not follow from it: art, Opus. Nobody may
    write into these files afterwards.

    All is computed before anything is written. Then the order is audio, transcripts, chapters, page, record,
    index, feed, post: a reader of the feed never sees an episode whose files are not there, and when
    something cannot be written, the feed is as it was, and all that it names. What is right already is not
    touched.

    An episode of the same guid under another slug is replaced: its files go when no feed names them. So do
    those of the audio that this one replaced, but for `episode.before`.

    Raises PublishError.
    """
    show, cover = _with_cover(show)
    with closing(Catalogue(show, repr(store))) as catalogue:
        entries = _entries(show, store, catalogue)
    episode = _with_author_keys(
        show.facts, episode, post, _replaced_episode(store, episode, entries.values())
    )
    others = [other for other in entries.values() if other.slug != episode.slug]
    replaced = {other.slug: episode.before for other in others if other.guid == episode.guid}
    replaced |= {slug: kept for slug, kept in _replaced(entries).items() if slug != episode.slug}
    overviews = _overviews(show, [make_entry(show, episode), *(o for o in others if o.slug not in replaced)])
    with ThreadPoolExecutor(1) as thread:
        checked = thread.submit(_check_audio, episode, mp3)
        writes: list[tuple[str, bytes | Path]] = [
            (show.cover, cover),
            (episode.audio, mp3),
            *beside.items(),
            *(file for group in _FILE_GROUPS for file in _files(show, episode, group)),
            (f"{episode.slug}.json", record.dump(episode)),
        ]
        checked.result()
    with _facts_written(show.facts, show.include, post, episode) as new_facts:
        written = {*store.write_all(writes), *store.write_all(overviews)}
        for slug, kept in replaced.items():
            retire(slug, store, kept)
        _sweep(store, overviews, episode, {other.before for other in others})
    # A page that only looks otherwise, as after an upgrade, is no other episode.
    pages = {f"{episode.slug}.html", "index.html"}
    return new_facts or bool(written - pages)


def rebuild_feed(show: Show, store: Store, executor: Executor | None = None) -> list[FeedEntry]:
    """Write everything that follows from the records again; the episodes, newest first.

    The same records give the same bytes, and what is right already is not touched. `executor`, which may be
    one of processes, takes the work when there is much of it.

    Raises PublishError, before anything is written, when a record is not right or its audio is missing; for
    what is said in it, before the feed is written.
    """
    show, cover = _with_cover(show)
    with closing(Catalogue(show, repr(store))) as catalogue:
        stamps = store.stamps()
        entries = _entries(show, store, catalogue, stamps, executor)
        replaced = _replaced(entries)
        entries = {name: entry for name, entry in entries.items() if entry.slug not in replaced}
        slugs: dict[str, str] = {}
        for entry in entries.values():
            if (other := slugs.setdefault(entry.guid, entry.slug)) != entry.slug:
                what = f"{entry.slug}.json and {other}.json are records of one episode"
                raise PublishError(f"{what}. Remove one")
            if entry.audio not in stamps:
                remedy = f"Make {entry.date} again, or remove {entry.slug}.json"
                raise PublishError(f"{entry.audio} is missing. {remedy}")
        overviews = _overviews(show, entries.values())
        store.write(show.cover, cover)
        new: dict[str, list[FileGroup]] = {}
        for group in _FILE_GROUPS:
            made = catalogue.made(group)
            for name, entry in entries.items():
                if made.get(name) != _made(name, entry, group, stamps):
                    new.setdefault(name, []).append(group)
        for _ in _spread(partial(_rewrite, show, store), new.items(), executor):
            pass
        store.write_all(overviews)
        for slug, kept in replaced.items():
            retire(slug, store, kept)
        _sweep(store, overviews)
        if new:
            stamps = store.stamps()
            for group in _FILE_GROUPS:
                written = (name for name, groups in new.items() if group in groups)
                catalogue.remember_made(
                    group, {name: _made(name, entries[name], group, stamps) for name in written}
                )
    return sorted(entries.values(), key=age, reverse=True)


def _spread(act: Callable[[list[T]], list[R]], items: Iterable[T], executor: Executor | None) -> Iterator[R]:
    """What `act` gives for the items, in their order; the executor helps when there are many."""
    whole = list(items)
    groups = [whole[i : i + _AT_ONCE] for i in range(0, len(whole), _AT_ONCE)]
    many = executor.map if executor and len(groups) > 1 else map
    return (result for results in many(act, groups) for result in results)


def _rewrite(show: Show, store: Store, new: Sequence[tuple[str, Sequence[FileGroup]]]) -> list[str]:
    """Write these groups of what follows from each record; the files that were written."""
    files: list[tuple[str, bytes | Path]] = []
    for name, groups in new:
        if episode := _load(store, name, lines=True):
            for group in groups:
                files += _files(show, episode, group)
    return store.write_all(files)


def _entries(
    show: Show,
    store: Store,
    catalogue: Catalogue,
    stamps: Mapping[str, str] | None = None,
    executor: Executor | None = None,
) -> dict[str, FeedEntry]:
    """What feed and index say of all published episodes, by the names of their records."""
    stamps = store.stamps(record.is_record) if stamps is None else stamps
    entries = catalogue.entries(stamps)
    unknown = (name for name in filter(record.is_record, stamps) if name not in entries)
    new = dict(_spread(partial(_load_entries, show, store), unknown, executor))
    catalogue.remember(new, stamps)
    return entries | new


def _load_entries(show: Show, store: Store, names: Sequence[str]) -> list[tuple[str, FeedEntry]]:
    loaded = ((name, _load(store, name, lines=False)) for name in names)
    return [(name, make_entry(show, episode)) for name, episode in loaded if episode]


def _replaced(entries: Mapping[str, FeedEntry]) -> dict[str, str]:
    """Slugs under which episodes were before their posts were renamed, where a run did not end that; each
    with the file that stays."""
    slugs = {(entry.guid, entry.audio): entry.slug for entry in entries.values()}
    found = {slugs.get((entry.guid, entry.before)): entry for entry in entries.values()}
    return {slug: entry.before for slug, entry in found.items() if slug and slug != entry.slug}


def _made(name: str, entry: FeedEntry, group: FileGroup, stamps: Mapping[str, str]) -> str:
    """Changes with the record and each of the files of a group, and when one is missing."""
    found = [stamps.get(each) for each in (name, *_names(entry, group))]
    return hashlib.sha256(repr(found).encode()).hexdigest()


def load_episodes(store: Store, date: dt.date | None = None, *, lines: bool = False) -> list[Episode]:
    """All published episodes, or those of one date, newest first; with `lines`, what is said in them too.

    Raises PublishError that names the record and the key at fault.
    """
    names = (name for name in filter(record.is_record, store.names()) if name.startswith(str(date or "")))
    found = (_load(store, name, lines=lines) for name in names)
    return sorted((episode for episode in found if episode), key=age, reverse=True)


def retire(slug: str, store: Store, kept: str = "") -> None:
    """Remove an episode's files but one; the feed must not name them any more.

    Its record goes last: as long as there is something to remove, the next run finds it.
    """
    for name in _own(slug, store.names()):
        if name not in (kept, f"{slug}.json"):
            store.delete(name)
    store.delete(f"{slug}.json")


def art_name(slug: str, content: bytes) -> str:
    """Under which name an episode's art is published: new art has a new one."""
    return f"{slug}.{hashlib.sha256(content).hexdigest()[:8]}.jpg"


def _own(slug: str, names: Iterable[str]) -> list[str]:
    """Choose the files of a slug, of all versions of its audio."""
    endings = "|".join(map(re.escape, (*TEXTS, *_OTHER_ENDINGS)))
    pattern = re.compile(rf"{re.escape(slug)}(\.[0-9a-f]{{8}})?\.({endings})")
    return list(filter(pattern.fullmatch, names))


def _sweep(
    store: Store,
    overviews: list[tuple[str, bytes | Path]],
    episode: Episode | None = None,
    kept: Set[str] = frozenset(),
) -> None:
    """Remove archives of the feed that are no more, and files that no record names any more, of the episode's
    name; other episodes name those in `kept`."""
    names = list(store.names())
    whole = {name for name, _ in overviews}
    gone = [name for name in names if _ARCHIVE.fullmatch(name) and name not in whole]
    if episode:
        named = {name for group in _FILE_GROUPS for name in _names(episode, group)}
        named |= {*kept, f"{episode.slug}.json", episode.audio, episode.before, episode.art}
        named |= {f"{episode.stem}.opus"} if episode.opus else set()
        gone += [name for name in _own(episode.slug, names) if name not in named]
    for name in gone:
        store.delete(name)


def _load(store: Store, name: str, *, lines: bool) -> Episode | None:
    content = store.read(name)
    if content is None:
        return None
    episode = record.load(content, name, lines=lines)
    if f"{episode.slug}.json" != name:
        raise PublishError(f"{name}: slug: {episode.slug!r} is another episode's. Rename the file")
    return episode


def _files(show: Show, episode: Episode, group: FileGroup) -> list[tuple[str, bytes | Path]]:
    """What is written from the record alone, in the order of publishing."""
    if group == "page":
        made: tuple[bytes, ...] = (episode_page(show, episode).encode(),)
    else:
        text = EpisodeText(episode, show.language)
        made = tuple(form.render(text) for form in TEXTS.values())
    return list(zip(_names(episode, group), made, strict=True))


def _names(episode: Episode | FeedEntry, group: FileGroup) -> list[str]:
    """Of the files that are written from the record, in the order of publishing."""
    return [f"{episode.slug}.html"] if group == "page" else [f"{episode.stem}.{ending}" for ending in TEXTS]


def _overviews(show: Show, entries: Iterable[FeedEntry]) -> list[tuple[str, bytes | Path]]:
    """The files that name all episodes; `feed.xml` last."""
    newest_first = sorted(entries, key=age, reverse=True)
    return [("index.html", index_page(show, newest_first).encode()), *feeds(show, newest_first).items()]


def _with_cover(show: Show) -> tuple[Show, bytes]:
    """The show, knowing under which name its cover is published, and the cover."""
    for name in _COVERS:
        if (path := show.path("assets", name)).is_file():
            cover = path.read_bytes()
            suffix = ".png" if path.suffix == ".png" else ".jpg"
            return replace(show, cover=f"cover-{hashlib.sha256(cover).hexdigest()[:8]}{suffix}"), cover
    path = show.path("assets", _COVERS[0])
    raise PublishError(f"{path}: the show has no cover. Put a square JPEG of 1400 to 3000 pixels there")


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


def _replaced_episode(store: Store, episode: Episode, entries: Iterable[FeedEntry]) -> Episode | None:
    """The published episode of the same guid, without its lines; None when there is none."""
    slug = next((entry.slug for entry in entries if entry.guid == episode.guid), "")
    return _load(store, f"{slug}.json", lines=False) if slug else None


def _with_author_keys(style: str, episode: Episode, post: Path | None, replaced: Episode | None) -> Episode:
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
def _facts_written(style: str, include: str, post: Path | None, episode: Episode) -> Iterator[bool]:
    """Whether facts or the player's line change the post; the change is seen when the block ends well.

    It is written beside the post before the block: when that fails, nothing has been published yet.
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
