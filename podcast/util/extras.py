"""Libraries that only some commands need, and that come with an extra."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from podcast.errors import PodcastError


@contextmanager
def needs_extra(extra: str, what: str) -> Iterator[None]:
    """Say how to get the libraries of an extra when `what` cannot import one of them."""
    try:
        yield
    except ModuleNotFoundError as error:
        remedy = f"Install it: pip install 'presscast[{extra}]'"
        raise PodcastError(
            f"{what} needs {error.name}, which is not installed. {remedy}"
        ) from error
