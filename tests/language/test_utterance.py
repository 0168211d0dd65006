"""What is written becomes what is said, and each written word knows what is said for it."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from podcast.language.english.spelling import Edit, utter, verbalize, without_markup
from podcast.language.english.spelling.provenance import share_out
from podcast.model import Utterance


def shares(utterance: Utterance) -> list[tuple[str, str]]:
    """Each written word with what is said for it."""
    spoken = utterance.text.split()
    return [
        (word.written, " ".join(spoken[word.first : word.last])) for word in utterance.words
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "It cost €120 million on Nov. 27, 2027.",
            "It=It cost=cost €120=one hundred and twenty million=million euros on=on Nov.=November "
            "27,=twenty-seventh, 2027.=twenty twenty-seven.",
        ),
        (
            "From 2-3 p.m. at 5–6 km/h.",
            "From=From 2-3=two to three p.m.=PM at=at 5–6=five to six km/h.=kilometers per hour.",
        ),
        ("AT&T rose 3.5%.", "AT&T=A-T and T rose=rose 3.5%.=three point five percent."),
        ("On 27 November.", "On=On 27=the twenty-seventh of November.=November."),
    ],
)
def test_each_written_word_has_its_share_of_what_is_said(written: str, expected: str) -> None:
    """Words that are spelled out together part what is said for them as a reader would."""
    assert " ".join(f"{word}={said}" for word, said in shares(utter(written))) == expected


def test_initials_keep_the_stop_of_their_sentence() -> None:
    """`U.S.` at an end is two letters and a stop, whatever word the next sentence begins with."""
    text = utter("Boats are made in the U.S. Participants will see some.").text
    assert text == "Boats are made in the U-S. Participants will see some."


def test_a_word_names_the_rules_that_changed_it() -> None:
    """Whoever wants to mend a word sees which rule to look at; a word said as written names none."""
    words = {word.written: word.rules for word in utter("They use GPT-4o for $3.").words}
    assert words["They"] == words["use"] == ()
    assert words["GPT-4o"][0] == "GPT-4o"
    assert words["$3."] == ("money",)


def test_the_lexicon_is_asked_first_and_named() -> None:
    """A respelling is said, and its word says that the lexicon gave it."""
    utterance = utter("Read it on arXiv 2 times.", lambda text: [Edit(11, 16, "archive")])
    assert utterance.text == "Read it on archive two times."
    assert [word.rules for word in utterance.words if word.written == "arXiv"] == [("lexicon",)]


TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                "$3",
                "million",
                "Nov.",
                "27,",
                "2024",
                "5",
                "*",
                "-",
                "U.S.",
                "AT&T",
                "\n",
                "(see",
                "[1])",
                "é",
            ]
        ),
        max_size=12,
    ).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("A\x1eb 3%")
def test_every_spoken_word_belongs_to_one_written_word(text: str) -> None:
    """Whatever is written, the shares in order are all of what is said, which is what `verbalize` says."""
    utterance = utter(text)
    assert " ".join(said for _, said in shares(utterance) if said) == utterance.text
    if "[" not in text and "*" not in text:
        assert utterance.text == verbalize(" ".join(text.split()))


def test_one_written_word_gets_all() -> None:
    """Nothing is shared where there is one to take it, and long runs are shared without looking long."""
    assert share_out(["x"], ["a", "b"]) == [0, 0]
    began = time.process_time()
    assert share_out(["1"] * 3000, ["one"] * 3000) == list(range(3000))
    assert time.process_time() - began < 0.5


# --- directions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said", "directions"),
    [
        ("Well [laughs], no.", "Well, no.", ("laughs",)),
        ("[pace slow] It is *very* old.", "It is very old.", ("pace slow",)),
        ("It is **not** so. [sighs]", "It is not so.", ("sighs",)),
        ("It ends. [dims the lights] It starts.", "It ends. It starts.", ("dims the lights",)),
        ("No direction.", "No direction.", ()),
    ],
)
def test_a_direction_is_never_spoken(text: str, said: str, directions: tuple[str, ...]) -> None:
    """Lower-case words in brackets direct, stars stress; neither is said, neither is a written word."""
    utterance = utter(text)
    assert utterance.text == said
    assert utterance.directions == directions
    assert [word.written for word in utterance.words] == said.split()


@pytest.mark.parametrize("text", ["It lies in [0, 1].", "5 * 3 is 15.", "He [Smith] left."])
def test_other_brackets_and_stars_are_text(text: str) -> None:
    """Numbers and names in brackets, and a product, direct nothing."""
    utterance = utter(text)
    assert utterance.directions == ()
    assert [word.written for word in utterance.words] == text.split()


@pytest.mark.parametrize(
    "text", ["He said [the firm] would pay.", "She wants [workers] to stay."]
)
def test_an_editors_brackets_are_no_direction(text: str) -> None:
    """Words that were put into a quotation are said."""
    utterance = utter(text)
    assert utterance.directions == ()
    assert utterance.text == text.replace("[", "").replace("]", "")


def test_written_form_survives_the_loss_of_markup() -> None:
    """Numbers, signs and quotation marks stay as they are typed."""
    text = "“GPT-4o” is <5% of €1.2bn (a loss), on Nov. 27 — 3/4 of it."
    assert without_markup(text) == text


def test_ten_minutes_are_spelled_out_within_half_a_second() -> None:
    """1,800 words with numbers, with all their shares."""
    text = "The council of 12 towns paid $3.5 million on Nov. 27, and 40% of it went to the old market hall."
    began = time.process_time()
    for _ in range(90):
        utter(text)
    assert time.process_time() - began < 0.5
    assert not re.search(r"\d", utter(text).text)
