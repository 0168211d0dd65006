"""Plan the takes of a script: texts as they are spoken, keys, prices. Nothing is spoken."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from podcast.errors import SpeakError
from podcast.language.english.accents import is_foreign, with_accents, without_accents
from podcast.language.english.directions import pace_factor
from podcast.language.english.spelling import utter
from podcast.model import Cast, Script, Turn, Usd, Utterance, Voice
from podcast.speak.engine_protocol import Engine, PhonemeEngine
from podcast.speak.lexicon import Lexicon
from podcast.speak.take_cache import KeptTake, TakeCache, take_key


@dataclass(frozen=True, slots=True)
class PlannedTake:
    """The take that a Turn needs, before it is spoken."""

    turn: Turn
    voice: Voice
    utterance: Utterance
    """As it will be spoken: the lexicon applied, numbers and signs spelled out."""
    text: str
    """The engine's input: the utterance's text, with accents where it can use them."""
    key: str
    """Key of the take in the cache."""
    found: KeptTake | None
    """The take in the cache's folder, as far as it is known without reading its audio."""
    cached: bool
    """True when it need not be spoken: it is kept, or an earlier turn says the same in the same
    voice."""
    price: Usd | None
    """Cost of speaking it: zero when cached, None when not known."""


def plan_takes(
    script: Script, cast: Cast, engine: Engine, lexicon: Lexicon, cache: TakeCache
) -> list[PlannedTake]:
    """Plan each Turn's take, in order. Speaks nothing and writes nothing.

    Raises SpeakError where a Turn's speaker has no voice or there is nothing to say.
    """
    planned: list[PlannedTake] = []
    seen: set[str] = set()
    for number, turn in enumerate(script.turns, start=1):
        voice = cast.voices.get(turn.speaker)
        if voice is None:
            raise SpeakError(f"{name_turn(number, turn)}: nobody of that name is in the cast")

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
        raise SpeakError(f"{name_turn(number, turn)}: there is nothing to say in {turn.text!r}")
    if is_foreign(turn.text):
        raise SpeakError(
            f"{name_turn(number, turn)}: {turn.text[:30]!r} is in a script that English voices "
            f"cannot "
            "read. Put it in English, or delete it"
        )
    if turn.direction:
        return replace(utterance, directions=(turn.direction, *utterance.directions))
    return utterance


def _directed(voice: Voice, utterance: Utterance, engine: Engine) -> Voice:
    """The voice as an utterance asks for it.

    Its manner for engines that act, its pace for those that keep one.

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
    """The key of a take.

    Of its sounds where the engine says which they are, else of its letters.

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


def name_turn(number: int, turn: Turn) -> str:
    """Name a turn in messages: its number, its speaker, its line in the script."""
    line = f", line {turn.line} of the script" if turn.line else ""
    return f"turn {number} ({turn.speaker}){line}"
