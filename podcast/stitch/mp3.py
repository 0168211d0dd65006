"""MPEG audio frames.

Their sizes, the encoder that makes them, and the Info frame in front of them.

Sources: ISO/IEC 11172-3 2.4.1.3 and 13818-3 (frame header), the LAME tag as
http://gabriel.mp3-tech.org/mp3infotag.html describes it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from podcast.errors import StitchError

MPEG1_BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
MPEG2_BITRATES = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
# Sample rate in Hz to (MPEG version, rate index of the frame header).
RATES = {44_100: (1, 0), 48_000: (1, 1), 24_000: (2, 1)}

# Cells in a frame: what sounds are measured and placed by.
FRAME_CELLS = 6
# Samples that LAME puts before the first one it was given.
ENCODER_DELAY = 576
# Samples that every decoder adds; readers of the Info frame know it.
DECODER_DELAY = 529
# LAME's own default; 2 takes a third longer and nobody hears it in speech, 7 is the fastest.
QUALITY = 3

# Bytes of side information in a mono frame, by MPEG version.
_SIDE_BYTES = {1: 17, 2: 9}
# The LAME tag's code for the sample rate of the source; 0: 32 kHz or less.
_SOURCE_RATES = {44_100: 1 << 6, 48_000: 2 << 6}


@dataclass(frozen=True)
class OutputFormat:
    """A mono, constant bit rate MP3.

    Raises StitchError for a rate or bit rate that has no such thing.
    """

    rate: int
    """Samples a second."""
    bitrate: int
    """kbit/s."""

    def __post_init__(self) -> None:
        if self.rate not in RATES:
            known = ", ".join(str(rate) for rate in sorted(RATES))
            raise StitchError(
                f"an episode cannot have {self.rate} samples a second. Choose one of {known}"
            )
        if self.bitrate not in self._bitrates:
            known = ", ".join(str(bitrate) for bitrate in self._bitrates)
            raise StitchError(
                f"an MP3 of {self.rate} Hz cannot have {self.bitrate} kbit/s. Choose one of "
                f"{known}"
            )

    @property
    def _bitrates(self) -> tuple[int, ...]:
        return MPEG1_BITRATES if RATES[self.rate][0] == 1 else MPEG2_BITRATES

    @cached_property
    def samples(self) -> int:
        """Samples in a frame."""
        return 1152 if RATES[self.rate][0] == 1 else 576

    @property
    def cell(self) -> int:
        """Samples in a cell: a sixth of a frame, about 4 ms."""
        return self.samples // FRAME_CELLS

    @property
    def scale(self) -> float:
        """LAME's factor on its input at a constant bit rate; measured at every bit rate."""
        scales = ((160, 0.95), (192, 0.97), (224, 0.98), (320, 1.0))
        return next(scale for most, scale in scales if self.bitrate <= most)

    def header(self, bitrate: int) -> bytes:
        """The header of a frame without padding and checksum: mono, original."""
        version, rate = RATES[self.rate]
        index = self._bitrates.index(bitrate) + 1
        return bytes((0xFF, 0xFB if version == 1 else 0xF3, index << 4 | rate << 2, 0xC4))

    def size(self, bitrate: int) -> int:
        """Bytes of a frame without padding."""
        return self.samples // 8 * bitrate * 1000 // self.rate

    @property
    def whole(self) -> bool:
        """True when frames fill whole bytes, so that none is padded and all have one size."""
        return self.samples // 8 * self.bitrate * 1000 % self.rate == 0

    def split(self, stream: bytes) -> Iterator[bytes]:
        """The frames of a stream of ours, whatever their padding."""
        position, size = 0, self.size(self.bitrate)
        while position + 4 <= len(stream):
            end = position + size + (stream[position + 2] >> 1 & 1)
            yield stream[position:end]
            position = end


def encode_frames(pcm: Iterable[bytes], frames: int, output: OutputFormat) -> bytes:
    """The first `frames` frames of 16-bit samples encoded by themselves.

    What LAME flushes after is dropped.

    The samples MUST fill `frames` frames exactly and end in silence of at least a frame and the
    delays. Runs without the interpreter's lock.
    """
    import lameenc  # type: ignore[import-not-found]

    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(output.rate)
    encoder.set_out_sample_rate(output.rate)
    encoder.set_bit_rate(output.bitrate)
    encoder.set_quality(QUALITY)
    encoder.silence()
    stream = b"".join([*(encoder.encode(block) for block in pcm), encoder.flush()])
    size = output.size(output.bitrate)
    if output.whole:
        return stream[: frames * size]
    split = output.split(stream)
    return b"".join(next(split) for _ in range(frames))


def overhang_frames(output: OutputFormat) -> int:
    """Count the frames that push the last sound through encoder and decoder."""
    return -(-(ENCODER_DELAY + DECODER_DELAY) // output.samples)


@lru_cache(maxsize=8)
def silent_frame(output: OutputFormat) -> bytes:
    """A frame of digital silence that leans on no other: any number may stand anywhere."""
    return encode_frames([bytes(4 * output.samples)], 1, output)


def info_frame(output: OutputFormat, frames: int, size: int, padding: int) -> bytes:
    """The Info frame of `frames` frames in `size` bytes.

    `padding` samples at the end are not sound.

    Counts leave this frame out, bytes count it in, as LAME does. The music's own checksum is
    left 0.
    """
    # The tag has no room in frames of the lowest bit rates: this one frame takes a higher one.
    bitrate = next(b for b in output._bitrates if b >= output.bitrate and output.size(b) >= 192)
    length = output.size(bitrate)
    total = length + size

    signed = output.header(bitrate) + bytes(_SIDE_BYTES[RATES[output.rate][0]])
    signed += b"Info" + struct.pack(">III", 0xF, frames, total)
    signed += _seek_table(frames, size, length)
    signed += struct.pack(">I", 100 - 10 * QUALITY)

    # Tag revision 0, constant bit rate; low pass unknown.
    signed += b"LAME3.100" + bytes((0x01, 0))
    # No replay gain: the sound is mastered.
    signed += bytes(8)
    signed += bytes((0, min(255, output.bitrate)))
    signed += (ENCODER_DELAY << 12 | padding).to_bytes(3, "big")
    signed += bytes((_SOURCE_RATES.get(output.rate, 0), 0)) + bytes(2)
    signed += struct.pack(">IH", total, 0)
    signed += struct.pack(">H", crc16(signed))
    # eyeD3 looks for the signature where a stereo file has it, in what is padding here.
    signed = signed.ljust(190, b"\0")
    return (signed + struct.pack(">H", crc16(signed))).ljust(length, b"\0")


def _seek_table(frames: int, size: int, length: int) -> bytes:
    """For each hundredth of the time its place in the file, in 256ths.

    `length` is the Info frame's own, `size` that of all other frames, in bytes.
    """
    places: list[int] = []
    for hundredth in range(100):
        offset = length + hundredth * frames // 100 * size // max(1, frames)
        places.append(min(255, offset * 256 // (length + size)))
    return bytes(places)


def crc16(data: bytes) -> int:
    """CRC-16/ARC, which LAME signs its tag with."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (crc & 1) * 0xA001
    return crc
