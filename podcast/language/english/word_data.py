"""The data files of English: phrases, words, names of sources."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The data file of that name beside this module."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(key: str) -> frozenset[str]:
    """A list of words of `words.toml`."""
    return frozenset(load("words")[key].split())


def first_large(text: str) -> str:
    """The text with a large first letter, as a sentence has it; names such as iPhone stay."""
    head = re.match(r"[\W_]*\w+", text)
    if not head or any(map(str.isupper, head[0])):
        return text
    first = re.match(r"[\W_]*([^\W\d_])", head[0])
    if not first:
        return text
    return text[: first.start(1)] + first[1].upper() + text[first.end(1) :]
