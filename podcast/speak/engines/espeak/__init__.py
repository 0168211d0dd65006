"""Engine `espeak`: the small voice for machines that cannot run the neural one.

The program `espeak-ng` where it is installed; else the library that the package
`espeakng-loader` brings, in a process of its own, for it keeps one state for all callers. Both
are GPL-3, hence an optional extra.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from shutil import which

from podcast.errors import SpeakError
from podcast.model import Sound, Usd, Voice
from podcast.services.adapter import Adapter, Setup
from podcast.speak.voice_ids import voice_id

# Samples a second, of every voice of espeak-ng's own.
RATE = 22_050

# Seconds after which a passage is given up; a minute of speech takes a tenth of one.
TIMEOUT = 120

# For a Voice that names no id.
_OWN_VOICES = {
    "en-us+f2": "feminine",
    "en-us+f3": "feminine",
    "en-us+f5": "feminine",
    "en-us+m1": "masculine",
    "en-us+m3": "masculine",
    "en-us+m7": "masculine",
}

# Pace of each attempt against the first.
_AGAIN = (1.0, 0.9, 1.1)


@dataclass(frozen=True)
class EspeakEngine:
    """Speaks with espeak-ng. A Voice's id is one of its voices with a variant: `en-us+f3`."""

    name = "espeak"
    limit = 5_000
    jobs = os.cpu_count() or 1
    audible = True
    keeps_pace = True

    def identity(self, voice: Voice) -> Mapping[str, str]:
        return {"voice": voice_id(voice, self.name, _OWN_VOICES), "processing": "1"}

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        pace = round(voice.pace * _AGAIN[attempt % len(_AGAIN)])
        try:
            done = subprocess.run(  # noqa: S603
                _command(voice_id(voice, self.name, _OWN_VOICES), pace),
                input=text.encode(),
                capture_output=True,
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SpeakError(f"espeak-ng did not answer within {TIMEOUT} s") from None
        except OSError as error:
            raise SpeakError(f"espeak-ng cannot be started: {error.strerror}") from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise SpeakError(
                f"espeak-ng failed: {said[-1] if said else f'exit code {done.returncode}'}"
            )
        return Sound(_samples(done.stdout), RATE)

    def price(self, text: str, voice: Voice) -> Usd | None:  # noqa: ARG002
        return Usd(0.0)


def _command(voice: str, pace: int) -> list[str]:
    """The command that reads UTF-8 text and writes speech, in a WAV file or as samples."""
    if program := which("espeak-ng"):
        return [program, "--stdin", "--stdout", "-b", "1", "-v", voice, "-s", str(pace)]
    if find_spec("espeakng_loader"):
        return [sys.executable, "-m", "podcast.speak.engines.espeak.library", voice, str(pace)]
    raise SpeakError(
        "espeak-ng is missing. Install it with the system's packages, or: pip install "
        "'presscast[espeak]'"
    )


def _samples(answer: bytes) -> bytes:
    """The samples of a WAV file; its sizes mean nothing where a program wrote it to a pipe."""
    at = answer.find(b"data", 0, 200) if answer.startswith(b"RIFF") else -8
    samples = answer[at + 8 :]
    return samples[: len(samples) // 2 * 2]


def _find_missing(setup: Setup) -> str:  # noqa: ARG001
    if which("espeak-ng") or find_spec("espeakng_loader"):
        return ""
    return "pip install 'presscast[espeak]'"


ADAPTER = Adapter(
    lambda _setup: EspeakEngine(),
    "the small voice, on this machine",
    missing=_find_missing,
    rank=10,
)
