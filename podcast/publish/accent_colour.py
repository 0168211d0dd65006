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
    livelier = (
        (max(colour) - min(colour), colour)
        for count, colour in small.getcolors(64 * 64) or []
        if isinstance(colour, tuple) and count > 64 * 64 / 300
    )
    chroma, colour = max(livelier, default=(0, SLATE))
    return _hex(colour if chroma > 40 else SLATE)


@lru_cache(maxsize=64)
def shade(colour: str, ground: str, contrast: float) -> str:
    """The colour, lighter or darker until it stands out from the ground (WCAG 2.2)."""
    hue, light, saturation = colorsys.rgb_to_hls(
        *(part / 255 for part in bytes.fromhex(colour[1:]))
    )
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
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (byte / 255 for byte in bytes.fromhex(colour[1:]))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)
