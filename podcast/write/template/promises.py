"""What the host may promise of a reporter's words: figures, a date, what somebody says.

A promise is made only where the words keep it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.word_data import load

# Characters of a report that are looked at.
_LONGEST_REPORT = 6000
# Sentences of a report in which a promise must be kept: a listener who has waited longer than
# these has forgotten what was promised, or thinks that it was not kept.
_SOON = 2


@dataclass(frozen=True, slots=True)
class PromiseKind:
    """A kind of promise, and the words that keep it."""

    key: str
    """The list of phrases: `figures` of `promise`."""
    pattern: re.Pattern[str]
    least: int
    """How often the words must have it."""
    unless: re.Pattern[str] | None
    lead: re.Pattern[str] | None
    """What the host has not said just before."""
    question: str
    """The kind of question that asks for the same; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise that a report keeps."""

    key: str
    fields: Mapping[str, str]
    """What fills its phrase: `{"noun": "risks"}`."""


@cache
def promise_kinds() -> tuple[PromiseKind, ...]:
    """Read the kinds of `promises.toml`, the best first."""
    return tuple(_read_kind(row) for row in load("promises")["promise"])


def _read_kind(row: Mapping[str, str]) -> PromiseKind:
    return PromiseKind(
        row["key"],
        re.compile(row["pattern"], re.VERBOSE),
        int(row.get("least", 1)),
        _compile(row.get("unless")),
        _compile(row.get("lead")),
        row.get("question", ""),
    )


def _compile(pattern: str | None) -> re.Pattern[str] | None:
    return None if pattern is None else re.compile(pattern, re.VERBOSE)


def find_promises(lead: str, report: str, asked: Collection[str] = ()) -> Iterator[Promise]:
    """Find what a report keeps, and what the host's lead has not told already.

    What is `asked` for later, by a kind of question, is not promised.
    """
    told = report[:_LONGEST_REPORT]
    beginning = " ".join(split_sentences(told)[:_SOON])
    for kind in promise_kinds():
        matches = list(kind.pattern.finditer(beginning))
        is_kept = len(matches) >= kind.least and kind.question not in asked
        if not is_kept or _is_spoilt(kind, lead, told):
            continue

        fields = _read_fields(matches[0])
        if fields.get("person", "nobody") not in lead:
            yield Promise(kind.key, fields)


def _read_fields(match: re.Match[str]) -> dict[str, str]:
    """The named groups that matched; what another form of the sentence calls the same."""
    fields = {name: text for name, text in match.groupdict().items() if text}
    if "speaker" in fields:
        fields["person"] = fields.pop("speaker")
    if "those" in fields:
        fields["noun"] = fields.pop("those").lower()
    return fields


def _is_spoilt(kind: PromiseKind, lead: str, told: str) -> bool:
    if kind.unless is not None and kind.unless.search(told):
        return True
    return kind.lead is not None and kind.lead.search(lead) is not None
