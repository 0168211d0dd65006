"""What is made only with force: silence among audible episodes,
and a language that nobody here speaks."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from podcast.errors import PublishError, ReadError
from podcast.language.detection import find_other_language
from podcast.make.show_paths import cover_of
from podcast.model import INAUDIBLE_ENGINES, Edition, Show
from podcast.publish import load_episodes
from podcast.publish.cover import list_cover_faults
from podcast.registry import open_store


def require_audible(show: Show, engine: str) -> None:
    """Raise PublishError for an engine that is not heard,
    where the show has episodes that are."""
    if engine not in INAUDIBLE_ENGINES:
        return
    audible = next((e for e in load_episodes(open_store(show)) if e.is_audible), None)
    if audible:
        what = f"the engine {engine} is not audible, and the show has audible episodes ({audible.slug})"
        raise PublishError(f"{what}. Take another with --engine, or allow it with --force")


def require_language(language: str, edition: Edition) -> None:
    """Raise ReadError for an edition that is plainly in another language than the show."""
    texts = [
        edition.title,
        *(text for story in edition.stories for text in (story.title, story.body.text)),
    ]
    if language := find_other_language("\n".join(texts)):
        what = f"the post is in {language}, and the show in English ({language})"
        raise ReadError(
            edition.path or edition.slug, None, what, "Speak it all the same with --force"
        )


def require_cover(show: Show) -> None:
    """Raise PublishError for a cover that directories refuse;
    one is drawn where there is none."""
    path = cover_of(show)
    status = path.stat()
    if faults := _cover_faults(path, status.st_mtime_ns, status.st_size):
        raise PublishError(
            f"{path}: {'; '.join(faults)}. Put a square RGB picture of 1400 to 3000 pixels there"
        )


@lru_cache(maxsize=8)
def _cover_faults(path: Path, _changed: int, _size: int) -> tuple[str, ...]:
    return tuple(what for what, _ in list_cover_faults(path.read_bytes(), path.name))
