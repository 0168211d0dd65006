"""An essay: one text, whole, read by its author; its headings are chapters, and nothing rings in between."""

from __future__ import annotations

from collections.abc import Iterator

from podcast.model import (
    Block,
    Cast,
    Document,
    Edition,
    Pause,
    Script,
    ScriptChapter,
    Show,
    Sting,
    Story,
    Turn,
)
from podcast.write.template.chapter_titles import chapter_title
from podcast.write.template.parentheses import Acronyms
from podcast.write.template.story_text import speak_document

PASSAGE = 90
"""Words of a turn; the same voice goes on after it."""


def is_essay(edition: Edition, show: Show) -> bool:
    """Whether the edition is read as an essay: as the show says, else as the post is."""
    if show.format:
        return show.format == "essay"
    if edition.kind == "essay":
        return True
    story = edition.stories[0]
    signed = edition.editor is not None or any(each.source or each.reporter for each in edition.stories)
    return len(edition.stories) == 1 and not signed and story.link == ""


def write_essay(edition: Edition, cast: Cast, writer: str) -> Script:
    """Write the script: title and author once, the text, a quiet end."""
    reader = _reader(edition, cast)
    acronyms = Acronyms()
    chapters: list[ScriptChapter] = []
    for place, (title, story, blocks) in enumerate(_sections(edition)):
        spoken = speak_document(Document(blocks), story.title, acronyms)
        turns = [Turn(reader, text) for paragraph in spoken.paragraphs for text in _passages(paragraph)]
        if not turns:
            continue
        items: list[Turn | Sting | Pause] = [*turns]
        if place == 0:
            author = " and ".join(edition.authors) or _author(story, reader)
            opening = f"{_closed(edition.title)} By {author}." if author else _closed(edition.title)
            items = [Sting(), Turn(reader, opening), Pause(0.8), *turns]
        chapters.append(ScriptChapter(chapter_title(title, turns[0].text, "Part"), tuple(items), story.link))
    chapters[-1] = ScriptChapter(chapters[-1].title, (*chapters[-1].items, Sting()), chapters[-1].source)
    return Script(edition.title, edition.date, tuple(chapters), writer=writer)


def _reader(edition: Edition, cast: Cast) -> str:
    first = edition.stories[0].reporter
    return first if first in cast.voices else cast.presenter


def _author(story: Story, reader: str) -> str:
    name = story.reporter or reader
    return "" if name.lower().startswith("the ") else name


def _closed(title: str) -> str:
    title = title.strip()
    return title if title.endswith((".", "!", "?")) else f"{title}."


def _sections(edition: Edition) -> Iterator[tuple[str, Story, tuple[Block, ...]]]:
    """The parts between headings, each with its title."""
    for place, story in enumerate(edition.stories):
        title = (edition.title if place == 0 else story.title) or edition.title
        blocks: list[Block] = []
        for block in story.body.blocks:
            if block.kind == "heading" and block.level <= 2:
                if blocks:
                    yield title, story, tuple(blocks)
                title, blocks = block.text, []
            else:
                blocks.append(block)
        yield title, story, tuple(blocks)


def _passages(sentences: list[str]) -> Iterator[str]:
    passage: list[str] = []
    for sentence in sentences:
        if passage and sum(len(each.split()) for each in [*passage, sentence]) > PASSAGE:
            yield " ".join(passage)
            passage = []
        passage.append(sentence)
    if passage:
        yield " ".join(passage)
