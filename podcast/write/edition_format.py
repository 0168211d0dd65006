"""Which form an episode has: as the show says, else as its post is."""

from __future__ import annotations

from typing import Literal

from podcast.model import Edition, Show

Format = Literal["bulletin", "conversation", "essay", "brief"]


def choose_format(edition: Edition, show: Show) -> Format:
    """Choose the form: the show's, else the post's."""
    form: Format = show.format or edition.kind  # type: ignore[assignment]  # config knows only these words
    return form
