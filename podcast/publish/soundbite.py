"""The passage that tells best what an episode is like: where its first story is told."""

from __future__ import annotations

from collections.abc import Sequence

from podcast.language.english.sentence_splitter import count_words_to_ends
from podcast.model import Chapter, DurationMs, Line, Soundbite

# Milliseconds; 15 to 120 s is what the podcast namespace recommends (tag "soundbite").
SHORTEST, IDEAL, LONGEST = 15_000, 60_000, 120_000


def choose_soundbite(lines: Sequence[Line], chapters: Sequence[Chapter]) -> Soundbite | None:
    """The beginning of the first story, from its reporter's first word to a sentence's end.

    It ends with the last sentence within a minute, else with the first one that makes 15
    seconds full. None when nobody but the presenter speaks, or no sentence ends in time.
    """
    presenter = lines[0].speaker if lines else ""
    first = next((i for i, line in enumerate(lines) if line.speaker != presenter), None)
    if first is None:
        return None
    passage = [line for line in lines[first:] if line.chapter == lines[first].chapter]
    start = passage[0].start
    end = _choose_end(passage, start)
    if end is None:
        return None
    return Soundbite(chapters[passage[0].chapter].title, start, end)


def _choose_end(passage: Sequence[Line], start: DurationMs) -> DurationMs | None:
    """The last sentence's end within a minute, else the first that is late enough.

    None for none.
    """
    end: DurationMs | None = None
    for line in passage:
        for time in _sentence_end_times(line):
            length = time - start
            is_better = end is None or length <= IDEAL
            if SHORTEST <= length <= LONGEST and is_better:
                end = time if end is None else max(end, time)
    return end


def _sentence_end_times(line: Line) -> list[DurationMs]:
    """When each whole sentence of a line ends."""
    text = " ".join(word.text for word in line.words)
    counts = count_words_to_ends(text)
    if counts and not text.rstrip("'\"’”»)]").endswith((".", "!", "?", "…")):
        counts.pop()
    return [line.words[count - 1].end for count in counts]
