"""Written English becomes what is said: `spell_out` for the script, `verbalize` for every engine.

    spell_out("GPT-4o costs $125 million, up 70%")
        "GPT-4o costs one hundred and twenty-five million dollars, up seventy percent"
    verbalize("GPT-4o costs $125 million, up 70%")
        "GPT four oh costs one hundred and twenty-five million dollars, up seventy percent"

The rules are tables, one a module, tried in this order; each rule has a name and an example that a test holds
it to. Of the figures, the narrow shapes come before the wide.

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
    amounts        money, percentages, measures
    figures        fractions, versions, years, plain numbers
    marks          brackets, dashes, signs, spacing
    capitals       shouting
    names          (verbalize only) GPT-4o, H100, US, ELIZA

The whole is repeated until nothing changes, so both functions are idempotent. They never raise, whatever the
text; `verbalize` leaves letters, spaces and `. , ; : ! ? ' " -` and no figure.
"""

from __future__ import annotations

from collections.abc import Callable

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
    marks,
    markup,
    names,
    products,
    rates,
    roman_numerals,
    signs,
    times,
)
from podcast.language.english.spelling.rule import Rule, apply

__all__ = ["SPELL_OUT", "VERBALIZE", "spell_out", "verbalize"]

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
    *amounts.RULES,
    *figures.RULES,
    *marks.RULES,
    *capitals.RULES,
)
VERBALIZE: tuple[Rule, ...] = (*SPELL_OUT, *names.RULES)

_PASSES = 8
"""Ordinary text is settled after one pass, and the second shows it; only nonsense needs more."""


def spell_out(text: str) -> str:
    """Written English as a newsreader says it, on one line, still pleasant to read.

    Numbers, money, dates, units, abbreviations and signs become words; markup goes; initialisms and names
    (`LLMs`, `GPT-4o`, `U.S.`) keep their shape.
    """
    return _settle(text, lambda text: apply(SPELL_OUT, text).strip(" ,").lstrip(".;:!? ,"))


def verbalize(text: str) -> str:
    """`spell_out`, and names and initialisms in a form that every engine says right; no figure is left."""
    return _settle(text, lambda text: apply(names.RULES, spell_out(text)))


def _settle(text: str, step: Callable[[str], str]) -> str:
    for _ in range(_PASSES):
        before, text = text, step(text)
        if text == before:
            break
    return text
