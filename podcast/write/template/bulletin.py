"""A bulletin: a host, reporters, a rundown, and the day's stories one after the other."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from podcast.language.english.word_data import load
from podcast.model import (
    Cast,
    Edition,
    LeftOut,
    Script,
    ScriptChapter,
    Show,
    Sting,
    Story,
    Turn,
)
from podcast.write.story_gate import GOOD_FIT, title_fit
from podcast.write.template.chapter_titles import (
    chapter_title,
    shares_words,
)
from podcast.write.template.dealing import Dealer
from podcast.write.template.grammar import POINTS_BACK
from podcast.write.template.parentheses import Acronyms
from podcast.write.template.register import host_register
from podcast.write.template.shortening import shorten_stories
from podcast.write.template.source_names import SpokenSource, spoken_source
from podcast.write.template.story_telling import Report, plan_report, report_turns
from podcast.write.template.story_text import SpokenStory, speak_document
from podcast.write.template.subjects import subject_name
from podcast.write.template.title_kinds import NameBook, title_kind
from podcast.write.template.title_text import strip_title

RUNDOWN = 4
"""How many stories the opening names at most."""
WORDS_A_MINUTE = 155
FRAME_WORDS = 60
"""About how many words the host says before and after the stories."""
STORY_FRAME_WORDS = 14
"""About how many the host adds to each story."""
OTHERS = 4
"""How many of the other headlines are read."""

_HONORIFIC = re.compile(r"^(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """A story that is ready to be told."""

    story: Story
    spoken: SpokenStory
    source: SpokenSource
    teller: str
    report: Report


_SOURCE_BANKS = {
    "press": "press",
    "owner": "owner",
    "research": "paper",
    "platform": "post",
    "notice": "post",
    "wire": "post",
}


class Bulletin:
    """One edition being written. What was said decides what is said next."""

    def __init__(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script]
    ) -> None:
        self._edition, self._cast, self._show = edition, cast, show
        self._manner = host_register(edition, cast)
        self._dealer = Dealer(edition.date.isoformat(), earlier)
        self._host = cast.presenter
        self._introduced: set[str] = set()
        self._acronyms = Acronyms(" ".join(story.body.text for story in edition.stories))
        self._names = NameBook(story.body.text for story in edition.stories)
        spoken = [self._speak(story) for story in edition.stories]
        if show.writer.minutes:
            frame = FRAME_WORDS + STORY_FRAME_WORDS * len(spoken)
            shorten_stories(spoken, show.writer.minutes * WORDS_A_MINUTE - frame)
        pairs = zip(edition.stories, spoken, strict=True)
        self._stories = [self._plan(*pair) for pair in pairs]
        tellers = dict.fromkeys(told.teller for told in self._stories)
        self._reporters = [name for name in tellers if name != self._host]

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What the stories have and the script has not."""
        return tuple(out for told in self._stories for out in told.spoken.left_out)

    def script(self, writer: str) -> Script:
        """Write the script."""
        chapters = [self._welcome()]
        for place, told in enumerate(self._stories):
            chapters.append(self._story(place, told))
        chapters += self._others()
        chapters.append(self._goodbye())
        return Script(self._edition.title, self._edition.date, tuple(chapters), writer=writer)

    def _speak(self, story: Story) -> SpokenStory:
        return speak_document(
            story.body,
            story.title,
            self._acronyms,
            paper=story.paper,
            line=story.line,
            today=self._edition.date,
        )

    def _plan(self, story: Story, spoken: SpokenStory) -> Told:
        source = spoken_source(story)
        teller = story.reporter if story.reporter in self._cast.voices else self._host
        if teller == self._host or not spoken.sentences:
            report = Report("", tuple(spoken.sentences), names_source=False)
        else:
            report = plan_report(story, spoken.sentences, source)
        return Told(story, spoken, source, teller, report)

    # --- the parts of an episode, in order ------------------------------------------------------

    def _welcome(self) -> ScriptChapter:
        fields = self._fields()
        key = f"greeting.{self._manner}" if self._has_name else "greeting_unnamed.any"
        also = ("greeting.plain",) if self._has_name else ()
        said = [self._dealer.deal(key, *also, **fields)]
        said += self._rundown(fields)
        turn = Turn(self._host, " ".join(said))
        return ScriptChapter(_chapter_name("welcome"), (Sting(), turn, Sting()))

    def _rundown(self, fields: dict[str, str]) -> list[str]:
        """How many stories there are, and the names that they are about."""
        if len(self._stories) < 2:
            return []
        fields = fields | {"count": say_count(len(self._stories))}
        names = name_subjects([told.spoken for told in self._stories])
        if len(names) < 2:
            key = "rundown.plain" if self._counts_stories else "rundown.counted"
            return [self._dealer.deal(key, **fields)]
        key = "rundown.uncounted" if self._counts_stories else "rundown.named"
        return [self._dealer.deal(key, names=join_names(names), **fields)]

    @property
    def _counts_stories(self) -> bool:
        """Whether a story counts stories itself: a number of our own would be taken for its."""
        stories = self._edition.stories
        titles = [
            headline.title
            for story in stories
            for headline in (*story.previous, *story.see_also)
        ]
        titles += [headline.title for headline in self._edition.others]
        texts = " ".join([*titles, *(f"{story.title} {story.body.text}" for story in stories)])
        return bool(re.search(r"\d+ (?:[\w-]+ ){0,2}(?:stories|reports|things)\b", texts))

    def _story(self, place: int, told: Told) -> ScriptChapter:
        said: list[str] = []
        if place == len(self._stories) - 1 and place > 1:
            said.append(self._dealer.deal("position.last", **self._fields()))
        turns: list[Turn] = []
        if not told.spoken.sentences:
            said.append(self._dealer.deal("bare.silent", title=strip_title(told.story.title)))
            turns.append(Turn(self._host, " ".join(said)))
        elif told.teller == self._host:
            turns.append(Turn(self._host, " ".join([*said, *told.report.sentences])))
        else:
            said += self._lead_in(place, told)
            turns.append(Turn(self._host, " ".join(said)))
            first = self._first_name(told.teller)
            turns += report_turns(
                told.report, told.teller, self._host, first, self._dealer, self._manner
            )
        body = told.story.body.text
        is_fitting = title_fit(told.story, least=3) >= GOOD_FIT
        is_own = is_fitting or shares_words(strip_title(told.story.title), body)
        own_title = told.story.title if is_own else ""
        fallback = _fallback_title(told)
        first_sentence = told.spoken.sentences[0] if told.spoken.sentences else ""
        title = chapter_title(own_title, first_sentence, fallback, body)
        return ScriptChapter(title, (*turns, Sting()), told.story.link, told.spoken.note)

    def _lead_in(self, place: int, told: Told) -> list[str]:
        """The host's lead, the source, and who goes on."""
        source, teller = told.source, told.teller
        known = teller in self._introduced
        before = self._stories[place - 1].teller if place else ""
        first = self._first_name(teller)
        name = first if known else teller
        self._introduced.add(teller)
        fields = {"name": name, "first": first, "source": source.name, "place": source.place}
        if not told.report.lead:
            sourced = bool(source.name) and source.kind not in ("wire", "research")
            return [self._dealer.deal("bare.sourced" if sourced else "bare.any", **fields)]
        if POINTS_BACK.match(told.report.sentences[0]):
            sourced = (
                bool(source.name) and not told.report.names_source and source.kind != "wire"
            )
            key = ("known" if known else "new") + ("_sourced" if sourced else "")
            if source.kind == "research":
                fields["source"] = (
                    f"a paper {source.place}"
                    if told.story.paper
                    else f"an article {source.place}"
                )
            return [self._dealer.deal(f"before.{key}", **fields), told.report.lead]
        return [told.report.lead, self._hand_over(told, fields, before, known=known)]

    def _hand_over(
        self, told: Told, fields: dict[str, str], before: str, *, known: bool
    ) -> str:
        """Say where the story comes from, and who goes on."""
        kind = _SOURCE_BANKS.get(told.source.kind, "")
        if kind == "paper" and not told.story.paper:
            kind = ""
        name = told.source.name.removeprefix("the ")
        names_source = told.report.names_source or (
            kind == "press" and name in told.report.lead
        )
        if kind and not names_source:
            return self._dealer.deal(f"handover_sourced.{kind}", **fields)
        key = "same" if before == told.teller else "again" if known else "new"
        return self._dealer.deal(f"handover.{key}", **fields)

    def _others(self) -> list[ScriptChapter]:
        chosen = self._choose_others()
        if len(chosen) < 2:
            return []
        said = [self._dealer.deal("others.intro"), *chosen]
        return [
            ScriptChapter(_chapter_name("others"), (Turn(self._host, " ".join(said)), Sting()))
        ]

    def _choose_others(self) -> list[str]:
        """Other headlines that are whole sentences to the ear, none about what was told."""
        told = [_stems(story.title) for story in self._edition.stories]
        chosen: list[str] = []
        for other in self._edition.others:
            if title_kind(other.title, self._names) != "clause" or len(chosen) == OTHERS:
                continue
            title = strip_title(other.title)
            stems = _stems(title)
            known = any(len(stems & seen) >= max(2, 0.4 * len(stems)) for seen in told)
            if (
                known
                or not 5 <= len(title.split()) <= 13
                or re.search(r"[()|:;?!\"“‘]|\d\w*[a-z]{3}", title)
            ):
                continue
            if title.split()[-1].lower() in _WEAK or _ends_with_outlet(title):
                continue
            told.append(stems)
            chosen.append(f"{title}.")
        return chosen

    def _goodbye(self) -> ScriptChapter:
        fields = self._fields() | {"names": join_names(self._reporters)}
        linked = any(told.story.link for told in self._stories)
        key = (
            "unlinked"
            if not linked
            else "named"
            if self._has_name and self._reporters
            else "unnamed"
        )
        text = self._dealer.deal(f"closing.{key}", **fields)
        if self._has_name and self._reporters and key == "unlinked":
            text = f"{text} {join_names(self._reporters)} reported."
        return ScriptChapter(_chapter_name("goodbye"), (Turn(self._host, text), Sting()))

    # --- people and dates -----------------------------------------------------------------------

    @property
    def _has_name(self) -> bool:
        """Whether the presenter has a name of their own, not "The presenter"."""
        return not re.match(r"(?i)the\b", self._host)

    def _first_name(self, person: str) -> str:
        """The first name, or the whole one where two people of the episode share it."""
        first = _HONORIFIC.sub("", person).split()[0]
        people = {self._host, *(told.teller for told in self._stories)}
        same = sum(_HONORIFIC.sub("", other).split()[0] == first for other in people)
        return person if same > 1 else first

    def _fields(self) -> dict[str, str]:
        date = self._edition.date
        return {
            "show": self._show.title,
            "host": self._host,
            "day": say_day(date),
            "weekday": _weekday(date),
            "daypart": daypart(self._show.edition.time),
        }


def name_subjects(stories: Sequence[SpokenStory]) -> list[str]:
    """The names that stories begin with, each once, at most `RUNDOWN`."""
    names: list[str] = []
    for spoken in stories:
        told = spoken.sentences
        name = subject_name(told[0], " ".join(told)) if told else None
        if name and name not in names:
            names.append(name)
    return names[:RUNDOWN]


def say_day(date: dt.date) -> str:
    """`Tuesday, June 11`, as a person types it."""
    months: list[str] = load("phrases")["words"]["months"]
    return f"{_weekday(date)}, {months[date.month - 1]} {date.day}"


def _weekday(date: dt.date) -> str:
    days: list[str] = load("phrases")["words"]["weekdays"]
    return days[date.weekday()]


def daypart(time: dt.time) -> str:
    """The part of the day in which the show comes out."""
    return "morning" if time.hour < 12 else "afternoon" if time.hour < 17 else "evening"


def say_count(count: int) -> str:
    """A small number in words."""
    numbers: list[str] = load("phrases")["words"]["numbers"]
    return numbers[count - 1] if count <= len(numbers) else str(count)


def join_names(names: Sequence[str]) -> str:
    """`Ada, Ben and Carla`."""
    return (
        " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
        if names
        else ""
    )


def _chapter_name(key: str) -> str:
    name: str = load("phrases")["chapters"][key]
    return name


def _fallback_title(told: Told) -> str:
    """A chapter title for a story whose own title and text give none."""
    if told.story.paper:
        return f"A paper {told.source.place}".strip()
    place = re.sub(r"['’]s? own site$|^the site of ", "", told.source.name)
    if told.source.kind in ("press", "owner") and len(place) <= 30:
        return f"From {place}"
    return f"{told.teller}'s story" if not told.teller.lower().startswith("the ") else "Story"


_WEAK = frozenset(
    "a an the and or of for to in on at by as with from into its their your our amid after".split()
)


def _ends_with_outlet(title: str) -> bool:
    return any(
        title.endswith(f" {name.removeprefix('the ')}")
        for name in load("sources")["press"].values()
    )


def _stems(title: str) -> set[str]:
    """The beginnings of the words that make a title different from others."""
    plain = {
        "ai",
        "generative",
        "artificial",
        "intelligence",
        "new",
        "model",
        "models",
        "the",
        "for",
        "and",
        "with",
        "2024",
    }
    return {
        token[:6]
        for token in re.findall(r"[a-z0-9]{2,}", title.lower())
        if token not in plain and len(token) > 2
    }
