"""Front matter as lines of `.. key: value`, mostly in a comment of HTML, as Nikola has it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from podcast.errors import PublishError
from podcast.model import Fact

# Nikola's handbook, "Metadata fields".
_FRONT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--[ \t]*\r?\n)?(?P<lines>(?:\.\. [\w-]+:[^\r\n]*\r?\n)+)"
    rb"(?:\s*-->[ \t]*(?:\r?\n|\Z))?"
)
_ENTRY = re.compile(rb"\.\. (?P<key>[\w-]+):(?P<value>[^\r\n]*)(?P<end>\r?\n)")


def is_nikola(post: bytes) -> bool:
    """Tell whether the post begins with such lines."""
    return _FRONT.match(post) is not None


def with_facts(post: bytes, facts: Mapping[str, Fact], name: str) -> bytes:
    """The post with these keys in its front matter; see `post.with_facts`.

    Every value is text there.
    """
    entries = _entries(post, name)
    written = {key.encode(): _line(value, name, key) for key, value in facts.items()}
    present = {entry["key"].lower() for entry in entries}
    eol = entries[-1]["end"]
    added = b"".join(
        b".. " + key + b": " + value + eol
        for key, value in written.items()
        if key not in present
    )
    end = entries[-1].end()
    result = post[:end] + added + post[end:]
    for entry in reversed(entries):
        if (value := written.get(entry["key"].lower())) is not None:
            result = (
                result[: entry.start("value")] + b" " + value + result[entry.end("value") :]
            )
    return result


def without_keys(post: bytes, keys: Collection[str], name: str) -> bytes:
    """The post without the lines of these keys in its front matter."""
    result = post
    for entry in reversed(_entries(post, name)):
        if entry["key"].decode().lower() in keys:
            result = result[: entry.start()] + result[entry.end() :]
    return result


def body_at(post: bytes, name: str) -> int:
    """Where the line after the front matter begins, in bytes."""
    return _matched(post, name).end()


def _entries(post: bytes, name: str) -> list[re.Match[bytes]]:
    found = _matched(post, name)
    return list(_ENTRY.finditer(post, found.start("lines"), found.end("lines")))


def _matched(post: bytes, name: str) -> re.Match[bytes]:
    found = _FRONT.match(post)
    if not found:
        raise PublishError(
            f"{name}: no front matter to write to. Begin the post with '.. title: ...'"
        )
    return found


def _line(value: Fact, name: str, key: str) -> bytes:
    # The comment that the lines stand in must not end in one of them.
    line = " ".join(str(value).split()).replace("-->", "--&gt;")
    if not line.isprintable():
        raise PublishError(
            f"{name}: {key} has characters that front matter cannot hold: {line!r}"
        )
    return line.encode()
