"""Where things are in a show's folder, and what is loaded from there."""

from __future__ import annotations

from pathlib import Path

from podcast.model import Edition, Episode, Show, Voice
from podcast.registry import open_shared
from podcast.speak.casting import load_cast, load_voices
from podcast.speak.lexicon import Lexicon, load_lexicon
from podcast.speak.take_cache import TakeCache
from podcast.util.package_data import defaults


def script_path(show: Show, what: Edition | Episode) -> Path:
    """File in which the script of an edition, or of its episode, is saved."""
    return show.path("scripts", f"{what.slug}.md")


def cover_of(show: Show) -> Path:
    """Find the show's cover in `assets/`; draw one where there is none."""
    from podcast.publish.cover import draw_cover, find_cover

    path = find_cover(show.path("assets"))
    if path is None:
        path = show.path("assets", "cover.jpg")
        draw_cover(show.title, path)
    return path


def load_pool(show: Show) -> dict[str, Voice]:
    """Load the show's voices; those that come with presscast where it has none of its own."""
    voices = show.path("voices")
    other_files = {cast_path(show), voices / "lexicon.toml", voices / "staff.toml"}
    if set(voices.glob("*.toml")) - other_files:
        return load_voices(voices)
    return load_voices(defaults("voices"))


def load_people(show: Show) -> dict[str, str]:
    """Load who has which voice: people's names to voice ids, as cast.toml has them."""
    return load_cast(cast_path(show))


def posts_path(show: Show) -> Path:
    """Folder of the show's posts."""
    return show.path(str(show.edition.posts))


def cast_path(show: Show) -> Path:
    """File that remembers who has which voice."""
    return show.path("voices", "cast.toml")


def load_show_lexicon(show: Show) -> Lexicon:
    """Load how the show says the words of its own lexicon."""
    return load_lexicon(show.path("voices", "lexicon.toml"))


def spoken_disclosure(show: Show) -> str:
    """Give the line that says that voices are synthetic; empty when nobody says it."""
    if not show.feed.ai_content:
        return ""
    return " ".join(show.sound.disclosure.split())


def open_takes(show: Show) -> TakeCache:
    """Open the cache of takes, with the one that the show's machines share behind it."""
    return TakeCache(work_folder(show) / "takes", open_shared(show.store.cache))


def work_folder(show: Show) -> Path:
    """Folder of caches and lock: safe to delete, never published."""
    return show.path(".podcast")
