"""The transcript as WebVTT, SubRip and Podcasting 2.0 JSON: the same words at the same times.

Podcasting 2.0 (transcripts.md) asks for rows of 65 characters in WebVTT, and for two rows of 32 in SubRip.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape

from podcast.model import DurationMs, Episode, Line, Show
from podcast.text import clean, clock, one_line, seconds, timestamp

VTT_WIDTH = 65
"""Characters in a row of WebVTT, the tag with the speaker's name included."""
SRT_WIDTH = 32
"""Characters in a row of SubRip, the speaker's name included."""

_ROWS = 2
_CLOSERS = r"['\"’”»)\]]*$"
_ENDS = (re.compile("[.!?…]" + _CLOSERS), re.compile("[,;:–—]" + _CLOSERS))
"""The last word of a sentence, and of a clause."""
_COLON_LAST = re.compile(":+(?=" + _CLOSERS + ")")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at once."""

    speaker: str
    """The name, without what WebVTT and SubRip give a meaning to."""
    start: DurationMs
    """When its first word begins, from the start of the episode."""
    end: DurationMs
    """When its last word ends."""
    rows: tuple[str, ...]
    """Rows of words; a word longer than a row stands alone, whole."""


def cues(lines: Sequence[Line], duration: DurationMs) -> tuple[Cue, ...]:
    """The lines as cues of two rows: ascending, apart, none empty in time, all inside `duration`.

    A cue ends with a sentence; where that is too long, with a clause; else between two words.
    """

    def label(name: str, _first: bool) -> str:
        return f"<v {name}>"

    def bare(cue: Cue) -> Cue:
        """Without the label, which only took its room."""
        first, *rest = cue.rows
        first = first.removeprefix(label(cue.speaker, True)).lstrip()
        return replace(cue, rows=(first, *rest) if first else tuple(rest))

    return _in_time([bare(cue) for cue in _cues(lines, VTT_WIDTH, label, clean)], duration)


def vtt(episode: Episode) -> str:
    """WebVTT with a voice on every cue: the only names of speakers that Apple Podcasts shows."""
    blocks = ["WEBVTT\n"]
    for cue in cues(episode.lines, episode.duration):
        text = "\n".join(cue.rows).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{clock(cue.start)} --> {clock(cue.end)}\n<v {cue.speaker}>{text}\n")
    return "\n".join(blocks)


def srt(episode: Episode) -> str:
    """SubRip, with `Name: ` on the card where another speaker begins.

    AntennaPod takes what stands before a card's first colon for a name and drops what follows the
    second. So the text has none: `;` ends the clause, and U+2236, which looks the same, stands inside words.
    """

    def label(name: str, first: bool) -> str:
        return f"{name}:" if first else ""

    def plain(word: str) -> str:
        return _COLON_LAST.sub(";", clean(word)).replace(":", "∶").replace("-->", "→")

    cards = _in_time(list(_cues(episode.lines, SRT_WIDTH, label, plain)), episode.duration)
    return "\n".join(
        f"{number}\n{clock(card.start, ',')} --> {clock(card.end, ',')}\n" + "\n".join(card.rows) + "\n"
        for number, card in enumerate(cards, 1)
    )


def transcript_json(episode: Episode) -> bytes:
    """JSON transcript 1.0.0 (Podcasting 2.0): the cues of the WebVTT, one segment a line."""
    rows = ",\n".join(
        "    " + json.dumps(_segment(cue), ensure_ascii=False)
        for cue in cues(episode.lines, episode.duration)
    )
    return f'{{\n  "version": "1.0.0",\n  "segments": [\n{rows}\n  ]\n}}\n'.encode()


def transcript_html(show: Show, episode: Episode) -> str:
    """HTML transcript (Podcasting 2.0): who (`cite`), when (`time`) and what (`p`), and nothing else."""
    said = "".join(
        f"<cite>{escape(_name(line.speaker))}:</cite>\n<time>{timestamp(line.start)}</time>\n"
        f"<p>{escape(text, quote=False)}</p>\n"
        for line in episode.lines
        if (text := " ".join(clean(" ".join(word.text for word in line.words)).split()))
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(show.language)}">\n<meta charset="utf-8">\n'
        f"<title>{escape(one_line(episode.title), quote=False)}</title>\n{said}</html>\n"
    )


def _segment(cue: Cue) -> dict[str, object]:
    times = {"startTime": seconds(cue.start), "endTime": seconds(cue.end)}
    return {"speaker": cue.speaker, **times, "body": " ".join(cue.rows)}


def _cues(
    lines: Sequence[Line], width: int, label: Callable[[str, bool], str], spell: Callable[[str], str]
) -> Iterator[Cue]:
    """Cues that fit into two rows of `width`, with the words' own times.

    `label(name, first)` stands before a cue's first word; `first` says that the speaker is a new one.
    """
    before = ""
    for line in lines:
        words = [(text, word) for word in line.words if (text := " ".join(spell(word.text).split()))]
        if not words:
            continue
        name, texts = _name(line.speaker), [text for text, _ in words]
        first = label(name, name != before)
        rows = partial(_rows, texts, first, label(name, False), width)
        for i, j in _split(texts, 0, len(texts), _ENDS, rows):
            yield Cue(name, words[i][1].start, words[j - 1][1].end, tuple(rows(i, j)))
        before = name


def _split(
    texts: list[str],
    i: int,
    j: int,
    ends: tuple[re.Pattern[str], ...],
    rows: Callable[[int, int], list[str]],
) -> list[tuple[int, int]]:
    """Cut the words from `i` to `j` into ranges that fit, at the best of the `ends`; else in the middle."""
    if j - i == 1 or len(rows(i, j)) <= _ROWS:
        return [(i, j)]
    if not ends:
        half = (sum(len(text) + 1 for text in texts[i:j])) / 2
        at, middle = 0, i
        while middle < j - 1 and (at < half or middle == i):
            at += len(texts[middle]) + 1
            middle += 1
        return _split(texts, i, middle, ends, rows) + _split(texts, middle, j, ends, rows)
    found: list[tuple[int, int]] = []
    start = i
    for stop in range(i + 1, j + 1):
        if stop < j and not ends[0].search(texts[stop - 1]):
            continue
        if found and len(rows(found[-1][0], stop)) <= _ROWS:
            found[-1] = (found[-1][0], stop)
        else:
            found += _split(texts, start, stop, ends[1:], rows)
        start = stop
    return found


def _rows(texts: list[str], first: str, label: str, width: int, i: int, j: int) -> list[str]:
    """The words from `i` to `j` in rows of `width` characters, after their label (`first` at word 0).

    A word that is too long for a row is not broken.
    """
    rows = [label if i else first]
    for text in texts[i:j]:
        joined = f"{rows[-1]} {text}" if rows[-1] else text
        if len(joined) <= width or not rows[-1]:
            rows[-1] = joined
        else:
            rows.append(text)
    return rows


def _in_time(found: Sequence[Cue], duration: DurationMs) -> tuple[Cue, ...]:
    """The cues with at least a millisecond each, none before the end of the one before, all inside."""
    spans: list[tuple[int, int]] = []
    now = 0
    for cue in found:
        start = max(cue.start, now)
        now = max(cue.end, start + 1)
        spans.append((start, now))
    limit = int(duration)
    for i in range(len(spans) - 1, -1, -1):
        end = min(spans[i][1], limit)
        limit = min(spans[i][0], end - 1)
        spans[i] = (limit, end)
    return tuple(
        replace(cue, start=DurationMs(start), end=DurationMs(end))
        for cue, (start, end) in zip(found, spans, strict=True)
    )


def _name(speaker: str) -> str:
    """The name without the characters that end it in WebVTT (`&`, `<`, `>`) and in SubRip (`:`)."""
    return one_line(speaker.replace("&", " and ").translate(_NO_MARKS), 64) or "Speaker"


_NO_MARKS = str.maketrans("<>:", "   ")
