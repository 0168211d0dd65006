"""The desk: what the sources give becomes an Edition.

The editor drops doubles, chooses the stories, gives them to reporters and titles the edition; the reporters
summarise. The same items give the same edition.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence

from podcast.edit.choose import assign, entitle, rank, without_twins
from podcast.edit.summary import summarise
from podcast.edition import markdown
from podcast.errors import EditError
from podcast.model import Edition, Headline, Item, Person, Story

__all__ = ["MOST_ITEMS", "Archive", "edit"]

MOST_ITEMS = 2000
"""What a desk can look through in a moment; more is a mistake in the sources."""

Archive = Callable[[Item], tuple[Headline | None, tuple[Headline, ...]]]
"""What earlier editions have on an item: where they told this very story, and what is related to it."""


def edit(
    items: Sequence[Item],
    *,
    date: dt.date,
    title: str,
    staff: Sequence[Person],
    archive: Archive,
    stories: int,
    papers: int,
    words: int,
    drop_covered: bool = False,
) -> Edition:
    """The edition that a desk of `staff` makes of the items, `title` being the show's.

    At most `stories` stories, of which `papers` may be papers when there is other news, each of at most
    `words` words. Raises EditError when there is no story in the items, or when they are too many.
    """
    if len(items) > MOST_ITEMS:
        what = f"the sources give {len(items)} items, and an edition is made of at most {MOST_ITEMS}"
        raise EditError(f"{what}. Name fewer or smaller sources")
    found = without_twins(items)
    if drop_covered:
        found = [item for item in found if archive(item)[0] is None]
        if items and not found:
            raise EditError("every item was covered by earlier editions. Leave out --drop-covered")
    chosen, rest = rank(found, stories, papers)
    if not chosen:
        raise EditError("no item has a text that a story could be made of. Name other sources")
    reporters = [person for person in staff if person.role != "editor"]
    given = assign([found[i] for i in chosen], reporters)
    told = tuple(_story(found[i], person, archive, words) for i, person in zip(chosen, given, strict=True))
    heading, subtitle = entitle([story.title for story in told], title)
    return Edition(
        date=date,
        slug=slug(date, heading),
        title=heading,
        subtitle=subtitle,
        stories=told,
        others=tuple(Headline(found[i].title, found[i].link, paper=found[i].paper) for i in rest),
        staff=tuple(sorted(staff, key=lambda person: person.role != "editor")),
    )


def slug(date: dt.date, title: str) -> str:
    """`YYYY-MM-DD-words`: letters, digits and hyphens of ASCII."""
    words = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().replace("'", "")
    kept = re.sub(r"[^a-z0-9]+", "-", words.lower())[:80].strip("-")
    return f"{date}-{kept or 'edition'}"


def _story(item: Item, person: Person | None, archive: Archive, words: int) -> Story:
    covered, related = archive(item)
    return Story(
        title=item.title,
        body=markdown(summarise(item.text, words)),
        reporter=person.name if person else "",
        source=item.source,
        link=item.link,
        paper=item.paper,
        previous=related,
        covered=covered,
    )
