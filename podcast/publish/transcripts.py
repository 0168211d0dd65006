"""The transcript as WebVTT, SubRip and Podcasting 2.0 JSON: the same words at the same times.

Podcasting 2.0 (transcripts.md) asks for rows of 65 characters in WebVTT, and for two rows of 32
in SubRip.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from html import escape
from itertools import accumulate
from typing import NamedTuple

from podcast.language.english.sentence_splitter import count_words_to_ends
from podcast.model import DurationMs, Episode, Line, Word
from podcast.util.time_format import clock, seconds, timestamp
from podcast.util.xml_text import clean, one_line

# Characters in a row of WebVTT, the tag with the speaker's name included.
VTT_WIDTH = 65
# Characters in a row of SubRip, the speaker's name included.
SRT_WIDTH = 32

_WORD_ENDS = r"(?=['\"’”»)\]]*(?: |$))"
_CLAUSE_END = re.compile("[,;:–—…]" + _WORD_ENDS)
_COLON_LAST = re.compile(":+" + _WORD_ENDS)
_quoted = json.JSONEncoder(ensure_ascii=False).encode


class Cue(NamedTuple):
    """What is shown at once."""

    speaker: str
    """The name, without what WebVTT and SubRip give a meaning to."""
    start: DurationMs
    """When its first word begins, from the start of the episode."""
    end: DurationMs
    """When its last word ends."""
    rows: tuple[str, ...]
    """Rows of words; a word longer than a row stands alone, whole."""


def cues(lines: Sequence[Line], duration: DurationMs) -> list[Cue]:
    """The lines as cues of two rows.

    Ascending, apart, none empty in time, all inside `duration`.

    A cue ends with a sentence; where that is too long, with a clause; else between two words.
    """
    return _cues(lines, duration, VTT_WIDTH, lambda name, _first: f"<v {name}>", str)


def vtt(found: Sequence[Cue]) -> str:
    """WebVTT with a voice on every cue: Apple Podcasts shows no other names of speakers."""
    blocks = ["WEBVTT\n"]
    for cue in found:
        text = (
            "\n".join(cue.rows).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        )
        blocks.append(f"{clock(cue.start)} --> {clock(cue.end)}\n<v {cue.speaker}>{text}\n")
    return "\n".join(blocks)


def transcript_json(found: Sequence[Cue]) -> bytes:
    """JSON transcript 1.0.0 (Podcasting 2.0): the cues of the WebVTT, one segment a line."""
    rows = ",\n".join(map(_json_segment, found))
    return f'{{\n  "version": "1.0.0",\n  "segments": [\n{rows}\n  ]\n}}\n'.encode()


def _json_segment(cue: Cue) -> str:
    return (
        f'    {{"speaker": {_quoted(cue.speaker)}, "startTime": {seconds(cue.start)}, '
        f'"endTime": {seconds(cue.end)}, "body": {_quoted(" ".join(cue.rows))}}}'
    )


def srt(episode: Episode) -> str:
    """SubRip, with `Name: ` on the card where another speaker begins.

    AntennaPod takes what stands before a card's first colon for a name and drops what follows
    the second. So the text has none: `;` ends the clause, and U+2236, which looks the same,
    stands inside words.
    """

    def label(name: str, first: bool) -> str:
        return f"{name}:" if first else ""

    def plain(text: str) -> str:
        return _COLON_LAST.sub(";", text).replace(":", "∶").replace("-->", "→")

    blocks, before = [], ""
    for number, card in enumerate(
        _cues(episode.lines, episode.duration, SRT_WIDTH, label, plain), 1
    ):
        rows = card.rows
        if name := label(card.speaker, card.speaker != before):
            joined = f"{name} {rows[0]}"
            rows = (joined, *rows[1:]) if len(joined) <= SRT_WIDTH else (name, *rows)
            before = card.speaker
        text = "\n".join(rows)
        blocks.append(
            f"{number}\n{clock(card.start, ',')} --> {clock(card.end, ',')}\n{text}\n"
        )
    return "\n".join(blocks)


def transcript_html(language: str, episode: Episode) -> str:
    """HTML transcript (Podcasting 2.0).

    Who (`cite`), when (`time`) and what (`p`), and nothing else.
    """
    said = "".join(map(_html_line, episode.lines))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<meta charset="utf-8">\n'
        f"<title>{escape(one_line(episode.title), quote=False)}</title>\n{said}</html>\n"
    )


def _html_line(line: Line) -> str:
    """A line of the HTML transcript; empty where it shows nothing."""
    text, _ = _shown_words(line)
    if not text:
        return ""
    speaker, time = escape(_speaker_name(line.speaker)), timestamp(line.start)
    return f"<cite>{speaker}:</cite>\n<time>{time}</time>\n<p>{escape(text, quote=False)}</p>\n"


def _cues(
    lines: Sequence[Line],
    duration: DurationMs,
    width: int,
    label: Callable[[str, bool], str],
    spell: Callable[[str], str],
) -> list[Cue]:
    """Cues that fit into two rows of `width` behind their labels, which they leave out.

    `label(name, first)` stands before a cue's first word; `first` says that the speaker is a
    new one.
    """
    found: list[Cue] = []
    before = ""
    for line in lines:
        text, words = _shown_words(line)
        if not text:
            continue
        text, name = spell(text), _speaker_name(line.speaker)
        at = [0, *accumulate([len(word) + 1 for word in text.split(" ")])]
        for i, middle, j in _parts(
            text, at, width, label(name, name != before), label(name, False)
        ):
            row = text[at[i] : at[j] - 1]
            if i < middle < j:
                cut = at[middle] - at[i]
                rows: tuple[str, ...] = (row[: cut - 1], row[cut:])
            else:
                rows = (row,)
            found.append(Cue(name, words[i].start, words[j - 1].end, rows))
        before = name
    return _in_time(found, duration)


def _shown_words(line: Line) -> tuple[str, Sequence[Word]]:
    """What can be shown of a line, and its words.

    Those of which nothing can be shown are left out.
    """
    shown = clean(" ".join([word.text for word in line.words])).split()
    if len(shown) == len(line.words):
        return " ".join(shown), line.words
    words = [word for word in line.words if clean(word.text).strip()]
    return " ".join(shown), words


def _parts(
    text: str, at: list[int], width: int, first: str, others: str
) -> list[tuple[int, int, int]]:
    """Cut a text's words, which begin `at` these places, into ranges that fit two rows.

    A range ends with a sentence; where that is too long, with a clause; else in the middle of
    what is too long. `first` is the label before the first word, `others` the one before any
    other range. Each range is its first word, the first one of its second row, and the one
    after it.
    """
    found: list[tuple[int, int, int]] = []
    clauses = [bisect_right(at, mark.start()) for mark in _CLAUSE_END.finditer(text)]
    ends = [count_words_to_ends(text), sorted({*clauses, *count_words_to_ends(text)})]
    room = width + 1  # As many characters, and the space after them.

    def cut(i: int, j: int, ends: list[list[int]]) -> int:
        """Append the ranges from `i` to `j`; up to which word the last one could reach."""
        label = others if i else first
        middle = bisect_right(at, at[i] + room - len(label) - bool(label)) - 1
        # A word that is too long for a row is not broken: it stands alone, below the label.
        middle = max(middle, i if label else i + 1)
        full = max(bisect_right(at, at[middle] + room) - 1, middle + 1)
        if j <= full or j - i == 1:
            found.append((i, middle, j))
        elif ends:
            best, full = ends[0], -1
            for end in (*best[bisect_right(best, i) : bisect_left(best, j)], j):
                if end <= full:
                    found[-1] = (*found[-1][:2], end)
                else:
                    full = cut(i, end, ends[1:])
                i = end
        else:
            half = bisect_left(at, (at[i] + at[j]) / 2)
            half = min(max(half, i + 1), j - 1)
            cut(i, half, ends)
            full = cut(half, j, ends)
        return full

    cut(0, len(at) - 1, ends)
    return found


def _in_time(cues: list[Cue], duration: DurationMs) -> list[Cue]:
    """The cues of a millisecond at least, none before the last one's end, all inside."""
    now = 0
    for i, cue in enumerate(cues):
        if cue.start < now or cue.end <= cue.start:
            start = max(cue.start, now)
            cues[i] = cue._replace(
                start=DurationMs(start), end=DurationMs(max(cue.end, start + 1))
            )
        now = cues[i].end
    limit = duration
    for i in range(len(cues) - 1, -1, -1):
        if cues[i].end <= limit:
            break
        limit, end = DurationMs(min(cues[i].start, limit - 1)), limit
        cues[i] = cues[i]._replace(start=limit, end=end)
    return cues


def _speaker_name(speaker: str) -> str:
    """The name without the characters that end it in WebVTT (`&<>`) and SubRip (`:`)."""
    return one_line(speaker.replace("&", " and ").translate(_NO_MARKS), 64) or "Speaker"


_NO_MARKS = str.maketrans("<>:", "   ")
