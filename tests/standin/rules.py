"""What the stand-in may be told to do wrong, and to which requests."""

from __future__ import annotations

import threading
from collections.abc import Container
from dataclasses import dataclass, field

KINDS = {
    "401": "refuses the key, and quotes it as some services do",
    "403": "the key may not use the model",
    "404": "the model is gone",
    "429": "too many requests; `retry_after` seconds when given",
    "quota": "429 with insufficient_quota: the account is empty",
    "500": "an internal error",
    "slow": "answers after `seconds`",
    "hang": "never answers",
    "reset": "resets the connection before an answer",
    "cut": "breaks off in the middle of the audio",
    "truncated": "ends the audio early, and cleanly",
    "odd": "one byte too many: half a sample",
    "short": "a third of the audio that the words need",
    "empty": "no audio at all",
    "mp3": "MP3 although PCM was asked for",
    "wav": "WAV although PCM was asked for, which is fine",
    "filtered": "the content filter stops the passage",
    "reworded": "says other words than it was given",
    "number": "says one number otherwise",
    "json": "an answer that is not JSON",
    "schema": "JSON of another shape",
    "refusal": "refuses to write",
    "blank": "an empty answer",
    "length": "an answer cut off at its most tokens",
    "unfaithful": "adds a name, a number and a quotation of its own",
    "unknown": "chooses what was not offered, for people who are not there",
    "bad-rundown": "plans a title and a chapter of its own making, forgets a story, and tells one twice",
    "flat": "asks what no voice can ask, and lets a stranger speak",
    "restless": "changes the speaker at every comma",
    "marked-up": "writes markup, directions that are none, and endless pauses",
    "rambling": "says all of a talk twice",
    "monologue": "lets the reporter alone speak",
    "heavy-papers": "plans the shortest talk for what opens the show, and the longest for papers",
    "parrot": "asks and answers the same in every story",
    "stutter": "says each turn twice",
    "decorated": "writes stage directions, bold words, and a rocket after each turn",
    "disclaiming": "speaks of itself as an AI language model",
    "invented-people": "gives all turns to people who are not there",
    "skip-all": "plans to tell no story at all",
    "long-chapters": "plans chapter titles of a hundred characters",
    "no-evidence": "shows no words of the source",
    "we": "writes a summary as if it were the authors",
    "no-schema": "knows no JSON schemas: 400",
    "no-format": "knows no response_format at all: 400",
    "unknown-parameter": "400 for every parameter but model, messages and stream",
    "streaming-only": "400 unless the answer is streamed",
    "no-stream": "streams nothing, whatever is asked",
    "fenced": "a preface, the answer in a fence, and a last word",
    "thinking": "thinks aloud before the answer, in braces too",
    "wrong-type": "a list where a text belongs, and a text where a list belongs",
    "broken-stream": "breaks off in the middle of a streamed answer",
    "trickle": "streams a few letters at a time, over `seconds`",
    "wordy": "goes on far beyond the length asked for",
}
"""Word to what it makes the stand-in do."""


@dataclass(slots=True)
class Rule:
    """One misbehaviour: which, to requests that contain what, how often."""

    kind: str
    on: str = ""
    """Only requests whose text holds this; empty: all."""
    times: int = 1
    """How many requests it befalls; -1: all."""
    retry_after: float | None = None
    seconds: float = 0.0


@dataclass
class Rules:
    """The plan: the first rule that fits a request is used up by it."""

    _rules: list[Rule] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, rule: Rule) -> None:
        if rule.kind not in KINDS:
            raise ValueError(f"{rule.kind!r} is none of {', '.join(KINDS)}")
        with self._lock:
            self._rules.append(rule)

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def take(self, text: str, kinds: Container[str] = KINDS) -> Rule | None:
        with self._lock:
            for rule in self._rules:
                if rule.on in text and rule.times != 0 and rule.kind in kinds:
                    rule.times -= 1
                    return rule
        return None
