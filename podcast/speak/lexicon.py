"""Respellings of words that fix a pronunciation for any engine.

The file (`voices/lexicon.toml`) has one table, `[words]`: what is written = how it sounds. It
is applied to a passage before it is spelled out, so a word may hold figures and signs
(`"GPT-4o" = "G.P.T. four oh"`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from podcast.errors import ConfigError
from podcast.language.english.spelling import Edit, make_edits
from podcast.util.toml_files import read_toml


@dataclass(frozen=True)
class Lexicon:
    """Words and their respellings.

    Whole words only, the longest first. A word with a capital letter is found in exactly this
    shape, one without in any (`linux` finds `Linux`). Names are found with and without their
    accents (`Nguyen` finds `Nguyễn`, `Mbappé` finds `Mbappe`); an accent in a word of small
    letters counts, for it may tell two words apart (`résumé`).
    """

    words: Mapping[str, str] = field(default_factory=dict)
    _sounds: Mapping[str, str] = field(init=False, repr=False, compare=False)
    """Words as they are looked up, and their respellings."""
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    """Finds words in a text without accents."""
    _accented: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    """Finds words of small letters with accents in a text as it is."""

    def __post_init__(self) -> None:
        accented = [
            word for word in self.words if word == word.lower() and word != _strip_accents(word)
        ]
        bare: dict[str, str] = {}
        for word, sound in self.words.items():
            if word not in accented:
                bare[_strip_accents(word)] = sound
        sounds = bare | {word: self.words[word] for word in accented}
        object.__setattr__(self, "_sounds", sounds)
        object.__setattr__(self, "_pattern", _any_of(bare))
        object.__setattr__(self, "_accented", _any_of(accented))

    def apply(self, text: str) -> str:
        """Put every word of the lexicon as it sounds."""
        return make_edits(text, self.edits(text))

    def edits(self, text: str) -> list[Edit]:
        """Every word of the lexicon that a text has, at its place, with its respelling."""
        matches = [
            *_find_matches(self._accented, text),
            *_find_matches(self._pattern, _strip_accents(text)),
        ]
        # Of two that begin alike the longer wins, and none begins within another.
        edits: list[Edit] = []
        for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
            if not edits or match.start() >= edits[-1].end:
                edits.append(Edit(match.start(), match.end(), self._sound(match[0])))
        return edits

    def _sound(self, word: str) -> str:
        return self._sounds.get(word) or self._sounds.get(word.lower(), word)


def _any_of(words: Collection[str]) -> re.Pattern[str] | None:
    """A pattern of whole words, the longest first; those without capitals match any case."""
    if not words:
        return None

    choices: list[str] = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        pattern = re.escape(word)
        choices.append(f"(?i:{pattern})" if word == word.lower() else pattern)
    return re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)")


def _find_matches(pattern: re.Pattern[str] | None, text: str) -> Iterator[re.Match[str]]:
    return pattern.finditer(text) if pattern else iter(())


def _strip_accents(text: str) -> str:
    """A text without accents, each character at its old place."""
    return text if text.isascii() else "".join(map(_bare_letter, text))


@lru_cache(maxsize=1 << 12)
def _bare_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isalpha() and base.isascii() else letter


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
            faults.append(
                f"{path}: words.{word}: must be a respelling in quotes, not {sound!r}"
            )
    if faults:
        raise ConfigError("\n".join(faults))
    return Lexicon(words)
