"""Where everything stands in the episode, decided by counting: opens no file, touches no sample.

Time is counted in MP3 frames and cells of a sixth of a frame, and converted to milliseconds once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from podcast.model import Chapter, DurationMs, Line, Script, Turn, Word
from podcast.stitch.mp3 import DECODER_DELAY, ENCODER_DELAY, FRAME_CELLS, Format

SAME_SPEAKER = 0.45
"""Seconds between two turns of one person."""
OTHER_SPEAKER = 0.6
"""Seconds between two persons' turns."""
AROUND_STING = 0.5
"""Seconds before and after a sting."""
AFTER_CHAPTER = 1.0
"""Seconds at least between two chapters' sounds; the second begins on a whole one."""
AFTER_ALL = 0.75
"""Seconds of silence at the end."""

LEAD = 4
"""Frames of digital silence before every sound, for the encoder to start from: without them, noise before
the onset rises by 12 dB."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sound of the episode and what the script wants before it."""

    chapter: int
    """Index of the script's chapter."""
    speaker: str
    """Empty for a sting."""
    cells: int
    """Length of its sound."""
    pause: float | None = None
    """Seconds of silence that the script asks for before it; None: the usual pause."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The episode in frames."""

    starts: tuple[int, ...]
    """Of each piece: the frame at which its unit begins, LEAD frames before its sound."""
    frames: int
    """Frames of sound; the file has `overhang` more."""
    chapters: tuple[tuple[int, int], ...]
    """(index of the script's chapter, start in whole seconds), for chapters with any sound."""


def tail(form: Format) -> int:
    """Frames of digital silence that end a unit: what encoder and decoder hold back, and a block."""
    return 2 if form.samples == 1152 else 4


def overhang(form: Format) -> int:
    """Frames that push the last sound through encoder and decoder."""
    return -(-(ENCODER_DELAY + DECODER_DELAY) // form.samples)


def unit_frames(cells: int, form: Format) -> int:
    """Length of a unit: lead-in, sound, tail."""
    return LEAD + -(-cells // FRAME_CELLS) + tail(form)


def usual_pause(before: Piece, after: Piece) -> float:
    """Seconds of silence between two pieces when the script asks for none."""
    if before.chapter != after.chapter:
        return AFTER_CHAPTER
    if not before.speaker or not after.speaker:
        return AROUND_STING
    return SAME_SPEAKER if before.speaker == after.speaker else OTHER_SPEAKER


def plan_pieces(pieces: Sequence[Piece], form: Format, end: float | None = None) -> Plan:
    """Place pieces one after the other; `end` is the silence after the last, None the usual.

    Pauses are no shorter than the silence that units bring along (LEAD and `tail`, about 0.14 s).
    A chapter's first sound begins on the first frame at or after its start, a whole second; the
    first chapter's LEAD frames after 0.
    """
    frame = Fraction(form.samples, form.rate)
    starts: list[int] = []
    chapters: list[tuple[int, int]] = []
    free, sound = 0, Fraction(0)
    for index, piece in enumerate(pieces):
        start = free
        if index:
            before = pieces[index - 1]
            pause = usual_pause(before, piece) if piece.pause is None else piece.pause
            start = max(free, _frames(sound + Fraction(pause), frame) - LEAD)
            if before.chapter != piece.chapter:
                second = _frames((start + LEAD) * frame, Fraction(1))
                start = _frames(Fraction(second), frame) - LEAD
                chapters.append((piece.chapter, second))
        else:
            start = _frames(Fraction(piece.pause or 0), frame)
            chapters.append((piece.chapter, 0))
        starts.append(start)
        free = start + unit_frames(piece.cells, form)
        sound = (start + LEAD + Fraction(piece.cells, FRAME_CELLS)) * frame
    frames = max(free, _frames(sound + Fraction(AFTER_ALL if end is None else end), frame))
    return Plan(tuple(starts), frames, tuple(chapters))


def _frames(time: Fraction, frame: Fraction) -> int:
    """How many frames cover a time."""
    return -(-time // frame)


def plan_chapters(plan: Plan, script: Script, form: Format) -> tuple[Chapter, ...]:
    """The chapters as apps list them: each ends where the next begins, the last with the sound."""
    edges = [DurationMs(1000 * second) for _, second in plan.chapters] + [milliseconds(plan.frames, form)]
    return tuple(
        Chapter(script.chapters[index].title, start, end, script.chapters[index].source)
        for (index, _), start, end in zip(plan.chapters, edges, edges[1:], strict=False)
    )


def milliseconds(frames: int, form: Format) -> DurationMs:
    """The length of so many frames, rounded."""
    return DurationMs(round(Fraction(1000 * frames * form.samples, form.rate)))


def plan_line(
    turn: Turn, words: Sequence[Word], chapter: int, start: int, cells: int, trimmed: int, form: Format
) -> Line:
    """A turn in the episode: `start` is its unit's first frame, `trimmed` the cells cut off its take."""
    cell = Fraction(1000 * form.samples, FRAME_CELLS * form.rate)
    begin = round((start + LEAD) * FRAME_CELLS * cell)
    end = round(((start + LEAD) * FRAME_CELLS + cells) * cell)
    shift = begin - round(trimmed * cell)
    timed, reached = [], begin
    for word in words:
        first = max(reached, min(end, word.start + shift))
        reached = max(first, min(end, word.end + shift))
        timed.append(Word(word.text, DurationMs(first), DurationMs(reached)))
    return Line(turn.speaker, chapter, DurationMs(begin), DurationMs(end), tuple(timed))
