"""Which season and number an episode has: as its post says, else as its show numbers."""

from __future__ import annotations

from podcast.model import Episode, EpisodeDetails


def find_number(numbering: str, episode: Episode) -> tuple[int, int]:
    """Find the season and the number that an episode is listed with; 0 for none."""
    details, numbers = episode.details, episode.numbers
    by_numbering = {"all": numbers.show, "year": numbers.year}
    number = details.number or by_numbering.get(numbering, 0)
    year = episode.date.year if numbering == "year" and number else 0
    return details.season or year, number


def gets_number(is_serial: bool, details: EpisodeDetails) -> bool:
    """Tell whether an episode gets the next number of its show.

    Trailers and bonus episodes stand beside the count; but Apple wants a number of each in a
    serial show.
    """
    if details.number:
        return False
    return details.kind == "full" or is_serial
