"""The writer that needs no model.

Rules and phrases make a spoken script of an edition, offline.

The same edition and the same earlier scripts always give the same script.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from podcast.model import Cast, Edition, Person, Script, Show, Usd, Voice
from podcast.services.adapter import Adapter
from podcast.write.edition_format import choose_format


class TemplateWriter:
    """Writes scripts with rules alone; see `podcast.write.Writer`."""

    name = "template"

    def write(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        """Write a bulletin, or read an essay, as the show or the post asks."""
        from podcast.write.template.bulletin import Bulletin
        from podcast.write.template.essay import write_essay

        if choose_format(edition, show.writer.format) == "essay":
            return write_essay(edition, cast, self.name)
        return Bulletin(edition, cast, show, earlier).script(self.name)

    draft = write

    def price(
        self,
        edition: Edition,  # noqa: ARG002 -- of the Protocol
        cast: Cast,  # noqa: ARG002
        show: Show,  # noqa: ARG002
    ) -> Usd | None:
        """Nothing."""
        return Usd(0.0)

    def choose_voices(
        self,
        people: Sequence[Person],  # noqa: ARG002 -- of the Protocol
        voices: Mapping[str, Voice],  # noqa: ARG002 -- of the Protocol
        show: Show,  # noqa: ARG002 -- of the Protocol
    ) -> Mapping[str, str]:
        """Nobody: people are cast by their names."""
        return {}


ADAPTER = Adapter(lambda _setup: TemplateWriter(), "rules and phrases, offline")
