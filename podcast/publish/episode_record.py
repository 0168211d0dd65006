"""An Episode as a JSON file that people can read, and back without loss.

A line's words are kept as one text, with the start and the end of each word beside it: that is
legible and compact. The lines come last, so that the rest can be loaded by the thousand without
them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar, cast, get_args

from podcast.errors import PublishError
from podcast.model import (
    NO_DETAILS,
    NO_NUMBERS,
    Chapter,
    Credit,
    Disclosure,
    DurationMs,
    EarlierAudio,
    Episode,
    EpisodeDetails,
    EpisodeKind,
    Headline,
    Line,
    Loudness,
    Numbers,
    Pauses,
    PostHashes,
    Soundbite,
    SourceNote,
    Usd,
    Withdrawal,
    Word,
)

# Raised when an older presscast could no longer read what is written; then `_STEPS` gets
# another step.
#
# 1: all files are named by the slug alone. 2: a remade episode's by `remade` too. 3: every
# key is there; where the post is to be found is left to the show, which may move.
FORMAT = 3

T = TypeVar("T")

_LINES = b',\n "lines": ['

_RECORD = re.compile(r"\d{4}-\d\d-\d\d[^/]*(?<!\.chapters)(?<!\.transcript)\.json")


def is_record(name: str) -> bool:
    """Tell whether a published file of that name is an episode's record."""
    return _RECORD.fullmatch(name) is not None


def dump(episode: Episode) -> bytes:
    """The record of an episode: JSON in UTF-8, the same bytes for the same episode.

    Raises PublishError when a word has white space in it, or text is not Unicode.
    """
    values: dict[str, Any] = {
        **_first_values(episode),
        **_later_values(episode),
        "lines": [_line_fields(line, episode.slug) for line in episode.lines],
    }
    try:
        parts = [f" {json.dumps(key)}: {_json(value)}" for key, value in values.items()]
        if episode.is_sealed:
            parts.insert(1, f' "seal": "{_seal(parts)}"')
        return ("{\n" + ",\n".join(parts) + "\n}\n").encode()
    except ValueError as error:
        raise PublishError(f"{episode.slug}.json: cannot be written: {error}") from error


def _first_values(episode: Episode) -> dict[str, Any]:
    """What every record of this format has."""
    loudness = episode.loudness
    return {
        "format": FORMAT,
        "guid": episode.guid,
        "slug": episode.slug,
        "date": episode.date.isoformat(),
        "published": episode.published.isoformat(),
        "title": episode.title,
        "subtitle": episode.subtitle,
        "duration": episode.duration,
        "bytes": episode.bytes,
        "sha256": episode.sha256,
        "loudness": {
            "lufs": _level(loudness.lufs),
            "true_peak": _level(loudness.true_peak),
        },
        "engine": episode.engine,
        "writer": episode.writer,
        "model": episode.model,
        "cost_writing": episode.cost_writing,
        "cost_speaking": episode.cost_speaking,
        "processing": episode.processing,
        "version": episode.version,
        "chapters": list(map(_dump_chapter, episode.chapters)),
        "people": list(map(dataclasses.asdict, episode.people)),
        "notes": list(map(dataclasses.asdict, episode.notes)),
        "others": list(map(_dump_headline, episode.others)),
        "art": episode.art,
        "opus": episode.opus,
        "post": episode.post,
        "retakes": episode.retakes,
        "remade": episode.remade,
        "before": next((each.audio for each in episode.earlier_audio), ""),
        "waveform": bytes(episode.waveform).hex(),
        "soundbite": _as_fields(episode.soundbite),
    }


def _later_values(episode: Episode) -> dict[str, Any]:
    """What is written where there is something to say.

    Records of an older presscast stay as they are.
    """
    sources, asked_time = episode.sources, episode.asked_time
    values = {
        "from": list(sources.stories) if sources else None,
        "post_hash": sources.whole if sources else None,
        "pauses": _as_fields(episode.pauses),
        "author_keys": list(episode.author_keys) or None,
        "disclosure": _as_fields(episode.disclosure),
        "art_small": episode.art_small or None,
        "opus_sha256": episode.opus_sha256 or None,
        "numbers": _as_fields(episode.numbers, NO_NUMBERS),
        "details": _as_fields(episode.details, NO_DETAILS),
        "gone": episode.is_gone or None,
        "asked_time": asked_time.isoformat() if asked_time else None,
        "earlier_audio": _dump_earlier_audio(episode.earlier_audio),
    }
    return {key: value for key, value in values.items() if value is not None}


def _dump_earlier_audio(earlier: Sequence[EarlierAudio]) -> list[dict[str, str]] | None:
    """What is known of replaced audio beyond its newest file's name; None for nothing."""
    dumped: list[dict[str, str]] = []
    for each in earlier:
        if each.replaced is not None:
            dumped.append({"audio": each.audio, "replaced": each.replaced.isoformat()})
    return dumped or None


def _as_fields(value: Any, nothing: object = None) -> dict[str, Any] | None:
    """The fields of a dataclass; None for what says nothing."""
    if value is None or value == nothing:
        return None
    return dataclasses.asdict(value)


def _dump_chapter(chapter: Chapter) -> dict[str, Any]:
    values = dataclasses.asdict(chapter)
    if not chapter.picture:
        del values["picture"]
    return values


def _dump_headline(headline: Headline) -> dict[str, Any]:
    date = headline.date.isoformat() if headline.date else None
    return dataclasses.asdict(headline) | {"date": date}


def _seal(parts: Sequence[str]) -> str:
    """A checksum of all that a record says.

    `podcast check` finds a change that no other file shows.
    """
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def load(content: bytes, name: str, *, lines: bool = True) -> Episode:
    """The episode of a record. `name` is its file, for messages.

    Without `lines`, they are left out.

    Raises PublishError that names the file and the key at fault.
    """
    whole = _open_record(content, name, lines=lines)
    loudness = whole.child("loudness")
    chapters = whole.each("chapters", _chapter)
    spoken = whole.each("lines", partial(_read_line, chapters=len(chapters))) if lines else ()
    return Episode(
        guid=whole.text("guid"),
        slug=whole.text("slug"),
        date=whole.parsed("date", dt.date.fromisoformat),
        published=whole.parsed("published", _moment),
        title=whole.text("title"),
        subtitle=whole.text("subtitle"),
        duration=DurationMs(whole.integer("duration")),
        bytes=whole.integer("bytes"),
        sha256=whole.text("sha256"),
        chapters=chapters,
        lines=spoken,
        people=whole.each("people", _credit),
        notes=whole.each("notes", _note),
        others=whole.each("others", _headline),
        loudness=Loudness(loudness.level("lufs"), loudness.level("true_peak")),
        engine=whole.text("engine"),
        writer=whole.text("writer"),
        model=whole.text("model"),
        cost_writing=Usd(whole.number("cost_writing")),
        cost_speaking=Usd(whole.number("cost_speaking")),
        processing=whole.text("processing"),
        version=whole.text("version"),
        art=whole.parsed("art", _name),
        art_small=whole.optional("art_small", _file_name) or "",
        waveform=tuple(whole.parsed("waveform", bytes.fromhex)),
        retakes=whole.integer("retakes"),
        opus=whole.integer("opus"),
        disclosure=whole.optional_child("disclosure", _disclosure),
        opus_sha256=whole.optional("opus_sha256", _Values.text) or "",
        post=whole.text("post"),
        remade=whole.parsed("remade", _digits),
        earlier_audio=_earlier_audio(whole),
        sources=_sources(whole) if whole.has("post_hash") else None,
        author_keys=whole.texts("author_keys"),
        pauses=whole.optional_child("pauses", _pauses),
        numbers=whole.optional_child("numbers", _numbers) or NO_NUMBERS,
        details=whole.optional_child("details", _details) or NO_DETAILS,
        is_gone=whole.optional("gone", _Values.boolean) or False,
        asked_time=whole.optional("asked_time", _asked_time),
        soundbite=_soundbite(whole.child("soundbite")) if whole.has("soundbite") else None,
        is_sealed=whole.has("seal"),
    )


def _open_record(content: bytes, name: str, *, lines: bool) -> _Values:
    """Parse a record, and bring one of an older presscast to today's format.

    Raises PublishError.
    """
    if not lines:
        # Most of a record is its lines, and they come last; JSON text has no raw line
        # feed inside a string.
        head, found_lines, _ = content.partition(_LINES)
        content = head + b"\n}" if found_lines else content
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PublishError(f"{name}: not a record: {error}. Make that date again") from error
    if not isinstance(found, dict):
        raise PublishError(f"{name}: not a record: it holds no object. Make that date again")

    whole = _Values(name, "", found)
    number = whole.integer("format")
    if number > FORMAT:
        raise PublishError(f"{name}: format {number} is of a newer presscast. Upgrade this one")
    if number < 1:
        raise whole.fault("format", f"no presscast wrote {number}")
    for step in _STEPS[number - 1 :]:
        found = step(found)
    return _Values(name, "", found)


def _credit(values: _Values) -> Credit:
    return Credit(values.text("name"), values.text("role"), values.text("voice"))


def _note(values: _Values) -> SourceNote:
    title, reporter = values.text("title"), values.text("reporter")
    return SourceNote(title, reporter, values.text("source"), values.text("link"))


def _file_name(values: _Values, key: str) -> str:
    return values.parsed(key, _name)


def _asked_time(values: _Values, key: str) -> dt.datetime:
    return values.parsed(key, dt.datetime.fromisoformat)


def _earlier_audio(whole: _Values) -> tuple[EarlierAudio, ...]:
    newest = whole.parsed("before", _name)
    if whole.has("earlier_audio"):
        return whole.each("earlier_audio", _replaced_audio)
    # Records of old named one replaced file alone, and not when it was replaced.
    if newest:
        return (EarlierAudio(newest, None),)
    return ()


def _replaced_audio(values: _Values) -> EarlierAudio:
    return EarlierAudio(values.parsed("audio", _name), values.parsed("replaced", _moment))


def _pauses(values: _Values) -> Pauses:
    return Pauses(values.number("reply"), values.number("speaker"), values.number("paragraph"))


def _disclosure(values: _Values) -> Disclosure:
    return Disclosure(values.boolean("is_synthetic"), values.text("spoken"))


def _details(values: _Values) -> EpisodeDetails:
    return EpisodeDetails(
        kind=values.parsed("kind", _kind),
        season=values.integer("season"),
        number=values.integer("number"),
        explicit=values.maybe_boolean("explicit"),
        image=values.text("image"),
    )


def _kind(text: str) -> EpisodeKind:
    if text not in get_args(EpisodeKind):
        raise ValueError(f"{text!r} is no type of episode")
    return cast(EpisodeKind, text)


def _numbers(values: _Values) -> Numbers:
    return Numbers(values.integer("show"), values.integer("year"))


def _from_1(old: Mapping[str, Any]) -> dict[str, Any]:
    """The first had no art, no waveform ..., and said of its post only its own slug."""
    return {
        "art": "",
        "opus": 0,
        "post": f"{old.get('slug')}.md",
        "retakes": 0,
        "waveform": "",
        **old,
    }


def _from_2(old: Mapping[str, Any]) -> dict[str, Any]:
    """What was empty was left out."""
    return {"remade": "", "before": "", "soundbite": None, **old}


# From each format to the next: the values as an object of that format has them.
_STEPS: tuple[Callable[[Mapping[str, Any]], dict[str, Any]], ...] = (_from_1, _from_2)


def dump_withdrawal(withdrawal: Withdrawal) -> bytes:
    """The file that remembers a withdrawal: JSON in UTF-8."""
    values = dataclasses.asdict(withdrawal)
    values["date"] = withdrawal.date.isoformat()
    values["published"] = withdrawal.published.isoformat()
    return (
        json.dumps({"format": FORMAT, **values}, indent=1, ensure_ascii=False) + "\n"
    ).encode()


def load_withdrawal(content: bytes, name: str) -> Withdrawal:
    """The withdrawal that a file remembers.

    Raises PublishError that names the file and the key at fault.
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PublishError(
            f"{name}: it remembers no withdrawal: {error}. Withdraw it again"
        ) from error
    if not isinstance(found, dict):
        raise PublishError(f"{name}: it remembers no withdrawal. Withdraw it again")
    whole = _Values(name, "", found)
    return Withdrawal(
        guid=whole.text("guid"),
        slug=whole.text("slug"),
        date=whole.parsed("date", dt.date.fromisoformat),
        published=whole.parsed("published", _moment),
        title=whole.text("title"),
        post=whole.text("post"),
        post_hash=whole.text("post_hash"),
        numbers=_numbers(whole.child("numbers")),
        audio=whole.texts("audio"),
    )


class _Values:
    """The values under one object of a record, each checked as it is taken."""

    def __init__(self, name: str, path: str, values: Mapping[str, Any]) -> None:
        self._name, self._path, self._values = name, path, values

    def fault(self, key: str, what: str) -> PublishError:
        return PublishError(f"{self._name}: {self._path}{key}: {what}. Make that date again")

    def _take(self, key: str, wanted: type[T], said: str) -> T:
        value = self._values.get(key)
        # Not `isinstance`: true and false are whole numbers to Python.
        if type(value) is not wanted:
            raise self.fault(key, "missing" if key not in self._values else f"{said} expected")
        return value

    def text(self, key: str) -> str:
        return self._take(key, str, "text")

    def integer(self, key: str) -> int:
        return self._take(key, int, "a whole number")

    def boolean(self, key: str) -> bool:
        return self._take(key, bool, "true or false")

    def maybe_boolean(self, key: str) -> bool | None:
        if self._is_null(key):
            return None
        return self.boolean(key)

    def number(self, key: str) -> float:
        value = self._values.get(key)
        # JSON of other hands may have `0` where ours has `0.0`.
        if type(value) is int:
            return float(value)
        return self._take(key, float, "a number")

    def level(self, key: str) -> float:
        # JSON has no minus infinity, the level of silence: null stands for it.
        if self._is_null(key):
            return -math.inf
        return self.number(key)

    def parsed(self, key: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(self.text(key))
        except ValueError as error:
            raise self.fault(key, str(error)) from error

    def maybe_parsed(self, key: str, parse: Callable[[str], T]) -> T | None:
        if self._is_null(key):
            return None
        return self.parsed(key, parse)

    def _is_null(self, key: str) -> bool:
        return key in self._values and self._values[key] is None

    def has(self, key: str) -> bool:
        """Tell whether there is something under the key: neither nothing nor null."""
        return self._values.get(key) is not None

    def optional(self, key: str, read: Callable[[_Values, str], T]) -> T | None:
        """What is read under a key that a record may lack."""
        if key not in self._values:
            return None
        return read(self, key)

    def optional_child(self, key: str, build: Callable[[_Values], T]) -> T | None:
        """What is built of the object under a key that a record may lack."""
        if key not in self._values:
            return None
        return build(self.child(key))

    def child(self, key: str) -> _Values:
        return _Values(self._name, f"{self._path}{key}.", self._take(key, dict, "an object"))

    def each(self, key: str, build: Callable[[_Values], T]) -> tuple[T, ...]:
        made = []
        for i, value in enumerate(self._take(key, list, "a list")):
            if type(value) is not dict:
                raise self.fault(f"{key}[{i}]", "an object expected")
            made.append(build(_Values(self._name, f"{self._path}{key}[{i}].", value)))
        return tuple(made)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, written where it is not empty."""
        values = self._values.get(key, [])
        if type(values) is not list or not all(type(value) is str for value in values):
            raise self.fault(key, "a list of texts expected")
        return tuple(values)

    def integers(self, key: str, count: int) -> list[int]:
        values = self._take(key, list, "a list")
        if len(values) != count or set(map(type, values)) - {int}:
            raise self.fault(
                key, f"{count} whole numbers expected, the start and the end of each word"
            )
        return values


def _chapter(values: _Values) -> Chapter:
    return Chapter(
        values.text("title"),
        DurationMs(values.integer("start")),
        DurationMs(values.integer("end")),
        values.text("link"),
        values.text("image"),
        values.optional("picture", _Values.text) or "",
    )


def _soundbite(values: _Values) -> Soundbite:
    start, end = values.integer("start"), values.integer("end")
    return Soundbite(values.text("title"), DurationMs(start), DurationMs(end))


def _sources(values: _Values) -> PostHashes:
    return PostHashes(values.text("post_hash"), values.texts("from"))


def _headline(values: _Values) -> Headline:
    return Headline(
        values.text("title"),
        values.text("link"),
        values.maybe_parsed("date", dt.date.fromisoformat),
        values.boolean("paper"),
    )


# `Word._make`, without a step in Python for each of a show's millions of words.
_WORD = partial(tuple.__new__, Word)


def _read_line(values: _Values, chapters: int) -> Line:
    texts = values.text("text").split()
    if not 0 <= (chapter := values.integer("chapter")) < chapters:
        raise values.fault(
            "chapter", f"{chapter} is none of the {chapters} chapters, counted from 0"
        )
    times = cast(Iterator[DurationMs], iter(values.integers("times", 2 * len(texts))))
    return Line(
        values.text("speaker"),
        chapter,
        DurationMs(values.integer("start")),
        DurationMs(values.integer("end")),
        tuple(map(_WORD, zip(texts, times, times, strict=True))),
    )


def _line_fields(line: Line, slug: str) -> dict[str, Any]:
    text = " ".join(word.text for word in line.words)
    if text.split() != [word.text for word in line.words]:
        raise PublishError(
            f"{slug}: {line.speaker}: a word is empty or has white space in it: {text[:80]!r}"
        )
    return {
        "speaker": line.speaker,
        "chapter": line.chapter,
        "start": line.start,
        "end": line.end,
        "text": text,
        "times": [time for word in line.words for time in (word.start, word.end)],
    }


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment


def _digits(text: str) -> str:
    if not re.fullmatch(r"([0-9a-f]{8})?", text):
        raise ValueError("eight hex digits or none expected")
    return text


def _name(text: str) -> str:
    if set("/\\:\0") & set(text):
        raise ValueError("the name of a file expected, without a folder")
    return text


def _level(value: float) -> float | None:
    """A level for JSON, which has no minus infinity: the level of silence is null."""
    if value == -math.inf:
        return None
    return value


def _json(value: Any) -> str:
    """JSON with an element a line for a list, all else on one line."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {_compact(element)}" for element in value) + "\n ]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
