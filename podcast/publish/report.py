"""The production report of an episode: what its producer looks at, pictures first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from podcast.model import DurationMs, Episode, Line, Show
from podcast.publish.pages import people_of, render


@dataclass(frozen=True, slots=True)
class _Speech:
    name: str
    slot: int
    """Its colour."""
    time: DurationMs
    """Speaking, pauses between passages not counted."""
    share: float
    """Of all speech, in per cent."""
    words: int
    pace: int
    """Words a minute."""
    marks: str
    """SVG path data: a stroke for each passage, in tenths of a second from the start."""


@dataclass(frozen=True, slots=True)
class _Part:
    title: str
    link: str
    start: DurationMs
    length: DurationMs
    words: int
    pace: int
    names: tuple[str, ...]


def report_page(show: Show, episode: Episode) -> str:
    """An HTML page that stands alone.

    Level over time, who speaks, pace, retakes, cost, chapters.
    """
    return render(
        show,
        "report.html.j2",
        styles=("player.css", "style.css", "report.css"),
        episode=episode,
        speech=_speech(episode),
        parts=_report_parts(episode),
        levels=_levels(episode),
        pace=_pace(episode.lines),
        words=_count_words(episode.lines),
    )


def _levels(episode: Episode) -> list[tuple[int | None, str]]:
    """SVG path data of the waveform's levels, by the speaker's colour; None: nobody."""
    slots = {person.name: person.slot for person in people_of(episode)}
    starts = [line.start for line in episode.lines]
    strokes: dict[int | None, str] = {}
    for x, level in enumerate(episode.waveform):
        middle = (2 * x + 1) * episode.duration // (2 * len(episode.waveform))
        before = bisect_right(starts, middle) - 1
        heard = before >= 0 and middle < episode.lines[before].end
        slot = None
        if heard:
            slot = slots[episode.lines[before].speaker]
        strokes[slot] = f"{strokes.get(slot, '')}M{x} 255v-{max(1, level)}"
    return list(strokes.items())


def _speech(episode: Episode) -> tuple[_Speech, ...]:
    whole = _measure_speech(episode.lines) or 1
    made = []
    for person in people_of(episode):
        lines = [line for line in episode.lines if line.speaker == person.name]
        time, words = _measure_speech(lines), _count_words(lines)
        marks = ""
        for line in lines:
            # A tenth of a second at least: a shorter stroke would not be seen.
            marks += f"M{line.start // 100} 0h{max(1, (line.end - line.start) // 100)}"
        made.append(
            _Speech(
                person.name, person.slot, time, 100 * time / whole, words, _pace(lines), marks
            )
        )
    return tuple(made)


def _report_parts(episode: Episode) -> tuple[_Part, ...]:
    made = []
    for i, chapter in enumerate(episode.chapters):
        lines = [line for line in episode.lines if line.chapter == i]
        made.append(
            _Part(
                title=chapter.title,
                link=chapter.link,
                start=chapter.start,
                length=DurationMs(chapter.end - chapter.start),
                words=_count_words(lines),
                pace=_pace(lines),
                names=tuple(dict.fromkeys(line.speaker for line in lines)),
            )
        )
    return tuple(made)


def _pace(lines: Sequence[Line]) -> int:
    """Words a minute of speech; 0 where nobody speaks."""
    time = _measure_speech(lines)
    if not time:
        return 0
    return round(_count_words(lines) * 60_000 / time)


def _count_words(lines: Iterable[Line]) -> int:
    return sum(len(line.words) for line in lines)


def _measure_speech(lines: Iterable[Line]) -> DurationMs:
    """How long somebody speaks in these lines."""
    return DurationMs(sum(line.end - line.start for line in lines))
