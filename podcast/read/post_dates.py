"""Dates as the generators of sites take them.

In front matter, in file names, in folders and in addresses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast.errors import ReadError
from podcast.frontmatter.reader import FrontMatter

FIRST_YEAR = 1900
"""Of a feed's dates: RFC 5322, section 3.3."""

_DATE_KEYS = (
    "date", "pubdate", "publishdate", "publisheddate", "pubdatetime", "datepublished", "published",
    "publishedat", "publishedon", "posted", "created", "createdat", "createddate", "datecreated",
)  # fmt: skip
"""Hugo, Jekyll, Pelican, Zola, Eleventy and Docusaurus say `date`; Astro's themes and others
the rest.

In lower-case and without `_` and `-`, which a key may have."""
_ADDRESS_KEYS = ("permalink", "path", "slug", "url")

_MOMENT = re.compile(
    r"""
    (?P<year>\d{4}) ([-/.]) (?P<month>\d{1,2}) \2 (?P<day>\d{1,2})
    (?: (?:[T ,]|\ at\ )\s* (?P<hour>\d{1,2}) : (?P<minute>\d{2}) (?: : (?P<second>\d{2}) (?:[.,]\d+)? )?
        \s* (?P<half>[ap]\.?m\.?)?
        \s* (?P<zone>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{1,5}|\[[\w/]+\])? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z]{3,}")
_NAMED = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-_.]?)(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?:[-_. "
    r"]+(?=\S)|$)"
)
_WITHIN = re.compile(
    r"""
    (?<![A-Za-z0-9])
    (?: (?P<year>(?:19|20)\d\d) [-_.] (?P<month>\d{1,2}|[A-Za-z]{3,9}) [-_.] (?P<day>\d{1,2})
      | (?P<first_day>\d{1,2}) [-_.] (?P<middle_month>[A-Za-z]{3,9}) [-_.] (?P<last_year>(?:19|20)\d\d) )
    (?![A-Za-z0-9])
    """,
    re.VERBOSE,
)
"""A date further on in a name, as newsletters count their issues: `102-2020-aug-25`."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FOLDERS = re.compile(
    r"(?:^|/)(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?=[-/_]|$)"
)
_ZONES = {
    "UT": 0.0, "UTC": 0.0, "GMT": 0.0, "Z": 0.0, "WET": 0.0, "WEST": 1.0, "BST": 1.0, "CET": 1.0, "CEST": 2.0,
    "EET": 2.0,
    "EEST": 3.0, "MSK": 3.0, "IST": 5.5, "SGT": 8.0, "HKT": 8.0, "AWST": 8.0,
    "JST": 9.0, "KST": 9.0, "AEST": 10.0,
    "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0, "EST": -5.0, "EDT": -4.0, "CST": -6.0, "CDT": -5.0, "MST": -7.0,
    "MDT": -6.0, "PST": -8.0, "PDT": -7.0, "AKST": -9.0, "HST": -10.0, "BRT": -3.0, "ART": -3.0,
}  # fmt: skip
"""Hours before Greenwich's of the zones that posts name by letters."""


@dataclass(frozen=True, slots=True)
class WrittenMoment:
    """A date, and the time of day where one is written."""

    moment: dt.datetime
    has_time: bool


def parse_written(text: str) -> WrittenMoment | None:
    """Parse a date as people write it in front matter; None for what is none, or could be two."""
    text = " ".join(text.strip().strip("<>").split())
    found = _MOMENT.fullmatch(text)
    if found:
        return _read_date_in_numbers(found)
    try:
        return WrittenMoment(dt.datetime.fromisoformat(text), len(text) > len("2024-05-22"))
    except ValueError:
        pass
    if _WORDS.search(text) and re.search(r"\b\d{4}\b", text) and len(text) < 60:
        return _read_date_in_words(text)
    return None


def date_from_name(path: Path, name: str) -> dt.date | None:
    """The date with which a post's name begins, or that its folders make; None without one."""
    found = _NAMED.match(name)
    if found and (found["sign"] or len(found[0].rstrip("-_. ")) == 8):
        return _day(found)
    folders = list(_FOLDERS.finditer(path.parent.as_posix()))
    return _day(folders[-1]) if folders else None


def cut_date(name: str) -> str:
    """The name of a post without the date in it."""
    found = _NAMED.match(name)
    if found and _day(found) and (found["sign"] or len(found[0].rstrip("-_. ")) == 8):
        return name[found.end() :]
    return name


def cut_date_within(name: str, date: dt.date) -> str:
    """The name of a post without its date, wherever in the name it stands."""
    found = _WITHIN.search(name)
    if found and _day_within(found) == date:
        return f"{name[: found.start()]} {name[found.end() :]}".strip("-_. ")
    return cut_date(name)


def read_dates(
    path: Path,
    name: str,
    front: FrontMatter,
    own_keys: Sequence[str] = (),
    undated: dt.date | None = None,
) -> tuple[dt.date, dt.datetime | None]:
    """The date of a post, and the moment of publication when its front matter gives a time.

    The date at the beginning of the file's name goes before the front matter's; an address'
    date, and one further on in the name, come last. A post without any has the date `undated`,
    where one is given. Raises ReadError when there is none, or when what should be one is none.
    """
    key, written = _written_date(front, own_keys)
    moment = parse_written(written) if written else None
    if written and moment is None and key.lower() in ("date", *own_keys):
        remedy = "Write it as 2024-05-22, or 2024-05-22 09:00:00 +0000"
        raise ReadError(path, front.lines.get(key), f"{written!r} is no date", remedy)

    date = _first_date(path, name, front, moment) or undated
    if date is None:
        remedy = "Write 'date: 2024-05-22' in the front matter, or begin the file's name with the date"
        raise ReadError(path, 1, "the post has no date", remedy)

    if min(date, moment.moment.date() if moment else date).year < FIRST_YEAR:
        what = f"the year of {written or date} is too long ago for a feed"
        raise ReadError(path, front.lines.get(key), what, f"Write one from {FIRST_YEAR} on")
    return date, moment.moment if moment and moment.has_time else None


def _first_date(
    path: Path, name: str, front: FrontMatter, moment: WrittenMoment | None
) -> dt.date | None:
    named = _NAMED.match(name)
    if (
        named
        and named["sign"] == "-"
        and len(named["month"]) == len(named["day"]) == 2
        and not _day(named)
    ):
        date = named[0].rstrip("-_. ")
        raise ReadError(path, None, f"the name's {date} is no date", "Rename the file")
    from_name = date_from_name(Path(path.name), name)
    if from_name:
        return from_name
    if moment:
        return moment.moment.date()
    found = _WITHIN.search(name)
    within = _day_within(found) if found else None
    return date_from_name(path, name) or _date_in_address(front) or within


def _date_in_address(front: FrontMatter) -> dt.date | None:
    for key in _ADDRESS_KEYS:
        address = front.values.get(key)
        found = _FOLDERS.search(address) if isinstance(address, str) else None
        if found and (day := _day(found)):
            return day
    return None


def _written_date(front: FrontMatter, own_keys: Sequence[str]) -> tuple[str, str]:
    """The key with the date, and what is written there; both empty without one."""
    names = {_join_words(key): key for key in reversed(front.values)}
    for key in (*own_keys, *_DATE_KEYS):
        name = names.get(_join_words(key))
        value = front.values.get(name) if name else None
        if name and key == "date" and not isinstance(value, str | None):
            raise ReadError(
                front.path, front.lines[name], "date is not text", "Write it in double quotes"
            )
        text = value.strip() if name and isinstance(value, str) else ""
        if not text or text.lower() in _NO_DATES:
            continue
        if key in ("date", *own_keys) or parse_written(text):
            return name or "", text
    return "", ""


def _join_words(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


_NO_DATES = {"~", "null", "true", "false", "none"}


def _read_date_in_numbers(found: re.Match[str]) -> WrittenMoment | None:
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").replace(".", "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        zone = _zone(found["zone"] or "")
        day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
        time = dt.time(
            hour, int(found["minute"] or 0), min(int(found["second"] or 0), 59), tzinfo=zone
        )
    except ValueError:
        return None
    return WrittenMoment(dt.datetime.combine(day, time), found["hour"] is not None)


def _zone(name: str) -> dt.tzinfo | None:
    """The zone of a name or an offset; none for none. Raises ValueError for what is no zone."""
    bare = name.upper().removeprefix("UTC").removeprefix("GMT")
    if not name or name.startswith("["):
        return None
    if not bare or bare in _ZONES:
        return dt.timezone(dt.timedelta(hours=_ZONES[bare or "UTC"]))
    offset = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?", bare)
    if not offset:
        raise ValueError(name)
    minutes = int(offset[2]) * 60 + int(offset[3] or 0)
    return dt.timezone(dt.timedelta(minutes=minutes if offset[1] == "+" else -minutes))


def _read_date_in_words(text: str) -> WrittenMoment | None:
    """A date with the month in letters: `March 4, 2024`, `Mon, 04 Mar 2024 10:00:00 +0000`."""
    from dateutil import parser  # type: ignore[import-untyped]

    zones = {name: round(hours * 3600) for name, hours in _ZONES.items()}
    months = r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    if not re.search(months, text):
        return None
    try:
        moment = parser.parse(text, tzinfos=zones, default=dt.datetime(1, 1, 1))  # noqa: DTZ001
    except (ValueError, OverflowError, TypeError):
        return None
    return WrittenMoment(moment, ":" in text) if moment.year > 1 else None


def _day_within(found: re.Match[str]) -> dt.date | None:
    """The date of a match of `_WITHIN`, its month in figures or letters.

    None for one that is none.
    """
    month = (found["month"] or found["middle_month"]).lower()
    if month[:3] in _MONTHS:
        month = str(_MONTHS.index(month[:3]) + 1)
    try:
        year, day = found["year"] or found["last_year"], found["day"] or found["first_day"]
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
