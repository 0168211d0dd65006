"""The seam of the stage: who rewrites an Edition for the ear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from podcast.model import Cast, Edition, Person, Script, Show, Usd, Voice


class Writer(Protocol):
    """Who rewrites an Edition for the ear."""

    name: str
    """The word of the configuration: `template`, `model`."""

    def write(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        """Write the spoken script; `earlier` are the show's scripts of the days before.

        The stories that are not to be told are gone already. MUST give every Story a chapter,
        in an order of its own, or say in a note why it is not told; an opening and a closing
        chapter stand around them. MUST use only speakers whom `cast` has. MUST add no fact.
        MUST give the same script for the same arguments, unless a service is asked. MUST set
        `writer`, and `model` and `cost` when a service was paid. MUST write as a person types:
        numbers and symbols as printed; they are spelled out later. MAY choose its phrases by
        what `earlier` used.
        """
        ...

    def draft(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        """Write a script of about the same length, for a dry run. MUST ask no service."""
        ...

    def price(self, edition: Edition, cast: Cast, show: Show) -> Usd | None:
        """Estimate what `write` will cost; None when the price is not known.

        MUST ask no service.
        """
        ...

    def choose_voices(
        self, people: Sequence[Person], voices: Mapping[str, Voice], show: Show
    ) -> Mapping[str, str]:
        """Name to voice id for people who have no voice yet, by their personas.

        MAY leave out anyone: they are cast by their names.
        """
        ...


@runtime_checkable
class RepairingWriter(Protocol):
    """A writer that MAY send answers back, so that a script may cost more than is usual."""

    def price_at_most(self, edition: Edition, cast: Cast, show: Show) -> Usd | None:
        """Estimate what `write` will cost where every answer is sent back.

        None when the price is not known. MUST ask no service.
        """
        ...
