"""A text is cut into passages that an engine takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from podcast.language.english.sentence_splitter import split_sentences


def split(text: str, limit: int) -> list[str]:
    """Cut a text into passages of at most `limit` characters.

    At sentences, else clauses, else words.

    As few passages as that allows. A word longer than the limit is cut too, for nothing may be
    lost.
    """
    return _pack_parts(split_sentences(text), limit, [r"(?<=[,;:—])\s+", r"\s+"])


def _pack_parts(parts: Iterable[str], limit: int, finer: list[str]) -> list[str]:
    passages: list[str] = []
    for part in parts:
        if passages and len(passages[-1]) + 1 + len(part) <= limit:
            passages[-1] += f" {part}"
        elif len(part) <= limit:
            passages.append(part)
        elif finer:
            passages += _pack_parts(filter(None, re.split(finer[0], part)), limit, finer[1:])
        else:
            passages += [part[at : at + limit] for at in range(0, len(part), limit)]
    return passages
