"""Find what a parsed text lost: letters, digits and signs that are in no Span and in no LeftOut."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from podcast.model import Block, Document, Edition, Headline

_LIST_MARK = re.compile(
    r"^(?:[ \t]*>)*[ \t]*(?:[-*+][ \t]+)*(?:\d{1,9}[.)]|[-*+])(?=\s|$)", re.MULTILINE
)
_FENCE_RULE = re.compile(
    r"^[ \t>]*(?::{3,}|-{3,}|={3,}|\+{3,}|[|: -]{3,})[ \t]*$", re.MULTILINE
)
_LABEL = re.compile(r"(?<=\])\[[^\[\]\n]*\]")
"""The label of a link whose address stands elsewhere."""
_SIGNS = "%€£@&°§"
_SIGNED = re.compile(
    r"""
      (?<![\w<>=~\#&;/])[<>~≈≤≥±\#]\d[\d.,]*[%\w]*       # <5%, >90%, ~30%, #3
    | \b[A-Z]\#(?!\w) | \b[A-Z]\+\+                       # C#, C++
    | \b\w\^\w+ | \d+\^\d+                               # R^2, 10^6
    | (?<=[ ])\[-?\d[\d.]*,[ ]-?\d[\d.]*\](?![(:\[])     # [0, 1]
    | \d[ ][*/+=×÷][ ]\d+                                  # 5 * 3
    | [\U0001f300-\U0001faff]                              # emoji
    """,
    re.VERBOSE,
)
"""Figures and names with signs that Markdown uses as well: they arrive as they are written."""


def find_lost(source: str, *documents: Document) -> str:
    """The characters of the source that the documents do not have, each as often as it is missing."""
    had = _count(_LABEL.sub("", _LIST_MARK.sub(" ", _FENCE_RULE.sub(" ", source))))
    have = _count("\n".join(part for document in documents for part in _parts(document)))
    return "".join(sorted((had - have).elements()))


def find_lost_signs(source: str, document: Document) -> list[str]:
    """The figures and names with signs that the document does not have as they are written."""
    have = " ".join("\n".join(_parts(document)).split())
    plain = html.unescape(source.replace("\\", ""))
    return [token for token in _SIGNED.findall(plain) if token not in have]


def find_lost_of_edition(source: str, edition: Edition) -> str:
    """The characters of a post's Markdown that are nowhere in its edition."""
    parts = [part for story in edition.stories for part in _parts(story.body)]
    for story in edition.stories:
        parts += [story.title, story.reporter, story.source, story.link]
        headlines = [
            *story.previous,
            *story.see_also,
            *([story.covered] if story.covered else []),
        ]
        parts += [text for headline in headlines for text in _headline(headline)]
    parts += [text for headline in edition.others for text in _headline(headline)]
    parts += [
        text for person in edition.staff for text in (person.name, person.role, person.persona)
    ]
    parts += [text for part in edition.left_out for text in (part.text,)]
    return "".join(
        sorted((_count(_LIST_MARK.sub(" ", source)) - _count("\n".join(parts))).elements())
    )


def _count(text: str) -> Counter[str]:
    plain = html.unescape(unquote(text)).casefold()
    return Counter(sign for sign in plain if sign.isalnum() or sign in _SIGNS)


def _headline(headline: Headline) -> Iterator[str]:
    yield headline.title
    yield headline.link
    yield str(headline.date or "")


def _parts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield from _block_parts(block)
    for part in document.left_out:
        yield part.text


def _block_parts(block: Block) -> Iterator[str]:
    link = ""
    for span in block.spans:
        yield span.text
        if span.link and span.link != link and span.link != span.text:
            yield span.link
        link = span.link
    for child in block.children:
        yield from _block_parts(child)
