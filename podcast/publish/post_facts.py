"""Write an episode's facts into its post: keys of its front matter, and no other byte."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from podcast.errors import ReadError
from podcast.frontmatter import json_keys as front_json
from podcast.frontmatter import nikola_keys as front_nikola
from podcast.frontmatter import pelican_keys as front_lines
from podcast.frontmatter import toml_keys as front_toml
from podcast.frontmatter import yaml_keys as front_yaml
from podcast.frontmatter.named_fences import NAMED_FENCE
from podcast.frontmatter.reader import front_matter
from podcast.model import Episode, Fact

# What the keys begin with where the show has `facts = "prefixed"`.
PREFIX = "podcast_"

# The facts as the magazine, `podcast edition` and we write them.
_FORMS = {
    "audio": re.compile(r"\S+\.mp3"),
    "duration": re.compile(r"(\d+:)?\d\d?:\d\d"),
    "bytes": re.compile(r"\d+"),
    "model": re.compile(r".+"),
    "cost": re.compile(r"\d+(\.\d+)?"),
    "processing": re.compile(r"(\d+ days?, )?\d+:\d\d:\d\d(\.\d+)?"),
    "version": re.compile(r"\d+(\.\d+)+\S*"),
    "headers": re.compile(r"\*.*"),
}
_MAGAZINE = ("audio", "duration", "bytes", "model", "cost", "processing", "version")
_NEWSROOM = ("model", "cost", "processing", "version", "headers")


def written_facts(episode: Episode, style: str) -> dict[str, Fact]:
    """The facts that the episode's post gets, by their keys.

    `style` is the show's setting `facts`.
    """
    if style == "none":
        return {}
    prefix = PREFIX if style == "prefixed" else ""
    written: dict[str, Fact] = {}
    for key, fact in facts(episode).items():
        if key not in episode.author_keys:
            written[f"{prefix}{key}"] = fact
    return written


def find_author_keys(
    post: bytes, episode: Episode, replaced: Episode | None, style: str
) -> tuple[str, ...]:
    """Find the facts whose keys the post's author uses for something else.

    They stay as they are.

    What we wrote is known again from the record of the `replaced` episode; without one, by the
    shape in which the magazine and `podcast edition` write all their keys together.
    """
    new_facts = facts(episode)
    values = _present_values(post, PREFIX if style == "prefixed" else "")
    present = {key: value for key, value in values.items() if key in new_facts}
    ours = _own_keys(present, replaced)
    author_keys: list[str] = []
    for key, fact in new_facts.items():
        if key in present and key not in ours and present[key] != _join_spaces(fact):
            author_keys.append(key)
    return tuple(author_keys)


def _list_known_facts(replaced: Episode | None) -> dict[str, str]:
    if replaced is None:
        return {}
    return {key: _join_spaces(fact) for key, fact in facts(replaced).items()}


def _find_keys_in_shape(present: Mapping[str, str | None]) -> set[str]:
    """The keys whose values have the form in which we write them."""
    in_shape: set[str] = set()
    for key, value in present.items():
        if value is not None and _FORMS[key].fullmatch(value):
            in_shape.add(key)
    return in_shape


def _own_keys(present: Mapping[str, str | None], replaced: Episode | None) -> set[str]:
    """The keys present whose values we wrote, or the magazine that we stand in for."""
    known = _list_known_facts(replaced)
    if known and present.get("processing") == known["processing"]:
        return _find_keys_of_record(present, known)

    in_shape = _find_keys_in_shape(present)
    if replaced and "processing" in in_shape:
        # The run that wrote the record ended before it wrote the post, which has the
        # facts before those.
        return set(present) - set(replaced.author_keys)
    if _is_magazine(in_shape, present):
        return in_shape
    return _find_keys_of_record(present, known)


def _find_keys_of_record(
    present: Mapping[str, str | None], known: Mapping[str, str]
) -> set[str]:
    """The keys whose values are the facts of the record."""
    return {key for key, value in present.items() if key in known and value == known[key]}


def _is_magazine(in_shape: set[str], present: Mapping[str, str | None]) -> bool:
    """Tell whether the magazine's own tools wrote these keys, with sound or before any."""
    if in_shape.issuperset(_MAGAZINE):
        return True
    return in_shape.issuperset(_NEWSROOM) and not _has_audio(present)


def _has_audio(present: Mapping[str, str | None]) -> bool:
    return not present.keys().isdisjoint(("audio", "duration", "bytes"))


def _present_values(post: bytes, prefix: str) -> dict[str, str | None]:
    """The front matter's values as text, by their keys without the prefix.

    None for lists and tables.
    """
    try:
        text = post.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        front, _ = front_matter(Path("the post"), text)
    except (ReadError, UnicodeDecodeError):
        return {}  # `with_facts` says what is wrong with it.

    values: dict[str, str | None] = {}
    for key, value in front.values.items():
        if not key.startswith(prefix):
            continue
        is_text = not isinstance(value, dict | list)
        values[key.removeprefix(prefix)] = _join_spaces(value) if is_text else None
    return values


def _join_spaces(value: object) -> str:
    return " ".join(str(value).split())


def tell_of_author_keys(name: str, keys: Sequence[str]) -> str:
    """Say which keys of the post are left to its author."""
    verbs = ("are", "stay as they are") if len(keys) > 1 else ("is", "stays as it is")
    remedy = f'facts = "prefixed" in podcast.toml writes {PREFIX}{keys[0]}'
    return f"{name}: {', '.join(keys)} {verbs[0]} the post's own, and {verbs[1]}; {remedy}"


def facts(episode: Episode) -> dict[str, Fact]:
    """What the front matter of the episode's post says of it.

    `duration` is `MM:SS` or `H:MM:SS`, rounded to the second; `cost` is in US dollars with two
    decimals; `headers` is the list of stories as a line of HTML.
    """
    hours, seconds = divmod(max(1, round(episode.duration / 1000)), 3600)
    minutes, seconds = divmod(seconds, 60)
    titles = (note.title.replace("<", "&lt;") for note in episode.notes)
    return {
        "audio": episode.audio,
        "duration": f"{hours}:{minutes:02}:{seconds:02}"
        if hours
        else f"{minutes:02}:{seconds:02}",
        "bytes": episode.bytes,
        "model": episode.model,
        "cost": round(float(episode.cost), 2),
        "processing": episode.processing,
        "version": episode.version,
        "headers": "<br />".join(f" * {title}" for title in titles),
    }


def with_facts(post: bytes, facts: Mapping[str, Fact], name: str = "the post") -> bytes:
    """The post with these keys in its front matter.

    Present ones replaced where they are, missing ones added at its end. Every other byte stays.

    `name` is how messages call the post. Raises PublishError when the front matter cannot be
    read, or would not be read as meant afterwards.
    """
    written: bytes = _front(post).with_facts(post, facts, name)
    return written


def without_facts(post: bytes, episode: Episode, style: str, name: str) -> bytes:
    """The post without the facts of the episode that it still has as they were written.

    What somebody changed since is theirs. Raises PublishError when the front matter cannot be
    read.
    """
    prefix = PREFIX if style == "prefixed" else ""
    present = _present_values(post, prefix)
    written = written_facts(episode, style)
    keys: list[str] = []
    for key, fact in written.items():
        if present.get(key.removeprefix(prefix)) == _join_spaces(fact):
            keys.append(key)
    if not keys:
        return post
    remaining: bytes = _front(post).without_keys(post, keys, name)
    return remaining


def with_include(post: bytes, include: str, name: str = "the post") -> bytes:
    """The post with this line at the start of its body, unless it stands in it already."""
    if not include or include.encode() in post:
        return post
    at = _front(post).body_at(post, name)
    eol = b"\r\n" if b"\r\n" in post[:at] else b"\n"
    return post[:at] + eol + include.encode() + eol + post[at:]


def has_front_matter(post: bytes) -> bool:
    """Tell whether the post begins with front matter that takes facts, broken or not."""
    if NAMED_FENCE.match(post.removeprefix(_BOM)[:200].decode("utf-8", "replace")):
        return False
    return _front(post) is not front_yaml or post.removeprefix(_BOM).startswith(b"---")


def say_no_front_matter(name: str) -> str:
    """Say that a post has no place for the facts, and how to give it one."""
    what = "no front matter that takes facts, so they are not written"
    return f"{name}: {what}; begin it with a line '---', keys, '---'"


def _front(post: bytes) -> ModuleType:
    """The front matter's kind; YAML, whose messages say what is wanted, where there is none."""
    if front_toml.is_toml(post):
        return front_toml
    if post.removeprefix(_BOM).startswith(b"---"):
        return front_yaml
    kinds = ((front_json, front_json.is_json), (front_lines, front_lines.is_lines))
    for kind, is_kind in (*kinds, (front_nikola, front_nikola.is_nikola)):
        if is_kind(post):
            return kind
    return front_yaml


_BOM = b"\xef\xbb\xbf"
