"""One post: a file with front matter becomes an Edition."""

from __future__ import annotations

import datetime as dt
import math
import re
import stat
import unicodedata
from pathlib import Path

from podcast.errors import ReadError, not_utf8
from podcast.frontmatter.reader import FrontMatter, front_matter
from podcast.model import Edition, Usd
from podcast.read.posts.body import parse_body
from podcast.read.publication import find_hiding, read_publication

MOST_BYTES = 10_000_000
"""A larger file is no post."""

_FIRST_YEAR = 1900
"""Of a feed's dates: RFC 5322, section 3.3."""
_FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})-(?=.)")


def read_post(path: Path) -> Edition:
    """The Edition that the post at `path` holds: any Markdown with front matter.

    The date is the file name's, else the front matter's. Raises ReadError for a malformed post.
    """
    text = _text(path)
    front, body = front_matter(path, text)
    date, time = _date(path, front)
    slug = slug_of(path, date)
    title = front.line("title") or slug[11:].replace("-", " ").capitalize()
    parsed = parse_body(path, body, title)
    return Edition(
        date=date,
        slug=slug,
        title=title,
        stories=parsed.stories,
        subtitle=front.line("subtitle") or front.line("description") or front.line("summary"),
        others=parsed.others,
        left_out=parsed.left_out,
        staff=parsed.staff,
        path=path,
        time=time,
        model=front.line("desk_model"),
        cost=_cost(path, front),
        publication=read_publication(front),
    )


def _cost(path: Path, front: FrontMatter) -> Usd:
    """What the newsroom noted that the edition cost, in US$."""
    written = front.values.get("desk_cost") or 0
    try:
        cost = float(str(written))
    except ValueError:
        cost = math.nan
    if not 0 <= cost < math.inf:
        raise ReadError(path, front.lines["desk_cost"], f"desk_cost: {written!r} is no sum", "Write 0.05")
    return Usd(cost)


def read_date(path: Path) -> dt.date:
    """The date of the post at `path`. Raises ReadError when it has none, or is none."""
    return _date(path, front_matter(path, _text(path))[0])[0]


def is_hidden(path: Path) -> bool:
    """Whether the post's blog never shows it as it is; False for a post that cannot be read."""
    try:
        publication = read_publication(front_matter(path, _text(path))[0])
    except ReadError:
        return False
    return bool(find_hiding(publication, path))


def _text(path: Path) -> str:
    """The whole file with plain line ends and without a byte order mark."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(path, None, "this is a folder", "Name a post in it")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(path, None, "this is no ordinary file", "Name a Markdown post")
        if status.st_size > MOST_BYTES:
            size = f"{status.st_size / 1e6:.1f} MB, and a post has at most {MOST_BYTES // 1_000_000}"
            raise ReadError(path, None, f"the file has {size}", "Name a Markdown post")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(path, None, "there is no such file", "Check the name") from error
    except PermissionError as error:
        raise ReadError(path, None, "no permission to read it", f"Allow it: chmod u+r {path}") from error
    except OSError as error:
        raise ReadError(path, None, f"it cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(path, *not_utf8(error), "Save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _date(path: Path, front: FrontMatter) -> tuple[dt.date, dt.datetime | None]:
    """The date, and the moment of publication when the front matter gives a time."""
    written = front.text("date").strip()
    moment, iso = None, ""
    if written:
        # Ruby writes `2024-05-22 09:00:00 +0200`, and `UTC` for Z.
        iso = re.sub(r"(?<![ \t])[ \t]+(?=[+-]\d|Z$)", "", re.sub(r"(?<!\s)\s*UTC$", "Z", written))
        try:
            moment = dt.datetime.fromisoformat(iso)
        except ValueError as error:
            remedy = "Write it as 2024-05-22, or 2024-05-22 09:00:00 +0000"
            raise ReadError(path, front.lines["date"], f"{written!r} is no date", remedy) from error
    if named := _FILE_DATE.match(name_of(path)):
        try:
            date = dt.date.fromisoformat(named[1])
        except ValueError as error:
            raise ReadError(path, None, f"the name's {named[1]} is no date", "Rename the file") from error
    elif moment:
        date = moment.date()
    else:
        remedy = "Write 'date: 2024-05-22' in the front matter, or begin the file's name with the date"
        raise ReadError(path, 1, "the post has no date", remedy)
    if min(date, moment.date() if moment else date).year < _FIRST_YEAR:
        what = f"the year of {written or date} is too long ago for a feed"
        raise ReadError(path, front.lines.get("date"), what, f"Write one from {_FIRST_YEAR} on")
    return date, moment if len(iso) > len("2024-05-22") else None


def name_of(path: Path) -> str:
    """What the post is called: its folder's name where Hugo keeps it as `index.md` beside its pictures."""
    return path.parent.name if path.stem == "index" else path.stem


def slug_of(path: Path, date: dt.date) -> str:
    """The stem with the date in front, in letters, digits and hyphens of ASCII."""
    words = _FILE_DATE.sub("", name_of(path), count=1)
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return f"{date}-{re.sub(r'[^a-z0-9]+', '-', ascii_words.lower()).strip('-')[:150] or 'edition'}"
