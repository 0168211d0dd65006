"""Directions in what a person says: `[laughs]`, `[pace slow]`.

They are acted or ignored, never spoken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BRACKETED = re.compile(
    r"""
    \[
        ( [a-z]++ (?: [ ,'’-]++ [a-z]++ )*+ )       # lower-case words alone
    \]
    (?! [(\[] )                                   # no link of Markdown
    """,
    re.VERBOSE,
)
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}(?=[^\s*])([^*\n]*[^\s*])\*{1,3}(?![\w*])")

_MANNERS = re.compile(
    r"""
    (?: # sounds
        laugh | chuckl | giggl | sigh | gasp | cough | whisper | shout | yell | sing | hum
      | smil | grin | paus | breath | inhal | exhal | sniff | clear | groan | moan | yawn
      | cry | cri | sob | cheer | clap | applau
        # moods
      | amus | excit | serious | curious | sarcas | ironic | deadpan | teas | jok | mock
      | playful | nervous | hesita | thoughtful | sad | happ | angr | surpris | relie | tired
      | warm | calm | gentl | stern | sombre | somber | upbeat | bright
        # the voice itself
      | slow | fast | quick | soft | quiet | loud | dry | dri | beat | pace | pitch | tone
      | mood | voice | volume | emphas | stress | rising | falling
    ) [a-z]*
    """,
    re.VERBOSE,
)
_FUNCTION_WORDS = frozenset(
    """
    a an the this that these those his her its their our your my he she it they we you who
    which what and or but of to in on at by for from with as is are was were be been has have
    had will would not no more than
    """.split()
)


def take_directions(text: str) -> tuple[str, tuple[str, ...]]:
    """Part a passage into what is said, as it is written, and its directions.

    Stars that stress words are taken off: `a *very* old one`. `[0, 1]`, `[Smith]` and `5 * 3`
    are text, and so are words that an editor put into a quotation: `he said [the firm] would
    pay`.
    """
    directions: list[str] = []

    def take(match: re.Match[str]) -> str:
        if not _is_direction(match):
            return match[0]
        directions.append(match[1])
        return " "

    said = _EMPHASIS.sub(r"\1", _BRACKETED.sub(take, text))
    if directions:
        said = re.sub(r"\s+([.,;:!?])(?!\w)", r"\1", said)
    return " ".join(said.split()), tuple(directions)


def pace_factor(directions: Sequence[str]) -> float:
    """Find the pace that directions ask for, as a factor of the usual: `pace slow` is 0.85."""
    words = set(re.findall(r"[a-z]+", " ".join(directions)))
    if words & _SLOW:
        return 0.85
    return 1.15 if words & _FAST else 1.0


_SLOW = frozenset("slow slower slowly slows unhurried measured".split())
_FAST = frozenset("fast faster quick quicker quickly rapidly rushed hurried hurriedly".split())


def _is_direction(match: re.Match[str]) -> bool:
    first = re.split(r"\W", match[1])[0]
    if _MANNERS.fullmatch(first) or (first == match[1] and first.endswith("ly")):
        return True
    if first in _FUNCTION_WORDS or first == "sic":
        return False

    # What stands between sentences belongs to none.
    before = match.string[: match.start()].rstrip()
    after = match.string[match.end() :].lstrip()
    return before[-1:] in ("", *".!?:—") and (not after or not after[0].islower())
