"""Front matter as an object in JSON, as Hugo has it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from podcast.errors import PublishError
from podcast.model import Fact

_BOM = "\ufeff"
_SPACE = re.compile(r"\s*")
_REST_OF_LINE = re.compile(rb"[ \t]*(?:\r?\n)?")


@dataclass(frozen=True, slots=True)
class _Member:
    """A key with its value, and where they are, in characters."""

    key: str
    lead: str
    """What stands before the key: a comma, white space."""
    start: int
    value: int
    end: int


def is_json(post: bytes) -> bool:
    """Tell whether the post begins with an object in JSON that has a key."""
    text = post.decode("utf-8", "replace").removeprefix(_BOM)
    if not text.startswith("{"):
        return False
    try:
        values, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return bool(values)


def with_facts(post: bytes, facts: Mapping[str, Fact], name: str) -> bytes:
    """The post with these keys in its front matter; see `post.with_facts`.

    Missing keys go to its end.
    """
    text, members = _parse_members(post, name)
    result = text
    missing = [key for key in facts if key not in {member.key for member in members}]
    lead = members[0].lead
    added = "".join(f",{lead}{json.dumps(key)}: {_write(facts[key])}" for key in missing)
    end = members[-1].end
    result = result[:end] + added + result[end:]
    for member in reversed(members):
        if member.key in facts:
            result = result[: member.value] + _write(facts[member.key]) + result[member.end :]

    _verify(text, result, dict(facts), (), name)
    return result.encode()


def without_keys(post: bytes, keys: Collection[str], name: str) -> bytes:
    """The post without these keys in its front matter."""
    text, members = _parse_members(post, name)
    remaining = [member for member in members if member.key not in keys]
    parts: list[str] = []
    for member in remaining:
        # The first has no comma before it.
        lead = member.lead if parts else members[0].lead
        parts.append(lead + text[member.start : member.end])
    opening = text.index("{") + 1
    result = text[:opening] + "".join(parts) + text[members[-1].end :]
    _verify(text, result, {}, keys, name)
    return result.encode()


def body_at(post: bytes, name: str) -> int:
    """Where the line after the front matter begins, in bytes."""
    text, members = _parse_members(post, name)
    end = len(text[: text.index("}", members[-1].end) + 1].encode())
    found = _REST_OF_LINE.match(post, end)
    return found.end() if found else end


def _parse_members(post: bytes, name: str) -> tuple[str, list[_Member]]:
    """The text, and the members of the object with which it begins."""
    try:
        text = post.decode()
        members = _find_members(text)
    except (ValueError, RecursionError) as error:
        raise PublishError(
            f"{name}: the front matter is not JSON: {error}. Repair it"
        ) from error
    return text, members


def _find_members(text: str) -> list[_Member]:
    decoder = json.JSONDecoder()
    at = text.index("{") + 1
    members: list[_Member] = []
    while True:
        start = _skip_space(text, at)
        key, colon = decoder.raw_decode(text, start)
        value = _skip_space(text, text.index(":", colon) + 1)
        _, end = decoder.raw_decode(text, value)
        members.append(_Member(str(key), text[at:start], start, value, end))
        following = _skip_space(text, end)
        if text[following : following + 1] != ",":
            return _with_commas(text, members)
        at = following + 1


def _with_commas(text: str, members: list[_Member]) -> list[_Member]:
    """The members, each further one led by everything after the one before it."""
    first, *others = members
    led = [first]
    for before, member in zip(members, others, strict=False):
        lead = text[before.end : member.start]
        led.append(_Member(member.key, lead, member.start, member.value, member.end))
    return led


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _write(value: Fact) -> str:
    return json.dumps(value, ensure_ascii=False)


def _verify(
    before: str, after: str, facts: dict[str, Fact], without: Collection[str], name: str
) -> None:
    """Raise PublishError unless the facts read back as they are, other keys as they were."""
    old, new = _read_object(before), _read_object(after)
    wanted = {key: value for key, value in old.items() if key not in without} | facts
    if new != wanted:
        raise PublishError(
            f"{name}: writing the facts would change other keys. Write its front matter plainly"
        )


def _read_object(text: str) -> dict[str, object]:
    values, _ = json.JSONDecoder().raw_decode(text.removeprefix(_BOM))
    return dict(values)
