"""Sentences in a row that begin alike: `It shows ... It lists ... It calls`."""

from __future__ import annotations

import re

# Sentences in a row that speak of a text as `it`; the next says again what it is.
MOST_PRONOUNS = 1

# A sentence about a text: nothing else in it can be the `it` that tells something.
_TEXT = re.compile(
    r"""
    (?:The|This|Their|His|Her|Its|An?|Another|[A-Z][\w-]*['’]s)
      \ (?:(?!of\b|in\b|on\b|by\b)[\w'’.-]+\ ){0,4}?
    (?P<noun>study|paper|report|guide|article|survey|review|essay|update|brief|proposal)\b
    (?:\ (?:of|on|in|by|from)\ [^,]{2,60})?
    \ (?:also\ )?[a-z]+(?:s|ed)\b
    """,
    re.VERBOSE,
)
_IT_TELLS = re.compile(
    r"It (?=(?:also )?(?:shows|highlights|points|emphasizes|stresses|discusses|describes"
    r"|explores|covers|concludes|finds|notes|advises|advocates|calls|lists|argues|explains"
    r"|examines|introduces|looks|suggests|warns|recommends|compares)\b)"
)
_ALSO = re.compile(r"Also, ")
# Sentences within which a second `Also,` is heard as a repetition.
_NEAR = 4


def vary_openings(paragraphs: list[list[str]]) -> list[list[str]]:
    """The paragraphs with another opening where sentences in a row begin alike."""
    varying = _Varying()
    varied: list[list[str]] = []
    for paragraph in paragraphs:
        varied.append([varying.vary(sentence) for sentence in paragraph])
    return varied


class _Varying:
    """What a listener has just heard."""

    def __init__(self) -> None:
        self._noun = ""
        self._pronouns = 0
        self._since_also = _NEAR

    def vary(self, sentence: str) -> str:
        """The sentence with its opening varied."""
        return self._name_text(self._vary_also(sentence))

    def _vary_also(self, sentence: str) -> str:
        self._since_also += 1
        if not _ALSO.match(sentence):
            return sentence
        is_repeated = self._since_also <= _NEAR
        self._since_also = _NEAR if is_repeated else 0
        return _ALSO.sub("And ", sentence, count=1) if is_repeated else sentence

    def _name_text(self, sentence: str) -> str:
        """Say `The study` for the second `It` in a row that tells what a study tells."""
        about_text = _TEXT.match(sentence)
        if about_text:
            self._noun, self._pronouns = about_text["noun"], 0
            return sentence
        if not self._noun or not _IT_TELLS.match(sentence):
            self._noun = ""
            return sentence

        self._pronouns += 1
        if self._pronouns <= MOST_PRONOUNS:
            return sentence
        self._pronouns = 0
        return _IT_TELLS.sub(f"The {self._noun} ", sentence, count=1)
