"""The desk that works offline.

It measures words, and tells each story in the source's own sentences.

The same items give the same edition.
"""

from __future__ import annotations

from collections.abc import Sequence

from podcast.language.english.word_data import load
from podcast.model import Agenda, Assignment, Item, Person, Show, Summary, Usd
from podcast.newsroom.desks.offline.choose import assign, entitle, hire, rank
from podcast.newsroom.desks.offline.summary import summarise
from podcast.services.adapter import Adapter

# How many reporters are hired for a day.
HIRED = 3


class TemplateDesk:
    """Chooses by likeness, and summarises by extraction."""

    model = ""
    jobs = 1

    def choose(self, items: Sequence[Item], staff: Sequence[Person], show: Show) -> Agenda:
        """The agenda.

        Hired reporters are those of `applicants.toml` whose beats fit the stories.
        """
        chosen = rank(items, show.newsroom.stories, show.newsroom.papers)
        stories = [items[i] for i in chosen]
        reporters = [person for person in staff if person.role == "reporter"]
        if not reporters and stories:
            reporters = hire(stories, _applicants(staff), HIRED)
            staff = (*staff, *reporters)
        title, subtitle = entitle([story.title for story in stories], show.title)
        given = assign(stories, reporters) if stories else []
        assigned = (Assignment(i, person) for i, person in zip(chosen, given, strict=True))
        return Agenda(title, subtitle, tuple(assigned), tuple(staff))

    def summarise(self, item: Item, _reporter: Person, show: Show) -> Summary:
        return Summary(summarise(item, show.newsroom.words))

    def price(
        self, _items: Sequence[Item], _staff: Sequence[Person], _show: Show
    ) -> Usd | None:
        return Usd(0.0)


def _applicants(staff: Sequence[Person]) -> list[Person]:
    taken = {person.name for person in staff}
    applicants: list[Person] = []
    for one in load("applicants")["people"]:
        if one["name"] not in taken:
            applicants.append(Person(one["name"], "reporter", one["persona"]))
    return applicants


ADAPTER = Adapter(lambda _setup: TemplateDesk(), "rules and phrases, offline")
