"""What is wrong with a story's talk.

Its form, its pace, its length, and what its story does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from podcast.language.english.claims import Finding
from podcast.services.shapes import SpokenStory
from podcast.write.model.dialogue import (
    SaidTurn,
    count_words,
    describe_strangers,
    drop_sentences,
    find_pace_faults,
    find_silence_faults,
    find_turn_faults,
    read_turns,
    text_of,
)
from podcast.write.model.material import Material
from podcast.write.model.repeats import HeardSentences
from podcast.write.model.rundown import ToldStory
from podcast.write.model.talk_length import find_long_passages

# How far a talk may be from its weight before it is sent back.
TOO_LONG, TOO_SHORT = 1.2, 0.7
# What the shortest talks may be longer: a fifth of them is less than a sentence.
SPARE_WORDS = 8

# Holds a passage against the story of that place.
FindFindings = Callable[[int, str], Sequence[Finding]]


class StoryCheck:
    """Checks the answers for one story; remembers the last answer's findings."""

    def __init__(
        self,
        material: Material,
        told: ToldStory,
        find_findings: FindFindings,
        heard: Sequence[SaidTurn] = (),
    ) -> None:
        """`heard` is said in other stories, and not to be said again."""
        self.told = told
        self.heard = heard
        self.reporter = material.reporter_of(told.place)
        self._material = material
        self._find_findings = find_findings
        self._findings: Sequence[Finding] = ()
        self._checked: SpokenStory | None = None

    @property
    def most_words(self) -> int:
        """The longest that the talk may be."""
        return max(round(TOO_LONG * self.told.words), self.told.words + SPARE_WORDS)

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

        for sentence in HeardSentences(self.heard).list_repeats(said):
            yield f"this is said before, here or in another story: {sentence}"

        length = count_words(said)
        if not TOO_SHORT * self.told.words <= length <= self.most_words:
            yield f"it has {length} words where {self.told.words} were asked for"
        self._findings = self._find_findings(self.told.place, text_of(said))
        yield from describe_findings(self._findings)

    def drop_faults(
        self, said: Sequence[SaidTurn], story: SpokenStory
    ) -> tuple[list[SaidTurn], list[str]]:
        """Drop what is wrong in the answer that is used; say what."""
        if story is not self._checked:
            self._findings = self._find_findings(self.told.place, text_of(said))
        faults = first_faults(self._findings)
        heard = HeardSentences(self.heard)

        def find_fault(sentence: str) -> str:
            return faults.get(sentence) or heard.find_fault(sentence)

        strangers = describe_strangers(story.turns, self._material.table, self.reporter)
        mended, dropped = drop_sentences(said, find_fault)
        return mended, [*strangers, *dropped]


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
