"""Front matter that says how the feed lists a post's episode.

Its kind, number, season, picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from podcast.errors import ReadError
from podcast.frontmatter.reader import FrontMatter
from podcast.model import EpisodeDetails, EpisodeKind

# What the keys may begin with, and must where the bare ones are the blog's own.
PREFIX = "podcast_"

IMAGE_KEYS = ("episode_image", "episode_cover")
_TYPE_KEYS = ("episode_type",)
_NUMBER_KEYS = ("episode", "episode_number")
_SEASON_KEYS = ("season",)
_EXPLICIT_KEYS = ("explicit",)

_KINDS: Mapping[str, EpisodeKind] = {"full": "full", "trailer": "trailer", "bonus": "bonus"}
_EXPLICIT = {
    **dict.fromkeys(("true", "yes", "explicit"), True),
    **dict.fromkeys(("false", "no", "clean"), False),
}
_NOTHING = ("", "~", "null")

_OWN_KEY = 'where the key is your blog\'s own, set facts = "prefixed" in podcast.toml'
MOST_NUMBER = 99_999


def read_details(front: FrontMatter, *, is_prefixed: bool = False) -> EpisodeDetails:
    """Read what a post says of its episode. Raises ReadError for a value that cannot be.

    With `is_prefixed`, only keys that begin with `podcast_` are read; without, they go before
    the bare ones.
    """
    return EpisodeDetails(
        kind=_read_kind(front, find_key(front, _TYPE_KEYS, is_prefixed=is_prefixed)),
        season=_read_number(front, find_key(front, _SEASON_KEYS, is_prefixed=is_prefixed)),
        number=_read_number(front, find_key(front, _NUMBER_KEYS, is_prefixed=is_prefixed)),
        explicit=_read_explicit(
            front, find_key(front, _EXPLICIT_KEYS, is_prefixed=is_prefixed)
        ),
        image=_read_image(front, find_key(front, IMAGE_KEYS, is_prefixed=is_prefixed)),
    )


def find_key(front: FrontMatter, names: tuple[str, ...], *, is_prefixed: bool = False) -> str:
    """Find the key that says it, as the post writes it; empty where none does."""
    written = {key.lower().replace("-", "_"): key for key in reversed(front.values)}
    prefixed = [f"{PREFIX}{name}" for name in names]
    wanted = prefixed if is_prefixed else [*prefixed, *names]

    for name in wanted:
        key = written.get(name)
        if key and _said(front, key) not in _NOTHING:
            return key
    return ""


def _read_kind(front: FrontMatter, key: str) -> EpisodeKind:
    if not key:
        return "full"

    kind = _KINDS.get(_said(front, key))
    if kind is None:
        raise _fault(front, key, "is no type of episode", "Write full, trailer or bonus")
    return kind


def _read_number(front: FrontMatter, key: str) -> int:
    if not key:
        return 0

    said = _said(front, key)
    if not re.fullmatch(r"[0-9]{1,5}", said) or not 0 < int(said) <= MOST_NUMBER:
        raise _fault(front, key, "is no whole number above 0", f"Write 1, say; {_OWN_KEY}")
    return int(said)


def _read_explicit(front: FrontMatter, key: str) -> bool | None:
    if not key:
        return None

    said = _said(front, key)
    if said not in _EXPLICIT:
        raise _fault(front, key, "is neither true nor false", "Write true or false")
    return _EXPLICIT[said]


def _read_image(front: FrontMatter, key: str) -> str:
    if not key:
        return ""

    value = front.values[key]
    if not isinstance(value, str) or re.match(r"[a-z]+:", value, re.IGNORECASE):
        remedy = "Put the picture into the blog's folder, and write its path"
        raise _fault(front, key, "is no path of a picture", remedy)
    return value.strip()


def _said(front: FrontMatter, key: str) -> str:
    value = front.values[key]
    return "" if value is None else str(value).strip().lower()


def _fault(front: FrontMatter, key: str, what: str, remedy: str) -> ReadError:
    return ReadError(
        front.path, front.lines.get(key), f"{key}: {front.values[key]!r} {what}", remedy
    )
