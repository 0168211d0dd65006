"""Shapes of a model's answers."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """An answer. What a model adds to it is not read."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class PlannedStory(Shape):
    """A rundown's decisions about a story."""

    story: int
    skip: str = ""
    """Why it is not told; empty for one that is."""
    words: int = 0
    chapter: str = ""
    angle: str = ""
    begins: str = ""
    """Manner in which its talk begins: with a thing, a doubt, in mid-talk."""
    ends: str = ""
    link: str = ""
    """Link from the story before it."""
    runs_on: bool = False
    """True when the talk goes on from the story before it without a jingle."""
    voices: list[str] = []
    """Others who may speak in it."""


class Rundown(Shape):
    """The plan of an episode: its stories in the order in which they are told."""

    title: str
    thread: str = ""
    cold_open: str = ""
    stories: list[PlannedStory]
    briefs: list[int] = []


class SpokenTurn(Shape):
    speaker: str
    text: str
    direction: str = ""
    pause: float = 0.0


class SpokenStory(Shape):
    """A story as it is talked over."""

    turns: list[SpokenTurn]


class Bridge(Shape):
    story: int
    turns: list[SpokenTurn]


class SpokenFrame(Shape):
    """The talk around the stories."""

    cold_open: list[SpokenTurn] = []
    opening: list[SpokenTurn]
    bridges: list[Bridge]
    briefs: list[SpokenTurn] = []
    close: list[SpokenTurn]


class ShownWords(Shape):
    sentence: int
    is_claim: bool = True
    words: list[str] = []


class Evidence(Shape):
    """The words of the source behind each sentence."""

    sentences: list[ShownWords]


class Choice(Shape):
    name: str
    voice: str


class Casting(Shape):
    """Which person gets which voice."""

    choices: list[Choice]


class ChosenStory(Shape):
    item: int
    reporter: str


class EditorsChoice(Shape):
    """Which items become stories, best first, who reports them, and the edition's title."""

    title: str
    subtitle: str
    stories: list[ChosenStory]


class HiredReporter(Shape):
    name: str
    persona: str


class EditorsHiring(EditorsChoice):
    """The same, and who is hired for it."""

    reporters: list[HiredReporter]


class WrittenSummary(Shape):
    """A story as its reporter writes it."""

    text: str
