"""A bulletin: a host, reporters, a rundown, and the day's stories one after the other."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from podcast.model import Cast, Edition, Pause, Script, ScriptChapter, Show, Sting, Story, Turn
from podcast.write.story_gate import GOOD_FIT, title_fit
from podcast.write.template.chapter_titles import SMALLEST_SHARE, chapter_title, shares_words
from podcast.write.template.dealing import Dealer
from podcast.write.template.goodbye import Ending, say_goodbye
from podcast.write.template.hand_overs import HandOver, lead_in, name_source
from podcast.write.template.headline import WordUses
from podcast.write.template.opening_news import announce_stories
from podcast.write.template.parentheses import Acronyms
from podcast.write.template.register import host_register
from podcast.write.template.said_headlines import (
    SaidHeadline,
    choose_headlines,
    say_headline,
    stem_words,
)
from podcast.write.template.shortening import shorten_stories
from podcast.write.template.source_names import SpokenSource, spoken_source
from podcast.write.template.spoken_words import (
    name_chapter,
    say_count,
    say_day,
    say_daypart,
    say_weekday,
)
from podcast.write.template.story_order import Weight, order_by_weight, weigh_story
from podcast.write.template.story_telling import (
    PaperPlace,
    Report,
    plan_report,
    report_turns,
    tell_alone,
    title_before,
)
from podcast.write.template.story_text import SpokenStory, speak_document
from podcast.write.template.title_text import strip_title

WORDS_A_MINUTE = 155
# About how many words the host says before and after the stories.
FRAME_WORDS = 60
# About how many the host adds to each story.
STORY_FRAME_WORDS = 14
# How many of the other headlines are read.
MOST_OTHERS = 4

_HONORIFIC = re.compile(r"^(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+")


@dataclass(frozen=True, slots=True)
class TellableStory:
    """A story that is ready to be told."""

    story: Story
    spoken: SpokenStory
    source: SpokenSource
    teller: str
    report: Report


class Bulletin:
    """One edition being written. What was said decides what is said next."""

    def __init__(
        self, edition: Edition, cast: Cast, show: Show, earlier: Sequence[Script]
    ) -> None:
        self._cast, self._show = cast, show
        self._manner = host_register(edition, cast)
        self._host = cast.presenter
        tellers = set(map(self._teller_of, edition.stories)) - {self._host}
        self._dealer = Dealer(edition.date.isoformat(), earlier, has_reporters=len(tellers) > 1)
        self._introduced: set[str] = set()

        self._weights: dict[str, Weight] = {}
        self._edition = self._order(edition)
        acronyms = Acronyms(" ".join(story.body.text for story in edition.stories))
        spoken = [self._speak(story, acronyms) for story in self._edition.stories]
        if show.writer.minutes:
            frame = FRAME_WORDS + STORY_FRAME_WORDS * len(spoken)
            shorten_stories(spoken, show.writer.minutes * WORDS_A_MINUTE - frame)

        # In the order of the stories: what the dealer gives to one, later ones do not get.
        pairs = zip(self._edition.stories, spoken, strict=True)
        self._stories = list(itertools.starmap(self._plan, pairs))
        self._reporters = self._list_reporters()

    def script(self, writer: str) -> Script:
        """Write the script."""
        chapters = [self._welcome()]
        for place in range(len(self._stories)):
            chapters.append(self._story(place))
        chapters += self._others()
        chapters.append(self._goodbye())
        return Script(self._edition.title, self._edition.date, tuple(chapters), writer=writer)

    # --- before a word is said ---------------------------------------------------------------

    def _order(self, edition: Edition) -> Edition:
        """Put the stories in the order that the show asks for."""
        if self._show.writer.story_order != "weight":
            return edition
        weights = [_weigh(story) for story in edition.stories]
        for story, weight in zip(edition.stories, weights, strict=True):
            self._weights[story.title] = weight
        return dataclasses.replace(
            edition, stories=tuple(order_by_weight(edition.stories, weights))
        )

    def _list_reporters(self) -> list[str]:
        """List those who tell a story besides the host, in the order of their first stories."""
        reporters: list[str] = []
        for tellable in self._stories:
            if tellable.teller not in (self._host, *reporters):
                reporters.append(tellable.teller)
        return reporters

    def _teller_of(self, story: Story) -> str:
        if story.reporter in self._cast.voices:
            return story.reporter
        return self._host

    def _speak(self, story: Story, acronyms: Acronyms) -> SpokenStory:
        return speak_document(
            story.body,
            story.title,
            acronyms,
            paper=story.paper,
            line=story.line,
            today=self._edition.date,
        )

    def _plan(self, story: Story, spoken: SpokenStory) -> TellableStory:
        source = spoken_source(story)
        title = title_before(story, spoken.sentences)
        if title:
            spoken.paragraphs.insert(0, [title])
        teller = self._teller_of(story)
        if teller == self._host or not spoken.sentences:
            report = Report("", tuple(spoken.sentences), names_source=False)
        else:
            place = self._place_of_paper(story)
            report = plan_report(story, spoken.sentences, source, self._dealer, place)
        return TellableStory(story, spoken, source, teller, report)

    def _place_of_paper(self, story: Story) -> PaperPlace:
        """Whether a paper is alone, the first of several in a row, or a later one."""
        stories = self._edition.stories
        at = stories.index(story)
        if at > 0 and stories[at - 1].paper:
            return "next"
        is_followed = at + 1 < len(stories) and stories[at + 1].paper
        return "first" if is_followed else "paper"

    # --- the parts of an episode, in order ---------------------------------------------------

    def _welcome(self) -> ScriptChapter:
        fields = self._fields()
        if self._has_name:
            greeting = self._dealer.deal(f"greeting.{self._manner}", "greeting.plain", **fields)
        else:
            greeting = self._dealer.deal("greeting_unnamed.any", **fields)

        spoken = [tellable.spoken for tellable in self._stories]
        chapters = list(map(_name_story, self._stories))
        rundown = announce_stories(self._edition, spoken, chapters, self._dealer, fields)
        turn = Turn(self._host, " ".join([greeting, *rundown]))
        return ScriptChapter(name_chapter("welcome"), (Sting(), turn, Sting()))

    def _story(self, place: int) -> ScriptChapter:
        tellable = self._stories[place]
        said: list[str] = []
        if place == len(self._stories) - 1 and place > 1:
            said.append(self._dealer.deal("position.last", **self._fields()))
        else:
            said += self._group_papers(place)

        turns = self._tell(place, said)
        notes = [tellable.spoken.note]
        weight = self._weights.get(tellable.story.title)
        if weight is not None and weight.reason:
            notes.append(f"place {place + 1}: {weight.reason}")
        note = "; ".join(filter(None, notes))
        return ScriptChapter(
            _name_story(tellable), (*turns, Sting()), tellable.story.link, note
        )

    def _group_papers(self, place: int) -> list[str]:
        """Say before the first of several papers how many there are."""
        papers = [tellable.story.paper for tellable in self._stories]
        if not papers[place] or (place > 0 and papers[place - 1]):
            return []
        count = len(list(itertools.takewhile(bool, papers[place:])))
        if count < 2:
            return []
        return [self._dealer.deal("position.papers", count=say_count(count))]

    def _tell(self, place: int, said: list[str]) -> list[Turn | Pause]:
        """The turns of a story, the host's first one after what the host has `said`."""
        tellable = self._stories[place]
        if not tellable.spoken.sentences:
            title = strip_title(tellable.story.title)
            silent = self._dealer.deal("bare.silent", title=title)
            return [Turn(self._host, " ".join([*said, silent]))]
        if tellable.teller == self._host:
            source = self._say_source(tellable)
            return list(tell_alone(said, tellable.report, source, self._host, self._dealer))

        hand_over = self._prepare_hand_over(place)
        leading = lead_in(hand_over, self._dealer)
        said = [*said, *leading.said]
        report = report_turns(
            leading.report,
            tellable.teller,
            self._host,
            hand_over.first_name,
            self._dealer,
            self._manner,
        )
        return [Turn(self._host, " ".join(said)), *report]

    def _say_source(self, tellable: TellableStory) -> str:
        """Where a story comes from that nobody is handed; empty where nobody can say it."""
        hand_over = HandOver(
            tellable.story,
            tellable.source,
            tellable.report,
            "",
            "",
            is_known=True,
            goes_on=False,
        )
        return " ".join(name_source(hand_over, self._dealer))

    def _prepare_hand_over(self, place: int) -> HandOver:
        tellable = self._stories[place]
        is_known = tellable.teller in self._introduced
        self._introduced.add(tellable.teller)
        first_name = self._first_name(tellable.teller)
        return HandOver(
            tellable.story,
            tellable.source,
            tellable.report,
            name=first_name if is_known else tellable.teller,
            first_name=first_name,
            is_known=is_known,
            goes_on=place > 0 and self._stories[place - 1].teller == tellable.teller,
        )

    def _others(self) -> list[ScriptChapter]:
        """Other headlines that are whole sentences to the ear, none about what was told."""
        titles = [stem_words(story.title) for story in self._edition.stories]
        chosen = choose_headlines(self._say_others(), titles, MOST_OTHERS)
        if not chosen:
            return []

        key = "others.intro" if len(chosen) > 1 else "others.intro_one"
        text = " ".join([self._dealer.deal(key), *(headline.text for headline in chosen)])
        return [ScriptChapter(name_chapter("others"), (Turn(self._host, text), Sting()))]

    def _say_others(self) -> Iterator[SaidHeadline]:
        """Say the other headlines that can be said as sentences."""
        uses = WordUses(*(story.body.text for story in self._edition.stories))
        for other in self._edition.others:
            headline = say_headline(other.title, other.link, uses)
            if headline is not None:
                yield headline

    def _goodbye(self) -> ScriptChapter:
        ending = Ending(
            self._edition.date,
            [tellable.spoken for tellable in self._stories],
            self._reporters,
            self._manner,
            has_host=self._has_name,
            has_links=any(tellable.story.link for tellable in self._stories),
        )
        text = say_goodbye(ending, self._dealer, self._fields())
        return ScriptChapter(name_chapter("goodbye"), (Turn(self._host, text), Sting()))

    # --- people and dates --------------------------------------------------------------------

    @property
    def _has_name(self) -> bool:
        """Whether the presenter has a name of their own, not "The presenter"."""
        return not re.match(r"(?i)the\b", self._host)

    def _first_name(self, person: str) -> str:
        """The first name, or the whole one where two people of the episode share it."""
        first = _HONORIFIC.sub("", person).split()[0]
        people = {self._host, *(tellable.teller for tellable in self._stories)}
        same = sum(_HONORIFIC.sub("", other).split()[0] == first for other in people)
        return person if same > 1 else first

    def _fields(self) -> dict[str, str]:
        date = self._edition.date
        return {
            "show": self._show.title,
            "host": self._host,
            "day": say_day(date),
            "weekday": say_weekday(date),
            "daypart": say_daypart(self._show.edition.time),
        }


def _weigh(story: Story) -> Weight:
    sentences = re.split(r"(?<=[.!?])\s", story.body.text.strip(), maxsplit=1)
    return weigh_story(story, sentences[0], spoken_source(story))


def _name_story(tellable: TellableStory) -> str:
    """The title of a story's chapter.

    A title that is none of its own is used last, where at least a word of it is told.
    """
    story, sentences = tellable.story, tellable.spoken.sentences
    first_sentence = sentences[0] if sentences else ""
    title = strip_title(story.title)
    is_fitting = title_fit(story, least=3) >= GOOD_FIT
    is_list = bool(story.body.blocks) and story.body.blocks[0].kind == "list"
    is_own = is_list or is_fitting or shares_words(title, story.body.text)

    named = chapter_title(story.title if is_own else "", first_sentence, body=story.body.text)
    if not named and not is_own and shares_words(title, story.body.text, SMALLEST_SHARE):
        named = chapter_title(story.title, first_sentence, body=story.body.text)
    return named or _name_by_source(tellable)


def _name_by_source(tellable: TellableStory) -> str:
    """A chapter title for a story whose own title and text give none."""
    if tellable.story.paper:
        return f"A paper {tellable.source.place}".strip()
    place = re.sub(r"['’]s? own site$|^the site of ", "", tellable.source.name)
    if tellable.source.kind in ("press", "owner") and len(place) <= 30:
        return f"From {place}"
    # `The presenter` is nobody's name.
    if tellable.teller.lower().startswith("the "):
        return "Story"
    return f"{tellable.teller}'s story"
