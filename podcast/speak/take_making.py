"""A take is spoken, checked, spoken again where it fails, and kept."""

from __future__ import annotations

from dataclasses import dataclass

from podcast.errors import SpeakError
from podcast.model import DurationMs, Sound, Usd, Voice, Word
from podcast.speak.engine_protocol import Engine
from podcast.speak.passages import split
from podcast.speak.take_cache import KeptTake, TakeCache
from podcast.speak.take_checks import fault_of

# Times that a passage is spoken before its turn is given up.
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class TakeJob:
    """One take to be spoken, as it goes to a thread, a process or another machine."""

    where: str
    text: str
    voice: Voice
    engine: Engine
    cache: TakeCache
    key: str


def make_take(job: TakeJob) -> KeptTake:
    """Speak a take, piece by piece where it is longer than the engine's limit, and keep it."""
    if job.engine.audible:
        # Slow the first time: later it would delay the file of a sound that was paid for.
        import numpy  # noqa: F401
    sounds, attempts, cost = [], 1, 0.0
    try:
        for piece in split(job.text, job.engine.limit):
            sound, tried, paid = _speak_passage(piece, job.voice, job.engine)
            sounds.append(sound)
            attempts = max(attempts, tried)
            cost += paid
        sound = _join_sounds(sounds)
    except SpeakError as error:
        raise type(error)(f"{job.where}: {error}") from error
    return job.cache.put(job.key, sound, Usd(cost), attempts)


def _speak_passage(text: str, voice: Voice, engine: Engine) -> tuple[Sound, int, float]:
    """A sound that passes the checks, how often it was spoken for that, and what that cost."""
    fault, cost = "", 0.0
    for attempt in range(ATTEMPTS):
        sound = engine.say(text, voice, attempt)
        cost += sound.cost
        fault = fault_of(sound, text, voice, audible=engine.audible)
        if not fault:
            return sound, attempt + 1, cost
    raise SpeakError(
        f"{fault}, {ATTEMPTS} times over. Change the words, or take another voice or engine"
    )


def _join_sounds(sounds: list[Sound]) -> Sound:
    """The sounds one after the other; their words, where all of them are timed."""
    rates = {sound.rate for sound in sounds}
    if len(rates) > 1:
        raise SpeakError(
            f"the engine changed its sample rate between passages: {sorted(rates)} Hz"
        )

    words: list[Word] = []
    samples = b""
    for sound in sounds:
        shift = round(len(samples) // 2 * 1000 / sound.rate)
        for word in sound.words:
            start, end = DurationMs(word.start + shift), DurationMs(word.end + shift)
            words.append(Word(word.text, start, end))
        samples += sound.samples
    if not all(sound.words for sound in sounds):
        words = []
    return Sound(samples, rates.pop(), tuple(words))
