"""The takes of an episode, heard while later ones are still being spoken.

They are written to a player's standard input, in the order of the script and with a pause between them. They
are not levelled yet, and there is no music: what is published is made of them afterwards.
"""

from __future__ import annotations

import queue
import struct
import subprocess
import threading
import wave
from contextlib import suppress
from shutil import which

from podcast.errors import PodcastError
from podcast.model import Take

PLAYERS = {
    "ffplay": ("-nodisp", "-autoexit", "-loglevel", "error", "-i", "pipe:0"),
    "mpv": ("--no-video", "--really-quiet", "-"),
    "aplay": ("-q", "-"),
    "play": ("-q", "-t", "wav", "-"),
}
"""Programs that play a WAV file from their standard input, with their arguments; the first found plays."""

PAUSE = 0.5
"""Seconds of silence between takes."""

_ENDLESS = 0xFFFFFFFF
"""The size in a WAV header of a stream whose end is not known."""


class Player:
    """A program that plays takes as they come. Making never waits for it: it only hears what is there.

    Raises PodcastError where there is none. A context manager, which lets the player finish when its block
    ends well, and stops it at once when it does not.
    """

    def __init__(self) -> None:
        found = ((path, PLAYERS[name]) for name in PLAYERS if (path := which(name)))
        program, words = next(found, ("", ()))
        if not program:
            raise PodcastError(
                f"--play needs a player: one of {', '.join(PLAYERS)}. Install one, such as ffmpeg's ffplay"
            )
        self._takes: queue.SimpleQueue[Take | None] = queue.SimpleQueue()
        self._program = subprocess.Popen(  # noqa: S603
            [program, *words], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        self._thread = threading.Thread(target=self._feed, daemon=True)
        self._thread.start()

    def add(self, take: Take) -> None:
        """Play this take after those that were added."""
        self._takes.put(take)

    def _feed(self) -> None:
        pipe, rate = self._program.stdin, 0
        assert pipe is not None
        with suppress(OSError, wave.Error):  # A player that was closed ends the playing and nothing else.
            while take := self._takes.get():
                if not rate:
                    rate = take.rate
                    pipe.write(_header(rate))
                with wave.open(str(take.path), "rb") as file:
                    while samples := file.readframes(rate):
                        pipe.write(samples)
                pipe.write(bytes(2 * int(PAUSE * rate)))
                pipe.flush()
        with suppress(OSError):
            pipe.close()

    def __enter__(self) -> Player:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._takes.put(None)
                self._program.wait()
        finally:
            if self._program.poll() is None:
                self._program.kill()
                self._program.wait()
            self._takes.put(None)
            self._thread.join()


def _header(rate: int) -> bytes:
    """Of a WAV stream: mono, 16-bit PCM, without an end."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", _ENDLESS, b"WAVE") + form + struct.pack("<4sI", b"data", _ENDLESS)
