"""Stage 3: a Script becomes Takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from podcast.model import Sound, Usd, Voice


class Engine(Protocol):
    """What turns a passage into sound.

    MUST be safe to call from many threads, and MUST pickle."""

    name: str
    """The word of the configuration, and the key of `Voice.engines`."""
    limit: int
    """The longest passage it takes, in characters; the stage splits longer ones at sentences."""
    jobs: int
    """How many passages it gains from speaking at once."""

    def identity(self, voice: Voice) -> Mapping[str, str]:
        """Everything on the engine's side that shapes this voice's sound: model, its id, settings.

        Becomes part of the take's key. MUST be cheap: no model is loaded, no service asked.
        """
        ...

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        """Speak one passage of at most `limit` characters, already verbalized.

        MUST return mono 16-bit PCM, or raise SpeakError. `attempt` counts from 0; a later attempt
        SHOULD differ from the one before, which failed its checks.
        MAY give word times and a transcript.
        """
        ...

    def price(self, text: str, voice: Voice) -> Usd | None:
        """What saying it will cost, estimated; None when the price is not known."""
        ...
