"""What an entry point in `presscast.sources` names.

A kind of source that an edition can be made of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from podcast.model import SourceItems, SourceText


@dataclass(frozen=True, slots=True)
class SourceKind:
    """Feeds, papers, pages, notes, or what another package reads."""

    read: Callable[[SourceText], SourceItems | None]
    """MUST return None for a text of another kind, and raise SourceError for a broken one of
    its own."""
    rank: int
    """Kinds are tried one after the other, the highest first. Ours are 10 (page) to 40
    (feed)."""
