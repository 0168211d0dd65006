"""Dates as texts have them.

`June 26`, `the fifth of October`, `March 2024`, `Tuesday`, `in May`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from podcast.language.english.claims.number_words import read_numbers

MONTHS = (
    "january february march april may june july august september october november december"
).split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_DAY_WORD = (
    r"(?:(?:twenty|thirty)-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth"
    r"|eighteenth|nineteenth|twentieth|thirtieth)"
)
_DAY = rf"(?P<day>\d{{1,2}}(?!\d|[,.]\d|%)(?:st|nd|rd|th)?|{_DAY_WORD})"
_TEENS = r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPOKEN_YEAR = rf"(?:19|20)\d\d|(?:nineteen|twenty) (?:(?:{_TENS})(?:-\w+)?|{_TEENS})"
_BEFORE_MONTH = "|".join(
    rf"(?<=\b[{word[0]}{word[0].upper()}]{word[1:]}[\s-])"
    for word in (
        "in since from by until of this last next to mid early late before after"
    ).split()
)
_FORMS = tuple(
    re.compile(form, re.VERBOSE)
    for form in (
        # 2024-06-26
        r"(?P<year>(?:19|20)\d\d)-(?P<iso>\d\d)-(?P<day>\d\d)(?!\d)",
        # June 26; June 26-28, 2024; June 26 to June 28
        rf"\b{_MONTH}\s(?:the\s)?{_DAY}"
        rf"(?:\s?(?:-|–|to|until|through)\s?(?:(?P=month)\s)?(?P<last>\d{{1,2}})(?!\d))?"
        rf"(?:,?\s(?P<year>{_SPOKEN_YEAR}))?\b",
        # the fifth of October; 5 October 2024
        rf"\b(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}(?:,?\s(?P<year>{_SPOKEN_YEAR}))?\b",
        # March 2024; March of 2024
        rf"\b{_MONTH}(?:\sof)?,?\s(?P<year>{_SPOKEN_YEAR})\b",
        # in May: alone, "may" and "march" are verbs more often than months
        rf"(?:{_BEFORE_MONTH}){_MONTH}(?!\w)",
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
        """Tell whether this may be said of a date that the source has."""
        if self.weekday:
            return self.weekday == (other.weekday or _weekday(other))
        if _contradict(self.year, other.year) or _contradict(self.month, other.month):
            return False
        # A telling may be less exact than its source, and never more.
        if self.month and not other.month:
            return False
        if self.day:
            return self._is_within(other)
        return bool(self.month or self.year == other.year)

    def _is_within(self, other: CalendarDay) -> bool:
        """Tell whether the day is the other's, or one of its range."""
        last_day = max(other.day, other.last_day)
        return bool(other.month) and other.day <= self.day <= last_day


def _contradict(left: int, right: int) -> bool:
    """Tell whether two years or months are both known, and not the same."""
    return bool(left and right) and left != right


def of_date(date: dt.date, text: str = "") -> CalendarDay:
    """A date that is known otherwise than from a sentence."""
    return CalendarDay(text or f"{date:%B} {date.day}", -1, -1, date.year, date.month, date.day)


def read_days(text: str) -> tuple[tuple[CalendarDay, ...], str]:
    """The dates of a text, and the text with them blanked out."""
    days: list[CalendarDay] = []
    for form in _FORMS:
        for match in form.finditer(text):
            day = _read_day(match)
            if day:
                days.append(day)
        # Blanked out, a date is not read again by a shorter form, and the rest keeps its place.
        text = form.sub(_blank_day, text)
    return tuple(sorted(days, key=lambda day: day.start)), text


def _blank_day(match: re.Match[str]) -> str:
    return " " * len(match[0]) if _read_day(match) else match[0]


def _read_day(match: re.Match[str]) -> CalendarDay | None:
    parts = match.groupdict()
    day = _read_ordinal(parts.get("day"))
    if day > 31:
        return None
    return CalendarDay(
        match[0],
        match.start(),
        match.end(),
        year=_read_ordinal(parts.get("year")),
        month=int(parts.get("iso") or _month_number(parts.get("month"))),
        day=day,
        last_day=_read_ordinal(parts.get("last")),
        weekday=(parts.get("weekday") or "").casefold(),
    )


def _month_number(name: str | None) -> int:
    if not name:
        return 0
    start = name.casefold()[:3]
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(start))


def _read_ordinal(text: str | None) -> int:
    if not text:
        return 0
    numbers: Iterator[int] = (int(number.values[0]) for number in read_numbers(text))
    return next(numbers, 0)


def _weekday(day: CalendarDay) -> str:
    # A part that the text does not give is 0, which is no date either.
    try:
        return WEEKDAYS[dt.date(day.year, day.month, day.day).weekday()]
    except ValueError:
        return ""
