"""What a rule makes of a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The sentences that are spoken instead of one, and the words of it that are not."""

    sentences: tuple[str, ...]
    left_out: str = ""


# Rewrites a sentence; None where the rule is not sure, so that the sentence stays as it is.
Rewrite = Callable[[str], Rewritten | None]


@dataclass(frozen=True, slots=True)
class SentenceRule:
    """One named way to make a written sentence fit for the ear."""

    name: str
    rewrite: Rewrite
    reason: str = ""
    """Why the words that it leaves out are not spoken."""
