"""Where everything stands in an episode, decided from plain values: no file is opened."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import script_of

from podcast.errors import StitchError
from podcast.model import DurationMs, Turn, Word
from podcast.stitch import timeline as planning
from podcast.stitch.gain import MONO, TARGET, voice_gain
from podcast.stitch.levels import solve_gains
from podcast.stitch.loudness import Cells
from podcast.stitch.mp3 import OutputFormat
from podcast.stitch.pcm import Clip
from podcast.stitch.segment import LEAD, Segment
from podcast.stitch.timeline import Timeline, place_chapters, place_line, place_segments

OUTPUT = OutputFormat(48_000, 96)
SECOND = 250
"""Cells in a second at 48 kHz."""


def a_segment(
    chapter: int,
    speaker: str,
    length: int,
    pause: float | None = None,
    *,
    output: OutputFormat = OUTPUT,
    start: int = 0,
    trimmed: int = 0,
    words: tuple[Word, ...] = (),
    text: str = "words",
) -> Segment:
    """A measured sound of `length` silent cells; a sting where nobody speaks."""
    clip = Clip(f"{speaker}{length}", Path("none.wav"), 1, output.rate, speaker, speaker)
    cells = Cells(trimmed, np.zeros(length, np.float16), np.zeros(length, np.float16), 0.0)
    turn = Turn(speaker, text) if speaker else None
    return Segment(clip, output, chapter, pause, turn, words, cells, start)


def gaps(segments: list[Segment]) -> list[float]:
    """Seconds of silence between the sounds of neighbours, once they are placed."""
    frame = OUTPUT.samples / OUTPUT.rate
    placed = place_segments(segments, OUTPUT).segments
    begins = [(segment.start + LEAD) * frame for segment in placed]
    ends = [
        begin + len(segment.cells) * frame / 6
        for begin, segment in zip(begins, placed, strict=True)
    ]
    return [after - before for before, after in zip(ends, begins[1:], strict=False)]


THOUGHT = "This is a thought of more than eight words in all."


def test_the_usual_pauses_depend_on_what_passes() -> None:
    """An answer and a short turn follow fast, a new thought after a breath; each within a frame."""
    found = gaps(
        [
            a_segment(0, "", 500),
            a_segment(0, "A", 777),
            a_segment(0, "A", 801, text=THOUGHT),
            a_segment(0, "B", 1000, text=THOUGHT),
            a_segment(0, "A", 400, text="Is that so?"),
            a_segment(0, "B", 1000, text=THOUGHT),
            a_segment(0, "", 300),
        ]
    )
    sting = planning.AROUND_STING
    wanted = [sting, 0.4, 0.45, 0.25, 0.25, sting]
    for gap, pause in zip(found, wanted, strict=True):
        assert pause <= gap <= pause + 0.024


def test_a_pause_of_the_script_takes_the_place_of_the_usual_one() -> None:
    """A longer or shorter pause is kept to within a frame; none is shorter than what joins need."""
    long, short, least = gaps(
        [a_segment(0, "A", 500, pause) for pause in (None, 3.0, 0.3, 0.0)]
    )
    assert 3.0 <= long <= 3.024
    assert 0.3 <= short <= 0.324
    assert 0.1 <= least <= 0.17


steps_of = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["", "Ann", "Ben"]),
        st.integers(1, 5000),
        st.none() | st.floats(0, 20),
    ),
    min_size=1,
    max_size=40,
)


@given(steps=steps_of, rate=st.sampled_from([48_000, 44_100, 24_000]))
def test_any_timeline_keeps_the_rules_of_chapters(
    steps: list[tuple[int, str, int, float | None]], rate: int
) -> None:
    """Whatever the lengths: whole seconds, first at 0, ascending, no gap, sound within a frame of the start,
    segments apart, everything inside the episode."""
    output = OutputFormat(rate, 64)
    chapter, segments = 0, []
    for forward, speaker, length, pause in steps:
        chapter += forward
        segments.append(a_segment(chapter, speaker, length, pause, output=output))
    timeline = place_segments(segments, output)
    script = script_of(*[[] for _ in range(chapter + 1)])
    chapters = place_chapters(timeline, script, output)
    assert chapters[0].start == 0
    assert [c.title for c in chapters] == [
        f"Chapter {i}" for i in sorted({s.chapter for s in segments})
    ]
    assert all(c.start % 1000 == 0 and c.start < c.end for c in chapters)
    assert all(one.end == two.start for one, two in pairwise(chapters))
    assert chapters[-1].end == round(1000 * timeline.frames * output.samples / rate)
    ends = 0
    for segment in timeline.segments:
        assert segment.start >= ends
        ends = segment.start + segment.frames
    assert timeline.frames >= ends
    assert_chapters_begin_with_their_sound(timeline, output)


def assert_chapters_begin_with_their_sound(timeline: Timeline, output: OutputFormat) -> None:
    firsts = [
        after
        for before, after in pairwise(timeline.segments)
        if before.chapter != after.chapter
    ]
    frame = output.samples / output.rate
    for (_, second), segment in zip(timeline.chapters[1:], firsts, strict=True):
        assert 0 <= (segment.start + LEAD) * frame - second < frame + 1e-9


@given(
    words=st.lists(st.tuples(st.integers(-500, 9000), st.integers(-500, 9000)), max_size=30),
    start=st.integers(0, 10_000),
    trimmed=st.integers(0, 500),
)
def test_words_stay_in_their_line_and_ascend(
    words: list[tuple[int, int]], start: int, trimmed: int
) -> None:
    """However an engine times its words, those of a line lie inside it and do not run backwards."""
    given_words = tuple(
        Word(f"w{i}", DurationMs(a), DurationMs(b)) for i, (a, b) in enumerate(words)
    )
    segment = a_segment(3, "A", 1500, start=start, trimmed=trimmed, words=given_words)
    line = place_line(segment, 3, OUTPUT)
    times = [line.start, *(t for w in line.words for t in (w.start, w.end)), line.end]
    assert times == sorted(times)
    assert [w.text for w in line.words] == [w.text for w in given_words]
    assert line.end - line.start == 6000


def test_words_keep_their_times_against_the_sound() -> None:
    """A word 500 ms into a take of which 200 ms were cut off is 300 ms into its line."""
    word = Word("hello", DurationMs(500), DurationMs(800))
    line = place_line(a_segment(0, "A", 1000, start=96, trimmed=50, words=(word,)), 0, OUTPUT)
    assert line.start == 2400
    assert (line.words[0].start, line.words[0].end) == (2700, 3000)


def test_the_pause_at_the_end_of_a_script_is_the_silence_at_its_end() -> None:
    """The usual silence, or what the script asks for."""
    usual = place_segments([a_segment(0, "A", 1000)], OUTPUT).frames
    longer = place_segments([a_segment(0, "A", 1000)], OUTPUT, 5.0).frames
    assert (longer - usual) * 0.024 == pytest.approx(5.0 - planning.AFTER_ALL, abs=0.025)


def test_voices_are_brought_to_one_level_and_silence_is_left_alone() -> None:
    """What is 10 LU quieter gets 10 dB more; digital silence gets none."""
    assert voice_gain(-35.0, True) - voice_gain(-25.0, True) == pytest.approx(10.0)
    assert voice_gain(-70.0, True) == 0.0


def test_gains_of_the_last_run_are_kept_while_they_are_near_enough() -> None:
    """0.2 LU off: kept. 0.5 LU off: solved anew. A voice that is new takes its place beside the kept ones."""
    exact = {"A": 5.0, "B": -3.0}

    def reads(offset: float) -> float:
        return TARGET - MONO + offset

    kept = {"A": 530, "B": -270}
    assert solve_gains(exact, kept, lambda _: reads(0.19)) == kept
    assert solve_gains(exact, kept, lambda gains: reads(0.5) + (gains["A"] - 530) / 100) == {
        "A": 480,
        "B": -320,
    }
    assert solve_gains(exact, {"A": 530}, lambda _: reads(0.0)) == {"A": 530, "B": -270}


def test_a_voice_that_changed_is_not_held_to_its_old_gain() -> None:
    """One voice 6 dB louder than before: its gain follows, the others' stay."""
    exact = {"A": 5.0, "B": -9.0, "C": 1.0, "D": 1.0}
    kept = {"A": 500, "B": -300, "C": 100, "D": 100}
    found = solve_gains(exact, kept, lambda gains: TARGET - MONO + (gains["A"] - 500) / 100)
    assert found == {"A": 500, "B": -900, "C": 100, "D": 100}


@pytest.mark.parametrize(
    ("rate", "bitrate"), [(32_000, 96), (48_000, 100), (24_000, 192), (0, 0)]
)
def test_a_rate_that_no_mp3_has_is_refused(rate: int, bitrate: int) -> None:
    """The error says which there are."""
    with pytest.raises(StitchError, match="Choose one of"):
        OutputFormat(rate, bitrate)
