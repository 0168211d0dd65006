"""An entry of a feed becomes an Item, whichever format the feed has."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from podcast.document.html_tree import fragment_to_document, spoken_paragraphs
from podcast.document.plain_text import join_lines
from podcast.document.tex_text import untex
from podcast.language.english.sentence_splitter import split_sentences
from podcast.model import Item
from podcast.newsroom.sources.boilerplate import strip_boilerplate

# Characters of a title that is made of an entry's first sentence.
_TITLE = 80
# An entry without a title that has fewer words is none.
_LEAST_NOTE = 4
_CLAUSE = re.compile(r"(?<=\w)(?:[:;]| [–—-]|,(?= (?:and|but|so|which|while|as)\b)) ")
_HANGING = re.compile(
    r"(?i)(?:\W|\b(?:a|an|the|of|to|in|on|at|by|for|and|or|with|from|that|is|are|was|its"
    r"|their))+$"
)
# What arXiv's RSS puts before an abstract.
_ANNOUNCED = re.compile(r"\s*arXiv:\S{1,40}\s+Announce Type:\s*([\w-]+)\s*(?:Abstract:)?\s*")


def make_entry(
    title: str,
    texts: Sequence[str],
    link: str,
    *,
    address: str = "",
    date: dt.date | None = None,
    authors: Sequence[str] = (),
) -> Item | None:
    """Make an Item of an entry: its title and its texts in HTML, of which the longest counts.

    A link is made absolute by the feed's `address`. None when there is no title, and hardly a
    text.
    """
    link = absolute_link(address, link)
    host = host_of(link)
    if is_paper_host(host):
        return _make_paper(title, texts, link, host, date, authors)

    paragraphs = max(
        (strip_boilerplate(_paragraphs(text)) for text in texts),
        key=_count_characters,
        default=[],
    )
    text = "\n\n".join(paragraphs)
    title = _html_to_text(title)
    if not _has_words(title):
        title = ""
    if not title and len(text.split()) < _LEAST_NOTE:
        return None
    return Item(
        title or title_of(text),
        "" if text == title else text,
        link if host else "",
        host,
        date=date,
        authors=tuple(filter(None, map(join_lines, authors))),
    )


def _make_paper(
    title: str,
    texts: Sequence[str],
    link: str,
    host: str,
    date: dt.date | None,
    authors: Sequence[str],
) -> Item | None:
    abstract = max(
        (_ANNOUNCED.sub("", _html_to_text(text)) for text in texts), key=len, default=""
    )
    title = join_lines(untex(re.sub(r"\s*\(arXiv:[^)]*\)$", "", _html_to_text(title))))
    names = [
        name for author in authors for name in re.split(r",\s*|\s+and\s+", join_lines(author))
    ]
    if not title:
        return None
    return Item(
        title,
        join_lines(untex(abstract)),
        link,
        host,
        date=date,
        paper=True,
        authors=tuple(filter(None, names)),
    )


def announce_type(texts: Sequence[str]) -> str:
    """What arXiv calls the entry: `new`, `cross`, `replace`, `replace-cross`.

    Empty when it does not say.
    """
    found = next(filter(None, (_ANNOUNCED.match(_html_to_text(text)) for text in texts)), None)
    return found[1] if found else ""


def day_in_zone(moment: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The day of a moment where the show is.

    Midnight is a day without a time, as many generators write it, and stays that day
    everywhere.
    """
    if not (moment.hour or moment.minute or moment.second):
        return moment.date()
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        return moment.date()


def title_of(text: str) -> str:
    """A title for a text that has none: its first sentence, or the beginning of it."""
    sentences = split_sentences(text.split("\n\n", maxsplit=1)[0])
    first = sentences[0].rstrip(" .") if sentences else ""
    if len(first) <= _TITLE:
        return first

    clause = _CLAUSE.split(first)[0]
    if 20 <= len(clause) <= _TITLE:
        return clause
    words = first[:_TITLE].rpartition(" ")[0]
    return f"{_HANGING.sub('', words)}…"


def absolute_link(address: str, link: str) -> str:
    """The link seen from `address`; empty when it is no address."""
    try:
        return urljoin(address, link.strip()) if link.strip() else ""
    except ValueError:
        return ""


def host_of(link: str) -> str:
    """The host of a web address; empty for any other."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return parts.hostname or "" if parts.scheme in ("http", "https") else ""


def is_paper_host(host: str) -> bool:
    """Tell whether pages of this host are papers."""
    return f".{host}".endswith(".arxiv.org")


def _paragraphs(html: str) -> list[str]:
    return spoken_paragraphs(fragment_to_document(html))


def _html_to_text(html: str) -> str:
    return join_lines(fragment_to_document(html).text)


def _has_words(title: str) -> bool:
    """Tell whether a title says anything beside codes of emoji, such as `:smile:`."""
    return re.search(r"\w", re.sub(r":[\w+-]+:", "", title)) is not None


def _count_characters(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))
