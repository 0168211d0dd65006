"""Stems of English words."""

from __future__ import annotations

import threading
from functools import cache, lru_cache
from typing import Any

# A stemmer holds the word that it works on, so two threads would spoil each other's.
_LOCK = threading.Lock()


@cache
def _stemmer() -> Any:
    import snowballstemmer  # type: ignore[import-untyped]

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def find_stem(word: str) -> str:
    """Find the part that a small English word shares with its other forms. Safe for threads."""
    with _LOCK:
        return str(_stemmer().stemWord(word))
