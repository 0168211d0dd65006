"""What the stage costs over the engine alone: `python benchmarks/speak.py [SECONDS]`.

Speaks about a minute in several voices: by calling the engine alone, from as many threads as it gains from;
through the stage with an empty cache; and through the stage with everything cached.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from measure import machine

from podcast.language.english.spelling import verbalize
from podcast.model import Cast, Script, ScriptChapter, Turn
from podcast.speak import speak_script
from podcast.speak.casting import load_voices
from podcast.speak.engines.kokoro import KokoroEngine
from podcast.speak.lexicon import Lexicon
from podcast.speak.take_cache import TakeCache

LINES = (
    "Good evening. The harbor has a new ear: a row of microphones below the quay that hears every ship.",
    "It took 14 months to teach it. At first a seal and a ferry sounded alike to the model, its makers say.",
    "Now it tells a worn propeller from a sound one, nine times in ten, and sends a diver when in doubt.",
    "And what do the captains think of it?",
    "Some like it, for a diver costs less than a dry dock. Others ask who else may be listening.",
)


def main(seconds: float) -> None:
    voices = list(load_voices(Path(__file__).parent.parent / "voices").values())
    cast = Cast({voice.name: voice for voice in voices}, voices[0].name)
    engine = KokoroEngine()
    turns: list[Turn] = []
    while sum(len(turn.text) for turn in turns) < seconds * 15:
        number = len(turns)
        opening = f"{number // len(LINES)}. " if number >= len(LINES) else ""
        turns.append(
            Turn(voices[number % len(voices)].name, opening + LINES[number % len(LINES)])
        )
    script = Script("A minute", dt.date(2024, 5, 22), (ScriptChapter("All", tuple(turns)),))
    engine.say("Ready.", voices[0])

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(engine.jobs) as pool:
        start = time.perf_counter()
        texts = [(verbalize(turn.text), cast.voices[turn.speaker]) for turn in turns]
        sounds = list(pool.map(lambda job: engine.say(*job), texts))
        alone = time.perf_counter() - start
        audio = sum(len(sound.samples) / 2 / sound.rate for sound in sounds)

        times = []
        for _ in range(2):
            start = time.perf_counter()
            takes = list(
                speak_script(script, cast, engine, TakeCache(Path(folder)), Lexicon({}), pool)
            )
            times.append(time.perf_counter() - start)

    print(f"{machine()}\n{len(turns)} turns, {audio:.1f} s of speech, {len(takes)} takes\n")
    print(f"{'':<26}{'seconds':>9}{'x audio':>9}{'x engine':>9}")
    for what, spent in (
        ("engine alone", alone),
        ("stage", times[0]),
        ("stage, all cached", times[1]),
    ):
        print(f"{what:<26}{spent:>9.2f}{spent / audio:>9.3f}{spent / alone:>9.3f}")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
