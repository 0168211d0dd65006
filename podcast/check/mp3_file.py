"""The MP3 as players find it: every frame walked, the length counted, the loudness measured.

Sources: ISO/IEC 11172-3 2.4.1.3 and 13818-3 2.4.1.3 (frame header), the Xing and LAME tags
(http://gabriel.mp3-tech.org/mp3infotag.html), ITU-R BS.1770-5 by ffmpeg's ebur128.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from podcast.check.fault import Fault
from podcast.model import Episode, Loudness

# As heard; Apple asks for it, give or take LUFS_OFF.
LUFS = -16.0
LUFS_OFF = 1.0
# In dBTP, at most.
PEAK = -1.0
# How far a measurement may be from the record's, in LU and dB: measuring twice differs by
# less.
DRIFT = 0.5
# How far the counted length may be from the record's, in milliseconds: four frames.
COUNT_OFF = 100

_BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


@dataclass(frozen=True, slots=True)
class Header:
    """What the four bytes before a Layer III frame say."""

    mpeg: int
    """1, or 2 for MPEG-2 and 2.5."""
    rate: int
    """Hz."""
    bitrate: int
    """kbit/s."""
    channels: int
    size: int
    """Bytes of the frame, header included."""
    samples: int
    """A channel's samples in a frame."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The frames between the tags."""

    first: Header
    frames: int
    """The Info frame not counted."""
    bitrates: frozenset[int]
    info: Info | None
    faults: tuple[tuple[str, str], ...]
    """What is wrong with it, and the rule."""

    @property
    def duration(self) -> float:
        """Milliseconds of sound: without the padding that the Info frame tells of."""
        padding = 0
        if self.info:
            padding = self.info.padding
        return max(0, self.frames * self.first.samples - padding) * 1000 / self.first.rate


@dataclass(frozen=True, slots=True)
class Info:
    """What the frame before the sound promises."""

    name: str
    """`Info`, or `Xing` where the bit rate varies."""
    frames: int | None
    size: int | None
    padding: int
    """Samples before and after the sound that are not sound."""


def check_mp3(mp3: bytes, episode: Episode) -> Iterator[Fault]:
    """What is wrong with the sound of an episode."""
    stream = walk(mp3)
    if isinstance(stream, str):
        yield Fault(episode.audio, stream, "E1")
        return
    for what, rule in stream.faults:
        yield Fault(episode.audio, what, rule)
    if abs(stream.duration - episode.duration) > COUNT_OFF:
        lasting, noted = stream.duration / 1000, episode.duration / 1000
        what = f"it lasts {lasting:.3f} s; its record says {noted:.3f} s"
        yield Fault(episode.audio, what, "L5")
    if not any(rule == "E1" for _, rule in stream.faults):
        measured, complaints = measure(mp3)
        if complaints:
            yield Fault(episode.audio, f"ffmpeg cannot decode all of it: {complaints[0]}", "E7")
        yield from _loudness(measured, episode)


def walk(mp3: bytes) -> Stream | str:
    """Follow every frame from the end of the ID3v2 tag to the end of the file.

    A sentence where none is.
    """
    start, end, tag_faults = _find_sound(mp3)
    first = header(mp3, start)
    if first is None:
        return f"no MP3 frame where the sound should begin, at byte {start}"

    info = _info(mp3[start : start + first.size], first)
    position = start
    if info:
        position += first.size  # The Info frame is silent, and counts as none.
    frames, bitrates, frame_faults = _walk_frames(mp3, position, end, first)
    faults = [*tag_faults, *frame_faults]
    faults += _promises(info, frames, end - start)
    faults += _find_format_faults(first, bitrates)
    return Stream(first, frames, frozenset(bitrates), info, tuple(faults))


def _find_sound(mp3: bytes) -> tuple[int, int, list[tuple[str, str]]]:
    """The bytes at which the sound begins and ends.

    And tags beyond the first ID3v2 tag, which are faults.
    """
    faults: list[tuple[str, str]] = []
    start, end = tag_size(mp3), len(mp3)
    while mp3[start : start + 3] == b"ID3":
        faults.append((f"a second ID3v2 tag at byte {start}", "E6"))
        start += tag_size(mp3[start:])
    # ID3v1 is the last 128 bytes of a file; an APEv2 tag lies before it.
    if mp3[end - 128 : end - 125] == b"TAG":
        faults.append(("an ID3v1 tag at its end", "E6"))
        end -= 128
    if mp3[end - 32 : end - 24] == b"APETAGEX":
        faults.append(("an APE tag at its end", "E6"))
        # The size in an APEv2 footer counts the items and the footer; bit 31 of the
        # flags tells of a header.
        flags = int.from_bytes(mp3[end - 12 : end - 8], "little")
        end -= int.from_bytes(mp3[end - 20 : end - 16], "little")
        if flags >> 31:
            end -= 32
    return start, end, faults


def _walk_frames(
    mp3: bytes, position: int, end: int, first: Header
) -> tuple[int, set[int], list[tuple[str, str]]]:
    """Follow the frames.

    How many, their bit rates, and where they break off (once, and at the end).
    """
    frames, bitrates = 0, set[int]()
    faults: list[tuple[str, str]] = []
    while position < end:
        frame = header(mp3, position)
        if frame is None or (frame.rate, frame.channels) != (first.rate, first.channels):
            if not faults:
                what = f"no frame at byte {position}, where the one before it ends"
                faults.append((what, "E1"))
            position = _resync(mp3, position + 1, end, first)
            continue

        missing = position + frame.size - end
        if missing > 0:
            what = f"it is cut: its last frame, at byte {position}, lacks {missing} bytes"
            faults.append((what, "E1"))
            break
        frames += 1
        bitrates.add(frame.bitrate)
        position += frame.size
    return frames, bitrates, faults


def _find_format_faults(first: Header, bitrates: set[int]) -> Iterator[tuple[str, str]]:
    # Players jump by the share of bytes: in 20 minutes of varying bit rate, 4.4 s beside;
    # of constant, 0.03 s.
    if len(bitrates) > 1:
        yield f"its bit rate varies: {min(bitrates)} to {max(bitrates)} kbit/s", "E2"
    if first.rate not in (44_100, 48_000):
        yield f"its sample rate is {first.rate} Hz; apps ask for 44100 or 48000", "E3"
    if not bitrates:
        return

    # Apple's audio requirements (podcasters.apple.com/support/893).
    kind, low, high = "stereo", 128, 256
    if first.channels == 1:
        kind, low, high = "mono", 64, 128
    if min(bitrates) < low or max(bitrates) > high:
        yield f"its bit rate is {max(bitrates)} kbit/s; {kind} wants {low} to {high}", "E4"


def tag_size(mp3: bytes) -> int:
    """Bytes of the ID3v2 tag at the start, 0 when there is none (ID3v2.3 section 3.1)."""
    if mp3[:3] != b"ID3" or len(mp3) < 10:
        return 0
    size = 10  # The tag's header, which its size leaves out.
    # Seven bits a byte, so that no byte of the size looks like the beginning of a frame.
    body = 0
    for byte in mp3[6:10]:
        body = body << 7 | byte & 0x7F
    size += body
    if mp3[5] & 0x10:
        size += 10  # ID3v2.4 repeats the header at the end where this flag is set.
    return size


def header(mp3: bytes, position: int) -> Header | None:
    """The header of a Layer III frame at that byte; None when there is none."""
    if position + 4 > len(mp3):
        return None
    return _parse_header(mp3[position : position + 3], mp3[position + 3] >> 6)


@lru_cache(maxsize=1024)
def _parse_header(lead: bytes, mode: int) -> Header | None:
    """Read three bytes and the channel mode of a header; a file has few different ones."""
    version, layer = lead[1] >> 3 & 3, lead[1] >> 1 & 3
    bitrate, rate, padding = lead[2] >> 4, lead[2] >> 2 & 3, lead[2] >> 1 & 1
    if (
        lead[0] != 0xFF
        or lead[1] < 0xE0
        or version == 1
        or layer != 1
        or bitrate in (0, 15)
        or rate == 3
    ):
        return None
    # ISO 11172-3 and 13818-3: half the samples a frame where the sample rates are halved.
    mpeg, samples = 2, 576
    if version == 3:
        mpeg, samples = 1, 1152
    channels = 2
    if mode == 3:
        channels = 1
    kbits, hertz = _BITRATES[mpeg][bitrate], _RATES[version][rate]
    size = samples // 8 * kbits * 1000 // hertz + padding
    return Header(mpeg, hertz, kbits, channels, size, samples)


def _resync(mp3: bytes, position: int, end: int, first: Header) -> int:
    """The next byte at which two frames like the first follow one another."""
    while (position := mp3.find(b"\xff", position, end)) >= 0:
        found = header(mp3, position)
        if found and (found.rate, found.channels) == (first.rate, first.channels):
            after = position + found.size
            if after == end or header(mp3, after):
                return position
        position += 1
    return end


def _info(frame: bytes, first: Header) -> Info | None:
    side = {(1, 1): 17, (1, 2): 32, (2, 1): 9, (2, 2): 17}[first.mpeg, first.channels]
    at = 4 + side
    name = frame[at : at + 4]
    if name not in (b"Info", b"Xing"):
        return None
    flags = int.from_bytes(frame[at + 4 : at + 8], "big")
    at += 8
    frames = size = None
    if flags & 1:
        (frames,) = struct.unpack_from(">I", frame, at)
        at += 4
    if flags & 2:
        (size,) = struct.unpack_from(">I", frame, at)
        at += 4
    if flags & 4:
        at += 100  # A table to jump by, a byte for each hundredth of the time.
    if flags & 8:
        at += 4  # The quality, which decoders have no use for.
    # LAME's part, which Lavc writes as well: 12 bits of samples before the sound, 12 after.
    gaps = 0
    if frame[at : at + 4] in (b"LAME", b"Lavc"):
        gaps = int.from_bytes(frame[at + 21 : at + 24], "big")
    return Info(name.decode(), frames, size, (gaps >> 12) + (gaps & 0xFFF))


def _promises(info: Info | None, frames: int, size: int) -> Iterator[tuple[str, str]]:
    if info is None:
        yield "it has no Info frame, so players guess its length", "E5"
        return
    if info.name != "Info":
        yield "it is marked as of variable bit rate", "E2"
    if info.frames is None or abs(info.frames - frames) > 1:
        yield f"its Info frame counts {info.frames} frames; there are {frames}", "E5"
    elif info.size is not None and info.size != size:
        yield f"its Info frame counts {info.size} bytes; there are {size}", "E5"


def measure(mp3: bytes) -> tuple[Loudness, list[str]]:
    """Loudness as heard (a mono file plays from two speakers) and true peak.

    The decoder's complaints.
    """
    import ffmpeg  # type: ignore[import-untyped]
    from imageio_ffmpeg import get_ffmpeg_exe  # type: ignore[import-untyped]

    graph = (
        ffmpeg.input("pipe:0", f="mp3", vn=None)
        .filter("ebur128", peak="true", dualmono="true", framelog="quiet")
        .output("pipe:1", f="null")
        .global_args("-hide_banner", "-nostats")
    )
    try:
        _, said = graph.run(
            cmd=get_ffmpeg_exe(), input=mp3, capture_stdout=True, capture_stderr=True
        )
    except ffmpeg.Error as error:
        said = error.stderr
    log, _, summary = said.decode(errors="replace").rpartition("Summary:")
    found = [re.search(rf"{key}:\s+(-?[\d.]+|-?inf|nan)", summary) for key in ("I", "Peak")]
    lufs, peak = (float(match[1]) if match else math.nan for match in found)
    return Loudness(lufs, peak), re.findall(
        r"^\[mp3\w* @ \w+\] (.+)", log or summary, re.MULTILINE
    )


def _loudness(measured: Loudness, episode: Episode) -> Iterator[Fault]:
    name, noted = episode.audio, episode.loudness
    silent = episode.engine == "silence"
    if not silent and not abs(measured.lufs - LUFS) <= LUFS_OFF:
        yield Fault(
            name,
            f"its loudness is {measured.lufs:.1f} LUFS; -16 is wanted, give or take 1",
            "I1",
        )
    if not measured.true_peak <= PEAK and not math.isnan(measured.true_peak):
        yield Fault(
            name, f"its true peak is {measured.true_peak:.1f} dBTP; -1 is the most", "I2"
        )
    if not silent and abs(measured.lufs - noted.lufs) > DRIFT:
        what = f"its loudness is {measured.lufs:.1f} LUFS; its record says {noted.lufs:.1f}"
        yield Fault(name, what, "I1")
    if not silent and abs(measured.true_peak - noted.true_peak) > 2 * DRIFT:
        what = f"its true peak is {measured.true_peak:.1f} dBTP"
        yield Fault(name, f"{what}; its record says {noted.true_peak:.1f}", "I2")
