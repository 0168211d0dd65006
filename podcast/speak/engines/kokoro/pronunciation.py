"""The sounds of words, in the phonemes that the voice was trained with, American or British.

Words come from the dictionaries of misaki, as the package `hibari-tts` carries them, with a
small net for what they lack. How a word is to be read in its sentence is decided by
`heteronyms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from podcast.errors import SpeakError
from podcast.language.english.heteronyms import Reading, read_words
from podcast.language.english.sentence_splitter import split_sentences
from podcast.speak.engines.kokoro.loading import INSTALL, first_line, reading
from podcast.speak.engines.kokoro.utterance import SpokenWord

if TYPE_CHECKING:
    from hibari.g2p import G2P  # type: ignore[import-untyped]
    from hibari.g2p.token import Tok  # type: ignore[import-untyped]


def pronounce(text: str, *, british: bool) -> list[SpokenWord]:
    """Give every word of a text, split at white space, its phonemes.

    Raises SpeakError where the package that knows them is missing.
    """
    with reading:
        words: list[SpokenWord] = []
        for sentence in split_sentences(text):
            words += _join_tokens(_say_sentence(sentence, british))
            words[-1] = _with_last_mark(words[-1])
        return words


def _say_sentence(sentence: str, british: bool) -> Sequence[Tok]:
    converter = _converter(british)
    pieces = converter.tokenizer(sentence)
    readings = read_words([text for text, _ in pieces])

    tokens = [
        _token(text, space, reading, converter)
        for (text, space), reading in zip(pieces, readings, strict=True)
    ]
    try:
        spoken: Sequence[Tok] = converter.phonemize_tokens(tokens)
    except (ValueError, KeyError, IndexError) as error:
        raise SpeakError(
            f"no phonemes were found for {sentence[:60]!r}: {first_line(error)}"
        ) from error
    return spoken


def _with_last_mark(word: SpokenWord) -> SpokenWord:
    """The word that ends a sentence, with its mark: `U.S.` takes the full stop for its own."""
    mark = re.search(r"[.!?]", word.text[::-1])
    if not mark or word.phonemes.rstrip('"”)')[-1:] in (*".!?…", ""):
        return word
    return SpokenWord(word.text, word.phonemes + mark[0])


def _token(text: str, space: str, reading: Reading, converter: G2P) -> Tok:
    from hibari.g2p.token import Tok

    # A hyphen within a word, of any other tag, would be said as a dash, with a pause.
    tag = "HYPH" if text == "-" and not space else reading.tag
    phonemes = _sound_of(reading.sounds_like, converter) if reading.sounds_like else None
    return Tok(text, tag, space, phonemes=phonemes)


def _sound_of(word: str, converter: G2P) -> str:
    """The phonemes of a word that has one sound: tagged alone, by the package's own tagger."""
    if converter.tagger is None:
        from hibari import g2p  # type: ignore[import-untyped]

        converter.tagger = g2p.Tagger(g2p._load_json("tagger.json.gz"))
    return str(converter(word, False))


def _join_tokens(tokens: Sequence[Tok]) -> Iterator[SpokenWord]:
    """Words as they stand between spaces, of tokens that part contractions and marks."""
    text = phonemes = ""
    for token in tokens:
        text += token.text
        phonemes += token.phonemes or ""
        if token.whitespace and text:
            yield SpokenWord(text, phonemes)
            text = phonemes = ""
    if text:
        yield SpokenWord(text, phonemes)


@cache
def _converter(british: bool) -> G2P:
    try:
        from hibari import g2p
    except ImportError as error:
        raise SpeakError(f"the package hibari-tts is missing. {INSTALL}") from error

    # Built without the package's tagger, whose model takes more time to load than all the rest:
    # few texts need it, for `read_words` tags.
    accent = "gb" if british else "us"
    converter = g2p.G2P.__new__(g2p.G2P)
    gold, silver = (
        g2p._load_json(f"lexicon_{accent}_{kind}.json.gz") for kind in ("gold", "silver")
    )
    converter.lexicon = g2p.Lexicon(gold, silver, british)
    converter.tokenizer = g2p.Tokenizer(g2p._load_json("tokenizer_exceptions.json"))
    converter.tagger = converter._oov = None
    converter.unk = ""
    converter.british = british
    return converter
