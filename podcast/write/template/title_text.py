"""The text of a post's title: without what a page adds, and cut into its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from podcast.language.english.sentence_splitter import split_sentences

# Characters of a title that are looked at.
LONGEST_TITLE = 300

_DOTS = re.compile(r"\s*(?:\.\.\.|…)\s*$")
_MARKS = re.compile(r"\[[^\[\]]{1,20}\]|\((?:video|pdf|audio)\)|[™®©]", re.IGNORECASE)
_SITE = re.compile(r"\s+(?:[|·•]|--|—|–|-)\s+[^|·•]+$")
_PART_END = re.compile(r": | [-–—|/] |(?<=\?) |; ")


_PAGE = re.compile(
    r"""
    -- \s | ^\d{1,2}\s*\|\s*\w+\s*\|\s*\d{4}
    | \blatest\s(?:news|videos)\b | \bpage\s\d+\b | ^on\sthe\sagenda\b
    | \b(?:news|blog|documentation|release\snotes|archives?|homepage|index|home)\s*$
    | \b(?:developers?|community|users?|support|discussion)\sforums?\s*$
    | ^[\w-]+\.(?:com|org|net|ai|io)$ | ^announcements\b | ^[\w-]+/[\w-]+
    | \.(?:md|pdf|html?)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIRST_PERSON_TITLE = re.compile(
    r"(?<!\.)\b(?:I|I['’]m|I['’]ve|My|my|We|we|We['’]re|Our|our|Us)\b(?!\.\w)"
)


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


def is_page_name(title: str) -> bool:
    """Whether a title names a page, such as a site's section, and no story."""
    return _PAGE.search(title[:LONGEST_TITLE]) is not None


def is_first_person(title: str) -> bool:
    """Whether a title speaks of `I` or `we`: its author's words, and not the host's."""
    return _FIRST_PERSON_TITLE.search(title) is not None


def split_title(title: str) -> list[str]:
    """The parts of a title between its colons, dashes and question marks, in their order."""
    title = _QUOTED_COLON.sub(lambda quoted: quoted[0].replace(": ", _HIDDEN), title)
    sentences = [sentence.rstrip(".") for sentence in split_sentences(title)]
    if re.search(r"(?:[A-Z]\.){2,}$", title):
        sentences[-1] = f"{sentences[-1]}."
    parts = [part.strip() for sentence in sentences for part in _PART_END.split(sentence)]
    return [part.replace(_HIDDEN, ": ") for part in parts if part]


_QUOTED_COLON = re.compile(r"(?<!\w)['‘\"“][^'‘’\"“”]*: [^'‘’\"“”]*['’\"”](?!\w)")
# A colon of a name in quotation marks, which parts nothing: `'Gulls: Part Two' opens`.
_HIDDEN = ":\0"


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
    # Heat pumps warm old houses, a survey in the Alps finds
    | ^(?P<found>[^,]{15,70}),\ [^,]{3,50}\ (?i:finds?|shows?|says?|suggests?)$
    """,
    re.VERBOSE,
)
_SHOWN = re.compile(
    r"""
    ^(?:Meet|Introducing|Unpacking|Announcing|Unveiling|Understanding|Exploring|Presenting
      |Inside|Watch|Discover
      |These\ are|Here\ are|Here['’]s|Here\ is|This\ is|Towards?|Ask\ HN:|Show\ HN:|Opinion:)
    \ +(?P<what>\S.+)$
    """,
    re.VERBOSE,
)


# With fares up 20%, ...
_RISING = re.compile(r"With ([^,]{5,40} (?:[Uu]p|[Dd]own) [$€£]?\d[\d.,]*(?:%|M|B)?), ")


def find_inner_clauses(part: str) -> Iterator[str]:
    """Find what a part of a title leads in to; it may be a clause or not."""
    rising = _RISING.match(part)
    if rising:
        yield rising[1]
    led_in = _LED_IN.match(part)
    if led_in:
        yield from (text for text in led_in.groupdict().values() if text)


def drop_announcement(part: str) -> str:
    """The part without a word that only shows what follows: `Meet Tiangong` is `Tiangong`."""
    shown = _SHOWN.match(part)
    return shown["what"] if shown else part
