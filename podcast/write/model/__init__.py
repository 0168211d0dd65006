"""The writer that has a model: each story told by its reporter, and the editor around them.

It starts from the script of another writer, the template, and puts the model's words in the place of that
one's, chapter by chapter. A chapter whose telling does not keep to its story stays as it was, with a note.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from podcast.model import Cast, Edition, Person, Script, ScriptChapter, Show, Turn, Usd, Voice
from podcast.services.adapter import Adapter, Setup
from podcast.services.openai_client import Service
from podcast.services.prices import Budget, sum_costs
from podcast.services.shapes import Casting, SpokenFrame, SpokenStory
from podcast.services.structured import Answer, Asker
from podcast.write.model.brief import Brief

log = logging.getLogger(__name__)

MODEL = "gpt-6-luna"
JOBS = 8
"""Stories that are written at once."""


class Fallback(Protocol):
    """The writer to start from.

    Its script MUST have a chapter before the stories, one for each story in order with the hand-over as its
    first turn, and one at the end; other chapters MAY stand between.
    """

    def write(self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()) -> Script: ...


class OpenAIWriter:
    """Writes scripts with a model of OpenAI's, or of a server that speaks like it."""

    name = "openai"

    def __init__(
        self,
        service: Service,
        fallback: Fallback,
        model: str = MODEL,
        *,
        budget: Budget | None = None,
        minutes: float | None = None,
    ) -> None:
        self.service = service
        self.fallback = fallback
        self.model = model
        self.budget = budget or Budget()
        self.minutes = minutes
        """How long the episode is to be; None: about as long as the fallback's script."""

    def write(self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()) -> Script:
        """The script. Raises WriteError when the service cannot be used, BudgetError.

        Answers that were paid for are kept under `.podcast/`: asked again before the script is saved, they
        cost nothing.
        """
        if _is_essay(edition, show.format):
            return self.fallback.write(edition, cast, show, earlier)
        brief = self._brief(edition, cast, show, earlier)
        asker = self._asker(show, edition.slug)
        asker.forget(show.path("scripts", f"{edition.slug}.md"))
        with ThreadPoolExecutor(JOBS) as executor:
            told = list(executor.map(lambda index: self._tell(asker, brief, index), brief.indexes))
        frame = self._frame(asker, brief, [answer.value for answer in told])
        chapters = _chapters(brief, told, frame)
        for chapter in chapters:
            if chapter.note:
                log.warning("%s: %s", chapter.title, chapter.note)
        cost = Usd(sum(answer.cost for answer in told) + frame.cost)
        return Script(edition.title, edition.date, chapters, self.name, self.model, cost)

    def draft(self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()) -> Script:
        """A script of about the same length, made without the service: what a dry run goes by."""
        return self.fallback.write(edition, cast, show, earlier)

    def price(self, edition: Edition, cast: Cast, show: Show) -> Usd | None:
        """What `write` will cost, estimated; None when the price is not known."""
        if _is_essay(edition, show.format):
            return Usd(0.0)
        brief, asker = self._brief(edition, cast, show), self._asker(show, edition.slug)
        frame = brief.frame_data([None] * len(brief.indexes))
        costs = [asker.estimate("editor", frame, SpokenFrame, brief.frame_words)]
        for index in brief.indexes:
            costs.append(asker.estimate("reporter", brief.story_data(index), SpokenStory, brief.words(index)))
        return sum_costs(costs)

    def choose_voices(
        self, people: Sequence[Person], voices: Mapping[str, Voice], show: Show
    ) -> dict[str, str]:
        """Voices for people by their persona: name to voice id.

        Who is left out was given no voice of the pool, or one that someone else got; cast them otherwise.
        Raises WriteError when the service cannot be used, BudgetError.
        """
        asker = self._asker(show, "casting")
        data = {
            "people": [{"name": p.name, "role": p.role, "persona": p.persona} for p in people],
            "voices": [
                {
                    "id": voice.id,
                    "description": voice.description,
                    "presentation": voice.presentation,
                    "manner": voice.manner,
                }
                for voice in voices.values()
            ],
        }
        answer = asker.ask("casting", data, Casting, 8 * len(people), lambda _: ())
        chosen: dict[str, str] = {}
        for choice in answer.value.choices if answer.value else ():
            wanted = choice.name in {p.name for p in people} - chosen.keys()
            if wanted and choice.voice in voices and choice.voice not in chosen.values():
                chosen[choice.name] = choice.voice
        return chosen

    def _brief(self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()) -> Brief:
        return Brief(edition, cast, show, self.fallback.write(edition, cast, show, earlier), self.minutes)

    def _asker(self, show: Show, name: str) -> Asker:
        return Asker(self.service, self.model, self.budget, show, show.path(".podcast", "written", name))

    def _tell(self, asker: Asker, brief: Brief, index: int) -> Answer[SpokenStory]:
        return asker.ask(
            "reporter",
            brief.story_data(index),
            SpokenStory,
            brief.words(index),
            lambda story: brief.story_faults(index, story),
        )

    def _frame(self, asker: Asker, brief: Brief, told: Sequence[SpokenStory | None]) -> Answer[SpokenFrame]:
        return asker.ask(
            "editor",
            brief.frame_data(told),
            SpokenFrame,
            brief.frame_words,
            brief.frame_faults,
        )


def _is_essay(edition: Edition, form: str) -> bool:
    """Whether the edition is an essay, which keeps its author's words."""
    return (form or edition.kind) == "essay"


def _chapters(
    brief: Brief, told: Sequence[Answer[SpokenStory]], frame: Answer[SpokenFrame]
) -> tuple[ScriptChapter, ...]:
    """The draft's chapters with the model's words in the place of its own."""
    chapters = list(brief.draft.chapters)
    host = brief.cast.presenter
    for index, answer in enumerate(told):
        drafted = chapters[1 + index]
        if answer.value is None:
            chapters[1 + index] = dataclasses.replace(drafted, note=_note(answer.faults))
            continue
        handoff = frame.value.handoffs[index] if frame.value else _first_turn(drafted).text
        people = {"reporter": brief.teller(index), "presenter": host}
        turns = [Turn(people[turn.speaker], _line(turn.text)) for turn in answer.value.turns]
        chapters[1 + index] = _spoken(drafted, [Turn(host, _line(handoff)), *turns])
    if frame.value is None:
        chapters[0] = dataclasses.replace(chapters[0], note=_note(frame.faults))
        return tuple(chapters)
    for place, lines in ((0, frame.value.opening), (-1, frame.value.close)):
        chapters[place] = _spoken(chapters[place], [Turn(host, _line(line)) for line in lines])
    return tuple(chapters)


def _spoken(drafted: ScriptChapter, turns: Sequence[Turn]) -> ScriptChapter:
    """The chapter with these turns in the place of its own; stings and pauses at its ends stay."""
    places = [place for place, item in enumerate(drafted.items) if isinstance(item, Turn)]
    items = (*drafted.items[: places[0]], *turns, *drafted.items[places[-1] + 1 :])
    return dataclasses.replace(drafted, items=items)


def _first_turn(chapter: ScriptChapter) -> Turn:
    return next(item for item in chapter.items if isinstance(item, Turn))


def _line(text: str) -> str:
    return " ".join(text.split())


def _note(faults: Sequence[str]) -> str:
    return f"the template wrote this, for the model's text could not be used: {'; '.join(faults)}"


def _open_writer(setup: Setup) -> OpenAIWriter:
    return OpenAIWriter(
        setup.open_writer_service(),
        setup.open_fallback(),
        setup.show.writer_model,
        budget=setup.budget,
        minutes=setup.show.minutes or None,
    )


ADAPTER = Adapter(
    _open_writer,
    "a model, at OpenAI or at the server of [writer]",
    missing=lambda setup: setup.open_writer_service().find_missing(),
    is_local=False,
)
