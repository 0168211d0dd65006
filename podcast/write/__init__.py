"""Stage 2: an Edition becomes a Script."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Container, Mapping, Sequence
from typing import Protocol

from podcast.errors import WriteError
from podcast.model import (
    Cast,
    Edition,
    LeftOut,
    Pause,
    Person,
    Script,
    ScriptChapter,
    Show,
    Sting,
    Turn,
    Usd,
    Voice,
)
from podcast.write.story_gate import sift_stories

log = logging.getLogger(__name__)

TITLE_MOST = 40
"""The longest chapter title, in characters: Spotify and Apple cut longer ones."""
WORDS_A_MINUTE = 155
"""How fast an episode is spoken, pauses included."""
LONG_MINUTES = 25
"""An episode that is longer is said before a voice is spent."""


class Writer(Protocol):
    """Who rewrites an Edition for the ear."""

    name: str
    """The word of the configuration: `template`, `openai`."""

    def write(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        """Write the spoken script of the edition; `earlier` are the show's scripts of the days before.

        The stories that are not to be told are gone already. MUST give every Story a chapter, in an order of
        its own, or say in a note why it is not told; an opening and a closing chapter stand around them.
        MUST use only speakers whom `cast` has. MUST add no fact.
        MUST give the same script for the same arguments, unless a service is asked.
        MUST set `writer`, and `model` and `cost` when a service was paid.
        MUST write as a person types: numbers and symbols as printed; the stage after it spells them out.
        MAY choose its phrases by what `earlier` used.
        """
        ...

    def draft(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        """Write a script of about the same length, for a dry run. MUST ask no service."""
        ...

    def price(self, edition: Edition, cast: Cast, show: Show) -> Usd | None:
        """Estimate what `write` will cost; None when the price is not known. MUST ask no service."""
        ...

    def choose_voices(
        self, people: Sequence[Person], voices: Mapping[str, Voice], show: Show
    ) -> Mapping[str, str]:
        """Name to voice id for people who have no voice yet, by their personas.

        MAY leave out anyone: they are cast by their names.
        """
        ...


def compose_script(
    edition: Edition, cast: Cast, writer: Writer, show: Show, earlier: Sequence[Script] = ()
) -> Script:
    """Have `writer` write the edition's script, chapters well titled.

    Stories that are none, or told twice, are left out; the note of the first chapter says which and why.
    A show that tells all leaves out nothing. Raises WriteError for an edition that is broken or says nothing.
    """
    before = _before(edition, earlier)
    sifted = sift_stories(edition, before, keep_all=show.writer.tell_all)
    script = writer.write(sifted.edition, cast, show, before)
    return _finish(script, sifted.left_out, cast, writer)


def draft_script(
    edition: Edition, cast: Cast, writer: Writer, show: Show, earlier: Sequence[Script] = ()
) -> Script:
    """Write about what `compose_script` would, of the same form, asking no service. Raises WriteError."""
    before = _before(edition, earlier)
    sifted = sift_stories(edition, before, keep_all=show.writer.tell_all)
    script = writer.draft(sifted.edition, cast, show, before)
    return _finish(script, sifted.left_out, cast, writer)


def _before(edition: Edition, earlier: Sequence[Script]) -> list[Script]:
    """The scripts of earlier dates, the oldest first: so making again changes nothing."""
    return sorted(
        (script for script in earlier if script.date < edition.date),
        key=lambda script: script.date,
    )


def _finish(script: Script, left_out: Sequence[LeftOut], cast: Cast, writer: Writer) -> Script:
    titles: set[str] = set()
    chapters = []
    for chapter in script.chapters:
        tidied = _tidy(chapter)
        if any(isinstance(item, Turn) for item in tidied.items):
            title = _unique(short_title(chapter.title), titles)
            titles.add(title)
            chapters.append(dataclasses.replace(tidied, title=title))
    if chapters and left_out:
        chapters[0] = dataclasses.replace(chapters[0], note=_note(chapters[0].note, left_out))
    _check_speakers(chapters, cast, writer)
    script = dataclasses.replace(script, chapters=tuple(chapters))
    _warn(script, left_out)
    return script


def _tidy(chapter: ScriptChapter) -> ScriptChapter:
    """The chapter in plain written words: no markup, no turn that says nothing."""
    from podcast.language.english.spelling import without_markup

    items: list[Turn | Pause | Sting] = []
    for item in chapter.items:
        if isinstance(item, Turn):
            text = without_markup(item.text)
            if re.search(r"\w", text):
                items.append(dataclasses.replace(item, text=text))
        else:
            items.append(item)
    return dataclasses.replace(chapter, items=tuple(items))


def _note(note: str, left_out: Sequence[LeftOut]) -> str:
    said = "; ".join(f"line {out.line}, '{out.text}': {out.reason}" for out in left_out)
    return "; ".join(part for part in (note, f"left out: {said}") if part)


def _warn(script: Script, left_out: Sequence[LeftOut]) -> None:
    from podcast.language.english.spelling.characters import find_unsayable

    for out in left_out:
        log.warning(
            "%s: line %d: '%s' is left out: %s", script.date, out.line, out.text, out.reason
        )
    if unsayable := find_unsayable(" ".join(turn.text for turn in script.turns)):
        log.warning(
            "%s: no words are known for %s: they will not be heard. Write what they mean into the script",
            script.date,
            " ".join(unsayable),
        )
    minutes = estimate_minutes(script)
    if minutes > LONG_MINUTES:
        log.warning(
            "%s: the episode will be about %d minutes long. Set `minutes` in podcast.toml to make it shorter",
            script.date,
            round(minutes),
        )


def estimate_minutes(script: Script) -> float:
    """About how long the script takes to say."""
    return sum(len(turn.text.split()) for turn in script.turns) / WORDS_A_MINUTE


def short_title(title: str, most: int = TITLE_MOST) -> str:
    """The title in at most `most` characters, whole: up to a colon, a dash or a joint."""
    title = " ".join(title.replace("…", "").split())
    if len(title) <= most:
        return title
    head = re.split(r": | [-–—|] |(?<=\?) ", title, maxsplit=1)[0]
    if most * 0.3 <= len(head) <= most:
        return head
    words = title[: most + 1].split(" ")[:-1]
    while len(words) > 1 and words[-1].strip(",;:").lower() in _WEAK:
        words.pop()
    return " ".join(words).rstrip(" ,;:.–—-") or title[:most]


_WEAK = frozenset(
    "a an the and or but of for to in on at by as with from into via over under amid after "
    "before than that "
    "this its their our your his her is are was were be will may can could new".split()
)
"""Words that a title that was cut must not end with."""


def _unique(title: str, taken: Container[str]) -> str:
    number, candidate = 1, title
    while candidate in taken:
        number += 1
        mark = f" ({number})"
        candidate = short_title(title, TITLE_MOST - len(mark)) + mark
    return candidate


def _check_speakers(chapters: Sequence[ScriptChapter], cast: Cast, writer: Writer) -> None:
    for chapter in chapters:
        for item in chapter.items:
            if isinstance(item, Turn) and item.speaker not in cast.voices:
                raise WriteError(
                    f"writer {writer.name}: {item.speaker!r} speaks but is not in the cast"
                )
