"""Questions that a voice without a rising tone can ask."""

from __future__ import annotations

import pytest

from podcast.language.english.question_forms import find_flat_questions


@pytest.mark.parametrize(
    "text",
    [
        "What changes on Monday?",
        "And why now?",
        "Sophia, does it work?",
        "In the lab, how fast is it?",
        "By how much?",
        "To whom does it belong?",
        "It works, doesn't it?",
        "Isn't that a lot for one state to carry?",
        "It is true. No question at all.",
    ],
)
def test_what_begins_with_its_question_word_is_heard(text: str) -> None:
    """Also after a name, a joint, a preposition, and at the end of a sentence."""
    assert find_flat_questions(text) == []


@pytest.mark.parametrize(
    "text", ["Thirty?", "So it watches first?", "You can say no?", "And outside?"]
)
def test_what_only_a_rising_voice_asks_is_found(text: str) -> None:
    """A statement with a question mark is heard as a statement."""
    assert find_flat_questions(f"It is so. {text} Well.") == [text]
