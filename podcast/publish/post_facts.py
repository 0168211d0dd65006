"""The post gets its episode's facts back: keys of its front matter, and nothing else by a byte."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from podcast.frontmatter import pelican_keys as front_lines
from podcast.frontmatter import toml_keys as front_toml
from podcast.frontmatter import yaml_keys as front_yaml
from podcast.model import Episode, Fact


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
        "duration": f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}",
        "bytes": episode.bytes,
        "model": episode.model,
        "cost": round(float(episode.cost), 2),
        "processing": episode.processing,
        "version": episode.version,
        "headers": "<br />".join(f" * {title}" for title in titles),
    }


def with_facts(post: bytes, facts: Mapping[str, Fact], name: str = "the post") -> bytes:
    """The post with these keys in its front matter: present ones replaced where they are, missing ones
    added at its end. Every other byte stays.

    `name` is how messages call the post. Raises PublishError when the front matter cannot be read, or
    would not be read as meant afterwards.
    """
    written: bytes = _front(post).with_facts(post, facts, name)
    return written


def with_include(post: bytes, include: str, name: str = "the post") -> bytes:
    """The post with this line at the start of its body, unless it stands somewhere in it already."""
    if not include or include.encode() in post:
        return post
    at = _front(post).body_at(post, name)
    eol = b"\r\n" if b"\r\n" in post[:at] else b"\n"
    return post[:at] + eol + include.encode() + eol + post[at:]


def _front(post: bytes) -> ModuleType:
    """The front matter's kind; YAML, whose messages say what is wanted, where there is none."""
    if front_toml.is_toml(post):
        return front_toml
    return front_lines if front_lines.is_lines(post) else front_yaml
