"""Dates as texts have them.

`June 26`, `the fifth of October`, `March 2024`, `Tuesday`, `in May`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from podcast.language.english.claims.number_words import read_numbers

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|"
    r"December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_DAY_WORD = (
    r"(?:(?:twenty|thirty)-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
    r"tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|"
    r"thirtieth)"
)
_DAY = rf"(?P<day>\d{{1,2}}(?!\d|[,.]\d|%)(?:st|nd|rd|th)?|{_DAY_WORD})"
_TEENS = r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPOKEN_YEAR = rf"(?:19|20)\d\d|(?:nineteen|twenty) (?:(?:{_TENS})(?:-\w+)?|{_TEENS})"
_BEFORE_MONTH = "|".join(
    rf"(?<=\b[{word[0]}{word[0].upper()}]{word[1:]}[\s-])"
    for word in "in since from by until of this last next to mid early late before after".split()
)
_FORMS = tuple(
    re.compile(form, re.VERBOSE)
    for form in (
        r"(?P<year>(?:19|20)\d\d)-(?P<iso>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b{_MONTH}\s(?:the\s)?{_DAY}(?:\s?(?:-|–|to|until|"
        rf"through)\s?(?:(?P=month)\s)?(?P<last>\d{{1,2}})(?!\d))?"
        rf"(?:,?\s(?P<year>{_SPOKEN_YEAR}))?\b",
        rf"\b(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s(?P<year>{_SPOKEN_YEAR}))?\b",
        rf"\b{_MONTH}(?:\sof)?,?\s(?P<year>{_SPOKEN_YEAR})\b",
        rf"(?:{_BEFORE_MONTH})"
        rf"{_MONTH}(?!\w)",
        r"\b(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b",
        r"\b(?P<year>(?:19|20)\d\d)(?![\w%]|[.,]\d)",
    )
)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day, month or year of a text, as far as the text gives it."""

    text: str
    start: int
    end: int
    year: int = 0
    month: int = 0
    day: int = 0
    last_day: int = 0
    """The end of a range of days within the month."""
    weekday: str = ""

    def fits(self, other: CalendarDay) -> bool:
        """Whether this may be said of a date that the source has."""
        if self.weekday:
            return self.weekday == (other.weekday or _weekday(other))
        pairs = ((self.year, other.year), (self.month, other.month))
        if any(ours and theirs and ours != theirs for ours, theirs in pairs):
            return False
        if not other.month and self.month:
            return False
        if self.day:
            return other.day <= self.day <= max(other.day, other.last_day) and bool(other.month)
        return bool(self.month or self.year == other.year)


def of_date(date: dt.date, text: str = "") -> CalendarDay:
    """A date that is known otherwise than from a sentence."""
    return CalendarDay(text or f"{date:%B} {date.day}", -1, -1, date.year, date.month, date.day)


def read_days(text: str) -> tuple[tuple[CalendarDay, ...], str]:
    """The dates of a text, and the text with them blanked out."""
    days: list[CalendarDay] = []
    for form in _FORMS:
        for match in form.finditer(text):
            day = _day(match)
            if day:
                days.append(day)
        text = form.sub(lambda match: " " * len(match[0]) if _day(match) else match[0], text)
    return tuple(sorted(days, key=lambda day: day.start)), text


def _day(match: re.Match[str]) -> CalendarDay | None:
    parts = match.groupdict()
    day = _ordinal(parts.get("day"))
    if day > 31:
        return None
    return CalendarDay(
        match[0],
        match.start(),
        match.end(),
        year=_ordinal(parts.get("year")),
        month=int(parts["iso"]) if parts.get("iso") else _month(parts.get("month")),
        day=day,
        last_day=_ordinal(parts.get("last")),
        weekday=(parts.get("weekday") or "").casefold(),
    )


def _month(name: str | None) -> int:
    if not name:
        return 0
    start = name.casefold()[:3]
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(start))


def _ordinal(text: str | None) -> int:
    if not text:
        return 0
    numbers: Iterator[int] = (int(number.values[0]) for number in read_numbers(text))
    return next(numbers, 0)


def _weekday(day: CalendarDay) -> str:
    if not (day.year and day.month and day.day):
        return ""
    try:
        return WEEKDAYS[dt.date(day.year, day.month, day.day).weekday()]
    except ValueError:
        return ""
