"""Sentences that tell as still to come what is over on the edition's day."""

from __future__ import annotations

import datetime as dt
import re

from podcast.language.english.word_data import load

_TO_COME = re.compile(
    r"""
    \b(?:will(?!ing)|(?:is|are)\ (?:set|scheduled|slated|due|planned|expected|going)\ (?:to|for)
      |plans?\ to|aims?\ to|to\ be\ held|upcoming)\b
    """,
    re.VERBOSE,
)
# Words by which the sentence itself may stand in the past: then nothing is certain.
_PAST = re.compile(
    r"\b(?:said|was|were|had|did|would|planned|announced|promised|expected to have)\b"
)
_YEAR = re.compile(
    r"\b(?:by|in|before|of|until)\ (?:(?:early|late|mid|the\ end\ of)[ -])?(?P<year>20\d\d)\b",
    re.VERBOSE,
)
_SAID_YEAR = re.compile(r"\b20\d\d\b")
_LONGEST = 1200


def date_has_passed(sentence: str, today: dt.date) -> bool:
    """Tell whether a sentence tells as still to come something whose date is certainly over.

    A year before this one, or a day of a year that the sentence names: `will host GTC 2024 from
    March 18-21`, told in May 2024. A day without a year may be the next year's, so it is not
    certain.
    """
    sentence = sentence[:_LONGEST]
    future = _TO_COME.search(sentence)
    if not future or _PAST.search(sentence) or re.search(r"[\"“]", sentence):
        return False
    rest = sentence[future.start() :]
    if any(int(match["year"]) < today.year for match in _YEAR.finditer(rest)):
        return True
    years = {int(year) for year in _SAID_YEAR.findall(sentence)}
    days = list(_days(rest))
    return len(years) == 1 and len(days) == 1 and _is_over(days[0], years.pop(), today)


def tells_of_years_to_come(sentence: str, today: dt.date) -> bool:
    """Tell whether a sentence has as still to come what is due by this year or before."""
    future = _TO_COME.search(sentence[:_LONGEST])
    if not future:
        return False
    return any(
        int(match["year"]) <= today.year for match in _YEAR.finditer(sentence, future.start())
    )


def _days(text: str) -> list[tuple[int, int]]:
    """The months and last days that a text names: `March 18-21` is (3, 21)."""
    months: list[str] = load("phrases")["words"]["months"]
    names = "|".join(months)
    month_first = (
        rf"\b({names}) (\d{{1,2}})(?:(?:-|–| to | and )(?:{names} )?(\d{{1,2}}))?(?!\d)"
    )
    day_first = rf"(?<!\d)(\d{{1,2}})(?:(?:-|–| to | and )(\d{{1,2}}))? ({names})\b"

    days: list[tuple[int, int]] = []
    for month, first, last in re.findall(month_first, text):
        days.append((months.index(month) + 1, int(last or first)))
    for first, last, month in re.findall(day_first, text):
        days.append((months.index(month) + 1, int(last or first)))
    return days


def _is_over(day: tuple[int, int], year: int, today: dt.date) -> bool:
    try:
        return dt.date(year, *day) < today
    except ValueError:
        return False
