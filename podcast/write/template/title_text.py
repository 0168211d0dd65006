"""The text of a post's title: without what a page adds, and cut into its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from podcast.language.english.sentence_splitter import split_sentences

LONGEST_TITLE = 300
"""Characters of a title that are looked at."""

_DOTS = re.compile(r"\s*(?:\.\.\.|…)\s*$")
_MARKS = re.compile(r"\[[^\[\]]{1,20}\]|\((?:video|pdf|audio)\)|[™®©]", re.IGNORECASE)
_SITE = re.compile(r"\s+(?:[|·•]|--|—|–|-)\s+[^|·•]+$")
_PART_END = re.compile(r": | [-–—|/] |(?<=\?) |; ")


def strip_title(title: str) -> str:
    """The title without what a page adds: a site's name, `[Video]`, dots at its end."""
    title = " ".join(_MARKS.sub("", title[:LONGEST_TITLE]).replace("*", "").split())
    title = _DOTS.sub("", title)
    site = _SITE.search(title)
    if site and site.start() >= 12 and len(site[0].split()) <= 7:
        title = title[: site.start()]
    title = title.strip(" |·-–—,:")
    return title if re.search(r"\b(?:[A-Z]\.){2,}$", title) else title.rstrip(".")


def is_cut(title: str) -> bool:
    """Whether the title lost its end."""
    return bool(_DOTS.search(title[-60:]))


def split_title(title: str) -> list[str]:
    """The parts of a title between its colons, dashes and question marks, in their order."""
    sentences = [sentence.rstrip(".") for sentence in split_sentences(title)]
    if re.search(r"(?:[A-Z]\.){2,}$", title):
        sentences[-1] = f"{sentences[-1]}."
    parts = [part.strip() for sentence in sentences for part in _PART_END.split(sentence)]
    return [part for part in parts if part]


_LED_IN = re.compile(
    r"""
    # Despite the rain, bees return
    ^(?:Despite|With|As|After|While|Amid|On|Ready|From|In|For|By)\b[^,]{5,60},\ (?P<main>\S.+)
    # Three bakers on how bread rises
    | ^(?:[^,?]{0,60}\ )?(?:[Oo]n\ |[Ss]howing\ |[Ss]how\ )?(?:[Hh]ow|[Ww]hy)\ (?P<how>[^?]+)$
    # Islands on edge as bill advances
    | ^.{5,40}\ as\ (?P<while>\w.+)$
    # Ports must open, say sailors
    | ^(?P<said>[^,]{15,70}),\ (?:says?|said|warns?|argues?)\ .+$
    """,
    re.VERBOSE,
)
_SHOWN = re.compile(
    r"""
    ^(?:Meet|Introducing|Unpacking|Announcing|Unveiling|Understanding|Exploring|Presenting|Inside|Watch|Discover
      |These\ are|Here\ are|Here['’]s|Here\ is|This\ is|Towards?|Ask\ HN|Show\ HN)\ +(?P<what>\S.+)$
    """,
    re.VERBOSE,
)


def find_inner_clauses(part: str) -> Iterator[str]:
    """What a part of a title leads in to. Whether that is a clause is for its reader to find."""
    led_in = _LED_IN.match(part)
    if led_in:
        yield from (text for text in led_in.groupdict().values() if text)


def drop_announcement(part: str) -> str:
    """The part without a word that only shows what follows: `Meet Tiangong` is `Tiangong`."""
    shown = _SHOWN.match(part)
    return shown["what"] if shown else part
