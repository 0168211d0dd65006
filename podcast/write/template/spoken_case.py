"""A headline in the letters of a sentence: `Port Buys Two Cranes` as `Port buys two cranes`."""

from __future__ import annotations

import re
from itertools import pairwise

from podcast.language.english.word_classes import is_known
from podcast.language.english.word_data import load, words
from podcast.write.template.title_words import shorten_names

_MARKS = ".,:;!?()"
# The share of large words from which on a headline is written in title case.
MANY_LARGE = 0.7


def say_in_small(title: str, told: str) -> str:
    """The title with small letters where its story writes small ones; names keep theirs."""
    tokens = title.split()
    if re.search(r"[\"“”‘]|(?<!\w)'", title) or not _is_title_case(tokens[1:]):
        return title

    tokens = shorten_names(title).split()
    said = tokens[:1]
    for at in range(1, len(tokens)):
        if _stands_in_name(tokens, at, told):
            said.append(tokens[at])
        else:
            said.append(_say_small(tokens[at], told))
    return " ".join(said)


def _stands_in_name(tokens: list[str], at: int, told: str) -> bool:
    """Tell whether a story has the word beside its neighbour in large letters: `Air Force`."""
    for first, second in pairwise(map(_strip_owner, tokens[at - 1 : at + 2])):
        is_large = first[:1].isupper() and second[:1].isupper()
        if is_large and f"{first} {second}" in told:
            return True
    return False


def _strip_owner(token: str) -> str:
    """Strip a word's marks, and the `'s` of an owner."""
    return re.sub(r"['’]s$", "", token.strip(_MARKS))


def _is_title_case(tokens: list[str]) -> bool:
    heavy = [word for word in tokens if len(word) > 3 and word[0].isalpha()]
    large = [word for word in heavy if word[0].isupper()]
    return len(heavy) > 1 and len(large) >= MANY_LARGE * len(heavy)


def _say_small(word: str, told: str) -> str:
    # Each part by itself: `US-Based` has a name and a word.
    parts: list[str] = []
    for part in word.split("-"):
        is_name = _is_name(part, told)
        parts.append(part if is_name else part[:1].lower() + part[1:])
    return "-".join(parts)


def _is_name(part: str, told: str) -> bool:
    """Tell whether a word is a name, or an abbreviation, wherever it stands."""
    bare = _strip_owner(part)
    if not bare or re.search(r"[A-Z\d]", bare[1:]) or bare == "I":
        return True
    if bare.lower() in _prepositions() or re.search(rf"\b{re.escape(bare.lower())}s?\b", told):
        return False
    # Never small in its story: a name, even where the dictionary has such a word as well.
    if re.search(rf"\b{re.escape(bare)}\b", told) or bare in _calendar():
        return True
    return not is_known(bare)


def _prepositions() -> frozenset[str]:
    return words("small") | {"amid", "amidst", "despite", "versus", "than"}


def _calendar() -> list[str]:
    names: dict[str, list[str]] = load("phrases")["words"]
    return [*names["months"], *names["weekdays"]]
