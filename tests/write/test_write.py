"""The write stage, and what listeners hear from the template writer: each claim over editions of our own."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from builders import a_show
from hypothesis import example, given, settings
from hypothesis import strategies as st

from podcast.config import change_settings
from podcast.document.markdown_reader import parse_markdown
from podcast.errors import WriteError
from podcast.model import (
    Cast,
    Document,
    Edition,
    Headline,
    Person,
    Script,
    ScriptChapter,
    Show,
    Sting,
    Story,
    Turn,
    Voice,
)
from podcast.read.posts import read_post
from podcast.write import TITLE_MOST, compose_script, short_title
from podcast.write.fact_check import check_script
from podcast.write.script_file import parse, render
from podcast.write.template import TemplateWriter
from podcast.write.template.dealing import phrases
from podcast.write.template.host_questions import find_question, question_kinds
from podcast.write.template.story_telling import LONGEST_REPORT

CORPUS = (
    sorted(Path(os.environ["PRESSCAST_CORPUS"]).glob("*.md"))
    if "PRESSCAST_CORPUS" in os.environ
    else []
)
DAY = dt.date(2024, 5, 22)

TIDES = Story(
    title="TideNet: Forecasting Harbour Floods with Small Models",
    body=parse_markdown(
        'The paper "TideNet: Forecasting Harbour Floods with Small Models" introduces a compact network '
        "called TideNet. It was trained on gauge records from 12 ports by the Coastal Observation "
        "Group (COG), and COG released 30% of them. The paper also presents a benchmark.\n\n"
        "The method involves several steps:\n"
        "1. **Record Cleaning**: The model cleans all the records of broken gauges.\n"
        "2. **Moon Phase**: The model adds the position of the moon (see Figure 3).\n"
        "3. **Fine Tuning**: The model is tuned for each port, see [the code](https://example.org/code).\n\n"
        "The paper highlights a drop in false alarms. However, storms remain hard, and the authors say "
        "that more buoys are needed along open coasts; cheap sensors could help, while satellites will "
        "fill the gaps that remain between the stations."
    ),
    reporter="Ada Fields",
    source="arxiv.org",
    link="http://arxiv.org/pdf/2405.00001v1",
    paper=True,
)
FERRY = Story(
    title="Northern Ferries Orders Twelve Electric Ships ...",
    body=parse_markdown(
        "Northern Ferries has ordered 12 electric ships for $125 million (about a third of its fleet), "
        "enabling the company to close its last diesel line by 2027 and to sell the fuel depot in the old "
        "harbour to the town. "
        "The ships charge in `20 minutes` at each quay.\n\n"
        "Key benefits include:\n\n* **Noise**: decks stay quiet\n* **Cost**: tickets stay cheap\n"
    ),
    reporter="Ada Fields",
    source="www.forbes.com",
    link="https://www.forbes.com/ships",
    previous=(
        Headline(
            "Northern Ferries Tests Electric Ships on a Short Route",
            "/2024/05/09/x",
            dt.date(2024, 5, 9),
        ),
    ),
)
GARDEN = Story(
    title="Why Do Roof Gardens Cool a Street? - DEV ...",
    body=parse_markdown(
        "> Roofs can be gardens.\n\nA study in Lyon found streets cooler by 2 degrees. "
        "[Photos](https://a.example) show it."
    ),
    reporter="Ben Okoro",
    source="gardens.example.com",
    link="https://gardens.example.com/roofs",
)
SHIFT = Story(
    title="[Video] Bakers Use Small Robots for the Night Shift | Swipe Insight",
    body=parse_markdown(
        "Two bakers in Porto lent their night shift to robots. The dough, they say, is no worse for it. "
        "The robots knead until four in the morning, and the bakers come in at five to shape the loaves. "
        "However, the ovens are still lit by hand, because nobody trusts a robot with a fire."
    ),
    reporter="Carla Núñez",
    source="www.linkedin.com",
    link="https://www.linkedin.com/pulse/bakers",
)
OTHERS = (
    Headline("Harbour Museum Opens a Room for Old Radios", "https://a.example/1"),
    Headline("Computer News -- ScienceDaily", "https://a.example/2"),
    Headline("Ferries: Which Route Is Best?", "https://a.example/3"),
    Headline("Town Buys the Old Fuel Depot", "https://a.example/4"),
    Headline("Robots Help Bakers in Three Towns", "https://a.example/5"),
    Headline("Records of Broken Gauges Reveal a Lost Port", "https://a.example/6"),
)


def edition(
    *stories: Story,
    day: dt.date = DAY,
    others: tuple[Headline, ...] = OTHERS,
    editor: str = "Dana Wells",
) -> Edition:
    staff = tuple(Person(name, "editor") for name in [editor] if name)
    return Edition(
        day,
        f"{day}-tides",
        "Tides and ships",
        stories or (TIDES, FERRY, GARDEN, SHIFT),
        others=others,
        staff=staff,
    )


def cast(edition: Edition) -> Cast:
    editor = edition.editor.name if edition.editor else "The presenter"
    names = {editor, *(story.reporter for story in edition.stories if story.reporter)}
    voice = Voice("one", "One", "", "neutral", "american", 150, "")
    return Cast(dict.fromkeys(names, voice), editor)


@pytest.fixture
def show(tmp_path: Path) -> Show:
    return a_show(tmp_path)


def written(edition: Edition, show: Show) -> Script:
    return compose_script(edition, cast(edition), TemplateWriter(), show)


def turns_of(script: Script, source: str) -> list[Turn]:
    """What is said in the chapter of a story."""
    chapter = next(chapter for chapter in script.chapters if chapter.source == source)
    return [item for item in chapter.items if isinstance(item, Turn)]


def said(script: Script) -> str:
    return " ".join(turn.text for turn in script.turns)


def many_days(count: int, show: Show) -> list[Script]:
    """The scripts of consecutive days, each written after those before it."""
    scripts: list[Script] = []
    for day in range(count):
        made = edition(day=DAY + dt.timedelta(days=day))
        scripts.append(compose_script(made, cast(made), TemplateWriter(), show, scripts))
    return scripts


EDITIONS = {
    "whole": edition(),
    "no staff": edition(
        *(dataclasses.replace(s, reporter="") for s in (TIDES, FERRY)), editor=""
    ),
    "editor alone": edition(
        *(dataclasses.replace(s, reporter="Dana Wells") for s in (TIDES, FERRY))
    ),
    "one story": edition(SHIFT, others=()),
    "no links": edition(
        *(dataclasses.replace(s, link="", source="") for s in (TIDES, GARDEN)), others=()
    ),
}


@pytest.mark.parametrize("name", EDITIONS)
def test_every_kind_of_edition_is_opened_told_and_closed(name: str, show: Show) -> None:
    """The host opens and closes, every story has a chapter in between, and the file reads back."""
    made = EDITIONS[name]
    script = written(made, show)
    presenter = cast(made).presenter

    assert isinstance(script.chapters[0].items[0], Sting)
    assert isinstance(script.chapters[-1].items[-1], Sting)
    assert script.turns[0].speaker == script.turns[-1].speaker == presenter
    extra = ("Welcome", "In other headlines", "Goodbye")
    assert len([c for c in script.chapters if c.title not in extra]) == len(made.stories)
    for turn in script.turns:
        assert_plain(turn.text)
    assert parse(render(script), Path("x.md")) == script


def assert_plain(text: str) -> None:
    """Whole sentences without markup, addresses or dots in place of words."""
    assert not re.search(
        r"[*_`#\[\]{}|~\\]|https?:|www\.|…|\.\.|,,|,\.|\s[,.;:!?]|\s\s|\n", text
    ), text
    assert re.match(r"[\"“'‘]?(?:[A-Z0-9$€£]|\w*[A-Z])", text), text
    assert re.search(r"[.!?][\"”'’]?$", text), text


def test_the_opening_says_day_date_show_and_host(show: Show) -> None:
    """The listener knows at once what this is, of which day, and who speaks."""
    opening = written(edition(), show).turns[0].text
    for part in ("Wednesday, May 22", show.title, "Dana Wells"):
        assert part in opening


def test_the_opening_tells_news_and_names_what_other_stories_are_about(show: Show) -> None:
    """The core of a later story's first sentence; the first story, which follows at once, is only named."""
    gate = dataclasses.replace(
        SHIFT, title="A gate for Dover", link="http://a/3", body=body_of(3)
    )
    opening = written(edition(TIDES, FERRY, gate), show).turns[0].text
    assert "Dover Harbour" in opening
    assert "Northern Ferries has ordered 12 electric ships." in opening


def test_no_host_line_comes_twice_in_an_episode(show: Show) -> None:
    """Questions and remarks of the host are each said once."""
    stories = [
        dataclasses.replace(
            TIDES,
            title=f"Harbour number {n} is flooded again",
            link=f"http://arxiv.org/{n}",
            body=body_of(n),
        )
        for n in range(8)
    ]
    script = written(edition(*stories), show)
    lines = [turn.text for turn in script.turns if turn.speaker == "Dana Wells"]
    assert len(lines) >= 16
    assert len(set(lines)) == len(lines)


def body_of(number: int) -> Document:
    """A story of 150 words that differs from others."""
    name = ["Alba", "Bergen", "Calais", "Dover", "Esbjerg", "Faro", "Genoa", "Harlingen"][
        number
    ]
    return parse_markdown(
        f"{name} Harbour has built gate number {number} against the floods of the year {1990 + number}. "
        f"The gate closes in {number + 3} minutes when the water of {name} rises over the tower's mark. "
        f"However, the fishermen of {name} fear for {number + 20} of their boats, which lie outside. "
        f"The mayor of {name} plans to build a second basin for them beside the old lighthouse. "
        f"It uses {number + 40} pumps that were made in {name} and run on the heat of its bakery. "
        f"Early results show that the cellars of {name} stayed dry in {number + 5} storms from the west. "
        f"The town of {name} raised ${number + 2} million for it with a lottery among its guests."
    )


def test_a_reporter_is_broken_by_the_host(show: Show) -> None:
    """Nobody reports for more than seventy words without the host, where sentences allow it."""
    script = written(
        edition(
            *(
                dataclasses.replace(
                    TIDES, title=f"Gate {n}", body=body_of(n), link=f"http://a/{n}"
                )
                for n in range(4)
            )
        ),
        show,
    )
    reports = [turn.text for turn in script.turns if turn.speaker == "Ada Fields"]
    assert max(len(report.split()) for report in reports) <= LONGEST_REPORT
    changes = sum(one.speaker != two.speaker for one, two in itertools.pairwise(script.turns))
    assert changes / (len(said(script).split()) / 155) >= 3


def test_the_host_says_go_on_once_in_a_story(show: Show) -> None:
    """Where no question fits, the host tells a sentence of the story herself."""
    sentence = "The harbour of Oban has a gate with the number {} that closes in every storm from the west."
    body = parse_markdown(" ".join(sentence.format(number) for number in range(14)))
    script = written(
        edition(dataclasses.replace(FERRY, title="A gate", body=body), SHIFT), show
    )
    turns = turns_of(script, FERRY.link)
    short = [
        turn.text
        for turn in turns[1:]
        if turn.speaker == "Dana Wells" and len(turn.text.split()) < 8
    ]
    told = [
        turn.text for turn in turns[1:] if turn.speaker == "Dana Wells" and "Oban" in turn.text
    ]
    assert len(short) <= 1
    assert told


QUESTIONS = [
    ("critics", "Critics fear for the boats."),
    ("caveat", "However, it depends on the wind."),
    ("challenges", "However, challenges include rust and storms."),
    ("concerns", "There are concerns about the price of tickets."),
    ("funding", "The company has raised $5 million from two banks."),
    ("before", "Traditional methods often fail in storms."),
    ("tests", "Early results show that the cellars stayed dry."),
    ("found", "The study found that gates rust."),
    ("found_more", "The study also found that gates rust."),
    ("date", "The event takes place in Lisbon on June 12."),
    ("method", "The system uses 40 pumps."),
    ("driven", "This growth is attributed to the new quay."),
    ("list", "Key features include a crane, a lamp and a bell."),
    ("speakers", "Notable speakers include Ana Silva of Porto."),
    ("office", "CEO Ana Silva said that the gate will hold."),
    ("else", "The town also bought a crane."),
]


@pytest.mark.parametrize(("question", "sentence"), QUESTIONS)
def test_a_question_is_answered_by_the_sentence_after_it(question: str, sentence: str) -> None:
    """What the host asks fits what the reporter says next."""
    found = find_question(
        sentence, "The system is new. The study is long.", "The harbour is old."
    )
    assert found is not None
    assert found.kind.key == f"ask.{question}"


def test_every_kind_of_question_is_known() -> None:
    """Each kind has a pattern that can match, and phrases that its fields fill."""
    for kind in question_kinds():
        fields = {*kind.pattern.groupindex, "first"}
        for card in phrases(kind.key):
            assert set(re.findall(r"\{(\w+)\}", card)) <= fields, card


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        ("The gate is blue.", ""),
        ("However, the mayor is glad.", ""),
        ("Not however much they pay.", ""),
        ("It generated $5 million in revenue.", "The port has two quays."),
        ("The company has raised $5 million.", "It wants $9 million in funding."),
        ("Early results show that the cellars stayed dry.", "The results are out."),
        ("The study found that gates rust.", "The survey shows much."),
        ("Lumen uses 40 pumps.", ""),
        ("ASUS, Gigabyte and Acer are partners.", ""),
        ("Ana Silva said that the gate will hold.", ""),
        ("Up to 91% of the gates hold.", "It has 300 gates."),
    ],
)
def test_no_question_is_asked_that_nothing_answers(sentence: str, last: str) -> None:
    """No figure, name or sum invites a question of its own, nor what was just said."""
    assert find_question(sentence, last, last) is None


def test_an_answer_does_not_repeat_the_turn_of_its_question() -> None:
    """After `What are the challenges?` no `However`."""
    found = find_question("However, challenges include rust and storms.", "", "")
    assert found is not None
    assert found.answer == "Challenges include rust and storms."


def test_a_paper_is_introduced_as_one_and_first_person_is_not_the_hosts(show: Show) -> None:
    """`We investigated` becomes `The authors investigated`, also in the reporter's mouth."""
    paper = dataclasses.replace(
        TIDES,
        body=parse_markdown(
            "We investigated the harbour of Lisbon for two years, with gauges of the town and of the navy. "
            "Our findings suggest that the tide comes earlier each spring than the tables of the port say."
        ),
    )
    text = said(written(edition(paper, FERRY), show))
    assert "The authors investigated the harbour" in text
    assert "Their findings suggest" in text
    assert not re.search(r"\b(?:We|Our) (?:investigated|findings)", text)


def test_sources_are_said_as_a_person_says_them_or_not_at_all(show: Show) -> None:
    """Forbes, a post on LinkedIn, arXiv; a site that no table knows is not read out."""
    script = written(edition(), show)
    text = said(script)
    for part in ("arXiv", "Forbes", "a post on LinkedIn"):
        assert part in text
    assert "dot com" not in text
    assert "gardens.example.com" not in text


def test_lists_become_counted_steps(show: Show) -> None:
    """The announcement says how many, each step is counted, a label that says nothing new is dropped."""
    text = said(written(edition(TIDES), show))
    assert "The method involves three steps." in text
    assert "First, the model cleans all the records of broken gauges." in text
    assert "Second, moon phase: the model adds the position of the moon" in text
    assert "And last, fine tuning: the model is tuned for each port, see the code." in text


@pytest.mark.parametrize(
    ("body", "spoken"),
    [
        (
            "The Coastal Observation Group (COG) met in Lisbon, and COG released its records of the year.",
            "the Coastal Observation Group, or COG, met in Lisbon, and COG",
        ),
        (
            "The Coastal Observation Group (COG) met in Lisbon, and it released its records of the year.",
            "the Coastal Observation Group met in Lisbon",
        ),
        (
            "Speakers include Pedro Vasco (Halo Works), Chieko Asa (IBM) and others, in the hall of Lisbon.",
            "Pedro Vasco of Halo Works, Chieko Asa of IBM and others",
        ),
        (
            "They use the Multi-Port Large Tide Model (MLTM), a Double Quay Transformer (DQFormer) and "
            "text-guided wave prediction (TWP), for TWP is quick.",
            "a Double Quay Transformer and text-guided wave prediction, or TWP,",
        ),
        (
            "The brief from the Coastal Observation Group (COG) Europe covers tides, and COG is glad.",
            "from the Coastal Observation Group Europe, or COG, covers tides",
        ),
    ],
)
def test_parentheses_become_words_and_keep_their_meaning(
    body: str, spoken: str, show: Show
) -> None:
    """An acronym is told with its expansion, and only where it is used; who works where stays so."""
    story = dataclasses.replace(SHIFT, body=parse_markdown(f"{body} {SHIFT.body.text}"))
    assert spoken.lower() in said(written(edition(story), show)).lower()


def test_other_headlines_are_whole_sentences_or_none(show: Show) -> None:
    """Of the other headlines only what a listener hears as a sentence is read, at most four."""
    others = [
        "Town Buys the Old Fuel Depot",
        "Museum Opens a Room for Old Radios at Night",
        "Ferries: Which Route Is Best?",
        "Computer News -- ScienceDaily",
        "Why I Left My Island",
        "Records of Broken Gauges ...",
        "Mayor Announces a Second Lottery for Hotel Guests",
    ]
    script = written(edition(others=tuple(Headline(title) for title in others)), show)
    chapter = next(c for c in script.chapters if c.title == "In other headlines")
    text = " ".join(item.text for item in chapter.items if isinstance(item, Turn))
    assert "Museum Opens a Room for Old Radios at Night." in text
    for absent in ("Which Route", "ScienceDaily", "Why I", "Broken Gauges"):
        assert absent not in text


def test_the_close_has_show_notes_and_people(show: Show) -> None:
    """The closing leads to the sources."""
    assert re.search(r"\b(?:notes|episode)\b", written(edition(), show).turns[-1].text)


def test_the_same_files_give_the_same_script(show: Show) -> None:
    """Nothing but the edition and the scripts before it decides."""
    earlier = many_days(3, show)
    made = edition(day=DAY + dt.timedelta(days=3))
    one, two = (
        compose_script(made, cast(made), TemplateWriter(), show, earlier) for _ in range(2)
    )
    assert one == two


def test_later_scripts_decide_nothing(show: Show) -> None:
    """Making an old edition again gives what it gave, whatever was written since."""
    scripts = many_days(4, show)
    made = edition(day=DAY + dt.timedelta(days=1))
    assert compose_script(made, cast(made), TemplateWriter(), show, scripts) == scripts[1]


def test_openings_and_closings_do_not_return_within_a_week(show: Show) -> None:
    """Day after day the host finds other words, though the stories are the same."""
    scripts = many_days(8, show)
    for turns in ([s.turns[0] for s in scripts], [s.turns[-1] for s in scripts]):
        bare = {
            re.sub(r"\w+day(?:, May \d+)?", "DAY", turn.text).partition("stories")[0]
            for turn in turns
        }
        assert len(bare) == 8


def test_minutes_leave_out_the_least_important_sentences(show: Show) -> None:
    """A shorter episode says which sentences it left out, and keeps figures before praise."""
    stories = [
        dataclasses.replace(TIDES, title=f"Gate {n}", body=body_of(n), link=f"http://a/{n}")
        for n in range(6)
    ]
    whole = written(edition(*stories), show)
    short = written(edition(*stories), change_settings(show, minutes=3))
    assert len(said(short).split()) < 0.7 * len(said(whole).split())
    notes = " ".join(chapter.note for chapter in short.chapters)
    assert "the episode has the length that was asked for" in notes


def test_a_long_episode_is_said(show: Show, caplog: pytest.LogCaptureFixture) -> None:
    """Over 25 minutes are said before a voice is spent, with the remedy."""
    stories = [
        dataclasses.replace(
            TIDES,
            title=f"Gate {n}",
            body=parse_markdown(f"{body_of(n % 8).text} " * 45),
            link=f"http://a/{n}",
        )
        for n in range(1)
    ]
    written(edition(*stories), show)
    assert "minutes" in caplog.text


def test_signs_without_words_are_said_to_the_owner(
    show: Show, caplog: pytest.LogCaptureFixture
) -> None:
    """A sign that English has no words for is named, with the remedy; known ones are not."""
    odd = dataclasses.replace(TIDES, body=parse_markdown(f"{TIDES.body.text} Gate ⊕ sea, ± 3."))
    written(edition(odd), show)
    assert "no words are known for ⊕:" in caplog.text


def test_an_essay_is_read_whole_by_its_author(show: Show) -> None:
    """Title and author once, no rundown, chapters without stings, a quiet end, and no word changed."""
    text = "I utilize a novel boat. Additionally, the groundbreaking tide waits for nobody."
    first = Story(title="On tides", body=parse_markdown(f"{text}\n\n### Small\n\n{text}"))
    second = Story(title="The moon", body=parse_markdown("The moon is late today."))
    made = dataclasses.replace(
        edition(first, second, others=(), editor="Ada Fields"),
        title="On tides",
        kind="essay",
        authors=("Ada Fields",),
    )
    script = written(made, show)
    assert script.turns[0].text == "On tides. By Ada Fields."
    assert [c.title for c in script.chapters] == ["On tides", "The moon"]
    stings = [item for c in script.chapters for item in c.items if isinstance(item, Sting)]
    assert len(stings) == 2
    assert said(script).count(text) == 2
    assert said(script).count("Ada Fields") == 1
    assert "Small." in said(script)
    assert said(script).endswith("The moon. The moon is late today.")


def test_a_list_is_told_as_what_it_is(show: Show) -> None:
    """Steps are counted, sentences follow one another, short items stand in one sentence."""
    for body, spoken in (
        ("Boats are:\n\n* The Marie\n* The Paul\n", "Boats are: The Marie; and The Paul."),
        (
            "* The first boat is early.\n* The last boat is late.\n",
            "The last boat is late. ",
        ),
        (
            "Do this:\n\n1. Lift the crane.\n2. Wait for it.\n",
            "First, Lift the crane. Second, Wait for it.",
        ),
    ):
        story = dataclasses.replace(SHIFT, body=parse_markdown(f"{body}\n\n{SHIFT.body.text}"))
        assert spoken in said(written(edition(story), show))


@pytest.mark.parametrize(
    "register", ["Warm and friendly.", "Brisk, quick and lively.", "Even."]
)
def test_the_hosts_manner_decides_the_greeting(register: str, show: Show) -> None:
    """A warm host greets otherwise than a brisk one."""
    made = edition()
    voices = {
        name: dataclasses.replace(voice, manner=register)
        for name, voice in cast(made).voices.items()
    }
    opening = (
        compose_script(made, Cast(voices, "Dana Wells"), TemplateWriter(), show).turns[0].text
    )
    other = compose_script(made, cast(made), TemplateWriter(), show).turns[0].text
    assert (opening == other) == (register == "Even.")


MARKUP = st.sampled_from(
    [
        "(",
        "(ABC)",
        "Alpha Beta Company (ABC)",
        ") ",
        "[x](y)",
        "1. a\n2. b\n",
        "- one\n  - two\n",
        "# H\n",
        "```\ncode\n```\n",
        "| a | b |\n|---|---|\n| c | d |\n",
        "> q\n",
        "**b**: c\n",
        "\n\n",
        "The paper shows x. ",
        "X; y; and z. ",
        '"quote ',
        "<h3>More</h3>\n",
        "AI, enabling x and y to z, including a, b",
        "...",
        "However, ",
        "word ",
        "U.S. ",
        "e.g. ",
        ": ",
        " - ",
        "?",
    ]
)
WRITTEN = st.lists(MARKUP | st.text(max_size=5), max_size=12).map("".join)


@settings(max_examples=150, deadline=None)
@example(title="...(ABC)", body="", other="")
@given(title=WRITTEN, body=WRITTEN, other=WRITTEN)
@example(title="", body=":\n1. first\n2. second\n", other="")
@example(title="", body="Words e.G. utılize ſuch.", other="")
def test_any_edition_is_written(title: str, body: str, other: str) -> None:
    """Whatever a post holds, the writer says something of each story, a line a turn."""
    one_line = " ".join(title.split()) or "Untitled"
    earlier = Headline(" ".join(other.split()), "", dt.date(2024, 5, 1))
    story = dataclasses.replace(
        SHIFT, title=one_line, body=parse_markdown(body), previous=(earlier,)
    )
    made = edition(story, FERRY, others=(earlier, Headline(one_line)))
    script = TemplateWriter().write(made, cast(made), a_show(Path("/nowhere")))
    assert all(turn.text.strip() and "\n" not in turn.text for turn in script.turns)


# --- the stage ------------------------------------------------------------------------------------


class Fixed:
    """A writer that hands out the script it was given."""

    name = "fixed"

    def __init__(self, *chapters: ScriptChapter) -> None:
        self.chapters = chapters

    def write(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script] = ()
    ) -> Script:
        return Script(edition.title, edition.date, self.chapters, writer=self.name)


def chapter(title: str, *turns: tuple[str, str], source: str = "") -> ScriptChapter:
    return ScriptChapter(title, tuple(Turn(speaker, text) for speaker, text in turns), source)


def test_a_script_is_in_written_form_and_drops_what_says_nothing(show: Show) -> None:
    """Numbers and signs stay as people write them, markup goes, and an empty turn is not spoken."""
    made = edition(SHIFT)
    text = "It costs **$3**, says [the](https://example.org) `head`, or <5% of 1&nbsp;GB on Nov. 27."
    writer = Fixed(
        chapter("One", ("Carla Núñez", text), ("Carla Núñez", " … "), source=SHIFT.link)
    )
    script = compose_script(made, cast(made), writer, show)
    assert [turn.text for turn in script.turns] == [
        "It costs $3, says the head, or <5% of 1 GB on Nov. 27."
    ]


def test_a_speaker_outside_the_cast_is_refused(show: Show) -> None:
    """Nobody speaks who has no voice."""
    made = edition(SHIFT)
    writer = Fixed(chapter("One", ("Carla Núñez", "x"), ("A Guest", "y"), source=SHIFT.link))
    with pytest.raises(WriteError, match="'A Guest' speaks but is not in the cast"):
        compose_script(made, cast(made), writer, show)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("A harbour", "A harbour"),
        ("Harbour floods: forecasting them with small models", "Harbour floods"),
        (
            "Northern Ferries orders twelve of the electric ships",
            "Northern Ferries orders twelve",
        ),
    ],
)
def test_titles_of_any_writer_are_never_cut_with_dots(title: str, short: str) -> None:
    """At a colon that leaves enough, else at a word that can end a title."""
    assert short_title(title) == short
    assert len(short) <= TITLE_MOST


def test_chapter_titles_are_unique(show: Show) -> None:
    """Two stories of one title can be told apart in a list of chapters."""
    made = edition(
        SHIFT, dataclasses.replace(SHIFT, link="https://b.example/2", body=body_of(1))
    )
    titles = [
        c.title
        for c in compose_script(
            made, cast(made), TemplateWriter(), change_settings(show, tell_all=True)
        ).chapters
    ]
    assert len(set(titles)) == len(titles)
    assert all(len(title) <= TITLE_MOST for title in titles)


if CORPUS:

    @pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:10])
    def test_a_real_edition_is_told_in_true_words(path: Path, show: Show) -> None:
        """Plain turns, whole titles, short reports, and nothing that the post does not say."""
        made = read_post(path)
        script = compose_script(
            made, cast(made), TemplateWriter(), change_settings(show, tell_all=True)
        )
        for turn in script.turns:
            assert_plain(turn.text)
        assert all(len(c.title) <= TITLE_MOST and "…" not in c.title for c in script.chapters)
        assert check_script(script, made, (show.title,)) == ()


def test_an_acronym_that_a_later_story_uses_is_told(show: Show) -> None:
    """The expansion comes with the first story that has it, for the sake of the next."""
    first = dataclasses.replace(
        SHIFT,
        title="A",
        body=parse_markdown(f"Low Tide Adapters (LTA) are new. {SHIFT.body.text}"),
    )
    second = dataclasses.replace(
        GARDEN,
        title="B",
        body=parse_markdown("Lyon bought an LTA for its river port. It is blue and quick."),
    )
    assert "Low Tide Adapters, or LTA," in said(written(edition(first, second), show))


def test_an_empty_tail_is_cut_and_one_that_alone_says_something_stays(show: Show) -> None:
    """An empty end is cut, but not with the story's only word of its matter."""
    signed = "The mayor of Oban has signed bill 205, marking a significant step in"
    empty = f"{signed} innovation. {body_of(2).text}"
    telling = f"{signed} ferry regulation. {body_of(2).text}"
    cut = dataclasses.replace(FERRY, title="Mayor signs bill 205", body=parse_markdown(empty))
    whole = dataclasses.replace(cut, body=parse_markdown(telling))
    assert "significant step" not in said(written(edition(cut, SHIFT), show))
    assert "ferry regulation" in said(written(edition(whole, SHIFT), show))


COLUMN = """\
# Boats

*Reporting by Ada Fields*

## The night ferry returns after nine years

On Monday the night ferry left the quay with 31 passengers and one dog on board. It runs daily.

## Who will mend the old slip?

They have been closed to boats since 2019. The town has no money for planks this year.

# Birds

*Reporting by Ben Castle*

## {first}

It has a nest of reeds on the third pole of the pier, and it does not like the sailors below.

## {second}

A storm took four poles of the old pier. The harbour office wants to set new ones in spring.
"""


def column_cast() -> Cast:
    voice = Voice("one", "One", "", "neutral", "american", 150, "")
    return Cast(dict.fromkeys(("Clara Host", "Ada Fields", "Ben Castle"), voice), "Clara Host")


def write_column(show: Show, tmp_path: Path, first: str, second: str) -> Script:
    """The script of a post with two columns of several pieces."""
    path = tmp_path / "2024-05-22-quay.md"
    path.write_text(COLUMN.format(first=first, second=second), encoding="utf-8")
    edition = read_post(path)
    return compose_script(edition, column_cast(), TemplateWriter(), show)


def test_each_piece_of_a_column_has_its_title_said(show: Show, tmp_path: Path) -> None:
    """`They` is about the title above it, and who signed the column tells it."""
    script = write_column(show, tmp_path, "Our heron is back", "Four poles are lost")
    said = [(turn.speaker, turn.text) for turn in script.turns]
    ada = " ".join(text for speaker, text in said if speaker == "Ada Fields")
    assert "Who will mend the old slip? They have been closed" in ada
    ben = " ".join(text for speaker, text in said if speaker == "Ben Castle")
    assert "Our heron is back. It has a nest" in ben
    assert not any("Reporting by" in text for _, text in said)


def test_headings_of_the_parts_of_one_piece_are_not_said(show: Show, tmp_path: Path) -> None:
    """`Background` is for the eye."""
    script = write_column(show, tmp_path, "Background", "What's next")
    assert "Background" not in " ".join(turn.text for turn in script.turns)


@pytest.mark.parametrize(
    ("first", "is_said"),
    [
        (
            "They have been closed since 2019, and the town wants to sell them to the highest bidder.",
            True,
        ),
        (
            "This was the coldest spring in the baths of the town since records began in 1931.",
            True,
        ),
        (
            "This week the old baths of the town were sold to the highest bidder of three.",
            False,
        ),
        ("The town sold its old baths this week, to the highest bidder of the three.", False),
    ],
)
def test_a_title_is_said_before_a_sentence_that_leans_on_it(
    first: str, is_said: bool, show: Show
) -> None:
    """A listener has not seen what `they` are."""
    story = Story(
        title="The old baths of the town",
        body=parse_markdown(
            f"{first} Swimmers have offered to run the baths as a club of their own."
        ),
    )
    edition = Edition(DAY, "2024-05-22-baths", "Baths", (story, FERRY))
    script = compose_script(edition, column_cast(), TemplateWriter(), show)
    text = " ".join(turn.text for turn in script.turns)
    assert (f"The old baths of the town. {first[:12]}" in text) == is_said
