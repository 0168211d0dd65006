"""Which form an episode has: as the show says, else as its post is."""

from __future__ import annotations

from typing import Literal

from podcast.model import Edition

Format = Literal["bulletin", "conversation", "essay", "brief"]


def choose_format(edition: Edition, wanted: str) -> Format:
    """Choose the form: `wanted` by the show's settings, else the post's."""
    # The settings and the front matter take these words only.
    form: Format = wanted or edition.kind  # type: ignore[assignment]
    return form
