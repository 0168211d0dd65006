"""Cut a passage into the utterances that a neural voice speaks one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# Phonemes of one utterance. The model takes 508, but memory grows: two threads at 180 need
# 0.9 GB.
LONGEST = 300
# Phonemes below which a sentence sounds clipped when spoken alone; it joins its neighbour.
SHORTEST = 40

# Seconds after an utterance that ends a sentence, a clause, or that was cut between words.
SENTENCE_PAUSE, CLAUSE_PAUSE, WORD_PAUSE = 0.28, 0.12, 0.0

_MARKS = ';:,.!?—…"“”()'
_CLOSING = '"”)'


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word as printed, with its punctuation, and how it is said."""

    text: str
    phonemes: str

    @property
    def voiced(self) -> int:
        """Phonemes up to the last that is not punctuation."""
        return len(self.phonemes.rstrip(_MARKS + " "))

    @property
    def pause(self) -> float:
        """Seconds of the pause that its punctuation asks for."""
        end = self.phonemes.rstrip(_CLOSING)[-1:]
        if not end:
            return WORD_PAUSE
        if end in ".!?…":
            return SENTENCE_PAUSE
        return CLAUSE_PAUSE if end in ",;:—" else WORD_PAUSE


def utterances(words: Sequence[SpokenWord]) -> Iterator[tuple[list[SpokenWord], float]]:
    """Cut words into utterances of at most `LONGEST` phonemes, each with the seconds after it.

    One sentence each; short ones join a neighbour, long ones are cut at clauses, else between
    words.
    """
    joined: list[list[SpokenWord]] = []
    for sentence in _sentences(part for word in words for part in _pronounceable(word)):
        for piece in _halve_words(sentence):
            short = joined and min(_length(joined[-1]), _length(piece)) < SHORTEST
            if short and _length(joined[-1] + piece) <= LONGEST:
                joined[-1] += piece
            else:
                joined.append(piece)
    for utterance in joined:
        yield utterance, utterance[-1].pause


def _length(words: Sequence[SpokenWord]) -> int:
    return sum(len(word.phonemes) for word in words) + len(words) - 1


def _pronounceable(word: SpokenWord) -> Iterator[SpokenWord]:
    """The word; in parts when it alone is longer than an utterance, for nothing may be lost."""
    yield SpokenWord(word.text, word.phonemes[:LONGEST])
    for start in range(LONGEST, len(word.phonemes), LONGEST):
        yield SpokenWord("", word.phonemes[start : start + LONGEST])


def _sentences(words: Iterable[SpokenWord]) -> Iterator[list[SpokenWord]]:
    sentence: list[SpokenWord] = []
    for word in words:
        sentence.append(word)
        if word.pause == SENTENCE_PAUSE:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _halve_words(words: list[SpokenWord]) -> list[list[SpokenWord]]:
    """The words in pieces that are not too long, cut near their middle, best after a clause."""
    if _length(words) <= LONGEST:
        return [words]
    clauses = [n for n in range(1, len(words)) if words[n - 1].pause]
    middle = len(words) / 2
    at = min(clauses or range(1, len(words)), key=lambda n: abs(n - middle))
    return _halve_words(words[:at]) + _halve_words(words[at:])
