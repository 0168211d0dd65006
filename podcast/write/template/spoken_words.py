"""Days, counts and lists of names, as a person types them to be said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from podcast.language.english.word_data import load


def say_day(date: dt.date) -> str:
    """`Tuesday, June 11`."""
    months: list[str] = load("phrases")["words"]["months"]
    return f"{say_weekday(date)}, {months[date.month - 1]} {date.day}"


def say_weekday(date: dt.date) -> str:
    """`Tuesday`."""
    days: list[str] = load("phrases")["words"]["weekdays"]
    return days[date.weekday()]


def say_daypart(time: dt.time) -> str:
    """The part of the day in which the show comes out."""
    if time.hour < 12:
        return "morning"
    return "afternoon" if time.hour < 17 else "evening"


def say_count(count: int) -> str:
    """A small number in words."""
    numbers: list[str] = load("phrases")["words"]["numbers"]
    return numbers[count - 1] if count <= len(numbers) else str(count)


def join_names(names: Sequence[str]) -> str:
    """`Ada, Ben and Carla`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def name_chapter(key: str) -> str:
    """The title of a chapter that is no story.

    Of the welcome, the other headlines, the goodbye.
    """
    name: str = load("phrases")["chapters"][key]
    return name
