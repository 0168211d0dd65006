"""Transcripts in all their forms: readable, in time, and word for word what the record says."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest
from typing import Any

from podcast.check.fault import Fault
from podcast.model import Episode
from podcast.publish import Store

# How far a cue may start from its first word, in milliseconds: two frames of an MP3.
OFF = 60

# Characters of a row, at most, as Podcasting 2.0 asks for them, and the rule.
ROWS = {"vtt": (65, "H7"), "srt": (32, "H10")}

_TIMING = re.compile(
    r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3}) --> (?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})"
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Cue:
    """What a reader of the file shows at once."""

    start: int
    """Milliseconds."""
    end: int
    """Milliseconds."""
    text: str
    speaker: str = ""
    rows: tuple[str, ...] = ()
    """As they are shown."""


class NotReadable(Exception):  # noqa: N818
    """A transcript that its readers would refuse."""


def check_transcripts(store: Store, episode: Episode) -> Iterator[Fault]:
    """Each form for itself, and against the record."""
    for ending, (parse, rule) in FORMS.items():
        name = f"{episode.stem}.{ending}"
        content = store.read(name)
        if content is None:
            yield Fault(name, "the file is missing", "D3")
            continue
        try:
            found = parse(content.decode())
        except UnicodeDecodeError:
            yield Fault(name, "it is not UTF-8", rule)
        except NotReadable as error:
            yield Fault(name, str(error), rule)
        else:
            yield from _in_time(name, found, episode)
            yield from _rows(name, found, ending)
            yield from _same(name, found, episode)
    yield from _html(store, episode)


def _in_time(name: str, cues: Sequence[Cue], episode: Episode) -> Iterator[Fault]:
    for number, (cue, after) in enumerate(zip_longest(cues, cues[1:]), 1):
        if cue.end <= cue.start:
            yield Fault(name, f"cue {number} does not end after it starts", "H5")
        if after and after.start < cue.end:
            yield Fault(name, f"cue {number + 1} starts before cue {number} ends", "H4")
    if cues and cues[-1].end > episode.duration:
        yield Fault(name, "the last cue ends after the episode", "H5")


def _rows(name: str, cues: Sequence[Cue], ending: str) -> Iterator[Fault]:
    """Rows that a screen can show; a single word longer than a row is nobody's fault."""
    if ending not in ROWS:
        return
    longest, rule = ROWS[ending]
    for number, cue in enumerate(cues, 1):
        if len(cue.rows) > 2 or any(len(row) > longest and " " in row for row in cue.rows):
            what = f"cue {number} is more than two rows of {longest} characters"
            yield Fault(name, what, rule, "warning")
            return


def _same(name: str, cues: Sequence[Cue], episode: Episode) -> Iterator[Fault]:
    """The words of the record, in its order, each cue starting with its first word.

    At most one fault.
    """
    tokens, times = _list_heard_tokens(episode)
    shown_tokens = _WORD.findall("\n".join(cue.text for cue in cues))
    if fault := differ(name, shown_tokens, tokens):
        yield fault
        return

    speakers = [(line.start, line.speaker) for line in episode.lines]
    position = 0
    for number, cue in enumerate(cues, 1):
        cue_tokens = _WORD.findall(cue.text)
        if not cue_tokens:
            continue
        time = times[position]
        if not _is_in_time(cue, time):
            heard_at = f"its word {cue_tokens[0]!r} is heard at {time} ms"
            yield Fault(name, f"cue {number} starts at {cue.start} ms; {heard_at}", "L4")
            return
        speaker = _find_speaker(speakers, time)
        if cue.speaker and _name_tokens(cue.speaker) != _name_tokens(speaker):
            what = f"cue {number} is given to {cue.speaker!r}; {speaker!r} says it"
            yield Fault(name, what, "H6")
            return
        position += len(cue_tokens)


def _list_heard_tokens(episode: Episode) -> tuple[list[str], list[int]]:
    """The tokens of the record's words, and when each is heard, in milliseconds."""
    tokens: list[str] = []
    times: list[int] = []
    for line in episode.lines:
        for word in line.words:
            # One word of the record may be several tokens, as `GPT-4`: all start with it.
            for token in _WORD.findall(word.text):
                tokens.append(token)
                times.append(word.start)
    return tokens, times


def _is_in_time(cue: Cue, time: int) -> bool:
    """Tell whether a cue starts with its first word, heard at `time` in milliseconds."""
    # A cue may begin with a sign that is spoken, as `$` or `#`: what the token is heard
    # as comes after it.
    starts_with_word = _WORD.match(cue.text.lstrip("\"'“‘«(["))
    early = 0 if starts_with_word else 2000
    return -OFF - early <= cue.start - time <= OFF


def _find_speaker(speakers: Sequence[tuple[int, str]], time: int) -> str:
    """Find who speaks at a time: of lines that start at once, the last by name."""
    return speakers[bisect.bisect(speakers, (time, "\U0010ffff")) - 1][1]


def _name_tokens(name: str) -> list[str]:
    # Transcripts say "and" for "&", which AntennaPod does not decode in a name.
    return _WORD.findall(name.replace("&", " ").replace(" and ", " "))


def differ(name: str, said: Sequence[str], wanted: Sequence[str]) -> Fault | None:
    """A fault that names the first word in which two texts differ."""
    for number, (one, other) in enumerate(zip(said, wanted, strict=False), 1):
        if one != other:
            return Fault(name, f"word {number} is {one!r}; the record says {other!r}", "L4")
    if len(said) != len(wanted):
        return Fault(name, f"it has {len(said)} words; the record has {len(wanted)}", "L4")
    return None


def parse_vtt(text: str) -> list[Cue]:
    """The cues of a WebVTT file that is written as simply as ours."""
    head, *blocks = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n"))
    if not re.match(r"WEBVTT($|[ \t\n])", head):
        raise NotReadable("it does not begin with WEBVTT")
    cues = []
    for block in blocks:
        if block.startswith(("NOTE", "STYLE", "REGION")):
            continue
        cue = _timed(block)
        voice = re.match(r"<v(?:\.\S+)? ([^>]*)>", cue.text)
        if not voice or "&" in voice[1]:
            raise NotReadable(f"the cue at {cue.start} ms names no speaker that apps can show")
        text = unescape(re.sub(r"<[^>]*>", "", cue.text))
        cues.append(Cue(cue.start, cue.end, text, voice[1], tuple(text.split("\n"))))
    return cues


def parse_srt(text: str) -> list[Cue]:
    """The cards of a SubRip file; `Name: ` before the first colon of a card is its speaker."""
    cues = []
    for wanted, block in enumerate(
        re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n")), 1
    ):
        number, _, rest = block.partition("\n")
        if number.strip() != str(wanted):
            raise NotReadable(f"card {wanted} is numbered {number[:20]!r}")
        cue = _timed(rest)
        if cue.text.count(":") > 1:
            raise NotReadable(
                f"card {wanted} has a second colon; AntennaPod drops what follows it"
            )
        label, words = cue.text.split(":") if ":" in cue.text else ("", cue.text)
        cues.append(
            Cue(cue.start, cue.end, words, " ".join(label.split()), tuple(cue.text.split("\n")))
        )
    return cues


def parse_json(text: str) -> list[Cue]:
    """The segments of a Podcasting 2.0 JSON transcript."""
    try:
        document = json.loads(text)
        if not isinstance(document["version"], str):
            raise NotReadable("its version is not text")
        return list(map(_read_segment, document["segments"]))
    except (ValueError, KeyError, TypeError) as error:
        raise NotReadable(f"not a JSON transcript: {type(error).__name__} {error}") from error


def _read_segment(row: dict[str, Any]) -> Cue:
    start, end = round(row["startTime"] * 1000), round(row["endTime"] * 1000)
    return Cue(start, end, row["body"], row["speaker"])


def _timed(block: str) -> Cue:
    timing, _, text = block.partition("\n")
    found = _TIMING.match(timing)
    if not found:
        raise NotReadable(f"{timing[:40]!r} is no time")
    start = _in_milliseconds(*found.group(1, 2, 3, 4))
    end = _in_milliseconds(*found.group(5, 6, 7, 8))
    return Cue(start, end, text)


def _in_milliseconds(hours: str | None, minutes: str, seconds: str, parts: str) -> int:
    whole_minutes = int(hours or 0) * 60 + int(minutes)
    return (whole_minutes * 60 + int(seconds)) * 1000 + int(parts)


def _html(store: Store, episode: Episode) -> Iterator[Fault]:
    """The HTML transcript: cite, time and p, and the same words."""
    from lxml import html

    name = f"{episode.stem}.transcript.html"
    content = store.read(name)
    if content is None:
        yield Fault(name, "the file is missing", "D3")
        return
    tree = html.document_fromstring(content.decode("utf-8", "replace") or "<p>")
    said = _WORD.findall(" ".join("".join(map(str, p.itertext())) for p in tree.iter("p")))
    wanted: list[str] = []
    for line in episode.lines:
        for word in line.words:
            wanted += _WORD.findall(word.text)
    if fault := differ(name, said, wanted):
        yield fault


# Endings of the forms that have times, how each is read, and the rule for a file that cannot
# be.
FORMS: Mapping[str, tuple[Callable[[str], list[Cue]], str]] = {
    "vtt": (parse_vtt, "H2"),
    "srt": (parse_srt, "H9"),
    "transcript.json": (parse_json, "H12"),
}
