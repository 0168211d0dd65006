"""Words as the fact check compares them: by stem, by group of like words, by other name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from podcast.language.english.word_stems import find_stem


@cache
def load_groups() -> dict[str, Any]:
    """The data file `word_groups.toml`."""
    path = Path(__file__).with_name("word_groups.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of words, as they are written."""
    return frozenset(load_groups()[name].split())


@cache
def stem_list(name: str) -> frozenset[str]:
    """A list of words, as stems."""
    return frozenset(stem(word) for word in word_list(name))


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """The stem of a word, the same for its plural, its past, its noun and its verb as far as forms show."""
    plain = bare(word)
    return find_stem(_irregular().get(plain, plain))


def bare(word: str) -> str:
    """A word in small letters, without possessive and dots."""
    small = word.casefold().replace("’", "'")
    return re.sub(r"'s$|'$", "", small).replace(".", "").strip("-'")


@lru_cache(maxsize=1 << 14)
def keys(word: str) -> frozenset[str]:
    """The stem of a word and the groups it belongs to: two words are alike if they share a key."""
    own = stem(word)
    return frozenset({own, *_groups().get(own, ()), *_alias_groups().get(bare(word), ())})


def alias_keys(words: list[str]) -> dict[int, frozenset[str]]:
    """Keys of names that are several words.

    For each word's place, the groups of the names it is in.
    """
    found: dict[int, frozenset[str]] = {}
    small = [bare(word) for word in words]
    for name, groups in _long_aliases():
        for start in range(len(small) - len(name) + 1):
            if small[start : start + len(name)] == list(name):
                for place in range(start, start + len(name)):
                    found[place] = found.get(place, frozenset()) | groups
    return found


@cache
def _irregular() -> dict[str, str]:
    forms: dict[str, str] = {}
    for line in _lines("irregular"):
        verb, *others = line.split()
        forms.update(dict.fromkeys(others, verb))
    return forms


def is_irregular_past(word: str) -> bool:
    """Tell whether a word is a past form without -ed: `sold`."""
    small = bare(word)
    return _irregular().get(small, small) != small and not small.endswith(("s", "ing"))


@cache
def _groups() -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for number, line in enumerate(_lines("same")):
        for word in line.split():
            groups[stem(word)] = groups.get(stem(word), frozenset()) | {f"~{number}"}
    return groups


@cache
def _alias_groups() -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for number, line in enumerate(_lines("aliases")):
        for name in line.split():
            groups[bare(name)] = groups.get(bare(name), frozenset()) | {f"={number}"}
    return groups


@cache
def _long_aliases() -> list[tuple[tuple[str, ...], frozenset[str]]]:
    return [
        (tuple(name.split("_")), groups)
        for name, groups in _alias_groups().items()
        if "_" in name
    ]


@cache
def implying_names() -> dict[str, frozenset[str]]:
    """For a place or a firm the names of what is there or belongs to it, in small letters."""
    implied: dict[str, frozenset[str]] = {}
    for line in _lines("implied"):
        names, _, implying = line.partition("|")
        own = frozenset(word.replace("_", " ") for word in (*names.split(), *implying.split()))
        for name in names.split():
            implied[name] = implied.get(name, frozenset()) | own
    return implied


@cache
def opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of sets of stems that contradict each other."""
    pairs = []
    for line in _lines("opposites"):
        left, _, right = line.partition("|")
        pairs.append((frozenset(map(stem, left.split())), frozenset(map(stem, right.split()))))
    return tuple(pairs)


def _lines(name: str) -> Iterator[str]:
    return (line for line in load_groups()[name].splitlines() if line.strip())
