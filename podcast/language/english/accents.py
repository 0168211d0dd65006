"""Letters with accents, and letters of other scripts, in the letters that English has."""

from __future__ import annotations

import re
import unicodedata

from podcast.language.english.spelling.romanization import romanize
from podcast.model import Utterance

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# Up to here are the letters of Latin-1 and Latin Extended-A.
_END_OF_EUROPEAN = "\u0180"
# Share of a passage's letters that may be of another script.
_MOST_FOREIGN = 0.5


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
    """Tell whether most letters of a text are of a script that English speakers do not read."""
    letters = list(filter(str.isalpha, text))
    foreign = len(letters) - sum(map(_is_latin, letters))
    return foreign > _MOST_FOREIGN * len(letters)


def _is_european(text: str) -> bool:
    """Tell whether a word has only accents that the voice has heard: `Trần` has others."""
    composed = unicodedata.normalize("NFC", text)
    last_letter = max(filter(str.isalpha, composed), default="")
    return _is_latin(composed) and last_letter < _END_OF_EUROPEAN


def _is_latin(text: str) -> bool:
    composed = unicodedata.normalize("NFC", text)
    names = (unicodedata.name(letter, "") for letter in composed if letter.isalpha())
    return all(name.startswith("LATIN") for name in names)
