"""Compare what is published with what records, settings and assets give, byte for byte."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from podcast import __version__
from podcast.check.fault import Fault
from podcast.model import Episode, Show
from podcast.publish import Store
from podcast.publish.cover import draw_icons
from podcast.publish.episode_record import FORMAT, dump
from podcast.publish.feed import make_entry
from podcast.publish.pages import Neighbours
from podcast.publish.published import FILE_GROUPS, render_files, render_overviews
from podcast.publish.signature import read_signature

# Characters of a difference that are shown.
SHOWN = 100
_NAMED_DIGEST = re.compile(r"[.-]([0-9a-f]{8})\.(jpg|png)$")


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place in which two texts differ."""

    line: int
    """Counted from 1."""
    found: str
    """Empty where something is missing."""
    wanted: str
    """Empty where something was added."""

    def __str__(self) -> str:
        if not self.found:
            return f"line {self.line}: {self.wanted!r} is missing"
        if not self.wanted:
            return f"line {self.line}: {self.found!r} should not be there"
        return f"line {self.line}: {self.found!r} should be {self.wanted!r}"


def check_overviews(
    show: Show, store: Store, episodes: Sequence[Episode], whole: bool
) -> Iterator[Fault]:
    """Compare feed and index with what the records give.

    Without `whole`, the episodes' items alone.
    """
    entries = [make_entry(show, episode) for episode in episodes]
    if whole:
        is_old = _is_of_older(store.read("index.html"))
        for name, wanted in render_overviews(show, entries):
            assert isinstance(wanted, bytes)
            yield from _compare(store, name, wanted, is_old=is_old)
        return

    feeds = _read_feeds(store)
    for entry in entries:
        if not any(entry.item in feed for feed in feeds):
            what = f"the item of {entry.slug} is not what its record gives"
            yield Fault("feed.xml", f"{what}. Write it anew: podcast feed")


def _read_feeds(store: Store) -> list[bytes]:
    """The feed, and the archives of its older items."""
    feeds: list[bytes] = []
    for name in store.names():
        # RFC 5005, section 4: a feed too long for one document goes on in others.
        if re.fullmatch(r"feed(-\d+)?\.xml", name):
            feeds.append(store.read(name) or b"")
    return feeds


def check_episode_files(
    show: Show, store: Store, episode: Episode, neighbours: Neighbours | None
) -> Iterator[Fault]:
    """Compare the record of an episode, and what follows from it, with what it gives.

    Its pages are not compared where nobody knows its neighbours.
    """
    yield from check_record(store, episode)
    is_old = _is_of_older(store.read(f"{episode.slug}.html"))
    for group in FILE_GROUPS:
        if group == "page" and neighbours is None:
            continue
        for name, wanted in render_files(show, episode, group, neighbours or Neighbours()):
            assert isinstance(wanted, bytes)
            yield from _compare(store, name, wanted, is_old=is_old)
    yield from _check_pictures(store, episode)
    if episode.opus:
        yield from _check_opus(store, episode)


def check_cover_bytes(store: Store, name: str, wanted: bytes) -> Iterator[Fault]:
    """Compare the published cover with the one in `assets/`."""
    content = store.read(name)
    if content is None:
        yield Fault(name, "the cover of assets/ is not published: podcast feed")
    elif content != wanted:
        yield Fault(name, "it is not the cover in assets/. Write it anew: podcast feed")
    for icon, drawn in draw_icons(wanted, name).items():
        found = store.read(icon)
        if found is None:
            yield Fault(
                icon, "the cover's small copy is missing: podcast feed", severity="warning"
            )
        elif found != drawn:
            yield Fault(icon, "it is not the cover in small. Write it anew: podcast feed")


def _check_pictures(store: Store, episode: Episode) -> Iterator[Fault]:
    for picture in (episode.art, episode.art_small):
        if picture:
            yield from check_named_digest(store, picture)


def check_portraits(store: Store, names: Iterable[str]) -> Iterator[Fault]:
    """Look for the pictures of people, and compare each with the checksum in its name."""
    for name in dict.fromkeys(names):
        if store.size(name) is None:
            yield Fault(name, "a person's picture in voices/ is not published: podcast feed")
        else:
            yield from check_named_digest(store, name)


def check_named_digest(store: Store, name: str) -> Iterator[Fault]:
    """Compare a picture with the checksum in its name."""
    found, content = _NAMED_DIGEST.search(name), store.read(name)
    if content is None:
        yield Fault(name, "the file is missing")
    elif found and hashlib.sha256(content).hexdigest()[:8] != found[1]:
        digest = hashlib.sha256(content).hexdigest()[:8]
        yield Fault(name, f"its checksum begins with {digest}; its name says {found[1]}")


def check_record(store: Store, episode: Episode) -> Iterator[Fault]:
    """Compare a record with what presscast writes."""
    name = f"{episode.slug}.json"
    content = store.read(name) or b""
    wanted = dump(episode)
    is_of_today = re.search(rb'"format": %d\b' % FORMAT, content[:40]) is not None
    if is_of_today and content != wanted:
        yield Fault(
            name, f"it is not as presscast writes it: {find_difference(content, wanted)}"
        )


def _check_opus(store: Store, episode: Episode) -> Iterator[Fault]:
    name = f"{episode.stem}.opus"
    content = store.read(name)
    if content is None:
        yield Fault(name, "the file is missing")
    elif len(content) != episode.opus:
        yield Fault(name, f"it has {len(content)} bytes; its record says {episode.opus}")
    elif episode.opus_sha256 and hashlib.sha256(content).hexdigest() != episode.opus_sha256:
        yield Fault(name, "its checksum is not the one in its record")
    elif not content.startswith(b"OggS"):
        yield Fault(name, "it is no Ogg file")


def _is_of_older(page: bytes | None) -> bool:
    """Tell whether another version of presscast wrote a page, and nobody changed it since.

    What is written together with it is of that version too.
    """
    signature = read_signature(page or b"")
    return signature is not None and signature.is_intact and signature.version != __version__


def _compare(store: Store, name: str, wanted: bytes, *, is_old: bool) -> Iterator[Fault]:
    content = store.read(name)
    if content == wanted:
        return
    if content is None and is_old:
        what = "an older presscast did not write it: podcast feed"
        yield Fault(name, what, severity="warning")
        return
    if content is None:
        yield Fault(name, "the file is missing: podcast feed")
        return
    if is_old and (not name.endswith(".html") or _is_of_older(content)):
        what = "an older presscast wrote it, and this one writes it otherwise"
        yield Fault(name, f"{what}. Write it anew: podcast feed", severity="warning")
        return
    yield Fault(name, f"{find_difference(content, wanted)}. Write it anew: podcast feed")


def find_difference(content: bytes, wanted: bytes) -> Difference:
    """Find where two texts that are not the same begin to differ, and what each has there."""
    found_lines = content.decode("utf-8", "replace").splitlines(keepends=True)
    wanted_lines = wanted.decode("utf-8", "replace").splitlines(keepends=True)
    start = _common(found_lines, wanted_lines)
    end = _common(found_lines[start:][::-1], wanted_lines[start:][::-1])
    found = "".join(found_lines[start : len(found_lines) - end])
    expected = "".join(wanted_lines[start : len(wanted_lines) - end])
    at = max(0, _common(found, expected) - SHOWN // 4) if found and expected else 0
    return Difference(start + 1, _excerpt(found, at), _excerpt(expected, at))


def _excerpt(text: str, at: int) -> str:
    shown = text[at : at + SHOWN]
    return shown if len(text) > SHOWN else text


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many of the first elements are the same."""
    pairs: Iterable[tuple[str, str]] = zip(one, other, strict=False)
    return next(
        (i for i, (mine, theirs) in enumerate(pairs) if mine != theirs),
        min(len(one), len(other)),
    )
