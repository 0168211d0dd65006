"""What earlier editions told: a local search in their stories. Needs no key.

A headline is as close as its words are (TF-IDF, cosine): the measure by which the desk knows
doubles. SQLite's full text search stood here before, and found fewer of the headlines that
editions link (`benchmarks/related.py`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from podcast.language.english.tfidf import counted, unit
from podcast.model import Edition, Headline, Item
from podcast.newsroom.page_keys import page_key

# How many related headlines a story shows.
MOST = 3

# How close a headline must be; a story is 1 to itself, and 0 to one that shares no word with
# it.
_RELATED = 0.12

# How many words of a text are compared, its first: a source may be a whole article.
_LEAD = 70


class Archive:
    """The stories of earlier editions; each is found by the words of a new one."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._headlines: list[tuple[Headline, str]] = []
        """Each story's headline and the link of its source; its place is its row."""
        self._told: dict[str, int] = {}
        """Links and titles, as they are compared, to the latest row that tells them."""
        self._headline_keys: set[str] = set()
        """Links and titles of the other headlines, as they are compared."""
        counts: list[Counter[str]] = []
        for edition in sorted(editions, key=lambda edition: edition.date):
            for headline in edition.others:
                self._headline_keys |= _keys(headline.title, headline.link)
            page = f"/{edition.date:%Y/%m/%d}/{edition.slug[11:]}"
            for story in edition.stories:
                row = len(self._headlines)
                headline = Headline(
                    story.title, f"{page}#{anchor(story.title)}", edition.date, story.paper
                )
                self._headlines.append((headline, story.link))
                self._told |= dict.fromkeys(_keys(story.title, story.link), row)
                counts.append(_counted(story.body.text, story.title))
        self._found = Counter(stem for count in counts for stem in count)
        # The story that is compared has its words too: one that a single earlier story has is
        # no rarity.
        self._found.update([*self._found])
        self._rows: dict[str, list[tuple[int, float]]] = {}
        """Each stem to the rows that have it, and how much it weighs there."""
        for row, count in enumerate(counts):
            for stem, weight in unit(count, self._found, len(counts)).items():
                self._rows.setdefault(stem, []).append((row, weight))

    def search(self, item: Item) -> tuple[Headline | None, tuple[Headline, ...]]:
        """Find where this story was told before, and up to three related headlines.

        The related ones are the closest first. The same story is one with the same link or the
        same title, and is never among them.
        """
        return self.covered(item), tuple(headline for headline, _ in self.related(item))

    def covered(self, item: Item) -> Headline | None:
        """Where this very story was told last."""
        told = [self._told[key] for key in _keys(item.title, item.link) if key in self._told]
        return self._headlines[max(told)][0] if told else None

    def was_headline(self, item: Item) -> bool:
        """Tell whether an earlier edition had it among its other headlines."""
        return not self._headline_keys.isdisjoint(_keys(item.title, item.link))

    def related(self, item: Item) -> list[tuple[Headline, float]]:
        """The related headlines, each with how close it is."""
        close: defaultdict[int, float] = defaultdict(float)
        words = _counted(item.text, item.title)
        for stem, weight in unit(words, self._found, len(self._headlines)).items():
            for row, other in self._rows.get(stem, ()):
                close[row] += weight * other
        mine = _keys(item.title, item.link)
        kept: dict[str, tuple[Headline, float]] = {}
        for row, score in sorted(close.items(), key=lambda pair: (-pair[1], -pair[0])):
            headline, link = self._headlines[row]
            if score < _RELATED or len(kept) == MOST:
                break
            if not mine & _keys(headline.title, link):
                kept.setdefault(headline.title, (headline, score))
        return list(kept.values())


def _counted(text: str, title: str) -> Counter[str]:
    return counted(" ".join(text.split()[:_LEAD]), title)


def anchor(title: str) -> str:
    """The place of a story on its page: the id that kramdown gives a heading in Jekyll.

    Punctuation goes, and each space is a hyphen (kramdown-parser-gfm,
    `generate_gfm_header_id`); Jekyll's `slugify`, with which some editions link, leads
    elsewhere for "GPT-4.5" and "it's".
    """
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _keys(title: str, link: str) -> set[str]:
    """What makes two tellings the same story.

    The words of the title, and the address without its dress.
    """
    words, page = " ".join(re.findall(r"\w+", title.casefold())), page_key(link)
    return {key for key in (words if " " in words else "", page if "/" in page else "") if key}
