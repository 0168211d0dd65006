"""The desk that has a model: the editor chooses, gives out and titles.

Each reporter writes in their persona.

It stands on another desk, the template's. That one names the items worth looking at, and its
choice and its summaries take the place of answers that cannot be used.
"""

from __future__ import annotations

import dataclasses
import logging
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from podcast.language.english.claims import SourceFacts, check_sentences
from podcast.model import Agenda, Assignment, Item, Person, Show, Summary, Usd
from podcast.services.adapter import Adapter, Setup
from podcast.services.openai_client import Service
from podcast.services.prices import Budget, sum_costs
from podcast.services.shapes import EditorsChoice, EditorsHiring, WrittenSummary
from podcast.services.spoken_text import find_form_faults
from podcast.services.structured import Asker

log = logging.getLogger(__name__)

# At most about so many items are put before the editor.
LISTED = 40
# Words of each of them.
LEAD = 60
# At most so many words of an item are put before its reporter.
READ = 2000
# The longest title and subtitle, in characters.
TITLE, SUBTITLE = 100, 200
# The most reporters who are hired for a day.
HIRED = 4

_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]urs?|us|[Oo]urselves|I(?=[ ’'])|[Mm]y|me|myself)\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_NAME = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){1,3}")


class Fallback(Protocol):
    """The desk to stand on. It MUST ask no service."""

    def choose(self, items: Sequence[Item], staff: Sequence[Person], show: Show) -> Agenda: ...

    def summarise(self, item: Item, reporter: Person, show: Show) -> Summary: ...


class ModelDesk:
    """Edits with a model of OpenAI's, or of a server that speaks like it."""

    jobs = 8

    def __init__(
        self,
        service: Service,
        fallback: Fallback,
        model: str,
        kept: Path,
        *,
        budget: Budget | None = None,
    ) -> None:
        """Answers that were paid for are kept in the folder `kept`.

        Asked again, they cost nothing.
        """
        self.service = service
        self.fallback = fallback
        self.model = model
        self.kept = kept
        self.budget = budget or Budget()

    def choose(self, items: Sequence[Item], staff: Sequence[Person], show: Show) -> Agenda:
        """The agenda. Raises WriteError when the service cannot be used, BudgetError."""
        plain = self.fallback.choose(items, staff, show)
        if not plain.stories:
            return plain
        choice = _Choice(
            items, staff, show, plain, self._choose_places(items, staff, show, plain)
        )
        shape = EditorsHiring if choice.hires else EditorsChoice
        answer = self._asker(show).ask(
            choice.prompt, choice.data(), shape, choice.words, choice.faults
        )
        if answer.value is None:
            why = "; ".join(answer.faults)
            log.warning(
                "the offline desk chose, for the model's choice could not be used: %s", why
            )
            return dataclasses.replace(plain, cost=answer.cost)
        return dataclasses.replace(choice.agenda(answer.value), cost=answer.cost)

    def summarise(self, item: Item, reporter: Person, show: Show) -> Summary:
        """The reporter's summary.

        Raises WriteError when the service cannot be used, BudgetError.
        """
        answer = self._asker(show).ask(
            "summary",
            _summary_data(item, reporter, show.title, show.newsroom.words),
            WrittenSummary,
            show.newsroom.words,
            lambda summary: _summary_faults(summary.text, item, show.newsroom.words),
        )
        if answer.value is None:
            why = "; ".join(answer.faults)
            said = "%s: told in the source's own sentences, for %s's could not be used: %s"
            log.warning(said, item.title, reporter.name, why)
            plain = self.fallback.summarise(item, reporter, show)
            return dataclasses.replace(plain, cost=answer.cost)
        return Summary(" ".join(answer.value.text.split()), answer.cost)

    def price(self, items: Sequence[Item], staff: Sequence[Person], show: Show) -> Usd | None:
        """What the edition will cost, estimated; None when the price is not known."""
        plain = self.fallback.choose(items, staff, show)
        choice = _Choice(
            items, staff, show, plain, self._choose_places(items, staff, show, plain)
        )
        asker = self._asker(show)
        if not plain.stories:
            return Usd(0.0)
        costs = [asker.estimate(choice.prompt, choice.data(), choice.words)]
        for each in plain.stories:
            item = items[each.item]
            words = min(show.newsroom.words, len(item.text.split()))
            data = _summary_data(item, each.reporter, show.title, show.newsroom.words)
            costs.append(asker.estimate("summary", data, words))
        return sum_costs(costs)

    def _asker(self, show: Show) -> Asker:
        return Asker(self.service, self.model, self.budget, show, self.kept)

    def _choose_places(
        self, items: Sequence[Item], staff: Sequence[Person], show: Show, plain: Agenda
    ) -> list[int]:
        """The items that are worth the editor's time, in their order."""
        many = max(LISTED, show.newsroom.stories)
        wide = self.fallback.choose(items, staff, _widen(show, many))
        return sorted({each.item for agenda in (plain, wide) for each in agenda.stories})


@dataclasses.dataclass(frozen=True, slots=True)
class _Choice:
    """What is put before the editor, and what may come of it."""

    items: Sequence[Item]
    staff: Sequence[Person]
    show: Show
    plain: Agenda
    """What the offline desk chose: it says how many stories there can be."""
    places: Sequence[int]

    @property
    def hires(self) -> bool:
        return not self._reporters

    @property
    def prompt(self) -> str:
        if self.hires:
            return "hire"
        return "desk"

    @property
    def words(self) -> int:
        """Of the answer."""
        words = 30 + 8 * len(self.plain.stories)
        if self.hires:
            words += 150  # Of names and personas.
        return words

    @property
    def _reporters(self) -> list[Person]:
        return [person for person in self.staff if person.role == "reporter"]

    @property
    def _papers(self) -> int:
        """How many stories may be papers."""
        stories = len(self.plain.stories)
        if all(self.items[place].paper for place in self.places):
            return stories
        return min(self.show.newsroom.papers, stories)

    def data(self) -> dict[str, Any]:
        return {
            "show": self.show.title,
            "description": self.show.description,
            "editor": _describe_people(self.staff, "editor"),
            "reporters": _describe_people(self.staff, "reporter"),
            "stories": len(self.plain.stories),
            "papers": self._papers,
            "items": [self._item_data(place) for place in self.places],
        }

    def _item_data(self, place: int) -> dict[str, Any]:
        item = self.items[place]
        return {
            "item": place,
            "title": item.title,
            "source": item.source,
            "paper": item.paper,
            "text": _cut(item.text, LEAD),
        }

    def faults(self, choice: EditorsChoice) -> Iterator[str]:
        """What is wrong with a choice, as it would be told to the model."""
        chosen = [story.item for story in choice.stories]
        wanted = len(self.plain.stories)
        if len(chosen) != wanted:
            yield f"there are {len(chosen)} stories where {wanted} are asked for"
        yield from self._item_faults(chosen)
        if isinstance(choice, EditorsHiring):
            yield from self._hiring_faults(choice)

        names = {person.name for person in self._people(choice)}
        for name in dict.fromkeys(story.reporter for story in choice.stories):
            if name not in names:
                yield f"nobody who reports is called {name!r}"
        yield from self._title_faults(choice, chosen)

    def _item_faults(self, chosen: Sequence[int]) -> Iterator[str]:
        """Name items that are not there, that come twice, and papers that are too many."""
        for place in dict.fromkeys(chosen):
            if place not in self.places:
                yield f"there is no item {place}"
            elif chosen.count(place) > 1:
                yield f"item {place} is there more than once"

        papers = 0
        for place in chosen:
            if place in self.places:
                papers += self.items[place].paper
        if papers > self._papers:
            yield f"{papers} stories are papers, and {self._papers} may be"

    def _title_faults(self, choice: EditorsChoice, chosen: Sequence[int]) -> Iterator[str]:
        """Name a title or subtitle that is too long, ill-formed, or says what no item says."""
        lengths = (
            ("title", choice.title, TITLE),
            ("subtitle", choice.subtitle, SUBTITLE),
        )
        for what, text, most in lengths:
            if len(text) > most:
                yield f"the {what} has {len(text)} characters, and may have {most}"

        texts = [choice.title, *filter(None, [choice.subtitle])]
        yield from find_form_faults(texts)
        items = [self.items[place] for place in chosen if place in self.places]
        source = SourceFacts(
            "\n\n".join(f"{item.title}\n\n{item.text}" for item in items),
            known_names=(self.show.title,),
            counts=(len(self.plain.stories),),
        )
        findings = [finding for text in texts for finding in check_sentences(text, source)]
        yield from dict.fromkeys(finding.what for finding in findings)

    def _hiring_faults(self, choice: EditorsHiring) -> Iterator[str]:
        """Name what is wrong with the people who are hired: how many, names, personas."""
        names = [hired.name for hired in choice.reporters]
        staff_names = {person.name for person in self.staff}
        if not 1 <= len(names) <= HIRED:
            yield f"{len(names)} reporters are hired, and one to {HIRED} are needed"
        for name in dict.fromkeys(names):
            if not _NAME.fullmatch(name) or len(name) > 40:
                yield f"{name!r} is not a first and a last name"
            elif names.count(name) > 1 or name in staff_names:
                yield f"there are two people called {name!r}"

        for hired in choice.reporters:
            yield from _persona_faults(hired.name, hired.persona)

    def agenda(self, choice: EditorsChoice) -> Agenda:
        """The agenda that a choice without faults means.

        Who is hired and gets no story goes again.
        """
        people = {person.name: person for person in self._people(choice)}
        stories = tuple(
            Assignment(story.item, people[story.reporter]) for story in choice.stories
        )
        busy = {story.reporter for story in stories}
        hired: list[Person] = []
        if self.hires:
            hired = [person for person in people.values() if person in busy]
        title = " ".join(choice.title.split())
        subtitle = " ".join(choice.subtitle.split())
        return Agenda(title, subtitle, stories, (*self.staff, *hired))

    def _people(self, choice: EditorsChoice) -> list[Person]:
        if not isinstance(choice, EditorsHiring):
            return self._reporters
        people: list[Person] = []
        for hired in choice.reporters:
            persona = " ".join(hired.persona.split())
            people.append(Person(hired.name, "reporter", persona))
        return people


def _persona_faults(name: str, persona: str) -> Iterator[str]:
    # More is allowed than is asked for: models count badly.
    if not 5 <= len(persona.split()) <= 120:
        yield f"the persona of {name!r} is not 30 to 60 words long"
    yield from find_form_faults([persona])


def _summary_data(item: Item, reporter: Person, title: str, words: int) -> dict[str, Any]:
    return {
        "show": title,
        "reporter": _describe_person(reporter),
        "words": words,
        "story": {
            "title": item.title,
            "source": item.source,
            "paper": item.paper,
            "authors": list(item.authors),
            "text": _cut(item.text, READ),
        },
    }


def _summary_faults(text: str, item: Item, longest: int) -> Iterator[str]:
    """What is wrong with a summary, as it would be told to the model."""
    yield from find_form_faults([text])
    words = len(text.split())
    if words > longest:
        yield f"it has {words} words, and may have {longest}"
    if words < min(15, len(item.text.split()) // 2):
        yield f"it has {words} words, and says too little"
    if found := _FIRST_PERSON.search(_QUOTED.sub("", text)):
        yield f'"{found[0]}" speaks as the authors do; name them'
    names = (item.source, *item.authors)
    source = SourceFacts(f"{item.title}\n\n{_cut(item.text, READ)}", known_names=names)
    for finding in check_sentences(text, source):
        yield f"{finding.what}: {finding.sentence}"


def _describe_people(staff: Sequence[Person], role: str) -> list[dict[str, str]]:
    return [_describe_person(person) for person in staff if person.role == role]


def _describe_person(person: Person) -> dict[str, str]:
    return {"name": person.name, "persona": person.persona}


def _cut(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def _open_desk(setup: Setup) -> ModelDesk:
    service, fallback = setup.open_writer_service(), setup.open_fallback()
    model = setup.show.writer.service.name_model("desk", setup.show.writer.model)
    return ModelDesk(service, fallback, model, setup.folder, budget=setup.budget)


ADAPTER = Adapter(
    _open_desk,
    "a model, at OpenAI or at the server of [writer]",
    missing=lambda setup: setup.open_writer_service().find_missing(),
    is_local=False,
)


def _widen(show: Show, many: int) -> Show:
    """Allow so many stories and papers, to choose from."""
    return dataclasses.replace(
        show, newsroom=dataclasses.replace(show.newsroom, stories=many, papers=many)
    )
