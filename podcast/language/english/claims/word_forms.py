"""Words as the fact check compares them: by stem, by group of like words, by other name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
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
    """The stem of a word: the same for its plural, past, noun and verb as far as forms show."""
    plain = bare_word(word)
    return find_stem(_irregular_forms().get(plain, plain))


def bare_word(word: str) -> str:
    """A word in small letters, without possessive and dots."""
    small = word.casefold().replace("’", "'")
    return re.sub(r"'s$|'$", "", small).replace(".", "").strip("-'")


@lru_cache(maxsize=1 << 14)
def keys(word: str) -> frozenset[str]:
    """The stem of a word and the groups it is in: two words are alike if they share a key."""
    own = stem(word)
    return frozenset({own, *_groups().get(own, ()), *_alias_groups().get(bare_word(word), ())})


def alias_keys(words: list[str]) -> dict[int, frozenset[str]]:
    """Keys of names that are several words.

    For each word's place, the groups of the names it is in.
    """
    keys_by_place: dict[int, frozenset[str]] = {}
    small_words = [bare_word(word) for word in words]
    for name, groups in _long_aliases():
        for start in range(len(words) - len(name) + 1):
            if small_words[start : start + len(name)] != name:
                continue
            for place in range(start, start + len(name)):
                keys_by_place[place] = keys_by_place.get(place, frozenset()) | groups
    return keys_by_place


@cache
def _irregular_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for line in _group_lines("irregular"):
        verb, *others = line.split()
        forms.update(dict.fromkeys(others, verb))
    return forms


def is_irregular_past(word: str) -> bool:
    """Tell whether a word is a past form without -ed: `sold`."""
    small = bare_word(word)
    return _irregular_forms().get(small, small) != small and not small.endswith(("s", "ing"))


@cache
def _groups() -> dict[str, frozenset[str]]:
    return _number_groups("same", "~", stem)


@cache
def _alias_groups() -> dict[str, frozenset[str]]:
    return _number_groups("aliases", "=", bare_word)


def _number_groups(
    name: str, sign: str, form: Callable[[str], str]
) -> dict[str, frozenset[str]]:
    """For each word in its form the keys of its lines: a sign and their number."""
    groups: dict[str, frozenset[str]] = {}
    for number, line in enumerate(_group_lines(name)):
        for word in map(form, line.split()):
            groups[word] = groups.get(word, frozenset()) | {f"{sign}{number}"}
    return groups


@cache
def _long_aliases() -> list[tuple[list[str], frozenset[str]]]:
    """The words of each name of several, with its groups."""
    aliases: list[tuple[list[str], frozenset[str]]] = []
    for name, groups in _alias_groups().items():
        if "_" in name:
            aliases.append((name.split("_"), groups))
    return aliases


@cache
def implying_names() -> dict[str, frozenset[str]]:
    """For a place or a firm the names of what is there or belongs to it, in small letters."""
    implied: dict[str, frozenset[str]] = {}
    for line in _group_lines("implied"):
        names = line.partition("|")[0].split()
        # What has spaces is written with underscores, as a space parts two names.
        own = frozenset(word.replace("_", " ") for word in line.replace("|", " ").split())
        for name in names:
            implied[name] = implied.get(name, frozenset()) | own
    return implied


@cache
def opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of sets of stems that contradict each other."""
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    for line in _group_lines("opposites"):
        left, _, right = line.partition("|")
        pairs.append((frozenset(map(stem, left.split())), frozenset(map(stem, right.split()))))
    return tuple(pairs)


def _group_lines(name: str) -> Iterator[str]:
    return (line for line in load_groups()[name].splitlines() if line.strip())
