"""Refusals that `--force` lifts: silence among audible episodes, and another language."""

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
    """Raise PublishError for an engine that is not heard, where the show's episodes are."""
    if engine not in INAUDIBLE_ENGINES:
        return
    for episode in load_episodes(open_store(show)):
        if episode.is_audible:
            what = f"the engine {engine} is not audible, and the show has audible episodes"
            remedy = "Take another with --engine, or allow it with --force"
            raise PublishError(f"{what} ({episode.slug}). {remedy}")


def require_language(language: str, edition: Edition) -> None:
    """Raise ReadError for an edition that is plainly in another language than the show."""
    texts = [edition.title]
    for story in edition.stories:
        texts += [story.title, story.body.text]

    post_language = find_other_language("\n".join(texts))
    if post_language:
        what = f"the post is in {post_language}, and the show in English ({language})"
        remedy = "Speak it all the same with --force"
        raise ReadError(edition.path or edition.slug, None, what, remedy)


def require_cover(show: Show) -> None:
    """Raise PublishError for a cover that directories refuse; draw one where there is none."""
    path = cover_of(show)
    status = path.stat()
    faults = _find_cover_faults(path, status.st_mtime_ns, status.st_size)
    if faults:
        remedy = "Put a square RGB picture of 1400 to 3000 pixels there"
        raise PublishError(f"{path}: {'; '.join(faults)}. {remedy}")


# A batch asks for each of its editions; the file is decoded again only when it changed.
@lru_cache(maxsize=8)
def _find_cover_faults(path: Path, _changed: int, _size: int) -> tuple[str, ...]:
    return tuple(what for what, _ in list_cover_faults(path.read_bytes(), path.name))
