"""One thing that a sentence says and its source does not."""

from __future__ import annotations

from dataclasses import dataclass


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
