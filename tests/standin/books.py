"""What the stand-in was asked, and what it charges for the answers that it sent whole."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

RATES = {
    "tts-1": {"characters": 15.00},
    "gpt-4o-mini-tts": {"text_in": 0.60, "audio_out": 12.00},
    "gpt-realtime-2.1-mini": {
        "text_in": 0.60,
        "cached_in": 0.06,
        "text_out": 2.40,
        "audio_out": 20.00,
    },
    "gpt-6-luna": {"text_in": 0.10, "cached_in": 0.01, "text_out": 0.50},
}
"""US$ a million, as the service's price list has them; typed here apart from the product's own table."""


def tokens(text: str) -> int:
    """About as many tokens as a byte-pair tokenizer makes of English."""
    count = 0
    for piece in re.findall(r"[A-Za-z]+|\d{1,3}|[^\w\s]+|\n\s*", text):
        count += 1 if len(piece) <= 9 else 2
    return count


@dataclass(frozen=True, slots=True)
class Call:
    """One request."""

    kind: str
    """`speech`, `realtime`, `chat` or `models`."""
    model: str
    text: str
    """The passage, or the whole prompt."""
    voice: str = ""
    instructions: str = ""
    rule: str = ""
    """The misbehaviour that befell it."""
    connection: int = 0
    """Number of the WebSocket connection."""
    body: dict[str, object] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)
    """When it arrived, in seconds."""


@dataclass
class Bill:
    """What was charged: one line for each answer that was sent whole."""

    lines: list[tuple[str, str, dict[str, int], float]] = field(default_factory=list)
    """(kind, model, usage, US$)."""
    _lock: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def charge(self, kind: str, model: str, **usage: int) -> Iterator[None]:
        """Goes around the sending of the answer: who has it finds it charged, and one not sent is not."""
        rates = RATES.get(model, {})
        usd = sum(count * rates.get(what, 0.0) for what, count in usage.items()) / 1e6
        line = (kind, model, usage, usd)
        with self._lock:
            self.lines.append(line)
            self._lock.notify_all()
        try:
            yield
        except BaseException:
            with self._lock:
                self.lines = [other for other in self.lines if other is not line]
            raise

    def wait(self, count: int) -> None:
        """Until so many answers were charged; half a minute at most."""
        with self._lock:
            assert self._lock.wait_for(lambda: len(self.lines) >= count, timeout=30)

    @property
    def total(self) -> float:
        with self._lock:
            return sum(line[3] for line in self.lines)

    def of(self, *kinds: str) -> float:
        with self._lock:
            return sum(line[3] for line in self.lines if line[0] in kinds)
