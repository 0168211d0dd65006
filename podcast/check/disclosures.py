"""What an episode declares of its voices, proved where it is said.

Aloud, in the tag, in the feed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from podcast.check.fault import Fault
from podcast.check.podcast_tags import all_of
from podcast.model import Episode

if TYPE_CHECKING:
    from lxml.etree import _Element

PURPOSE = "ai-content"


def check_spoken(episode: Episode) -> Iterator[Fault]:
    """The line is among what is said; the transcripts are held against that."""
    if not episode.disclosure or not episode.disclosure.spoken:
        return
    wanted = episode.disclosure.spoken.split()
    for line in episode.lines:
        words = [word.text for word in line.words]
        if any(words[start : start + len(wanted)] == wanted for start in range(len(words))):
            return
    what = (
        f"its record says that {episode.disclosure.spoken!r} is said in it, and nobody says it"
    )
    yield Fault(f"{episode.slug}.json", what, "B11")


def check_tag_declaration(name: str, tag: Any, episode: Episode) -> Iterator[Fault]:
    """The tag has the declaration, and no other."""
    wanted = [_declared_state(episode)] if episode.disclosure else []
    found = [str(frame) for frame in tag.getall(f"TXXX:{PURPOSE}")]
    others = len(tag.getall("TXXX")) - len(found)
    if found != wanted:
        said = ", ".join(found) or "nothing"
        yield Fault(
            name,
            f"its tag declares {PURPOSE} {said}; its record {_declared_state(episode)}",
            "B11",
        )
    if others:
        yield Fault(name, f"its tag has {others} texts that presscast does not write", "L1")


def check_item_declaration(name: str, item: _Element, episode: Episode) -> Iterator[Fault]:
    """The item has the declaration, and no other."""
    wanted = [_declared_state(episode)] if episode.disclosure else []
    found = [
        txt.text or "" for txt in all_of(item, "podcast:txt") if txt.get("purpose") == PURPOSE
    ]
    if found != wanted:
        said = ", ".join(found) or "nothing"
        what = f"it declares {PURPOSE} {said}; its record {_declared_state(episode)}"
        yield Fault(name, f"{episode.slug}: {what}", "B11")


def declares(channel: _Element) -> bool:
    """Tell whether the show says anything of its voices."""
    return any(txt.get("purpose") == PURPOSE for txt in all_of(channel, "podcast:txt"))


def _declared_state(episode: Episode) -> str:
    if episode.disclosure is None:
        return "nothing"
    return "true" if episode.disclosure.is_synthetic else "false"
