"""The rules of the template writer, each held to its examples and to what it must leave alone."""

from __future__ import annotations

import pytest

from podcast.language.english.word_data import load
from podcast.write.template.compress import core
from podcast.write.template.empty_talk import is_empty_sentence, is_for_readers
from podcast.write.template.sentence_rules import RULES, rewrite_sentence
from podcast.write.template.varied_openings import vary_openings

ROWS = {row["name"]: row for row in load("rule_examples")["rule"]}
EXAMPLES = [
    (name, before, after) for name, row in ROWS.items() for before, after in row["examples"]
]
UNTOUCHED = [(name, sentence) for name, row in ROWS.items() for sentence in row["untouched"]]
REASONS = {rule.name: rule.reason for rule in RULES}
REWRITES = {rule.name: rule.rewrite for rule in RULES}


def test_every_rule_has_an_example_and_something_to_leave_alone() -> None:
    """No rule without both."""
    assert ROWS.keys() == REWRITES.keys()
    assert all(row["examples"] and row["untouched"] for row in ROWS.values())


@pytest.mark.parametrize(("name", "before", "after"), EXAMPLES)
def test_a_rule_does_what_its_example_says(name: str, before: str, after: str) -> None:
    """What the rule is for."""
    rewritten = REWRITES[name](before)
    assert rewritten is not None
    assert " ".join(rewritten.sentences) == after
    assert REASONS[name] or not rewritten.left_out


@pytest.mark.parametrize(("name", "sentence"), UNTOUCHED)
def test_a_rule_leaves_alone_what_it_is_not_sure_of(name: str, sentence: str) -> None:
    """Hedges, negations, quotations, lists and names stay."""
    assert REWRITES[name](sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The drug promises to reduce pain, potentially minimizing the need for surgery in patients.",
        "The law could force Meta to stop, unless the court says otherwise, and may not apply.",
        "Speakers include Ana Silva of Porto, Bo Lind of Malmö, and Cy Twist of York.",
        "Fewer than 3% of the 40 ports had no gauge, while at least two had never had one.",
        'She said that "the novel gate underscores the importance of tides", and left.',
    ],
)
def test_no_rule_touches_hedges_negations_people_and_bounds(sentence: str) -> None:
    """The rules together leave such sentences as they are."""
    assert rewrite_sentence(sentence).sentences == [sentence]


@pytest.mark.parametrize(
    ("sentence", "empty"),
    [
        ("This initiative underscores the importance of clean harbours.", True),
        ("These efforts highlight the company's commitment to the sea.", True),
        ("The report highlights a rise of 12% in floods.", False),
        ("This move underscores the need for gates, but critics doubt it.", False),
        ("The findings highlight the lack of progress.", False),
        ("The harbour is wide.", False),
    ],
)
def test_only_sentences_that_say_nothing_are_empty(sentence: str, empty: bool) -> None:
    """A figure, a name, a turn or a lack makes a sentence worth saying."""
    assert is_empty_sentence(sentence) is empty


@pytest.mark.parametrize(
    ("sentence", "for_readers"),
    [
        ("For more details, visit the website of the harbour.", True),
        ("Click here to see the harbour.", True),
        ("Important dates: papers by July 10, talks by August 2.", True),
        ("For more details of the wreck, divers went down again.", False),
        ("Important dates of the town are carved into the pier.", False),
        ("Read more than one map before you sail.", False),
    ],
)
def test_what_sends_readers_elsewhere_is_not_told(sentence: str, for_readers: bool) -> None:
    """A listener cannot click; a sentence that only begins like that is told."""
    assert is_for_readers(sentence) is for_readers


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        (
            "Northern Ferries, a company from Oban, has ordered twelve electric ships, "
            "aiming to close its diesel line.",
            "Northern Ferries has ordered twelve electric ships.",
        ),
        ("The town bought a crane on Monday.", "The town bought a crane on Monday."),
        (
            "The town of Oban has not ordered any of the twelve ships that it announced in the spring.",
            None,
        ),
        (
            "If the court agrees, the town will order twelve of the ships that it announced in spring.",
            None,
        ),
        (
            "It ordered twelve ships, enabling the town to close its last diesel line by 2027.",
            None,
        ),
    ],
)
def test_the_core_of_a_sentence_is_true_or_there_is_none(
    sentence: str, short: str | None
) -> None:
    """Cut where only additions are lost; never under a negation, a condition or a pronoun."""
    assert core(sentence, 9) == short


@pytest.mark.parametrize(
    ("sentences", "varied"),
    [
        (
            ["A study compares old ports.", "It shows a pier.", "It also lists cranes."],
            ["A study compares old ports.", "It shows a pier.", "The study also lists cranes."],
        ),
        (
            ["The port has a robot.", "It shows a pier.", "It lists cranes."],
            ["The port has a robot.", "It shows a pier.", "It lists cranes."],
        ),
        (
            ["The study compares ports.", "It rained.", "It shows a pier.", "It lists cranes."],
            ["The study compares ports.", "It rained.", "It shows a pier.", "It lists cranes."],
        ),
        (
            ["Also, a pier opens.", "Rain falls.", "Also, a yard closes."],
            ["Also, a pier opens.", "Rain falls.", "And a yard closes."],
        ),
    ],
)
def test_sentences_in_a_row_begin_differently(sentences: list[str], varied: list[str]) -> None:
    """A text is named again, where nothing else can be meant; `Also,` is not said twice."""
    assert vary_openings([sentences]) == [varied]
