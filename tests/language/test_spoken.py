"""Sentences of the news are said right: each kind in an accepted reading, and what was right stays."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import spoken

from podcast.language.english.spelling import verbalize

DATA = Path(__file__).parent.parent / "data/spoken"
SENTENCES = list(spoken.read_sentences(DATA / "sentences.tsv"))
REGRESSIONS = [
    line.split("\t") for line in (DATA / "regression.tsv").read_text("utf-8").splitlines()[1:]
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.written)
def test_a_sentence_is_said_in_a_right_way(sentence: spoken.Sentence) -> None:
    """Each sentence is said in one of the readings that a person accepted."""
    assert sentence.accepts(spoken.say(sentence.written)), spoken.say(sentence.written)


def test_what_was_right_stays_right() -> None:
    """Nine hundred sentences in the shapes of real editions are said as a person read and approved them."""
    assert len(REGRESSIONS) >= 500
    wrong = [
        (written, said, verbalize(written))
        for written, said in REGRESSIONS
        if verbalize(written) != said
    ]
    assert wrong == []


def test_what_is_said_stays_as_it_is() -> None:
    """What was spelled out once is not changed when it is spelled out again."""
    assert [verbalize(said) for _, said in REGRESSIONS] == [said for _, said in REGRESSIONS]


def test_an_edition_of_ten_minutes_is_spelled_out_in_no_time() -> None:
    """About 1,500 words take less than 0.4 seconds of processor time."""
    words = 0
    edition = []
    for written, _ in REGRESSIONS:
        edition.append(written)
        words += len(written.split())
        if words >= 1500:
            break
    verbalize(" ".join(edition))

    began = time.process_time()
    for sentence in edition:
        verbalize(sentence)
    assert time.process_time() - began < 0.4


def test_a_reading_is_met_by_a_part_and_not_by_a_piece_of_a_word() -> None:
    """The score finds whole words, letters set apart or not, without case, hyphens and small words."""
    sentence = spoken.Sentence("", "", ("five P M", "sixty nine dollars"))
    assert sentence.accepts("At five PM it closed.")
    assert sentence.accepts("It cost sixty-nine dollars.")
    assert not sentence.accepts("It cost ninety-sixty-nine dollarsign.")
