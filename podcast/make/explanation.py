"""How a text is said: the spoken words, the rules that chose them, and their sounds."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from podcast.language.english.accents import with_accents
from podcast.language.english.spelling import utter
from podcast.model import Utterance
from podcast.speak.lexicon import Lexicon, load_lexicon
from podcast.util.package_data import defaults

_MARKS = ';:,.!?—…"“”() '


@dataclass(frozen=True, slots=True)
class ExplainedWord:
    """A written word and how it is said."""

    written: str
    spoken: str
    """Empty where nothing is said for it."""
    rule: str
    """Names of the rules that changed it, parted by commas;
    empty where it is said as written."""
    phonemes: str
    """Of the neural voice; empty where it is not installed."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A text and how it is said."""

    spoken: str
    words: tuple[ExplainedWord, ...]
    directions: tuple[str, ...]


def explain_text(text: str, lexicon: Lexicon) -> Explanation:
    """Spell a text out and say how. Speaks nothing and writes nothing."""
    utterance = utter(text, lexicon.edits)
    spoken = utterance.text.split()
    phonemes = _find_phonemes(utterance)

    words: list[ExplainedWord] = []
    for word in utterance.words:
        spoken_range = slice(word.first, word.last)
        rules = ", ".join(word.rules)
        words.append(
            ExplainedWord(
                word.written,
                " ".join(spoken[spoken_range]),
                rules,
                " ".join(phonemes[spoken_range]),
            )
        )
    return Explanation(utterance.text, tuple(words), utterance.directions)


def find_lexicon(folder: Path) -> Lexicon:
    """Load the lexicon of the show in a folder; presscast's own where there is no show."""
    own_path = folder / "voices" / "lexicon.toml"
    if own_path.is_file():
        return load_lexicon(own_path)
    return load_lexicon(defaults("voices") / "lexicon.toml")


def _find_phonemes(utterance: Utterance) -> list[str]:
    """Find the phonemes of each spoken word, without marks.

    They are empty where the neural voice is not installed.
    """
    if find_spec("hibari") is None:
        return [""] * len(utterance.text.split())

    from podcast.speak.engines.kokoro.pronunciation import pronounce

    words = pronounce(with_accents(utterance), british=False)
    return [word.phonemes.strip(_MARKS) for word in words]
