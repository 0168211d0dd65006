"""A model shows the source's words behind each sentence; code sees whether they say the same."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from podcast.language.english.claims import ShownEvidence, SourceFacts, check_evidence

DATA = Path(__file__).parent.parent / "data" / "claims"
FEWEST_CAUGHT = 0.95
MOST_REFUSED = 0.05

SOURCE = SourceFacts(
    "The lighthouse at Skarvik was lit in 1884. Its keeper, Olga Rand, may retire in June. It has 112 steps."
)


def load(name: str) -> dict[str, Any]:
    """A file of the data folder."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def faulty(answers: list[dict[str, Any]]) -> list[str]:
    """The sentences in which anything is found, with the answers given for them."""
    stories = load("seen.toml")["story"]
    found = []
    for answer in answers:
        story = stories[answer["story"] - 1]
        source = SourceFacts(
            f"{story['title']}\n\n{story['body']}", known_names=(story["reporter"],)
        )
        sentence = answer["sentence"]
        shown = ShownEvidence(
            sentence, tuple(answer.get("words", ())), answer.get("is_claim", True)
        )
        if check_evidence(sentence, [shown], source):
            found.append(sentence)
    return found


def test_untrue_sentences_are_caught() -> None:
    """Of untrue sentences, shown with their nearest words or none, at least 95% are found."""
    untrue = load("evidence.toml")["untrue"]
    caught = faulty(untrue)
    missed = [answer["sentence"] for answer in untrue if answer["sentence"] not in caught]
    assert len(missed) <= (1 - FEWEST_CAUGHT) * len(untrue), missed


def test_true_sentences_pass() -> None:
    """True sentences pass with the words that they rest on; those that claim nothing pass without."""
    honest = load("evidence.toml")["honest"]
    assert len(refused := faulty(honest)) <= MOST_REFUSED * len(honest), refused


@pytest.mark.parametrize(
    ("shown", "what"),
    [
        ([], "no evidence was shown"),
        ([ShownEvidence("It has 112 steps.")], "no words that say this"),
        ([ShownEvidence("It has 112 steps.", ("It has 211 steps",))], "not in the source"),
        ([ShownEvidence("It has 112 steps.", ("was lit in 1884",))], "do not carry this"),
        ([ShownEvidence("It has 112 steps.", is_claim=False)], "says something of the story"),
    ],
)
def test_what_is_shown_is_checked(shown: list[ShownEvidence], what: str) -> None:
    """Words that are missing, invented or of something else are no evidence."""
    assert any(
        what in finding.what for finding in check_evidence("It has 112 steps.", shown, SOURCE)
    )


def test_true_words_in_other_marks_are_evidence() -> None:
    """Marks, capitals and spaces of what is shown need not be the source's."""
    shown = ShownEvidence(
        "Olga Rand may retire in June.", ("its keeper Olga Rand, may  retire in June",)
    )
    assert check_evidence(shown.sentence, [shown], SOURCE) == ()


def test_a_talk_says_things_in_words_of_its_own() -> None:
    """A claim that a shown passage carries needs few of its words."""
    sentence = "The keeper may lock up and hand over her keys."
    shown = ShownEvidence(sentence, ("Its keeper, Olga Rand, may retire in June.",))
    assert check_evidence(sentence, [shown], SOURCE) == ()


def test_a_name_of_the_story_may_stand_where_its_passage_says_it() -> None:
    """The passage says "it", and the sentence says who that is."""
    sentence = "Skarvik's lighthouse has 112 steps."
    assert (
        check_evidence(sentence, [ShownEvidence(sentence, ("It has 112 steps.",))], SOURCE)
        == ()
    )
