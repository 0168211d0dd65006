"""A paper's sentence as somebody else tells it.

"we" are the authors, and what only print needs goes.

Nothing else is rephrased. "We" who are all of us, as in "we need safer cars", stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from podcast.language.english.word_data import words
from podcast.language.english.word_stems import find_stem

# What authors call what they wrote.
PAPER = (
    r"(?:\w+ )?(?:paper|work|study|survey|article|report|review|primer|research|chapter|thesis"
    r"|project)\b"
)
_OPENING = re.compile(
    rf"(?i)^(?:Here|(?:In|With|Throughout) (?:this|the present|our) {PAPER}),? (?=we\b)"
    r"|^To (?:do (?:so|this)|this end|that end|\w+ (?:this|these|that|those|such)(?: "
    r"\w+){0,2}), "
    r"(?=we\b|this\b|the\b)"
)
# What leads to the point and is none.
_INSIDE = re.compile(rf" in this {PAPER},(?= we\b)")
# Counting, of which the next steps may not be told.
_COUNTED = re.compile(r"(^|: )(?:First|Second|Third|Fourth|Fifth)(?:ly)?, ")
_CITED = re.compile(
    r"\s*\((?:see |cf\. |e\.g\.,? )?(?:[^()]*\bet al\b[^()]*"
    r"|[A-Z][\w'’-]+(?:,| and| &)[^()]*\b(?:19|20)\d\d[a-z]?)\)"
)
# What ties a sentence to the one before it.
_LINK = re.compile(
    r"(?:However|Yet|Moreover|Furthermore|Additionally|In addition|Besides|Also|Then|Next|"
    r"Finally|Lastly|"
    r"Ultimately|Overall|Thus|Therefore|Hence|Consequently|Accordingly|As a result|As such|In "
    r"response|"
    r"In turn|Instead|Nevertheless|Nonetheless|Despite (?:this|that)|In contrast|By contrast|"
    r"Conversely|"
    r"On the other hand|Similarly|Likewise|Specifically|In particular|That is|For example|For "
    r"instance|"
    r"Based on (?:this|these|that|the)(?: \w+)?|From (?:this|these)|Against this background), "
)
# Where authors stand, until it is known whether they were named before.
_DOERS, _OWNERS = "\ue000", "\ue001"
_WE = re.compile(
    r"\b[Ww]e((?: (?:(?!apply|rely|imply|supply)\w+ly|also|first|then|next|further|thus|here|"
    r"have|had|will|"
    r"are|were))*) (\w+)"
)
_OUR = re.compile(r"\b[Oo]ur(?=((?: [\w-]+){1,4}))")
_NAMED = re.compile(r"((?:[^,]+, )?)[Tt]he authors\b(?! of\b)('?)")
_US = re.compile(
    r"\b(allow(?:s|ed|ing)?|enabl(?:es?|ed|ing)|leads?|led|lets?|help(?:s|ed)?) us\b"
)


def retold(sentence: str) -> str:
    """The sentence without openings, counting and citations, told of its authors."""
    sentence = _COUNTED.sub(r"\1", _INSIDE.sub("", _CITED.sub("", sentence)))
    link = match[0] if (match := _LINK.match(sentence)) else ""
    rest = _OPENING.sub("", sentence[len(link) :], count=1)
    named = _WE.sub(_doing, rest)
    told = _OUR.sub(_owning, named)
    if named != rest:
        told = _US.sub(r"\1 them", told.replace(_DOERS, "the authors", 1)).replace(
            _OWNERS, "their"
        )
    else:
        told = told.replace(_OWNERS, "the authors'", 1)
    told = told.replace(_DOERS, "they").replace(_OWNERS, "their")
    return link + told if link else _large(told)


def unlinked(sentence: str) -> str:
    """The sentence without what ties it to the one before it."""
    bare = _LINK.sub("", sentence)
    return _large(re.sub(r"^([Tt]he authors) (?:also|first|then|next|further) ", r"\1 ", bare))


def joined(sentences: Sequence[str]) -> str:
    """Sentences that follow each other: authors whom the one before named are "they"."""
    said: list[str] = []
    for before, sentence in pairwise(["", *sentences]):
        named = _NAMED.match(sentence) if "he authors" in before else None
        text = sentence
        if named:
            pronoun = "their" if named[2] else "they"
            text = f"{named[1]}{pronoun}{sentence[named.end() :]}"
        said.append(_large(text))
    return " ".join(said)


def _doing(match: re.Match[str]) -> str:
    """The authors in the place of "we" before something that authors do.

    At a start, before most things.
    """
    verb = match[2].lower()
    starts = match.start() == 0 and verb not in words("everybody_does")
    if starts or find_stem(verb) in _stems("authors_do"):
        return f"{_DOERS}{match[1]} {match[2]}"
    return match[0]


def _owning(match: re.Match[str]) -> str:
    owned = any(find_stem(word) in _stems("authors_own") for word in match[1].lower().split())
    return _OWNERS if owned else match[0]


@cache
def _stems(key: str) -> frozenset[str]:
    return frozenset(map(find_stem, words(key)))


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]
