"""The phrases of `markers.toml` as patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load_markers() -> dict[str, Any]:
    """The data file `markers.toml`."""
    path = Path(__file__).with_name("markers.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def marker(name: str) -> re.Pattern[str]:
    """A list of phrases as one pattern."""
    return re.compile(phrase_pattern(load_markers()[name]), re.IGNORECASE)


def phrase_pattern(phrases: Iterable[str]) -> str:
    """A pattern of whole words for phrases.

    A star stands for any letters, a space also for a hyphen.
    """
    # The longest first: of two that begin alike, an alternation takes the first.
    parts = sorted(map(_one_pattern, phrases), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"


def _one_pattern(phrase: str) -> str:
    # `re.escape` puts a backslash before stars and spaces; both apostrophes are one.
    pattern = re.escape(phrase.replace("'", "’"))
    return pattern.replace(r"\*", r"\w*").replace(r"\ ", r"[ -]").replace("’", "['’]")
