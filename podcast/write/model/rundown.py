"""The rundown: what the model decides about an episode, made whole and sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from podcast.services.shapes import PlannedStory, Rundown
from podcast.services.spoken_text import find_unspeakable
from podcast.write.fact_check import EditionFacts
from podcast.write.model.dialogue import Table

# Characters of the episode's title and of a chapter's.
LONGEST_TITLE, LONGEST_CHAPTER = 80, 40
# Words of a story's talk.
FEWEST_WORDS, MOST_WORDS = 40, 330
# How far the sum of the words may be from what was asked for.
SPREAD = 0.2
# The part of the opening story's words that a paper may have at most, beside other news.
PAPER_SHARE = 0.7
MOST_BRIEFS = 4


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story that is told, and how."""

    place: int
    """Among the edition's stories, counted from 0."""
    words: int
    chapter: str
    angle: str = ""
    begins: str = ""
    ends: str = ""
    link: str = ""
    runs_on: bool = False
    voices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EpisodeRundown:
    """A rundown that can be followed."""

    title: str
    stories: tuple[ToldStory, ...]
    """In the order in which they are told."""
    thread: str = ""
    cold_open: str = ""
    skipped: tuple[tuple[int, str], ...] = ()
    """Places of stories that are not told, with the reason."""
    briefs: tuple[int, ...] = ()
    """Places of other headlines."""


@dataclass(frozen=True, slots=True)
class RundownLimits:
    """What a rundown is held to."""

    words: int
    """In all."""
    lengths: tuple[int, ...]
    """Words of each story's text: little can be said of a short one."""
    papers: tuple[bool, ...]
    """Which of the stories are papers."""
    is_one_text: bool
    """True when the stories are parts of one text, which keep their order."""
    titles: tuple[str, ...]
    """Of the stories."""
    headlines: int
    """How many other headlines there are."""
    table: Table
    facts: EditionFacts

    def has(self, planned: PlannedStory) -> bool:
        """Tell whether there is such a story."""
        return 1 <= planned.story <= len(self.lengths)

    def find_most_words(self, place: int, opener: int, opener_words: int) -> int:
        """Words that a story may have beside the one that opens the show with so many."""
        if self.papers[place] and not self.papers[opener]:
            return round(PAPER_SHARE * opener_words)
        if self.bound(opener, MOST_WORDS) <= opener_words:
            return MOST_WORDS  # The opener's text has no more to say.
        return opener_words

    def bound(self, place: int, words: int) -> int:
        """Words that a story can have: what a short text says fills no long talk."""
        most = min(MOST_WORDS, round(1.7 * self.lengths[place]) + 25)
        return max(FEWEST_WORDS, min(words, most))


# --- what is wrong with it ------------------------------------------------------------------


def find_rundown_faults(rundown: Rundown, limits: RundownLimits) -> Iterator[str]:
    """Find what is wrong with a rundown, in words for the model."""
    yield from _find_number_faults(rundown, limits)

    told = [planned for planned in rundown.stories if not planned.skip]
    count = len(limits.lengths)
    if len(told) * 2 < count:
        yield (
            f"{count - len(told)} of {count} stories are skipped; "
            "only what cannot be told may be"
        )

    yield from _find_weight_faults(told, limits)
    yield from _find_shape_faults(told)
    yield from _find_title_faults(rundown, limits)
    yield from _find_chapter_faults(told, limits)


def _find_number_faults(rundown: Rundown, limits: RundownLimits) -> Iterator[str]:
    """Find stories that are missing, told twice, or not there."""
    numbers = [planned.story for planned in rundown.stories]
    there_are = range(1, len(limits.lengths) + 1)

    for number in there_are:
        if number not in numbers:
            yield f"story {number} is missing; tell it, or say in `skip` why not"

    for number in sorted(set(numbers)):
        if number not in there_are:
            yield f"there is no story {number}"
        elif numbers.count(number) > 1:
            yield f"story {number} is there twice"


def _find_weight_faults(told: Sequence[PlannedStory], limits: RundownLimits) -> Iterator[str]:
    """Find lengths that do not add up, and stories that outweigh what opens the show."""
    if not told:
        return
    planned_words = sum(planned.words for planned in told)
    if abs(planned_words - limits.words) > SPREAD * limits.words:
        yield (
            f"the stories have {planned_words} words together, "
            f"and should have about {limits.words}"
        )

    opener = told[0]
    if not limits.has(opener) or limits.is_one_text:
        return  # An essay's first part is no lead.
    opener_words = limits.bound(opener.story - 1, opener.words)
    for planned in filter(limits.has, told[1:]):
        most = limits.find_most_words(planned.story - 1, opener.story - 1, opener_words)
        if planned.words <= most:
            continue
        kind = ""
        if limits.papers[planned.story - 1]:
            kind = ", a paper,"
        yield (
            f"story {planned.story}{kind} has {planned.words} words, "
            f"and the story that opens the show {opener_words}: {most} are the most"
        )


def _find_shape_faults(told: Sequence[PlannedStory]) -> Iterator[str]:
    """Find stories that are to begin or to end alike."""
    for what in ("begins", "ends"):
        shapes = [" ".join(getattr(planned, what).casefold().split()) for planned in told]
        for shape in sorted(set(shapes)):
            if shape and shapes.count(shape) > 1:
                yield f"{shapes.count(shape)} stories have the same `{what}`: {shape}"


def _find_title_faults(rundown: Rundown, limits: RundownLimits) -> Iterator[str]:
    if not rundown.title.strip() or len(rundown.title) > LONGEST_TITLE:
        yield f"the title must have 1 to {LONGEST_TITLE} characters"
    for finding in limits.facts.check_frame(rundown.title):
        yield finding.what


def _find_chapter_faults(told: Sequence[PlannedStory], limits: RundownLimits) -> Iterator[str]:
    chapters = [planned.chapter for planned in told]
    for chapter in dict.fromkeys(chapters):
        if not chapter.strip() or len(chapter) > LONGEST_CHAPTER:
            yield f'the chapter title "{chapter}" must have 1 to {LONGEST_CHAPTER} characters'
        elif chapters.count(chapter) > 1:
            yield f'two chapters are called "{chapter}"'

    for planned in filter(limits.has, told):
        for finding in limits.facts.check_story(planned.story - 1, planned.chapter):
            yield f'chapter "{planned.chapter}": {finding.what}'


# --- made whole -----------------------------------------------------------------------------


def settle_rundown(
    rundown: Rundown, limits: RundownLimits, edition_title: str
) -> EpisodeRundown:
    """Make a rundown that can be followed of whatever the model planned.

    Stories that it forgot come last; lengths are brought to what was asked for; titles that are
    too long, or that the edition does not support, are the edition's.
    """
    planned: dict[int, PlannedStory] = {}
    for each in filter(limits.has, rundown.stories):
        planned.setdefault(each.story - 1, each)

    skipped = _settle_skipped(planned, len(limits.lengths))
    order = [place for place in planned if place not in skipped]
    order += [place for place in range(len(limits.lengths)) if place not in planned]
    if limits.is_one_text:
        order.sort()

    words = _settle_words(order, planned, limits)
    stories = [
        _settle_story(place, planned.get(place), words[place], limits) for place in order
    ]
    return EpisodeRundown(
        title=_settle_title(rundown.title, limits) or edition_title,
        stories=tuple(stories),
        thread=rundown.thread,
        cold_open=rundown.cold_open,
        skipped=tuple(skipped.items()),
        briefs=_settle_briefs(rundown.briefs, limits.headlines),
    )


def _settle_skipped(planned: Mapping[int, PlannedStory], count: int) -> dict[int, str]:
    """Skip what the model skips, unless that is most of the edition."""
    skipped = {place: each.skip for place, each in planned.items() if each.skip}
    if (count - len(skipped)) * 2 < count:
        return {}  # A weak model that finds nothing worth telling is not followed.
    return skipped


def _settle_words(
    order: Sequence[int], planned: Mapping[int, PlannedStory], limits: RundownLimits
) -> dict[int, int]:
    """Bring the lengths to what was asked for. None outweighs the story that opens the show."""
    asked: dict[int, int] = {}
    for place in order:
        asked[place] = limits.bound(place, 0)
        if place in planned:
            asked[place] = limits.bound(place, planned[place].words)
    asked = _hold_to_opener(order, asked, limits)

    factor = limits.words / max(1, sum(asked.values()))
    scaled: dict[int, int] = {}
    for place, words in asked.items():
        scaled[place] = limits.bound(place, round(words * factor))
    return _hold_to_opener(order, scaled, limits)


def _hold_to_opener(
    order: Sequence[int], words: Mapping[int, int], limits: RundownLimits
) -> dict[int, int]:
    """Hold stories to the length of the one that opens the show, and papers to a part of it."""
    held = dict(words)
    if limits.is_one_text:
        return held  # An essay's first part is no lead.
    for place in order[1:]:
        most = limits.find_most_words(place, order[0], words[order[0]])
        held[place] = max(FEWEST_WORDS, min(words[place], most))
    return held


def _settle_title(title: str, limits: RundownLimits) -> str:
    """The episode's title; empty for one that cannot be it."""
    title = " ".join(title.split())
    if len(title) > LONGEST_TITLE or find_unspeakable(title):
        return ""
    if limits.facts.check_frame(title):
        return ""
    return title


def _settle_story(
    place: int, planned: PlannedStory | None, words: int, limits: RundownLimits
) -> ToldStory:
    if planned is None:
        return ToldStory(place, words, limits.titles[place])

    chapter = " ".join(planned.chapter.split())
    is_fair = bool(chapter) and not limits.facts.check_story(place, chapter)
    if not is_fair or find_unspeakable(chapter):
        chapter = limits.titles[place]
    voices = [limits.table.find_name(name) for name in planned.voices]
    return ToldStory(
        place=place,
        words=words,
        chapter=chapter,
        angle=planned.angle,
        begins=planned.begins,
        ends=planned.ends,
        link=planned.link,
        runs_on=planned.runs_on,
        voices=tuple(dict.fromkeys(filter(None, voices))),
    )


def _settle_briefs(numbers: Sequence[int], headlines: int) -> tuple[int, ...]:
    places = dict.fromkeys(number - 1 for number in numbers if 1 <= number <= headlines)
    return tuple(places)[:MOST_BRIEFS]


def guess_rundown(limits: RundownLimits, edition_title: str) -> EpisodeRundown:
    """Guess a rundown without a model, for estimates.

    All stories in their order, in equal parts.
    """
    share = round(limits.words / max(1, len(limits.lengths)))
    stories: list[ToldStory] = []
    for place, title in enumerate(limits.titles):
        stories.append(
            ToldStory(
                place=place,
                words=limits.bound(place, share),
                chapter=title[:LONGEST_CHAPTER],
                angle="-" * 180,
                begins="-" * 40,
                ends="-" * 40,
                link="-" * 60,
            )
        )
    briefs = tuple(range(min(3, limits.headlines)))
    return EpisodeRundown(edition_title, tuple(stories), "-" * 120, "-" * 80, (), briefs)
