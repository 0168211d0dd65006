"""How words sound: respellings from `voices/lexicon.toml`, applied before text is verbalized."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from podcast.errors import ConfigError


@dataclass(frozen=True)
class Lexicon:
    """Words and their respellings, which any engine reads aright.

    A key with an upper-case letter is found only as written; others in any case. Whole words only, and the
    longest key first.
    """

    words: Mapping[str, str]
    """Word, or words, to respelling."""

    def apply(self, text: str) -> str:
        """`text` with every word of the lexicon respelt."""
        return self._pattern.sub(self._respelt, text) if self.words else text

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        keys = sorted(self.words, key=len, reverse=True)
        either = "|".join(re.escape(key) if key != key.lower() else f"(?i:{re.escape(key)})" for key in keys)
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)")

    def _respelt(self, match: re.Match[str]) -> str:
        found = match[0]
        return self.words.get(found) or self.words[found.lower()]


def load_lexicon(path: Path) -> Lexicon:
    """Read a lexicon; an empty one where there is no file.

    Raises ConfigError with every fault, one a line, each with file and key.
    """
    if not path.exists():
        return Lexicon({})
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    words = table.get("words", {})
    faults = [f"{key}: not known here. Put the words under [words]" for key in table if key != "words"]
    if not isinstance(words, dict):
        faults.append('words: is not a table: write [words], then "word" = "respelling"')
        words = {}
    for key, respelling in words.items():
        if not key.strip() or not isinstance(respelling, str) or not respelling.strip():
            faults.append(f"words.{key!r}: needs a word, and its respelling in quotes")
    if faults:
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in faults))
    return Lexicon(words)
