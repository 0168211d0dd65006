"""The writer that asks a model: a rundown, the stories as talks, and what holds them together.

Where the model cannot be used, the offline writer writes the whole script, with a note why.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from podcast.errors import OutageError, ScriptError
from podcast.model import Cast, Edition, Person, Role, Script, Show, Usd, Voice
from podcast.services.adapter import Adapter, OnProgress, Setup, stay_silent
from podcast.services.openai_client import Service
from podcast.services.prices import Budget, sum_costs
from podcast.services.shapes import Casting
from podcast.services.structured import Asker
from podcast.util.addresses import is_loopback
from podcast.write.edition_format import choose_format
from podcast.write.fallback_note import note_outage, note_unusable, waits_for_model
from podcast.write.model.assembly import assemble_chapters
from podcast.write.model.call_progress import CallProgress
from podcast.write.model.composition import Composition, UnusableAnswerError
from podcast.write.model.cost_estimate import estimate_calls
from podcast.write.model.drafting import draft_script
from podcast.write.model.material import Material
from podcast.write.model.voice_choice import casting_data, read_casting
from podcast.write.script_file import load

log = logging.getLogger(__name__)

MODEL = "gpt-6-luna"
# How many answers are asked for at once: of a service, and of a server on this machine, which
# mostly gives one answer at a time and would let the others wait until they are late.
SERVICE_JOBS, LOCAL_JOBS = 4, 1


class Fallback(Protocol):
    """The offline writer: it reads essays, and writes where the model cannot be used."""

    def write(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        """Write the script of an edition."""
        ...


class ModelWriter:
    """Writes scripts with a model of OpenAI's, or of a server that speaks like it."""

    name = "model"

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

        Answers that were paid for are kept under `.podcast/`: asked again before the script is
        saved, they cost nothing. An essay keeps its author's words, and no model is asked.
        """
        offline = self.fallback.write(edition, cast, show, earlier)
        if choose_format(edition, show.writer.format) == "essay":
            return offline

        composition = self._compose(Material(edition, cast, show, offline, earlier))
        saved = show.path("scripts", f"{edition.slug}.md")
        if not _waits_for_model(saved):
            composition.askers("story").forget(saved)
        try:
            return self._ask_for_script(composition)
        except OutageError as error:
            log.warning(
                "%s: written offline, for the model did not answer: %s", edition.slug, error
            )
            return note_outage(offline, str(error), Usd(sum(composition.costs)))
        except UnusableAnswerError as error:
            log.warning(
                "%s: written offline, for the model's answers could not be used: %s",
                edition.slug,
                error,
            )
            return note_unusable(offline, str(error), Usd(sum(composition.costs)))

    def draft(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        """Write a script of about the same length without the service, for a dry run."""
        offline = self.fallback.write(edition, cast, show, earlier)
        if choose_format(edition, show.writer.format) == "essay":
            return offline
        return draft_script(Material(edition, cast, show, offline, earlier), self.name)

    def price(self, edition: Edition, cast: Cast, show: Show) -> Usd | None:
        """Estimate what `write` will cost; None when the price is not known."""
        return self._estimate(edition, cast, show, sent_back=False)

    def price_at_most(self, edition: Edition, cast: Cast, show: Show) -> Usd | None:
        """Estimate what `write` will cost where every answer has to be sent back."""
        return self._estimate(edition, cast, show, sent_back=True)

    def choose_voices(
        self, people: Sequence[Person], voices: Mapping[str, Voice], show: Show
    ) -> dict[str, str]:
        """Choose voices for people by their persona: name to voice id.

        Who is left out was given no voice of the pool, or one that someone else got; cast them
        otherwise. So is everyone when the service does not answer. Raises WriteError when it is
        not set up, BudgetError.
        """
        folder = show.path(".podcast", "written", "casting")
        asker = self._open_asker("casting", show, folder, {})
        data = casting_data(people, voices)
        try:
            answer = asker.ask("casting", data, Casting, 8 * len(people), lambda _: ())
        except OutageError as error:
            log.warning(
                "voices are chosen by name, for the model could not be asked: %s", error
            )
            return {}
        return read_casting(answer.value, people, voices)

    def _estimate(
        self, edition: Edition, cast: Cast, show: Show, *, sent_back: bool
    ) -> Usd | None:
        offline = self.fallback.write(edition, cast, show)
        if choose_format(edition, show.writer.format) == "essay":
            return Usd(0.0)
        composition = self._compose(Material(edition, cast, show, offline, ()))
        return sum_costs(estimate_calls(composition, sent_back=sent_back))

    def _ask_for_script(self, composition: Composition) -> Script:
        rundown = composition.plan()
        said = composition.tell(rundown)
        frame = composition.frame(rundown, said)

        edition = composition.material.edition
        chapters = assemble_chapters(
            edition, rundown, said, frame, composition.dropped, composition.cut
        )
        for chapter in chapters:
            if chapter.note:
                log.warning("%s: %s: %s", edition.slug, chapter.title, chapter.note)
        cost = Usd(sum(composition.costs))
        return Script(rundown.title, edition.date, chapters, self.name, self.model, cost)

    def _compose(self, material: Material) -> Composition:
        show = material.show
        values = {
            "format": material.form,
            "solo": material.table.is_solo,
            "one_text": material.is_one_text,
        }
        kept = show.path(".podcast", "written", material.edition.slug)

        @cache
        def open_asker(role: Role) -> Asker:
            return self._open_asker(role, show, kept, values)

        usual_jobs = LOCAL_JOBS if is_loopback(self.service.address) else SERVICE_JOBS
        return Composition(
            material=material,
            askers=open_asker,
            jobs=show.writer.service.jobs or usual_jobs,
            verifies=bool(show.writer.service.verify),
            progress=CallProgress(self.on_progress, len(material.edition.stories) + 2),
        )

    def _open_asker(
        self, role: Role, show: Show, kept: Path, values: Mapping[str, object]
    ) -> Asker:
        model = show.writer.service.name_model(role, self.model)
        return Asker(self.service, model, self.budget, show, kept, values)


def _waits_for_model(saved: Path) -> bool:
    """Tell whether the saved script stands for one that was begun: what is paid is used."""
    try:
        return saved.exists() and waits_for_model(load(saved))
    except ScriptError:
        return False


def _open_writer(setup: Setup) -> ModelWriter:
    return ModelWriter(
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
