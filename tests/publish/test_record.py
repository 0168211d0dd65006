"""Records: an episode saved is the episode loaded, and every fault is named."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
import time
from pathlib import Path
from typing import Any

import pytest
from builders import HOSTILE, an_episode, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.errors import PublishError
from podcast.model import (
    Chapter,
    Credit,
    DurationMs,
    EarlierAudio,
    Episode,
    Headline,
    Line,
    Loudness,
    SourceNote,
    Usd,
    Word,
)
from podcast.publish.episode_record import dump, is_record, load

REPLACED = EarlierAudio("2024-06-03-harbours-that-listen.mp3", None)
"""As older presscasts noted it, without its moment."""

texts = st.text(max_size=30)
ms = st.integers(0, 10**8).map(DurationMs)
words = st.builds(Word, texts.map(lambda t: "".join(t.split()) or "a"), ms, ms)
spoken = st.builds(
    Line, texts, st.integers(0, 1), ms, ms, st.lists(words, max_size=6).map(tuple)
)
costs = st.floats(0, 1000, allow_nan=False).map(Usd)
levels = st.floats(-70, 5, allow_nan=False) | st.just(-math.inf)
# A record keeps an offset, not a zone: a moment that a zone has twice a year is equal to no other.
offsets = st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: dt.timezone(dt.timedelta(minutes=minutes))
)
whole = st.builds(
    Episode,
    guid=texts,
    slug=texts,
    date=st.dates(),
    published=st.datetimes(timezones=offsets),
    title=texts,
    subtitle=texts,
    duration=ms,
    bytes=st.integers(0),
    sha256=texts,
    chapters=st.lists(
        st.builds(Chapter, texts, ms, ms, texts, texts), min_size=2, max_size=3
    ).map(tuple),
    lines=st.lists(spoken, max_size=4).map(tuple),
    people=st.lists(st.builds(Credit, texts, texts, texts), max_size=3).map(tuple),
    notes=st.lists(st.builds(SourceNote, texts, texts, texts, texts), max_size=3).map(tuple),
    others=st.lists(
        st.builds(Headline, texts, texts, st.none() | st.dates(), st.booleans()), max_size=3
    ).map(tuple),
    loudness=st.builds(Loudness, levels, levels),
    engine=texts,
    writer=texts,
    model=texts,
    cost_writing=costs,
    cost_speaking=costs,
    processing=texts,
    version=texts,
)


@settings(max_examples=60, deadline=None)
@given(whole)
def test_a_record_loses_nothing(episode: Episode) -> None:
    """Any episode comes back equal from its record, and dumps to the same bytes again."""
    content = dump(episode)
    loaded = load(content, "x.json")
    assert loaded == episode
    assert dump(loaded) == content


@settings(max_examples=60, deadline=None)
@given(whole)
def test_lines_may_be_left_out(episode: Episode) -> None:
    """Without lines, a record gives the same episode with none of them."""
    assert load(dump(episode), "x.json", lines=False) == dataclasses.replace(episode, lines=())


def test_a_record_is_json_that_people_can_read() -> None:
    """It is plain JSON; what is said stands there as sentences."""
    content = dump(an_episode())
    values = json.loads(content)
    assert values["format"] == 3
    assert values["lines"][1]["text"] == "We begin at sea. Tomas?"
    assert values["lines"][1]["times"][:2] == [11700, 12010]
    assert "The maker says that it needed them" in content.decode()


def test_a_thousand_records_load_in_no_time() -> None:
    """10,000 records of 8 minutes would load in a few seconds without their lines."""
    turn = "the harbour master listens to what passes below and writes it down, " * 8
    content = dump(an_episode(lines=lines([(0, "Irene Falk", turn)] * 12)))
    assert content.count(b"harbour master") == 96
    started = time.process_time()
    for _ in range(1000):
        load(content, "x.json", lines=False)
    assert time.process_time() - started < 0.6


TWO_WORDS = Word("two words", DurationMs(0), DurationMs(9))


def without(values: dict[str, Any], *path: str | int) -> None:
    for key in path[:-1]:
        values = values[key]  # type: ignore[index]
    del values[path[-1]]  # type: ignore[arg-type]


def changed(values: dict[str, Any], new: object, *path: str | int) -> None:
    for key in path[:-1]:
        values = values[key]  # type: ignore[index]
    values[path[-1]] = new  # type: ignore[index]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("guid",), "guid"),
        (("loudness", "lufs"), "loudness.lufs"),
        (("chapters", 1, "start"), "chapters[1].start"),
        (("people", 0, "voice"), "people[0].voice"),
        (("lines", 2, "times"), "lines[2].times"),
        (("others", 0, "date"), "others[0].date"),
    ],
)
def test_a_missing_value_is_named(path: tuple[str | int, ...], key: str) -> None:
    """What a record lacks is told with the file and the key."""
    values = json.loads(dump(an_episode()))
    without(values, *path)
    with pytest.raises(PublishError) as error:
        load(json.dumps(values).encode(), "2024.json")
    assert str(error.value).startswith(f"2024.json: {key}: missing")


@pytest.mark.parametrize(
    ("path", "new", "key"),
    [
        (("bytes",), "4096", "bytes"),
        (("bytes",), True, "bytes"),
        (("bytes",), 4096.0, "bytes"),
        (("date",), "3 June", "date"),
        (("published",), "2024-06-03T06:00:00", "published"),
        (("cost_writing",), None, "cost_writing"),
        (("chapters",), {}, "chapters"),
        (("chapters", 1), [], "chapters[1]"),
        (("lines", 0, "times"), [1, 2, 3], "lines[0].times"),
        (("lines", 0, "text"), "one", "lines[0].times"),
        (("lines", 1, "times", 0), 1.5, "lines[1].times"),
        (("lines", 1, "chapter"), 4, "lines[1].chapter"),
        (("lines", 1, "chapter"), -1, "lines[1].chapter"),
        (("others", 1, "paper"), "yes", "others[1].paper"),
        (("loudness",), [], "loudness"),
    ],
)
def test_a_wrong_value_is_named(path: tuple[str | int, ...], new: object, key: str) -> None:
    """What is of the wrong kind is told with the file and the key."""
    values = json.loads(dump(an_episode()))
    changed(values, new, *path)
    with pytest.raises(PublishError) as error:
        load(json.dumps(values).encode(), "2024.json")
    assert str(error.value).startswith(f"2024.json: {key}: ")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff\xfe\x00", b"null", b'{"format": 1', b"[" * 50_000]
)
def test_what_is_no_record_is_told(content: bytes) -> None:
    """Other files are a PublishError with their name, with and without lines."""
    for with_lines in (True, False):
        with pytest.raises(PublishError, match=r"^2024\.json: not a record"):
            load(content, "2024.json", lines=with_lines)


def test_a_newer_record_is_told() -> None:
    """A record of a later format asks for an upgrade, before anything else of it is judged."""
    with pytest.raises(PublishError, match="newer presscast"):
        load(b'{"format": 4}', "2024.json")


@pytest.mark.parametrize(
    "change",
    [
        {
            "lines": (
                Line(
                    "A",
                    0,
                    DurationMs(0),
                    DurationMs(9),
                    (Word("two words", DurationMs(0), DurationMs(9)),),
                ),
            )
        },
        {"title": "lone \ud800 surrogate"},
        {"loudness": Loudness(math.nan, 0.0)},
    ],
    ids=["words", "surrogate", "nan"],
)
def test_what_would_not_come_back_is_not_written(change: dict[str, Any]) -> None:
    """A word with white space, text that is no Unicode and a level that is no number are refused."""
    with pytest.raises(PublishError, match="2024-06-03-harbours-that-listen"):
        dump(an_episode(**change))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back(text: str) -> None:
    """No text breaks a record."""
    episode = an_episode(title=text, subtitle=text)
    assert load(dump(episode), "x.json") == episode


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2024-06-03-harbours.json", True),
        ("2024-06-03-harbours.chapters.json", False),
        ("2024-06-03-harbours.transcript.json", False),
        ("2024-06-03-v1.5-is-out.json", True),
        ("manifest.json", False),
        ("old/2024-06-03-harbours.json", False),
        ("2024-06-03-harbours.json.bak", False),
    ],
)
def test_records_are_told_from_other_files(name: str, expected: bool) -> None:
    """A record is a dated JSON file that is neither chapters nor transcript."""
    assert is_record(name) is expected


def test_a_remade_episode_says_so() -> None:
    """The names of a remade episode's files come back."""
    remade = an_episode(remade="0a1b2c3d", earlier_audio=(REPLACED,))
    assert load(dump(remade), "x.json") == remade
    assert remade.audio == f"{remade.slug}.0a1b2c3d.mp3"
    moment = dt.datetime(2024, 6, 4, 7, tzinfo=dt.UTC)
    older = dataclasses.replace(REPLACED, replaced=moment - dt.timedelta(days=1))
    dated = (EarlierAudio("2024-06-03-sea.1a2b3c4d.mp3", moment), older)
    renamed = an_episode(earlier_audio=dated)
    assert load(dump(renamed), "x.json") == renamed
    with pytest.raises(PublishError, match="remade: eight hex digits"):
        load(dump(remade).replace(b"0a1b2c3d", b"../../xx"), "x.json")


@pytest.mark.parametrize(
    ("number", "since"),
    [
        (1, {"post": "2024-06-03-harbours-that-listen.md", "is_sealed": False}),
        (2, {"remade": "0a1b2c3d", "earlier_audio": (REPLACED,), "is_sealed": False}),
    ],
)
def test_an_older_record_is_read(number: int, since: dict[str, Any]) -> None:
    """A record as each earlier presscast wrote it gives the same episode; saved, it is a new record."""
    content = (
        Path(__file__).parent.parent / "data" / "records" / f"format-{number}.json"
    ).read_bytes()
    assert json.loads(content)["format"] == number
    episode = load(content, "x.json")
    assert episode == an_episode(**since)
    assert load(dump(episode), "x.json") == episode
    assert load(content, "x.json", lines=False) == dataclasses.replace(episode, lines=())


@pytest.mark.parametrize("number", [0, -1])
def test_a_format_that_never_was_is_told(number: int) -> None:
    """A number before the first format is a fault of the file."""
    with pytest.raises(
        PublishError, match=rf"^2024\.json: format: no presscast wrote {number}"
    ):
        load(b'{"format": %d}' % number, "2024.json")
