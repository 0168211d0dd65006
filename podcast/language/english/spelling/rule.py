"""A rule of the tables.

What is looked for, what is said for it, and an example that a test holds it to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from podcast.language.english.spelling.provenance import Edit, Provenance, make_edits

Say = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is written otherwise than it is said."""

    name: str
    example: tuple[str, str]
    """What is written, and what is said in the end."""
    pattern: str
    """A regular expression; it must not backtrack over a long run (lookbehinds, possessive
    repeats).

    One that starts with a character or a class is found many times faster than one that starts
    with an assertion, so assertions about what stands before come after the first character."""
    say: Say
    """A template for `re.sub`, or a function of the match."""
    hint: str = ""
    """The rule is tried only on text that has one of these characters; empty: on any text."""


def apply(rules: Iterable[Rule], text: str, provenance: Provenance | None = None) -> str:
    """Apply every rule once, in order.

    `provenance` is that of the text, and is kept up to date.
    """
    present = frozenset(text)
    for rule in rules:
        if rule.hint and present.isdisjoint(rule.hint):
            continue

        edits = [
            Edit(match.start(), match.end(), said)
            for match in _compiled(rule.pattern).finditer(text)
            if (said := _said(rule.say, match)) != match[0]
        ]
        if not edits:
            continue

        # A rule takes a run of spaces for one; left long, it would be looked at from each of
        # its places.
        said_text = make_edits(text, edits)
        text = _SPACES.sub(" ", said_text)
        present = frozenset(text)
        if provenance:
            provenance.replace(edits, rule.name)
            provenance.become(text)
    return text


def _said(say: Say, match: re.Match[str]) -> str:
    return match.expand(say) if isinstance(say, str) else say(match)


def before(match: re.Match[str], reach: int = 150) -> str:
    """What stands before the match, at most `reach` characters of it."""
    return match.string[max(0, match.start() - reach) : match.start()]


def last_word(match: re.Match[str]) -> str:
    """The word before the match, when only a space is between them; else empty."""
    head, space, none = before(match, 40).rpartition(" ")
    return head.rpartition(" ")[2] if space and not none else ""


_SPACES = re.compile(" {3,}")

# Patterns are compiled when first used, so that importing the tables costs nothing.
_compiled = cache(re.compile)
