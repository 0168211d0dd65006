"""What the model's answers must look like."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


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
