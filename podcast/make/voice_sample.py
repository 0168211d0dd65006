"""One line spoken in one voice, to hear it."""

from __future__ import annotations

import datetime as dt
import shutil
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from pathlib import Path

from podcast.errors import ConfigError
from podcast.make.show_paths import load_people, load_pool, load_show_lexicon, open_takes
from podcast.model import Cast, Script, ScriptChapter, Show, Turn
from podcast.speak import Engine, speak_script
from podcast.util.files import replacing


def speak_sample(show: Show, name: str, text: str, engine: Engine, out: Path | None) -> Path:
    """Speak `text` into a WAV file, in a voice of the pool or the voice of a person.

    Raises ConfigError when nobody has that name.
    """
    pool = load_pool(show)
    voice_ids = load_people(show)
    voice = pool.get(voice_ids.get(name, name))
    if voice is None:
        similar_names = get_close_matches(name, [*voice_ids, *pool], n=1)
        remedy = "`podcast voices` lists them"
        if similar_names:
            remedy = f"Did you mean {similar_names[0]!r}?"
        raise ConfigError(f"nobody is called {name!r}. {remedy}")

    script = Script(name, dt.date.min, (ScriptChapter(name, (Turn(name, text),)),))
    cast = Cast({name: voice}, name)
    with ThreadPoolExecutor(engine.jobs) as executor:
        lexicon = load_show_lexicon(show)
        (take,) = speak_script(script, cast, engine, open_takes(show), lexicon, executor)

    path = out or Path(f"{voice.id}.wav")
    with replacing(path) as temporary:
        shutil.copyfile(take.path, temporary)
    return path
