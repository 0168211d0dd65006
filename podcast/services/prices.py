"""Prices of a service's models, the days they stop, and a budget that no call may pass.

The figures are in `prices.toml`, with the date on which they were read.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import threading
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from podcast.errors import BudgetError
from podcast.model import Usd, WriterService

# Characters of text that are spoken in a second, in a magazine read aloud.
SPEECH_RATE = 14.7
# Characters of English text to a token.
TOKEN = 4.7
# Factor on the expected cost of a call before it is made.
MARGIN = 1.25


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a call used, or characters where the service counts those."""

    text_in: int = 0
    """All text tokens that went in, those read from the cache included."""
    cached_in: int = 0
    text_out: int = 0
    """Text tokens that came out, reasoning and transcripts included."""
    audio_out: int = 0
    characters: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.text_in + other.text_in,
            self.cached_in + other.cached_in,
            self.text_out + other.text_out,
            self.audio_out + other.audio_out,
            self.characters + other.characters,
        )

    def __str__(self) -> str:
        parts = {
            "text tokens in": self.text_in,
            "text tokens out": self.text_out,
            "audio tokens out": self.audio_out,
            "characters": self.characters,
        }
        return (
            ", ".join(f"{count:,} {what}" for what, count in parts.items() if count)
            or "nothing"
        )


@dataclass(frozen=True, slots=True)
class Model:
    """A model as the table has it."""

    name: str
    rates: Mapping[str, float]
    """US$ a million, by the field of Usage."""
    audio_rate: int = 1200
    """Audio tokens a minute of speech."""
    effort: str = ""
    """The reasoning effort to ask for; empty where the model takes none."""
    shutdown: dt.date | None = None
    """The day from which the service no longer has it; None when none is announced."""
    replacement: str = ""

    def price(self, usage: Usage) -> Usd | None:
        """Price a usage; None where the table has no rate for something that was used."""
        counts = {
            "text_in": usage.text_in - usage.cached_in,
            "cached_in": usage.cached_in,
            "text_out": usage.text_out,
            "audio_out": usage.audio_out,
            "characters": usage.characters,
        }
        used = {what: count for what, count in counts.items() if count}
        if not used.keys() <= self.rates.keys():
            return None
        return Usd(sum(count * self.rates[what] for what, count in used.items()) / 1e6)


def known_model(name: str) -> Model:
    """The model of that name, dated or not; one without rates when the table lacks it."""
    known = _table()["models"]
    entry = known.get(name) or known.get(re.sub(r"-\d{4}-\d{2}-\d{2}$", "", name), {})
    rates = {key: entry[key] for key in _RATES if key in entry}
    rest = ("audio_rate", "effort", "shutdown", "replacement")
    return Model(name, rates, **{key: entry[key] for key in rest if key in entry})


def with_prices(model: Model, service: WriterService) -> Model:
    """Put the owner's prices in the place of the table's, where there are any."""
    own = {
        "text_in": service.price_in,
        "cached_in": service.price_in,
        "text_out": service.price_out,
    }
    rates = {what: rate for what, rate in own.items() if rate is not None}
    return dataclasses.replace(model, rates={**model.rates, **rates})


def tokens(text: str) -> int:
    """About how many tokens a text has."""
    return round(len(text) / TOKEN)


def sum_costs(costs: Iterable[Usd | None]) -> Usd | None:
    """Add costs up; None where one of them is not known."""
    known: list[Usd] = []
    for cost in costs:
        if cost is None:
            return None
        known.append(cost)
    return Usd(sum(known))


def audio_tokens(text: str, name: str) -> int:
    """About how many audio tokens the model `name` gives for a text."""
    return round(len(text) / SPEECH_RATE / 60 * known_model(name).audio_rate)


def warn_of_endings(
    served: Mapping[str, dt.date | None], configured: Iterable[str], today: dt.date
) -> Iterator[str]:
    """A warning for each configured model that stops, or that the service does not list.

    `served` is what the service says: model to its day of shutdown. Where it says none, the
    table's counts.
    """
    for name in dict.fromkeys(configured):
        known = known_model(name)
        day = served.get(name) or known.shutdown
        instead = f". Replace it with {known.replacement}" if known.replacement else ""
        if name not in served:
            yield f"{name}: the service does not have it{instead}"
        elif day and day <= today:
            yield f"{name}: has stopped on {day}{instead}"
        elif day:
            left = (day - today).days
            yield f"{name}: stops on {day}, in {left} day{'s' if left > 1 else ''}{instead}"


_RATES = ("text_in", "cached_in", "text_out", "audio_out", "characters")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("prices.toml").read_text(encoding="utf-8"))


@dataclass
class Call:
    """One call to a service while it is under way; who makes it says what it used."""

    usage: Usage = field(default_factory=Usage)
    cost: Usd | None = field(default=Usd(0.0))
    """None: used, but of unknown price."""


class Budget:
    """The cost of a run's calls so far, and its limit. Safe for threads.

    Each call is asked for before it is made, with what it may cost; it is refused when that,
    with what was spent and what is under way, would pass the limit. A pickled copy counts on
    its own.
    """

    def __init__(self, limit: Usd | None = None, *, unknown: bool = False) -> None:
        self.limit = limit
        """In US$; None: no limit."""
        self.unknown = unknown
        """True when calls of unknown price are made although there is a limit."""
        self.used: dict[str, Usage] = {}
        """Model to what was used of it."""
        self.spent = Usd(0.0)
        """Cost of the calls so far, those of unknown price left out."""
        self._open = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def call(self, name: str, estimate: Usd | None) -> Iterator[Call]:
        """A call to the model `name` that will cost about `estimate` (None: unknown).

        The block sets `usage` and `cost` of what it is given. Raises BudgetError, and runs no
        block, when the call would pass the limit.
        """
        reserved = (estimate or 0.0) * MARGIN
        self._reserve(name, reserved, known=estimate is not None)
        call = Call()
        try:
            yield call
        finally:
            with self._lock:
                self._open -= reserved
                self.spent = Usd(self.spent + (call.cost or 0.0))
                self.used[name] = self.used.get(name, Usage()) + call.usage

    def _reserve(self, name: str, usd: float, *, known: bool) -> None:
        with self._lock:
            if self.limit is not None:
                if not known and not self.unknown:
                    raise BudgetError(
                        f"the price of {name} is unknown, so a budget cannot hold. "
                        "Add it to the price table, or say --any-price"
                    )
                if self.spent + self._open + usd > self.limit:
                    raise BudgetError(
                        f"the next call to {name} would pass the budget of {self.limit:.2f} "
                        f"US$: {self.spent:.4f} is spent. What was paid for is kept; run again "
                        f"with more"
                    )
            self._open += usd

    def __getstate__(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if k != "_lock"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _lock=threading.Lock())
