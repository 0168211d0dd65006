"""The spoken script of an edition: who says what of it, and when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from podcast.language.english.word_data import Phrases, first_large, load, words
from podcast.model import Cast, Edition, Script, ScriptChapter, Show, Sting, Story, Turn
from podcast.model import Headline as Earlier
from podcast.write.template import TemplateWriter
from podcast.write.template.headlines import Headline, clean_title, is_cut, say
from podcast.write.template.parentheses import Acronyms
from podcast.write.template.prose import passages
from podcast.write.template.source_names import said_place, said_source
from podcast.write.template.speller import Speller

TEASED = 3
"""How many stories the welcome names."""
OTHERS = 4
"""How many of the other headlines are read."""
ASKED = 2
"""How many of them may be questions, while there is something else to read."""
REMEMBERED = 2
"""How many stories of an episode mention earlier coverage."""

_SEQUEL = re.compile(r"(?i)\b(next|now|also|then|turn)\b")
_HONORIFIC = re.compile(r"^(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+")


class Telling:
    """One edition being written: what has been said so far decides what is said next."""

    def __init__(self, edition: Edition, cast: Cast, show: Show) -> None:
        self._edition, self._cast, self._show = edition, cast, show
        self._phrases = Phrases(f"{edition.date.isoformat()} {edition.slug}")
        self._speller = Speller(story.body.text for story in edition.stories)
        self._acronyms = Acronyms()
        self._introduced: set[str] = set()
        self._host = cast.presenter
        tellers = dict.fromkeys(self._teller(story) for story in edition.stories)
        self._reporters = [name for name in tellers if name != self._host]
        self._headlines = [say(story.title, self._speller) for story in edition.stories]
        self._subjects = {
            stem for story in edition.stories for stem in _stems(f"{story.title} {story.body.text}")
        }
        self._remembered = self._choose_earlier()

    def script(self) -> Script:
        chapters = [self._welcome()]
        for index, story in enumerate(self._edition.stories):
            chapters.append(self._story(index, story))
        chapters.extend(self._others())
        chapters.append(self._goodbye())
        edition = self._edition
        return Script(edition.title, edition.date, tuple(chapters), writer=TemplateWriter.name)

    # --- the parts of an episode, in order ------------------------------------------------------

    def _welcome(self) -> ScriptChapter:
        greeting = [self._phrases.draw("welcome.greeting", daypart=self._daypart(), **self._calendar())]
        if self._named_host():
            greeting.append(self._phrases.draw("welcome.host", host=self._host))
        teaser = []
        if len(self._edition.stories) > 1 and (items := self._teaser()):
            teaser.append(self._phrases.draw("welcome.teaser") + " " + items)
        if self._reporters:
            key = "reporters" if len(self._reporters) > 1 else "one_reporter"
            teaser.append(self._phrases.draw(f"welcome.{key}", names=_listed(self._reporters)))
        turns = [Turn(self._host, " ".join(said)) for said in (greeting, teaser) if said]
        return ScriptChapter(load("phrases")["chapters"]["welcome"], (Sting(), *turns, Sting()))

    def _story(self, index: int, story: Story) -> ScriptChapter:
        teller = self._teller(story)
        told = passages(story.body, story.title, self._acronyms, self._phrases)
        told = told or [self._phrases.draw("handoff.unspeakable")]
        reply = self._reply(index, teller)
        handoff = self._handoff(index, story, teller)
        if reply:
            told[0] = f"{reply} {told[0]}"
        turns = [Turn(self._host, handoff), *(Turn(teller, passage) for passage in told)]
        if earlier := self._remembered.get(index):
            turns.append(Turn(self._host, self._earlier(story, earlier)))
        title = (
            self._speller.spell(clean_title(story.title))
            if story.title.isupper()
            else clean_title(story.title)
        )
        return ScriptChapter(title + "…" * is_cut(story.title), (*turns, Sting()), story.link)

    def _others(self) -> Iterable[ScriptChapter]:
        chosen = self._choose_others()
        if len(chosen) < 2:
            return
        said = []
        for headline in chosen:
            if headline.shape == "topic":
                closes = headline is chosen[-1]

                def wanted(card: str, closes: bool = closes) -> bool:
                    return card.startswith("And") == closes

                text = self._phrases.draw("others.topic", wanted, topic=headline.text)
            elif headline.shape == "question":
                text = first_large(headline.text) + "?"
            else:
                text = first_large(headline.text) + "."
            said.append(text)
        title = load("phrases")["chapters"]["others"]
        turn = Turn(self._host, f"{self._phrases.draw('others.intro')} {' '.join(said)}")
        yield ScriptChapter(title, (turn, Sting()))

    def _goodbye(self) -> ScriptChapter:
        said = [self._phrases.draw("goodbye.sign_off", **self._calendar())]
        if any(story.link for story in self._edition.stories):
            said.append(self._phrases.draw("goodbye.sources"))
        if self._named_host():
            key = "names" if self._reporters else "alone"
            said.append(self._phrases.draw(f"goodbye.{key}", names=_listed(self._reporters), host=self._host))
        said.append(self._phrases.draw("goodbye.until"))
        return ScriptChapter(
            load("phrases")["chapters"]["goodbye"], (Turn(self._host, " ".join(said)), Sting())
        )

    # --- what the presenter says around a story -------------------------------------------------

    def _teaser(self) -> str:
        """The headlines of three stories, short, the first of the edition among them where it can be said."""
        short: list[tuple[int, str]] = []
        for index, story in enumerate(self._edition.stories):
            headline = say(story.title, self._speller, most=11)
            if headline.shape != "none":
                short.append((index, self._teased(story, headline)))
        by_length = sorted(
            short[1:], key=lambda found: (len(found[1].split()) > 9, self._phrases.hash("teaser", found[0]))
        )
        chosen = sorted(short[:1] + by_length[: TEASED - 1])
        ends = [text if text.endswith("?") else f"{text}." for _, text in chosen]
        if len(ends) > 1 and not ends[-1].startswith("and "):
            ends[-1] = f"and {ends[-1]}"
        return " ".join([ends[0], *(first_large(text) for text in ends[1:])]) if ends else ""

    def _teased(self, story: Story, headline: Headline) -> str:
        if headline.shape == "question":
            return self._phrases.draw("teaser.question", question=headline.text)
        if headline.shape == "clause":
            return headline.text
        return self._phrases.draw("teaser.paper" if story.paper else "teaser.topic", topic=headline.text)

    def _handoff(self, index: int, story: Story, teller: str) -> str:
        stories = self._edition.stories
        first, last = index == 0, index == len(stories) - 1 and len(stories) > 2
        said = []
        if first and len(stories) > 1:
            said.append(self._phrases.draw("position.first_paper" if story.paper else "position.first"))
        elif last:
            said.append(self._phrases.draw("position.last"))
        said.append(self._lead(index, story, quiet=first or last))
        if teller == self._host:
            if self._reporters:
                said.append(self._phrases.draw("handoff.own"))
        elif index and self._teller(stories[index - 1]) == teller:
            said.append(self._phrases.draw("handoff.again", first=self._first_name(teller)))
        else:
            known = teller in self._introduced
            who = self._first_name(teller) if known else teller
            self._introduced.add(teller)
            said.append(
                self._phrases.draw(
                    "handoff.reporter", lambda card: known or "{first}" not in card, who=who, first=who
                )
            )
        return " ".join(part for part in said if part)

    def _lead(self, index: int, story: Story, quiet: bool) -> str:
        headline, source, place = self._headlines[index], said_source(story), said_place(story)

        def wanted(card: str) -> bool:
            return not (quiet and _SEQUEL.search(card))

        if story.paper and not source and headline.shape == "topic":
            return self._phrases.draw("lead.paper_alone", wanted, topic=headline.text)
        if not source:
            end = "?" if headline.shape == "question" else "."
            return first_large(headline.text or clean_title(story.title)) + end
        if story.paper and headline.name and place:
            return self._phrases.draw("lead.paper_named", wanted, name=headline.name, place=place)
        if story.paper and headline.shape == "topic" and place:
            return self._phrases.draw("lead.paper", wanted, topic=headline.text, place=place)
        if headline.shape == "none":
            return self._phrases.draw("lead.none", wanted, source=source)
        field = {"clause": "headline"}.get(headline.shape, headline.shape)
        return self._phrases.draw(f"lead.{headline.shape}", wanted, source=source, **{field: headline.text})

    def _reply(self, index: int, teller: str) -> str:
        """What a reporter answers now and then on taking over."""
        same = index and self._teller(self._edition.stories[index - 1]) == teller
        if teller == self._host or same or not self._named_host() or self._phrases.hash("reply", index) % 3:
            return ""
        return self._phrases.draw("handoff.reply", host=self._first_name(self._host))

    # --- earlier and other headlines ------------------------------------------------------------

    def _choose_earlier(self) -> dict[int, Earlier]:
        """The earlier headline to mention for a few stories: those nearest to their own."""
        found: list[tuple[int, int, Earlier]] = []
        for index, story in enumerate(self._edition.stories):
            for earlier in story.previous:
                near = len(_stems(earlier.title) & _stems(story.title))
                if (
                    earlier.date
                    and near >= 2
                    and say(earlier.title, self._speller).shape in ("topic", "clause")
                ):
                    found.append((-near, index, earlier))
        chosen: dict[int, Earlier] = {}
        for _, index, earlier in sorted(
            found, key=lambda f: (f[0], f[1], -(f[2].date or dt.date.min).toordinal())
        ):
            if len(chosen) < REMEMBERED and index not in chosen:
                chosen[index] = earlier
        return chosen

    def _earlier(self, story: Story, earlier: Earlier) -> str:
        date = _said_date(earlier.date or self._edition.date)
        if len(_stems(story.title) ^ _stems(earlier.title)) <= 1:
            return self._phrases.draw("earlier.same", date=date)
        headline = say(earlier.title, self._speller, told=False)
        if headline.shape == "clause":
            return self._phrases.draw("earlier.clause", date=date, headline=headline.text)
        return self._phrases.draw("earlier.topic", date=date, topic=headline.text)

    def _choose_others(self) -> list[Headline]:
        """A few of the other headlines that say something: whole sentences first, each only once."""
        told = [_stems(story.title) for story in self._edition.stories]
        found: list[Headline] = []
        for other in self._edition.others:
            headline = say(other.title, self._speller, most=12, told=False)
            stems = _stems(other.title)
            long = len(headline.text.split()) >= 4
            new = all(len(stems & seen) < max(2, 0.6 * len(stems)) for seen in told)
            near = stems & self._subjects
            if headline.shape != "none" and long and new and near and not is_cut(other.title):
                told.append(stems)
                found.append(headline)
        asked = [at for at, headline in enumerate(found) if headline.shape == "question"]
        late = {at for at, headline in enumerate(found) if headline.shape == "topic"} | {*asked[ASKED:]}
        many = max(OTHERS - 1, min(len(found) - len(late), OTHERS))
        best = sorted(range(len(found)), key=lambda at: (at in late, at in asked, at))[:many]
        return [found[at] for at in sorted(best)]

    # --- people and dates -----------------------------------------------------------------------

    def _teller(self, story: Story) -> str:
        return story.reporter if story.reporter in self._cast.voices else self._cast.presenter

    def _named_host(self) -> bool:
        """Whether the presenter has a name of their own, not "The presenter"."""
        return not re.match(r"(?i)the\b", self._host)

    def _first_name(self, person: str) -> str:
        """The first name, or the whole one where two people of the episode share it."""
        first = _HONORIFIC.sub("", person).split()[0]
        people = {self._host, *self._reporters}
        return person if sum(_HONORIFIC.sub("", p).split()[0] == first for p in people) > 1 else first

    def _daypart(self) -> str:
        hour = self._show.time.hour
        return "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"

    def _calendar(self) -> dict[str, str]:
        date = self._edition.date
        weekday = load("phrases")["calendar"]["weekdays"][date.weekday()]
        return {"weekday": weekday, "date": _said_date(date), "show": self._show.title}


def _said_date(date: dt.date) -> str:
    calendar = load("phrases")["calendar"]
    said: str = calendar["date"].format(
        day=calendar["ordinals"][date.day - 1], month=calendar["months"][date.month - 1]
    )
    return said


def _listed(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


def _stems(title: str) -> set[str]:
    """The beginnings of the words that make a title different from others."""
    plain = words("small") | {
        "ai",
        "gen",
        "generative",
        "artificial",
        "intelligence",
        "new",
        "model",
        "models",
        "today",
        "2024",
    }
    tokens = re.findall(r"[a-z0-9]{2,}", clean_title(title).lower())
    return {token[:6] for token in tokens if token not in plain}
