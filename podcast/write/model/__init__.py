"""The writer that has a model: a rundown, the stories as talks, and what holds them together.

Where the model cannot be used, the offline writer writes the whole script, with a note that says why.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from podcast.errors import OutageError
from podcast.model import Cast, Edition, Person, Role, Script, Show, Usd, Voice
from podcast.services.adapter import Adapter, OnProgress, Setup, stay_silent
from podcast.services.openai_client import Service
from podcast.services.prices import Budget, sum_costs
from podcast.services.shapes import Casting
from podcast.services.structured import Asker
from podcast.write.edition_format import choose_format
from podcast.write.model.assembly import assemble_chapters
from podcast.write.model.composition import Composition, UnusableAnswerError
from podcast.write.model.drafting import draft_script
from podcast.write.model.material import Material

log = logging.getLogger(__name__)

MODEL = "gpt-6-luna"


class Fallback(Protocol):
    """The offline writer: it reads essays, and writes where the model cannot be used."""

    def write(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script: ...


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
        on_progress: OnProgress = stay_silent,
    ) -> None:
        self.service = service
        self.fallback = fallback
        self.model = model
        """The model that roles ask for which the show names none."""
        self.budget = budget or Budget()
        self.on_progress = on_progress

    def write(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        """Write the script. Raises WriteError when the service is not set up, BudgetError.

        Answers that were paid for are kept under `.podcast/`: asked again before the script is saved, they
        cost nothing. An essay keeps its author's words, and no model is asked.
        """
        offline = self.fallback.write(edition, cast, show, earlier)
        if choose_format(edition, show.writer.format) == "essay":
            return offline

        composition = self._compose(Material(edition, cast, show, offline, earlier))
        composition.askers("story").forget(show.path("scripts", f"{edition.slug}.md"))
        try:
            rundown = composition.plan()
            said = composition.tell(rundown)
            frame = composition.frame(rundown, said)
        except (OutageError, UnusableAnswerError) as error:
            log.warning(
                "%s: written offline, for the model could not be used: %s", edition.slug, error
            )
            return _with_note(offline, str(error), Usd(sum(composition.costs)))

        chapters = assemble_chapters(edition, rundown, said, frame, composition.dropped)
        for chapter in chapters:
            if chapter.note:
                log.warning("%s: %s: %s", edition.slug, chapter.title, chapter.note)
        cost = Usd(sum(composition.costs))
        return Script(rundown.title, edition.date, chapters, self.name, self.model, cost)

    def draft(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        """Write a script of about the same length without the service: what a dry run goes by."""
        offline = self.fallback.write(edition, cast, show, earlier)
        if choose_format(edition, show.writer.format) == "essay":
            return offline
        return draft_script(Material(edition, cast, show, offline, earlier), self.name)

    def price(self, edition: Edition, cast: Cast, show: Show) -> Usd | None:
        """Estimate what `write` will cost; None when the price is not known."""
        offline = self.fallback.write(edition, cast, show)
        if choose_format(edition, show.writer.format) == "essay":
            return Usd(0.0)
        return sum_costs(self._compose(Material(edition, cast, show, offline, ())).estimate())

    def choose_voices(
        self, people: Sequence[Person], voices: Mapping[str, Voice], show: Show
    ) -> dict[str, str]:
        """Choose voices for people by their persona: name to voice id.

        Who is left out was given no voice of the pool, or one that someone else got; cast them otherwise.
        So is everyone when the service does not answer. Raises WriteError when it is not set up, BudgetError.
        """
        asker = self._open_asker(
            "casting", show, show.path(".podcast", "written", "casting"), {}
        )
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
        try:
            answer = asker.ask("casting", data, Casting, 8 * len(people), lambda _: ())
        except OutageError as error:
            log.warning(
                "voices are chosen by name, for the model could not be asked: %s", error
            )
            return {}
        chosen: dict[str, str] = {}
        for choice in answer.value.choices if answer.value else ():
            wanted = choice.name in {p.name for p in people} - chosen.keys()
            if wanted and choice.voice in voices and choice.voice not in chosen.values():
                chosen[choice.name] = choice.voice
        return chosen

    def _compose(self, material: Material) -> Composition:
        show = material.show
        values = {"format": material.form, "solo": material.table.is_solo}
        kept = show.path(".podcast", "written", material.edition.slug)

        @cache
        def asker_of(role: Role) -> Asker:
            return self._open_asker(role, show, kept, values)

        return Composition(
            material=material,
            askers=asker_of,
            jobs=show.writer.service.jobs,
            verifies=bool(show.writer.service.verify),
            on_progress=self.on_progress,
        )

    def _open_asker(
        self, role: Role, show: Show, kept: Path, values: Mapping[str, object]
    ) -> Asker:
        model = show.writer.service.name_model(role, self.model)
        return Asker(self.service, model, self.budget, show, kept, values)


def _with_note(offline: Script, why: str, cost: Usd) -> Script:
    """The offline script, saying that it is one, and what was spent before."""
    note = f"written offline, for the model could not be used: {why}. Try again with --rewrite"
    first = offline.chapters[0]
    noted = dataclasses.replace(first, note="; ".join(filter(None, [note, first.note])))
    return dataclasses.replace(offline, chapters=(noted, *offline.chapters[1:]), cost=cost)


def _open_writer(setup: Setup) -> OpenAIWriter:
    return OpenAIWriter(
        setup.open_writer_service(),
        setup.open_fallback(),
        setup.show.writer.model,
        budget=setup.budget,
        on_progress=setup.on_progress,
    )


ADAPTER = Adapter(
    _open_writer,
    "a model, at OpenAI or at the server of [writer]",
    missing=lambda setup: setup.open_writer_service().find_missing(),
    is_local=False,
)
