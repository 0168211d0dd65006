"""Front matter.

YAML between `---` as most have it, TOML between `+++` (Hugo), JSON, bare lines (Pelican), or a
language that the opening line names (Eleventy).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from podcast.document.plain_line import read_plain_line
from podcast.errors import ReadError
from podcast.frontmatter.named_fences import NAMED_FENCE, find_end, object_to_yaml
from podcast.frontmatter.yaml_loader import load_yaml
from podcast.util.toml_files import parse_toml

# Jekyll's own rule, YAML_FRONT_MATTER_REGEXP in its lib/jekyll/document.rb, with the longer
# closing lines that Hugo takes.
_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*$\n?", re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# Python-Markdown's extension "Meta-Data".
_LINE = re.compile(r" {0,3}([A-Za-z0-9_-]+):[ \t]*([^\n]*(?:\n {4}[^\n]*)*)(?:\n|\Z)")
# Nikola's handbook, "Metadata fields".
_NIKOLA = re.compile(r"\s*(?:<!--\s*\n)?(?:\.\. [\w-]+:[^\n]*\n)+(?:\s*-->[ \t]*(?:\n|\Z))?")
_NIKOLA_LINE = re.compile(r"^\.\. ([\w-]+):([^\n]*)$", re.MULTILINE)
_NULL = {"~", "null", "Null", "NULL"}
_QUOTE = "Put a value that has ': ', '#' or quotes in it in quotes"


def front_matter(path: Path, text: str) -> tuple[FrontMatter, str]:
    """The front matter, and the text after it with empty lines in its place.

    A file may have none.

    Raises ReadError that names the line at fault.
    """
    if opening := NAMED_FENCE.match(text):
        return _named(path, text, opening)
    if text.startswith("+++"):
        return _toml(path, text)
    if text.startswith("---"):
        return _yaml(path, text)
    if text.startswith("{") and (read := _json(path, text)):
        return read
    return _lines(path, text) or _comment(path, text) or (FrontMatter(path, {}, {}), text)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of a post's front matter, with their values and places."""

    path: Path
    values: dict[str, object]
    lines: dict[str, int]
    """Where each key is, counted from 1."""

    def text(self, key: str) -> str:
        """A value as it is written; empty when there is none.

        Raises ReadError when it is no text.
        """
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise ReadError(
                self.path, self.lines[key], f"{key} is not text", "Write it in double quotes"
            )
        return "" if value in _NULL else value

    def any_text(self, *keys: str) -> str:
        """The first of these that is text, as plain text on one line; empty when none is."""
        values = (self.values.get(key) for key in keys)
        texts = (value for value in values if isinstance(value, str) and value not in _NULL)
        return next((line for text in texts if (line := read_plain_line(text))), "")

    def line(self, key: str) -> str:
        """A value as plain text on one line; empty when there is none."""
        return read_plain_line(self.text(key))


def _yaml(path: Path, text: str) -> tuple[FrontMatter, str]:
    """The front matter, and the text after it with empty lines in its place."""
    opening = _OPENING.match(text)
    if not opening:
        raise ReadError(
            path,
            1,
            "no front matter",
            "Begin the post with a line '---', 'title: ...', and '---'",
        )
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise ReadError(path, 1, "the front matter is not closed", "End it with a line '---'")
    head = text[opening.end() : closing.start()]
    return _parse_yaml(path, head), _blanked(text, closing.end())


def _parse_yaml(path: Path, head: str) -> FrontMatter:
    """Parse YAML whose first line is the file's second."""
    try:
        node, values = load_yaml(head)
    except (yaml.YAMLError, RecursionError) as error:
        raise _yaml_fault(path, head, error) from error
    if not isinstance(values, dict):
        raise ReadError(
            path,
            2,
            "the front matter is no list of keys with values",
            "Write 'title: ...' in it",
        )
    keys = node.value if node else []
    lines = {key.value: key.start_mark.line + 2 for key, _ in keys}
    return FrontMatter(path, values, lines)


def _yaml_fault(path: Path, head: str, error: yaml.YAMLError | RecursionError) -> ReadError:
    """The error for front matter that is not YAML, with the line of the mistake."""
    if isinstance(error, yaml.MarkedYAMLError):
        # An open quote is noticed at the very end; the mistake is where it begins.
        unclosed = (error.context or "").startswith("while scanning a quoted")
        mark = error.context_mark if unclosed else error.problem_mark
        line = mark.line + 2 if mark else 2
        problem = " ".join((error.problem or "it cannot be read").split())
        return ReadError(path, line, f"the front matter is not YAML: {problem}", _QUOTE)
    if isinstance(error, yaml.reader.ReaderError):
        line = head.count("\n", 0, error.position) + 2
        what = f"the front matter has the control character U+{ord(head[error.position]):04X}"
        return ReadError(path, line, what, "Remove it")
    return ReadError(path, 2, "the front matter is nested too deeply", "Write plain values")


def _named(path: Path, text: str, opening: re.Match[str]) -> tuple[FrontMatter, str]:
    """Front matter in the language that its opening line names."""
    closing = find_end(text, opening)
    fence = opening["semicolons"] or "---"
    if not closing:
        remedy = f"End it with a line '{fence}'"
        raise ReadError(path, 1, "the front matter is not closed", remedy)

    head, body = text[opening.end() : closing.start()], _blanked(text, closing.end())
    language = (opening["language"] or "json").lower()
    if language == "toml":
        return _parse_toml(path, head), body
    if language in ("yaml", "yml"):
        return _parse_yaml(path, head), body
    if language not in _OBJECTS:
        what = f"the front matter is in {opening['language']}"
        raise ReadError(path, 1, what, "Write it in YAML: '---', 'title: ...', '---'")

    written = object_to_yaml(head)
    if written is None:
        what = "the front matter is a program, of which only an object can be read"
        raise ReadError(path, 1, what, "Write it in YAML: '---', 'title: ...', '---'")
    return _parse_yaml(path, written), body


_OBJECTS = ("js", "javascript", "json", "json5", "jsonc")


def _toml(path: Path, text: str) -> tuple[FrontMatter, str]:
    found = _TOML.match(text)
    if not found:
        raise ReadError(path, 1, "the front matter is not closed", "End it with a line '+++'")
    return _parse_toml(path, found[1]), _blanked(text, found.end())


def _parse_toml(path: Path, head: str) -> FrontMatter:
    """Parse TOML whose first line is the file's second."""
    try:
        values = parse_toml(head)
    except ValueError as error:
        raise _toml_fault(path, str(error)) from error

    written: dict[str, object] = {}
    for key, value in values.items():
        is_moment = isinstance(value, dt.date | dt.time)
        written[key] = value.isoformat() if is_moment else value
    lines = dict.fromkeys(values, 1)
    for found in re.finditer(
        r"""^[ \t]*["']?([A-Za-z0-9_-]+)["']?[ \t]*=""", head, re.MULTILINE
    ):
        lines[found[1]] = head.count("\n", 0, found.start()) + 2
    return FrontMatter(path, written, lines)


def _toml_fault(path: Path, problem: str) -> ReadError:
    """The error for broken TOML; its parser counts lines from the fence on."""
    place = re.search(r"\s*\(at line (\d+)[^)]*\)", problem)
    line = int(place[1]) + 1 if place else 2
    said = problem.replace(place[0], "") if place else problem
    remedy = _QUOTE
    if "date" in said:
        remedy = "Write a day of the calendar, as in date = 2024-05-22"
    return ReadError(path, line, f"the front matter is not TOML: {said}", remedy)


def _lines(path: Path, text: str) -> tuple[FrontMatter, str] | None:
    """None where the text does not begin with such lines, a title among them."""
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    at = 0
    while found := _LINE.match(text, at):
        key = found[1].lower()
        values[key] = " ".join(found[2].split())
        lines[key] = text.count("\n", 0, found.start()) + 1
        if found.end() == at:
            break
        at = found.end()
    # "Note: ..." may open a post that has no front matter at all.
    if "title" not in values:
        return None
    return FrontMatter(path, values, lines), _blanked(text, at)


def _json(path: Path, text: str) -> tuple[FrontMatter, str] | None:
    """Hugo's front matter in JSON; None where the text begins with something else in braces."""
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if not values:
        return None
    return FrontMatter(path, values, dict.fromkeys(values, 1)), _blanked(text, end)


def _comment(path: Path, text: str) -> tuple[FrontMatter, str] | None:
    """Nikola's lines of `.. key: value`, mostly in a comment of HTML.

    None where there are none.
    """
    found = _NIKOLA.match(text)
    if not found:
        return None
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for entry in _NIKOLA_LINE.finditer(text, 0, found.end()):
        values[entry[1].lower()] = entry[2].strip()
        lines[entry[1].lower()] = text.count("\n", 0, entry.start()) + 1
    return FrontMatter(path, values, lines), _blanked(text, found.end())


def _blanked(text: str, at: int) -> str:
    """The text from `at` on, with as many empty lines before it as there were lines."""
    return "\n" * text.count("\n", 0, at) + text[at:]
