"""Pictures of people: files in `voices/` named after them, such as `irene-falk.jpg`."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from pathlib import Path

from podcast.errors import PublishError

# Pixels of a published picture: it is shown in 24 and 36, on sharp screens.
PORTRAIT_SIZE = 192
_ENDINGS = {".jpg", ".jpeg", ".png", ".webp"}


def list_portraits(voices: Path) -> dict[str, str]:
    """The pictures of a show's people: whose each is, and the name of its published copy."""
    return {person: portrait_name(draw_portrait(path)) for person, path in _find(voices)}


def draw_portraits(voices: Path) -> dict[str, bytes]:
    """The published copies of all pictures, by their names."""
    drawn = [draw_portrait(path) for _, path in _find(voices)]
    return {portrait_name(content): content for content in drawn}


def name_key(name: str) -> str:
    """What a person's name and the name of a picture have in common: letters and digits."""
    return "".join(filter(str.isalnum, name.casefold()))


def portrait_name(content: bytes) -> str:
    """Name a published picture: a new one has a new name."""
    return f"person-{hashlib.sha256(content).hexdigest()[:8]}.jpg"


def draw_portrait(path: Path) -> bytes:
    """The middle of a picture as a small square JPEG. Raises PublishError."""
    return _draw(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _draw(path: Path, _changed: int) -> bytes:
    from PIL import Image, ImageOps

    size = (PORTRAIT_SIZE, PORTRAIT_SIZE)
    data = io.BytesIO()
    try:
        with Image.open(path) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            ImageOps.fit(upright, size, Image.Resampling.LANCZOS).save(data, "JPEG", quality=84)
    except (OSError, SyntaxError, ValueError) as error:
        raise PublishError(f"{path}: it is no picture that can be read. Replace it") from error
    return data.getvalue()


def _find(voices: Path) -> list[tuple[str, Path]]:
    """Each picture with its person's key, by their names; the first of a person counts."""
    found: dict[str, Path] = {}
    for path in sorted(voices.glob("*")):
        if path.suffix.lower() in _ENDINGS:
            found.setdefault(name_key(path.stem), path)
    return list(found.items())
