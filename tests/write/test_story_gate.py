"""Which stories are told: only what is certain is left out, and the owner is told."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from podcast.document.markdown_reader import parse_markdown
from podcast.errors import WriteError
from podcast.model import Edition, Headline, Script, ScriptChapter, Story, Turn
from podcast.write.story_gate import sift_stories
from podcast.write.template.parentheses import Acronyms
from podcast.write.template.story_text import speak_document

GATE = Story(
    title="Oban Builds a Gate Against Spring Floods",
    body=parse_markdown(
        "The town of Oban has built a gate against the floods of spring. It closes in five minutes, "
        "and it has cost the town two million pounds, which a lottery among the guests of its hotels "
        "has raised over years."
    ),
    link="https://a.example/gate",
    line=12,
)
CRANE = Story(
    title="A Crane for the Old Harbour of Leith",
    body=parse_markdown(
        "Leith has bought a crane for its old harbour. The crane lifts four containers at once, and the "
        "men who worked the old one have learned to steer it from a room on the other side of the water."
    ),
    link="https://a.example/crane",
    line=30,
)


def an_edition(*stories: Story) -> Edition:
    return Edition(dt.date(2024, 5, 22), "2024-05-22-harbours", "Harbours", stories)


def changed(story: Story, body: str = "", **fields: object) -> Story:
    made = dataclasses.replace(story, **fields)  # type: ignore[arg-type]
    return dataclasses.replace(made, body=parse_markdown(body)) if body else made


LONG = " The rest of this text is about the harbour, its boats, its people and the water that comes in spring."


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        (changed(CRANE, "The query did not return any results for this page."), "failed query"),
        (
            changed(CRANE, "I'm sorry, but I cannot access the content of the page."),
            "failed query",
        ),
        (
            changed(
                CRANE,
                "Applicants apply by mail. Responsibilities of the role include cranes. Qualifications: "
                "ten years of experience. The salary is good, and candidates must lift." + LONG,
                title="Crane Engineer, Harbour Works - Careers",
            ),
            "job advertisement",
        ),
        (
            changed(
                CRANE, title="My crane does not lift - Harbour Developer Forum crane old Leith"
            ),
            "forum",
        ),
        (
            changed(CRANE, title="Crane Control 4.2 Release Notes, Leith harbour"),
            "list of changes",
        ),
        (
            changed(
                CRANE,
                "Sign up for our newsletter on the crane. You can unsubscribe at any time."
                + LONG,
                title="Subscribe to our newsletter",
            ),
            "site's visitors",
        ),
        (
            changed(CRANE, "We could not access the page of the old crane of Leith harbour."),
            "failed query",
        ),
        (
            changed(GATE, title="Gate of Oban against floods", link="https://b.example"),
            "same story",
        ),
        (
            changed(CRANE, title="Zebra Herd Returns to Kenyan Savannah"),
            "does not belong to its title",
        ),
        (changed(CRANE, covered=Headline("A Crane", date=dt.date(2024, 5, 21))), "2024-05-21"),
        (changed(CRANE, "```\ncode\n```"), "no text"),
        (
            changed(CRANE, title="harbour cranes: Latest News & Videos, Photos about cranes"),
            "lists stories",
        ),
        (
            changed(
                CRANE, "The website of Leith's old harbour features many crane articles." + LONG
            ),
            "lists stories",
        ),
        (
            changed(
                CRANE,
                "Leith will host Crane Days 2024 at its old harbour from March 18-21." + LONG,
            ),
            "date has passed",
        ),
        (
            changed(
                CRANE,
                "Leith is set to replace every crane of its old harbour by 2024. "
                "It also plans to sell the last of them by 2023." + LONG,
            ),
            "date has passed",
        ),
    ],
)
def test_what_is_certainly_no_story_is_left_out_with_its_reason(
    story: Story, reason: str
) -> None:
    """The owner learns the line, the title and why."""
    sifted = sift_stories(an_edition(GATE, story))
    assert [kept.title for kept in sifted.edition.stories] == [GATE.title]
    (out,) = sifted.left_out
    assert (out.text, out.line) == (story.title, story.line)
    assert reason in out.reason


@pytest.mark.parametrize(
    "story",
    [
        CRANE,
        changed(CRANE, title="Leith Seeks Engineers for Its Old Harbour Crane"),
        changed(CRANE, title="The crane at the World Harbour Forum"),
        changed(
            CRANE, "Leith will host Crane Days 2024 at its old harbour from June 18-21." + LONG
        ),
        changed(CRANE, "Leith will host the old harbour's Crane Days from March 18-21." + LONG),
        changed(
            CRANE, "Leith said in 2023 that it would sell its old harbour crane by 2023." + LONG
        ),
        changed(CRANE, "Leith plans to sell the crane of its old harbour by 2025." + LONG),
        changed(
            CRANE, "A paper covers the cranes of Leith's old harbour and their sites." + LONG
        ),
        changed(CRANE, title="Old friends"),
        changed(CRANE, title="Help wanted!"),
        changed(CRANE, title="Question time in Leith"),
        changed(CRANE, title="My 14 Geese Attack Berlin Again", link=""),
        changed(CRANE, title="A night at the old user forums", link=""),
        changed(CRANE, title="Rock, paper, scissors, lizard and sponge"),
        changed(CRANE, title="Changelog: a podcast about old cranes of Leith harbour"),
        changed(CRANE, title="404 harbour cranes"),
        changed(CRANE, "The crane number 404 of Leith's old harbour has a museum." + LONG),
        changed(CRANE, "I cannot lift, says the old crane of Leith's harbour."),
        changed(CRANE, "A search of Leith's old harbour did not return the lost crane."),
        changed(
            CRANE,
            "Hiring in Leith's old harbour fell by 12%. Candidates wait longer for a job and a "
            "role, and the salary of a crane driver is flat." + LONG,
            title="Hiring slows in the old harbour of Leith",
        ),
        changed(
            CRANE,
            "Leith's old harbour has a newsletter about its crane, and sailors subscribe."
            + LONG,
        ),
        changed(CRANE, CRANE.body.text + " The query of the port did return results."),
    ],
)
def test_what_may_be_a_story_is_told(story: Story) -> None:
    """Where it is not certain nothing is left out."""
    sifted = sift_stories(an_edition(GATE, story))
    assert len(sifted.edition.stories) == 2
    assert sifted.left_out == ()


def test_an_edition_of_misplaced_texts_is_refused_as_broken() -> None:
    """Most titles belong to other texts: the list is said, and --force makes it all the same."""
    wrong = [
        changed(GATE, title="Zebra Herd Returns to Kenyan Savannah", line=3),
        changed(
            CRANE,
            title="Chess Champion Retires After Bitter Dispute",
            link="https://c.example",
            line=9,
        ),
        changed(
            CRANE,
            body="Bakers of Porto lend their night shift to robots, and the dough is no worse."
            + LONG,
        ),
    ]
    with pytest.raises(WriteError, match=r"broken: 3 of 3 .*line 3: 'Zebra Herd.*--force"):
        sift_stories(an_edition(*wrong))
    assert len(sift_stories(an_edition(*wrong), keep_all=True).edition.stories) == 3


def test_a_post_that_says_nothing_makes_no_episode() -> None:
    """A stock line is no edition."""
    with pytest.raises(WriteError, match="nothing to say"):
        sift_stories(an_edition(changed(GATE, "No news today. Come back tomorrow.")))


def test_papers_of_one_reporter_stand_together() -> None:
    """The order of the post stays otherwise."""
    one, two = (changed(story, paper=True, reporter="Ada") for story in (GATE, CRANE))
    middle = changed(
        CRANE,
        "Bakers of Porto lend a crane to the old harbour of Leith." + LONG,
        reporter="Ben",
    )
    titles = [
        story.body.text[:6]
        for story in sift_stories(an_edition(one, middle, two)).edition.stories
    ]
    assert titles == ["The to", "Leith ", "Bakers"]


def test_what_an_earlier_script_told_is_not_told_again() -> None:
    """The same source with the same words; another text of the same page is news."""
    text = f"{GATE.body.text} And so on."
    chapter = ScriptChapter("Gate", (Turn("Ada", text),), GATE.link)
    earlier = [Script("Yesterday", dt.date(2024, 5, 21), (chapter,))]
    (out,) = sift_stories(an_edition(GATE, CRANE), earlier).left_out
    assert out.reason == "the script of 2024-05-21 told it"
    other = changed(
        GATE, "Oban builds a second gate, and floods frighten nobody in the old town." + LONG
    )
    assert sift_stories(an_edition(other, CRANE), earlier).left_out == ()


def test_a_sentence_whose_date_has_passed_is_not_told() -> None:
    """What was planned for a year before the edition's is left out, with the reason."""
    body = parse_markdown(f"{CRANE.body.text} Leith plans to sell it by 2023. It is blue.")
    spoken = speak_document(body, CRANE.title, Acronyms(), today=dt.date(2024, 5, 22))
    assert "2023" not in " ".join(spoken.sentences)
    assert [out.reason for out in spoken.left_out] == ["its date has passed"]
