"""What speaks: one adapter a file."""

from __future__ import annotations

import datetime as dt


def choose(
    *, today: dt.date, key: bool, openai: bool, speech_ends: dt.date | None, kokoro: bool, espeak: bool
) -> str:
    """The engine that `auto` stands for: the best that can speak here today; empty when none can.

    `key` says whether there is a key for the service, `openai`, `kokoro` and `espeak` what is installed,
    `speech_ends` from which day the service's speech endpoint is no more (None: it stays).
    """
    if key and openai:
        return "openai" if speech_ends is None or today < speech_ends else "openai-realtime"
    return "kokoro" if kokoro else "espeak" if espeak else ""
