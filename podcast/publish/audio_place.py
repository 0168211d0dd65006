"""Where the audio lives.

Its own address and store, apart from pages and feed, and the prefix of enclosures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from pathlib import Path

from podcast.model import Show
from podcast.publish.store import Store, WriteShared, locked
from podcast.util.addresses import is_loopback, public

_ENDINGS = (".mp3", ".opus")


def is_audio(name: str) -> bool:
    """Tell whether a published file of that name is audio."""
    return name.endswith(_ENDINGS)


def audio_address(url: str, audio_url: str, name: str) -> str:
    """The public address of an audio file: below the show's `audio_url`, or its `url`."""
    return public(audio_url or url, name)


def enclosure_address(show: Show, name: str) -> str:
    """The address under which the feed names an audio file.

    With the prefix of whoever counts downloads.

    A prefix takes an address without `https://`; one of http has to say so
    (https://op3.dev/setup). Nobody counts what this machine serves for a look.
    """
    address = audio_address(show.url, show.store.audio_url, name)
    if not show.feed.enclosure_prefix or is_loopback(address):
        return address
    return show.feed.enclosure_prefix + address.removeprefix("https://")


class SplitStore:
    """A Store whose audio lies in a place of its own; everything else is with the pages."""

    def __init__(self, pages: Store, audio: Store) -> None:
        self.pages = pages
        self.audio = audio

    def __repr__(self) -> str:
        return f"SplitStore({self.pages!r}, {self.audio!r})"

    def names(self) -> list[str]:
        return sorted(self.stamps())

    def stamps(self, wanted: Callable[[str], bool] = lambda _name: True) -> dict[str, str]:
        """The names that are wanted.

        Audio that lies with the pages is none of the show's any more.
        """
        found = dict(self.pages.stamps(lambda name: wanted(name) and not is_audio(name)))
        if any(wanted(f"any{ending}") for ending in _ENDINGS):
            found |= self.audio.stamps(lambda name: wanted(name) and is_audio(name))
        return dict(sorted(found.items()))

    def read(self, name: str) -> bytes | None:
        return self._place(name).read(name)

    def size(self, name: str) -> int | None:
        return self._place(name).size(name)

    def write(self, name: str, content: bytes | Path) -> bool:
        return self._place(name).write(name, content)

    def write_all(self, files: Sequence[tuple[str, bytes | Path]]) -> list[str]:
        written: list[str] = []
        for in_audio, group in groupby(files, key=lambda file: is_audio(file[0])):
            place = self.audio if in_audio else self.pages
            written += place.write_all(list(group))
        return written

    def delete(self, name: str) -> None:
        self._place(name).delete(name)

    def lock(self) -> AbstractContextManager[WriteShared]:
        """Take turns where the pages are: what all machines write is there."""
        return locked(self.pages)

    def _place(self, name: str) -> Store:
        return self.audio if is_audio(name) else self.pages


def list_audio(store: Store) -> Mapping[str, str]:
    """List the audio files in a store, with their stamps."""
    return store.stamps(is_audio)


def copy_audio(source: Store, target: Store) -> list[str]:
    """Copy the audio that the target lacks; the files that were copied.

    The source keeps its own.
    """
    there = list_audio(target)
    copied: list[str] = []
    for name in list_audio(source):
        if name in there:
            continue
        content = source.read(name)
        if content is not None:
            target.write(name, content)
            copied.append(name)
    return copied


def remove_copied_audio(source: Store, target: Store) -> list[str]:
    """Remove audio from where it was, file by file that is whole where it is now.

    The files removed.
    """
    removed: list[str] = []
    for name in _list_copied(source, target):
        source.delete(name)
        removed.append(name)
    return removed


def _list_copied(source: Store, target: Store) -> Iterable[str]:
    copied: list[str] = []
    for name in list_audio(source):
        size = source.size(name)
        if size is not None and target.size(name) == size:
            copied.append(name)
    return copied
