"""The picture that a post gives to its episode: found, and fit for directories."""

from __future__ import annotations

from pathlib import Path

from podcast.errors import ReadError
from podcast.frontmatter.reader import front_matter
from podcast.model import Edition
from podcast.publish.cover import list_cover_faults
from podcast.read.posts.episode_keys import IMAGE_KEYS, find_key

# Where generators keep pictures, below the blog's folder: Jekyll's root, Hugo's static/.
_ROOTS = ("", "static", "assets", "public", "source")

_REMEDY = "Take a JPEG or PNG, a square of 1400 to 3000 pixels in RGB"


def find_image(folder: Path, edition: Edition) -> Path | None:
    """Find the file of the picture that the post names; None where there is none.

    `folder` is the show's.
    """
    return find_blog_file(folder, edition, edition.details.image)


def find_blog_file(folder: Path, edition: Edition, written: str) -> Path | None:
    """Find a file that a post names by its path: in its own folder, or in the blog's.

    `folder` is the show's.
    """
    if not written or edition.path is None:
        return None

    inside = written.lstrip("/")
    candidates = [edition.path.parent / inside]
    candidates += [folder.joinpath(root, inside) for root in _ROOTS]
    for path in candidates:
        if path.is_file():
            return path
    return None


def require_image(folder: Path, edition: Edition, *, is_prefixed: bool) -> None:
    """Raise ReadError where the post names a picture that is not there, or not to be used."""
    if not edition.details.image or edition.path is None:
        return

    path = find_image(folder, edition)
    if path is None:
        remedy = "Write a path in the blog's folder"
        raise _describe_fault(edition, is_prefixed, "there is no such file", remedy)

    faults = list(list_cover_faults(path.read_bytes(), path.name))
    if faults:
        what = faults[0][0].replace("the cover", "the picture")
        raise _describe_fault(edition, is_prefixed, what, _REMEDY)


def _describe_fault(edition: Edition, is_prefixed: bool, what: str, remedy: str) -> ReadError:
    assert edition.path is not None
    front, _ = front_matter(edition.path, edition.post_text)
    key = find_key(front, IMAGE_KEYS, is_prefixed=is_prefixed)
    whole = f"{key}: {edition.details.image!r}: {what}"
    return ReadError(edition.path, front.lines.get(key), whole, remedy)
