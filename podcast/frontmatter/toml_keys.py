"""Front matter in TOML between lines of `+++`, as Hugo has it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from podcast.errors import PublishError
from podcast.model import Fact
from podcast.util.toml_files import parse_toml

_FRONT = re.compile(
    rb"(?:\xef\xbb\xbf)?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


def is_toml(post: bytes) -> bool:
    """Whether the post begins with TOML."""
    return post.removeprefix(b"\xef\xbb\xbf").startswith(b"+++")


def with_facts(post: bytes, facts: Mapping[str, Fact], name: str) -> bytes:
    """The post with these keys in its front matter; see `post.with_facts`.

    tomlkit keeps what it does not change: comments, order, quotes. Missing keys go before the first table.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    found = _matched(post, name)
    try:
        text = found[1].decode()
        before = parse_toml(text)
        document = tomlkit.parse(text)
    except (ValueError, TOMLKitError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise PublishError(f"{name}: the front matter is not TOML: {problem}. Repair it") from error
    for key, value in facts.items():
        if before.get(key) != value or type(before.get(key)) is not type(value):
            document[key] = value
    written = tomlkit.dumps(document)
    if b"\r\n" in found[1]:
        written = re.sub(r"(?<!\r)\n", "\r\n", written)
    if parse_toml(written) != before | dict(facts):
        raise PublishError(
            f"{name}: writing the facts would change other keys. Write its front matter plainly"
        )
    return post[: found.start(1)] + written.encode() + post[found.end(1) :]


def body_at(post: bytes, name: str) -> int:
    """Where the line after the front matter begins, in bytes."""
    return _matched(post, name).end()


def _matched(post: bytes, name: str) -> re.Match[bytes]:
    found = _FRONT.match(post)
    if not found:
        raise PublishError(f"{name}: the front matter is not closed. End it with a line '+++'")
    return found
