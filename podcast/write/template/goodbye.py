"""The end of a bulletin: what ends, a day to remember, who spoke, where the sources are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from podcast.language.english.word_data import load
from podcast.write.template.dealing import Dealer
from podcast.write.template.opening_news import find_subjects
from podcast.write.template.register import Register
from podcast.write.template.spoken_words import join_names
from podcast.write.template.story_text import SpokenStory
from podcast.write.template.subjects import subject_name

# Days ahead of the edition that are worth remembering.
_FARTHEST_DAY = 120
# Friday and Saturday.
_BEFORE_WEEKEND = (4, 5)
_DAY_TO_COME = re.compile(
    r"\b(?:will|starting|begins?|starts?|is scheduled|opens?)\b[^.]{0,80}?"
    r"\b(?P<month>[A-Z][a-z]+) (?P<day>\d{1,2})(?!\d|-|–)(?:, (?P<year>20\d\d))?"
)


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of a bulletin is made of."""

    date: dt.date
    stories: Sequence[SpokenStory]
    reporters: Sequence[str]
    manner: Register
    has_host: bool
    """True when the host has a name to say."""
    has_links: bool


def say_goodbye(ending: Ending, dealer: Dealer, fields: dict[str, str]) -> str:
    """Put the end together; each of its sentences is dealt from a list of its own."""
    said = [_say_end(ending, dealer, fields)]
    reminder = find_reminder(ending)
    if reminder:
        said.append(dealer.deal("closing.reminder", **fields, **reminder))
    elif ending.reporters and _names_people(ending, dealer):
        key = "people" if len(ending.reporters) > 1 else "person"
        names = join_names(ending.reporters)
        said.append(dealer.deal(f"closing.{key}", **fields, names=names))

    if ending.has_links:
        said.append(dealer.deal("closing.sources", **fields))
    said.append(_sign_off(ending, dealer, fields))
    return " ".join(said)


def _names_people(ending: Ending, dealer: Dealer) -> bool:
    """Tell whether reporters are named: every other day, and where no source is named."""
    is_their_day = dealer.number("people") % 2 == 0
    return ending.has_host and (is_their_day or not ending.has_links)


def _say_end(ending: Ending, dealer: Dealer, fields: dict[str, str]) -> str:
    """What the day began and ended with, where both have a name; else that it is over."""
    first = find_subjects(ending.stories[:1])
    last = find_subjects(ending.stories[-1:])
    if len(ending.stories) < 3 or not first or not last or first == last:
        return dealer.deal("closing.end", **fields)
    return dealer.deal("closing.span", **fields, opener=first[0], closer=last[0])


def _sign_off(ending: Ending, dealer: Dealer, fields: dict[str, str]) -> str:
    if not ending.has_host:
        return dealer.deal("closing.unnamed", **fields)
    goodbye = dealer.deal(f"closing.{ending.manner}", "closing.plain", **fields)
    if ending.date.weekday() not in _BEFORE_WEEKEND or fields["weekday"] in goodbye:
        return goodbye
    return f"{dealer.deal('closing.weekend', **fields)} {goodbye}"


def find_reminder(ending: Ending) -> dict[str, str]:
    """The first day to come that a story names, and what for; empty where there is none."""
    for story in ending.stories:
        for sentence in story.sentences:
            match = _DAY_TO_COME.search(sentence)
            name = subject_name(sentence, " ".join(story.sentences)) if match else None
            if match and name and _is_ahead(match, ending.date):
                return {"date": f"{match['month']} {match['day']}", "thing": name}
    return {}


def _is_ahead(match: re.Match[str], today: dt.date) -> bool:
    """Tell whether a day is a real one, soon after today."""
    months: list[str] = load("phrases")["words"]["months"]
    if match["month"] not in months:
        return False
    try:
        day = dt.date(
            int(match["year"] or today.year),
            months.index(match["month"]) + 1,
            int(match["day"]),
        )
    except ValueError:
        return False
    return 0 < (day - today).days <= _FARTHEST_DAY
