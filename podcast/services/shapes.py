"""What the model's answers must look like."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """An answer. What a model adds to it is not read."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class SpokenTurn(Shape):
    speaker: Literal["reporter", "presenter"]
    text: str


class SpokenStory(Shape):
    """A story as its reporter tells it."""

    turns: list[SpokenTurn]


class SpokenFrame(Shape):
    """What the presenter says around the stories."""

    opening: list[str]
    handoffs: list[str]
    close: list[str]


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
