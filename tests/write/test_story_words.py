"""What of a story's text is said, and how: quotations, statistics, a paper's `we`, headings, lists."""

from __future__ import annotations

import pytest

from podcast.document.markdown_reader import parse_markdown
from podcast.model import Story
from podcast.write.template.parentheses import Acronyms
from podcast.write.template.story_telling import title_before
from podcast.write.template.story_text import SpokenStory, speak_document


def speak(markdown: str, *, paper: bool = False) -> SpokenStory:
    return speak_document(parse_markdown(markdown), "Harbours", Acronyms(), paper=paper)


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        (
            '"The gate holds," said Ana Silva, mayor of Porto. "Nobody got wet."',
            ['Ana Silva, mayor of Porto, said: "The gate holds. Nobody got wet."'],
        ),
        (
            '"The gate holds," said Ana Silva, mayor of Porto. "Nobody got wet," said Bo Lind of Oban.',
            [
                'Ana Silva, mayor of Porto, said: "The gate holds."',
                'Bo Lind of Oban said: "Nobody got wet."',
            ],
        ),
    ],
)
def test_a_speaker_who_goes_on_is_quoted_once(markdown: str, said: list[str]) -> None:
    """Two quotations of one speaker are one; another speaker's stay apart."""
    assert speak(markdown).sentences == said


def test_how_sure_a_figure_is_stands_in_the_note() -> None:
    """Confidence intervals and the like are left out; other parentheses are said."""
    spoken = speak(
        "Tides rose by 22% (95% CI 14-30%, p < 0.001) in Oban (n = 48) and Faro (by 3%)."
    )
    assert spoken.sentences == ["Tides rose by 22% in Oban and Faro, by 3%."]
    assert [out.text for out in spoken.left_out] == ["95% CI 14-30%, p < 0.001", "n = 48"]


def test_we_of_a_paper_are_its_authors() -> None:
    """A reporter did not do it; whoever is quoted did."""
    text = "In this paper, we present a gauge. Later we test our gauge. She wrote: “We sank.”"
    assert speak(text, paper=True).sentences == [
        "The authors present a gauge.",
        "Later they test their gauge.",
        "She wrote: “We sank.”",
    ]
    assert speak("We met in Oban.").sentences == ["We met in Oban."]


@pytest.mark.parametrize(
    ("markdown", "first"),
    [
        ("## The ferry is late\n\nIt has no crew.", "The ferry is late."),
        ("## Summary\n\nThe ferry has no crew.", "The ferry has no crew."),
    ],
)
def test_the_title_of_a_single_piece_is_said(markdown: str, first: str) -> None:
    """A heading over a column's only piece is its title; the name of a part is none."""
    assert speak(markdown).sentences[0] == first


def test_a_list_without_a_lead_gets_its_storys_title() -> None:
    """Nobody knows what `Second, beans` is of."""
    beans = Story("Seeds to sow in February", parse_markdown("- Chillies.\n- Broad beans."))
    said = speak_document(beans.body, beans.title, Acronyms()).sentences
    assert title_before(beans, said) == "Seeds to sow in February."
