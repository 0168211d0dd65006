"""One post: a file with front matter becomes an Edition."""

from __future__ import annotations

import datetime as dt
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import yaml

from podcast.errors import ReadError
from podcast.model import Edition
from podcast.sources.jekyll.body import parse_body
from podcast.sources.jekyll.clean import clean_line

MOST_BYTES = 10_000_000
"""A larger file is no post."""

# Jekyll's own rule: YAML_FRONT_MATTER_REGEXP in its lib/jekyll/document.rb.
_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$\n?", re.MULTILINE)
_FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})-(?=.)")
_NULL = {"~", "null", "Null", "NULL"}


def read_post(path: Path) -> Edition:
    """The Edition that the post at `path` holds: any Markdown with front matter.

    The date is the file name's, else the front matter's. Raises ReadError for a malformed post.
    """
    text = _text(path)
    front, body = _front_matter(path, text)
    date, time = _date(path, front)
    slug = _slug(path, date)
    title = front.line("title") or slug[11:].replace("-", " ").capitalize()
    parsed = parse_body(path, body, title)
    return Edition(
        date=date,
        slug=slug,
        title=title,
        stories=parsed.stories,
        subtitle=front.line("subtitle") or front.line("description"),
        others=parsed.others,
        staff=parsed.staff,
        path=path,
        time=time,
    )


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
        bad = data[error.start]
        line = len(re.findall(rb"\r\n?|\n", data[: error.start])) + 1
        raise ReadError(path, line, f"byte 0x{bad:02x} is not UTF-8", "Save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class _FrontMatter:
    path: Path
    values: dict[str, object]
    lines: dict[str, int]
    """Where each key is, counted from 1."""

    def text(self, key: str) -> str:
        """A value as it is written; empty when there is none. Raises ReadError when it is no text."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise ReadError(self.path, self.lines[key], f"{key} is not text", "Write it in double quotes")
        return "" if value in _NULL else value

    def line(self, key: str) -> str:
        """A value as plain text on one line; empty when there is none."""
        return clean_line(self.text(key))


class _Loader(yaml.BaseLoader):
    """Knows text, lists and mappings alone: a title `1984` or `No` stays what is written.

    Refuses aliases, which can make a short text expand without end.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias (*name) is not allowed", mark)
        return super().compose_node(parent, index)


def _front_matter(path: Path, text: str) -> tuple[_FrontMatter, str]:
    """The front matter, and the text after it with empty lines in its place."""
    opening = _OPENING.match(text)
    if not opening:
        raise ReadError(
            path, 1, "no front matter", "Begin the post with a line '---', 'title: ...', and '---'"
        )
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise ReadError(path, 1, "the front matter is not closed", "End it with a line '---'")
    head = text[opening.end() : closing.start()]
    body = "\n" * text.count("\n", 0, closing.end()) + text[closing.end() :]
    loader = None
    try:
        loader = _Loader(head)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else {}
    except yaml.MarkedYAMLError as error:
        # An open quote is noticed at the very end; the mistake is where it begins.
        unclosed = (error.context or "").startswith("while scanning a quoted")
        mark = error.context_mark if unclosed else error.problem_mark
        line = (mark.line if mark else 0) + 2
        problem = " ".join((error.problem or "it cannot be read").split())
        raise ReadError(path, line, f"the front matter is not YAML: {problem}", _QUOTE) from error
    except yaml.reader.ReaderError as error:
        line = head.count("\n", 0, error.position) + 2
        code = f"U+{ord(head[error.position]):04X}"
        raise ReadError(
            path, line, f"the front matter has the control character {code}", "Remove it"
        ) from error
    except RecursionError as error:
        raise ReadError(path, 2, "the front matter is nested too deeply", "Write plain values") from error
    finally:
        if loader:
            loader.dispose()
    if not isinstance(values, dict):
        raise ReadError(
            path, 2, "the front matter is no list of keys with values", "Write 'title: ...' in it"
        )
    lines = {key.value: key.start_mark.line + 2 for key, _ in node.value} if node else {}
    return _FrontMatter(path, values, lines), body


_QUOTE = "Put a value that has ': ', '#' or quotes in it in quotes"


def _date(path: Path, front: _FrontMatter) -> tuple[dt.date, dt.datetime | None]:
    """The date, and the moment of publication when the front matter gives one with its zone."""
    written = front.text("date").strip()
    moment = None
    if written:
        # Ruby writes `2024-05-22 09:00:00 +0200`, and `UTC` for Z.
        iso = re.sub(r"[ \t]+(?=[+-]\d|Z$)", "", re.sub(r"\s*UTC$", "Z", written))
        try:
            moment = dt.datetime.fromisoformat(iso)
        except ValueError as error:
            remedy = "Write it as 2024-05-22, or 2024-05-22 09:00:00 +0000"
            raise ReadError(path, front.lines["date"], f"{written!r} is no date", remedy) from error
    if named := _FILE_DATE.match(path.stem):
        try:
            date = dt.date.fromisoformat(named[1])
        except ValueError as error:
            raise ReadError(path, None, f"the name's {named[1]} is no date", "Rename the file") from error
    elif moment:
        date = moment.date()
    else:
        remedy = "Write 'date: 2024-05-22' in the front matter, or begin the file's name with the date"
        raise ReadError(path, 1, "the post has no date", remedy)
    return date, moment if moment and moment.tzinfo else None


def _slug(path: Path, date: dt.date) -> str:
    """The stem with the date in front, in letters, digits and hyphens of ASCII."""
    words = _FILE_DATE.sub("", path.stem, count=1)
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return f"{date}-{re.sub(r'[^a-z0-9]+', '-', ascii_words.lower()).strip('-')[:150] or 'edition'}"
