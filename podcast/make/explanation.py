"""How a text is said: what is spoken for each written word,
by which rule, and in which sounds."""

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
    phonemes = _phonemes_of(utterance)
    words = [
        ExplainedWord(
            word.written,
            " ".join(spoken[word.first : word.last]),
            ", ".join(word.rules),
            " ".join(phonemes[word.first : word.last]),
        )
        for word in utterance.words
    ]
    return Explanation(utterance.text, tuple(words), utterance.directions)


def find_lexicon(folder: Path) -> Lexicon:
    """The lexicon of the show in a folder;
    the one that comes with presscast where there is no show."""
    own = folder / "voices" / "lexicon.toml"
    return load_lexicon(own if own.is_file() else defaults("voices") / "lexicon.toml")


def _phonemes_of(utterance: Utterance) -> list[str]:
    """Phonemes of each spoken word, without marks;
    empty ones where the neural voice is not installed."""
    if find_spec("hibari") is None:
        return [""] * len(utterance.text.split())

    from podcast.speak.engines.kokoro.pronunciation import pronounce

    words = pronounce(with_accents(utterance), british=False)
    return [word.phonemes.strip(_MARKS) for word in words]
