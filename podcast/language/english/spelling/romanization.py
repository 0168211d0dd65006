"""Words of other scripts in Latin letters, and Latin letters without accents."""

from __future__ import annotations

import re
import unicodedata

_LATIN = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ı": "i",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ŋ": "ng",
    }
)
_NO_LETTER = re.compile(r"[^A-Za-z' -]+")


_TOPIC_MARK = re.compile(r"(?<=[\u3041-\u309f]{3})は$")
"""At the end of a phrase `は` is said `wa`."""


def romanize(letters: str) -> str:
    """A run of letters that are not ASCII in ASCII letters: `é` as `e`, `Правда` as `Pravda`."""
    parts = unicodedata.normalize("NFKD", letters.translate(_LATIN))
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    if plain.isascii():
        return plain

    from anyascii import anyascii  # 20 ms, and most text never needs it

    said = _NO_LETTER.sub(" ", anyascii(_TOPIC_MARK.sub("わ", letters))).strip()
    # Each Chinese or Korean character comes with a capital of its own: they are syllables of one word.
    if any(unicodedata.name(letter, "").startswith(("CJK", "HANGUL")) for letter in letters):
        said = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", said).capitalize()
    return said or " "
