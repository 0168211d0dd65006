"""Stage 1: a written edition becomes an Edition."""

from podcast.read.edition_source import Source, find_edition

__all__ = ["Source", "find_edition"]
