"""A passage spoken utterance by utterance.

What all voices of this family of models have in common.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.model import DurationMs, Sound, Word
from podcast.speak.engines.kokoro.pronunciation import pronounce
from podcast.speak.engines.kokoro.utterance import SpokenWord, utterances

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Samples a second.
RATE = 24_000

# Speed of each attempt against the first. A model is deterministic: only other input sounds
# other.
AGAIN = (1.0, 0.96, 1.04)

# Speeds between which the voices still sound natural.
_SLOWEST, _FASTEST = 0.8, 1.2
# Samples for which the models' unit of duration stands.
_FRAME = 600
# Amplitude against the peak below which an utterance's ends are silence: -48 dB.
_FLOOR = 0.004
# Seconds left before the first sound and after the last one of an utterance.
_BEFORE, _AFTER = 0.03, 0.06


@dataclass(frozen=True, slots=True)
class Tokens:
    """An utterance as a model gets it."""

    ids: list[int]
    """The symbols' numbers, with a 0 at each end."""
    spans: list[tuple[int, int]]
    """Where in `ids` each word's sounds begin and end."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """The sound that a model made of an utterance."""

    samples: NDArray[np.float32]
    durations: NDArray[np.float32] | None
    """One for each token, in units of 600 samples; None where the model does not say."""


def choose_speed(pace: int, natural: int, attempt: int) -> float:
    """Choose a model's speed for a pace, in words a minute, a little other at each attempt."""
    return min(max(pace / natural, _SLOWEST), _FASTEST) * AGAIN[attempt % len(AGAIN)]


def speak_passage(text: str, render: Callable[[Tokens], Rendering], *, british: bool) -> Sound:
    """Speak a passage with a model: `render` is called once for each utterance."""
    import numpy as np

    parts: list[NDArray[np.float32]] = []
    words: list[Word] = []
    at = 0
    for utterance, pause in utterances(pronounce(text, british=british)):
        tokens = _number_phonemes(utterance)
        samples, times = _trim(render(tokens), tokens.spans)
        words += [
            Word(word.text, _ms(at + start), _ms(at + end))
            for word, (start, end) in zip(utterance, times, strict=bool(times))
        ]
        parts += [samples, np.zeros(int(pause * RATE), np.float32)]
        at += len(parts[-2]) + len(parts[-1])
    if not parts:
        return Sound(b"", RATE)

    whole = np.concatenate(parts[:-1])
    # Peaks pass full scale now and then; then the whole passage is turned down.
    scaled = whole * (32_000 / max(1.0, float(np.abs(whole).max())))
    timed = [word.text for word in words] == text.split()
    return Sound(scaled.astype("<i2").tobytes(), RATE, tuple(words) if timed else ())


def _number_phonemes(words: Sequence[SpokenWord]) -> Tokens:
    symbols = _symbols()
    ids, spans = [0], []
    for number, word in enumerate(words):
        if number:
            ids.append(symbols[" "])
        known = [symbols[phoneme] for phoneme in word.phonemes if phoneme in symbols]
        spans.append((len(ids), len(ids) + min(word.voiced, len(known))))
        ids += known
    ids.append(0)
    return Tokens(ids, spans)


def _trim(
    rendering: Rendering, spans: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
    """The sound without the silence at its ends, and each word's first and last sample.

    No times where the model does not give its durations.
    """
    import numpy as np

    samples = rendering.samples
    first, last = _sounding(samples)
    if rendering.durations is None:
        return samples[first:last], []
    marks = np.concatenate([[0], np.cumsum(rendering.durations)]) * _FRAME
    inside = np.clip(marks - first, 0, last - first)
    return samples[first:last], [(int(inside[start]), int(inside[end])) for start, end in spans]


def _sounding(samples: NDArray[np.float32]) -> tuple[int, int]:
    """Where the sound begins and ends, with a little room."""
    import numpy as np

    size = np.abs(samples)
    loud = np.flatnonzero(size > _FLOOR * size.max())
    if not len(loud):
        return 0, len(samples)
    return (
        max(0, int(loud[0]) - int(_BEFORE * RATE)),
        min(len(samples), int(loud[-1]) + int(_AFTER * RATE)),
    )


def _ms(sample: int) -> DurationMs:
    return DurationMs(sample * 1000 // RATE)


@cache
def _symbols() -> dict[str, int]:
    """Phoneme to the models' number for it."""
    file = Path(__file__).with_name("symbols.json")
    symbols: dict[str, int] = json.loads(file.read_text(encoding="utf-8"))
    return symbols
