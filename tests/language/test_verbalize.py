"""Written English is said as a newsreader says it, by every engine, whatever is written."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from num2words import num2words

from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.spelling import SPELL_OUT, VERBALIZE, spell_out, verbalize
from podcast.language.english.spelling.numerals import cardinal, ordinal, year
from podcast.language.english.spelling.rule import Rule

CASES = [
    (section, line, case)
    for section, lines in tomllib.loads(
        (Path(__file__).parent.parent / "data/verbalize.toml").read_text("utf-8")
    ).items()
    for line, case in lines.items()
]
WRITTEN = [line for _, line, _ in CASES]
UNSPEAKABLE = re.compile(r"[0-9$%€£&<>{}()\[\]\\|_*#^~=@]|://")


@pytest.mark.parametrize(
    ("line", "case"), [pytest.param(line, case, id=line) for _, line, case in CASES]
)
def test_the_table_is_said_as_it_says(line: str, case: str | dict[str, str]) -> None:
    """Every line of the table is spelled out, and verbalized, as a person wrote it there."""
    expected = {"say": case} if isinstance(case, str) else case
    assert spell_out(line) == expected["say"]
    assert verbalize(line) == expected.get("engine", expected["say"])


def test_the_table_is_large() -> None:
    """The table holds at least 150 cases."""
    assert len(CASES) >= 150


@pytest.mark.parametrize("rule", VERBALIZE, ids=lambda rule: rule.name)
def test_a_rule_does_what_its_example_says(rule: Rule) -> None:
    """What a rule shows as its example is what comes out in the end, and the rule takes part in it."""
    written, said = rule.example
    rules = SPELL_OUT if rule in SPELL_OUT else VERBALIZE
    assert (spell_out if rules is SPELL_OUT else verbalize)(written) == said


# Text made of what the rules look for finds more than random characters do.
SCRAPS = st.sampled_from(
    [word for line in WRITTEN for word in re.findall(r"\w+|\W", line)]
    + [
        "(",
        ")",
        "[",
        "]",
        "$",
        "%",
        "1",
        "2024",
        "-",
        "–",
        "—",
        "/",
        "'",
        '"',
        "*",
        "_",
        "#",
        "\n",
        "A",
        "I",
        "U.S.",
    ]
)
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,-–/:$%()[]{}<>*_^~=+'\"#@\\&| aAsXITM\n", max_size=40),
    st.lists(SCRAPS, max_size=14).map("".join),
    st.lists(st.sampled_from(WRITTEN), max_size=3).map(" ".join),
)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_spelling_out_twice_changes_nothing(text: str) -> None:
    """`spell_out` never raises and is idempotent."""
    once = spell_out(text)
    assert spell_out(once) == once


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_what_engines_get_can_be_said(text: str) -> None:
    """`verbalize` never raises, is idempotent, and leaves nothing that cannot be read aloud."""
    once = verbalize(text)
    assert verbalize(once) == once
    assert not UNSPEAKABLE.search(once)
    assert "\n" not in once
    assert once == once.strip()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WRITTEN), min_size=1, max_size=4).map(" ".join))
def test_the_script_and_the_take_say_the_same(text: str) -> None:
    """Verbalizing what was spelled out before gives the same as verbalizing what was written."""
    assert verbalize(spell_out(text)) == verbalize(text)


WORDS = st.sampled_from(
    [
        "river",
        "under",
        "bright",
        "seven",
        "window",
        "quietly",
        "nobody's",
        "well-known",
        "carried",
        "and",
        "the",
        "a",
    ]
)
SENTENCES = st.lists(WORDS, min_size=2, max_size=6).map(
    lambda words: " ".join(words).capitalize() + "."
)


@settings(max_examples=200, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_plain_sentences_are_left_as_they_are(plain: list[str]) -> None:
    """No word of plain prose is touched, and its sentences are found again."""
    text = " ".join(plain)
    assert verbalize(text) == text
    assert split_sentences(text) == plain


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("Dr. Li said... well. A.I. is here. J. Smith agreed.")
def test_sentences_lose_nothing(text: str) -> None:
    """Joined by single spaces, the sentences of a text are the text."""
    said = verbalize(text)
    assert " ".join(split_sentences(said)) == said
    assert all(split_sentences(said))


@settings(max_examples=300)
@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_numbers_are_named_as_num2words_names_them(number: int) -> None:
    """Cardinals and ordinals agree with an independent library, its commas aside."""
    assert cardinal(str(number)) == num2words(number).replace(",", "")
    if number < 10**6:
        assert ordinal(str(number)) == num2words(number, to="ordinal").replace(",", "")


def test_years_are_named_as_num2words_names_them() -> None:
    """Years agree with an independent library, its hyphen after `oh` aside."""
    for number in range(1100, 2100):
        assert year(str(number)) == num2words(number, to="year").replace("oh-", "oh ")


@pytest.mark.parametrize("text", ["$x^{}$", "$x_{}$", "$a_{ }^{ }b$"])
def test_an_empty_index_is_not_said(text: str) -> None:
    """What LaTeX leaves empty is no word."""
    assert set(verbalize(text).lower().split()) <= {"x", "a", "b"}


@pytest.mark.parametrize(
    "unit",
    ["(", "[", "{", "<", "((a)", "[a](", "{%", "{{", "<!--", "<b", "$", "$^", "*a", "**", "_", "`", "'", "\\",
     "1", "1,", "1.", "1-", "1/", "1:", "A", "A.", "a.", "a@", "a-", "a ", "\n", "- ", "1. ", "(1) ", ">",
     "=", "+", "& ", "/", "Act. ", "Son., ",
     "a/", "ab.c", "St. ", "p.m. ", "I ", "X", "\u200b", "é", "💡", "1a", "A1-", "GPT-",
     "---->", "- ->a1", "\\quad ", "* * ", "1.1'", "a.b.1", "\t", "[[a] ", '"a', "' a", "A a. ", "NOT "],
)  # fmt: skip
def test_hostile_text_takes_no_time(unit: str) -> None:
    """Thirty kilobytes of anything are done within a second or so: no rule backtracks without bound."""
    text = unit * (30_000 // len(unit))
    began = time.process_time()
    split_sentences(verbalize(text))
    assert time.process_time() - began < 1.5


@pytest.mark.parametrize("opening", ["<", "[", "$", "`", "http://", "\\", "A", "1"])
@pytest.mark.parametrize("unit", [":", "@", "a:", "1,", "A ", "*", "'"])
def test_what_opens_and_never_closes_takes_no_time(opening: str, unit: str) -> None:
    """One sign that a rule begins with, and thirty kilobytes in which it looks for the end."""
    began = time.process_time()
    verbalize(opening + unit * (30_000 // len(unit)))
    assert time.process_time() - began < 1.5


def test_a_line_takes_half_a_millisecond_or_so() -> None:
    """Ordinary lines are quick: the whole table well within a millisecond and a half a line."""
    verbalize(" ".join(WRITTEN))
    best = min(_timed(WRITTEN) for _ in range(3))
    assert best / len(WRITTEN) < 0.0015


def _timed(lines: list[str]) -> float:
    began = time.process_time()
    for line in lines:
        verbalize(line)
    return time.process_time() - began
