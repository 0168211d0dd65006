"""One line spoken in one voice, to hear it."""

from __future__ import annotations

import datetime as dt
import shutil
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from pathlib import Path

from podcast.errors import ConfigError
from podcast.make.show_paths import load_people, load_pool, load_show_lexicon, takes
from podcast.model import Cast, Script, ScriptChapter, Show, Turn
from podcast.speak import Engine, speak_script
from podcast.util.files import replacing


def speak_sample(show: Show, name: str, text: str, engine: Engine, out: Path | None) -> Path:
    """Speak `text` in the voice of a person of the cast, or in a voice of the pool, into a WAV file.

    Raises ConfigError when nobody has that name.
    """
    pool = load_pool(show)
    voice = pool.get(load_people(show).get(name, name))
    if voice is None:
        near = get_close_matches(name, [*load_people(show), *pool], n=1)
        guess = f". Did you mean {near[0]!r}?" if near else ". `podcast voices` lists them"
        raise ConfigError(f"nobody is called {name!r}{guess}")
    script = Script(name, dt.date.min, (ScriptChapter(name, (Turn(name, text),)),))
    cast = Cast({name: voice}, name)
    with ThreadPoolExecutor(engine.jobs) as executor:
        (take,) = speak_script(
            script, cast, engine, takes(show), load_show_lexicon(show), executor
        )
    path = out or Path(f"{voice.id}.wav")
    with replacing(path) as temporary:
        shutil.copyfile(take.path, temporary)
    return path
