"""The tagger: which word of a sentence is what."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from podcast.language.english.tagger import tag_text, tag_words


def tags(text: str) -> str:
    return " ".join(f"{word.text}/{word.tag}" for word in tag_text(text))


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The boats leave the harbour at noon.", "leave", "VBP"),
        ("The leave that they took was short.", "leave", "NN"),
        ("A new report shows the harm.", "report", "NN"),
        ("They report the harm each year.", "report", "VBP"),
        ("She was seen in Lisbon.", "seen", "VBN"),
        ("Maria Keller runs the lab.", "Keller", "NNP"),
        ("The old lab closed in May.", "old", "JJ"),
        ("He sails slowly home.", "slowly", "RB"),
    ],
)
def test_a_word_is_tagged_by_what_stands_around_it(text: str, word: str, tag: str) -> None:
    """One spelling is a noun in one sentence and a verb in another."""
    assert {w.tag for w in tag_text(text) if w.text == word} == {tag}


def test_contractions_and_marks_are_words_of_their_own() -> None:
    """`don't` is two words, a genitive is one more, marks stand alone, and each knows its place."""
    text = "Ada's boats don't sail, Dr. Li said in the U.S. today."
    words = tag_text(text)
    assert [w.text for w in words] == (
        "Ada 's boats do n't sail , Dr. Li said in the U.S. today .".split()
    )
    assert all(text[w.start : w.end] == w.text for w in words)


def test_no_words_have_no_tags() -> None:
    """Nothing in, nothing out, and a mark alone is no failure."""
    assert tag_words([]) == ()
    assert tag_text("   ") == ()
    assert len(tag_words(["…"])) == 1


def test_threads_do_not_disturb_each_other() -> None:
    """Many threads get the tags that one gets."""
    texts = [f"The {n} boats leave the harbour, and {n} more report it." for n in range(200)]
    alone = [tags(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(tags, texts)) == alone


def test_an_edition_is_tagged_within_a_third_of_a_second() -> None:
    """1,800 words, ten minutes of speech, take 0.3 s of processor time at most."""
    text = "The council of the old town plans to open the market hall again before the winter comes."
    start = time.process_time()
    for _ in range(105):
        tag_text(text)
    assert time.process_time() - start < 0.3
