"""What the editor decides: which items tell the same, which become stories, who reports, and the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from podcast.model import Item, Person
from podcast.terms import stems, vectors
from podcast.tidy import page_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TWIN = 0.75
"""Two items that are closer tell the same."""
_LEAST = 25
"""An item of fewer words can only be a headline."""
_APART = 0.6
"""How much an item loses for being close to a story that is chosen already."""


_TITLE = 90
"""The longest title that is put together from more than one story's, in characters."""


def without_twins(items: Sequence[Item]) -> list[Item]:
    """The items without those that tell what an earlier, or a longer, one tells."""
    near = _nearness(items)
    order = sorted(range(len(items)), key=lambda i: (-min(len(items[i].text), 400), i))
    kept: list[int] = []
    links: set[str] = set()
    titles: set[tuple[str, ...]] = set()
    for i in order:
        link, title = page_key(items[i].link), stems(items[i].title) or (items[i].title,)
        if (link and link in links) or title in titles or any(near[i, j] > _TWIN for j in kept):
            continue
        kept.append(i)
        links.add(link)
        titles.add(title)
    return [items[i] for i in sorted(kept)]


def rank(items: Sequence[Item], stories: int, papers: int) -> tuple[list[int], list[int]]:
    """The stories, best first, and the rest in the order of the sources: both as indexes.

    An item is worth more the more the day's other items are about the same, and the earlier its source
    names it; it loses by being close to a story that was chosen. At most `papers` stories are papers
    when there is other news.
    """
    near = _nearness(items)
    able = [i for i, item in enumerate(items) if len(item.text.split()) >= _LEAST]
    news = any(not items[i].paper for i in able)
    centre = near.mean(axis=1) if len(items) else near
    top = max((float(centre[i]) for i in able), default=1.0) or 1.0
    worth = {i: float(centre[i]) / top + 0.5 * (1 - i / len(items)) for i in able}
    chosen: list[int] = []
    while len(chosen) < stories:
        full = news and sum(items[i].paper for i in chosen) >= papers
        free = [i for i in able if i not in chosen and not (full and items[i].paper)]
        if not free:
            break
        chosen.append(
            max(
                free,
                key=lambda i: (worth[i] - _APART * max((float(near[i, j]) for j in chosen), default=0.0), -i),
            )
        )
    return chosen, [i for i in range(len(items)) if i not in chosen]


def assign(stories: Sequence[Item], reporters: Sequence[Person]) -> list[Person | None]:
    """Who reports each story: whose persona shares the most telling words with it, the work shared evenly.

    Nobody gets more than one story above an even share. Without reporters, nobody.
    """
    if not reporters:
        return [None for _ in stories]
    matrix = vectors(
        [person.persona for person in reporters] + [item.text for item in stories],
        [""] * len(reporters) + [item.title for item in stories],
    )
    fit = matrix[len(reporters) :] @ matrix[: len(reporters)].T
    most = -(-len(stories) // len(reporters))
    load = [0] * len(reporters)
    given: list[Person | None] = [None] * len(stories)
    pairs = sorted(
        ((float(fit[s, r]), s, r) for s in range(len(stories)) for r in range(len(reporters))),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    for value, s, r in pairs:
        if given[s] is None and load[r] < most and value > 0:
            given[s], load[r] = reporters[r], load[r] + 1
    for s, person in enumerate(given):
        if person is None:
            r = min(range(len(reporters)), key=lambda r: (load[r], r))
            given[s], load[r] = reporters[r], load[r] + 1
    return given


def entitle(titles: Sequence[str], show: str) -> tuple[str, str]:
    """The edition's title and subtitle, from the titles of its stories in order."""
    heads = list(dict.fromkeys(head(title) for title in titles))
    short = [one for one in heads if "…" not in one][:3] or heads[:1]
    while len(short) > 1 and len(_listed(short)) > _TITLE:
        short.pop()
    rest = [one for one in heads if one not in short and "…" not in one][:3]
    title = _listed(short) if short else show
    return title, (f"Also: {_listed(rest)}" if rest else "")


def head(title: str, most: int = 48) -> str:
    """A short form of a story's title: what stands before its colon, or the whole, or its first words."""
    title = re.sub(r"^(?:Towards?|On) (?=\S+ )", "", title)
    title = title[:1].upper() + title[1:]
    if len(title) <= most:
        return title.rstrip(" .")
    before, after = (*re.split(r"(?:: | [-–—|] |(?<=[?!]) )", title, maxsplit=1), "")[:2]
    for part in (before, after):
        if 8 <= len(part) <= most:
            return part.rstrip(" .:")
    return " ".join(title[:most].split(" ")[:-1]).rstrip(" ,;:.") + "…"


def _listed(words: Sequence[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"


def _nearness(items: Sequence[Item]) -> NDArray[np.float32]:
    matrix = vectors([item.text for item in items], [item.title for item in items])
    return matrix @ matrix.T
