"""Front matter in YAML between lines of `---`, as Jekyll, Hugo and most others have it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from podcast.errors import PublishError
from podcast.frontmatter.yaml_loader import load_yaml
from podcast.model import Fact

if TYPE_CHECKING:
    import yaml

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*(\r\n|\n|\r)")
_CLOSING = re.compile(rb"(?:^|(?<=\r))(?:-{3,}|\.\.\.)[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
# What every YAML reads as text without quotes: not `1e3`, `0x1f`, `no` or `12:30`.
_PLAIN = re.compile(r"(?!0[a-z])(?=.*[a-z]{2})[a-z0-9][a-z0-9._-]*", re.IGNORECASE)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)?")
_BLOCK_COMMENT = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*)")
_EMPTY_LINES = re.compile(r"(?:[\r\n] *)+\Z")
_WORDS = {"yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}
# What would end the quotes, what Liquid would see, and what YAML wants escaped.
_ESCAPED = re.compile(
    r'["\\]|\{(?=[{%])|[^ '
    r"-~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def with_facts(post: bytes, facts: Mapping[str, Fact], name: str) -> bytes:
    """The post with these keys in its front matter; see `post.with_facts`."""
    head, start, end, eol = _find_head(post, name)
    entries = list(_entries(head, name))
    new = head
    # From the last to the first, so that the places of those before stay right.
    for entry in reversed(entries):
        if entry.key in facts:
            written = _in_place(head, entry, facts[entry.key])
            new = new[: entry.colon] + written + new[entry.end :]
    indent = " " * entries[0].column if entries else ""
    present = {entry.key for entry in entries}
    for key, value in facts.items():
        if key not in present:
            new += f"{indent}{key}: {_scalar(value)}{eol}"
    result = post[:start] + new.encode() + post[end:]
    _verify(result, entries, facts, name)
    return result


def without_keys(post: bytes, keys: Collection[str], name: str) -> bytes:
    """The post without the lines of these keys in its front matter."""
    head, start, end, _ = _find_head(post, name)
    entries = list(_entries(head, name))
    new = head
    for entry in reversed(entries):
        if entry.key in keys:
            first = head.rfind("\n", 0, entry.colon) + 1
            last = head.find("\n", entry.end)
            new = new[:first] + new[last + 1 if last >= 0 else len(head) :]
    result = post[:start] + new.encode() + post[end:]
    _verify(result, [entry for entry in entries if entry.key not in keys], {}, name)
    return result


def body_at(post: bytes, name: str) -> int:
    """Where the line after the front matter begins, in bytes."""
    end = _find_head(post, name)[2]
    found = _LINE.match(post, end)
    return found.end() if found else len(post)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A top-level key of the front matter and where it is, in characters."""

    key: str
    column: int
    colon: int
    """Just after the key's colon."""
    value: int
    """Where the value begins."""
    end: int
    """Where the value ends."""
    text: str
    """Key and value as they are written."""


def _find_head(post: bytes, name: str) -> tuple[str, int, int, str]:
    """The front matter, where it begins and ends in the post, and how its lines end."""
    opening = _OPENING.match(post)
    closing = _CLOSING.search(post, opening.end()) if opening else None
    if not (opening and closing):
        raise PublishError(
            f"{name}: no front matter to write to. Begin the post with a line '---', keys, "
            f"'---'"
        )
    try:
        head = post[opening.end() : closing.start()].decode()
    except UnicodeDecodeError as error:
        raise PublishError(
            f"{name}: the front matter is not UTF-8. Save the file as UTF-8"
        ) from error
    return head, opening.end(), closing.start(), opening[1].decode()


def _entries(head: str, name: str) -> Iterator[_Entry]:
    import yaml

    try:
        node, _ = load_yaml(head)
    except (yaml.YAMLError, RecursionError) as error:
        problem = " ".join(str(getattr(error, "problem", None) or error).split())
        raise PublishError(
            f"{name}: the front matter is not YAML: {problem}. Repair it"
        ) from error
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise PublishError(
            f"{name}: the front matter has no lines 'key: value' to add to. Write it as such"
        )
    for key, value in node.value:
        start, end = key.start_mark.index, _end(value, head)
        colon = head.index(":", key.end_mark.index) + 1
        yield _Entry(
            key=str(key.value),
            column=key.start_mark.column,
            colon=colon,
            value=max(value.start_mark.index, colon),
            end=max(end, colon),
            text=head[start:end],
        )


def _end(node: yaml.Node, head: str) -> int:
    """Where a value ends.

    After its last character, without comments and empty lines that follow.
    """
    import yaml

    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return _end(node.value[-1][1], head)
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        return _end(node.value[-1], head)
    end = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(_EMPTY_LINES.sub("", head[:end]))
    return int(end)


def _in_place(head: str, entry: _Entry, value: Fact) -> str:
    """What follows the key's colon instead of the old value.

    The same space, the new value, and comments that stood before the old one.
    """
    gap = head[entry.colon : entry.value]
    if not set("\r\n") & set(gap):
        comment = _BLOCK_COMMENT.match(head, entry.value)
        return (gap or " ") + _scalar(value) + (comment[1] if comment else "")
    return f" {_scalar(value)}" + (gap.rstrip() if "#" in gap else "")


def _scalar(value: Fact) -> str:
    """The value as YAML, on one line."""
    if isinstance(value, float):
        written = f"{Decimal(repr(value)):f}"
        return written if "." in written else f"{written}.0"
    if isinstance(value, int):
        return str(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in '"\\':
        return f"\\{match[0]}"
    if code < 0x100:
        return f"\\x{code:02x}"
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\U{code:08x}"


def _texts_without(entries: list[_Entry], facts: Mapping[str, Fact]) -> list[str]:
    return [entry.text for entry in entries if entry.key not in facts]


def _verify(result: bytes, before: list[_Entry], facts: Mapping[str, Fact], name: str) -> None:
    """Raise PublishError unless the facts read back as they are, other keys as they were."""
    import yaml

    entries = list(_entries(_find_head(result, name)[0], name))
    if _texts_without(entries, facts) != _texts_without(before, facts):
        raise PublishError(
            f"{name}: writing the facts would change other keys. Write its front matter plainly"
        )

    read: dict[str, object] = {}
    for entry in entries:
        if entry.key in facts:
            read |= yaml.safe_load(entry.text)
    for key, value in facts.items():
        if type(read.get(key)) is not type(value) or read[key] != value:
            what = f"{key} would be read as {read.get(key)!r}, not {value!r}"
            raise PublishError(f"{name}: {what}. Write its front matter plainly")
