"""What is published: how its files are called, found, loaded and rendered."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from itertools import chain, filterfalse
from pathlib import Path
from typing import TypeVar

from podcast.errors import PublishError
from podcast.model import Episode, Show, StoreSettings
from podcast.publish import episode_record as record
from podcast.publish.catalogue import Catalogue, FileGroup
from podcast.publish.cover import draw_icons, find_cover
from podcast.publish.episode_age import age, choose_present
from podcast.publish.feed import FeedEntry, feeds, is_synthetic, make_entry
from podcast.publish.formats import TEXTS, EpisodeText
from podcast.publish.pages import (
    ALONE,
    Neighbours,
    PageLink,
    embed_page,
    episode_page,
    index_page,
)
from podcast.publish.portraits import draw_portraits, list_portraits
from podcast.publish.signature import sign
from podcast.publish.site_files import MANIFEST, SITEMAP, sitemap, web_manifest
from podcast.publish.store import Store

# What is written from a record, in the order of publishing.
FILE_GROUPS: tuple[FileGroup, ...] = ("texts", "page")
# What a withdrawal's file name begins with, before the slug: while it holds, and once it is
# undone.
WITHDRAWN, UNDONE = "withdrawn-", "undone-"

# Endings of an episode's files that are no texts.
_OTHER_ENDINGS = ("json", "html", "embed.html", "opus", "mp3", "jpg", "png")
# Episodes whose files a rebuild writes together.
_AT_ONCE = 100

T = TypeVar("T")
R = TypeVar("R")


def is_record(name: str) -> bool:
    """Tell whether a published file of that name is an episode's record."""
    return record.is_record(name)


def list_records(names: Iterable[str]) -> list[str]:
    """List the records of published episodes, without those being withdrawn."""
    found = list(names)
    withdrawn = set(list_withdrawn(found))
    records: list[str] = []
    for name in found:
        if is_record(name) and name.removesuffix(".json") not in withdrawn:
            records.append(name)
    return records


def list_withdrawn(names: Iterable[str], prefix: str = WITHDRAWN) -> list[str]:
    """List the slugs of episodes that were withdrawn.

    With UNDONE, of those that may be made again.
    """
    slugs: list[str] = []
    for name in names:
        ending = name.removeprefix(prefix)
        if ending != name and is_record(ending):
            slugs.append(ending.removesuffix(".json"))
    return slugs


def shapes_feed(name: str) -> bool:
    """Tell whether such a file decides what the feed lists: a record, or a withdrawal."""
    return is_record(name) or name.startswith(WITHDRAWN)


def load_episodes(
    store: Store, date: dt.date | None = None, *, lines: bool = False
) -> list[Episode]:
    """All published episodes, or those of one date, newest first.

    With `lines`, what is said in them too.

    Raises PublishError that names the record and the key at fault.
    """
    beginning = f"{date or ''}"
    episodes: list[Episode] = []
    for name in list_records(store.names()):
        if name.startswith(beginning):
            # Another machine may have withdrawn it meanwhile.
            episode = load_record(store, name, lines=lines)
            if episode:
                episodes.append(episode)
    return sorted(episodes, key=age, reverse=True)


def load_entries(
    show: Show,
    store: Store,
    catalogue: Catalogue,
    stamps: Mapping[str, str] | None = None,
    executor: Executor | None = None,
) -> dict[str, FeedEntry]:
    """What feed and index say of all published episodes, by the names of their records."""
    if stamps is None:
        stamps = store.stamps(shapes_feed)
    records = list_records(stamps)
    known = catalogue.entries({name: stamps[name] for name in records})
    unknown = filterfalse(known.__contains__, records)
    new = dict(spread(partial(_load_entries, show, store), unknown, executor))
    catalogue.remember(new, stamps)
    return known | new


def _load_entries(
    show: Show, store: Store, names: Sequence[str]
) -> list[tuple[str, FeedEntry]]:
    entries: list[tuple[str, FeedEntry]] = []
    for name in names:
        episode = load_record(store, name, lines=False)
        if episode is not None:
            entries.append((name, make_entry(show, episode)))
    return entries


def spread(
    act: Callable[[list[T]], list[R]], items: Iterable[T], executor: Executor | None
) -> Iterator[R]:
    """Map `act` over the items, in their order; the executor helps when there are many."""
    whole = list(items)
    groups = [whole[i : i + _AT_ONCE] for i in range(0, len(whole), _AT_ONCE)]
    # To start a process takes longer than the work of one group.
    if not executor or len(groups) == 1:
        return chain.from_iterable(map(act, groups))
    return chain.from_iterable(executor.map(act, groups))


def list_own_names(slug: str, names: Iterable[str]) -> list[str]:
    """Choose the files of a slug, of all versions of its audio."""
    endings = "|".join(map(re.escape, (*TEXTS, *_OTHER_ENDINGS)))
    pattern = re.compile(rf"{re.escape(slug)}(\.[0-9a-f]{{8}})?\.({endings})")
    return list(filter(pattern.fullmatch, names))


def art_name(slug: str, content: bytes) -> str:
    """Name an episode's art: new art has a new name."""
    ending = "jpg"
    if content.startswith(b"\x89PNG"):
        ending = "png"
    return f"{slug}.{hashlib.sha256(content).hexdigest()[:8]}.{ending}"


def retire(slug: str, store: Store, kept: Collection[str] = ()) -> None:
    """Remove an episode's files, but for those in `kept`; the feed must not name them any more.

    Its record goes last: as long as there is something to remove, the next run finds it.
    """
    for name in list_own_names(slug, store.names()):
        if name not in kept and name != f"{slug}.json":
            store.delete(name)
    store.delete(f"{slug}.json")


def load_record(store: Store, name: str, *, lines: bool) -> Episode | None:
    """Load the record of that name; None when there is none. Raises PublishError."""
    content = store.read(name)
    if content is None:
        return None
    episode = record.load(content, name, lines=lines)
    if f"{episode.slug}.json" != name:
        raise PublishError(
            f"{name}: slug: {episode.slug!r} is another episode's. Rename the file"
        )
    return episode


def render_files(
    show: Show, episode: Episode, group: FileGroup, neighbours: Neighbours
) -> list[tuple[str, bytes | Path]]:
    """What is written from the record, in the order of publishing.

    Pages lead to their neighbours as well.
    """
    if group == "page":
        is_declared = is_synthetic(show.feed.ai_content, episode)
        declared = replace(show, feed=replace(show.feed, ai_content=is_declared))
        page = sign(episode_page(declared, episode, neighbours).encode())
        contents = [page, sign(embed_page(declared, episode).encode())]
    else:
        text = EpisodeText(episode, show.language)
        contents = [form.render(text) for form in TEXTS.values()]
    return list(zip(group_names(episode, group), contents, strict=True))


def episode_names(episode: Episode) -> set[str]:
    """All files that an episode has, and the audio that it keeps for old feeds."""
    names = {f"{episode.slug}.json", episode.audio, episode.art, episode.art_small}
    for group in FILE_GROUPS:
        names.update(group_names(episode, group))
    names |= earlier_names(episode)
    if episode.opus:
        names.add(f"{episode.stem}.opus")
    return names - {""}


def earlier_names(*episodes: Episode | FeedEntry) -> set[str]:
    """Replaced MP3s of episodes, with transcripts and chapters: old feeds name them."""
    names: set[str] = set()
    for episode in episodes:
        for earlier in episode.earlier_audio:
            names |= audio_with_texts(earlier.audio)
    return names


def audio_with_texts(audio: str) -> set[str]:
    """The names of an MP3 and of its transcripts and chapters."""
    return {audio, *_text_names(audio.removesuffix(".mp3"))}


def _text_names(stem: str) -> list[str]:
    return [f"{stem}.{ending}" for ending in TEXTS]


def group_names(episode: Episode | FeedEntry, group: FileGroup) -> list[str]:
    """Of the files that are written from the record, in the order of publishing."""
    if group == "page":
        return [f"{episode.slug}.html", f"{episode.slug}.embed.html"]
    return _text_names(episode.stem)


def find_neighbours(
    settings: StoreSettings, episodes: Iterable[Episode | FeedEntry]
) -> dict[str, Neighbours]:
    """The episodes before and after each one that has its files, by its slug."""
    present = choose_present(settings, episodes)
    links = [PageLink(f"{each.slug}.html", each.title) for each in present]
    around = [None, *links, None]
    neighbours: dict[str, Neighbours] = {}
    for each, previous, following in zip(present, around, around[2:], strict=False):
        neighbours[each.slug] = Neighbours(previous=previous, next=following)
    return neighbours


def rewrite_pages(
    show: Show, store: Store, slugs: Iterable[str], neighbours: Mapping[str, Neighbours]
) -> list[str]:
    """Write the pages of episodes whose neighbours changed; the files that were written."""
    written: list[str] = []
    for slug in slugs:
        if episode := load_record(store, f"{slug}.json", lines=True):
            written += store.write_all(render_files(show, episode, "page", neighbours[slug]))
    return written


def slugs_around(slug: str, neighbours: Mapping[str, Neighbours]) -> list[str]:
    """The slugs of the episodes before and after one."""
    around = neighbours.get(slug, ALONE)
    links = (around.previous, around.next)
    return [link.address.removesuffix(".html") for link in links if link]


def write_icons(store: Store, cover: bytes, name: str) -> list[str]:
    """Write the cover's small copies; the files that were written."""
    return store.write_all(list(draw_icons(cover, name).items()))


def write_portraits(store: Store, names: Iterable[str], voices: Path) -> list[str]:
    """Write the pictures of people that are not there yet; the files that were written."""
    missing = [name for name in names if store.size(name) is None]
    if not missing:
        return []

    drawn = draw_portraits(voices)
    return store.write_all([(name, drawn[name]) for name in dict.fromkeys(missing)])


def render_overviews(
    show: Show, entries: Iterable[FeedEntry]
) -> list[tuple[str, bytes | Path]]:
    """The files that name all episodes; `feed.xml` last."""
    # The feed sees all, and leaves out itself what is not kept.
    everything = list(entries)
    newest_first = choose_present(show.store, everything)[::-1]
    index = sign(index_page(show, newest_first).encode())
    files: list[tuple[str, bytes | Path]] = [("index.html", index)]
    # A site map would show a private show to search engines.
    if not show.feed.private:
        files.append((SITEMAP, sitemap(show.url, newest_first)))
    files.append((MANIFEST, web_manifest(show)))
    files.extend(feeds(show, everything).items())
    return files


def with_cover(show: Show) -> tuple[Show, bytes]:
    """The show with the published names of its cover and people's pictures, and the cover."""
    path = find_cover(show.path("assets"))
    if path is None:
        path = show.path("assets", "cover.jpg")
        raise PublishError(
            f"{path}: the show has no cover. Put a square JPEG of 1400 to 3000 pixels there"
        )
    cover = path.read_bytes()
    suffix = ".png" if path.suffix.lower() == ".png" else ".jpg"
    name = f"cover-{hashlib.sha256(cover).hexdigest()[:8]}{suffix}"
    return replace(show, cover=name, portraits=list_portraits(show.path("voices"))), cover


def remove_old_files(
    settings: StoreSettings, store: Store, entries: Iterable[FeedEntry]
) -> list[str]:
    """Remove the files of episodes that the show does not keep, but for their records.

    The files removed.

    No feed may name them any more. The records say so first, and stay, so that none of them is
    made anew.
    """
    everything = list(entries)
    present = choose_present(settings, everything)
    old = {entry.slug: entry for entry in everything}
    for entry in present:
        old.pop(entry.slug, None)
    if not old:
        return []

    for entry in old.values():
        _mark_as_gone(store, entry)
    # A feed in somebody's cache may still name audio that a present episode's own replaced.
    still_named = earlier_names(*present)
    removed: list[str] = []
    for name in store.names():
        if name.partition(".")[0] not in old or is_record(name) or name in still_named:
            continue
        store.delete(name)
        removed.append(name)
    return removed


def _mark_as_gone(store: Store, entry: FeedEntry) -> None:
    """Say in an episode's record that its files are gone."""
    if entry.is_gone:
        return
    name = f"{entry.slug}.json"
    if episode := load_record(store, name, lines=True):
        store.write(name, record.dump(replace(episode, is_gone=True)))
