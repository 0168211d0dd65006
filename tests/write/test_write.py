"""The write stage, and what listeners hear from the template writer: each claim over editions of our own."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import os
import re
from pathlib import Path

import pytest
from builders import a_show
from hypothesis import example, given, settings
from hypothesis import strategies as st

from podcast.document.block_builder import plain_document
from podcast.document.markdown_reader import parse_markdown
from podcast.errors import WriteError
from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.spelling import spell_out
from podcast.model import (
    Cast,
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
from podcast.write.script_file import parse, render
from podcast.write.template import TemplateWriter

CORPUS = sorted(Path(os.environ["PRESSCAST_CORPUS"]).glob("*.md")) if "PRESSCAST_CORPUS" in os.environ else []
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
            "Northern Ferries Tests Electric Ships on a Short Route", "/2024/05/09/x", dt.date(2024, 5, 9)
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
        "Two bakers in Porto lent their night shift to robots. The dough, they say, is no worse for it."
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
    *stories: Story, day: dt.date = DAY, others: tuple[Headline, ...] = OTHERS, editor: str = "Dana Wells"
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


def twelve() -> Edition:
    """Twelve stories told by three people in turns and in rows."""
    base = (TIDES, FERRY, GARDEN, SHIFT)
    return edition(
        *(
            dataclasses.replace(
                base[i % 4], title=f"{base[i % 4].title}", link=f"{base[i % 4].link}/{i}", reporter=name
            )
            for i, name in enumerate(["Ada Fields", "Ada Fields", "Ben Okoro", "Dana Wells"] * 3)
        )
    )


def handoffs(script: Script) -> list[str]:
    """The first turn of each story's chapter, without the words that come from the story."""
    return [next(i for i in c.items if isinstance(i, Turn)).text for c in script.chapters if c.source]


EDITIONS = {
    "whole": edition(),
    "no staff": edition(*(dataclasses.replace(s, reporter="") for s in (TIDES, FERRY)), editor=""),
    "editor alone": edition(*(dataclasses.replace(s, reporter="Dana Wells") for s in (TIDES, FERRY, GARDEN))),
    "one story": edition(SHIFT, others=()),
    "no links": edition(*(dataclasses.replace(s, link="", source="") for s in (TIDES, GARDEN)), others=()),
    "twelve": twelve(),
}


@pytest.mark.parametrize("name", EDITIONS)
def test_every_kind_of_edition_comes_out_well(name: str, show: Show) -> None:
    """Whoever is there, the script opens, tells every story by its teller, closes, and shows no markup."""
    made = EDITIONS[name]
    script = written(made, show)
    presenter = cast(made).presenter
    assert isinstance(script.chapters[0].items[0], Sting)
    assert isinstance(script.chapters[-1].items[-1], Sting)
    assert len(
        [c for c in script.chapters if c.title not in ("Welcome", "In other headlines", "Goodbye")]
    ) == len(made.stories)
    assert script.chapters[0].items[1].speaker == script.turns[-1].speaker == presenter  # type: ignore[union-attr]
    for turn in script.turns:
        assert_speakable(turn.text)
    assert parse(render(script), Path("x.md")) == script


def assert_speakable(text: str) -> None:
    assert not re.search(
        r"[*_`#\[\](){}<>|~\\]|https?:|www\.|%}|\.\.|,,|,\.|\s[,.;:!?]|\s\s|: \.|\n", text
    ), text
    assert text[0].isupper() or text[0] in "\"“'" or re.match(r"\w*[A-Z]", text), text
    assert re.search(r"[.!?][\"”']?$", text), text


def test_the_presenter_opens_with_day_date_show_and_name(show: Show) -> None:
    """The listener knows at once what this is, of which day, and who speaks."""
    welcome = " ".join(
        turn.text for turn in written(edition(), show).chapters[0].items if isinstance(turn, Turn)
    )
    assert "Wednesday" in welcome
    assert "the twenty-second of May" in welcome
    assert show.title in welcome
    assert "Dana Wells" in welcome
    assert "Ada Fields, Ben Okoro and Carla Núñez" in welcome


def test_the_teaser_names_three_stories_in_short_words(show: Show) -> None:
    """Not all titles, and nothing of a page: three, each at most thirteen words, in small letters."""
    teaser = written(edition(), show).turns[1].text
    told = [s for s in re.split(r"(?<=[.?]) ", teaser.partition(": ")[2]) if "Ada Fields" not in s]
    assert len(told) == 3
    assert all(len(sentence.split()) <= 13 for sentence in told)
    assert told[-1].lower().startswith("and ")
    assert not re.search(r"Swipe|DEV|Video|\.\.\.", teaser)
    assert "forecasting harbour floods" in teaser


def test_no_two_handoffs_of_an_episode_are_alike(show: Show) -> None:
    """Twelve stories, twelve ways to hand over, also to somebody who goes on and to oneself."""
    script = written(twelve(), show)
    ends = [split_sentences(text)[-1] for text in handoffs(script)]
    bare = [re.sub(r"\b(?:Ada|Ben|Dana)(?: \w+)?\b", "NAME", end) for end in ends]
    assert len(set(bare)) == 12
    leads = [re.sub(r"NAME|TideNet", "X", text) for text in handoffs(script)]
    assert len(set(leads)) == 12


def test_each_story_is_handed_to_its_reporter_by_name(show: Show) -> None:
    """The full name at first, the first name after, and somebody who goes on is not introduced anew."""
    texts = handoffs(written(edition(), show))
    assert "Ada Fields" in texts[0]
    assert "Ada" in texts[1] or "Ada" not in texts[1]
    assert "Ada Fields" not in texts[1]
    assert "Ben Okoro" in texts[2]
    assert "Carla Núñez" in texts[3]


def test_sources_are_said_as_a_person_says_them(show: Show) -> None:
    """A paper on arXiv, Forbes, a site read out, a post on LinkedIn; never a bare address."""
    texts = handoffs(written(edition(), show))
    assert "arXiv" in texts[0]
    assert "paper" in texts[0] or "research" in texts[0].lower()
    assert "Forbes" in texts[1]
    assert re.search(r"the site example dot com", texts[2], re.IGNORECASE)
    assert re.search(r"a post on LinkedIn", texts[3], re.IGNORECASE)


def test_lists_become_counted_steps(show: Show) -> None:
    """The announcement says how many, each step is counted, and a label that says nothing new is dropped."""
    text = " ".join(turn.text for turn in written(edition(TIDES), show).turns)
    assert (
        "The method involves three steps. First, the model cleans all the records of broken gauges." in text
    )
    assert "Second, moon phase: the model adds the position of the moon." in text
    assert "And last, fine tuning: the model is tuned for each port, see the code." in text
    text = " ".join(turn.text for turn in written(edition(FERRY), show).turns)
    assert (
        "Key benefits include two things. First, noise: decks stay quiet. Second, cost: tickets stay cheap."
        in text
    )


def test_a_list_within_a_sentence_is_not_counted_out(show: Show) -> None:
    """Numbers before its items are for the eye; a number in parentheses that is no item's stays."""
    for body, said in (
        ("They judge bread by 1) crust 2) crumb and 3) smell.", "by crust, crumb, and smell."),
        ("They judge it: 1) by crust, 2) by crumb.", "They judge it: by crust, by crumb."),
        ("Loaf f(x, 2) won.", "2"),
    ):
        story = dataclasses.replace(TIDES, body=parse_markdown(body))
        assert said in " ".join(turn.text for turn in written(edition(story), show).turns)


def test_what_is_meant_stays_with_what_it_explains(show: Show) -> None:
    """An "i.e." is not torn from its clause to make two short sentences."""
    body = (
        "Builders see a street as a fixed and dry thing (i.e., aiming to ensure that rain leaves it fast) "
        "rather than as a sponge that cools the town, holds the water and feeds its trees."
    )
    story = dataclasses.replace(GARDEN, body=parse_markdown(body))
    text = " ".join(turn.text for turn in written(edition(story), show).turns)
    assert "thing, that is, aiming to ensure" in text


def test_a_paper_without_an_address_is_introduced_as_a_paper(show: Show) -> None:
    """Where nothing says where a paper is, the presenter says what it is about, in a whole sentence."""
    bare = dataclasses.replace(TIDES, title="Small Models for Harbour Floods", source="", link="")
    _, chapter, *_ = written(edition(bare, FERRY), show).chapters
    text = next(item.text for item in chapter.items if isinstance(item, Turn))
    assert re.search(
        r"(?i)\b(?:paper|research|researchers|lab|curious|subject)\b.* small models for harbour", text
    )


def test_an_acronym_is_told_once_and_then_used(show: Show) -> None:
    """Its expansion comes with it; an acronym that is not used again is not told at all."""
    text = " ".join(turn.text for turn in written(edition(TIDES), show).turns)
    assert "the Coastal Observation Group, COG for short, and COG released" in text
    once = dataclasses.replace(
        TIDES, body=plain_document("The Coastal Observation Group (COG) met in Lisbon on Monday.")
    )
    assert "COG" not in " ".join(turn.text for turn in written(edition(once), show).turns)


def test_the_paper_is_not_the_subject_of_every_sentence(show: Show) -> None:
    """What a paper does is told of its authors after the first time."""
    text = " ".join(turn.text for turn in written(edition(TIDES), show).turns)
    assert text.count("The paper ") <= 2
    assert "The authors also present a benchmark." in text


def test_a_story_without_words_is_pointed_to(show: Show) -> None:
    """A story of code alone is still announced, and its reporter says where it can be read."""
    code = dataclasses.replace(FERRY, body=parse_markdown("```\nx = 1\n```\n"))
    spoken = [turn.text for turn in written(edition(code), show).turns if turn.speaker == "Ada Fields"]
    assert len(spoken) == 1
    assert "written edition" in spoken[0]


def test_long_sentences_are_split_where_it_is_safe(show: Show) -> None:
    """At a semicolon, at a second main clause, and before a participle, which becomes a verb."""
    tides = " ".join(turn.text for turn in written(edition(TIDES), show).turns)
    assert "needed along open coasts. Cheap sensors could help" in tides
    ferry = " ".join(turn.text for turn in written(edition(FERRY), show).turns)
    assert ". That enables the company to close its last diesel line" in ferry
    assert ", about a third of its fleet." in ferry


def test_most_sentences_are_short(show: Show) -> None:
    """Nine of ten have at most 24 words, and no passage has more than 95."""
    script = written(twelve(), show)
    lengths = [len(s.split()) for turn in script.turns for s in split_sentences(turn.text)]
    assert sum(length <= 24 for length in lengths) >= 0.9 * len(lengths)
    assert max(len(turn.text.split()) for turn in script.turns) <= 95


def test_no_word_of_a_story_is_lost(show: Show) -> None:
    """Every content word of each body is said, numbers in words."""
    for story in (TIDES, FERRY, GARDEN, SHIFT):
        assert_told(story, written(edition(story), show))


def test_a_short_first_paragraph_joins_the_next_and_nothing_is_lost(show: Show) -> None:
    """Crumbs are joined, never dropped."""
    words = ["alpha", "bravo", "delta", "gamma"]
    body = "Alpha opens the day.\n\n" + "\n\n".join(
        f"The {w} counts. " + f"A {w} and more of it. " * 9 for w in words
    )
    story = dataclasses.replace(SHIFT, body=parse_markdown(body))
    text = " ".join(turn.text for turn in written(edition(story), show).turns)
    assert all(text.count(f"The {w} counts.") == 1 for w in words)
    assert text.count("Alpha opens the day.") == 1


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
@given(title=WRITTEN, body=WRITTEN, other=WRITTEN)
@example(title="", body=":\n1. first\n2. second\n", other="")
@example(title="", body="Words e.G. utılize ſuch.", other="")
def test_any_edition_is_written(title: str, body: str, other: str) -> None:
    """Whatever a post holds, the writer says something of each story, a line a turn."""
    one_line = " ".join(title.split()) or "Untitled"
    earlier = Headline(" ".join(other.split()), "", dt.date(2024, 5, 1))
    story = dataclasses.replace(SHIFT, title=one_line, body=parse_markdown(body), previous=(earlier,))
    made = edition(story, FERRY, others=(earlier, Headline(one_line)))
    script = TemplateWriter().write(made, cast(made), a_show(Path("/nowhere")))
    assert all(turn.text.strip() and "\n" not in turn.text for turn in script.turns)


def assert_told(story: Story, script: Script, most_lost: float = 0.0) -> None:
    body = re.sub(r"\]\([^)]*\)|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|https?://\S+", " ", story.body.text)
    body = re.sub(r"\([^()]*\)", " ", body)
    body = re.sub(r"[\"“][^\"“”]{12,}[\"”]", " ", body)
    said = {stem(word) for turn in script.turns for word in re.findall(r"[^\W\d_]{4,}", spell_out(turn.text))}
    wanted = [
        w
        for s in body.splitlines()
        for w in re.findall(r"[^\W\d_]{4,}", spell_out(re.sub(r"[*`_>|]", "", s)))
    ]
    changed = {stem(word) for word in CHANGED}
    lost = [
        w for w in wanted if stem(w) not in said and stem(w) not in changed and w.lower()[:6] not in changed
    ]
    assert len(lost) <= most_lost * len(wanted), lost


CHANGED = [
    "several",
    "various",
    "following",
    "multiple",
    "paper",
    "which",
    "while",
    "additionally",
    "however",
    "moreover",
]
"""Words that the writer may leave out or put otherwise."""


def stem(word: str) -> str:
    return word.lower()[:5] if len(word) > 5 else word.lower()[:4]


def test_earlier_coverage_is_mentioned_with_its_date(show: Show) -> None:
    """A related headline of the show is recalled, by the presenter, after the story."""
    chapter = next(c for c in written(edition(), show).chapters if c.source == FERRY.link)
    last = [item for item in chapter.items if isinstance(item, Turn)][-1]
    assert last.speaker == "Dana Wells"
    assert "the ninth of May" in last.text


def test_other_headlines_are_a_few_and_real(show: Show) -> None:
    """Three or four of them, without pages that only list news."""
    chapter = next(c for c in written(edition(), show).chapters if c.title == "In other headlines")
    text = next(item.text for item in chapter.items if isinstance(item, Turn))
    assert 3 <= len(split_sentences(text)) - 1 <= 5
    assert "ScienceDaily" not in text


def test_headlines_that_ask_are_few(show: Show) -> None:
    """Of headlines that ask and headlines that tell, two at most ask, for no answers are given."""
    asked = ["Do Roofs Cool Towns?", "Can Small Models Read Tides?", "Are Harbour Ships Too Loud?"]
    titles = [*asked, "Porto Orders New Electric Ships", "Lyon Opens Gardens on Its Roofs"]
    others = tuple(Headline(title) for title in titles)
    script = written(dataclasses.replace(edition(), others=others), show)
    chapter = next(c for c in script.chapters if c.title == "In other headlines")
    assert next(item.text for item in chapter.items if isinstance(item, Turn)).count("?") == 2


def test_the_close_names_sources_and_people(show: Show) -> None:
    """The listener learns where the sources are and who was heard."""
    text = written(edition(), show).turns[-1].text
    assert "show notes" in text
    assert "Ada Fields, Ben Okoro and Carla Núñez" in text
    assert "Dana Wells" in text


def test_stings_stand_between_the_parts(show: Show) -> None:
    """One opens, one ends each part, and no two follow each other."""
    script = written(edition(), show)
    items = [item for chapter in script.chapters for item in chapter.items]
    assert all(isinstance(chapter.items[-1], Sting) for chapter in script.chapters)
    assert not any(isinstance(a, Sting) and isinstance(b, Sting) for a, b in itertools.pairwise(items))


def test_the_same_edition_gives_the_same_script(show: Show) -> None:
    """The writer is deterministic: a remake of a date changes no line."""
    assert written(edition(), show) == written(edition(), show)


def test_another_day_sounds_different(show: Show) -> None:
    """The words around the stories change from day to day; the stories do not."""
    days = [written(edition(day=DAY + dt.timedelta(days=n)), show) for n in range(7)]
    assert len({handoffs(script)[0] for script in days}) >= 4
    assert len({script.turns[1].text for script in days}) >= 4
    bodies = [[t.text for t in s.turns if t.speaker == "Ben Okoro"][-1].split(". ")[-1] for s in days]
    assert len(set(bodies)) == 1


if CORPUS:

    @pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
    def test_every_post_of_the_corpus_is_speakable(path: Path, show: Show) -> None:
        """Real editions come out whole: speakable turns, no hand-off twice, all but a few of their words."""
        made = read_post(path)
        script = written(made, show)
        for turn in script.turns:
            assert_speakable(turn.text)
        assert len(set(handoffs(script))) == len(made.stories)
        lengths = [len(s.split()) for turn in script.turns for s in split_sentences(turn.text)]
        assert sum(length <= 24 for length in lengths) >= 0.7 * len(lengths)
        for story in made.stories:
            assert_told(story, script, most_lost=0.03)


# --- the stage ------------------------------------------------------------------------------------


class Fixed:
    """A writer that hands out the script it was given."""

    name = "fixed"

    def __init__(self, *chapters: ScriptChapter) -> None:
        self.chapters = chapters

    def write(self, edition: Edition, cast: Cast, show: Show) -> Script:
        return Script(edition.title, edition.date, self.chapters, writer=self.name)


def chapter(title: str, *turns: tuple[str, str], source: str = "") -> ScriptChapter:
    return ScriptChapter(title, tuple(Turn(speaker, text) for speaker, text in turns), source)


def test_a_script_is_in_written_form_and_drops_what_says_nothing(show: Show) -> None:
    """Numbers and signs stay as people write them, markup goes, and an empty turn is not spoken."""
    made = edition(SHIFT)
    said = "It costs **$3**, says [the](https://example.org) `head`, or <5% of 1&nbsp;GB on Nov. 27."
    writer = Fixed(chapter("One", ("Carla Núñez", said), ("Carla Núñez", " … "), source=SHIFT.link))
    script = compose_script(made, cast(made), writer, show)
    assert [turn.text for turn in script.turns] == ["It costs $3, says the head, or <5% of 1 GB on Nov. 27."]


def test_a_story_that_is_not_told_is_refused(show: Show) -> None:
    """A writer that skips a story, or gives it to somebody else, is caught before a voice is paid."""
    made = edition(SHIFT)
    for spoken in (
        chapter("One", ("Carla Núñez", "x")),
        chapter("One", ("Dana Wells", "x"), source=SHIFT.link),
    ):
        with pytest.raises(WriteError, match=r"writer fixed: the story .* is not told by Carla Núñez"):
            compose_script(made, cast(made), Fixed(spoken), show)


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
        ("Harbour floods: forecasting them with small models", "Harbour floods…"[:-1]),
        ("TideNet: forecasting harbour floods with small models", "TideNet: forecasting harbour floods…"),
        ("Northern Ferries orders twelve of the electric ships", "Northern Ferries orders twelve…"),
        ("Antidisestablishmentarianism" * 2, "Antidisestablishmentarianism" + "Antidisesta" + "…"),
    ],
)
def test_chapter_titles_are_cut_well(title: str, short: str) -> None:
    """At a colon that leaves enough, else at a word that can end a title."""
    assert short_title(title) == short
    assert len(short) <= TITLE_MOST


def test_chapter_titles_are_unique(show: Show) -> None:
    """Two stories of one title can be told apart in a list of chapters."""
    made = edition(SHIFT, dataclasses.replace(SHIFT, link="https://b.example/2"))
    titles = [c.title for c in written(made, show).chapters]
    assert len(set(titles)) == len(titles)
    assert all(len(title) <= TITLE_MOST for title in titles)
