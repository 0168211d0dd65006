"""Dates as the generators of sites take them.

In front matter, in file names, in folders and in addresses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast.errors import ReadError
from podcast.frontmatter.reader import FrontMatter
from podcast.model import LeftOut

# Of a feed's dates: RFC 5322, section 3.3.
FIRST_YEAR = 1900

# Hugo, Jekyll, Pelican, Zola, Eleventy and Docusaurus say `date`; Astro's themes and others
# the rest.
#
# In lower-case and without `_` and `-`, which a key may have.
_DATE_KEYS = (
    "date", "pubdate", "publishdate", "publisheddate", "pubdatetime", "datepublished",
    "published", "publishedat", "publishedon", "posted", "created", "createdat", "createddate",
    "datecreated",
)  # fmt: skip
_ADDRESS_KEYS = ("permalink", "path", "slug", "url")

_MOMENT = re.compile(
    r"""
    (?P<year>\d{4}) ([-/.]) (?P<month>\d{1,2}) \2 (?P<day>\d{1,2})
    # The time of day, with or without seconds and their fractions.
    (?: (?:[T ,]|\ at\ )\s* (?P<hour>\d{1,2}) : (?P<minute>\d{2})
        (?: : (?P<second>\d{2}) (?:[.,]\d+)? )?
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
# A name that begins so begins with a date; `_NAMED` finds numbers of other things as well.
_DASHED = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?=[-_. ]\S|$)")
# A date further on in a name, as newsletters count their issues: `102-2020-aug-25`.
_WITHIN = re.compile(
    r"""
    (?<![A-Za-z0-9])
    # The year first, `2020-aug-25`, or last, `25-aug-2020`: then the month is a word, for
    # `03-04-2020` may be either of two days.
    (?: (?P<year>(?:19|20)\d\d) [-_.] (?P<month>\d{1,2}|[A-Za-z]{3,9}) [-_.]
        (?P<day>\d{1,2})
      | (?P<first_day>\d{1,2}) [-_.] (?P<middle_month>[A-Za-z]{3,9}) [-_.]
        (?P<last_year>(?:19|20)\d\d) )
    (?![A-Za-z0-9])
    """,
    re.VERBOSE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FOLDERS = re.compile(
    r"(?:^|/)(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?=[-/_]|$)"
)
# Hours before Greenwich's of the zones that posts name by letters.
_ZONES = {
    "UT": 0.0, "UTC": 0.0, "GMT": 0.0, "Z": 0.0,
    # Europe.
    "WET": 0.0, "WEST": 1.0, "BST": 1.0, "CET": 1.0, "CEST": 2.0, "EET": 2.0, "EEST": 3.0,
    "MSK": 3.0,
    # Asia and the Pacific; IST is taken as India's, though Ireland and Israel use it too.
    "IST": 5.5, "SGT": 8.0, "HKT": 8.0, "AWST": 8.0, "JST": 9.0, "KST": 9.0, "AEST": 10.0,
    "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0,
    # The Americas; the first eight are RFC 5322's own, section 4.3.
    "EST": -5.0, "EDT": -4.0, "CST": -6.0, "CDT": -5.0, "MST": -7.0, "MDT": -6.0, "PST": -8.0,
    "PDT": -7.0, "AKST": -9.0, "HST": -10.0, "BRT": -3.0, "ART": -3.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenMoment:
    """A date, and the time of day where one is written."""

    moment: dt.datetime
    has_time: bool


def parse_written(text: str) -> WrittenMoment | None:
    """Parse a date as people write it in front matter; None for none, or for two readings."""
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
    if not folders:
        return None
    return _day(folders[-1])


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


@dataclass(frozen=True, slots=True)
class PostDate:
    """When a post is of."""

    date: dt.date
    time: dt.datetime | None
    """The moment of publication; None where the front matter gives no time."""
    passed_over: tuple[LeftOut, ...] = ()
    """What should be a date and is none, where another one is at hand."""


def read_dates(
    path: Path,
    name: str,
    front: FrontMatter,
    own_keys: Sequence[str] = (),
    undated: dt.date | None = None,
) -> PostDate:
    """Read the date of a post, and the moment when its front matter gives a time.

    The date at the beginning of the file's name goes before the front matter's; an address'
    date, and one further on in the name, come last. A post without any has the date `undated`,
    where one is given. Raises ReadError when there is none.
    """
    written = _written_date(front, own_keys)
    wrong = list(_list_wrong_dates(path, name, front, written))
    moment = written.moment if written else None

    date = _first_date(path, name, front, moment) or undated
    if date is None:
        raise _no_date(path, wrong)

    earliest = min(date, moment.moment.date()) if moment else date
    if earliest.year < FIRST_YEAR:
        text = written.text if written else date
        line = front.lines.get(written.key) if written else None
        what = f"the year of {text} is too long ago for a feed"
        raise ReadError(path, line, what, f"Write one from {FIRST_YEAR} on")

    time = moment.moment if moment and moment.has_time else None
    return PostDate(date, time, tuple(wrong))


def _no_date(path: Path, wrong: Sequence[LeftOut]) -> ReadError:
    """The error for a post without a date, or whose date is none."""
    if not wrong:
        remedy = "Write 'date: 2024-05-22' in the front matter"
        remedy += ", or begin the file's name with the date"
        return ReadError(path, 1, "the post has no date", remedy)

    first = wrong[0]
    if first.kind == "date in the name":
        remedy = "Rename the file or its folder"
        return ReadError(path, None, f"the name's {first.text} is no date", remedy)
    remedy = "Write it as 2024-05-22, or 2024-05-22 09:00:00 +0000"
    return ReadError(path, first.line or None, f"{first.text!r} is no date", remedy)


def _list_wrong_dates(
    path: Path, name: str, front: FrontMatter, written: _Written | None
) -> Iterator[LeftOut]:
    """List what stands where dates do and is none, such as 2021-02-29."""
    if written and written.moment is None:
        line = front.lines.get(written.key, 0)
        yield LeftOut("date", written.text, "it is no date", line)

    for found in (_DASHED.match(name), *_FOLDERS.finditer(path.parent.as_posix())):
        if found and _day(found) is None:
            yield LeftOut("date in the name", found[0].strip("/"), "it is no date")

    for key, found in _addresses(front):
        if _day(found) is None:
            line = front.lines.get(key, 0)
            yield LeftOut("date in the address", found[0].strip("/"), "it is no date", line)


def _first_date(
    path: Path, name: str, front: FrontMatter, moment: WrittenMoment | None
) -> dt.date | None:
    from_name = date_from_name(Path(path.name), name)
    if from_name:
        return from_name
    if moment:
        return moment.moment.date()
    found = _WITHIN.search(name)
    within = _day_within(found) if found else None
    return date_from_name(path, name) or _date_in_address(front) or within


def _date_in_address(front: FrontMatter) -> dt.date | None:
    for _, found in _addresses(front):
        day = _day(found)
        if day:
            return day
    return None


def _addresses(front: FrontMatter) -> Iterator[tuple[str, re.Match[str]]]:
    """Each key with the post's address, and the folders of a date in it."""
    for key in _ADDRESS_KEYS:
        address = front.values.get(key)
        if not isinstance(address, str):
            continue
        found = _FOLDERS.search(address)
        if found:
            yield key, found


@dataclass(frozen=True, slots=True)
class _Written:
    """A date in the front matter."""

    key: str
    text: str
    moment: WrittenMoment | None
    """None where it cannot be read."""


def _written_date(front: FrontMatter, own_keys: Sequence[str]) -> _Written | None:
    """The first date of the front matter, else the first value that should be one."""
    names = {_join_words(key): key for key in reversed(front.values)}
    wrong: _Written | None = None
    for key in (*own_keys, *_DATE_KEYS):
        name = names.get(_join_words(key))
        text = _text_of(front, name, key) if name else ""
        if not name or not text:
            continue

        moment = parse_written(text)
        is_its_date = key in ("date", *own_keys)
        if moment or is_its_date:
            return _Written(name, text, moment)
        # Other keys may mean something else: `created: by hand`.
        if _DATE_LIKE.match(text):
            wrong = wrong or _Written(name, text, None)
    return wrong


def _text_of(front: FrontMatter, name: str, key: str) -> str:
    """What is written under the key; empty where it is nothing."""
    value = front.values[name]
    if key == "date" and not isinstance(value, str | None):
        raise ReadError(
            front.path, front.lines[name], "date is not text", "Write it in double quotes"
        )
    if not isinstance(value, str) or value.strip().lower() in _NO_DATES:
        return ""
    return value.strip()


def _join_words(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")


_DATE_LIKE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_NO_DATES = {"~", "null", "true", "false", "none"}


def _read_date_in_numbers(found: re.Match[str]) -> WrittenMoment | None:
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").replace(".", "").lower()
    if half:
        hour %= 12  # 12 am is midnight, 12 pm is noon.
    if half == "pm":
        hour += 12
    try:
        zone = _zone(found["zone"] or "")
        day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
        # A leap second is the 60th, which Python's clock has not.
        second = min(int(found["second"] or 0), 59)
        time = dt.time(hour, int(found["minute"] or 0), second, tzinfo=zone)
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
    distance = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    if offset[1] == "-":
        distance = -distance
    return dt.timezone(distance)


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
    if moment.year == 1:
        return None  # The year of `default`: the text has none.
    return WrittenMoment(moment, ":" in text)


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
