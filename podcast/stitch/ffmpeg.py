"""Readings of ffmpeg: true peaks of encoded frames, and the sound of any audio file."""

from __future__ import annotations

import subprocess
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from podcast.errors import StitchError
from podcast.stitch.mp3 import OutputFormat

# MP3 frames to a reading: fewer than LEAD, so that a reading that starts in a segment is of
# that segment.
GROUP = 4
QUIETLY = ("-nostdin", "-hide_banner", "-nostats", "-loglevel", "error")
# Options of an input: one file, which is sound. A playlist that poses as sound would name
# other files.
READS_ONLY = {
    "protocol_whitelist": "file",
    "format_whitelist": "aac,aiff,asf,au,caf,flac,matroska,webm,mov,mp4,m4a,mp3,ogg,w64,wav,wv",
}
# dBTP given for digital silence.
SILENT = -120.0


@lru_cache(maxsize=1)
def ffmpeg_exe() -> str:
    """The ffmpeg that came with us, else another that imageio-ffmpeg finds.

    Ours is not run to see whether it runs, as imageio-ffmpeg would: that takes 0.1 s of every
    make.
    """
    import imageio_ffmpeg  # type: ignore[import-untyped]

    for ours in Path(imageio_ffmpeg.__file__).with_name("binaries").glob("ffmpeg-*"):
        return str(ours)
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise StitchError(
            "no ffmpeg was found. Install the package imageio-ffmpeg again"
        ) from error


def true_peaks(streams: Iterable[bytes], output: OutputFormat, rate: int) -> list[float]:
    """The highest true peak of each stream of MP3 frames, in dBTP, as a decoder plays it.

    One run of ffmpeg decodes them all and oversamples them to `rate`, by the resampler of its
    ebur128 filter. It is fed while `streams` are being made, and reads them inside the filter
    graph, in one thread, that hands on only the first frame: less than half the cost of handing
    every one from thread to thread.
    """
    import ffmpeg  # type: ignore[import-untyped]

    filters = (
        r"amovie=pipe\\:0:f=mp3",
        f"asetnsamples={GROUP * output.samples}",
        f"aresample={rate}",
        "astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level",
        "ametadata=print:file=-",
        r"aselect=eq(n\,0)",
    )
    graph = ffmpeg.input(",".join(filters), format="lavfi").output(
        "-", format="null", codec="copy"
    )
    starts: list[float] = []
    seconds = 0.0
    with (
        tempfile.TemporaryFile() as complaints,
        start_ffmpeg(
            graph, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints
        ) as process,
        ThreadPoolExecutor(1) as reader,
    ):
        assert process.stdin
        assert process.stdout
        readings = reader.submit(_readings, process.stdout)
        try:
            for stream in streams:
                starts.append(seconds)
                seconds += sum(1 for _ in output.split(stream)) * output.samples / output.rate
                process.stdin.write(stream)
            process.stdin.close()
        except BrokenPipeError:
            pass
        except BaseException:
            process.kill()
            raise
        found = readings.result()
        if process.wait():
            complaints.seek(0)
            raise StitchError(
                f"ffmpeg could not measure the encoded sound: {last_line(complaints.read())}"
            )
    peaks = [SILENT] * len(starts)
    for time, peak in zip(*found, strict=True):
        index = bisect_right(starts, time + 1e-6) - 1
        peaks[index] = max(peaks[index], peak)
    return peaks


def _readings(lines: IO[bytes]) -> tuple[array[float], array[float]]:
    """Seconds and dBTP of each reading above silence that `ametadata` printed."""
    times, peaks = array("d"), array("d")
    time = 0.0
    for line in lines:
        if line.startswith(b"frame:"):
            time = float(line.rsplit(b"pts_time:", 1)[1])
        elif (peak := float(line.rsplit(b"=", 1)[1])) > SILENT:
            times.append(time)
            peaks.append(peak)
    return times, peaks


def decode_audio(path: Path, rate: int, seconds: float) -> bytes:
    """The beginning of any audio file as mono 16-bit samples.

    Raises StitchError when it is none.
    """
    import ffmpeg

    graph = ffmpeg.input(f"file:{path}", **READS_ONLY, t=seconds)
    graph = graph.output("pipe:", format="s16le", ac=1, ar=rate, vn=None)
    with start_ffmpeg(
        graph, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        samples, complaints = process.communicate()
    if process.returncode or not samples:
        raise StitchError(
            f"{path} cannot be played: {last_line(complaints) or 'it holds no sound'}"
        )
    return samples


def start_ffmpeg(graph: Any, **streams: Any) -> subprocess.Popen[bytes]:
    """Ffmpeg at work on a graph of ffmpeg-python's.

    Raises StitchError when it cannot be started.
    """
    command = graph.global_args(*QUIETLY).compile(cmd=ffmpeg_exe())
    try:
        return subprocess.Popen(command, **streams)  # noqa: S603 - no shell, and files only by `file:`
    except OSError as error:
        raise StitchError(f"ffmpeg cannot be started: {error.strerror}") from error


def last_line(complaints: bytes) -> str:
    """The last line of ffmpeg, which says why it failed."""
    lines = complaints.decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else ""
