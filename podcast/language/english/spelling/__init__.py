"""Written English becomes what is said.

`verbalize` for every engine; `spell_out` is its first half, which leaves names as they are
written. Scripts stay written: both happen when a turn is spoken.

    spell_out("GPT-4o costs $125 million, up 70%")
        "GPT-4o costs one hundred and twenty-five million dollars, up seventy percent"
    verbalize("GPT-4o costs $125 million, up 70%")
        "GPT four oh costs one hundred and twenty-five million dollars, up seventy percent"

The rules are tables, one a module, tried in this order; each rule has a name and an example
that a test holds it to. Of the figures, the narrow shapes come before the wide.

    markup         blocks, tags and links of HTML, Liquid and Markdown
    latex          formulas and commands
    signs          of arithmetic and logic, primes
    inline         emphasis, addresses, handles
    identifiers    telephones, addresses of machines, hashes
    products       models, aircraft, standards
    abbreviations  with their stops
    roman_numerals of rulers, wars, parts
    foreign_figures as other countries write them
    dates          dates, decades, spans of years
    times          times of day, durations
    rates          per unit, with a slash
    letters_by_context  kelvin or thousand, meters or millions
    amounts        money, percentages, measures
    figures        fractions, versions, years, plain numbers
    marks          brackets, dashes, signs, spacing
    capitals       shouting
    names          (verbalize only) GPT-4o, H100, US, ELIZA

The whole is repeated until nothing changes, so both functions are idempotent. They never raise,
whatever the text; `verbalize` leaves letters, spaces and `. , ; : ! ? ' " -` and no figure.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from podcast.language.english.directions import take_directions
from podcast.language.english.spelling import (
    abbreviations,
    amounts,
    capitals,
    dates,
    figures,
    foreign_figures,
    identifiers,
    inline,
    latex,
    letters_by_context,
    marks,
    markup,
    names,
    products,
    rates,
    roman_numerals,
    signs,
    times,
)
from podcast.language.english.spelling.provenance import Edit, Provenance, make_edits
from podcast.language.english.spelling.rule import Rule, apply
from podcast.model import Utterance

__all__ = [
    "SPELL_OUT",
    "VERBALIZE",
    "Edit",
    "make_edits",
    "spell_out",
    "utter",
    "verbalize",
    "without_markup",
]

Step = Callable[[str, "Provenance | None"], str]

SPELL_OUT: tuple[Rule, ...] = (
    *markup.RULES,
    *latex.RULES,
    *signs.RULES,
    *inline.RULES,
    *identifiers.RULES,
    *products.RULES,
    *abbreviations.RULES,
    *roman_numerals.RULES,
    *foreign_figures.RULES,
    *dates.RULES,
    *times.RULES,
    *rates.RULES,
    *letters_by_context.RULES,
    *amounts.RULES,
    *figures.RULES,
    *marks.RULES,
    *capitals.RULES,
)
VERBALIZE: tuple[Rule, ...] = (*SPELL_OUT, *names.RULES)

_EMPHASIS = ("code tick", "emphasis", "underlined")
# Rules that take markup off and leave numbers and signs as they are written.
_MARKUP: tuple[Rule, ...] = (
    *(rule for rule in markup.RULES if rule.name not in ("characters", "citation mark")),
    markup.CITATION,
    *latex.RULES,
    *(rule for rule in inline.RULES if rule.name in _EMPHASIS),
)

# Ordinary text is settled after one pass, and the second shows it; only nonsense needs more.
_PASSES = 8


def spell_out(text: str) -> str:
    """Written English as a newsreader says it, on one line, still pleasant to read.

    Numbers, money, dates, units, abbreviations and signs become words; markup goes; initialisms
    and names (`LLMs`, `GPT-4o`, `U.S.`) keep their shape.
    """
    return _settle(text, _spell_out_once)


def verbalize(text: str) -> str:
    """`spell_out`, and names and initialisms in a form that every engine says right.

    No figure is left.
    """
    return _settle(text, _verbalize_once)


def without_markup(text: str) -> str:
    """A text as a person would type it, on one line: no Markdown, no HTML, no LaTeX."""
    return " ".join(apply(_MARKUP, html.unescape(text)).split())


def utter(text: str, respell: Callable[[str], Sequence[Edit]] = lambda _text: ()) -> Utterance:
    """Make written English what an engine gets.

    `verbalize`, with every written word and what is said for it.

    `respell` gives the words of a lexicon that are in the text, to be said otherwise; it is
    asked first.
    """
    written, directions = take_directions(text)
    provenance = Provenance.of(written)
    provenance.replace(respell(provenance.text), "lexicon")
    _settle(provenance.text, _verbalize_once, provenance)
    return Utterance(provenance.text, provenance.said_words(), directions)


def _spell_out_once(text: str, provenance: Provenance | None = None) -> str:
    text = apply(SPELL_OUT, text, provenance).strip(" ,").lstrip(".;:!? ,")
    if provenance:
        provenance.become(text)
    return text


def _verbalize_once(text: str, provenance: Provenance | None = None) -> str:
    return apply(names.RULES, _settle(text, _spell_out_once, provenance), provenance)


def _settle(text: str, step: Step, provenance: Provenance | None = None) -> str:
    for _ in range(_PASSES):
        before, text = text, step(text, provenance)
        if text == before:
            break
    return text
