"""Stage 3: a Script becomes Takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from podcast.errors import SpeakError
from podcast.language.english.accents import is_foreign, with_accents, without_accents
from podcast.language.english.directions import pace_factor
from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.spelling import utter
from podcast.model import (
    Cast,
    DurationMs,
    Script,
    Sound,
    Take,
    Turn,
    Usd,
    Utterance,
    Voice,
    Word,
)
from podcast.speak.lexicon import Lexicon
from podcast.speak.take_cache import KeptTake, TakeCache, take_key
from podcast.speak.take_checks import fault_of
from podcast.speak.word_times import time_words

ATTEMPTS = 3
"""How often a passage is spoken before its turn is given up."""

_AHEAD = 4
"""Passages in hand for each that the engine speaks at once, so that none of its workers waits."""

_READERS = 2
"""Takes that are read and proven whole at once, beside the speaking of others."""


class Engine(Protocol):
    """What turns a passage into sound.

    MUST be safe to call from many threads, and MUST pickle. MAY have `acts = True`: the manner of the voices
    that it is given then ends with the script's directions, and they are part of the take's key. MAY have
    `keeps_pace = True`: `[pace slow]` and `[quickly]` change the pace of the voices. MAY be a PhonemeEngine too.
    """

    name: str
    """The word of the configuration, and the key of `Voice.engines`."""
    limit: int
    """The longest passage it takes, in characters; the stage splits longer ones at sentences."""
    jobs: int
    """How many passages it gains from speaking at once."""
    audible: bool
    """False for an engine that only keeps time: its takes are not listened to for faults."""

    def identity(self, voice: Voice) -> Mapping[str, str]:
        """Everything on the engine's side that shapes this voice's sound: model, its id, settings.

        Becomes part of the take's key. MUST be cheap: no model is loaded, no service asked.
        MUST raise SpeakError, with the remedy, for a voice that it cannot speak in.
        """
        ...

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        """Speak one passage of at most `limit` characters, already spelled out.

        MUST return mono 16-bit PCM, or raise SpeakError. `attempt` counts from 0; a later attempt
        SHOULD differ from the one before, which failed its checks.
        MAY give word times and a transcript.
        """
        ...

    def price(self, text: str, voice: Voice) -> Usd | None:
        """What saying it will cost, estimated; None when the price is not known."""
        ...


@runtime_checkable
class PhonemeEngine(Protocol):
    """An Engine that turns words into sounds itself, and says which.

    Its takes are known by their sounds: only what sounds different is spoken again.
    """

    def phonemes(self, text: str, voice: Voice) -> tuple[str, ...]:
        """Give each word of a text, split at white space, its phonemes in this voice."""
        ...

    def earlier_identity(self, voice: Voice) -> Mapping[str, str]:
        """What it said of itself when takes were known by their letters."""
        ...

    def earlier_phonemes(self, text: str) -> tuple[str, ...]:
        """Give the words of a text the phonemes that they had then; empty where that is not known."""
        ...


@dataclass(frozen=True, slots=True)
class PlannedTake:
    """What speaking a Turn would take."""

    turn: Turn
    voice: Voice
    utterance: Utterance
    """As it will be spoken: the lexicon applied, numbers and signs spelled out."""
    text: str
    """What the engine is given: the utterance's text, with accents where it can use them."""
    key: str
    """Of the take in the cache."""
    found: KeptTake | None
    """What the cache's folder has of it, as far as that is known without reading its audio."""
    cached: bool
    """True when it need not be spoken: it is kept, or an earlier turn says the same in the same voice."""
    price: Usd | None
    """What speaking it will cost: zero when cached, None when not known."""


def plan_takes(
    script: Script, cast: Cast, engine: Engine, lexicon: Lexicon, cache: TakeCache
) -> list[PlannedTake]:
    """What each Turn would take, in order. Speaks nothing and writes nothing.

    Raises SpeakError where a Turn's speaker has no voice or there is nothing to say.
    """
    planned: list[PlannedTake] = []
    seen: set[str] = set()
    for number, turn in enumerate(script.turns, start=1):
        voice = cast.voices.get(turn.speaker)
        if voice is None:
            raise SpeakError(f"{_where(number, turn)}: nobody of that name is in the cast")

        utterance = _spell_out(number, turn, lexicon)
        voice = _directed(voice, utterance, engine)
        text = _text_for(engine, utterance)
        key = _key_of(text, voice, engine, cache)
        found = cache.find(key)
        cached = found is not None or key in seen or cache.shares(key)
        seen.add(key)
        price = Usd(0.0) if cached else engine.price(text, voice)
        planned.append(PlannedTake(turn, voice, utterance, text, key, found, cached, price))
    return planned


def _spell_out(number: int, turn: Turn, lexicon: Lexicon) -> Utterance:
    utterance = utter(turn.text, lexicon.edits)
    if not re.search(r"\w", utterance.text):
        raise SpeakError(f"{_where(number, turn)}: there is nothing to say in {turn.text!r}")
    if is_foreign(turn.text):
        raise SpeakError(
            f"{_where(number, turn)}: {turn.text[:30]!r} is in a script that English voices cannot "
            "read. Put it in English, or delete it"
        )
    if turn.direction:
        return replace(utterance, directions=(turn.direction, *utterance.directions))
    return utterance


def _directed(voice: Voice, utterance: Utterance, engine: Engine) -> Voice:
    """The voice as an utterance asks for it: its manner for engines that act, its pace for those that keep one.

    Both are part of a take's key, so a direction asks for a new take only where it is heard.
    """
    if not utterance.directions:
        return voice
    if getattr(engine, "acts", False):
        manner = f"{voice.manner} Direction: {'; '.join(utterance.directions)}.".strip()
        return replace(voice, manner=manner)
    if getattr(engine, "keeps_pace", False):
        return replace(voice, pace=round(voice.pace * pace_factor(utterance.directions)))
    return voice


def _text_for(engine: Engine, utterance: Utterance) -> str:
    return with_accents(utterance) if isinstance(engine, PhonemeEngine) else utterance.text


def _key_of(text: str, voice: Voice, engine: Engine, cache: TakeCache) -> str:
    """The key of a take: of its sounds where the engine says which they are, else of its letters.

    A take that was kept under its letters is found again where it sounds alike.
    """
    if not isinstance(engine, PhonemeEngine):
        return take_key(text, voice, engine.name, engine.identity(voice))

    sounds = engine.phonemes(text, voice)
    # A manner is for engines that act.
    plain_voice = replace(voice, manner="")
    key = take_key(" ".join(sounds), plain_voice, engine.name, engine.identity(voice))
    if cache.has(key):
        return key

    letters = without_accents(text)
    earlier_key = take_key(letters, voice, engine.name, engine.earlier_identity(voice))
    if cache.has(earlier_key) and engine.earlier_phonemes(letters) == sounds:
        return earlier_key
    return key


def speak_script(
    script: Script,
    cast: Cast,
    engine: Engine,
    cache: TakeCache,
    lexicon: Lexicon,
    executor: Executor,
    on_take: Callable[[int, int, Take], None] = lambda done, total, take: None,  # noqa: ARG005
) -> Generator[Take, None, None]:
    """The Takes of all Turns in their order, while later ones are still being spoken by `executor`.

    A take is in the cache the moment it exists. What the cache has is not spoken again, and what two
    Turns say alike in one voice is spoken once, its cost counted with the first. `on_take` hears of each
    Take before it is given: how many are done, of how many, and which.

    Raises SpeakError naming the Turn that could not be spoken, when its place in the order is reached;
    passages that are being spoken at that moment are finished and kept first.
    """
    planned = plan_takes(script, cast, engine, lexicon, cache)
    ahead = (entry for entry in enumerate(planned, start=1) if not entry[1].cached)
    missing = {take.key for take in planned if not take.cached}
    readers = ThreadPoolExecutor(_READERS, "takes")
    kept = {
        take.key: readers.submit(cache.get, take.key, take.found)
        for take in {take.key: take for take in planned}.values()
        if take.key not in missing
    }
    spoken: dict[str, Future[KeptTake]] = {}

    def running() -> list[Future[KeptTake]]:
        return [future for future in spoken.values() if not future.done()]

    def perform(number: int, take: PlannedTake) -> None:
        job = _Job(_where(number, take.turn), take.text, take.voice, engine, cache, take.key)
        spoken[take.key] = executor.submit(_perform, job)

    def fill() -> None:
        while len(running()) < engine.jobs * _AHEAD and (entry := next(ahead, None)):
            perform(*entry)

    given: set[str] = set()
    try:
        for done, take in enumerate(planned, start=1):
            fill()
            if take.key not in spoken and not kept[take.key].result():
                perform(done, take)  # It was damaged.
            while take.key in spoken and not spoken[take.key].done():
                wait(running(), return_when=FIRST_COMPLETED)
                fill()
            anew = take.key in spoken and take.key not in given
            found = (spoken.get(take.key) or kept[take.key]).result()
            assert found
            cost = Usd(0.0) if take.key in given else found.cost
            given.add(take.key)
            made = _take(take, found, cost, cached=not anew)
            on_take(done, len(planned), made)
            yield made
    finally:
        readers.shutdown(cancel_futures=True)
        for future in spoken.values():
            future.cancel()
        wait(running())


def _take(planned: PlannedTake, kept: KeptTake, cost: Usd, *, cached: bool) -> Take:
    duration = DurationMs(kept.frames * 1000 // kept.rate)
    return Take(
        turn=planned.turn,
        voice=planned.voice,
        key=planned.key,
        path=kept.path,
        frames=kept.frames,
        rate=kept.rate,
        words=time_words(planned.utterance, kept.words, duration),
        cost=cost,
        cached=cached,
        attempts=kept.attempts,
    )


def _where(number: int, turn: Turn) -> str:
    line = f", line {turn.line} of the script" if turn.line else ""
    return f"turn {number} ({turn.speaker}){line}"


@dataclass(frozen=True, slots=True)
class _Job:
    """One take to be spoken, as it goes to a thread, a process or another machine."""

    where: str
    text: str
    voice: Voice
    engine: Engine
    cache: TakeCache
    key: str


def _perform(job: _Job) -> KeptTake:
    """Speak a take, piece by piece where it is longer than the engine's limit, and keep it."""
    if job.engine.audible:
        # Slow the first time: later it would stand between a sound that was paid for and its keeping.
        import numpy  # noqa: F401
    sounds, attempts, cost = [], 1, 0.0
    try:
        for piece in split(job.text, job.engine.limit):
            sound, tried, paid = _passing(piece, job.voice, job.engine)
            sounds.append(sound)
            attempts = max(attempts, tried)
            cost += paid
        sound = _joined(sounds)
    except SpeakError as error:
        raise type(error)(f"{job.where}: {error}") from error
    return job.cache.put(job.key, sound, Usd(cost), attempts)


def _passing(text: str, voice: Voice, engine: Engine) -> tuple[Sound, int, float]:
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


def _joined(sounds: list[Sound]) -> Sound:
    """The sounds one after the other; their words, where all of them are timed."""
    rates = {sound.rate for sound in sounds}
    if len(rates) > 1:
        raise SpeakError(
            f"the engine changed its sample rate between passages: {sorted(rates)} Hz"
        )
    words: list[Word] = []
    at = 0
    for sound in sounds:
        shift = round(at * 1000 / sound.rate)
        words += [
            Word(w.text, DurationMs(w.start + shift), DurationMs(w.end + shift))
            for w in sound.words
        ]
        at += len(sound.samples) // 2
    timed = all(sound.words for sound in sounds)
    return Sound(
        b"".join(sound.samples for sound in sounds), rates.pop(), tuple(words) if timed else ()
    )


def split(text: str, limit: int) -> list[str]:
    """Cut a text into passages of at most `limit` characters: at sentences, else clauses, else words.

    As few passages as that allows. A word longer than the limit is cut too, for nothing may be lost.
    """
    return _packed(split_sentences(text), limit, [r"(?<=[,;:—])\s+", r"\s+"])


def _packed(parts: list[str], limit: int, finer: list[str]) -> list[str]:
    passages: list[str] = []
    for part in parts:
        if passages and len(passages[-1]) + 1 + len(part) <= limit:
            passages[-1] += f" {part}"
        elif len(part) <= limit:
            passages.append(part)
        elif finer:
            passages += _packed([p for p in re.split(finer[0], part) if p], limit, finer[1:])
        else:
            passages += [part[i : i + limit] for i in range(0, len(part), limit)]
    return passages
