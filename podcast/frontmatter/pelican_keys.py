"""Front matter as lines of `Key: value` up to an empty line, as Pelican has it.

Source: Python-Markdown's extension "Meta-Data": keys in any case, further lines of a value
indented by four.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from podcast.errors import PublishError
from podcast.model import Fact

_ENTRY = re.compile(
    rb" {0,3}(?P<key>[A-Za-z0-9_-]+):[ \t]*"
    rb"(?P<value>[^\r\n]*(?:\r?\n {4}[^\r\n]*)*)(?P<end>\r?\n|\Z)"
)
_BOM = b"\xef\xbb\xbf"


def is_lines(post: bytes) -> bool:
    """Tell whether the post begins with such lines, a title among them."""
    return any(entry["key"].lower() == b"title" for entry in _find_metadata(post))


def with_facts(post: bytes, facts: Mapping[str, Fact], name: str) -> bytes:
    """The post with these keys in its front matter; see `post.with_facts`.

    Every value is text there.
    """
    entries = _find_metadata(post)
    end = entries[-1].end()
    eol = entries[0]["end"] or b"\n"
    written = {key.encode(): _line(value, name, key) for key, value in facts.items()}
    present = {entry["key"].lower() for entry in entries}
    added = b"".join(
        key + b": " + value + eol for key, value in written.items() if key not in present
    )
    # The last line of the file may lack its end.
    if added and not entries[-1]["end"]:
        added = eol + added

    result = post[:end] + added + post[end:]
    for entry in reversed(entries):
        value = written.get(entry["key"].lower())
        if value is not None:
            result = _replace_value(result, entry, value)
    return result


def _replace_value(post: bytes, entry: re.Match[bytes], value: bytes) -> bytes:
    """Put a value in the place of an entry's, with a space after a colon that has none."""
    start, end = entry.span("value")
    if start == entry.end("key") + 1:
        value = b" " + value
    return post[:start] + value + post[end:]


def without_keys(post: bytes, keys: Collection[str], _name: str) -> bytes:
    """The post without the lines of these keys in its front matter."""
    result = post
    for entry in reversed(_find_metadata(post)):
        if entry["key"].decode().lower() in keys:
            result = result[: entry.start()] + result[entry.end() :]
    return result


def body_at(post: bytes, _name: str) -> int:
    """Where the empty line after the front matter begins, in bytes."""
    return _find_metadata(post)[-1].end()


def _find_metadata(post: bytes) -> list[re.Match[bytes]]:
    found = []
    at = len(_BOM) if post.startswith(_BOM) else 0
    while entry := _ENTRY.match(post, at):
        found.append(entry)
        at = entry.end()
        if not entry["end"]:
            break
    return found


def _line(value: Fact, name: str, key: str) -> bytes:
    line = " ".join(str(value).split())
    if not line.isprintable():
        raise PublishError(
            f"{name}: {key} has characters that front matter cannot hold: {line!r}"
        )
    return line.encode()
