"""Stings: short music of the show's own, from any audio file in its assets."""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path

from podcast.errors import StitchError
from podcast.stitch.ffmpeg import decode_audio
from podcast.stitch.pcm import Clip
from podcast.util import cache

# Seconds of a sting that are played; a longer one fades out.
LONGEST = 6.0
# Milliseconds of that fade.
FADE = 1500
# Milliseconds of the fades at the edges of any sting.
EDGE = 10
# Version of the shaping below.
VERSION = 1


def find_sting(folder: Path, role: str) -> Path | None:
    """The asset of a role (`opening`, `between`, `closing`) in any audio format.

    None when there is none.
    """
    found = sorted(path for path in folder.glob(f"{role}.*") if path.is_file())
    return found[0] if found else None


def load_sting(path: Path, role: str, rate: int, work: Path) -> Clip:
    """The asset decoded to mono, shortened and faded, kept in `work` by its content.

    Raises StitchError when it cannot be read or is no audio.
    """
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StitchError(f"{role} sting: cannot read {path} ({error.strerror})") from error
    key = hashlib.sha256(repr((VERSION, rate, content)).encode()).hexdigest()[:32]
    kept = work / f"{key}.pcm"
    pcm = cache.load(kept)
    if pcm is None:
        pcm = _shaped(decode_audio(path, rate, LONGEST + 1), rate)
        cache.save(kept, pcm)
    return Clip(key, path, len(pcm) // 2, rate, f"{role} sting", f"{role} sting", pcm)


def _shaped(pcm: bytes, rate: int) -> bytes:
    """At most LONGEST seconds, and no click at either edge."""
    with warnings.catch_warnings():
        # It looks for the system's ffmpeg, which we do not use.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # type: ignore[import-untyped]

    sound = AudioSegment(pcm, sample_width=2, frame_rate=rate, channels=1)
    longest = round(1000 * LONGEST)
    if len(sound) > longest:
        sound = sound[:longest].fade_out(FADE)
    return bytes(sound.fade_in(min(EDGE, len(sound))).fade_out(min(EDGE, len(sound))).raw_data)
