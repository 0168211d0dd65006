"""The audio of a show moves to another place.

It is copied before a feed names it there, and removed when told.
"""

from __future__ import annotations

import logging

from podcast.errors import PublishError
from podcast.model import Show
from podcast.publish import Store
from podcast.publish.audio_place import SplitStore, copy_audio, remove_copied_audio
from podcast.registry import open_place, open_store

log = logging.getLogger(__name__)


def open_with_audio(show: Show) -> Store:
    """Open the place where the show publishes, with its audio where the feed names it."""
    store = open_store(show)
    if isinstance(store, SplitStore):
        copied = copy_audio(store.pages, store.audio)
        if copied:
            log.info("%d audio files copied to %s", len(copied), show.store.audio_address)
    return store


def bring_audio(show: Show, origin: str) -> int:
    """Copy the audio from the address `origin` to where the show has it now; how many files."""
    return len(copy_audio(open_place(show, origin), _audio_store(open_store(show))))


def remove_old_audio(show: Show, origin: str) -> int:
    """Remove the audio from where it was; the number of files.

    That is the address `origin`, or else the pages' place.

    Raises PublishError where that is the place in which it is now.
    """
    store = open_store(show)
    if origin:
        source = open_place(show, origin)
    elif isinstance(store, SplitStore):
        source = store.pages
    else:
        remedy = "Say where the audio was: --audio-from ADDRESS"
        raise PublishError(f"the audio lies with the pages. {remedy}")

    target = _audio_store(store)
    if repr(source) == repr(target):
        raise PublishError(f"{origin}: the audio of the show is there now")
    return len(remove_copied_audio(source, target))


def _audio_store(store: Store) -> Store:
    return store.audio if isinstance(store, SplitStore) else store
