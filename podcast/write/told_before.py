"""What earlier episodes said of the matter of a story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from podcast.language.english.tfidf import stems
from podcast.model import Script, ScriptChapter, Story, Turn

# The part of a title's stems that an earlier chapter must have to be about the same matter.
SHARED = 0.6
# How many stems that must be.
FEWEST = 3
# So much of an earlier telling is material for a new one.
QUOTED_WORDS = 70
# So many earlier tellings, the latest, are looked at.
TELLINGS = 2


@dataclass(frozen=True, slots=True)
class EarlierTelling:
    """A chapter of an earlier episode about the same matter."""

    date: dt.date
    title: str
    text: str


def find_earlier_tellings(
    story: Story, scripts: Sequence[Script]
) -> tuple[EarlierTelling, ...]:
    """Find the latest chapters of earlier scripts that are about the matter of a story.

    The latest first.
    """
    wanted = set(stems(story.title))
    tellings = [telling for script in scripts for telling in _tellings(script, wanted)]
    return tuple(sorted(tellings, key=lambda telling: telling.date, reverse=True)[:TELLINGS])


def _tellings(script: Script, wanted: set[str]) -> Iterator[EarlierTelling]:
    for chapter in script.chapters:
        if not chapter.source:
            continue
        text = _spoken_text(chapter)
        shared = wanted & set(stems(f"{chapter.title} {text}"))
        if len(shared) >= max(FEWEST, SHARED * len(wanted)):
            yield EarlierTelling(
                script.date, chapter.title, " ".join(text.split()[:QUOTED_WORDS])
            )


def _spoken_text(chapter: ScriptChapter) -> str:
    return " ".join(item.text for item in chapter.items if isinstance(item, Turn))
