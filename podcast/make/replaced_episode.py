"""Which episode an edition replaces, and where its post is: told by the show's own folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from podcast.errors import ReadError
from podcast.model import Edition, Episode, PostHashes
from podcast.publish import Store
from podcast.publish.published import list_records, load_record


def earlier_episode(
    folder: Path, edition: Edition, same_date: Iterable[Episode]
) -> Episode | None:
    """The episode of the same date that this one replaces, if any; its guid and moment of publication stay.

    That is the one of the same slug; or, for an edition among the show's posts, one whose post
    was there and is gone from the `folder`, for then the post was renamed. Two posts of one
    date that both exist are two episodes.

    Raises ReadError when another post has the slug too.
    """
    post = post_name(folder, edition)
    for episode in same_date:
        if episode.slug == edition.slug:
            if episode.post not in ("", post) and (folder / episode.post).exists():
                what = f"{folder / episode.post} has the episode {edition.slug} already"
                raise ReadError(
                    edition.path or edition.slug, None, what, "Rename one of the two"
                )
            return episode
    from podcast.read.posts import JekyllSource

    there = JekyllSource(folder).posts_by_slug() if post and same_date else {}
    return next((e for e in same_date if post and e.post and e.slug not in there), None)


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
        if not name.endswith(ending) or name == f"{edition.slug}.json":
            continue
        episode = load_record(store, name, lines=False)
        if episode is None or f"{episode.date}{ending}" != name or not episode.sources:
            continue
        is_same_file = episode.post == post or not (folder / episode.post).exists()
        if is_same_file and episode.sources.whole == hashes.whole:
            return episode
    return None


def post_name(posts: Path, edition: Edition) -> str:
    """The path of its post within the show's folder of posts;
    empty for a post from elsewhere."""
    folder = posts.resolve()
    path = edition.path.resolve() if edition.path else folder
    return path.relative_to(folder).as_posix() if folder in path.parents else ""
