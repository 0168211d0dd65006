"""The show notes of an episode, in the little HTML that podcast apps show.

Apple lists p, ol, ul, li, a, b, i, strong, em and br; other tags are shown as text or dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from podcast.model import Episode, Headline, SourceNote
from podcast.publish.chapters import description_lines
from podcast.util.addresses import ascii_address
from podcast.util.xml_text import one_line

# The most that Apple and PSP-1 take.
DESCRIPTION_BYTES = 4000


class _Block(NamedTuple):
    """A paragraph or a list, which may be cut after any of its items."""

    start: str
    items: tuple[str, ...]
    between: str
    end: str


def description(episode: Episode, limit: int = DESCRIPTION_BYTES) -> str:
    """The subtitle, the chapters and the stories with their sources.

    At most `limit` bytes of UTF-8.

    What does not fit is left out, item by item from the end (Apple takes 4000 bytes).
    """
    return _fit([_subtitle(episode), _chapters(episode), _stories(episode)], limit)


def render_show_notes(ai_content: bool, episode: Episode) -> str:
    """All that `description` says, uncut, then the other headlines and who is heard."""
    blocks = [_subtitle(episode), _chapters(episode), _stories(episode), *_others(episode)]
    return _fit([*blocks, _people(ai_content, episode)], None)


def _fit(blocks: Iterable[_Block], limit: int | None) -> str:
    """The blocks, each with as many of its items as there is room for; none without an item."""
    html, size = "", 0
    for block in blocks:
        inside = ""
        for item in block.items:
            longer = f"{inside}{block.between}{item}" if inside else item
            whole = f"{block.start}{longer}{block.end}\n"
            if limit is not None and size + _size(whole) > limit:
                break
            inside = longer
        if inside:
            html += f"{block.start}{inside}{block.end}\n"
            size = _size(html)
    return html.rstrip("\n")


def _size(text: str) -> int:
    return len(text.encode())


def _paragraph(*sentences: str) -> _Block:
    return _Block("<p>", tuple(filter(None, sentences)), " ", "</p>")


def _subtitle(episode: Episode) -> _Block:
    return _paragraph(_text(episode.subtitle))


def _chapters(episode: Episode) -> _Block:
    lines = tuple(escape(line, quote=False) for line in description_lines(episode))
    return _Block("<p>", lines, "<br>\n", "</p>")


def _stories(episode: Episode) -> _Block:
    return _Block("<ul>\n", tuple(map(_story, episode.notes)), "\n", "\n</ul>")


def _story(note: SourceNote) -> str:
    line = f"<b>{_text(note.title)}</b>"
    if note.reporter:
        line += f", by {_text(note.reporter)}"
    if source := _link(note.link, note.source or note.link):
        line += f": {source}"
    return f"<li>{line}</li>"


def _others(episode: Episode) -> list[_Block]:
    if not episode.others:
        return []
    items = tuple(map(_other, episode.others))
    return [_paragraph("Other headlines:"), _Block("<ul>\n", items, "\n", "\n</ul>")]


def _other(headline: Headline) -> str:
    return f"<li>{_link(headline.link, headline.title)}</li>"


def _people(ai_content: bool, episode: Episode) -> _Block:
    hosts = [_text(person.name) for person in episode.people if person.role == "editor"]
    others = [_text(person.name) for person in episode.people if person.role != "editor"]
    heard = ""
    if hosts and others:
        heard = f"Presented by {_join_names(hosts)}, with {_join_names(others)}."
    elif hosts:
        heard = f"Presented by {_join_names(hosts)}."
    elif others:
        heard = f"With {_join_names(others)}."

    synthetic = "The voices are synthetic." if ai_content else ""
    return _paragraph(heard, synthetic)


def _join_names(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _link(address: str, words: str) -> str:
    """The words, linked where the address leads somewhere."""
    target = ascii_address(address)
    if not target:
        return _text(words)
    return f'<a href="{escape(target)}">{_text(words)}</a>'


def _text(text: str) -> str:
    return escape(one_line(text), quote=False)
