"""Who gets which voice, as the model chooses by personas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from podcast.model import Person, Voice
from podcast.services.shapes import Casting


def casting_data(people: Sequence[Person], voices: Mapping[str, Voice]) -> dict[str, Any]:
    """People and pool, as the model reads them."""
    return {
        "people": list(map(_describe_cast_person, people)),
        "voices": list(map(_describe_voice, voices.values())),
    }


def _describe_cast_person(person: Person) -> dict[str, str]:
    return {"name": person.name, "role": person.role, "persona": person.persona}


def _describe_voice(voice: Voice) -> dict[str, str]:
    return {
        "id": voice.id,
        "description": voice.description,
        "presentation": voice.presentation,
        "manner": voice.manner,
    }


def read_casting(
    casting: Casting | None, people: Sequence[Person], voices: Mapping[str, Voice]
) -> dict[str, str]:
    """Take the choices that hold: a person of ours, a voice of the pool, none twice."""
    if casting is None:
        return {}

    names = {person.name for person in people}
    chosen: dict[str, str] = {}
    for choice in casting.choices:
        is_new = choice.name in names and choice.name not in chosen
        if is_new and choice.voice in voices and choice.voice not in chosen.values():
            chosen[choice.name] = choice.voice
    return chosen
