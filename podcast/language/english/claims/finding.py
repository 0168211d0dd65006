"""One thing that a sentence says and its source does not."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of one sentence."""

    kind: str
    """Which kind of fault: a key of `kinds.toml`."""
    sentence: str
    """The sentence at fault, whole."""
    what: str
    """What is wrong with it, in words for its writer."""
    source: str = ""
    """What the source has instead; empty where it has nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of untruth that is looked for, with sentences of the kind and fair ones."""

    name: str
    what: str
    source: str
    """A text that the sentences tell."""
    found: tuple[str, ...]
    """Sentences that the text does not support."""
    fair: tuple[str, ...]
    """Sentences that it does."""


def load_kinds() -> tuple[Kind, ...]:
    """The kinds of `kinds.toml`, in their order."""
    text = Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8")
    kinds: list[Kind] = []
    for name, table in tomllib.loads(text).items():
        found, fair = tuple(table["found"]), tuple(table["fair"])
        kinds.append(Kind(name, table["what"], table["source"], found, fair))
    return tuple(kinds)
