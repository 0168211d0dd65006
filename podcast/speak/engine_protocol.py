"""The seam behind which engines turn passages into sound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from podcast.model import Sound, Usd, Voice


class Engine(Protocol):
    """A speech engine: turns a passage into sound.

    MUST be safe to call from many threads, and MUST pickle. MAY have `acts = True`: the manner
    of the voices that it is given then ends with the script's directions, and they are part of
    the take's key. MAY have `keeps_pace = True`: `[pace slow]` and `[quickly]` change the pace
    of the voices. MAY be a PhonemeEngine too.
    """

    name: str
    """The word of the configuration, and the key of `Voice.engines`."""
    limit: int
    """The longest passage it takes, in characters; the stage splits longer ones at
    sentences."""
    jobs: int
    """Number of passages that it gains from speaking at once."""
    audible: bool
    """False for an engine that only keeps time: its takes are not listened to for faults."""

    def identity(self, voice: Voice) -> Mapping[str, str]:
        """Everything on the engine's side that shapes this voice's sound.

        Model, its id, settings.

        Becomes part of the take's key. MUST be cheap: no model is loaded, no service asked.
        MUST raise SpeakError, with the remedy, for a voice that it cannot speak in.
        """
        ...

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        """Speak one passage of at most `limit` characters, already spelled out.

        MUST return mono 16-bit PCM, or raise SpeakError. `attempt` counts from 0; a later
        attempt SHOULD differ from the one before, which failed its checks. MAY give word times
        and a transcript.
        """
        ...

    def price(self, text: str, voice: Voice) -> Usd | None:
        """Estimate what saying it will cost; None when the price is not known."""
        ...


@runtime_checkable
class PhonemeEngine(Protocol):
    """An Engine that turns words into sounds itself, and says which.

    Its takes are known by their sounds: only what sounds different is spoken again.
    """

    def phonemes(self, text: str, voice: Voice) -> tuple[str, ...]:
        """Give each word of a text, split at white space, its phonemes in this voice."""
        ...

    def earlier_identity(self, voice: Voice) -> Mapping[str, str]:
        """The identity that it had when takes were known by their letters."""
        ...

    def earlier_phonemes(self, text: str) -> tuple[str, ...]:
        """Give the words of a text the phonemes that they had then.

        Empty where that is not known.
        """
        ...
