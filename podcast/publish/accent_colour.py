"""Colours that fit a picture and can be read: what the pages take from the cover."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

# Where a picture has no colour of its own.
SLATE = (0x3F, 0x5E, 0x8C)


def accent(path: Path | None) -> str:
    """The liveliest colour that fills a 300th of a picture, as `#rrggbb`; else SLATE."""
    return _accent(path, path.stat().st_mtime_ns) if path else _hex(SLATE)


@lru_cache(maxsize=8)
def _accent(path: Path, _changed: int) -> str:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            picture.draft("RGB", (96, 96))
            small = picture.convert("RGB").resize((64, 64)).quantize(48).convert("RGB")
    except OSError:  # not a whole picture: `tag` and `check` say so
        return _hex(SLATE)
    return _hex(_choose_liveliest(small.getcolors(64 * 64) or []))


def _choose_liveliest(colours: Sequence[tuple[int, object]]) -> tuple[int, ...]:
    """The colour whose parts differ most; SLATE where all that fill enough are grey."""
    liveliest: tuple[int, ...] = SLATE
    # Below this difference a colour looks grey beside text.
    most = 40
    for count, colour in colours:
        if not isinstance(colour, tuple) or count <= 64 * 64 / 300:
            continue
        chroma = max(colour) - min(colour)
        if chroma > most or (chroma == most > 40 and colour > liveliest):
            most, liveliest = chroma, colour
    return liveliest


@lru_cache(maxsize=64)
def shade(colour: str, ground: str, contrast: float) -> str:
    """The colour, lighter or darker until it stands out from the ground (WCAG 2.2)."""
    red, green, blue = bytes.fromhex(colour[1:])
    hue, light, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    step, limit = (0.01, 1.0) if _luminance(ground) < 0.18 else (-0.01, 0.0)
    while _contrast(colour, ground) < contrast and light != limit:
        light = min(max(light + step, 0.0), 1.0)
        colour = _hex(
            [round(part * 255) for part in colorsys.hls_to_rgb(hue, light, saturation)]
        )
    return colour


def _hex(parts: Sequence[int]) -> str:
    return "#" + bytes(parts).hex()


def _luminance(colour: str) -> float:
    red, green, blue = map(_linearise, bytes.fromhex(colour[1:]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linearise(byte: int) -> float:
    """The light of a part of a colour (IEC 61966-2-1, sRGB)."""
    part = byte / 255
    if part <= 0.04045:
        return part / 12.92
    light: float = ((part + 0.055) / 1.055) ** 2.4
    return light


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)
