"""The writer's data files: phrases, words and names of sources; and how phrases are dealt."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The data file of that name beside this module."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(key: str) -> frozenset[str]:
    """A list of words of `words.toml`."""
    return frozenset(load("words")[key].split())


def first_large(text: str) -> str:
    """The text with its first letter as at the start of a sentence; names such as iPhone stay."""
    head = re.match(r"[\W_]*\w+", text)
    if not head or any(letter.isupper() for letter in head[0]):
        return text
    at = re.search(r"[^\W\d_]", head[0])
    return text if not at else text[: at.start()] + text[at.start()].upper() + text[at.end() :]


class Phrases:
    """Deals the phrases of `phrases.toml` like decks of cards, shuffled by a seed and nothing else."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._dealt: dict[str, list[str]] = {}

    def draw(self, key: str, wanted: Callable[[str], bool] | None = None, /, **words: str) -> str:
        """The next phrase at `key` (`handoff.again`), of those wanted if any is, filled with words.

        No phrase comes twice before all that are wanted have been dealt.
        """
        section, _, name = key.partition(".")
        every: list[str] = load("phrases")[section][name]
        cards = [card for card in every if not wanted or wanted(card)] or every
        dealt = self._dealt.setdefault(key, [])
        fewest = min(dealt.count(card) for card in cards)
        card = min((card for card in cards if dealt.count(card) == fewest), key=lambda c: self.hash(key, c))
        dealt.append(card)
        return card.format(**words, **{k.capitalize(): first_large(v) for k, v in words.items()})

    def hash(self, *parts: object) -> int:
        """A number that depends on the seed and the parts alone."""
        return int.from_bytes(sha256("\0".join([self._seed, *map(str, parts)]).encode()).digest()[:8])
