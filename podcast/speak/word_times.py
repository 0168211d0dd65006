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

    printed_letters = list(map(_bare_letters, printed))
    spoken_letters = [_bare_letters(word.text) for word in spoken]
    words: list[Word] = []
    if printed_letters == spoken_letters:
        for text, word in zip(printed, spoken, strict=True):
            words.append(Word(text, word.start, word.end))
    else:
        for i, j in _runs(printed_letters, spoken_letters):
            words += _shared(printed[i], spoken[j][0].start, spoken[j][-1].end)
    return _with_ascending_times(words, duration)


def _with_ascending_times(words: Sequence[Word], duration: DurationMs) -> tuple[Word, ...]:
    """The words with times that ascend: an engine may give overlaps, or pass the end."""
    ordered: list[Word] = []
    reached = 0
    for word in words:
        start = min(max(word.start, reached), duration)
        reached = min(max(word.end, start), duration)
        ordered.append(Word(word.text, DurationMs(start), DurationMs(reached)))
    return tuple(ordered)


@lru_cache(maxsize=1 << 14)
def _bare_letters(word: str) -> str:
    return re.sub(r"[^\w]", "", word).casefold()


def _runs(printed: Sequence[str], spoken: Sequence[str]) -> list[tuple[slice, slice]]:
    """Slices of both that belong together.

    They cover all of `printed`, and no spoken slice is empty.
    """
    matcher = SequenceMatcher(None, printed, spoken, autojunk=False)
    marks = [(0, 0)]
    for i, j, size in matcher.get_matching_blocks():
        marks += zip(range(i, i + size + 1), range(j, j + size + 1), strict=True)
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
    total = sum(map(len, words))
    shared: list[Word] = []
    first, letters = start, 0
    for word in words:
        letters += len(word)
        # Counted from the start each time, so that nothing is lost to rounding.
        last = start + (end - start) * letters // total
        shared.append(Word(word, DurationMs(first), DurationMs(last)))
        first = last
    return shared
