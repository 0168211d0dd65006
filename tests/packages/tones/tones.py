"""An engine that hums and a store that keeps a folder: what another package needs to write."""

import math
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from podcast import Adapter, FolderStore, PodcastError, Setup, Sound, Usd, Voice

RATE = 24_000


@dataclass(frozen=True)
class ToneEngine:
    """Hums each passage for as long as it would take to say."""

    name = "tone"
    limit = 1000
    jobs = 1
    audible = False
    pitch: int = 100

    def identity(self, voice: Voice) -> Mapping[str, str]:
        return {"pitch": str(self.pitch + voice.pace)}

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        step = 2 * math.pi * (self.pitch + voice.pace) / RATE
        wave = (round(8000 * math.sin(step * i)) for i in range(len(text) * RATE // 15))
        return Sound(array("h", wave).tobytes(), RATE)

    def price(self, text: str, voice: Voice) -> Usd:
        return Usd(0.0)


def open_shelf(setup: Setup) -> FolderStore:
    return FolderStore(
        setup.show.path("shelves", setup.show.store.address.removeprefix("shelf://"))
    )


def open_tone(setup: Setup) -> ToneEngine:
    settings = setup.show.adapters.get("tone", {})
    try:
        return ToneEngine(**settings)
    except TypeError as error:
        raise PodcastError(f"podcast.toml: adapters.tone: {error}") from error


TONE = Adapter(open_tone, "a hum")
SHELF = Adapter(open_shelf, "a folder below shelves/")
