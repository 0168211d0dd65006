"""When each written word is heard, from the times of the words that were spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from podcast.model import DurationMs, Utterance, Word


def time_words(
    utterance: Utterance, spoken: Sequence[Word], duration: DurationMs
) -> tuple[Word, ...]:
    """Time every written word by what is said for it: `$2` gets the time of `two dollars`.

    `spoken` is what the engine timed; it may be empty, or differ from the utterance in a few
    words. A written word that nothing is said for stands at the end of the one before it.
    """
    timed = align(utterance.text.split(), spoken, duration)
    words: list[Word] = []
    reached = DurationMs(0)
    for word in utterance.words:
        start = end = reached
        if word.first < word.last:
            start, end = timed[word.first].start, timed[word.last - 1].end
        words.append(Word(word.written, start, end))
        reached = end
    return tuple(words)


def align(
    printed: Sequence[str], spoken: Sequence[Word], duration: DurationMs
) -> tuple[Word, ...]:
    """Give every printed word its time.

    Words that both have keep their time; a run of others shares the time of what was spoken in
    its place by length. Without spoken words the whole duration is shared. Times ascend within
    0 and `duration`.
    """
    if not spoken:
        return tuple(_shared(printed, 0, duration))
    plain = [_bare_letters(w) for w in printed]
    if plain == [_bare_letters(w.text) for w in spoken]:
        words = [
            Word(text, word.start, word.end) for text, word in zip(printed, spoken, strict=True)
        ]
    else:
        words = []
        for i, j in _runs(plain, [_bare_letters(w.text) for w in spoken]):
            words += _shared(printed[i], spoken[j][0].start, spoken[j][-1].end)
    at = 0
    for number, word in enumerate(words):
        start = min(max(word.start, at), duration)
        at = min(max(word.end, start), duration)
        words[number] = Word(word.text, DurationMs(start), DurationMs(at))
    return tuple(words)


@lru_cache(maxsize=1 << 14)
def _bare_letters(word: str) -> str:
    return re.sub(r"[^\w]", "", word).casefold()


def _runs(printed: Sequence[str], spoken: Sequence[str]) -> list[tuple[slice, slice]]:
    """Slices of both that belong together.

    They cover all of `printed`, and no spoken slice is empty.
    """
    marks = [(0, 0)]
    for i, j, size in SequenceMatcher(
        None, printed, spoken, autojunk=False
    ).get_matching_blocks():
        marks += [(i, j), *((i + n, j + n) for n in range(1, size + 1))]
    marks.append((len(printed), len(spoken)))
    runs: list[tuple[slice, slice]] = []
    first_i, first_j = 0, 0
    for _, (i, j) in pairwise(marks):
        if i > first_i and j > first_j:
            runs.append((slice(first_i, i), slice(first_j, j)))
        elif i > first_i and runs:
            before_i, before_j = runs.pop()
            runs.append((slice(before_i.start, i), before_j))
        elif i > first_i:
            continue
        first_i, first_j = i, j
    return runs


def _shared(words: Sequence[str], start: int, end: int) -> list[Word]:
    """Share a span of time among words by their length."""
    total = sum(len(word) for word in words)
    marks, at = [start], 0
    for word in words:
        at += len(word)
        marks.append(start + (end - start) * at // total)
    return [
        Word(w, DurationMs(a), DurationMs(b))
        for w, (a, b) in zip(words, pairwise(marks), strict=True)
    ]
