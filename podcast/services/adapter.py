"""Adapters: the things that entry points name, how they open, and what they lack here.

An engine, a writer, a desk, a kind of source or a store comes into the house by one line in the
`pyproject.toml` of any package:

    [project.entry-points."presscast.engines"]
    tone = "tones:ADAPTER"

`ADAPTER` is an Adapter. See docs/api.md for a whole package.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from podcast.model import Show
from podcast.services.prices import Budget

if TYPE_CHECKING:
    from podcast.services.openai_client import Service

T_co = TypeVar("T_co", covariant=True)


class OnProgress(Protocol):
    """Called with the work, how much of it is done, the total, and the part at work."""

    def __call__(self, what: str, done: int, total: int, detail: str = "", /) -> None:
        """Say it, or not."""


def stay_silent(what: str, done: int, total: int, detail: str = "", /) -> None:
    """Say nothing of how far something is."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The parts of a run that an adapter may use."""

    show: Show
    budget: Budget
    """MUST allow each call that costs money."""
    open_service: Callable[[], Service]
    """Opens the service that speaks, with the key and the address of the environment."""
    open_writer_service: Callable[[], Service]
    """Opens the service of the writer's model, as the table `[writer]` says."""
    open_fallback: Callable[[], Any]
    """Opens the offline writer or desk, for one to stand on that asks a model."""
    folder: Path
    """Where the adapter may cache what it paid for. Never published, safe to delete."""
    on_progress: OnProgress = stay_silent
    """MUST be called by what takes long before anything is spoken."""


def lack_nothing(setup: Setup) -> str:  # noqa: ARG001
    """Say that an adapter works everywhere."""
    return ""


@dataclass(frozen=True, slots=True)
class Adapter(Generic[T_co]):
    """One engine, writer, desk, kind of source or store."""

    open: Callable[[Setup], T_co]
    """MUST be cheap: models and libraries are loaded when they are first used."""
    summary: str = ""
    """A few words for an owner that say what it is."""
    missing: Callable[[Setup], str] = lack_nothing
    """Says how to get what it lacks on this machine; empty when it can work. MUST ask no
    service."""
    is_local: bool = True
    """False when texts leave the machine or money is spent. Such an adapter works only when it
    is named."""
    rank: int = 0
    """Order where several would do, the highest first: engines that `auto` may take (0: never),
    and kinds of source, which are tried one after the other."""
