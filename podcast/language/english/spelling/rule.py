"""A rule of the tables: what is looked for, what is said for it, and an example that a test holds it to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

Say = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is written otherwise than it is said."""

    name: str
    example: tuple[str, str]
    """What is written, and what is said in the end."""
    pattern: str
    """A regular expression; it must not backtrack over a long run (lookbehinds, possessive repeats).

    One that starts with a character or a class is found many times faster than one that starts with an
    assertion, so assertions about what stands before come after the first character."""
    say: Say
    """A template for `re.sub`, or a function of the match."""
    hint: str = ""
    """The rule is tried only on text that has one of these characters; empty: on any text."""


def apply(rules: Iterable[Rule], text: str) -> str:
    """Apply every rule once, in order."""
    present = frozenset(text)
    for rule in rules:
        if rule.hint and present.isdisjoint(rule.hint):
            continue
        said = _compiled(rule.pattern).sub(rule.say, text)
        if said != text:
            # A rule takes a run of spaces for one; left long, it would be looked at from each of its places.
            text = _SPACES.sub(" ", said)
            present = frozenset(text)
    return text


def before(match: re.Match[str], reach: int = 150) -> str:
    """What stands before the match, at most `reach` characters of it."""
    return match.string[max(0, match.start() - reach) : match.start()]


def last_word(match: re.Match[str]) -> str:
    """The word before the match, when only a space is between them; else empty."""
    head, space, none = before(match, 40).rpartition(" ")
    return head.rpartition(" ")[2] if space and not none else ""


_SPACES = re.compile(" {3,}")

_compiled = cache(re.compile)
"""Patterns are compiled when first used, so that importing the tables costs nothing."""
