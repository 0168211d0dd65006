"""Run as a program.

Text from standard input, samples to standard output, with espeak-ng's library.

    python -m podcast.speak.engines.espeak.library VOICE PACE

For machines that have the library from the package `espeakng-loader` and no program
`espeak-ng`. The constants are those of its `speak_lib.h`.
"""

from __future__ import annotations

import ctypes
import sys

# AUDIO_OUTPUT_SYNCHRONOUS: samples go to the callback before espeak_Synth returns.
_SYNCHRONOUS = 2
# espeakCHARS_UTF8.
_UTF8 = 1
# espeakRATE, in words a minute.
_RATE = 1
# POS_CHARACTER.
_BY_CHARACTER = 1

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


def main(voice: str, pace: int, text: bytes) -> bytes:
    """Mono 16-bit samples at 22,050 Hz."""
    import espeakng_loader  # type: ignore[import-untyped]

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    if library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0) < 0:
        sys.exit("the library found no data")
    samples = bytearray()

    def keep(wave: ctypes._Pointer[ctypes.c_short], count: int, _events: int) -> int:
        if wave and count:
            samples.extend(ctypes.string_at(wave, 2 * count))
        return 0

    callback = _Callback(keep)
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        sys.exit(f"there is no voice {voice!r}")
    library.espeak_SetParameter(_RATE, pace, 0)
    size = ctypes.c_size_t(len(text) + 1)
    if library.espeak_Synth(text, size, 0, _BY_CHARACTER, 0, _UTF8, None, None) != 0:
        sys.exit("the text was not spoken")
    return bytes(samples)


if __name__ == "__main__":
    sys.stdout.buffer.write(main(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer.read()))
