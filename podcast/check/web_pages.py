"""Pages that play, the cover, and the post that tells of the episode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.check.fault import Fault
from podcast.check.transcript_files import differ
from podcast.errors import ReadError
from podcast.model import Episode
from podcast.publish import Store
from podcast.publish.cover import list_cover_faults
from podcast.publish.post_facts import PREFIX, written_facts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Bytes of a cover, at most (NPR, PRX).
HEAVIEST = 512_000


# Facts of a post without which its player is wrong.
_CHECKED = ("audio", "bytes", "duration")


def check_page(store: Store, episode: Episode) -> Iterator[Fault]:
    """The page of an episode.

    There, playing this episode, leading to the feed, saying the same words.
    """
    name = f"{episode.slug}.html"
    tree = _parse_page(store, name)
    if tree is None:
        yield Fault(name, "the page is missing", "K1")
        return
    sources = [element.get("src", "") for element in tree.iter("audio", "source")]
    if episode.audio not in {source.rpartition("/")[2] for source in sources}:
        yield Fault(name, f"no player on the page plays {episode.audio}", "K1")
    yield from _leads_to_feed(name, tree)
    said = [element.text_content() for element in tree.find_class("said")]
    wanted = " ".join(word.text for line in episode.lines for word in line.words)
    if said and (
        fault := differ(name, re.findall(r"\w+", " ".join(said)), re.findall(r"\w+", wanted))
    ):
        yield fault


def check_index(store: Store, episodes: Sequence[Episode]) -> Iterator[Fault]:
    """The index page: there, leading to the feed and to every episode."""
    tree = _parse_page(store, "index.html")
    if tree is None:
        yield Fault("index.html", "the page is missing")
        return
    yield from _leads_to_feed("index.html", tree)
    targets = {element.get("href", "").rpartition("/")[2] for element in tree.iter("a")}
    for episode in episodes:
        if f"{episode.slug}.html" not in targets:
            yield Fault("index.html", f"it does not list {episode.slug}")


def check_cover(store: Store, name: str) -> Iterator[Fault]:
    """Art that directories take.

    JPEG or PNG as its name says, square, 1400 to 3000 pixels, RGB.
    """
    content = store.read(name)
    if content is None:
        yield Fault(name, "the cover is missing", "J1")
        return
    for what, rule in list_cover_faults(content, name):
        yield Fault(name, what, rule)
    if len(content) > HEAVIEST:
        yield Fault(
            name, f"the cover has {len(content)} bytes; 512 kB is the most", "J4", "warning"
        )


def check_post(style: str, folder: Path, episode: Episode, path: Path) -> Iterator[Fault]:
    """What the front matter of the post says of its episode."""
    from podcast.frontmatter.reader import front_matter

    name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
    try:
        head, _ = front_matter(path, path.read_text(encoding="utf-8-sig"))
    except (ReadError, UnicodeDecodeError) as error:
        yield Fault(name, f"its front matter cannot be read: {' '.join(str(error).split())}")
        return
    expected = written_facts(episode, style)
    for key, wanted in expected.items():
        said = head.values.get(key)
        if " ".join(str(said).split()) != " ".join(str(wanted).split()):
            severity = "error" if key.removeprefix(PREFIX) in _CHECKED else "warning"
            yield Fault(
                name, f"{key} is {said!r}; the episode's is {wanted!r}", "C11", severity
            )


def _parse_page(store: Store, name: str) -> HtmlElement | None:
    from lxml import etree, html

    content = store.read(name)
    if content is None:
        return None
    try:
        return html.document_fromstring(content.decode("utf-8", "replace"))
    except (etree.ParserError, ValueError):
        return html.document_fromstring("<html></html>")


def _leads_to_feed(name: str, tree: HtmlElement) -> Iterator[Fault]:
    for link in tree.iter("link"):
        if link.get("rel") == "alternate" and link.get("type") == "application/rss+xml":
            return
    yield Fault(name, "the page has no link rel=alternate to the feed", "K6")
