"""A Voice's id in an engine, and the engine's own choice for a Voice that leaves it out."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from podcast.model import Voice


def voice_id(voice: Voice, engine: str, own: Mapping[str, str]) -> str:
    """Find the id of a Voice in an engine.

    A Voice that names none gets one of the engine's `own` (id to how it presents), always the
    same one: among those that present as the Voice does, by a hash of both ids.
    """
    if engine in voice.engines:
        return voice.engines[engine]

    fitting = [
        id_ for id_, presentation in own.items() if _fits(voice.presentation, presentation)
    ]
    return max(fitting or own, key=lambda id_: sha256(f"{voice.id}\0{id_}".encode()).digest())


def _fits(wanted: str, presentation: str) -> bool:
    return wanted == presentation or "neutral" in (wanted, presentation)
