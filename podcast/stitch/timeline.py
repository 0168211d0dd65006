"""Step 2, place: where everything stands in the episode. Opens no file, touches no sample.

Time is counted in MP3 frames and cells of a sixth of a frame, and converted to milliseconds
once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from podcast.model import Chapter, DurationMs, Line, Pauses, Script, Word
from podcast.stitch.mp3 import FRAME_CELLS, OutputFormat
from podcast.stitch.segment import LEAD, Segment

# Words from which on a turn is a thought, and no interjection.
SHORT_TURN = 8
# Seconds before and after a sting.
AROUND_STING = 0.5
# Seconds at least between two chapters' sounds; the second begins on a whole one.
AFTER_CHAPTER = 1.0
# Seconds of silence at the end.
AFTER_ALL = 0.75
USUAL_PAUSES = Pauses()


@dataclass(frozen=True, slots=True)
class Timeline:
    """The episode in frames."""

    segments: tuple[Segment, ...]
    """Each at its start."""
    frames: int
    """Frames of sound; the file has `overhang_frames` more."""
    chapters: tuple[tuple[int, int], ...]
    """(index of the script's chapter, start in whole seconds), for chapters with any sound."""


def usual_pause(before: Segment, after: Segment, pauses: Pauses) -> float:
    """Choose the seconds of silence between two segments when the script asks for none.

    People answer at once, and take a breath before a new thought.
    """
    if before.chapter != after.chapter:
        return AFTER_CHAPTER
    if not before.turn or not after.turn:
        return AROUND_STING
    if before.speaker == after.speaker:
        return pauses.paragraph

    is_answer = before.turn.text.rstrip("\"'”’)").endswith("?")
    is_short = len(after.turn.text.split()) < SHORT_TURN
    return pauses.reply if is_answer or is_short else pauses.speaker


def place_segments(
    segments: Sequence[Segment],
    output: OutputFormat,
    end: float | None = None,
    pauses: Pauses = USUAL_PAUSES,
) -> Timeline:
    """Place segments one after the other; `end` is the silence after the last, None the usual.

    Pauses are no shorter than the silence that segments bring along (lead and tail, about 0.14
    s). A chapter's first sound begins on the first frame at or after its start, a whole second;
    the first chapter's LEAD frames after 0.
    """
    frame = Fraction(output.samples, output.rate)
    placed: list[Segment] = []
    chapters: list[tuple[int, int]] = []
    next_free, sound_end = 0, Fraction(0)
    for segment in segments:
        if not placed:
            start = _frames(Fraction(segment.pause or 0), frame)
            chapters.append((segment.chapter, 0))
        else:
            before = placed[-1]
            pause = (
                usual_pause(before, segment, pauses) if segment.pause is None else segment.pause
            )
            start = max(next_free, _frames(sound_end + Fraction(pause), frame) - LEAD)
            if before.chapter != segment.chapter:
                second = _frames((start + LEAD) * frame, Fraction(1))
                start = _frames(Fraction(second), frame) - LEAD
                chapters.append((segment.chapter, second))

        placed.append(replace(segment, start=start))
        next_free = start + segment.frames
        sound_end = (start + LEAD + Fraction(len(segment.cells), FRAME_CELLS)) * frame

    silence = Fraction(AFTER_ALL if end is None else end)
    frames = max(next_free, _frames(sound_end + silence, frame))
    return Timeline(tuple(placed), frames, tuple(chapters))


def _frames(time: Fraction, frame: Fraction) -> int:
    """Count the frames that cover a time."""
    return -(-time // frame)


def place_chapters(
    timeline: Timeline, script: Script, output: OutputFormat
) -> tuple[Chapter, ...]:
    """List the chapters as apps show them.

    Each ends where the next begins, the last with the sound.
    """
    edges = [DurationMs(1000 * second) for _, second in timeline.chapters]
    edges.append(milliseconds(timeline.frames, output))
    chapters: list[Chapter] = []
    for place, (index, _) in enumerate(timeline.chapters):
        written = script.chapters[index]
        start, end = edges[place], edges[place + 1]
        chapters.append(Chapter(written.title, start, end, written.source))
    return tuple(chapters)


def milliseconds(frames: int, output: OutputFormat) -> DurationMs:
    """Convert a number of frames, rounded."""
    return DurationMs(round(Fraction(1000 * frames * output.samples, output.rate)))


def place_lines(timeline: Timeline, output: OutputFormat) -> tuple[Line, ...]:
    """List the episode's turns with their times.

    A line's chapter counts chapters with any sound.
    """
    chapters = {chapter: place for place, (chapter, _) in enumerate(timeline.chapters)}
    lines: list[Line] = []
    for segment in timeline.segments:
        if segment.turn:
            lines.append(place_line(segment, chapters[segment.chapter], output))
    return tuple(lines)


def place_line(segment: Segment, chapter: int, output: OutputFormat) -> Line:
    """Time a turn and its words in the episode.

    Words lie inside their line and do not run backwards.
    """
    cell = Fraction(1000 * output.samples, FRAME_CELLS * output.rate)
    begin = round(segment.first_cell * cell)
    end = round((segment.first_cell + len(segment.cells)) * cell)
    shift = begin - round(segment.cells.first * cell)

    words, reached = [], begin
    for word in segment.words:
        first = max(reached, min(end, word.start + shift))
        reached = max(first, min(end, word.end + shift))
        words.append(Word(word.text, DurationMs(first), DurationMs(reached)))
    return Line(segment.speaker, chapter, DurationMs(begin), DurationMs(end), tuple(words))
