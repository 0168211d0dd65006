"""Transcripts: four forms, one text; cues as clients want them."""

from __future__ import annotations

import html
import io
import json
import re
from pathlib import Path

import jsonschema
import lxml.html
import pysrt
import pysubs2
import pytest
import srt as srt_library
import webvtt
from builders import HOSTILE, a_show, an_episode, chapters, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.model import DurationMs, Episode, Line, Word
from podcast.publish import transcripts
from podcast.publish.transcripts import cues, srt, transcript_html

SHOW = a_show(Path("/show"))

SCHEMA = {
    "type": "object",
    "required": ["version", "segments"],
    "properties": {
        "version": {"const": "1.0.0"},
        "segments": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["speaker", "startTime", "endTime", "body"],
                "properties": {
                    "speaker": {"type": "string", "minLength": 1},
                    "startTime": {"type": "number", "minimum": 0},
                    "endTime": {"type": "number", "exclusiveMinimum": 0},
                    "body": {"type": "string", "minLength": 1},
                },
                "additionalProperties": False,
            },
        },
    },
}
"""Podcasting 2.0, transcripts.md, section JSON."""

word_texts = st.text(min_size=1, max_size=40).map(
    lambda t: "".join(t.split()) or "a"
) | st.sampled_from(
    [
        "the",
        "harbour,",
        "listens.",
        "question:",
        "10:30",
        "(3:1)",
        '"said:"',
        "-->",
        "&amp;",
        "<i>",
        "1984",
    ]
)
names = st.sampled_from(["Irene Falk", "Tomas Okoye"]) | st.text(max_size=60)


@st.composite
def episodes(draw: st.DrawFn) -> Episode:
    """Episodes of any names and words, whose times ascend, some words taking no time."""
    now, made = 0, []
    for name, said in draw(
        st.lists(
            st.tuples(names, st.lists(word_texts, min_size=1, max_size=30)),
            min_size=1,
            max_size=5,
        )
    ):
        words = []
        for text in said:
            start = now + draw(st.integers(0, 300) | st.just(0))
            now = start + draw(st.integers(0, 600) | st.just(0))
            words.append(Word(text, DurationMs(start), DurationMs(now)))
        made.append(Line(name, 0, words[0].start, words[-1].end, tuple(words)))
    room = sum(
        len(line.words) for line in made
    )  # A millisecond for each word, whatever the words take.
    return an_episode(lines=tuple(made), duration=DurationMs(max(now, room)))


def spoken(episode: Episode) -> list[str]:
    """The words of the episode, without the characters that no text file can hold."""
    text = " ".join(word.text for line in episode.lines for word in line.words)
    return re.sub("[\x00-\x1f\x7f-\x9f\ufffe\uffff]", "", text).split()


def vtt(episode: Episode) -> str:
    return transcripts.vtt(cues(episode.lines, episode.duration))


def transcript_json(episode: Episode) -> bytes:
    return transcripts.transcript_json(cues(episode.lines, episode.duration))


def times(episode: Episode) -> list[tuple[int, int]]:
    return [(cue.start, cue.end) for cue in cues(episode.lines, episode.duration)]


@settings(max_examples=40, deadline=None)
@given(episodes())
def test_cues_ascend_and_stay_inside(episode: Episode) -> None:
    """Cues take time, never overlap, and lie inside the episode."""
    last = 0
    for start, end in times(episode):
        assert last <= start < end
        last = end
    assert last <= episode.duration


@settings(max_examples=40, deadline=None)
@given(episodes())
def test_every_form_says_every_word(episode: Episode) -> None:
    """WebVTT, SubRip, JSON and HTML say all words in order; only SubRip has no colons and arrows."""
    said = spoken(episode)
    vtt_read = webvtt.from_string(vtt(episode))
    assert html.unescape(" ".join(cue.text for cue in vtt_read)).split() == said
    segments = json.loads(transcript_json(episode))["segments"]
    assert " ".join(segment["body"] for segment in segments).split() == said
    page = lxml.html.document_fromstring(transcript_html(SHOW.language, episode).encode())
    assert " ".join(p.text or "" for p in page.iter("p")).split() == said
    cards = [card.content for card in srt_library.parse(srt(episode), ignore_errors=False)]
    # The only difference: no colon but the one after a name.
    texts = [re.sub(r"^[^:]*:\s", "", card, count=1) for card in cards]

    def plain(text: str) -> str:
        return re.sub(r"[:;∶→>\-\s]", "", text)

    assert plain(" ".join(texts)) == plain(" ".join(said))


@settings(max_examples=40, deadline=None)
@given(episodes())
def test_rows_are_short(episode: Episode) -> None:
    """At most two rows: 65 characters in WebVTT, 32 in SubRip; only what one word needs is longer."""
    for cue in cues(episode.lines, episode.duration):
        assert 1 <= len(cue.rows) <= 2
        assert all(row and (len(row) <= 65 or " " not in row) for row in cue.rows)
    for card in srt_library.parse(srt(episode)):
        rows = card.content.split("\n")
        assert len(rows) <= 2
        assert all(len(row) <= 32 or " " not in row.partition(": ")[2] for row in rows)


@settings(max_examples=40, deadline=None)
@given(episodes())
def test_cards_have_one_colon_at_most(episode: Episode) -> None:
    """A card's only colon stands after the name of a speaker who begins."""
    before = None
    known = {cue.speaker for cue in cues(episode.lines, episode.duration)}
    for card in srt_library.parse(srt(episode)):
        name, colon, _ = card.content.replace("\n", " ").partition(": ")
        assert card.content.count(":") == (1 if colon else 0)
        if colon:
            assert name in known
            assert name != before
            before = name
    assert before is not None


@settings(max_examples=40, deadline=None)
@given(episodes())
def test_three_readers_see_the_same_cards(episode: Episode) -> None:
    """srt, pysrt and pysubs2 read as many cards, numbered from 1, with the same times."""
    text = srt(episode)
    read = list(srt_library.parse(text))
    assert [card.index for card in read] == list(range(1, len(read) + 1))
    at = [
        (round(c.start.total_seconds() * 1000), round(c.end.total_seconds() * 1000))
        for c in read
    ]
    assert [(c.start.ordinal, c.end.ordinal) for c in pysrt.from_string(text)] == at
    assert [(c.start, c.end) for c in pysubs2.SSAFile.from_string(text, format_="srt")] == at


@settings(max_examples=40, deadline=None)
@given(episodes())
def test_json_keeps_to_the_format(episode: Episode) -> None:
    """Segments have speaker, times in seconds and a body, and are the cues of the WebVTT."""
    values = json.loads(transcript_json(episode))
    jsonschema.validate(values, SCHEMA)
    assert [
        (round(s["startTime"] * 1000), round(s["endTime"] * 1000)) for s in values["segments"]
    ] == times(episode)


@settings(max_examples=40, deadline=None)
@given(episodes())
def test_every_cue_names_its_voice(episode: Episode) -> None:
    """Every WebVTT cue opens with `<v Name>`, and the name holds no markup."""
    text = vtt(episode)
    assert text.startswith("WEBVTT\n")
    voices = re.findall(r"-->.*\n<v ([^<>&\n]+)>", text)
    assert len(voices) == text.count(" --> ") == len(webvtt.from_string(text).captions)
    assert voices == [caption.voice for caption in webvtt.from_string(text)]


def test_the_last_word_may_take_no_time() -> None:
    """A last word that begins and ends with the episode still has a cue inside it."""
    end = DurationMs(900)
    last = Line("Irene Falk", 0, end, end, (Word("Bye.", end, end),))
    assert [(cue.start, cue.end) for cue in cues([last], DurationMs(900))] == [(899, 900)]


def test_cues_begin_and_end_with_their_words() -> None:
    """A cue starts when its first word does and ends with its last."""
    episode = an_episode()
    words = iter(word for line in episode.lines for word in line.words)
    for cue in cues(episode.lines, episode.duration):
        said = [next(words) for _ in " ".join(cue.rows).split()]
        assert (cue.start, cue.end) == (said[0].start, said[-1].end)


def test_cues_end_with_sentences_where_they_can() -> None:
    """Sentences stay whole, short ones share a cue, long ones break at a clause."""
    texts = [" ".join(cue.rows) for cue in cues(an_episode().lines, an_episode().duration)]
    assert (
        texts[0]
        == "Good evening. It is the third of June, and here is what we have for you tonight."
    )
    assert texts[1] == "Do harbours learn to listen, and can a kettle keep a secret?"
    assert "and once a lost anchor." in texts
    assert sum(text[-1] in '.?!"' for text in texts) >= len(texts) - 3


def test_a_long_clause_breaks_in_its_middle() -> None:
    """Where no sentence and no clause ends, the parts are of about one length."""
    spoken_ = lines([(0, "Irene Falk", "seals " * 40)])
    sizes = [len(" ".join(cue.rows)) for cue in cues(spoken_, chapters(spoken_, ["x"])[1])]
    assert len(sizes) == 4
    assert max(sizes) - min(sizes) <= 12


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_words_break_nothing(text: str) -> None:
    """Names and words of any kind leave every reader with all cues."""
    said_by = lines([(0, text, f"We begin. {text} And end."), (0, "Irene Falk", "Good night.")])
    episode = an_episode(lines=said_by, duration=chapters(said_by, ["x"])[1])
    count = len(times(episode))
    assert len(webvtt.from_buffer(io.StringIO(vtt(episode))).captions) == count
    assert len(json.loads(transcript_json(episode))["segments"]) == count
    assert list(srt_library.parse(srt(episode)))
    said = spoken(episode)
    assert (
        html.unescape(" ".join(c.text for c in webvtt.from_string(vtt(episode)))).split()
        == said
    )


def test_silence_has_a_transcript_too() -> None:
    """An episode in which nobody speaks has empty transcripts that readers accept."""
    episode = an_episode(lines=())
    assert vtt(episode) == "WEBVTT\n"
    assert srt(episode) == ""
    assert json.loads(transcript_json(episode))["segments"] == []


def test_the_html_form_says_who_and_when() -> None:
    """Each passage has its `cite`, its `time` and its `p`."""
    page = lxml.html.document_fromstring(transcript_html(SHOW.language, an_episode()).encode())
    body = page.find("body")
    assert body is not None
    assert [element.tag for element in body] == ["cite", "time", "p"] * len(an_episode().lines)
    assert body[0].text == "Irene Falk:"
    assert body[4].text == "00:11"
