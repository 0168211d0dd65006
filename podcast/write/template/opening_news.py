"""The day in the opening: the number of stories, and the news of two or three."""

from __future__ import annotations

import re
from collections.abc import Sequence

from podcast.model import Edition, Story
from podcast.write.story_gate import GOOD_FIT, title_fit
from podcast.write.template.compress import core, is_news
from podcast.write.template.dealing import Dealer
from podcast.write.template.grammar import HEDGES, NEGATIONS, close, parse_sentence
from podcast.write.template.headline import WordUses
from podcast.write.template.said_headlines import (
    SaidHeadline,
    choose_headlines,
    say_headline,
    say_title,
    stem_words,
)
from podcast.write.template.spoken_case import say_in_small
from podcast.write.template.spoken_words import join_names, say_count
from podcast.write.template.story_text import SpokenStory
from podcast.write.template.subjects import subject_name

# How many stories the opening tells in a sentence.
MOST_NEWS = 3
# How many stories the opening names, where it has no news to tell.
MOST_NAMES = 4
MOST_NAMES_BESIDE_NEWS = 2
SHORTEST_CHAPTER = 4
# Words of a sentence that the opening makes of a story's first.
SHORTEST_CORE, MIDDLE_CORE, LONGEST_CORE, LONGEST_LIST = 7, 12, 17, 21

# First words of a sentence that speaks of a field, or of what an article does.
_IS_GENERAL = re.compile(
    r"(?:AI|Generative|Artificial|Machine|The|This|These|A|An|In|At|With|By|As)\b"
)
# The day before a sentence, and the plan behind it.
_ADDITION = re.compile(r"^On [A-Z][a-z]+ \d{1,2}(?:, 20\d\d)?, (?=[A-Z])| as part of [^,]+$")
_WHAT_IT_DOES = re.compile(
    r"(?P<made>\b(?:developed|built|created|unveiled|introduced|launched) an? [^,]+?)"
    r" (?:that|which) .+$"
)
_GOES_ON = re.compile(
    r"\b(?:is|are) (?:surging|soaring|rising|falling|growing|planning|preparing|working|"
    r"building|testing|developing|deploying|hosting|launching|expanding|hiring|seeking|suing|facing)\b"
)
_CLAIMS = re.compile(
    r"\b(?:says?|said|warns?|argues?|claims?|calls?|thinks?|believes?|why|how)\b", re.I
)
# Words of a title that says how things are, or ought to be.
_NO_DEED = re.compile(r"\b(?:is|are|was|were|has|have|must\w*|should\w*|need\w*)\b|n['’]t\b")
_COUNTS_STORIES = re.compile(r"\d+ (?:[\w-]+ ){0,2}(?:stories|reports|things)\b")


def announce_stories(
    edition: Edition,
    spoken: Sequence[SpokenStory],
    chapters: Sequence[str],
    dealer: Dealer,
    fields: dict[str, str],
) -> list[str]:
    """Say how many stories there are, and what two or three tell, or whom they are about."""
    if len(spoken) < 2:
        return _announce_one(edition, spoken, chapters, dealer)

    counted = "uncounted" if _counts_itself(edition) else "counted"
    fields = fields | {"count": say_count(len(spoken))}
    news = find_news(edition, spoken, chapters)
    if not news:
        return [_name_subjects(spoken, dealer, counted, fields)]

    key = "rundown.news_one" if len(news) == 1 else "rundown.news_many"
    keys = [key] if counted == "uncounted" else [f"{key}_counted", key]
    told = " ".join(news)
    said = [dealer.deal(*keys, news=told, **fields)]
    if len(news) < MOST_NEWS:
        said += _name_others(spoken, told, dealer)
    return said


def _name_others(spoken: Sequence[SpokenStory], told: str, dealer: Dealer) -> list[str]:
    """Name whom the stories are about whose news was not told."""
    # The first story is told at once: `later` would not be true of it.
    names = [name for name in find_subjects(spoken[1:]) if not _is_in(name, told)]
    beside = names[:MOST_NAMES_BESIDE_NEWS]
    if not beside:
        return []
    key = "rundown.beside_one" if len(beside) == 1 else "rundown.beside"
    return [dealer.deal(key, names=join_names(beside))]


def _announce_one(
    edition: Edition, spoken: Sequence[SpokenStory], chapters: Sequence[str], dealer: Dealer
) -> list[str]:
    """Say what an edition of one story is about; nothing where that is not known."""
    news = find_news(edition, spoken, chapters)
    if news:
        return [dealer.deal("rundown.single", news=news[0])]
    names = find_subjects(spoken)
    return [dealer.deal("rundown.single_named", names=names[0])] if names else []


def find_news(
    edition: Edition, spoken: Sequence[SpokenStory], chapters: Sequence[str]
) -> list[str]:
    """The sentences of at most three stories; of papers there are none.

    They are a story's title, or its chapter's, or the core of what the story begins with.
    """
    uses = WordUses(*(story.body.text for story in edition.stories))
    said: list[SaidHeadline] = []
    for place, story in enumerate(edition.stories):
        # The first story follows at once: its own first sentence would be heard twice.
        sentences = spoken[place].sentences if place > 0 else []
        headline = _find_headline(story, sentences, chapters[place], uses)
        if headline is not None:
            said.append(headline)
    return [headline.text for headline in choose_headlines(said, (), MOST_NEWS)]


def _find_headline(
    story: Story, sentences: Sequence[str], chapter: str, uses: WordUses
) -> SaidHeadline | None:
    """The news of a story in a sentence: its title, the core of its sentences, its chapter."""
    if story.paper:
        return None
    headline = say_title(say_in_small(story.title, story.body.text), uses)
    if headline is not None and title_fit(story, least=3) >= GOOD_FIT:
        return headline

    news = _say_core(sentences)
    if news is None and not _CLAIMS.search(story.title):
        news = _say_chapter(chapter, story.body.text, uses)
    return news


def _say_core(sentences: Sequence[str]) -> SaidHeadline | None:
    """The core of a story's first sentence, where it is news and not the whole of it.

    What is said whole in the story need not be said in the opening as well.
    """
    if not sentences or _IS_GENERAL.match(sentences[0]):
        return None

    main = _ADDITION.sub("", sentences[0].rstrip("."))
    whole = close(_WHAT_IT_DOES.sub(r"\g<made>", main))
    for most in (LONGEST_CORE, MIDDLE_CORE, LONGEST_LIST):
        news = core(whole, most)
        if news is None or news == sentences[0] or not _tells_news(news):
            continue
        if len(news.split()) >= SHORTEST_CORE:
            return SaidHeadline(news, _find_verb(news), stem_words(news))
    return None


def _find_verb(sentence: str) -> str:
    parsed = parse_sentence(sentence)
    return parsed.words[parsed.first_finite() or 0].text


def _say_chapter(title: str, text: str, uses: WordUses) -> SaidHeadline | None:
    """A chapter's title that tells a deed: no opinion, nothing in doubt or denied."""
    headline = say_headline(say_in_small(title, text), "", uses)
    if headline is None or _IS_GENERAL.match(title) or len(title.split()) < SHORTEST_CHAPTER:
        return None

    parsed = parse_sentence(headline.text)
    if parsed.has_any(HEDGES | NEGATIONS) or _NO_DEED.search(title):
        return None
    at = parsed.first_finite()
    is_present = at is not None and parsed.words[at].tag in ("VBZ", "VBP")
    return headline if is_present else None


def _tells_news(sentence: str) -> bool:
    """Tell whether it says what somebody did or is doing."""
    return is_news(sentence) or _GOES_ON.search(sentence) is not None


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
    if names:
        key = "uncounted" if counted == "uncounted" else "named"
        one = "_one" if len(names) == 1 else ""
        return dealer.deal(f"rundown.{key}{one}", names=join_names(names), **fields)
    return dealer.deal(
        "rundown.plain" if counted == "uncounted" else "rundown.counted", **fields
    )


def _is_in(name: str, told: str) -> bool:
    """Tell whether a word of a name was said."""
    said = set(re.findall(r"\w{3,}", told.lower()))
    return not said.isdisjoint(re.findall(r"\w{3,}", name.lower().removeprefix("the ")))


def _counts_itself(edition: Edition) -> bool:
    """Tell whether a story counts stories: a number of our own would be taken for its."""
    titles = [headline.title for headline in edition.others]
    for story in edition.stories:
        titles += [headline.title for headline in (*story.previous, *story.see_also)]
        titles.append(f"{story.title} {story.body.text}")
    return _COUNTS_STORIES.search(" ".join(titles)) is not None
