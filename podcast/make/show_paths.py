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
    """Where the script of an edition, or of its episode, is saved."""
    return show.path("scripts", f"{what.slug}.md")


def cover_of(show: Show) -> Path:
    """The show's cover in `assets/`; one is drawn where there is none."""
    from podcast.publish.cover import draw_cover, find_cover

    if path := find_cover(show.path("assets")):
        return path
    draw_cover(show.title, show.author, path := show.path("assets", "cover.jpg"))
    return path


def load_pool(show: Show) -> dict[str, Voice]:
    """The show's voices; the ones that come with presscast where it has none of its own."""
    voices = show.path("voices")
    return load_voices(
        voices
        if any(
            set(voices.glob("*.toml"))
            - {cast_path(show), voices / "lexicon.toml", voices / "staff.toml"}
        )
        else defaults("voices")
    )


def load_people(show: Show) -> dict[str, str]:
    """Who has which voice: people's names to voice ids, as cast.toml has them."""
    return load_cast(cast_path(show))


def posts_path(show: Show) -> Path:
    return show.path(str(show.edition.posts))


def cast_path(show: Show) -> Path:
    return show.path("voices", "cast.toml")


def load_show_lexicon(show: Show) -> Lexicon:
    return load_lexicon(show.path("voices", "lexicon.toml"))


def spoken_disclosure(show: Show) -> str:
    """The line by which the presenter says that voices are synthetic;
    empty when nobody says it."""
    return " ".join(show.sound.disclosure.split()) if show.feed.ai_content else ""


def takes(show: Show) -> TakeCache:
    return TakeCache(work(show) / "takes", open_shared(show.store.cache))


def work(show: Show) -> Path:
    """Caches and lock: safe to delete, never published."""
    return show.path(".podcast")
