"""Whole bulletins of ten days in a row, as a listener hears them.

The posts in `tests/data/bulletins` are a magazine's: reporters, sources, papers, press releases, quotations,
questions, round-ups, sums, and lists of other headlines.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
from pathlib import Path

import pytest
from builders import a_show

from podcast.model import Cast, Edition, Script, Show, Turn, Voice
from podcast.read.posts import read_post
from podcast.write import compose_script
from podcast.write.fact_check import check_script
from podcast.write.template import TemplateWriter
from podcast.write.template.title_words import MOST

POSTS = sorted((Path(__file__).parent.parent / "data" / "bulletins").glob("*.md"))
LONGEST_TURN = 85
"""Words of one turn at most; a rule never divides a sentence."""
WORDS_A_MINUTE = 155


def read_editions() -> list[Edition]:
    return [read_post(path) for path in POSTS]


def cast_of(edition: Edition) -> Cast:
    assert edition.editor is not None
    people = [edition.editor.name, *(story.reporter for story in edition.stories)]
    return Cast(
        dict.fromkeys(people, Voice("one", "One", "", "neutral", "american", 150, "")),
        edition.editor.name,
    )


def write_days(show: Show) -> list[Script]:
    """The scripts of all days, each written after those before it."""
    scripts: list[Script] = []
    for edition in read_editions():
        script = compose_script(edition, cast_of(edition), TemplateWriter(), show, scripts)
        scripts.append(script)
    return scripts


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Show:
    return a_show(tmp_path_factory.mktemp("show"))


@pytest.fixture(scope="module")
def scripts(show: Show) -> list[Script]:
    return write_days(show)


def said(script: Script) -> str:
    return " ".join(turn.text for turn in script.turns)


def stories_of(script: Script) -> list[str]:
    """The titles of the chapters that tell a story."""
    frame = ("Welcome", "In other headlines", "Goodbye")
    return [chapter.title for chapter in script.chapters if chapter.title not in frame]


def test_nothing_is_said_that_the_post_does_not_say(show: Show, scripts: list[Script]) -> None:
    """The fact check finds nothing, in the stories and around them."""
    for edition, script in zip(read_editions(), scripts, strict=True):
        faults = check_script(script, edition, (show.title,))
        assert faults == (), [fault.finding for fault in faults]


def test_nothing_is_cut_with_dots(scripts: list[Script]) -> None:
    """Titles, turns and notes are whole."""
    for script in scripts:
        for chapter in script.chapters:
            text = f"{chapter.title} {chapter.note}"
            assert "…" not in text
            assert "..." not in text
        assert "…" not in said(script)


def test_each_story_has_a_short_title_of_its_own_matter(scripts: list[Script]) -> None:
    """At most forty characters, none of them a source, a reporter or a number."""
    for title in itertools.chain.from_iterable(map(stories_of, scripts)):
        assert len(title) <= MOST
        assert not re.search(r"^From |'s story|^Story|^A paper| \(\d\)$", title), title


def test_chapter_titles_of_a_day() -> None:
    """What a day's chapters are called."""
    path = next(path for path in POSTS if "quotes" in path.name)
    edition = read_post(path)
    script = compose_script(
        edition, cast_of(edition), TemplateWriter(), a_show(Path("/nowhere"))
    )
    assert stories_of(script) == [
        "Island must not sell its harbour",
        "Tides are later than the tables say",
        "Night train between Paris and the coast",
        "Fish Prices Up 20%",
    ]


def test_the_voices_change_often(scripts: list[Script]) -> None:
    """Three times a minute at least, and nobody speaks for longer than half of one."""
    all_changes, all_minutes = 0, 0.0
    for script in scripts:
        speakers = [turn.speaker for turn in script.turns]
        changes = sum(one != other for one, other in itertools.pairwise(speakers))
        minutes = len(said(script).split()) / WORDS_A_MINUTE
        all_changes += changes
        all_minutes += minutes
        assert changes / minutes >= 2.5, script.title
        assert max(len(turn.text.split()) for turn in script.turns) <= LONGEST_TURN
    assert all_changes / all_minutes >= 3


def test_most_openings_tell_news(scripts: list[Script]) -> None:
    """The opening says what stories tell, in sentences that are their titles'."""
    openings = [script.turns[0].text for script in scripts]
    assert "White roofs cool the street as well as the house." in openings[0]
    assert "Northern Ferries orders twelve electric ships for its islands." in openings[0]
    told = [text for text in openings if len(text.split()) > 30]
    assert len(told) >= 6


def test_an_opening_tells_no_claim_as_a_fact(scripts: list[Script]) -> None:
    """What somebody says keeps who says it; a question and a cut title are not told."""
    openings = " ".join(script.turns[0].text for script in scripts).lower()
    for never in ("must not sell", "tides are later", "can a robot", "canteens turn", "..."):
        assert never not in openings


def test_other_headlines_are_sentences(scripts: list[Script]) -> None:
    """Whole ones alone, two verbs joined, what is left out of `is set to` put in, each in a form of its own."""
    read = [
        turn.text
        for script in scripts
        for chapter in script.chapters
        if chapter.title == "In other headlines"
        for turn in chapter.items
        if isinstance(turn, Turn)
    ]
    text = " ".join(read)
    assert len(read) >= 6
    for sentence in (
        "Museum Opens a Room for Old Radios.",
        "Village is set to receive $5M for a new well.",
        "Storm Closes Six Ports in Norway.",
    ):
        assert sentence in text
    for absent in ("Why I", "Daily Science", "City to Close", "The Best Ports", "Breaking"):
        assert absent not in text


def test_the_host_finds_new_words_for_twenty_days(show: Show) -> None:
    """Of the host's own three-word sequences few were heard on any day before.

    The ten posts come twice: what they say is theirs, what the host says around it is not.
    """
    again = dataclasses.replace(show, writer=dataclasses.replace(show.writer, tell_all=True))
    editions = read_editions()
    later = [
        dataclasses.replace(edition, date=edition.date + dt.timedelta(days=30))
        for edition in editions
    ]
    heard: set[tuple[str, ...]] = set()
    scripts: list[Script] = []
    repeated = total = 0
    for edition in [*editions, *later]:
        script = compose_script(edition, cast_of(edition), TemplateWriter(), again, scripts)
        scripts.append(script)
        sequences = host_sequences(edition, script)
        repeated += len(sequences & heard)
        total += len(sequences)
        heard |= sequences
    assert repeated / total <= 0.21


def host_sequences(edition: Edition, script: Script) -> set[tuple[str, ...]]:
    """Three words in a row of the host's that are not the post's, names and dates masked."""
    assert edition.editor is not None
    names = {word for person in edition.staff for word in person.name.split()}
    stories = edition.stories
    headlines = [headline.title for headline in edition.others]
    for story in stories:
        headlines += [headline.title for headline in (*story.previous, *story.see_also)]
    texts = [*headlines, *(story.title for story in stories), *(s.body.text for s in stories)]
    posts = {
        sequence
        for text in texts
        for sequence in sequences_of(re.sub(r"[“”]", '"', text), names)
    }

    sequences: set[tuple[str, ...]] = set()
    for turn in script.turns:
        if turn.speaker == edition.editor.name:
            for sentence in re.split(r"(?<=[.?!]) ", turn.text):
                sequences |= sequences_of(sentence, names)
    return sequences - posts


def sequences_of(text: str, names: set[str]) -> set[tuple[str, ...]]:
    """Each three words in a row; a person's name, a day and the show's name are one word each."""
    masked = re.sub(r"\w+day(?:, \w+ \d+)?", "DAY", text).replace("The Quayside Hour", "SHOW")
    words: list[str] = []
    for word in re.findall(r"[\w']+", masked):
        if word not in names:
            words.append(word.lower())
        elif words[-1:] != ["NAME"]:
            words.append("NAME")
    return set(zip(words, words[1:], words[2:], strict=False))


def test_the_order_is_the_posts_or_the_weights(show: Show) -> None:
    """By weight the news comes before papers, lists and events, and a note says why."""
    edition = read_post(next(path for path in POSTS if "press-releases" in path.name))
    weighed = dataclasses.replace(
        show, writer=dataclasses.replace(show.writer, story_order="weight")
    )
    in_order = compose_script(edition, cast_of(edition), TemplateWriter(), show)
    by_weight = compose_script(edition, cast_of(edition), TemplateWriter(), weighed)

    links = [story.link for story in edition.stories]
    assert [chapter.source for chapter in in_order.chapters if chapter.source] == links
    heavy_first = [chapter for chapter in by_weight.chapters if chapter.source]
    assert "reuters.com" in heavy_first[0].source
    assert "eventbrite.com" in heavy_first[-1].source
    assert "place 1: news" in heavy_first[0].note
    assert "place" not in " ".join(chapter.note for chapter in in_order.chapters)


def test_a_speaker_thanks_nobody_between_stories(scripts: list[Script]) -> None:
    """Thanks are for the listeners, once at the end."""
    for script in scripts:
        thanks = len(re.findall(r"\b(?:[Tt]hank you|[Tt]hanks)\b", said(script)))
        assert thanks <= 2
