"""Engine `openai`.

A speech endpoint (`/v1/audio/speech`), of OpenAI or of any server that speaks like it.
"""

from __future__ import annotations

import base64
import io
import json
import wave
from collections.abc import Mapping

from podcast.errors import ModelGoneError, SpeakError
from podcast.model import Sound, Usd, Voice
from podcast.services.adapter import Adapter
from podcast.services.openai_client import ADDRESS, Service, ServiceError, find_missing_client
from podcast.services.prices import Budget, Usage, audio_tokens, known_model, tokens
from podcast.speak.voice_ids import voice_id

MODEL = "gpt-4o-mini-tts"
# Samples a second of its PCM (API reference, audio/speech, `response_format`).
RATE = 24_000

# For a Voice that names no id.
_OWN_VOICES = {
    "nova": "feminine",
    "shimmer": "feminine",
    "coral": "feminine",
    "onyx": "masculine",
    "ash": "masculine",
    "echo": "masculine",
    "alloy": "neutral",
}


class OpenAISpeechEngine:
    """Speaks by one HTTP call a passage."""

    name = "openai"
    audible = True

    def __init__(
        self,
        service: Service,
        model: str = MODEL,
        *,
        budget: Budget | None = None,
        jobs: int = 6,
    ) -> None:
        self.service = service
        self.model = model
        self.budget = budget or Budget()
        self.jobs = jobs
        # The endpoint takes 4,096 characters, and 2,000 tokens on gpt-4o-mini-tts: no English
        # text has more tokens than characters, and the manner takes its share.
        self.acts = not model.startswith("tts-1")
        self.limit = 4096 if model.startswith("tts-1") else 1700

    def identity(self, voice: Voice) -> Mapping[str, str]:
        address = {} if self.service.address == ADDRESS else {"address": self.service.address}
        return {
            "model": self.model,
            "voice": self._voice(voice),
            "manner": self._manner(voice),
            **address,
        }

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:  # noqa: ARG002
        """One passage.

        Raises ModelGoneError where the endpoint has stopped, BudgetError, SpeakError.
        """
        paid = 0.0

        def ask() -> Sound:
            nonlocal paid
            expected = self.price(text, voice)
            with self.budget.call(self.model, expected) as call:
                try:
                    samples, rate, usage = _pcm(*self._ask(text, voice))
                except ServiceError as error:
                    call.cost = expected if error.charged else Usd(0.0)
                    raise
                call.usage = usage or Usage(characters=len(text))
                call.cost = known_model(self.model).price(usage) if usage else expected
                paid += call.cost or 0.0
            if not samples:
                raise ServiceError("the service answered with no audio", again=True)
            if len(samples) % 2:
                raise ServiceError("the service broke off within a sample", again=True)
            return Sound(samples, rate)

        try:
            sound = self.service.patiently(ask)
        except ServiceError as error:
            if error.gone:
                raise ModelGoneError(
                    f"{error}; OpenAI's speech endpoint stops on 2027-01-06. Set engine = "
                    f'"openai-realtime"'
                ) from None
            raise SpeakError(str(error)) from None
        return Sound(sound.samples, sound.rate, cost=Usd(paid))

    def price(self, text: str, voice: Voice) -> Usd | None:
        known = known_model(self.model)
        if "characters" in known.rates:
            return known.price(Usage(characters=len(text)))
        instructions = self._manner(voice)
        usage = Usage(
            text_in=tokens(text + instructions), audio_out=audio_tokens(text, self.model)
        )
        return known.price(usage)

    def _ask(self, text: str, voice: Voice) -> tuple[bytes, str]:
        """The answer's body and content type."""
        from openai import OpenAIError, omit

        try:
            answer = self.service.client().audio.speech.create(
                input=text,
                model=self.model,
                voice=self._voice(voice),
                instructions=self._manner(voice) or omit,
                response_format="pcm",
                # Events end with the usage; only OpenAI's own models have them.
                stream_format="sse" if self.model.startswith("gpt-") else omit,
            )
        except (OpenAIError, OSError) as error:
            raise self.service.fault(error, self.model) from None
        return answer.content, answer.response.headers.get("content-type", "")

    def _voice(self, voice: Voice) -> str:
        return voice_id(voice, self.name, _OWN_VOICES)

    def _manner(self, voice: Voice) -> str:
        return "" if self.model.startswith("tts-1") else voice.manner


def _pcm(content: bytes, type_: str) -> tuple[bytes, int, Usage | None]:
    """Samples, rate and, where the answer gives it, usage.

    Raises ServiceError for what is no audio.
    """
    usage = None
    if type_.startswith("text/event-stream"):
        content, usage = _events(content)
    if content[:4] == b"RIFF":
        return *_wav(content), usage
    if (
        content[:3] == b"ID3"
        or content[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")
        or content[:1] == b"{"
    ):
        raise ServiceError(
            f"the service answered with {type_ or 'something'} where PCM was asked for"
        )
    return content, RATE, usage


def _events(content: bytes) -> tuple[bytes, Usage]:
    """Audio and usage from server-sent events.

    Raises ServiceError when the last one is missing.
    """
    audio, usage = [], None
    for line in content.splitlines():
        if not line.startswith(b"data: {"):
            continue
        event = json.loads(line[6:])
        if event["type"] == "speech.audio.delta":
            audio.append(base64.b64decode(event["audio"]))
        elif event["type"] == "speech.audio.done":
            counts = event["usage"]
            usage = Usage(text_in=counts["input_tokens"], audio_out=counts["output_tokens"])
    if usage is None:
        raise ServiceError(
            "the service broke off in the middle of the audio", again=True, charged=True
        )
    return b"".join(audio), usage


def _wav(content: bytes) -> tuple[bytes, int]:
    try:
        with wave.open(io.BytesIO(content)) as file:
            if file.getnchannels() == 1 and file.getsampwidth() == 2:
                return file.readframes(file.getnframes()), file.getframerate()
            shape = f"{file.getnchannels()} channels of {8 * file.getsampwidth()} bits"
    except (wave.Error, EOFError) as error:
        raise ServiceError(
            f"the service answered with a broken WAV file ({error})", charged=True
        ) from None
    raise ServiceError(
        f"the service answered with {shape}, where mono of 16 bits was asked for"
    )


ADAPTER = Adapter(
    lambda setup: OpenAISpeechEngine(
        setup.open_service(), setup.show.voices.speech_model, budget=setup.budget
    ),
    "OpenAI's speech, paid",
    missing=lambda setup: find_missing_client(setup.open_service().key()),
    is_local=False,
)
