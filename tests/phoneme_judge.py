"""Score how written sentences sound: the phonemes of the voice against those of the right readings.

    python tests/phoneme_judge.py FILE.tsv [--all]

The file is one of `tests.spoken`, with the layer in its sixth column; only rows of the layer `voice` are judged,
unless `--all` is given. A reading is met when its sounds are a part of what is heard, where a letter that
stands alone in a reading (`series A`) must sound as its name. Stress, marks and the words and, a, an, the are
left out, and sounds that differ only in haste are taken for one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import spoken

from podcast.language.english.accents import with_accents
from podcast.language.english.spelling import utter
from podcast.speak.engines.kokoro.pronunciation import pronounce
from podcast.speak.engines.kokoro.utterance import SpokenWord
from podcast.speak.lexicon import Lexicon, load_lexicon

_LEXICON = Path(__file__).parent.parent / "voices/lexicon.toml"
_UNHEARD = frozenset(("and", "a", "an", "the"))
_ALIKE = str.maketrans({"ᵊ": "ə", "ᵻ": "ə", "ɪ": "ə", "T": "t", "ɾ": "t", "ʊ": "u", "ʌ": "ə"})


def heard(written: str, lexicon: Lexicon | None = None) -> str:
    """The sounds of a written sentence, as the default engine gets it."""
    lexicon = lexicon or load_lexicon(_LEXICON)
    said = with_accents(utter(written, lexicon.edits))
    return _sounds(_sound_of(word) for word in pronounce(said, british=False))


def asked(reading: str) -> str:
    """The sounds of a reading, its lone letters as their names."""
    words = [word for word in re.findall(r"[^\s-]+", reading) if word not in _UNHEARD]
    return _sounds(_say_alone(word) for word in words)


def is_heard(sentence: spoken.Sentence) -> bool:
    """Whether one of the readings of a sentence is a part of what is heard."""
    sounds = heard(sentence.written)
    return any(asked(reading) in sounds for reading in sentence.accepted)


def _sound_of(word: SpokenWord) -> str:
    """What counts of a word: nothing of small ones, but the letter A is no article."""
    text = re.sub(r"\W", "", word.text).lower()
    is_article = text == "a" and "ɐ" in word.phonemes
    if is_article or text in _UNHEARD - {"a"}:
        return ""
    return "tu" if text == "to" else word.phonemes


def _say_alone(word: str) -> str:
    """The sounds of a word of a reading; `A` and the `Gs` of `P N Gs` are letters."""
    letter = re.fullmatch(r"(\w)((?<=[A-Z])s)?", word)
    text = f"{letter[1].upper()}-" if letter and letter[1].isalpha() else word
    said = "".join(part.phonemes for part in pronounce(text, british=False))
    return f"{said}z" if letter and letter[2] else said


def _sounds(words: Iterable[str]) -> str:
    return re.sub(r"[^\w]|[ˈˌ]", "", "".join(words)).translate(_ALIKE)


def main(arguments: list[str]) -> None:
    """Print the sentences that sound wrong, and how many sound right."""
    for path in (Path(argument) for argument in arguments if argument != "--all"):
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
        judged = right = 0
        for row in rows:
            if "--all" not in arguments and row[5:6] != ["voice"]:
                continue

            judged += 1
            sentence = spoken.Sentence(
                row[0], row[1].replace("\\n", "\n"), tuple(row[2].split("|"))
            )
            if is_heard(sentence):
                right += 1
                continue
            print(f"{sentence.written!r}\n    heard: {heard(sentence.written)}")
            print(
                "    right:",
                *(f"{reading.strip()} [{asked(reading)}]" for reading in sentence.accepted),
            )
        print(f"{path}: {right} of {judged} sound right")


if __name__ == "__main__":
    main(sys.argv[1:])
