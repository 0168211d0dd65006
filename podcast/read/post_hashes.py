"""Hashes of a post's own text: has what is spoken of it changed since?

They are taken of the file, not of what we read from it, so that a better parser changes none;
and without our own keys and line in it. What is never spoken (other keys, trending posts,
technical details) plays no part.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from podcast.frontmatter.reader import FrontMatter, front_matter
from podcast.model import Edition, PostHashes

_SPOKEN_KEYS = ("title", "subtitle", "description", "summary", "author", "authors")
_OTHERS = re.compile(r"\W*other headlines\W*", re.IGNORECASE)
_UNSPOKEN = re.compile(
    r"\#{1,6}\s*\W*(trending\s+on\s+(twitter|x)|technical\s+details)\W*", re.IGNORECASE
)
_HEADING = re.compile(r"\#{1,2}\s")
_DIGITS = 16


def hash_post(edition: Edition, include: str = "") -> PostHashes | None:
    """Hash the text of the edition's post; None for an edition without one.

    `include` is the line of the show that `make` puts into each post.
    """
    if edition.path is None or not edition.post_text:
        return None
    front, body = front_matter(edition.path, edition.post_text)

    lines = body.split("\n")
    spoken = [*_spoken_values(front), *_spoken_lines(lines, include)]
    starts = [max(story.line, 1) - 1 for story in edition.stories]
    ends = [*starts[1:], len(lines)]
    stories: list[str] = []
    for start, end in zip(starts, ends, strict=True):
        stories.append(_digest_lines(_story_lines(lines[start:end], include)))
    return PostHashes(_digest_lines(spoken), tuple(stories))


def describe_changes(old: PostHashes, new: PostHashes) -> str:
    """Say what differs between two versions of a post: `story 3: text; story 5: gone`."""
    if old.stories == new.stories:
        return "its title or headlines"
    return describe_moves(old.stories, new.stories, "text")


def describe_moves(old: Sequence[str], new: Sequence[str], changed: str) -> str:
    """Say how one row of stories became another.

    `changed` is what differs in one that is in its place.
    """
    changes: list[str] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, False
    ).get_opcodes():
        if kind == "equal":
            continue
        both = min(end - start, new_end - new_start)
        changes += [f"story {start + i + 1}: {changed}" for i in range(both)]
        for i in range(start + both, end):
            change = "gone"
            if old[i] in new:
                change = "moved"
            changes.append(f"story {i + 1}: {change}")
        for i in range(new_start + both, new_end):
            # One that was there before has moved, which is said at its old place.
            if new[i] not in old:
                changes.append(f"story {i + 1}: new")
    return "; ".join(changes)


def _spoken_values(front: FrontMatter) -> Iterator[str]:
    values = {key.lower(): value for key, value in front.values.items()}
    for key in _SPOKEN_KEYS:
        if values.get(key):
            yield f"{key}: {values[key]}"


def _spoken_lines(lines: Iterable[str], include: str) -> Iterator[str]:
    """The body's lines without those of parts that nobody speaks."""
    unspoken = False
    for line in lines:
        if _UNSPOKEN.fullmatch(line.strip()):
            unspoken = True
        elif unspoken and (_HEADING.match(line) or _OTHERS.fullmatch(line)):
            unspoken = False
        if not unspoken and not _is_include(line, include):
            yield line


def _story_lines(lines: Iterable[str], include: str) -> Iterator[str]:
    """A story's own lines: up to the first part that is no story's."""
    for line in lines:
        if _UNSPOKEN.fullmatch(line.strip()) or _OTHERS.fullmatch(line):
            return
        if not _is_include(line, include):
            yield line


def _is_include(line: str, include: str) -> bool:
    return bool(include) and line.strip() == include.strip()


def _digest_lines(lines: Iterable[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines if line.strip())
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
