"""The rundown: what the model decides about an episode, made whole and sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from podcast.services.shapes import PlannedStory, Rundown
from podcast.services.structured import find_unspeakable
from podcast.write.fact_check import EditionFacts
from podcast.write.model.dialogue import Table

LONGEST_TITLE, LONGEST_CHAPTER = 80, 40
"""Characters of the episode's title and of a chapter's."""
FEWEST_WORDS, MOST_WORDS = 40, 330
"""Words of a story's talk."""
SPREAD = 0.2
"""How far the sum of the words may be from what was asked for."""
MOST_BRIEFS = 4


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story that is told, and how."""

    place: int
    """Among the edition's stories, counted from 0."""
    words: int
    chapter: str
    angle: str = ""
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
    titles: tuple[str, ...]
    """Of the stories."""
    headlines: int
    """How many other headlines there are."""
    table: Table
    facts: EditionFacts


def find_rundown_faults(rundown: Rundown, limits: RundownLimits) -> Iterator[str]:
    """Find what is wrong with a rundown, in words for the model."""
    numbers = [planned.story for planned in rundown.stories]
    count = len(limits.lengths)
    for number in sorted(set(range(1, count + 1)) - set(numbers)):
        yield f"story {number} is missing; tell it, or say in `skip` why not"
    for number in sorted({n for n in numbers if not 1 <= n <= count or numbers.count(n) > 1}):
        yield (
            f"there is no story {number}"
            if not 1 <= number <= count
            else f"story {number} is there twice"
        )

    told = [planned for planned in rundown.stories if not planned.skip]
    if len(told) * 2 < count:
        yield f"{count - len(told)} of {count} stories are skipped; only what cannot be told may be"
    said = sum(planned.words for planned in told)
    if told and abs(said - limits.words) > SPREAD * limits.words:
        yield f"the stories have {said} words together, and should have about {limits.words}"
    yield from _title_faults(rundown, told, limits)


def _title_faults(
    rundown: Rundown, told: Sequence[PlannedStory], limits: RundownLimits
) -> Iterator[str]:
    if not rundown.title.strip() or len(rundown.title) > LONGEST_TITLE:
        yield f"the title must have 1 to {LONGEST_TITLE} characters"
    yield from (finding.what for finding in limits.facts.check_frame(rundown.title))
    chapters = [planned.chapter for planned in told]
    for chapter in dict.fromkeys(chapters):
        if not chapter.strip() or len(chapter) > LONGEST_CHAPTER:
            yield f'the chapter title "{chapter}" must have 1 to {LONGEST_CHAPTER} characters'
        elif chapters.count(chapter) > 1:
            yield f'two chapters are called "{chapter}"'
    for planned in told:
        findings = (
            limits.facts.check_story(planned.story - 1, planned.chapter)
            if _is_in(planned, limits)
            else ()
        )
        yield from (f'chapter "{planned.chapter}": {finding.what}' for finding in findings)


def _is_in(planned: PlannedStory, limits: RundownLimits) -> bool:
    return 1 <= planned.story <= len(limits.lengths)


def settle_rundown(
    rundown: Rundown, limits: RundownLimits, edition_title: str
) -> EpisodeRundown:
    """Make a rundown that can be followed of whatever the model planned.

    Stories that it forgot come last; lengths are brought to what was asked for; titles that are too long, or
    that the edition does not support, are the edition's.
    """
    planned: dict[int, PlannedStory] = {}
    for each in rundown.stories:
        if _is_in(each, limits):
            planned.setdefault(each.story - 1, each)
    skipped = {place: each.skip for place, each in planned.items() if each.skip}
    if (len(limits.lengths) - len(skipped)) * 2 < len(limits.lengths):
        skipped = {}
    order = [place for place in planned if place not in skipped]
    order += [place for place in range(len(limits.lengths)) if place not in planned]

    asked = {
        place: _bounded(planned[place].words if place in planned else 0, place, limits)
        for place in order
    }
    factor = limits.words / max(1, sum(asked.values()))
    stories = [
        _settle_story(place, planned.get(place), round(asked[place] * factor), limits)
        for place in order
    ]
    title = " ".join(rundown.title.split())
    is_fair = 0 < len(title) <= LONGEST_TITLE and not limits.facts.check_frame(title)
    return EpisodeRundown(
        title=title if is_fair and not find_unspeakable(title) else edition_title,
        stories=tuple(stories),
        thread=rundown.thread,
        cold_open=rundown.cold_open,
        skipped=tuple(skipped.items()),
        briefs=_settle_briefs(rundown.briefs, limits.headlines),
    )


def _settle_story(
    place: int, planned: PlannedStory | None, words: int, limits: RundownLimits
) -> ToldStory:
    words = _bounded(words, place, limits)
    if planned is None:
        return ToldStory(place, words, limits.titles[place])
    chapter = " ".join(planned.chapter.split())
    is_fair = bool(chapter) and not limits.facts.check_story(place, chapter)
    voices = [limits.table.find_name(name) for name in planned.voices]
    return ToldStory(
        place=place,
        words=words,
        chapter=chapter if is_fair and not find_unspeakable(chapter) else limits.titles[place],
        angle=planned.angle,
        link=planned.link,
        runs_on=planned.runs_on,
        voices=tuple(dict.fromkeys(filter(None, voices))),
    )


def _bounded(words: int, place: int, limits: RundownLimits) -> int:
    """Words that a story can have: what a short text says fills no long talk."""
    most = min(MOST_WORDS, round(1.7 * limits.lengths[place]) + 25)
    return max(FEWEST_WORDS, min(words, most))


def _settle_briefs(numbers: Sequence[int], headlines: int) -> tuple[int, ...]:
    places = dict.fromkeys(number - 1 for number in numbers if 1 <= number <= headlines)
    return tuple(places)[:MOST_BRIEFS]


def guess_rundown(limits: RundownLimits, edition_title: str) -> EpisodeRundown:
    """Guess a rundown without a model, for estimates: all stories in their order, in equal parts."""
    share = round(limits.words / max(1, len(limits.lengths)))
    stories = [
        ToldStory(
            place, _bounded(share, place, limits), title[:LONGEST_CHAPTER], "-" * 180, "-" * 60
        )
        for place, title in enumerate(limits.titles)
    ]
    briefs = tuple(range(min(3, limits.headlines)))
    return EpisodeRundown(edition_title, tuple(stories), "-" * 120, "-" * 80, (), briefs)
