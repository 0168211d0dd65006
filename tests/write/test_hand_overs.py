"""What the host says of a story before a reporter tells it, and at the end of the day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from builders import a_show

from podcast.model import Cast, Pause, Script, Turn, Voice
from podcast.read.posts import read_post
from podcast.write import compose_script
from podcast.write.template import TemplateWriter
from podcast.write.template.promises import find_promises

HEAD = '---\ntitle: "Harbour News"\ndate: 2024-05-06\n---\n\n*By [Ana Silva](/a), editor*\n'
VOICE = Voice("one", "One", "", "neutral", "american", 150, "")


def write_script(
    tmp_path: Path,
    *stories: tuple[str, str],
    site: str = "https://www.reuters.com/",
    reporter: str = "Ben Costa",
) -> Script:
    """The script of a post with stories by one reporter, each a title and its text."""
    parts = [HEAD]
    for number, (title, text) in enumerate(stories):
        link = f"{site}{number}"
        byline = f"*By [{reporter}](/b), reporter*\n\n" if reporter else ""
        parts.append(f"# [{title}]({link})\n\n{byline}{text}\n")
    post = tmp_path / "2024-05-06-harbour-news.md"
    post.write_text("\n".join(parts), encoding="utf-8")
    cast = Cast(dict.fromkeys(("Ana Silva", "Ben Costa"), VOICE), "Ana Silva")
    show = a_show(tmp_path)
    return compose_script(read_post(post), cast, TemplateWriter(), show)


@pytest.mark.parametrize(
    ("key", "kept", "not_kept"),
    [
        ("money", "It cost $3 million.", "It cost a good deal."),
        (
            "figures",
            "It has 20% of the ships and 30% of the crews.",
            "It has 20% of the ships.",
        ),
        ("concerns", "It raises concerns about noise.", "It takes bold risks."),
        ("compare", "It outperforms the old ferry.", "It fears machines surpassing people."),
        ("date", "The port will open on June 3.", "The port opened on April 3."),
        ("tests", "Tests showed that it floats.", "Nobody has seen it float."),
        ("person", "CEO Rosa Lima said that it floats.", "Rosa Lima built it."),
        ("aim", "The project aims to save fuel.", "Apple aims to save fuel."),
    ],
)
def test_a_promise_is_one_that_the_report_keeps(key: str, kept: str, not_kept: str) -> None:
    """The host promises figures, a date, a view, only where the reporter's words have them."""
    lead = "Porto has a new ferry."
    assert key in [promise.key for promise in find_promises(lead, kept)]
    assert key not in [promise.key for promise in find_promises(lead, not_kept)]


def test_what_the_host_has_told_is_not_promised() -> None:
    """A sum that the lead names is no news any more."""
    lead = "Porto has bought a ferry for $3 million."
    keys = [promise.key for promise in find_promises(lead, "The sum of $3 million is paid.")]
    assert "money" not in keys


def test_the_host_asks_what_the_first_sentence_answers(tmp_path: Path) -> None:
    """The question ends the host's turn, and the reporter begins with the answer."""
    story = (
        "Porto buys a ferry",
        "Porto has bought an electric ferry for its river. The ferry aims at silence. "
        "The project aims to halve the noise on the river within two years. "
        "It carries two hundred people and their bicycles from one bank to the other.",
    )
    asking = (
        "Porto tests a pilot",
        "Porto has begun to test a pilot made of software. This project aims to guide ships "
        "through fog. It has seen a thousand of them, and it has not touched one of them so far.",
    )
    script = write_script(tmp_path, story, asking)
    host, reporter = [item for item in script.chapters[2].items if isinstance(item, Turn)][:2]
    assert "?" in host.text
    assert reporter.text.startswith("This project aims to guide ships")


def test_items_of_a_round_up_are_parted_by_a_pause(tmp_path: Path) -> None:
    """Each new name begins after a breath, and the host says that there are several."""
    text = (
        "Several ports have news this week. Lisbon has opened a museum of fog in its old "
        "customs house. Rotterdam has bought nine cranes that need no driver. Hamburg will "
        "close its oldest bridge for a year. Antwerp has planted trees along its river."
    )
    other = (
        "Porto has bought a ferry. It carries two hundred people across the river each hour."
    )
    script = write_script(tmp_path, ("Ports in brief", text), ("Porto buys a ferry", other))
    items = script.chapters[1].items
    assert sum(isinstance(item, Pause) for item in items) >= 2


def test_a_second_addition_is_said_in_another_way(tmp_path: Path) -> None:
    """`Also` begins one sentence of a story; a list that is counted stays with its reporter."""
    text = (
        "Porto has bought a ferry for its river. Also, the city has trained nine pilots. "
        "Also, the river has a new pier. The plan has five steps. First, the old ferry is sold. "
        "Second, the pier is painted in two colours. Third, the pilots learn to use the ferry. "
        "Fourth, the city opens the pier to all its people. Fifth, the mayor takes the first trip."
    )
    script = write_script(tmp_path, ("Porto buys a ferry", text))
    turns = [item for item in script.chapters[1].items if isinstance(item, Turn)]
    told = " ".join(turn.text for turn in turns)
    assert told.count("Also, ") <= 1
    hosts = " ".join(turn.text for turn in turns if turn.speaker == "Ana Silva")
    assert "Fourth," not in hosts
    assert "Fifth," not in hosts


def test_papers_in_a_row_are_announced(tmp_path: Path) -> None:
    """The host says how many papers follow, and tells the first from the next."""
    first = (
        "The paper introduces TideNet, a model of tides. It was tested in nine ports so far."
    )
    second = "The paper presents FogNet, a model of fog. It was tested on nine ships until now."
    script = write_script(
        tmp_path, ("TideNet", first), ("FogNet", second), site="https://arxiv.org/abs/"
    )
    said = " ".join(turn.text for turn in script.turns if turn.speaker == "Ana Silva")
    assert "papers" in said.split("TideNet")[0] or "two" in said.split("TideNet")[0]


def test_a_host_alone_speaks_of_no_reporters(tmp_path: Path) -> None:
    """Nobody else is named; each story's source comes at its end, and long ones take a breath."""
    text = (
        "Porto has bought an electric ferry for its river. The ferry carries two hundred people "
        "and their bicycles. The project aims to halve the noise on the river within two years. "
        "The city has trained nine pilots, and it has built two piers of old oak for the ferry. "
        "The old ferry, which ran on oil, was sold to a museum of ships in the north. "
        "The mayor, who took the first trip in the rain, says that fish have come back since."
    )
    other = (
        "Lisbon has opened a museum of fog in its old customs house. It is free for children."
    )
    stories = [("Porto buys a ferry", text), ("Lisbon opens a museum", other)]
    script = write_script(tmp_path, *stories, reporter="")
    assert {turn.speaker for turn in script.turns} == {"Ana Silva"}
    assert "reporter" not in " ".join(turn.text for turn in script.turns)
    items = script.chapters[1].items
    assert any(isinstance(item, Pause) for item in items)
    last = [item for item in items if isinstance(item, Turn)][-1]
    assert "Reuters" in last.text.rsplit(". ", 1)[-1]


def test_the_end_reminds_of_a_day_to_come(tmp_path: Path) -> None:
    """A day that is still ahead comes back at the end, with what it is for; a past one does not."""
    ahead = "Porto will open its museum of fog on June 3. It has been closed for two years."
    past = "Lisbon opened its museum of fog on April 3. It had been closed for two years."
    assert "June 3" in _goodbye(write_script(tmp_path, ("Porto opens a museum", ahead)))
    assert "April 3" not in _goodbye(write_script(tmp_path, ("Lisbon opens a museum", past)))


def _goodbye(script: Script) -> str:
    assert script.date == dt.date(2024, 5, 6)
    turns = [item for item in script.chapters[-1].items if isinstance(item, Turn)]
    return " ".join(turn.text for turn in turns)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Engineers at Porto University have built a ferry that carries two hundred people "
            "and runs on the wind that blows along the river at night.",
            "Engineers at Porto University have built a ferry.",
        ),
        (
            "The ferries have been praised by all who saw them glide along the river at night.",
            "",
        ),
    ],
)
def test_the_opening_tells_the_core_of_a_later_story(
    tmp_path: Path, sentence: str, told: str
) -> None:
    """What somebody made stays; what it does is left for the story."""
    first = (
        "Lisbon has opened a museum of fog in its old customs house. It is free for children."
    )
    text = f"{sentence} The city has paid for it, and the mayor has taken the first trip."
    script = write_script(tmp_path, ("Fog", first), ("On the river", text))
    assert told in script.turns[0].text
    assert "blows along" not in script.turns[0].text
