"""An essay: one text, whole, read by its author.

Its sections are chapters, and nothing rings in between.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from podcast.model import Cast, Edition, Pause, Script, ScriptChapter, Sting, Turn
from podcast.write.template.chapter_titles import chapter_title
from podcast.write.template.parentheses import Acronyms
from podcast.write.template.spoken_words import join_names
from podcast.write.template.story_text import speak_document
from podcast.write.template.title_words import MOST

# Words of a turn; the same voice goes on after it.
PASSAGE = 90
_WORDS = re.compile(r"\w+")
# Seconds between the title and the text.
AFTER_TITLE = 0.8


def write_essay(edition: Edition, cast: Cast, writer: str) -> Script:
    """Write the script: title and authors once, the text, a quiet end."""
    reader = cast.presenter
    acronyms = Acronyms()
    chapters: list[ScriptChapter] = []

    for story in edition.stories:
        spoken = speak_document(story.body, "", acronyms, line=story.line, literal=True)
        paragraphs = spoken.paragraphs
        if story.title and (chapters or not _is_same_title(story.title, edition.title)):
            paragraphs = [[_close(story.title)], *paragraphs]
        turns = [
            Turn(reader, text) for paragraph in paragraphs for text in _passages(paragraph)
        ]
        if turns:
            title = _name_essay_chapter(
                story.title or edition.title, turns[-1].text, len(chapters) + 1
            )
            chapters.append(ScriptChapter(title, tuple(turns), story.link, spoken.note))

    if not chapters:
        chapters = [ScriptChapter(chapter_title(edition.title, "", "Essay"), ())]
    opening = (Sting(), Turn(reader, _announce(edition, cast)), Pause(AFTER_TITLE))
    chapters[0] = dataclasses.replace(chapters[0], items=(*opening, *chapters[0].items))
    chapters[-1] = dataclasses.replace(chapters[-1], items=(*chapters[-1].items, Sting()))
    return Script(edition.title, edition.date, tuple(chapters), writer=writer)


def _announce(edition: Edition, cast: Cast) -> str:
    """The title, and who wrote it."""
    named = [] if cast.presenter.lower().startswith("the ") else [cast.presenter]
    authors = list(edition.authors) or named
    title = _close(edition.title)
    return f"{title} By {join_names(authors)}." if authors else title


def _name_essay_chapter(title: str, last_text: str, number: int) -> str:
    """An author's heading as it is, where it is short enough.

    Else a shorter one, or its number.
    """
    plain = " ".join(title.split())
    return (
        plain if 0 < len(plain) <= MOST else chapter_title(title, last_text, f"Part {number}")
    )


def _is_same_title(title: str, other: str) -> bool:
    """Tell whether two titles have the same words.

    A heading above the text need not repeat the post's.
    """
    return _WORDS.findall(title.casefold()) == _WORDS.findall(other.casefold())


def _close(title: str) -> str:
    title = title.strip()
    return title if title.endswith((".", "!", "?")) else f"{title}."


def _passages(sentences: Sequence[str]) -> Iterator[str]:
    passage: list[str] = []
    for sentence in sentences:
        if passage and sum(len(each.split()) for each in [*passage, sentence]) > PASSAGE:
            yield " ".join(passage)
            passage = []
        passage.append(sentence)
    if passage:
        yield " ".join(passage)
