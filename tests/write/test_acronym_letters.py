"""An acronym is expanded only where its letters match."""

from __future__ import annotations

import pytest

from podcast.write.template.parentheses import letters_fit


@pytest.mark.parametrize(
    ("acronym", "words"),
    [
        ("COG", "Coastal Observation Group"),
        ("DOD", "Department of Defense"),
        ("ATP", "adenosine triphosphate"),
        ("LLM", "large language model"),
        ("MRNA", "messenger ribonucleic acid"),
    ],
)
def test_initials_in_order_fit(acronym: str, words: str) -> None:
    """Small words may be passed over, and a word may give more letters than its first."""
    assert letters_fit(acronym, words.split())


@pytest.mark.parametrize(
    ("acronym", "words"),
    [
        ("TLS", "the successor to SSL"),
        ("ATP", "a single molecule"),
        ("PORTIT", "Peter's island tool box"),
    ],
)
def test_other_words_do_not(acronym: str, words: str) -> None:
    """What merely stands in parentheses beside it is no expansion."""
    assert not letters_fit(acronym, words.split())
