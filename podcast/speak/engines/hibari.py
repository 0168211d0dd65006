"""Engine `hibari`: a small neural voice of this machine, sixty times as fast as `kokoro`.

Its models are students of kokoro's voices, of one voice each: the same phonemes, the same unit
of time. One of them comes with the package; others are used where they are on this machine, and
never downloaded.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from podcast.errors import SpeakError
from podcast.model import Sound, Usd, Voice
from podcast.services.adapter import Adapter, Setup
from podcast.speak.engines.kokoro import NATURAL_PACE
from podcast.speak.engines.kokoro.loading import first_line, open_session, runtime_errors
from podcast.speak.engines.kokoro.passage import (
    AGAIN,
    RATE,
    Rendering,
    Tokens,
    choose_speed,
    speak_passage,
)
from podcast.speak.engines.kokoro.pronunciation import pronounce
from podcast.speak.voice_ids import voice_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INSTALL = "pip install 'presscast[fast]'"

# Version of this module. Raise it when the same phonemes would sound otherwise.
PROCESSING = "1"

# The graph's tensor of one duration for each token.
_DURATIONS = "/Clip_output_0"
_PRESENTATIONS = {"female": "feminine", "male": "masculine"}

_loading = Lock()


@dataclass(frozen=True, slots=True)
class _Model:
    """One voice that is on this machine."""

    path: Path
    sha256: str
    teacher: str
    """The voice of kokoro that it learned from."""
    presentation: str
    is_british: bool


@dataclass(frozen=True)
class HibariEngine:
    """Speaks with those models of hibari-tts that are on this machine."""

    name = "hibari"
    limit = 100_000
    """It splits passages itself, for it alone knows how many phonemes they have."""
    jobs = os.cpu_count() or 1
    audible = True
    keeps_pace = True

    def identity(self, voice: Voice) -> Mapping[str, str]:
        return {"model": _model_of(voice).sha256, "processing": PROCESSING}

    def earlier_identity(self, voice: Voice) -> Mapping[str, str]:
        return self.identity(voice)

    def phonemes(self, text: str, voice: Voice) -> tuple[str, ...]:
        words = pronounce(text, british=_model_of(voice).is_british)
        return tuple(word.phonemes for word in words)

    def earlier_phonemes(self, text: str) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        model = _model_of(voice)
        speed = choose_speed(voice.pace, NATURAL_PACE[model.teacher], attempt)
        with _loading:
            session = _load_session(model.path)
        render = partial(_run_model, session, speed, attempt % len(AGAIN))
        return speak_passage(text, render, british=model.is_british)

    def price(self, text: str, voice: Voice) -> Usd | None:  # noqa: ARG002
        return Usd(0.0)


def _run_model(session: Any, speed: float, seed: int, tokens: Tokens) -> Rendering:
    """One call of the model, whose spectra become samples; its noise is the same each time."""
    import numpy as np
    from hibari import dsp  # type: ignore[import-untyped]

    inputs = {"ids": np.array([tokens.ids], np.int64), "speed": np.array([speed], np.float32)}
    try:
        *spectra, durations = session.run(None, inputs)
    except runtime_errors() as error:
        raise SpeakError(f"the voice model failed: {first_line(error)}") from error
    noise = np.random.default_rng(seed)
    samples: NDArray[np.float32] = dsp.synth(*(spectrum[0] for spectrum in spectra), noise)
    assert dsp.SR == RATE
    return Rendering(samples, durations.ravel())


@cache
def _load_session(path: Path) -> Any:
    session = open_session(path.read_bytes(), _DURATIONS)
    if len(session.get_outputs()) != 7:
        raise SpeakError(f"{path}: not a model of hibari-tts 0.2. Install it again: {INSTALL}")
    return session


def _model_of(voice: Voice) -> _Model:
    """The model that a Voice names, else its kokoro voice's student, else one that fits."""
    models = _find_models()
    by_teacher = {model.teacher: name for name, model in models.items()}
    name = voice.engines.get("hibari") or by_teacher.get(voice.engines.get("kokoro", ""))
    if not name:
        presentations = {name: model.presentation for name, model in models.items()}
        name = voice_id(voice, "hibari", presentations)
    if name not in models:
        raise SpeakError(
            f"the voice {voice.id!r} has the id {name!r}, which hibari does not have on this "
            f"machine. "
            f"Take one of {', '.join(models)} in voices/{voice.id}.toml"
        )
    return models[name]


@cache
def _find_models() -> dict[str, _Model]:
    """The voices on this machine. Raises SpeakError where the package is missing."""
    try:
        from hibari.voices import VOICES, voice_path  # type: ignore[import-untyped]
    except ImportError as error:
        raise SpeakError(f"the package hibari-tts is missing. Install it: {INSTALL}") from error

    models = {}
    for name, facts in VOICES.items():
        try:
            path = Path(voice_path(name, download_missing=False))
        except FileNotFoundError:
            continue
        presentation = _PRESENTATIONS.get(facts["gender"], "neutral")
        models[name] = _Model(
            path, facts["sha256"], facts["kokoro"], presentation, facts["british"]
        )
    return models


def _find_missing(setup: Setup) -> str:  # noqa: ARG001
    return "" if find_spec("onnxruntime") and find_spec("hibari") else INSTALL


ADAPTER = Adapter(
    lambda _: HibariEngine(),
    "a small, fast neural voice, on this machine",
    missing=_find_missing,
    rank=15,
)
