"""One post: a file with front matter becomes an Edition."""

from __future__ import annotations

import datetime as dt
import math
import re
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from podcast.document.plain_line import read_plain_line
from podcast.errors import ReadError, not_utf8
from podcast.frontmatter.reader import FrontMatter, front_matter
from podcast.model import Edition, Usd
from podcast.read.post_dates import cut_date_within, read_dates
from podcast.read.posts.body import PostSigns, parse_body
from podcast.read.posts.episode_keys import read_details
from podcast.read.publication import DRAFTS, find_hiding, read_publication

# A larger file is no post.
MOST_BYTES = 10_000_000
# A longer name of an author is none.
MOST_NAME = 80


@dataclass(frozen=True, slots=True)
class PostForm:
    """How a show's posts say what others say otherwise."""

    byline: str = ""
    """The line that signs a story, with `{name}`: `_Summarized by: {name}_`."""
    date_keys: tuple[str, ...] = ()
    """Keys of the front matter that hold the date, before the usual ones."""
    has_prefixed_keys: bool = False
    """What a post says of its episode is in keys that begin with `podcast_` alone."""
    draft_date: dt.date | None = None
    """The date of a post in `_drafts/` that has none, as a rule today; None: it is no post."""


PLAIN_FORM = PostForm()


def read_post(path: Path, form: PostForm = PLAIN_FORM) -> Edition:
    """Read the post at `path`.

    Any Markdown with a date, in front matter, name, folder or address.

    Raises ReadError for a malformed post.
    """
    text = _read_plain_text(path)
    front, body = front_matter(path, text)
    undated = form.draft_date if DRAFTS in path.absolute().parts[:-1] else None
    dated = read_dates(path, name_of(path), front, form.date_keys, undated)
    title = front.line("title")
    words = cut_date_within(name_of(path), dated.date)
    named = re.sub(r"[-_ ]+", " ", words).strip().capitalize() or "Edition"
    signs = PostSigns(form.byline, read_authors(front), has_title=bool(title))
    parsed = parse_body(path, body, title or named, signs)
    return Edition(
        date=dated.date,
        slug=slug_of(path, dated.date),
        title=title or parsed.title or named,
        stories=parsed.stories,
        subtitle=front.any_text("subtitle", "description", "summary", "excerpt"),
        others=parsed.others,
        left_out=(*dated.passed_over, *parsed.left_out),
        staff=parsed.staff,
        kind=parsed.kind,
        authors=parsed.authors,
        path=path,
        time=dated.time,
        model=front.line("desk_model"),
        cost=_cost(path, front),
        publication=read_publication(front),
        details=read_details(front, is_prefixed=form.has_prefixed_keys),
        post_text=text,
    )


def _cost(path: Path, front: FrontMatter) -> Usd:
    """What the newsroom noted that the edition cost, in US$."""
    written = front.values.get("desk_cost") or 0
    try:
        cost = float(str(written))
    except ValueError:
        cost = math.nan
    if not 0 <= cost < math.inf:
        raise ReadError(
            path, front.lines["desk_cost"], f"desk_cost: {written!r} is no sum", "Write 0.05"
        )
    return Usd(cost)


def read_authors(front: FrontMatter) -> tuple[str, ...]:
    """The authors that front matter names, as text, list, or mappings with a `name`."""
    names = [name for key in ("author", "authors") for name in _names_in(front.values.get(key))]
    lines = (read_plain_line(name) for name in names)
    return tuple(dict.fromkeys(line for line in lines if line and len(line) <= MOST_NAME))


def _names_in(value: object) -> list[str]:
    if isinstance(value, str):
        return [part for part in re.split(r"\s*[;,]\s+|\s+(?:and|&)\s+", value.strip()) if part]
    if isinstance(value, Mapping):
        return _names_in(value.get("name"))
    if isinstance(value, list):
        return [name for each in value for name in _names_in(each)]
    return []


def read_date(path: Path, form: PostForm = PLAIN_FORM) -> dt.date:
    """The date of the post at `path`. Raises ReadError when it has none, or is none."""
    front, _ = front_matter(path, _read_plain_text(path))
    return read_dates(path, name_of(path), front, form.date_keys).date


def is_hidden(path: Path) -> bool:
    """Tell whether the blog never shows the post as it is; False for one that is broken."""
    try:
        publication = read_publication(front_matter(path, _read_plain_text(path))[0])
    except ReadError:
        return False
    return bool(find_hiding(publication, path))


def _read_plain_text(path: Path) -> str:
    """The whole file with plain line ends and without a byte order mark."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(path, None, "this is a folder", "Name a post in it")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(path, None, "this is no ordinary file", "Name a Markdown post")
        if status.st_size > MOST_BYTES:
            size = f"the file has {status.st_size / 1e6:.1f} MB"
            what = f"{size}, and a post has at most {MOST_BYTES // 1_000_000}"
            raise ReadError(path, None, what, "Name a Markdown post")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(path, None, "there is no such file", "Check the name") from error
    except PermissionError as error:
        raise ReadError(
            path, None, "no permission to read it", f"Allow it: chmod u+r {path}"
        ) from error
    except OSError as error:
        raise ReadError(path, None, f"it cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(path, *not_utf8(error), "Save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def name_of(path: Path) -> str:
    """What the post is called.

    Its folder's name where Hugo keeps it as `index.md` beside its pictures.
    """
    return path.parent.name if path.stem == "index" else path.stem


def slug_of(path: Path, date: dt.date) -> str:
    """The stem with the date in front, in letters, digits and hyphens of ASCII."""
    words = cut_date_within(name_of(path), date)
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    hyphenated = re.sub(r"[^a-z0-9]+", "-", ascii_words.lower()).strip("-")
    # A file name has 255 bytes at most; the date, endings and a digest stand beside these.
    return f"{date}-{hyphenated[:150] or 'edition'}"
