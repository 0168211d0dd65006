"""Stage 2: an Edition becomes a Script."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from typing import Protocol

from podcast.errors import WriteError
from podcast.model import (
    Cast,
    Edition,
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

TITLE_MOST = 40
"""The longest chapter title, in characters: Spotify and Apple cut longer ones."""

_WEAK = frozenset(
    "a an the and or but of for to in on at by as with from into via over under amid after before than that "
    "this its their our your his her is are was were be will may can could new".split()
)
"""Words that a title that was cut must not end with."""


class Writer(Protocol):
    """Who rewrites an Edition for the ear."""

    name: str
    """The word of the configuration: `template`, `openai`."""

    def write(self, edition: Edition, cast: Cast, show: Show) -> Script:
        """The spoken script of the edition.

        MUST give every Story a chapter, told by its reporter (or the presenter when it has none).
        MUST use only speakers whom `cast` has. MUST add no fact.
        MUST set `writer`, and `model` and `cost` when a service was paid.
        MUST write as people write: `€120 million`, `2027`. Numbers and signs are spelled out for the voice.
        """
        ...

    def draft(self, edition: Edition, cast: Cast, show: Show) -> Script:
        """A script of about the same length, for a dry run. MUST ask no service."""
        ...

    def price(self, edition: Edition, cast: Cast, show: Show) -> Usd | None:
        """What `write` will cost, estimated; None when the price is not known. MUST ask no service."""
        ...

    def choose_voices(
        self, people: Sequence[Person], voices: Mapping[str, Voice], show: Show
    ) -> Mapping[str, str]:
        """Name to voice id for people who have no voice yet, by their personas.

        MAY leave out anyone: they are cast by their names.
        """
        ...


def compose_script(edition: Edition, cast: Cast, writer: Writer, show: Show) -> Script:
    """The script that `writer` makes of the edition, in written form and with chapters well titled.

    Turns that have nothing to say are dropped; chapter titles come out unique and at most `TITLE_MOST` long.
    Raises WriteError when a story is not told by its reporter, or someone speaks whom `cast` does not have.
    """
    return _finished(writer.write(edition, cast, show), edition, cast, writer)


def draft_script(edition: Edition, cast: Cast, writer: Writer, show: Show) -> Script:
    """What `compose_script` would make, about: of the same form, asking no service. Raises WriteError."""
    return _finished(writer.draft(edition, cast, show), edition, cast, writer)


def _finished(script: Script, edition: Edition, cast: Cast, writer: Writer) -> Script:
    titles: set[str] = set()
    chapters = []
    for chapter in script.chapters:
        tidied = _tidied(chapter)
        if any(isinstance(item, Turn) for item in tidied.items):
            title = _unique(short_title(chapter.title), titles)
            titles.add(title)
            chapters.append(dataclasses.replace(tidied, title=title))
    script = dataclasses.replace(script, chapters=tuple(chapters))
    _check(script, edition, cast, writer)
    return script


def short_title(title: str, most: int = TITLE_MOST) -> str:
    """The title in at most `most` characters: cut at a colon or dash that stands well, else at a word."""
    title = " ".join(title.split())
    if len(title) <= most:
        return title
    head = re.split(r": | [-–—|] |(?<=\?) ", title, maxsplit=1)[0]
    if most * 0.3 <= len(head) <= most:
        return head
    words = title[:most].split(" ")[:-1]
    while len(words) > 1 and words[-1].strip(",;:").lower() in _WEAK:
        words.pop()
    return (" ".join(words).rstrip(" ,;:.–—-") or title[: most - 1]) + "…"


def _tidied(chapter: ScriptChapter) -> ScriptChapter:
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


def _unique(title: str, taken: Container[str]) -> str:
    number, candidate = 1, title
    while candidate in taken:
        number += 1
        mark = f" ({number})"
        candidate = short_title(title, TITLE_MOST - len(mark)) + mark
    return candidate


def _check(script: Script, edition: Edition, cast: Cast, writer: Writer) -> None:
    for turn in script.turns:
        if turn.speaker not in cast.voices:
            raise WriteError(f"writer {writer.name}: {turn.speaker!r} speaks but is not in the cast")
    told = Counter((chapter.source, speaker) for chapter in script.chapters for speaker in _speakers(chapter))
    for (link, reporter), stories in Counter(
        (story.link, story.reporter or cast.presenter) for story in edition.stories
    ).items():
        if told[link, reporter] < stories:
            title = next(story.title for story in edition.stories if story.link == link)
            raise WriteError(f"writer {writer.name}: the story {title!r} is not told by {reporter}")


def _speakers(chapter: ScriptChapter) -> set[str]:
    return {item.speaker for item in chapter.items if isinstance(item, Turn)}
