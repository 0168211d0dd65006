"""The take cache: what was spoken once is kept, and served only while it is whole.

Two files a take, under its key: a WAV file, then a JSON sidecar that names the WAV's checksum.
The sidecar is written last, so a take without one, or with one that does not fit, was never
finished. The folder is safe to delete at any time between runs. Where a show names a `cache`,
its takes are there as well, for all machines that make it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import os
import wave
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from podcast.model import DurationMs, Sound, Usd, Voice, Word
from podcast.util.cache import make_way
from podcast.util.files import settle, write_atomic

log = logging.getLogger(__name__)

# Version of our own processing and of the files. Raise it when the same request would sound
# otherwise.
VERSION = 1


def take_key(text: str, voice: Voice, engine: str, identity: Mapping[str, str]) -> str:
    """The hex digest of everything that shapes a take.

    `text` is the text as spoken; `identity` is what the engine of the name `engine` says of
    itself.
    """
    shape = {
        "version": VERSION,
        "text": text,
        "voice": voice.id,
        "manner": voice.manner,
        "pace": voice.pace,
        "engine": engine,
        "identity": dict(identity),
    }
    canonical = json.dumps(shape, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KeptTake:
    """A take in the cache. Its words are those of the text as spoken, not as printed."""

    path: Path
    """A WAV file: mono, 16-bit PCM."""
    sha256: str
    """Checksum of `path`, in hex."""
    frames: int
    """Samples in `path`."""
    rate: int
    """Samples a second."""
    words: tuple[Word, ...]
    """As the engine timed them, from the start of `path`; empty when it did not."""
    cost: Usd
    """Cost of all attempts together."""
    attempts: int
    """Number of times it was spoken until it passed the checks."""


class Shared(Protocol):
    """A place that many machines reach. MUST pickle, and show a file only when it is whole."""

    def size(self, name: str) -> int | None:
        """The file's size in bytes; None when there is none."""
        ...

    def read(self, name: str) -> bytes | None:
        """The whole file; None when there is none."""
        ...

    def put(self, name: str, content: Path) -> None:
        """Copy a local file there, in place of any other."""
        ...


@dataclass(frozen=True, slots=True)
class TakeCache:
    """A folder of takes by key. Safe for threads and processes.

    Each file appears whole or not at all.
    """

    folder: Path
    shared: Shared | None = None
    """Where takes are looked for that the folder has not, and where new ones are put for others
    to find."""

    def find(self, key: str) -> KeptTake | None:
        """Find a take in the folder whose sidecar is whole; its audio is measured and not read.

        None when there is none or it is damaged, which is logged.
        """
        note, path = self._note(key), self._wav(key)
        if note is None:
            return None
        try:
            size = path.stat().st_size
        except OSError as error:
            _say_damaged(key, f"its audio cannot be read ({error.strerror})")
            return None
        if size != note["bytes"]:
            _say_damaged(key, "its audio is not what was written")
            return None
        words = tuple(
            Word(text, DurationMs(start), DurationMs(end)) for text, start, end in note["words"]
        )
        return KeptTake(
            path,
            note["sha256"],
            note["frames"],
            note["rate"],
            words,
            Usd(note["cost"]),
            note["attempts"],
        )

    def has(self, key: str) -> bool:
        """Tell whether the take is in the folder or the shared place."""
        return self.find(key) is not None or self.shares(key)

    def shares(self, key: str) -> bool:
        """Tell whether the shared place has the take."""
        if self.shared is None:
            return False
        return self.shared.size(self._name(self._sidecar(key))) is not None

    def get(self, key: str, found: KeptTake | None = None) -> KeptTake | None:
        """The take; None when there is none or it is damaged, which is logged.

        `found` is what `find` gave, if anything: while the audio is of it, nothing else is
        read.
        """
        if found and _whole(key, found):
            self._mark_used(key)
            return found
        take = self._proven(key)
        if take is None and self.shared and self._fetched(key, self.shared):
            take = self._proven(key)
        return take

    def prune(self, unused_since: dt.datetime) -> int:
        """Remove takes that nobody used since then; the bytes that are free now.

        The shared place stays.
        """
        limit = unused_since.timestamp()
        return sum(_remove(sidecar) for used, sidecar in self._by_last_use() if used < limit)

    def prune_to(self, most_bytes: int, unused_since: dt.datetime) -> int:
        """Remove takes, those first that nobody used for longest, until the others fit.

        The bytes freed.

        Takes that were used since then stay, for the next run needs them.
        """
        takes = self._by_last_use()
        excess = sum(_size(sidecar) for _, sidecar in takes) - most_bytes
        freed = 0
        for used, sidecar in takes:
            if freed >= excess or used >= unused_since.timestamp():
                break
            freed += _remove(sidecar)
        return freed

    def _by_last_use(self) -> list[tuple[float, Path]]:
        """List the sidecars with the moment of their last use, the oldest first."""
        found: list[tuple[float, Path]] = []
        for sidecar in self.folder.glob("??/*.json"):
            # Another run removes the same.
            with suppress(OSError):
                found.append((sidecar.stat().st_mtime, sidecar))
        return sorted(found)

    def _mark_used(self, key: str) -> None:
        """Give the sidecar a new time: by it `prune` knows what is in use."""
        sidecar = self._sidecar(key)
        with suppress(OSError):
            os.utime(sidecar)

    def _proven(self, key: str) -> KeptTake | None:
        found = self.find(key)
        if found is None or not _whole(key, found):
            return None
        self._mark_used(key)
        return found

    def _fetched(self, key: str, shared: Shared) -> bool:
        """Tell whether the shared take is in the folder now, whole or not."""
        note = shared.read(self._name(self._sidecar(key)))
        audio = shared.read(self._name(self._wav(key))) if note is not None else None
        if note is None or audio is None:
            return False
        write_atomic(self._wav(key), audio, sync=False)
        write_atomic(self._sidecar(key), note, sync=False)
        return True

    def put(self, key: str, sound: Sound, cost: Usd, attempts: int) -> KeptTake:
        """Keep a take under its key, in place of any other.

        It survives a power cut when this returns.
        """
        buffer = io.BytesIO()
        with wave.open(buffer, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(sound.rate)
            file.writeframes(sound.samples)
        content = buffer.getvalue()
        digest, frames = sha256(content).hexdigest(), len(sound.samples) // 2
        note = {
            "version": VERSION,
            "key": key,
            "sha256": digest,
            "bytes": len(content),
            "frames": frames,
            "rate": sound.rate,
            "cost": cost,
            "attempts": attempts,
            "words": [[word.text, word.start, word.end] for word in sound.words],
        }
        note["check"] = _check(note)
        for path in (self._wav(key), self._sidecar(key)):
            make_way(path)
        # Both in place first, then fsync: a take was paid for, and a process may be killed.
        write_atomic(self._wav(key), content, sync=False)
        write_atomic(
            self._sidecar(key), json.dumps(note, ensure_ascii=False) + "\n", sync=False
        )
        settle(self._wav(key), self._sidecar(key))
        if self.shared:
            for path in (self._wav(key), self._sidecar(key)):
                self.shared.put(self._name(path), path)
        return KeptTake(self._wav(key), digest, frames, sound.rate, sound.words, cost, attempts)

    def _note(self, key: str) -> dict[str, Any] | None:
        """The sidecar; None when there is none that this version wrote and that is whole."""
        try:
            note = json.loads(self._sidecar(key).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError):
            _say_damaged(key, "its sidecar cannot be read")
            return None
        if not isinstance(note, dict) or note.get("version") != VERSION:
            _say_damaged(key, "another version wrote it")
            return None
        if note.pop("check", None) != _check(note) or note.get("key", key) != key:
            _say_damaged(key, "its sidecar is not what was written")
            return None
        return note

    def _name(self, path: Path) -> str:
        """Name of a take's file in the shared place."""
        return path.relative_to(self.folder).as_posix()

    def _wav(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.wav"

    def _sidecar(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def _whole(key: str, take: KeptTake) -> bool:
    """Tell whether the audio is what was written."""
    try:
        digest = sha256(take.path.read_bytes()).hexdigest()
    except OSError as error:
        _say_damaged(key, f"its audio cannot be read ({error.strerror})")
        return False
    if digest != take.sha256:
        _say_damaged(key, "its audio is not what was written")
        return False
    return True


def _say_damaged(key: str, why: str) -> None:
    log.info("take %s does not count and will be spoken again: %s", key[:12], why)


def _check(note: Mapping[str, Any]) -> str:
    return sha256(json.dumps(note, sort_keys=True).encode()).hexdigest()


def _size(sidecar: Path) -> int:
    """Bytes of a take's audio; 0 when it is gone."""
    try:
        return sidecar.with_suffix(".wav").stat().st_size
    except OSError:
        return 0


def _remove(sidecar: Path) -> int:
    """Remove a take; the bytes that are free now."""
    freed = _size(sidecar)
    for path in (sidecar, sidecar.with_suffix(".wav")):
        # Another run removes the same.
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return freed
