"""Have a writer write an edition's script, and make it one that can be spoken."""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from podcast.errors import WriteError
from podcast.model import (
    Cast,
    Edition,
    LeftOut,
    Pause,
    Script,
    ScriptChapter,
    Show,
    Sting,
    Turn,
    Usd,
)
from podcast.write.code_signs import show_code_signs
from podcast.write.story_gate import sift_stories
from podcast.write.title_length import short_title, unique_title
from podcast.write.writer_protocol import RepairingWriter, Writer

log = logging.getLogger(__name__)

# How fast an episode is spoken, pauses included.
SPOKEN_WORDS_A_MINUTE = 155
# An episode that is longer is said before a voice is spent.
LONG_MINUTES = 25

_Write = Callable[[Edition, Cast, Show, Sequence[Script]], Script]


@dataclass(frozen=True, slots=True)
class WritingCost:
    """What writing a script will cost, estimated; None where a price is not known."""

    usual: Usd | None
    """Where the first answers can be used."""
    most: Usd | None
    """Where every answer is sent back once."""


def compose_script(
    edition: Edition, cast: Cast, writer: Writer, show: Show, earlier: Sequence[Script] = ()
) -> Script:
    """Have `writer` write the edition's script, chapters well titled.

    Stories that are none, or told twice, are left out; the note of the first chapter says which
    and why. A show that tells all leaves out nothing. Raises WriteError for an edition that is
    broken or says nothing.
    """
    return _compose(edition, cast, writer, show, earlier, writer.write)


def draft_script(
    edition: Edition, cast: Cast, writer: Writer, show: Show, earlier: Sequence[Script] = ()
) -> Script:
    """Write about what `compose_script` would, of the same form, asking no service.

    Raises WriteError.
    """
    return _compose(edition, cast, writer, show, earlier, writer.draft)


def estimate_script(
    edition: Edition, cast: Cast, writer: Writer, show: Show, earlier: Sequence[Script] = ()
) -> WritingCost:
    """Estimate what `compose_script` will cost: of the stories that are told. Asks no service.

    Raises WriteError.
    """
    sifted = sift_stories(
        edition, _select_before(edition, earlier), keep_all=show.writer.tell_all
    )
    usual = writer.price(sifted.edition, cast, show)
    if not isinstance(writer, RepairingWriter):
        return WritingCost(usual, usual)
    return WritingCost(usual, writer.price_at_most(sifted.edition, cast, show))


def _compose(
    edition: Edition,
    cast: Cast,
    writer: Writer,
    show: Show,
    earlier: Sequence[Script],
    write: _Write,
) -> Script:
    before = _select_before(edition, earlier)
    sifted = sift_stories(edition, before, keep_all=show.writer.tell_all)

    script = write(sifted.edition, cast, show, before)
    chapters = _finish_chapters(script.chapters, sifted.left_out)
    _check_speakers(chapters, cast, writer)
    script = dataclasses.replace(script, chapters=tuple(chapters))

    _warn(script, sifted.left_out)
    return script


def _select_before(edition: Edition, earlier: Sequence[Script]) -> list[Script]:
    """Scripts of earlier dates, the oldest first.

    So making an old edition again changes nothing.
    """
    before = [script for script in earlier if script.date < edition.date]
    return sorted(before, key=lambda script: script.date)


def _finish_chapters(
    chapters: Sequence[ScriptChapter], left_out: Sequence[LeftOut]
) -> list[ScriptChapter]:
    """Chapters that say something, each under a title of its own.

    The first one's note says what is left out.
    """
    finished: list[ScriptChapter] = []
    titles: set[str] = set()
    for chapter in chapters:
        tidied = _tidy(chapter)
        if not any(isinstance(item, Turn) for item in tidied.items):
            continue

        title = unique_title(short_title(chapter.title), titles)
        titles.add(title)
        finished.append(dataclasses.replace(tidied, title=title))

    if finished and left_out:
        finished[0] = dataclasses.replace(finished[0], note=_note(finished[0].note, left_out))
    return finished


def _tidy(chapter: ScriptChapter) -> ScriptChapter:
    """The chapter in plain written words: no markup, no turn that says nothing."""
    from podcast.language.english.spelling import without_markup

    items: list[Turn | Pause | Sting] = []
    for item in chapter.items:
        if not isinstance(item, Turn):
            items.append(item)
            continue
        text = show_code_signs(without_markup(item.text))
        if re.search(r"\w", text):
            items.append(dataclasses.replace(item, text=text))
    return dataclasses.replace(
        chapter,
        title=show_code_signs(chapter.title),
        note=show_code_signs(chapter.note),
        items=tuple(items),
    )


def _note(note: str, left_out: Sequence[LeftOut]) -> str:
    said = "; ".join(f"line {out.line}, '{out.text}': {out.reason}" for out in left_out)
    return "; ".join(filter(None, [note, f"left out: {said}"]))


def _check_speakers(chapters: Sequence[ScriptChapter], cast: Cast, writer: Writer) -> None:
    for chapter in chapters:
        for item in chapter.items:
            if isinstance(item, Turn) and item.speaker not in cast.voices:
                raise WriteError(
                    f"writer {writer.name}: {item.speaker!r} speaks but is not in the cast"
                )


def _warn(script: Script, left_out: Sequence[LeftOut]) -> None:
    """Say what the owner should know before a voice is spent."""
    from podcast.language.english.spelling.characters import find_unsayable

    for out in left_out:
        log.warning(
            "%s: line %d: '%s' is left out: %s", script.date, out.line, out.text, out.reason
        )

    if unsayable := find_unsayable(" ".join(turn.text for turn in script.turns)):
        log.warning(
            "%s: no words are known for %s: they will not be heard. "
            "Write what they mean into the script",
            script.date,
            " ".join(unsayable),
        )

    minutes = sum(len(turn.text.split()) for turn in script.turns) / SPOKEN_WORDS_A_MINUTE
    if minutes > LONG_MINUTES:
        log.warning(
            "%s: the episode will be about %d minutes long. "
            "Set `minutes` in podcast.toml to make it shorter",
            script.date,
            round(minutes),
        )
