"""Front matter in TOML between lines of `+++`, as Hugo has it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from podcast.errors import PublishError
from podcast.model import Fact
from podcast.util.toml_files import parse_toml

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_FRONT = re.compile(
    rb"(?:\xef\xbb\xbf)?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)


def is_toml(post: bytes) -> bool:
    """Tell whether the post begins with TOML."""
    return post.removeprefix(b"\xef\xbb\xbf").startswith(b"+++")


def with_facts(post: bytes, facts: Mapping[str, Fact], name: str) -> bytes:
    """The post with these keys in its front matter; see `post.with_facts`.

    tomlkit keeps what it does not change: comments, order, quotes. Missing keys go before the
    first table.
    """
    document, before = _parsed(post, name)
    for key, value in facts.items():
        if before.get(key) != value or type(before.get(key)) is not type(value):
            document[key] = value
    return _written(post, document, before | dict(facts), name)


def without_keys(post: bytes, keys: Collection[str], name: str) -> bytes:
    """The post without the lines of these keys in its front matter."""
    document, before = _parsed(post, name)
    for key in before.keys() & set(keys):
        document.remove(key)
    return _written(
        post, document, {key: before[key] for key in before if key not in keys}, name
    )


def _parsed(post: bytes, name: str) -> tuple[TOMLDocument, dict[str, Any]]:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        text = _matched(post, name)[1].decode()
        return tomlkit.parse(text), parse_toml(text)
    except (ValueError, TOMLKitError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise PublishError(
            f"{name}: the front matter is not TOML: {problem}. Repair it"
        ) from error


def _written(
    post: bytes, document: TOMLDocument, wanted: Mapping[str, object], name: str
) -> bytes:
    """The post with this front matter. PublishError where it would not be read as wanted."""
    import tomlkit

    found = _matched(post, name)
    written = tomlkit.dumps(document)
    if b"\r\n" in found[1]:
        written = re.sub(r"(?<!\r)\n", "\r\n", written)
    if parse_toml(written) != wanted:
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
