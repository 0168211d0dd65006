"""Which episode an edition replaces, and where its post is: told by the show's own folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from podcast.errors import ReadError
from podcast.model import Edition, Episode, PostHashes
from podcast.publish import Store
from podcast.publish.published import list_records, load_record


def find_replaced_episode(
    folder: Path, edition: Edition, same_date: Iterable[Episode]
) -> Episode | None:
    """Find the episode of the same date that an edition's own replaces; its guid stays.

    That is the one of the same slug; or, for an edition among the show's posts, one whose post
    was there and is gone from the `folder`, for then the post was renamed. Two posts of one
    date that both exist are two episodes.

    Raises ReadError when another post has the slug too.
    """
    post = post_name(folder, edition)
    for episode in same_date:
        if episode.slug == edition.slug:
            _require_own_slug(folder, edition, episode, post)
            return episode
    if not post or not same_date:
        return None
    return _find_renamed(folder, same_date)


def _require_own_slug(folder: Path, edition: Edition, episode: Episode, post: str) -> None:
    """Raise ReadError where the episode of the edition's slug is another post's."""
    if episode.post in ("", post) or not (folder / episode.post).exists():
        return
    what = f"{folder / episode.post} has the episode {edition.slug} already"
    raise ReadError(edition.path or edition.slug, None, what, "Rename one of the two")


def _find_renamed(folder: Path, same_date: Iterable[Episode]) -> Episode | None:
    """Find an episode whose post has no longer the name that it had."""
    from podcast.read.posts import JekyllSource

    slugs = JekyllSource(folder).posts_by_slug()
    for episode in same_date:
        if episode.post and episode.slug not in slugs:
            return episode
    return None


def find_moved_episode(
    folder: Path, edition: Edition, store: Store, hashes: PostHashes | None
) -> Episode | None:
    """Find the episode that the edition had under another date, which its post corrects.

    Its post says the same words, and has the same file, or one of the same name without the
    date.
    """
    post = post_name(folder, edition)
    if not post or hashes is None:
        return None

    ending = f"{edition.slug.removeprefix(str(edition.date))}.json"
    for name in list_records(store.names()):
        # Only records that may be its own are read: a show may have thousands.
        if not name.endswith(ending) or name == f"{edition.slug}.json":
            continue
        episode = load_record(store, name, lines=False)
        if episode is None or f"{episode.date}{ending}" != name:
            continue
        if _says_same(episode, hashes) and _has_same_file(episode, post, folder):
            return episode
    return None


def _says_same(episode: Episode, hashes: PostHashes) -> bool:
    return episode.sources is not None and episode.sources.whole == hashes.whole


def _has_same_file(episode: Episode, post: str, folder: Path) -> bool:
    """Tell whether the episode's post is this one, or was renamed to it."""
    return episode.post == post or not (folder / episode.post).exists()


def post_name(posts: Path, edition: Edition) -> str:
    """Path of its post within the show's folder of posts; empty for one from elsewhere."""
    folder = posts.resolve()
    path = edition.path.resolve() if edition.path else folder
    if folder not in path.parents:
        return ""
    return path.relative_to(folder).as_posix()
