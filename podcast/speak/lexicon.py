"""How words sound: respellings that fix a pronunciation for any engine.

The file (`voices/lexicon.toml`) has one table, `[words]`: what is written = how it sounds. It is applied to a
passage before `verbalize`, so a word may hold figures and signs (`"GPT-4o" = "G.P.T. four oh"`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from podcast.errors import ConfigError
from podcast.util.toml_files import read_toml


@dataclass(frozen=True)
class Lexicon:
    """Words and their respellings.

    Whole words only, the longest first; one with a capital letter is found in exactly this shape, one
    without in any (`linux` finds `Linux`).
    """

    words: Mapping[str, str] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = "|".join(
            re.escape(word) if word != word.lower() else f"(?i:{re.escape(word)})"
            for word in sorted(self.words, key=lambda word: (-len(word), word))
        )
        object.__setattr__(self, "_pattern", re.compile(rf"(?<!\w)(?:{found})(?!\w)") if found else None)

    def apply(self, text: str) -> str:
        """Put every word of the lexicon as it sounds."""
        return self._pattern.sub(self._sound, text) if self._pattern else text

    def _sound(self, match: re.Match[str]) -> str:
        return self.words.get(match[0]) or self.words.get(match[0].lower(), match[0])


def load_lexicon(path: Path) -> Lexicon:
    """Read a lexicon; a missing file is an empty one.

    Raises ConfigError with every fault, each with the file and the word.
    """
    if not path.exists():
        return Lexicon()
    table = read_toml(path)
    words = table.pop("words", {})
    faults = [f"{path}: {key}: not known here. Words stand under [words]" for key in table]
    if not isinstance(words, dict):
        faults.append(f"{path}: words: must be a table, [words]")
        words = {}
    for word, sound in words.items():
        if not word.strip():
            faults.append(f"{path}: words.{word!r}: the word is empty")
        elif not isinstance(sound, str) or not sound.strip():
            faults.append(f"{path}: words.{word}: must be a respelling in quotes, not {sound!r}")
    if faults:
        raise ConfigError("\n".join(faults))
    return Lexicon(words)
