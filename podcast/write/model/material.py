"""What the model is given of an edition, role by role: data, never instructions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from podcast.model import Cast, Edition, Script, ScriptChapter, Show, Story, Turn
from podcast.write.edition_format import choose_format
from podcast.write.fact_check import EditionFacts, body_text
from podcast.write.model.dialogue import SaidTurn, Table
from podcast.write.model.rundown import EpisodeRundown, RundownLimits, ToldStory
from podcast.write.told_before import find_earlier_tellings

WORDS_A_MINUTE = 150
FEWEST, MOST = 70, 170
"""Words of a story on average, where the show does not say how long an episode is."""
BRIEF = 50
"""Words of a story on average, in a show that is brief."""
OPENING_WORDS, BRIDGE_WORDS, BRIEF_WORDS = 150, 25, 15
"""Words before the first story and after the last, of each bridge, of each headline."""
BODY_WORDS = 700
"""So much of a story's text is put before the model."""
HEADLINES = 20
DAYS = 7
"""How many earlier episodes are looked at for phrases and titles."""
PHRASE_WORDS = 25


@dataclass(frozen=True)
class Material:
    """One edition as the model gets to read it."""

    edition: Edition
    cast: Cast
    show: Show
    draft: Script
    """The offline writer's script, for its length."""
    earlier: Sequence[Script]

    @cached_property
    def table(self) -> Table:
        """Who may speak."""
        return Table(tuple(self.cast.voices), self.cast.presenter)

    @cached_property
    def facts(self) -> EditionFacts:
        """What may be said."""
        names = (*self.cast.voices, self.show.title)
        return EditionFacts(self.edition, names, self.earlier)

    @cached_property
    def limits(self) -> RundownLimits:
        """What a rundown is held to."""
        stories = self.edition.stories
        return RundownLimits(
            words=self.story_words,
            lengths=tuple(len(story.body.text.split()) for story in stories),
            is_one_text=self.is_one_text,
            papers=tuple(story.paper for story in stories),
            titles=tuple(" ".join(story.title.split()) for story in stories),
            headlines=len(self.headlines),
            table=self.table,
            facts=self.facts,
        )

    @property
    def story_words(self) -> int:
        """Words of all stories together."""
        count = len(self.edition.stories)
        if self.show.writer.minutes:
            frame = OPENING_WORDS + BRIDGE_WORDS * count
            return max(self.show.writer.minutes * WORDS_A_MINUTE - frame, 40 * count)
        if self.form == "brief":
            return BRIEF * count
        drafted = sum(_count_chapter_words(chapter) for chapter in self.draft.chapters[1:-1])
        return min(max(drafted, FEWEST * count), MOST * count)

    @property
    def form(self) -> str:
        """The episode's form."""
        return choose_format(self.edition, self.show.writer.format)

    @property
    def is_one_text(self) -> bool:
        """Whether the stories are the sections of one piece by one author."""
        return self.edition.kind == "essay"

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """The other headlines that are put before the model."""
        return tuple(headline.title for headline in self.edition.others[:HEADLINES])

    def reporter_of(self, place: int) -> str:
        """Who read a story, and tells it."""
        name = self.edition.stories[place].reporter
        return name if name in self.cast.voices else self.cast.presenter

    def rundown_data(self) -> dict[str, Any]:
        """Everything of the edition, for who plans it."""
        return {
            **self._about,
            "words": self.story_words,
            "presenter": self.cast.presenter,
            "people": [self._person(name) for name in self.table.names],
            "stories": [
                {"story": place + 1, "reporter": self.reporter_of(place), **self._story(story)}
                for place, story in enumerate(self.edition.stories)
            ],
            "headlines": [
                {"headline": place + 1, "title": title}
                for place, title in enumerate(self.headlines)
            ],
            "last_days": self._last_days,
        }

    def story_data(
        self, rundown: EpisodeRundown, told: ToldStory, said: Mapping[int, Sequence[SaidTurn]]
    ) -> dict[str, Any]:
        """One story, with the rundown and its neighbours.

        `said` has the stories that are written.
        """
        order = rundown.stories
        at = order.index(told)
        before = order[at - 1] if at else None
        after = order[at + 1] if at + 1 < len(order) else None
        reporter = self.reporter_of(told.place)
        speakers = dict.fromkeys((self.cast.presenter, reporter, *told.voices))
        if self.form == "conversation":
            speakers = dict.fromkeys((*speakers, *self.table.names))
        return {
            **self._about,
            "words": told.words,
            "presenter": self.cast.presenter,
            "reporter": reporter,
            "people": [self._person(name) for name in speakers],
            "plan": {
                "angle": told.angle,
                "begins": told.begins,
                "ends": told.ends,
                "link": told.link,
                "place": f"{at + 1} of {len(order)}",
            },
            "episode": {
                "title": rundown.title,
                "thread": rundown.thread,
                "cold_open": rundown.cold_open,
                "chapters": [
                    f"{each.chapter} ({self.reporter_of(each.place)})" for each in order
                ],
            },
            "story_before": self._neighbour(before, said, last=True),
            "story_after": self._neighbour(after, said, last=False),
            "story": self._story(self.edition.stories[told.place]),
        }

    def frame_data(
        self, rundown: EpisodeRundown, said: Mapping[int, Sequence[SaidTurn]]
    ) -> dict[str, Any]:
        """The whole talk, for who holds it together."""
        return {
            **self._about,
            "time": f"{self.show.edition.time:%H:%M}",
            "presenter": self.cast.presenter,
            "people": [self._person(name) for name in self._heard(said)],
            "title": rundown.title,
            "count": len(rundown.stories),
            "thread": rundown.thread,
            "cold_open": rundown.cold_open,
            "stories": [
                {
                    "story": told.place + 1,
                    "chapter": told.chapter,
                    "source": self.edition.stories[told.place].source,
                    "paper": self.edition.stories[told.place].paper,
                    "reporter": self.reporter_of(told.place),
                    "runs_on": told.runs_on,
                    "talk": [
                        f"{each.turn.speaker}: {each.turn.text}" for each in said[told.place]
                    ],
                }
                for told in rundown.stories
            ],
            "headlines": [self.headlines[place] for place in rundown.briefs],
            "used": self._used,
        }

    def frame_words(self, rundown: EpisodeRundown) -> int:
        """Words that are said around the stories."""
        return (
            OPENING_WORDS
            + BRIDGE_WORDS * len(rundown.stories)
            + BRIEF_WORDS * len(rundown.briefs)
        )

    @property
    def _about(self) -> dict[str, Any]:
        return {"show": self.show.title, "date": say_day(self.edition.date)}

    def _heard(self, said: Mapping[int, Sequence[SaidTurn]]) -> list[str]:
        """The presenter, and who speaks in the stories."""
        speakers = (each.turn.speaker for turns in said.values() for each in turns)
        return list(dict.fromkeys((self.cast.presenter, *speakers)))

    def _person(self, name: str) -> dict[str, str]:
        known = next((person for person in self.edition.staff if person.name == name), None)
        role = "reporter"
        if name == self.cast.presenter:
            role = "presenter"
        elif all(story.reporter != name for story in self.edition.stories):
            role = "co-host"
        persona = known.persona if known else ""
        return {
            "name": name,
            "role": role,
            "persona": persona,
            "manner": self.cast.voices[name].manner,
        }

    def _story(self, story: Story) -> dict[str, Any]:
        tellings = find_earlier_tellings(story, self.earlier)
        return {
            "title": story.title,
            "source": story.source,
            "paper": story.paper,
            "body": _cut(body_text(story), BODY_WORDS),
            "previous": [
                {"title": each.title, "date": say_day(each.date)} for each in story.previous
            ],
            "before": [{"date": say_day(each.date), "said": each.text} for each in tellings],
        }

    def _neighbour(
        self, told: ToldStory | None, said: Mapping[int, Sequence[SaidTurn]], *, last: bool
    ) -> dict[str, Any]:
        """A story beside another: its end, or its beginning, where it is written already."""
        if told is None:
            return {}
        turns = said.get(told.place, ())
        near = turns[-4:] if last else turns[:3]
        talk = [f"{each.turn.speaker}: {each.turn.text}" for each in near]
        return {"chapter": told.chapter, "angle": told.angle, "talk": talk}

    @property
    def _latest(self) -> list[Script]:
        return sorted(self.earlier, key=lambda script: script.date)[-DAYS:]

    @property
    def _last_days(self) -> list[dict[str, str]]:
        return [
            {
                "date": say_day(script.date),
                "title": script.title,
                "opening": _cut(turns[0].text, PHRASE_WORDS),
            }
            for script in self._latest
            if (turns := script.turns)
        ]

    @property
    def _used(self) -> list[str]:
        """First and last words of the last days' episodes."""
        ends = (
            turn for script in self._latest for turn in (*script.turns[:3], *script.turns[-2:])
        )
        return list(dict.fromkeys(_cut(turn.text, PHRASE_WORDS) for turn in ends))


def say_day(date: dt.date | None) -> str:
    """A date as a person types it, with its weekday."""
    return f"{date:%A}, {date.day} {date:%B %Y}" if date else ""


def _cut(text: str, words: int) -> str:
    """The first words of a text, with its line ends."""
    return text if len(text.split()) <= words else " ".join(text.split()[:words])


def _count_chapter_words(chapter: ScriptChapter) -> int:
    return sum(len(item.text.split()) for item in chapter.items if isinstance(item, Turn))
