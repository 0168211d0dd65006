"""Turns of the model's answers: who says them, what is wrong with them, and what is dropped."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from podcast.language.english.question_forms import find_flat_questions
from podcast.language.english.sentence_splitter import split_sentences
from podcast.model import Pause, Turn
from podcast.services.shapes import SpokenTurn
from podcast.services.spoken_text import find_unspeakable, tidy_spoken

# Words that are said in about 25 seconds.
LONGEST_TURN = 62
# Seconds of a pause that a model may ask for.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 2.0

SPOKEN_WORDS_A_MINUTE = 155
# Changes of speaker a minute, between which a talk is followed with ease.
FEWEST_CHANGES, MOST_CHANGES = 3.0, 8.5
# The part of a conversation's words that each of two people says.
LEAST_SHARE = 0.2
# A shorter talk may change as it likes.
JUDGED_WORDS = 80

_DIRECTION = re.compile(r"[a-z]+(?:[ -][a-z]+){0,2}")

# Says what is wrong with a sentence, so that it goes; empty for one that stays.
FindFault = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """A turn, and the silence before it that is asked for."""

    turn: Turn
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class FramePart:
    """What is said in one place around the stories."""

    said: list[SaidTurn]
    dropped: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits at the table."""

    names: tuple[str, ...]
    presenter: str

    @property
    def is_solo(self) -> bool:
        """True when one voice says all of it."""
        return len(self.names) == 1

    def find_name(self, said: str, reporter: str = "") -> str:
        """Find whose name a model means; empty where nobody is meant."""
        wanted = said.strip().strip("*:").casefold()
        roles = {"presenter": self.presenter, "host": self.presenter, "reporter": reporter}
        if found := roles.get(wanted):
            return found

        for name in self.names:
            if name.casefold() == wanted:
                return name
        # A first or a last name will do where only one person has it.
        alike = [name for name in self.names if wanted in name.casefold().split()]
        if len(alike) == 1:
            return alike[0]
        return ""


def read_turns(
    spoken: Iterable[SpokenTurn], table: Table, reporter: str = ""
) -> list[SaidTurn]:
    """Read the turns of an answer; those of nobody, or without words, are left away."""
    said: list[SaidTurn] = []
    for turn in spoken:
        name = table.find_name(turn.speaker, reporter)
        text = _without_name(tidy_spoken(turn.text), name)
        if not name or not re.search(r"\w", text):
            continue

        direction = turn.direction.strip().lower()
        if not _DIRECTION.fullmatch(direction):
            direction = ""
        pause = 0.0
        if SHORTEST_PAUSE <= turn.pause <= LONGEST_PAUSE:
            pause = round(turn.pause, 1)
        said.append(SaidTurn(Turn(name, text, direction=direction), pause))
    return said


def _without_name(text: str, name: str) -> str:
    """The text without its speaker's name in front, as some models write it."""
    if not name:
        return text
    return re.sub(rf"^\**{re.escape(name)}\**:\**\s+", "", text)


def describe_strangers(
    spoken: Iterable[SpokenTurn], table: Table, reporter: str = ""
) -> list[str]:
    """Say for a note which turns are left away, for nobody of that name is there."""
    strangers: list[str] = []
    for turn in spoken:
        if turn.text.strip() and not table.find_name(turn.speaker, reporter):
            text = tidy_spoken(turn.text)
            strangers.append(f'"{text}" (nobody here is called "{turn.speaker}")')
    return strangers


def find_turn_faults(
    spoken: Sequence[SpokenTurn], table: Table, reporter: str = ""
) -> Iterator[str]:
    """Find what cannot be said, or not heard as it is meant, in words for the model."""
    for turn in spoken:
        if not table.find_name(turn.speaker, reporter):
            yield f'nobody here is called "{turn.speaker}"; there are {", ".join(table.names)}'
        yield from _find_text_faults(tidy_spoken(turn.text), table)


def _find_text_faults(text: str, table: Table) -> Iterator[str]:
    if not text:
        yield "a turn is empty"
    if found := find_unspeakable(text):
        yield f'"{found}" cannot be spoken'
    if (length := len(text.split())) > LONGEST_TURN:
        yield f"a turn has {length} words; {LONGEST_TURN} are the most: {text[:60]} ..."
    for question in find_flat_questions(text):
        # A name alone hands over, and is heard so without a rising voice.
        if not table.find_name(question.strip(" ?")):
            yield (
                "this is not heard as a question; "
                f"begin it with its question word or verb: {question}"
            )
    if table.is_solo and "?" in text:
        yield f"nobody is there to ask: {text[:80]}"


def find_pace_faults(said: Sequence[SaidTurn], table: Table) -> Iterator[str]:
    """Find a talk in which the speaker changes too often, or hardly ever.

    In words for the model.
    """
    words = count_words(said)
    if table.is_solo or words < JUDGED_WORDS:
        return
    minutes = words / SPOKEN_WORDS_A_MINUTE
    speakers = [each.turn.speaker for each in said]
    changes = sum(one != other for one, other in itertools.pairwise(speakers)) / minutes
    if not FEWEST_CHANGES <= changes <= MOST_CHANGES:
        remedy = "let somebody else speak up"
        if changes > MOST_CHANGES:
            remedy = "join short turns"
        yield (
            f"the speaker changes {changes:.0f} times a minute, "
            f"and four to eight are right: {remedy}"
        )


def find_silence_faults(said: Sequence[SaidTurn], table: Table) -> Iterator[str]:
    """Find who of two at the table says next to nothing, in words for the model."""
    if len(table.names) != 2:
        return
    for name in table.names:
        own = [each for each in said if each.turn.speaker == name]
        if count_words(own) < LEAST_SHARE * count_words(said):
            yield f"{name} hardly speaks; in a conversation both talk all the way through"


def count_words(said: Iterable[SaidTurn]) -> int:
    """Words that are said."""
    return sum(len(each.turn.text.split()) for each in said)


def text_of(said: Iterable[SaidTurn]) -> str:
    """All that is said."""
    return " ".join(each.turn.text for each in said)


def drop_sentences(
    said: Sequence[SaidTurn], find_fault: FindFault
) -> tuple[list[SaidTurn], list[str]]:
    """Drop sentences at fault, and questions without an answer left; say which and why."""
    left: list[SaidTurn] = []
    dropped: list[str] = []
    for each in said:
        text, gone = _without_sentences(each.turn.text, find_fault)
        dropped += gone
        if text:
            left.append(_with_text(each, text))
            continue
        # A question whose answer is gone would hang in the air.
        if left and left[-1].turn.text.endswith("?"):
            dropped.append(f'"{left[-1].turn.text}" (its answer is gone)')
            left.pop()
    return _mend_questions(left), dropped


def _without_sentences(text: str, find_fault: FindFault) -> tuple[str, list[str]]:
    left: list[str] = []
    dropped: list[str] = []
    for sentence in map(str.strip, split_sentences(text)):
        reason = find_fault(sentence)
        if unspeakable := find_unspeakable(sentence):
            reason = reason or f"{unspeakable} cannot be spoken"

        if reason:
            dropped.append(f'"{sentence}" ({reason})')
        else:
            left.append(sentence)
    return " ".join(left), dropped


def _mend_questions(said: Sequence[SaidTurn]) -> list[SaidTurn]:
    """End what is not heard as a question with a full stop: it says back what was said."""
    mended: list[SaidTurn] = []
    for each in said:
        text = each.turn.text
        for question in find_flat_questions(text):
            text = text.replace(question, question.replace("?", "."))
        mended.append(_with_text(each, text))
    return mended


def _with_text(said: SaidTurn, text: str) -> SaidTurn:
    return dataclasses.replace(said, turn=dataclasses.replace(said.turn, text=text))


def as_items(said: Iterable[SaidTurn]) -> list[Turn | Pause]:
    """Turns and pauses as a script has them."""
    items: list[Turn | Pause] = []
    for each in said:
        if each.pause:
            items.append(Pause(each.pause))
        items.append(each.turn)
    return items
