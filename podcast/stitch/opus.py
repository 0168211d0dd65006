"""A small Opus file of an episode, for listeners whose data are dear."""

from __future__ import annotations

import subprocess
from pathlib import Path

from podcast.errors import StitchError
from podcast.stitch.ffmpeg import READS_ONLY, last_line, start_ffmpeg
from podcast.util.files import replacing

# kbit/s: in the sweet spot for full-band speech (RFC 6716, section 2.1.1).
BITRATE = 32


def encode_opus(mp3: Path, out: Path) -> None:
    """Encode a tagged MP3 as mono Opus in Ogg, with its title and chapters as comments.

    It is made from the MP3, whose own loss is below what Opus adds. The same MP3 gives the same
    bytes. Raises StitchError.
    """
    import ffmpeg  # type: ignore[import-untyped]

    with replacing(out, sync=False) as beside:
        graph = ffmpeg.input(f"file:{mp3}", **READS_ONLY).audio.output(
            f"file:{beside}",
            acodec="libopus",
            ac=1,
            audio_bitrate=f"{BITRATE}k",
            format="ogg",
            fflags="+bitexact",
            **{"flags:a": "+bitexact"},
        )
        streams = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.PIPE,
        }
        with start_ffmpeg(graph.overwrite_output(), **streams) as process:
            _, complaints = process.communicate()
        if process.returncode:
            raise StitchError(f"{mp3} cannot be encoded as Opus: {last_line(complaints)}")
