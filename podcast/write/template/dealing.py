"""Phrases of the host, dealt so that none comes back before it must.

A phrase counts as used when an earlier script of the show, or this one, has its fixed words.
What was used longest ago is dealt first; the date decides among equals. The same scripts give
the same choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from podcast.language.english.word_data import first_large, load
from podcast.model import Script

# How many earlier scripts are looked at.
MEMORY = 14

_REPORTERS = re.compile(r"\breporters?\b|\ball of us\b")
_FIELD = re.compile(r"\{(\w+)\}")


class Dealer:
    """Deals the phrases of `phrases.toml` for one script."""

    def __init__(
        self, seed: str, earlier: Sequence[Script] = (), *, has_reporters: bool = True
    ) -> None:
        self._seed = seed
        self._has_reporters = has_reporters
        latest_first = sorted(earlier, key=lambda script: script.date, reverse=True)[:MEMORY]
        self._earlier = [
            " ".join(turn.text for turn in script.turns) for script in latest_first
        ]
        self._dealt: dict[str, int] = {}
        self._said: set[str] = set()

    def deal(self, *keys: str, **fields: str) -> str:
        """Fill the phrase of the lists `keys` (`ask.money`) that was not used for longest.

        Of phrases that were not used at all those of the first list come first.
        """
        cards = [(rank, card) for rank, key in enumerate(keys) for card in self._fit(key)]
        fresh = [ranked for ranked in cards if fill(ranked[1], **fields) not in self._said]
        _, card = min(fresh or cards, key=lambda ranked: self._priority(ranked[1], ranked[0]))
        self._dealt[card] = self._dealt.get(card, 0) + 1
        self._said.add(fill(card, **fields))
        return fill(card, **fields)

    def deal_once(self, key: str, **fields: str) -> str | None:
        """Deal a phrase that this script has not used in any place; None when none is left."""
        fresh = [card for card in self._fit(key) if not self._dealt.get(card)]
        fresh = [card for card in fresh if fill(card, **fields) not in self._said]
        if not fresh:
            return None
        card = min(fresh, key=self._priority)
        self._dealt[card] = 1
        self._said.add(fill(card, **fields))
        return fill(card, **fields)

    def _fit(self, key: str) -> list[str]:
        """The phrases of a list; none that speaks of several reporters where there are none."""
        cards = phrases(key)
        if self._has_reporters:
            return cards
        return [card for card in cards if not _REPORTERS.search(card)]

    def has_dealt(self, key: str) -> bool:
        """Tell whether this script has used a phrase of the list."""
        return any(self._dealt.get(card) for card in phrases(key))

    def _priority(self, card: str, rank: int = 0) -> tuple[int, int, int, int]:
        """Least dealt in this script, then longest unused, then by rank, then by the seed."""
        return self._dealt.get(card, 0), -self._age(card), rank, self.number(card)

    def _age(self, card: str) -> int:
        """How many scripts ago the card was used."""
        fixed = max(_FIELD.split(card)[::2], key=len)
        pattern = _pattern(card)
        for age, text in enumerate(self._earlier):
            if fixed in text and pattern.search(text):
                return age
        return MEMORY

    def number(self, *parts: object) -> int:
        """A number that depends on the seed and the parts alone."""
        joined = "\0".join([self._seed, *map(str, parts)])
        return int.from_bytes(sha256(joined.encode()).digest()[:8])


def phrases(key: str) -> list[str]:
    """The list at `section.name` of the phrases."""
    section, _, name = key.partition(".")
    cards: list[str] = load("phrases")[section][name]
    return cards


def fill(card: str, **fields: str) -> str:
    """The phrase with its fields filled.

    A field in capitals is filled with a large first letter.
    """
    large = {name.capitalize(): first_large(value) for name, value in fields.items()}
    return card.format(**fields, **large)


@cache
def _pattern(card: str) -> re.Pattern[str]:
    """Find the card in a script, whatever fills its fields.

    A field at the beginning, which may be a question, says nothing of where the card is.
    """
    parts = [re.escape(part) for part in _FIELD.split(card)[::2]]
    if not parts[0]:
        return re.compile(r"[^.?!]{1,60}?".join(parts[1:]))
    joined = r"[^.?!]{1,60}?".join(parts)
    return re.compile(rf"(?<![^.?!:] ){joined}")
