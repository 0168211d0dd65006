"""Classes that a word can have by a dictionary of English: verb, noun, adjective.

The tagger decides by the words around; headlines leave out those that it leans on, so a
dictionary is asked too.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Literal

WordClass = Literal["VERB", "NOUN", "ADJ", "ADV"]

# The dictionary is read when it is first asked, and by one thread.
_loading = Lock()


@lru_cache(maxsize=1 << 14)
def _lemmas_by_class(word: str) -> dict[str, tuple[str, ...]]:
    from lemminflect import getAllLemmas  # type: ignore[import-untyped, unused-ignore]

    with _loading:
        lemmas: dict[str, tuple[str, ...]] = getAllLemmas(word)
    return lemmas


def find_lemma(word: str, word_class: WordClass) -> str | None:
    """The dictionary's form of the word in a class, `cool` for the verb `cools`; else None."""
    lemmas = _lemmas_by_class(word.lower().replace("’", "'")).get(word_class)
    return lemmas[0] if lemmas else None


def can_be(word: str, word_class: WordClass) -> bool:
    """Tell whether the dictionary has the word in that class."""
    return find_lemma(word, word_class) is not None


def is_known(word: str) -> bool:
    """Tell whether the dictionary has the word at all; names are mostly not there."""
    return bool(_lemmas_by_class(word.lower()))


def is_plural(word: str) -> bool:
    """Tell whether the word is a noun's plural: `roofs`, `people`."""
    lemma = find_lemma(word, "NOUN")
    return word.lower() in ("people", "police") or (lemma is not None and lemma != word.lower())


@lru_cache(maxsize=1 << 12)
def inflect_verb(lemma: str, form: Literal["VBZ", "VBD", "VBN"]) -> str:
    """A form of the verb: `shows`, `showed`."""
    from lemminflect import getInflection

    with _loading:
        forms: tuple[str, ...] = getInflection(lemma, form)
    return forms[0] if forms else ""
