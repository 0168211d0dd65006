"""Audio that stands for speech: as long as the words take, loud where there are words, quiet at its ends."""

from __future__ import annotations

import numpy as np

RATE = 24_000
PACE = 14.7
"""Characters a second."""


def seconds(text: str) -> float:
    return max(0.4, len(text) / PACE)


_SECOND = np.arange(RATE) / RATE
_TONE = 0.2 * np.sin(2 * np.pi * 140 * _SECOND) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * _SECOND))
_LOOP = (_TONE * 32767).astype("<i2")
_FADE = np.linspace(0.0, 1.0, RATE // 20)


def spoken(text: str) -> bytes:
    """Mono 16-bit PCM at 24 kHz: a tone that swells with each syllable."""
    count = int(seconds(text) * RATE)
    wave = np.resize(_LOOP, count)
    wave[: len(_FADE)] = wave[: len(_FADE)] * _FADE
    wave[-len(_FADE) :] = wave[-len(_FADE) :] * _FADE[::-1]
    return wave.tobytes()


def audio_tokens(pcm: bytes) -> int:
    """1,200 tokens a minute."""
    return round(len(pcm) / 2 / RATE * 20)
