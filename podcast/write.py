"""Stage 2: an Edition becomes a Script."""

from __future__ import annotations

from typing import Protocol

from podcast.model import Cast, Edition, Script, Show


class Writer(Protocol):
    """Who rewrites an Edition for the ear."""

    name: str
    """The word of the configuration: `template`, `openai`."""

    def write(self, edition: Edition, cast: Cast, show: Show) -> Script:
        """The spoken script of the edition.

        MUST give every Story a chapter, told by its reporter (or the presenter when it has none).
        MUST use only speakers whom `cast` has. MUST add no fact.
        MUST set `writer`, and `model` and `cost` when a service was paid.
        MAY keep numbers and symbols as printed: the stage spells them out.
        """
        ...
