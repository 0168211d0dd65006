"""The writer that needs no model: rules and phrases make a spoken script of an edition, offline.

The same edition of the same date always gives the same script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from podcast.model import Cast, Edition, Person, Script, Show, Usd, Voice
from podcast.services.adapter import Adapter


class TemplateWriter:
    """Writes scripts with rules alone; see `podcast.write.Writer`."""

    name = "template"

    def write(self, edition: Edition, cast: Cast, show: Show) -> Script:
        """The spoken script of the edition. MUST of the contract: nobody speaks who is not in `cast`."""
        from podcast.write.template.telling import Telling

        return Telling(edition, cast, show).script()

    draft = write

    def price(self, edition: Edition, cast: Cast, show: Show) -> Usd | None:  # noqa: ARG002
        return Usd(0.0)

    def choose_voices(
        self,
        people: Sequence[Person],  # noqa: ARG002
        voices: Mapping[str, Voice],  # noqa: ARG002
        show: Show,  # noqa: ARG002
    ) -> Mapping[str, str]:
        return {}


ADAPTER = Adapter(lambda _setup: TemplateWriter(), "rules and phrases, offline")
