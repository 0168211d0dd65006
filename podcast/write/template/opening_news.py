"""What the opening tells of the day: how many stories there are, and the news of two or three."""

from __future__ import annotations

import re
from collections.abc import Sequence

from podcast.model import Edition
from podcast.write.story_gate import GOOD_FIT, title_fit
from podcast.write.template.dealing import Dealer
from podcast.write.template.headline import WordUses
from podcast.write.template.said_headlines import SaidHeadline, choose_headlines, say_title
from podcast.write.template.spoken_words import join_names, say_count
from podcast.write.template.story_text import SpokenStory
from podcast.write.template.subjects import subject_name

MOST_NEWS = 3
"""How many stories the opening tells in a sentence."""
MOST_NAMES = 4
"""How many stories the opening names, where it has no news to tell."""
MOST_NAMES_BESIDE_NEWS = 2

_COUNTS_STORIES = re.compile(r"\d+ (?:[\w-]+ ){0,2}(?:stories|reports|things)\b")


def announce_stories(
    edition: Edition, spoken: Sequence[SpokenStory], dealer: Dealer, fields: dict[str, str]
) -> list[str]:
    """Say how many stories there are, and what two or three of them tell, or whom they are about."""
    if len(spoken) < 2:
        return []
    counted = "uncounted" if _counts_itself(edition) else "counted"
    fields = fields | {"count": say_count(len(spoken))}
    news = find_news(edition)
    if not news:
        return [_name_subjects(spoken, dealer, counted, fields)]

    told = " ".join(news)
    key = f"news_{'one' if len(news) == 1 else 'many'}_{counted}"
    said = [dealer.deal(f"rundown.{key}", news=told, **fields)]
    names = [name for name in find_subjects(spoken) if not _is_in(name, told)]
    if names and len(news) < MOST_NEWS:
        beside = join_names(names[:MOST_NAMES_BESIDE_NEWS])
        said.append(dealer.deal("rundown.beside", names=beside))
    return said


def find_news(edition: Edition) -> list[str]:
    """The sentences of at most three stories whose titles are ones; of papers none."""
    uses = WordUses(*(story.body.text for story in edition.stories))
    said: list[SaidHeadline] = []
    for story in edition.stories:
        headline = None if story.paper else say_title(story.title, uses)
        if headline is not None and title_fit(story, least=3) >= GOOD_FIT:
            said.append(headline)
    return [headline.text for headline in choose_headlines(said, (), MOST_NEWS)]


def find_subjects(spoken: Sequence[SpokenStory]) -> list[str]:
    """The names that stories begin with, each once."""
    names: list[str] = []
    for story in spoken:
        told = story.sentences
        name = subject_name(told[0], " ".join(told)) if told else None
        if name and name not in names:
            names.append(name)
    return names


def _name_subjects(
    spoken: Sequence[SpokenStory], dealer: Dealer, counted: str, fields: dict[str, str]
) -> str:
    names = find_subjects(spoken)[:MOST_NAMES]
    if len(names) > 1:
        key = "uncounted" if counted == "uncounted" else "named"
        return dealer.deal(f"rundown.{key}", names=join_names(names), **fields)
    return dealer.deal(
        "rundown.plain" if counted == "uncounted" else "rundown.counted", **fields
    )


def _is_in(name: str, told: str) -> bool:
    """Whether a word of a name was said."""
    said = set(re.findall(r"\w{3,}", told.lower()))
    return not said.isdisjoint(re.findall(r"\w{3,}", name.lower().removeprefix("the ")))


def _counts_itself(edition: Edition) -> bool:
    """Whether a story counts stories: a number of our own would be taken for its."""
    titles = [headline.title for headline in edition.others]
    for story in edition.stories:
        titles += [headline.title for headline in (*story.previous, *story.see_also)]
        titles.append(f"{story.title} {story.body.text}")
    return _COUNTS_STORIES.search(" ".join(titles)) is not None
