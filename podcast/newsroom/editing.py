"""The stage before the first: what the sources give becomes an Edition."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat
from typing import Protocol

from podcast.document.block_builder import plain_document
from podcast.document.tex_text import untex_formulas
from podcast.document.text_signs import split_signs
from podcast.errors import EditError, NothingNewError
from podcast.language.english.tfidf import stems, vectors
from podcast.model import Agenda, Edition, Headline, Item, Person, Show, Story, Summary, Usd
from podcast.newsroom.page_keys import page_key
from podcast.newsroom.sources.entries import title_of

MOST_ITEMS = 2000
"""What a desk can look through in a moment; more is a mistake in the sources."""
# Two items that are closer tell the same.
_TWIN = 0.75

# Titles and lines that name a part of the magazine itself, as pages copied from it have them:
# no story.
_PART = re.compile(
    r"""
    \W* (?: (?:other|previous)\ headlines | trending\ on\ (?:twitter|x) | technical\ details
      | see\ also | more\ articles\ for\ you ) \W*
    """,
    re.IGNORECASE | re.VERBOSE,
)

_MARKS = ("emoji code", "footnote mark", "citation", "stray mark")

Archive = Callable[[Item], tuple[Headline | None, tuple[Headline, ...]]]
"""What earlier editions have on an item: where they told this very story, and what is related
to it."""


class Desk(Protocol):
    """Who makes an edition: an editor who decides, and reporters who summarise."""

    model: str
    """The model that it asks; empty when it asks none."""
    jobs: int
    """How many summaries it writes at once."""

    def choose(self, items: Sequence[Item], staff: Sequence[Person], show: Show) -> Agenda:
        """Choose `show.newsroom.stories` items at most, with reporters, and a title.

        MUST take at most `show.newsroom.papers` papers when there is other news, no item twice,
        and no reporter but those of `staff`; where nobody of `staff` reports, MUST hire
        reporters for the day. MUST give no story when no item can be one.
        """
        ...

    def summarise(self, item: Item, reporter: Person, show: Show) -> Summary:
        """The item in at most `show.newsroom.words` words. MUST add no fact.

        MUST be safe for threads.
        """
        ...

    def price(self, items: Sequence[Item], staff: Sequence[Person], show: Show) -> Usd | None:
        """What the edition will cost, estimated; None when the price is not known.

        MUST ask no service.
        """
        ...


def sift(items: Sequence[Item], archive: Archive, *, drop_covered: bool = True) -> list[Item]:
    """What there is to choose from.

    No item twice, and nothing that was told before where that is to go.

    Raises NothingNewError when nothing is left, EditError when the items are too many.
    """
    if len(items) > MOST_ITEMS:
        what = f"the sources give {len(items)} items"
        what += f", and an edition is made of at most {MOST_ITEMS}"
        raise EditError(f"{what}. Name fewer or smaller sources")
    found: list[Item] = []
    for item in _without_twins(items):
        if not _PART.fullmatch(item.title) and (news := _news_item(item)).title:
            found.append(news)
    if drop_covered:
        untold = [item for item in found if archive(item)[0] is None]
        if found and not untold:
            what = "everything that the sources give was told by earlier editions"
            raise NothingNewError(f"{what}. Tell it again with --keep-covered")
        return untold
    return found


def edit(
    items: Sequence[Item],
    desk: Desk,
    *,
    date: dt.date,
    staff: Sequence[Person],
    archive: Archive,
    show: Show,
) -> Edition:
    """The edition that the desk makes of the items.

    What is no story is one of the other headlines.

    Raises EditError when there is no story in the items, and what the desk raises.
    """
    agenda = desk.choose(items, staff, show)
    if not agenda.stories:
        raise _no_story(items)
    chosen = [items[each.item] for each in agenda.stories]
    reporters = [each.reporter for each in agenda.stories]
    with ThreadPoolExecutor(desk.jobs) as executor:
        summaries = list(executor.map(desk.summarise, chosen, reporters, repeat(show)))
    stories: list[Story] = []
    for item, reporter, summary in zip(chosen, reporters, summaries, strict=True):
        stories.append(_story(item, reporter, summary, archive))

    places = {each.item for each in agenda.stories}
    others: list[Headline] = []
    for place, item in enumerate(items):
        if place not in places:
            others.append(Headline(item.title, item.link, paper=item.paper))
    return Edition(
        date=date,
        slug=slug(date, agenda.title),
        title=agenda.title,
        subtitle=agenda.subtitle,
        stories=tuple(stories),
        others=tuple(others),
        staff=tuple(sorted(agenda.staff, key=lambda person: person.role != "editor")),
        model=desk.model,
        cost=Usd(agenda.cost + sum(summary.cost for summary in summaries)),
    )


def _no_story(items: Sequence[Item]) -> EditError:
    """The error for items of which none can be a story."""
    textless = [item for item in items if not item.text]
    links = [item.link for item in textless if item.link]
    if not links:
        return EditError("no item has a text that a story could be made of. Name other sources")
    titles = "one title"
    if len(textless) > 1:
        titles = f"{len(textless)} titles"
    what = f"the sources give {titles} without a text, such as that of {links[0]}"
    remedy = (
        "Write the addresses of their pages into a file, one a line, and name it with --from"
    )
    return EditError(f"{what}. {remedy}")


def slug(date: dt.date, title: str) -> str:
    """`YYYY-MM-DD-words`: letters, digits and hyphens of ASCII."""
    words = (
        unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().replace("'", "")
    )
    kept = re.sub(r"[^a-z0-9]+", "-", words.lower())[:80].strip("-")
    return f"{date}-{kept or 'edition'}"


def _story(item: Item, reporter: Person, summary: Summary, archive: Archive) -> Story:
    covered, related = archive(item)
    return Story(
        title=item.title,
        body=plain_document(_news_text(summary.text)),
        reporter=reporter.name,
        source=item.source,
        link=item.link,
        paper=item.paper,
        previous=related,
        covered=covered,
    )


def _news_item(item: Item) -> Item:
    """The item as news; one whose title says nothing is titled by its first sentence."""
    text = _news_text(item.text)
    title = _news_text(item.title)
    if not re.search(r"\w", title):
        title = title_of(text)
    return replace(item, title=title, text=text)


def _news_text(text: str) -> str:
    """The text as news tells it.

    Formulas are spelled; codes of emoji, marks of sources and of emphasis, and lines that name
    parts of the magazine are no news.
    """
    paragraphs = [part for part in text.split("\n\n") if not _PART.fullmatch(part)]
    parts = split_signs(untex_formulas("\n\n".join(paragraphs)))
    return "".join(part for kind, part in parts if kind not in _MARKS).strip()


def _without_twins(items: Sequence[Item]) -> list[Item]:
    """The items without those that tell what an earlier, or a longer, one tells."""
    matrix = vectors([item.text for item in items], [item.title for item in items])
    near = matrix @ matrix.T
    order = sorted(range(len(items)), key=lambda i: (-min(len(items[i].text), 400), i))

    places: list[int] = []
    pages: set[str] = set()
    titles: set[tuple[str, ...]] = set()
    for i in order:
        page = page_key(items[i].link)
        title = stems(items[i].title) or (items[i].title,)
        # Items without an address have no page in common.
        is_known_page = page != "" and page in pages
        is_twin = near[i, places].max(initial=0.0) > _TWIN
        if is_known_page or title in titles or is_twin:
            continue

        places.append(i)
        pages.add(page)
        titles.add(title)
    return [items[i] for i in sorted(places)]
