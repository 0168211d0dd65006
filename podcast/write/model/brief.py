"""What the model is told of an edition, and what it may say about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from podcast.language.english.claims import SourceFacts, check_sentences
from podcast.model import Cast, Edition, Script, ScriptChapter, Show, Turn
from podcast.services.shapes import SpokenFrame, SpokenStory
from podcast.services.structured import form_faults
from podcast.write.fact_check import edition_facts, story_facts

WORDS_A_MINUTE = 150
TOO_LONG = 1.6
"""How far an answer may pass the length asked for."""

"""What cannot be spoken: addresses, Markdown, tags, stage directions."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One edition, with the draft that the model's script starts from."""

    edition: Edition
    cast: Cast
    show: Show
    draft: Script
    minutes: float | None
    """How long the episode is to be; None: as long as the draft."""

    @property
    def indexes(self) -> range:
        """Of the stories."""
        return range(len(self.edition.stories))

    @property
    def frame_words(self) -> int:
        """Words that the presenter says around the stories."""
        first, last = self.draft.chapters[0], self.draft.chapters[-1]
        return _word_count(first) + _word_count(last) + 25 * len(self.indexes)

    def words(self, index: int) -> int:
        """Words in which a story is to be told, the hand-over left out."""
        factor = 1.0
        if self.minutes is not None:
            factor = self.minutes * WORDS_A_MINUTE / sum(_word_count(c) for c in self.draft.chapters)
        return max(40, round(len(self._telling(index, None).split()) * factor))

    def teller(self, index: int) -> str:
        """Who tells a story."""
        return self.edition.stories[index].reporter or self.cast.presenter

    def story_data(self, index: int) -> dict[str, Any]:
        """What the reporter is given."""
        story = self.edition.stories[index]
        return {
            "show": self.show.title,
            "date": self._date,
            "presenter": self._person(self.cast.presenter),
            "reporter": self._person(self.teller(index)),
            "words": self.words(index),
            "story": {
                "title": story.title,
                "source": story.source,
                "paper": story.paper,
                "previous": [
                    {"title": earlier.title, "date": _day(earlier.date)} for earlier in story.previous
                ],
                "body": story.body.text,
            },
        }

    def frame_data(self, told: Sequence[SpokenStory | None]) -> dict[str, Any]:
        """What the editor is given: every story as it is told, by the model or else by the draft."""
        return {
            "show": self.show.title,
            "date": self._date,
            "time": f"{self.show.time:%H:%M}",
            "presenter": self._person(self.cast.presenter),
            "reporters": [name for name in self._reporters if name != self.cast.presenter],
            "stories": [
                {
                    "title": story.title,
                    "reporter": self.teller(index),
                    "source": story.source,
                    "paper": story.paper,
                    "telling": self._telling(index, told[index]),
                }
                for index, story in enumerate(self.edition.stories)
            ],
        }

    def story_faults(self, index: int, spoken: SpokenStory) -> Iterator[str]:
        """What is wrong with a story's telling, as it would be told to the model."""
        texts = [turn.text for turn in spoken.turns]
        if not any(turn.speaker == "reporter" and turn.text.strip() for turn in spoken.turns):
            yield "the reporter says nothing"
        yield from form_faults(texts)
        said, wanted = len(" ".join(texts).split()), self.words(index)
        if said > wanted * TOO_LONG:
            yield f"it has {said} words where {wanted} were asked for"
        facts = story_facts(self.edition.stories[index], self.edition, self._known_names)
        yield from _unsupported(texts, facts)

    def frame_faults(self, frame: SpokenFrame) -> Iterator[str]:
        """What is wrong with the presenter's text, as it would be told to the model."""
        if len(frame.handoffs) != len(self.indexes):
            yield f"there are {len(frame.handoffs)} handoffs for {len(self.indexes)} stories"
        if not frame.opening or not frame.close:
            yield "the opening or the close is missing"
        texts = [*frame.opening, *frame.handoffs, *frame.close]
        yield from form_faults(texts)
        said = len(" ".join(texts).split())
        if said > self.frame_words * 2 * TOO_LONG:
            yield f"it has {said} words where {self.frame_words} are enough"
        yield from _unsupported(texts, edition_facts(self.edition, self._known_names))

    @property
    def _date(self) -> str:
        return _day(self.edition.date)

    @property
    def _reporters(self) -> list[str]:
        return list(dict.fromkeys(self.teller(index) for index in self.indexes))

    def _person(self, name: str) -> dict[str, str]:
        persona = next((p.persona for p in self.edition.staff if p.name == name), "")
        return {"name": name, "persona": persona, "manner": self.cast.voices[name].manner}

    @property
    def _known_names(self) -> tuple[str, ...]:
        return (*self.cast.voices, self.show.title)

    def _telling(self, index: int, spoken: SpokenStory | None) -> str:
        if spoken:
            return " ".join(turn.text for turn in spoken.turns)
        turns = [item for item in self.draft.chapters[1 + index].items if isinstance(item, Turn)]
        return " ".join(turn.text for turn in turns[1:])


def _unsupported(texts: Sequence[str], facts: SourceFacts) -> Iterator[str]:
    """Faults of a telling, as they are put to the model."""
    findings = [finding for text in texts for finding in check_sentences(text, facts)]
    yield from dict.fromkeys(f"{finding.what}: {finding.sentence}" for finding in findings)


def _day(date: dt.date | None) -> str:
    return f"{date:%A}, {date.day} {date:%B %Y}" if date else ""


def _word_count(chapter: ScriptChapter) -> int:
    return sum(len(item.text.split()) for item in chapter.items if isinstance(item, Turn))
