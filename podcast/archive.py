"""What earlier editions told: a local search in their stories, with SQLite's FTS5. Needs no key."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable

from podcast.model import Edition, Headline, Item
from podcast.tidy import page_key

MOST = 3
"""How many related headlines a story shows."""

_RELATED = 0.15
"""How much of the score that a story would have against itself an earlier one needs."""
_WEIGHTS = "stories, 4.0, 1.0"
"""What a word counts in a title, and in a text."""
_WORDS = 40
"""How many words of a story are looked for."""

_STOP = frozenset(
    (
        *(
            "about",
            "after",
            "also",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "been",
            "but",
            "by",
            "can",
            "could",
        ),
        *("for", "from", "has", "have", "how", "in", "into", "is", "it", "its", "may", "more", "new", "not"),
        *("of", "on", "or", "our", "over", "such", "than", "that", "the", "their", "these", "they", "this"),
        *("through", "to", "up", "was", "we", "were", "what", "when", "which", "while", "who", "why", "will"),
        *("with", "you", "your"),
    )
)


class Archive:
    """The stories of earlier editions; each is found by the words of a new one (BM25)."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._base = sqlite3.connect(":memory:", isolation_level=None)
        self._base.execute(
            "CREATE VIRTUAL TABLE stories USING fts5 (title, body, tokenize = 'porter unicode61')"
        )
        self._headlines: list[tuple[Headline, str]] = []
        """Each story's headline and the link of its source; its place is its row."""
        self._told: dict[str, int] = {}
        """Links and titles, as they are compared, to the latest row that tells them."""
        for edition in sorted(editions, key=lambda edition: edition.date):
            page = f"/{edition.date:%Y/%m/%d}/{edition.slug[11:]}"
            for story in edition.stories:
                row = len(self._headlines)
                headline = Headline(story.title, f"{page}#{anchor(story.title)}", edition.date, story.paper)
                self._headlines.append((headline, story.link))
                self._base.execute(
                    "INSERT INTO stories (rowid, title, body) VALUES (?, ?, ?)",
                    (row, story.title, story.body),
                )
                self._told |= dict.fromkeys(_keys(story.title, story.link), row)

    def search(self, item: Item) -> tuple[Headline | None, tuple[Headline, ...]]:
        """Where this very story was told before, and up to three headlines related to it, closest first.

        The same story is one with the same link or the same title, and is never among the related ones.
        """
        told = [self._told[key] for key in _keys(item.title, item.link) if key in self._told]
        covered = self._headlines[max(told)][0] if told else None
        return covered, tuple(headline for headline, _ in self.related(item))

    def related(self, item: Item) -> list[tuple[Headline, float]]:
        """The related headlines, each with its score: 1 is as close as the story is to itself."""
        text = f"{item.title} {item.text}".lower()
        words = [word for word in dict.fromkeys(re.findall(r"\w{2,}", text)) if word not in _STOP][:_WORDS]
        if not words:
            return []
        query = " OR ".join(f'"{word}"' for word in words)
        row = len(self._headlines)
        self._base.execute("BEGIN")
        try:
            # The story is put beside the others for once: what it scores is what a score is measured by.
            self._base.execute(
                "INSERT INTO stories (rowid, title, body) VALUES (?, ?, ?)", (row, item.title, item.text)
            )
            found = self._base.execute(
                f"SELECT rowid, -bm25({_WEIGHTS}) AS score FROM stories WHERE stories MATCH ? "  # noqa: S608
                "ORDER BY score DESC, rowid DESC LIMIT 50",
                (query,),
            ).fetchall()
        finally:
            self._base.execute("ROLLBACK")
        whole = next((score for number, score in found if number == row), math.inf)
        mine = _keys(item.title, item.link)
        kept: dict[str, tuple[Headline, float]] = {}
        for number, score in found:
            if number == row or score < _RELATED * whole:
                continue
            headline, link = self._headlines[number]
            if not mine & _keys(headline.title, link):
                kept.setdefault(headline.title, (headline, score / whole))
        return list(kept.values())[:MOST]


def anchor(title: str) -> str:
    """The place of a story on its page: Jekyll's `slugify` of its title."""
    return "-".join(re.findall(r"[^\W_]+", title.lower()))


def _keys(title: str, link: str) -> set[str]:
    """What makes two tellings the same story: the words of the title, and the address without its dress."""
    words, page = " ".join(re.findall(r"\w+", title.casefold())), page_key(link)
    return {key for key in (words if " " in words else "", page if "/" in page else "") if key}
