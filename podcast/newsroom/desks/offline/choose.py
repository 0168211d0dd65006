"""What the editor decides: which items become stories, who reports them, and the title."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from podcast.language.english.tfidf import stems, vectors
from podcast.model import Item, Person

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# An item of fewer words is a brief: told where there is room.
_LEAST = 25
# A text of fewer telling words is a crumb.
_LEAST_STEMS = 3
# How much an item loses for being close to a story that is chosen already.
_APART = 0.6

# The longest title that is put together from more than one story's, in characters.
_TITLE = 90


def rank(items: Sequence[Item], stories: int, papers: int) -> list[int]:
    """The indexes of the stories, best first.

    An item is worth more the more the day's other items are about the same, and the earlier its
    source names it; it loses by being close to a story that was chosen. At most `papers`
    stories are papers when there is other news. Where places are left, briefs fill them in
    their order.
    """
    near = _nearness(items)
    able, briefs = _part_briefs(items)
    news = any(not items[i].paper for i in able)
    centre = near.mean(axis=1) if len(items) else near
    top = max((float(centre[i]) for i in able), default=1.0) or 1.0
    worth = {i: float(centre[i]) / top + 0.5 * (1 - i / len(items)) for i in able}

    chosen: list[int] = []

    def rate(i: int) -> tuple[float, int]:
        """What the item is worth beside those that are chosen; of equals, the earlier."""
        closest = max((float(near[i, j]) for j in chosen), default=0.0)
        return worth[i] - _APART * closest, -i

    while len(chosen) < stories:
        has_papers = news and sum(items[i].paper for i in chosen) >= papers
        free = _list_free(items, able, chosen, papers=not has_papers)
        if not free:
            break
        chosen.append(max(free, key=rate))
    return [*chosen, *briefs[: stories - len(chosen)]]


def _part_briefs(items: Sequence[Item]) -> tuple[list[int], list[int]]:
    """The items that are long enough for a story, and those that are a brief."""
    able: list[int] = []
    briefs: list[int] = []
    for i, item in enumerate(items):
        if len(item.text.split()) >= _LEAST:
            able.append(i)
        elif _tells_something(item):
            briefs.append(i)
    return able, briefs


def _list_free(
    items: Sequence[Item], able: Sequence[int], chosen: Sequence[int], *, papers: bool
) -> list[int]:
    """The items that can still be chosen, papers among them or not."""
    free: list[int] = []
    for i in able:
        if i not in chosen and (papers or not items[i].paper):
            free.append(i)
    return free


def _tells_something(item: Item) -> bool:
    """Tell whether the text is a sentence, and no repetition of the title."""
    words = stems(item.text)
    return len(words) > _LEAST_STEMS and words != stems(item.title)


def assign(stories: Sequence[Item], reporters: Sequence[Person]) -> list[Person]:
    """Who reports each story.

    Whose persona shares the most telling words with it, the work shared evenly.

    Nobody gets more than one story above an even share.
    """
    fit = _score_personas(stories, reporters)
    most = -(-len(stories) // len(reporters))
    load = [0] * len(reporters)
    given: dict[int, int] = {}
    pairs: list[tuple[float, int, int]] = []
    for s, r in itertools.product(range(len(stories)), range(len(reporters))):
        pairs.append((float(fit[s, r]), s, r))
    # The best fit first; of equals the earlier story, and the earlier reporter.
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    for value, s, r in pairs:
        if s not in given and load[r] < most and value > 0:
            given[s], load[r] = r, load[r] + 1
    for s in range(len(stories)):
        if s not in given:
            r = min(range(len(reporters)), key=lambda r: (load[r], r))
            given[s], load[r] = r, load[r] + 1
    return [reporters[given[s]] for s in range(len(stories))]


def hire(stories: Sequence[Item], applicants: Sequence[Person], many: int) -> list[Person]:
    """The `many` applicants whose beats together cover the stories best, in their order."""
    fit = _score_personas(stories, applicants)
    chosen: list[int] = []
    while len(chosen) < min(many, len(applicants)):
        free = [r for r in range(len(applicants)) if r not in chosen]
        chosen.append(
            max(free, key=lambda r: (float(fit[:, [*chosen, r]].max(axis=1).sum()), -r))
        )
    return [applicants[r] for r in sorted(chosen)]


def _score_personas(stories: Sequence[Item], people: Sequence[Person]) -> NDArray[np.float32]:
    """How close each story (rows) is to each person's persona (columns)."""
    matrix = vectors(
        [person.persona for person in people] + [item.text for item in stories],
        [""] * len(people) + [item.title for item in stories],
    )
    return matrix[len(people) :] @ matrix[: len(people)].T


def entitle(titles: Sequence[str], show: str) -> tuple[str, str]:
    """The edition's title and subtitle, from the titles of its stories in order."""
    heads = list(dict.fromkeys(head(title) for title in titles))
    if not heads:
        return show, ""

    # A head that was cut says too little to stand in a title, unless there is no other.
    whole = [one for one in heads if "…" not in one]
    first = whole[:3] or heads[:1]
    while len(first) > 1 and len(_join_titles(first)) > _TITLE:
        first.pop()

    # `first` is the beginning of `whole`, or a cut head where `whole` is empty.
    rest = whole[len(first) : len(first) + 3]
    if not rest:
        return _join_titles(first), ""
    return _join_titles(first), f"Also: {_join_titles(rest)}"


def head(title: str, most: int = 48) -> str:
    """A short form of a story's title.

    What stands before its colon, or the whole, or its first words.
    """
    title = re.sub(r"^(?:Towards?|On) (?=\S+ )", "", title)
    title = title[:1].upper() + title[1:]
    if len(title) <= most:
        return title.rstrip(" .")
    before, after = (*re.split(r"(?:: | [-–—|] |(?<=[?!]) )", title, maxsplit=1), "")[:2]
    for part in (before, after):
        if 8 <= len(part) <= most:
            return part.rstrip(" .:")
    return " ".join(title[:most].split(" ")[:-1]).rstrip(" ,;:.") + "…"


def _join_titles(words: Sequence[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"


def _nearness(items: Sequence[Item]) -> NDArray[np.float32]:
    matrix = vectors([item.text for item in items], [item.title for item in items])
    return matrix @ matrix.T
