"""The passage that tells best what an episode is like: where its first story is told."""

from __future__ import annotations

from collections.abc import Sequence

from podcast.language.english.sentence_splitter import sentence_ends
from podcast.model import Chapter, DurationMs, Line, Soundbite

SHORTEST, IDEAL, LONGEST = 15_000, 60_000, 120_000
"""Milliseconds; 15 to 120 s is what the podcast namespace recommends (tag "soundbite")."""


def choose_soundbite(lines: Sequence[Line], chapters: Sequence[Chapter]) -> Soundbite | None:
    """The first reporter's telling of the first story, from its first word to the end of a sentence.

    It ends with the last sentence within a minute, else with the first one that makes 15 seconds full. None
    when nobody but the presenter speaks, or no sentence ends in time.
    """
    presenter = lines[0].speaker if lines else ""
    first = next((i for i, line in enumerate(lines) if line.speaker != presenter), None)
    if first is None:
        return None
    told = [line for line in lines[first:] if line.chapter == lines[first].chapter]
    start = told[0].start
    ends = [end for line in told for end in _sentence_end_times(line)]
    fitting = [end for end in ends if SHORTEST <= end - start <= LONGEST]
    if not fitting:
        return None
    end = max((end for end in fitting if end - start <= IDEAL), default=fitting[0])
    return Soundbite(chapters[told[0].chapter].title, start, DurationMs(end))


def _sentence_end_times(line: Line) -> list[DurationMs]:
    """When each whole sentence of a line ends."""
    text = " ".join(word.text for word in line.words)
    counts = sentence_ends(text)
    if counts and not text.rstrip("'\"’”»)]").endswith((".", "!", "?", "…")):
        counts.pop()
    return [line.words[count - 1].end for count in counts]
