"""Who makes episodes, and what the owner asks of a make: given to each of its steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from podcast.errors import ModelGoneError
from podcast.speak import Engine
from podcast.write import Writer

# The present moment, aware.
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Crew:
    """Who writes, who speaks, and by which clock."""

    engine: Engine
    writer: Writer
    now: Clock
    fallback_engine: Callable[[ModelGoneError], Engine] | None = None
    """Opens another engine when the service no longer has the model of `engine`, or raises the
    error that it is given; None: there is no other one."""
    jobs: int | None = None
    """How many passages are spoken at once; None: as many as suit the engine."""

    @property
    def parallel_takes(self) -> int:
        """How many passages are spoken at once."""
        return self.jobs or self.engine.jobs

    def replace_engine(self, error: ModelGoneError) -> Engine:
        """Open the engine that goes on in place of the first, or raise `error`."""
        if self.fallback_engine is None:
            raise error
        return self.fallback_engine(error)


@dataclass(frozen=True, slots=True)
class MakingRules:
    """What the owner asks of a make beyond the usual."""

    rewrite: bool = False
    """Write the script anew, also where one is saved; the old one is kept beside it."""
    keep_script: bool = False
    """Speak the saved script as it is, though its post has changed since."""
    force: bool = False
    """Make what is refused otherwise: silence among audible episodes, another language."""


USUAL_RULES = MakingRules()
