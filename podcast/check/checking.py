"""All checks together, in a fixed order."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from podcast.check import chapter_forms as chapters
from podcast.check import feed_document as feed
from podcast.check import mp3_file as audio
from podcast.check import rebuilt_files as rebuilt
from podcast.check import transcript_files as transcripts
from podcast.check import web_pages as pages
from podcast.check.disclosures import check_spoken
from podcast.check.fault import Fault
from podcast.check.public_addresses import check_public
from podcast.check.published_posts import check_published_posts
from podcast.errors import PublishError
from podcast.init.workflow import find_repository
from podcast.model import Episode, Show, StoreSettings
from podcast.publish import Store, load_episodes
from podcast.publish.audio_place import SplitStore, list_audio
from podcast.publish.episode_age import choose_kept, choose_present
from podcast.publish.episode_record import load
from podcast.publish.published import (
    episode_names,
    find_neighbours,
    list_records,
    list_withdrawn,
    with_cover,
)
from podcast.publish.site_files import SITEMAP
from podcast.read.posts import JekyllSource
from podcast.registry import open_store

_OURS = re.compile(
    r"feed(-\d+)?\.xml|index\.html|cover(-[0-9a-f]+)?\.(jpg|png)|icon-\d+-[0-9a-f]{8}\.(jpg|"
    r"png)|sitemap\.xml|site\.webmanifest|(withdrawn|undone)-[^/]+\.json|\.gitkeep|\.nojekyll|"
    r"CNAME"
)


# What a site of GitHub Pages may have (docs.github.com, "GitHub Pages limits").
PAGES_BYTES = 1_000_000_000


def check_show(show: Show, date: dt.date | None, now: dt.datetime) -> list[Fault]:
    """Find all faults in what a show publishes, where it publishes it."""
    return check_store(show, open_store(show), date, now)


def check_addresses(show: Show, now: dt.datetime) -> list[Fault]:
    """Find what is wrong with the answers of the published addresses."""
    with suppress(PublishError):
        show, _ = with_cover(show)
    return check_public(show, load_episodes(open_store(show)), now)


def check_store(
    show: Show, store: Store, date: dt.date | None, now: dt.datetime | None = None
) -> list[Fault]:
    """All faults in what is published, in a fixed order.

    Of everything, or of the episode of one date.

    With `now`, an aware moment, episodes from the future are faults too.
    """
    names = sorted(store.names())
    records = _choose_records(list_records(names), date)
    if date and not records:
        what = f"no episode of that date is published: podcast make --date {date}"
        return [Fault(f"{date}", what)]

    episodes, faults = _load_episodes(store, records)
    everything = episodes
    if date and show.store.keep:
        everything, _ = _load_episodes(store, list_records(names))
    in_feed = _choose(episodes, choose_kept(show.store.keep, everything))
    there = _choose(episodes, choose_present(show.store, everything))

    faults += _unfinished_withdrawals(names)
    faults += feed.check_feed(show, store, in_feed, whole=date is None, now=now)
    faults += _check_episodes(show, store, there)
    if date is None:
        faults += pages.check_index(store, there)
    is_complete = len(episodes) == len(records)
    differences = list(_differences(show, store, episodes, date, is_complete=is_complete))
    faults += _without_absent(store, differences, faults)
    faults += check_published_posts(show, episodes, now)
    faults += _silent_episodes(episodes)
    faults += _unsealed_records(episodes)
    if date is None:
        faults += _strays(show.feeds, names, there, records)
        faults += _old_episodes(show.store, len(episodes) - len(in_feed))
        faults += _room_on_pages(show, store)
        faults += _old_audio(store)
        faults += _open_to_others(show.feed.private, names)
    return [*faults, *_placeholders(show)]


def _choose_records(records: Iterable[str], date: dt.date | None) -> list[str]:
    """The records of one date, or all."""
    beginning = f"{date or ''}"
    return [name for name in records if name.startswith(beginning)]


def _choose(episodes: Iterable[Episode], wanted: Iterable[Episode]) -> list[Episode]:
    """Those of the episodes that are among the wanted ones."""
    slugs = {episode.slug for episode in wanted}
    return [episode for episode in episodes if episode.slug in slugs]


def _check_episodes(show: Show, store: Store, episodes: Iterable[Episode]) -> Iterator[Fault]:
    """Check the files of each episode for themselves, side by side."""
    posts = JekyllSource(show.path(str(show.edition.posts))).posts_by_slug()

    def check(episode: Episode) -> list[Fault]:
        return list(_episode(show, store, episode.slug, posts.get(episode.slug)))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for faults in pool.map(check, episodes):
            yield from faults


def _without_absent(
    store: Store, differences: Sequence[Fault], faults: Sequence[Fault]
) -> list[Fault]:
    """Leave out what differs because it is absent, where that is said already."""
    absent = {fault.file for fault in faults if store.size(fault.file) is None}
    return [fault for fault in differences if fault.file not in absent]


def _differences(
    show: Show,
    store: Store,
    episodes: Sequence[Episode],
    date: dt.date | None,
    *,
    is_complete: bool,
) -> Iterator[Fault]:
    """All that differs from what records, settings and assets give.

    Unless `episodes` is complete, for all records can be read, nobody knows what the feed
    should say.
    """
    try:
        show, cover = with_cover(show)
    except PublishError as error:
        yield Fault("assets/cover.jpg", str(error))
        return
    yield from rebuilt.check_cover_bytes(store, show.cover, cover)
    yield from rebuilt.check_portraits(store, show.portraits.values())

    everything = episodes
    named = episodes
    if date is not None:
        everything, _ = _load_episodes(store, list_records(store.names()))
        named = _choose(episodes, choose_kept(show.store.keep, everything))
    if is_complete:
        yield from rebuilt.check_overviews(show, store, named, whole=date is None)

    neighbours = find_neighbours(show.store, everything)
    if not is_complete:
        neighbours = {}
    present = {episode.slug for episode in choose_present(show.store, everything)}

    def check(episode: Episode) -> list[Fault]:
        slug = episode.slug
        try:
            whole = load(store.read(f"{slug}.json") or b"", f"{slug}.json")
        except PublishError:
            return []
        if slug not in present:
            return list(rebuilt.check_record(store, whole))
        return list(rebuilt.check_episode_files(show, store, whole, neighbours.get(slug)))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(check, episodes):
            yield from found


def _load_episodes(store: Store, records: Iterable[str]) -> tuple[list[Episode], list[Fault]]:
    """The episodes without their lines, which are loaded one at a time.

    All words would fill the memory.
    """
    episodes: list[Episode] = []
    faults: list[Fault] = []
    for name in records:
        try:
            episode = load(store.read(name) or b"", name, lines=False)
        except PublishError as error:
            faults.append(Fault(name, str(error).removeprefix(f"{name}: ")))
            continue
        if name != f"{episode.slug}.json":
            faults.append(Fault(name, f"it is the record of {episode.slug}: rename it"))
            continue
        episodes.append(episode)
    return episodes, faults


def _episode(show: Show, store: Store, slug: str, post: Path | None) -> Iterator[Fault]:
    name = f"{slug}.json"
    try:
        episode = load(store.read(name) or b"", name)
    except PublishError as error:
        yield Fault(name, str(error).removeprefix(f"{name}: "))
        return
    mp3 = store.read(episode.audio)
    if mp3 is None:
        yield Fault(episode.audio, "the file is missing", "C16")
    else:
        if len(mp3) != episode.bytes:
            yield Fault(
                episode.audio,
                f"it has {len(mp3)} bytes; its record says {episode.bytes}",
                "C17",
            )
        elif (digest := hashlib.sha256(mp3).hexdigest()) != episode.sha256:
            what = f"its sha256 is {digest[:12]}...; its record says {episode.sha256[:12]}..."
            yield Fault(episode.audio, what)
        yield from audio.check_mp3(mp3, episode)
        yield from chapters.check_tag(mp3, show.title, show.author, episode)
    yield from check_spoken(episode)
    yield from chapters.check_json(store, episode)
    yield from transcripts.check_transcripts(store, episode)
    yield from pages.check_page(store, episode)
    if post:
        yield from pages.check_post(show.edition.facts, show.folder, episode, post)


def _unfinished_withdrawals(names: Iterable[str]) -> Iterator[Fault]:
    """Records of episodes that were withdrawn by a run that was ended before it was done."""
    present = set(names)
    for slug in sorted(set(list_withdrawn(present))):
        # A record goes last of an episode's files: where it is, others may be too.
        if f"{slug}.json" in present:
            what = "it was withdrawn, and its files are still there: podcast feed"
            yield Fault(f"{slug}.json", what)


def _silent_episodes(episodes: Sequence[Episode]) -> Iterator[Fault]:
    """Episodes in which nobody hears anything: a fault where listeners have others."""
    silent = [episode for episode in episodes if not episode.is_audible]
    severity = "error"
    if len(silent) == len(episodes):
        severity = "warning"
    for episode in silent:
        what = f"it is silent (engine {episode.engine}): make {episode.date} again with a voice"
        yield Fault(episode.audio, what, severity=severity)


def _unsealed_records(episodes: Iterable[Episode]) -> Iterator[Fault]:
    """Say how many records of older presscasts have no checksum of themselves."""
    count = sum(not episode.is_sealed for episode in episodes)
    if count:
        what = f"{count} records of an older presscast are proved only by the files"
        remedy = "podcast feed seals them"
        yield Fault("feeds", f"{what} that follow from them. {remedy}", severity="remark")


def _strays(
    feeds: Path, names: Iterable[str], episodes: Iterable[Episode], records: Iterable[str]
) -> Iterator[Fault]:
    """Files of no episode, and what an interrupted run left."""
    for path in sorted(feeds.glob(".*.part")):
        what = "half-written by a run that was interrupted, and never published: delete it"
        yield Fault(path.name, what, severity="warning")
    known = set(records)
    for episode in episodes:
        known |= episode_names(episode)
    for name in names:
        if name not in known and not _OURS.fullmatch(name):
            yield Fault(name, "it belongs to no episode", severity="warning")


def _old_episodes(settings: StoreSettings, count: int) -> Iterator[Fault]:
    """Say how many episodes are older than what the show keeps."""
    if count:
        gone = "not published any more"
        if settings.keep_removes == "feed":
            gone = "out of the feed"
        what = f"keep = {settings.keep!r}: {count} are {gone}"
        yield Fault("feed.xml", what, severity="remark")


def _room_on_pages(show: Show, store: Store) -> Iterator[Fault]:
    """Warn before a show is too large for GitHub Pages, which holds 1 GB a site."""
    host = urlsplit(show.url).hostname or ""
    workflows = find_repository(show.folder).glob(".github/workflows/podcast*.yml")
    if show.store.address or not (host.endswith(".github.io") or any(workflows)):
        return

    pages = store
    if isinstance(store, SplitStore):
        pages = store.pages
    total = sum(pages.size(name) or 0 for name in pages.names())
    if total > PAGES_BYTES * 4 // 5:
        share = f"{total / PAGES_BYTES:.0%} of the 1 GB that GitHub Pages holds"
        remedy = "Publish the audio to a bucket: `audio_store`; or let old episodes go: `keep`"
        what = f"what is published has {total / 1e6:,.0f} MB, {share}. {remedy}"
        yield Fault("feeds", what, severity="warning")


def _old_audio(store: Store) -> Iterator[Fault]:
    """Audio that is still where it was before the show got an `audio_store`."""
    if not isinstance(store, SplitStore):
        return
    names = list_audio(store.pages)
    if names:
        what = f"{len(names)} audio files are still with the pages"
        reason = "for apps that know no other address yet"
        remedy = "When all have asked for the feed since: podcast feed --remove-old-audio"
        yield Fault("feeds", f"{what}, {reason}. {remedy}", severity="remark")


def _open_to_others(is_private: bool, names: Iterable[str]) -> Iterator[Fault]:
    """What would lead others to a private show."""
    if is_private and SITEMAP in names:
        yield Fault(SITEMAP, "it leads search engines to a private show: podcast feed")


def _placeholders(show: Show) -> Iterator[Fault]:
    """What `podcast init` left for the owner to fill in."""
    for key, value in (
        ("url", show.url),
        ("link", show.link),
        ("email", f"mailto://{show.email}"),
    ):
        parts = urlsplit(value)
        host = parts.hostname or ""
        if host == "localhost" or host.endswith(
            (".localhost", ".invalid", ".example", "127.0.0.1")
        ):
            what = f"{key} {value.removeprefix('mailto://')!r} leads nowhere: set the real one"
            yield Fault("podcast.toml", what, severity="warning")
        elif re.search(r"(^|\.)example\.(org|com|net)$", host):
            what = f"{key} is still the placeholder {value.removeprefix('mailto://')!r}"
            yield Fault("podcast.toml", what, severity="warning")
        elif parts.scheme == "http":
            what = f"{key} is not https: apps refuse its audio and art on secure pages"
            yield Fault("podcast.toml", what, "A5", "warning")
