"""Letters with accents, and letters of other scripts, in the letters that English has."""

from __future__ import annotations

import re
import unicodedata

from podcast.language.english.spelling.romanization import romanize
from podcast.model import Utterance

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_MOST_FOREIGN = 0.5
"""Share of a passage's letters that may be of another script."""


def without_accents(text: str) -> str:
    """Write a text in the letters that English has.

    `Zoë` becomes `Zoe`, `Правда` becomes `Pravda`, `你好` becomes `Ni hao`.
    """
    return text if text.isascii() else _FOREIGN.sub(lambda match: romanize(match[0]), text)


def with_accents(utterance: Utterance) -> str:
    """The spoken text, with the accents that words have as they are written.

    They tell how a name is said: `Mbappé`, `Renée`.
    """
    spoken = utterance.text.split()
    for word in utterance.words:
        has_accents = not word.written.isascii() and _is_european(word.written)
        if not has_accents or word.last - word.first != 1:
            continue
        if without_accents(word.written) == spoken[word.first]:
            spoken[word.first] = unicodedata.normalize("NFC", word.written)
    return " ".join(spoken)


def is_foreign(text: str) -> bool:
    """Whether most letters of a text are of a script that English speakers do not read."""
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum(not _is_latin(letter) for letter in letters)
    return foreign > _MOST_FOREIGN * len(letters)


def _is_european(text: str) -> bool:
    """Whether a word has only accents that the voice has heard: `Trần` has others."""
    composed = unicodedata.normalize("NFC", text)
    return _is_latin(composed) and all(
        ord(letter) < _END_OF_EUROPEAN for letter in composed if letter.isalpha()
    )


_END_OF_EUROPEAN = 0x180
"""Up to here are the letters of Latin-1 and Latin Extended-A."""


def _is_latin(text: str) -> bool:
    return all(
        unicodedata.name(letter, "").startswith("LATIN")
        for letter in unicodedata.normalize("NFC", text)
        if letter.isalpha()
    )
