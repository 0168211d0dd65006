"""One splitter finds the sentences of written and of spoken text."""

from __future__ import annotations

import pytest

from podcast.language.english.sentence_splitter import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Doctor Li met Mr. Chen.", "They spoke."],
        ["The U.S. Senate sat.", "It rose."],
        ["It is made in the U.S.", "The price is high."],
        ["Was it made in the U.S.?", "Yes."],
        ["It is sold in the U.S.", "Participants will get a copy."],
        ["It is made across the U.K.", "Buyers pay more."],
        ["He served in the U.S. Marines until May.", "In the U.S. Customs are slow."],
        ["The U.S. Senators have asked.", "He played in the U.S. Masters trials."],
        ["J. R. Smith won.", "Good."],
        ["J. R. R. Tolkien and George W. Bush never met.", "C. S. Lewis did."],
        ["A book by J. A. Baker sold well."],
        ["A.I. is new.", "A.I. is old."],
        ['He said "stop."', "Then he left."],
        ["(It rained.)", "Then it stopped."],
        ["Wait... what?", "Yes!"],
        ["It ended...", "Then it began."],
        ["Why?", "Because.", "No?!"],
        ["No.", "That is false."],
        ["It was No. 7.", "Then No. 8 came."],
        ["The firm moved to Washington, D.C.", "Lobbyists cheered."],
        ["A D.C. Circuit judge and the Washington, D.C. Council agreed."],
        ["Doors open at 5 p.m.", "Visitors may come."],
        ["It met at 5 p.m. Monday in Rome, at 9 a.m. Eastern."],
        ["Milk has vitamin D.", "Butter has vitamin A."],
        ["Was it Plan B?", "Or Plan A.", "She got a B.", "Teachers smiled."],
        ["Acme Inc. fell.", "Its rival rose."],
        ["It sells to Acme Inc.", "It grew."],
        ["It sold to Acme Corp. Chairman Poe in Sept. 2023."],
        ["Roe v. Wade is old.", "See p. 5 of vol. 2."],
        ["Lt. Gov. Poe met Maj. Gen. Li and Asst. Prof. Hu."],
        ["Yahoo! Inc. grew.", "Yahoo!", "It grew."],
        ["Sales fell.", "iPhone sales did not.", "xAI hired."],
        [
            "Some tools, e.g. Hammers, fail.",
            "They cost $5.",
            "It rose 3%.",
            "[The rest] stayed.",
        ],
        ["He came with tools, food, etc.", "She did not."],
        ["It lives on 5th St. near St. Louis.", "He lives on Main St.", "They met."],
        ["1. Open the door.", "2. Go in."],
        ["No stop at the end"],
        [],
    ],
    ids=" ".join,
)
def test_sentences_end_where_they_end(sentences: list[str]) -> None:
    """Titles, initials, abbreviations, letters, quotes and ellipses do not mislead."""
    assert split_sentences(" ".join(sentences)) == sentences


def test_white_space_is_taken_as_single_spaces() -> None:
    """Lines and double spaces within a sentence are single spaces."""
    assert split_sentences("It\n grew.  It\tfell. ") == ["It grew.", "It fell."]
