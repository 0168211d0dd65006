"""How the host speaks: plain, warm or brisk, by the manner of the voice and the persona."""

from __future__ import annotations

import re
from typing import Literal

from podcast.model import Cast, Edition

Register = Literal["plain", "warm", "brisk"]

_WARM = re.compile(
    r"\b(?:warm|friendly|gentle|kind|smil\w+|cheerful|welcoming|intimate|conversational|"
    r"soft|curious|playful|"
    r"storytell\w+|empath\w+|inspir\w+)\b",
    re.IGNORECASE,
)
_BRISK = re.compile(
    r"\b(?:brisk|quick|fast|crisp|lively|energetic|bright|sharp|punchy|direct|dynamic|"
    r"upbeat|concise|viral|digital native)\b",
    re.IGNORECASE,
)


def host_register(edition: Edition, cast: Cast) -> Register:
    """Choose the register: the voice's manner counts twice, the editor's persona once."""
    voice = cast.voices.get(cast.presenter)
    manner = voice.manner if voice else ""
    persona = edition.editor.persona if edition.editor else ""
    warm = 2 * len(_WARM.findall(manner)) + len(_WARM.findall(persona))
    brisk = 2 * len(_BRISK.findall(manner)) + len(_BRISK.findall(persona))
    if warm == brisk:
        return "plain"
    return "warm" if warm > brisk else "brisk"
