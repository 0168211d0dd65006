"""What is wrong with a story's talk.

Its form, its pace, its length, and what its story does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from podcast.language.english.claims import Finding
from podcast.services.shapes import SpokenStory
from podcast.write.model.dialogue import (
    find_pace_faults,
    find_silence_faults,
    find_turn_faults,
    read_turns,
    text_of,
)
from podcast.write.model.material import Material
from podcast.write.model.rundown import ToldStory
from podcast.write.model.talk_length import find_long_passages

TOO_LONG, TOO_SHORT = 1.2, 0.6
"""How far a talk may be from its weight before it is sent back."""
SPARE_WORDS = 8
"""What a talk may be longer besides."""

FindFindings = Callable[[int, str], Sequence[Finding]]
"""Holds a passage against the story of that place."""


class StoryCheck:
    """Checks the answers for one story; remembers the last answer's findings."""

    def __init__(
        self, material: Material, told: ToldStory, find_findings: FindFindings
    ) -> None:
        self.told = told
        self.reporter = material.reporter_of(told.place)
        self._material = material
        self._find_findings = find_findings
        self._findings: Sequence[Finding] = ()
        self._checked: SpokenStory | None = None

    @property
    def most_words(self) -> int:
        """The longest that the talk may be."""
        return round(TOO_LONG * self.told.words) + SPARE_WORDS

    def find_faults(self, story: SpokenStory) -> Iterator[str]:
        """Find what is wrong with an answer, in words for the model."""
        table = self._material.table
        self._checked = story
        yield from find_turn_faults(story.turns, table, self.reporter)

        said = read_turns(story.turns, table, self.reporter)
        yield from find_pace_faults(said, table)
        if not table.is_solo:
            for passage in find_long_passages(said):
                yield f"one person talks on for more than 25 seconds from here: {passage[:60]}"
        if self._material.form == "conversation":
            yield from find_silence_faults(said, table)

        length = len(text_of(said).split())
        if not TOO_SHORT * self.told.words <= length <= self.most_words:
            yield f"it has {length} words where {self.told.words} were asked for"
        self._findings = self._find_findings(self.told.place, text_of(said))
        yield from describe_findings(self._findings)

    def describe_sentences(self, text: str, story: SpokenStory) -> dict[str, str]:
        """Each sentence at fault in the answer that is used, with what is wrong."""
        if story is not self._checked:
            self._findings = self._find_findings(self.told.place, text)
        return first_faults(self._findings)


def first_faults(findings: Sequence[Finding]) -> dict[str, str]:
    """Each sentence at fault with the first thing that is wrong with it."""
    faults: dict[str, str] = {}
    for finding in findings:
        faults.setdefault(finding.sentence.strip(), finding.what)
    return faults


def describe_findings(findings: Sequence[Finding]) -> Iterator[str]:
    """Say each finding for the model, with what the source has instead."""
    for finding in dict.fromkeys(findings):
        instead = f" (the source has: {finding.source})" if finding.source else ""
        yield f"{finding.what}: {finding.sentence}{instead}"
