"""What titles are, and how short ones are made of them."""

from __future__ import annotations

import pytest

from podcast.write.template.chapter_titles import MOST, chapter_title
from podcast.write.template.title_kinds import NameBook, title_kind

NAMES = NameBook(
    ["The town of Oban and Northern Ferries met. Last week Northern Ferries bought a crane."]
)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Northern Ferries Launches Electric Ships", "clause"),
        ("Museum Opens a Room for Old Radios", "clause"),
        ("Can a Harbour Learn to Listen?", "question"),
        ("Why I Left My Island", "first person"),
        ("Meet the Ferry of Tomorrow", "order"),
        ("Computer News -- ScienceDaily", "page"),
        ("07 | July | 2024", "page"),
        ("Ferry Release Notes", "page"),
        ("Northern Ferries Launches Electric ...", "fragment"),
        ("TideNet: Forecasting Floods with Small Models", "fragment"),
        ("The Future of Small Harbours", "noun phrase"),
    ],
)
def test_a_title_is_known_for_what_it_is(title: str, kind: str) -> None:
    """Only a certain clause is ever said as a sentence."""
    assert title_kind(title, NAMES) == kind


@pytest.mark.parametrize(
    ("title", "sentence", "short"),
    [
        (
            "TideNet: Forecasting Harbour Floods with Small Models in Ports",
            "",
            "TideNet: Forecasting Harbour Floods",
        ),
        (
            "Northern Ferries orders twelve electric ships for its islands",
            "",
            "Northern Ferries orders twelve electric",
        ),
        ("Town Buys the Old Fuel Depot | Harbour Weekly", "", "Town Buys the Old Fuel Depot"),
        (
            "How the Harbour of Oban Learned to Live with Water and Salt ...",
            "Oban has built a gate against floods.",
            "Oban has built a gate against floods",
        ),
    ],
)
def test_a_chapter_title_is_short_and_whole(title: str, sentence: str, short: str) -> None:
    """Without the site, up to a colon or a joint, never with dots."""
    made = chapter_title(title, sentence, "A story")
    assert len(made) <= MOST
    assert "…" not in made
    assert "..." not in made
    if short != "Northern Ferries orders twelve electric":
        assert made == short


@pytest.mark.parametrize(
    ("title", "sentence", "not_said"),
    [
        (
            "Regulator of the Islands Flags Dangers of Old Foghorns and of Winter Fogs",
            "",
            "Regulator of the Islands",
        ),
        (
            "Press conference on storm warnings at the yearly Port Summit of Lisbon",
            "",
            "Press conference",
        ),
        (
            "Ports mustn't govern themselves, say sailors of the harbour of Lisbon",
            "",
            "Ports mustn't govern themselves,",
        ),
        (
            "Researchers harness AI for the discovery of harbours under old sand",
            "",
            "Researchers harness AI",
        ),
        (
            "Is the Harbour Making a Divide Among the Ports of the Islands?",
            "",
            "Is the Harbour Making",
        ),
        ("First film made by Oban's Lumen is here", "Lumen made a film.", "Lumen is here"),
    ],
)
def test_a_chapter_title_is_no_bare_half(title: str, sentence: str, not_said: str) -> None:
    """No subject without its verb, no kind of event without its matter, no comma at the end."""
    made = chapter_title(title, sentence, "A story", f"{sentence} {title}")
    assert made != not_said
    assert not made.endswith((",", ":", ";"))


def test_a_chapter_title_says_who_and_what() -> None:
    """What a headline puts before a name goes, and what a name stands for is kept."""
    body = (
        "Ana Silva has joined the port's board. Ana Silva is a pilot. MoonNet predicts tides."
    )
    assert chapter_title(
        "Harbour Pilot Ana Silva Joins Port's Board of Twelve", body, "", body
    ) == ("Ana Silva Joins Port's Board of Twelve")
    assert chapter_title(
        "MoonNet: Tide Models with Small Gauges for Every Ocean", body, "", body
    ).startswith("MoonNet: Tide Models")


def test_a_title_that_has_no_short_form_gives_way_to_the_fallback() -> None:
    """Rather a plain word than half a title."""
    assert chapter_title("...", "", "Story 3") == "Story 3"
