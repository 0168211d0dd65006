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
# Words of a story on average, where the show does not say how long an episode is.
FEWEST, MOST = 70, 170
# Words of a story on average, in a show that is brief.
BRIEF = 50
# Words before the first story and after the last, of each bridge, of each headline.
OPENING_WORDS, BRIDGE_WORDS, BRIEF_WORDS = 150, 25, 15
# So much of a story's text is put before the model.
BODY_WORDS = 700
HEADLINES = 20
# How many earlier episodes are looked at for phrases and titles.
DAYS = 7
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
            lengths=tuple(map(_count_body_words, stories)),
            is_one_text=self.is_one_text,
            papers=tuple(story.paper for story in stories),
            titles=tuple(map(_plain_title, stories)),
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
        # The offline script knows how much its stories have to say; its frame does not count.
        drafted = sum(map(_count_chapter_words, self.draft.chapters[1:-1]))
        return min(max(drafted, FEWEST * count), MOST * count)

    @property
    def form(self) -> str:
        """The episode's form."""
        return choose_format(self.edition, self.show.writer.format)

    @property
    def is_one_text(self) -> bool:
        """True when the stories are the sections of one piece by one author."""
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
            "people": self._describe_people(self.table.names),
            "stories": list(map(self._describe_numbered, range(len(self.edition.stories)))),
            "headlines": _number_headlines(self.headlines),
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
        before, after = _find_neighbours(order, at)
        return {
            **self._about,
            "words": told.words,
            "presenter": self.cast.presenter,
            "reporter": self.reporter_of(told.place),
            "people": self._describe_people(self._choose_speakers(told)),
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
                "chapters": self._list_chapters(order),
            },
            "story_before": self._neighbour(before, said, last=True),
            "story_after": self._neighbour(after, said, last=False),
            "story": self._describe_story(self.edition.stories[told.place]),
        }

    def frame_data(
        self, rundown: EpisodeRundown, said: Mapping[int, Sequence[SaidTurn]]
    ) -> dict[str, Any]:
        """The whole talk, for who holds it together."""
        talks: list[dict[str, Any]] = []
        for told in rundown.stories:
            talks.append(self._describe_talk(told, said[told.place]))

        return {
            **self._about,
            "time": f"{self.show.edition.time:%H:%M}",
            "presenter": self.cast.presenter,
            "people": self._describe_people(self._list_heard(said)),
            "title": rundown.title,
            "count": len(rundown.stories),
            "thread": rundown.thread,
            "cold_open": rundown.cold_open,
            "stories": talks,
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

    def _list_heard(self, said: Mapping[int, Sequence[SaidTurn]]) -> list[str]:
        """The presenter, and who speaks in the stories."""
        names = [self.cast.presenter]
        for talk in said.values():
            names += [each.turn.speaker for each in talk]
        return list(dict.fromkeys(names))

    def _choose_speakers(self, told: ToldStory) -> list[str]:
        """Who may speak in a story; in a conversation everybody may."""
        names = [self.cast.presenter, self.reporter_of(told.place), *told.voices]
        if self.form == "conversation":
            names += self.table.names
        return list(dict.fromkeys(names))

    def _list_chapters(self, order: Sequence[ToldStory]) -> list[str]:
        return [f"{each.chapter} ({self.reporter_of(each.place)})" for each in order]

    def _describe_people(self, names: Sequence[str]) -> list[dict[str, str]]:
        return list(map(self._describe_person, names))

    def _describe_person(self, name: str) -> dict[str, str]:
        return {
            "name": name,
            "role": self._name_role(name),
            "persona": self._find_persona(name),
            "manner": self.cast.voices[name].manner,
        }

    def _find_persona(self, name: str) -> str:
        """The persona of somebody of the staff; the first, where a post lists one twice."""
        for person in self.edition.staff:
            if person.name == name:
                return person.persona
        return ""

    def _name_role(self, name: str) -> str:
        if name == self.cast.presenter:
            return "presenter"
        if any(story.reporter == name for story in self.edition.stories):
            return "reporter"
        return "co-host"

    def _describe_numbered(self, place: int) -> dict[str, Any]:
        about = {"story": place + 1, "reporter": self.reporter_of(place)}
        return {**about, **self._describe_story(self.edition.stories[place])}

    def _describe_story(self, story: Story) -> dict[str, Any]:
        previous: list[dict[str, str]] = []
        for headline in story.previous:
            previous.append({"title": headline.title, "date": say_day(headline.date)})

        before: list[dict[str, str]] = []
        for telling in find_earlier_tellings(story, self.earlier):
            before.append({"date": say_day(telling.date), "said": telling.text})

        return {
            "title": story.title,
            "source": story.source,
            "paper": story.paper,
            "body": _cut(body_text(story), BODY_WORDS),
            "previous": previous,
            "before": before,
        }

    def _describe_talk(self, told: ToldStory, said: Sequence[SaidTurn]) -> dict[str, Any]:
        story = self.edition.stories[told.place]
        return {
            "story": told.place + 1,
            "chapter": told.chapter,
            "source": story.source,
            "paper": story.paper,
            "reporter": self.reporter_of(told.place),
            "runs_on": told.runs_on,
            "talk": _write_out(said),
        }

    def _neighbour(
        self, told: ToldStory | None, said: Mapping[int, Sequence[SaidTurn]], *, last: bool
    ) -> dict[str, Any]:
        """A story beside another: its end, or its beginning, where it is written already."""
        if told is None:
            return {}
        turns = said.get(told.place, ())
        near = turns[-4:] if last else turns[:3]
        return {"chapter": told.chapter, "angle": told.angle, "talk": _write_out(near)}

    @property
    def _latest(self) -> list[Script]:
        return sorted(self.earlier, key=lambda script: script.date)[-DAYS:]

    @property
    def _last_days(self) -> list[dict[str, str]]:
        days: list[dict[str, str]] = []
        for script in self._latest:
            if not script.turns:
                continue
            opening = _cut(script.turns[0].text, PHRASE_WORDS)
            date = say_day(script.date)
            days.append({"date": date, "title": script.title, "opening": opening})
        return days

    @property
    def _used(self) -> list[str]:
        """First and last words of the last days' episodes."""
        phrases: list[str] = []
        for script in self._latest:
            for turn in (*script.turns[:3], *script.turns[-2:]):
                phrases.append(_cut(turn.text, PHRASE_WORDS))
        return list(dict.fromkeys(phrases))


def say_day(date: dt.date | None) -> str:
    """A date as a person types it, with its weekday."""
    return f"{date:%A}, {date.day} {date:%B %Y}" if date else ""


def _cut(text: str, words: int) -> str:
    """The first words of a text, with its line ends."""
    return text if len(text.split()) <= words else " ".join(text.split()[:words])


def _count_chapter_words(chapter: ScriptChapter) -> int:
    return sum(len(item.text.split()) for item in chapter.items if isinstance(item, Turn))


def _count_body_words(story: Story) -> int:
    return len(story.body.text.split())


def _plain_title(story: Story) -> str:
    return " ".join(story.title.split())


def _number_headlines(titles: Sequence[str]) -> list[dict[str, Any]]:
    numbered: list[dict[str, Any]] = []
    for number, title in enumerate(titles, 1):
        numbered.append({"headline": number, "title": title})
    return numbered


def _find_neighbours(
    order: Sequence[ToldStory], at: int
) -> tuple[ToldStory | None, ToldStory | None]:
    """The stories before and after one; None at either end."""
    around = [None, *order, None]
    return around[at], around[at + 2]


def _write_out(said: Sequence[SaidTurn]) -> list[str]:
    """Turns as a model reads them, each on a line."""
    return [f"{each.turn.speaker}: {each.turn.text}" for each in said]
