"""What else is done with a show: hear a voice, rebuild the feed, prove it, embed an episode."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from podcast import publish as publishing
from podcast.errors import ConfigError, PublishError
from podcast.make.show_paths import cover_of, lexicon, load_people, load_pool, takes, work
from podcast.make.worker_pool import CONTEXT
from podcast.model import Cast, Episode, Script, ScriptChapter, Show, Turn
from podcast.publish.pages import snippet
from podcast.publish.report import report_page
from podcast.registry import open_store
from podcast.speak import Engine, speak
from podcast.util.files import replacing
from podcast.util.lock import only_run

if TYPE_CHECKING:
    from podcast.check import Fault

log = logging.getLogger(__name__)


def say(show: Show, name: str, text: str, engine: Engine, out: Path | None) -> Path:
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
        (take,) = speak(script, cast, engine, takes(show), lexicon(show), executor)
    path = out or Path(f"{voice.id}.wav")
    with replacing(path) as temporary:
        shutil.copyfile(take.path, temporary)
    return path


def rebuild(show: Show) -> int:
    """Write the feed and all pages again from the records; how many episodes there are."""
    with only_run(work(show), "the feed"):
        cover_of(show)
        with ProcessPoolExecutor(mp_context=CONTEXT) as executor:  # Starts no process before it has work.
            count = len(publishing.rebuild(show, open_store(show), executor))
    tell_hub(show)
    return count


def check(show: Show, date: dt.date | None, now: dt.datetime) -> list[Fault]:
    """What is not right in what is published: of all episodes, or of one date."""
    from podcast.check import check as check_store

    return check_store(show, open_store(show), date, now)


def report(show: Show, date: dt.date | None, post: Path | None) -> str:
    """The production report of the episode of a date, or of a post, as an HTML page."""
    return report_page(show, _episode(show, date, post, lines=True))


def embed(show: Show, date: dt.date | None, post: Path | None, kind: str) -> str:
    """The snippet that puts an episode's player into a page: `html`, or `jekyll` for a theme."""
    if kind == "jekyll" and not (date or post) and (found := publishing.episodes(open_store(show))):
        return snippet(show, found[0], kind)
    return snippet(show, _episode(show, date, post), kind)


def _episode(show: Show, date: dt.date | None, post: Path | None, *, lines: bool = False) -> Episode:
    """The published episode of a date, or of a post. Raises PublishError, also when the date has several."""
    from podcast.read.posts import read_post

    edition = read_post(post) if post else None
    date = edition.date if edition else date
    found = publishing.episodes(open_store(show), date, lines=lines)
    chosen = [episode for episode in found if not edition or episode.slug == edition.slug]
    if not chosen:
        how = f"--post {post}" if post else f"--date {date or 'D'}"
        what = f" of {post or date}" if post or date else ""
        raise PublishError(f"no episode{what} is published. Make it with `podcast make {how}`")
    if len(chosen) > 1:
        names = " and ".join(episode.slug for episode in chosen)
        raise PublishError(f"{len(chosen)} episodes of {date}: {names}. Choose one with --post FILE")
    return chosen[0]


def tell_hub(show: Show) -> None:
    """Ping the show's hub. What is published stays published when the hub does not listen."""
    if not show.hub:
        return
    from podcast.publish.websub import ping

    try:
        ping(show.hub, f"{show.url}feed.xml")
    except PublishError as error:
        log.warning("%s", error)
