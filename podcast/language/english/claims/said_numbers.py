"""Finds numbers and dates that the source lacks, has in another unit, or has for something else."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from podcast.language.english.claims.calendar_days import CalendarDay
from podcast.language.english.claims.clauses import ClaimSentence
from podcast.language.english.claims.figure_context import Figure, read_figures
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.phrase_patterns import marker
from podcast.language.english.claims.quantities import Quantity, supports
from podcast.language.english.claims.reckoned_numbers import (
    is_derived,
    is_figure_of_speech,
    is_the_rest,
)
from podcast.language.english.claims.source_facts import SourceFacts

_ALWAYS = {Decimal(0), Decimal(1)}
"""Said without counting: one of them, no one."""
_SMALL = Decimal(2)
_MOST_ORDERED = Decimal(12)
ENOUGH_SHARED = 2
"""Words around a number that another number of the source must have to be the one that is
meant."""


def find_number_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Numbers and dates of a sentence that its source does not support."""
    idioms = [match.span() for match in marker("number_idioms").finditer(sentence.text)]
    for figure in read_figures(sentence):
        fact = figure.fact
        if any(start <= fact.start < end for start, end in idioms):
            continue
        if isinstance(fact, CalendarDay):
            fault = _day_fault(sentence, figure, fact, source)
        else:
            fault = _quantity_fault(sentence, figure, fact, source)
        if fault:
            yield fault


# --- dates ----------------------------------------------------------------------------------


def _day_fault(
    sentence: ClaimSentence, figure: Figure, day: CalendarDay, source: SourceFacts
) -> Finding | None:
    if not any(day.fits(known) for known in source.days):
        if not day.month and not day.weekday and _is_plain_number(day, source):
            return None
        return Finding(
            "date", sentence.text, f'the source has no date "{day.text}"', _days_text(source)
        )
    supporting: list[Figure] = []
    opposing: list[Figure] = []
    for other, _ in source.figures:
        if isinstance(other.fact, CalendarDay):
            (supporting if day.fits(other.fact) else opposing).append(other)
    rival = _rival(figure, supporting, [other for other in opposing if _same_form(day, other)])
    if rival is None:
        return None
    what = f'the source has the date "{rival.fact.text}" for this, not "{day.text}"'
    return Finding("date", sentence.text, what, _sentence_of(rival, source))


def _same_form(day: CalendarDay, other: Figure) -> bool:
    """Tell whether a date is as exact as another: a day is no rival of a year."""
    fact = other.fact
    return (
        isinstance(fact, CalendarDay)
        and bool(fact.month) == bool(day.month)
        and bool(fact.weekday) == bool(day.weekday)
    )


def _is_plain_number(day: CalendarDay, source: SourceFacts) -> bool:
    return any(Decimal(day.year) in quantity.values for quantity, _, _ in source.quantities())


def _days_text(source: SourceFacts) -> str:
    own = [
        figure.fact.text for figure, _ in source.figures if isinstance(figure.fact, CalendarDay)
    ]
    return ", ".join(dict.fromkeys(own))


# --- numbers --------------------------------------------------------------------------------


def _quantity_fault(
    sentence: ClaimSentence, figure: Figure, said: Quantity, source: SourceFacts
) -> Finding | None:
    if set(said.values) <= _ALWAYS and not said.units:
        return None
    if is_figure_of_speech(sentence, said):
        return None
    known = list(source.quantities())
    supporting = [other for quantity, other, _ in known if supports(quantity, said)]
    if supporting:
        return _misplaced(sentence, figure, said, supporting, source)
    if (
        _needs_no_support(said, source)
        or is_derived(said, source)
        or is_the_rest(sentence, said, source)
    ):
        return None
    return _unsupported(sentence, said, source)


def _needs_no_support(said: Quantity, source: SourceFacts) -> bool:
    """One, two, and ordinals by which speech is put in order."""
    if said.units and not said.is_fraction:
        return False
    if said.is_place and (said.follows_article or _only_orders(said, source)):
        return True
    limit = _SMALL if said.is_place or not said.units else Decimal(0)
    is_whole = all(value == int(value) for value in said.values)
    return max(said.values) <= limit and is_whole and not said.is_fraction


def _only_orders(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether an ordinal counts what is being told: "and the fourth?"."""
    is_word = not said.text[0].isdigit()
    is_known = bool(said.noun) and said.noun in source.keys
    return is_word and max(said.values) <= _MOST_ORDERED and not is_known


def _unsupported(sentence: ClaimSentence, said: Quantity, source: SourceFacts) -> Finding:
    same_value = [
        quantity
        for quantity, _, _ in source.quantities()
        if set(quantity.values) & set(said.values)
    ]
    whole = sentence.text[said.start : said.end].strip()
    if not same_value:
        rounded = _nearest_number(said, source)
        if said.bound and rounded:
            return Finding(
                "rounding",
                sentence.text,
                f'"{said.bound} {whole}" is no fair rounding',
                rounded,
            )
        return Finding("number", sentence.text, f'the source has no number "{whole}"', rounded)
    has = ", ".join(dict.fromkeys(quantity.text for quantity in same_value))
    first = next(s for q, _, s in source.quantities() if q is same_value[0])
    if said.bound and any(_shares_unit(quantity, said) for quantity in same_value):
        what = f'"{whole}" is told as {said.bound} what the source has as "{has}"'
        return Finding("rounding", sentence.text, what, first.text)
    return Finding(
        "unit",
        sentence.text,
        f'the source has "{has}" in another unit than "{whole}"',
        first.text,
    )


def _shares_unit(quantity: Quantity, said: Quantity) -> bool:
    return (
        not quantity.units or not said.units or bool(quantity.units.keys() & said.units.keys())
    )


def _nearest_number(said: Quantity, source: SourceFacts) -> str:
    """The source's sentence whose number of the same unit or noun is nearest."""
    rivals = [
        (abs(quantity.values[0] - said.values[0]), place)
        for place, (quantity, _, _) in enumerate(source.quantities())
        if (quantity.noun == said.noun and said.noun)
        or quantity.units.keys() & said.units.keys()
    ]
    return list(source.quantities())[min(rivals)[1]][2].text if rivals else ""


def _misplaced(
    sentence: ClaimSentence,
    figure: Figure,
    said: Quantity,
    supporting: list[Figure],
    source: SourceFacts,
) -> Finding | None:
    """A number that the source has for something else."""
    opposing = [
        other
        for quantity, other, _ in source.quantities()
        if not supports(quantity, said) and _is_rival(quantity, said)
    ]
    rival = _rival(figure, supporting, opposing) or _noun_rival(said, supporting, opposing)
    if rival is None:
        return None
    what = f'the source has "{rival.fact.text}" for this, not "{said.text}"'
    return Finding("number", sentence.text, what, _sentence_of(rival, source))


def _is_rival(quantity: Quantity, said: Quantity) -> bool:
    return quantity.units.keys() == said.units.keys() or not quantity.units or not said.units


def _rival(figure: Figure, supporting: list[Figure], opposing: list[Figure]) -> Figure | None:
    """The figure that the source has with the same words, where its own have none but such of them."""
    if supporting and not all(other.context for other in supporting):
        return None  # The source does not say with words what its own figure is about.
    own = {key for other in supporting for key in other.context_keys}
    own_words = {word.stem for word in figure.context if word.keys & own}
    best = max(opposing, key=lambda other: len(_shared(figure, other)), default=None)
    if best is None:
        return None

    shared = _shared(figure, best)
    if not own_words <= shared:
        return None
    if _is_of_its_name(figure, supporting, best, own):
        return best
    # One word is enough where it is all that the telling says of a figure that the source has elsewhere.
    is_all = (
        isinstance(figure.fact, CalendarDay)
        and bool(supporting)
        and not own_words
        and 0 < len(figure.context) == len(shared)
    )
    return best if is_all or len(shared - own_words) >= ENOUGH_SHARED else None


def _is_of_its_name(
    figure: Figure, supporting: list[Figure], best: Figure, own: set[str]
) -> bool:
    """Tell whether a number is told of a name that the source has beside another number of the kind."""
    names = [word for word in figure.context if word.is_name]
    if not names or not isinstance(best.fact, Quantity) or not best.fact.units:
        return False
    is_of_best = all(word.keys & best.context_keys and not word.keys & own for word in names)
    units = [other.fact.units for other in supporting if isinstance(other.fact, Quantity)]
    return is_of_best and any(theirs.keys() == best.fact.units.keys() for theirs in units)


def _shared(figure: Figure, other: Figure) -> set[str]:
    return {word.stem for word in figure.context if word.keys & other.context_keys}


def _noun_rival(
    said: Quantity, supporting: list[Figure], opposing: list[Figure]
) -> Figure | None:
    """The figure that counts the same things, where those that support it count others."""
    nouns = {other.fact.noun for other in supporting if isinstance(other.fact, Quantity)}
    if not said.noun or said.noun in nouns or "" in nouns:
        return None
    if any(said.noun in other.context_keys for other in supporting):
        return None
    return next(
        (
            other
            for other in opposing
            if isinstance(other.fact, Quantity) and other.fact.noun == said.noun
        ),
        None,
    )


def _sentence_of(figure: Figure, source: SourceFacts) -> str:
    return next((sentence.text for other, sentence in source.figures if other is figure), "")
