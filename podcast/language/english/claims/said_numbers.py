"""Finds numbers and dates that the source lacks, or has in another unit or of other things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from podcast.language.english.claims.calendar_days import CalendarDay
from podcast.language.english.claims.clauses import ClaimSentence, collect_keys, shares_key
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

# Said without counting: one of them, no one.
_ALWAYS = {Decimal(0), Decimal(1)}
_SMALL = Decimal(2)
_MOST_ORDERED = Decimal(12)
# Words around a number that another number of the source must have to be the one that is
# meant.
ENOUGH_SHARED = 2


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
    if not any(map(day.fits, source.days)):
        if _is_plain_number(day, source):
            return None
        what = f'the source has no date "{day.text}"'
        return Finding("date", sentence.text, what, _days_text(source))

    supporting: list[Figure] = []
    opposing: list[Figure] = []
    for other, _ in source.figures:
        if not isinstance(other.fact, CalendarDay):
            continue
        if day.fits(other.fact):
            supporting.append(other)
        elif _has_same_form(day, other.fact):
            opposing.append(other)

    rival = _find_rival(figure, supporting, opposing)
    if rival is None:
        return None
    what = f'the source has the date "{rival.fact.text}" for this, not "{day.text}"'
    return Finding("date", sentence.text, what, _sentence_of(rival, source))


def _has_same_form(day: CalendarDay, other: CalendarDay) -> bool:
    """Tell whether a date is as exact as another: a day is no rival of a year."""
    are_months = bool(day.month) == bool(other.month)
    return are_months and bool(day.weekday) == bool(other.weekday)


def _is_plain_number(day: CalendarDay, source: SourceFacts) -> bool:
    """Tell whether a year is a number of the source: 2,000 pairs, not the year 2000."""
    if day.month or day.weekday:
        return False
    return any(Decimal(day.year) in quantity.values for quantity, _, _ in source.quantities())


def _days_text(source: SourceFacts) -> str:
    return ", ".join(dict.fromkeys(day.text for day in source.written_days))


# --- numbers --------------------------------------------------------------------------------


def _quantity_fault(
    sentence: ClaimSentence, figure: Figure, said: Quantity, source: SourceFacts
) -> Finding | None:
    if set(said.values) <= _ALWAYS and not said.units:
        return None
    if is_figure_of_speech(sentence, said):
        return None

    supporting = [
        other for quantity, other, _ in source.quantities() if supports(quantity, said)
    ]
    if supporting:
        return _misplaced(sentence, figure, said, supporting, source)
    if _needs_no_support(said, source) or is_derived(said, source):
        return None
    if is_the_rest(sentence, said, source):
        return None
    return _unsupported(sentence, said, source)


def _needs_no_support(said: Quantity, source: SourceFacts) -> bool:
    """One, two, and ordinals by which speech is put in order."""
    if said.is_fraction or said.units:
        return False
    if said.is_place and (said.follows_article or _only_orders(said, source)):
        return True
    is_whole = all(value == int(value) for value in said.values)
    return is_whole and max(said.values) <= _SMALL


def _only_orders(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether an ordinal counts what is being told: "and the fourth?"."""
    is_word = not said.text[0].isdigit()
    is_known = bool(said.noun) and said.noun in source.keys
    return is_word and max(said.values) <= _MOST_ORDERED and not is_known


def _unsupported(sentence: ClaimSentence, said: Quantity, source: SourceFacts) -> Finding:
    whole = sentence.text[said.start : said.end].strip()
    same_value = [
        (quantity, where.text)
        for quantity, _, where in source.quantities()
        if set(quantity.values) & set(said.values)
    ]
    if not same_value:
        nearest = _nearest_number(said, source)
        if said.bound and nearest:
            what = f'"{said.bound} {whole}" is no fair rounding'
            return Finding("rounding", sentence.text, what, nearest)
        return Finding("number", sentence.text, f'the source has no number "{whole}"', nearest)

    theirs = ", ".join(dict.fromkeys(quantity.text for quantity, _ in same_value))
    first_text = same_value[0][1]
    if said.bound and any(_may_share_unit(quantity, said) for quantity, _ in same_value):
        what = f'"{whole}" is told as {said.bound} what the source has as "{theirs}"'
        return Finding("rounding", sentence.text, what, first_text)
    what = f'the source has "{theirs}" in another unit than "{whole}"'
    return Finding("unit", sentence.text, what, first_text)


def _may_share_unit(quantity: Quantity, said: Quantity) -> bool:
    """Tell whether two numbers may be of one unit: one without any may have been given it."""
    return not quantity.units or not said.units or _has_common_unit(quantity, said)


def _has_common_unit(quantity: Quantity, said: Quantity) -> bool:
    return not quantity.units.keys().isdisjoint(said.units)


def _nearest_number(said: Quantity, source: SourceFacts) -> str:
    """The source's sentence whose number of the same unit or noun is nearest."""
    nearest_text, least_distance = "", Decimal("Infinity")
    for quantity, _, where in source.quantities():
        is_alike = bool(said.noun) and quantity.noun == said.noun
        distance = abs(quantity.values[0] - said.values[0])
        if distance < least_distance and (is_alike or _has_common_unit(quantity, said)):
            nearest_text, least_distance = where.text, distance
    return nearest_text


def _misplaced(
    sentence: ClaimSentence,
    figure: Figure,
    said: Quantity,
    supporting: list[Figure],
    source: SourceFacts,
) -> Finding | None:
    """A number that the source has for something else."""
    opposing: list[Figure] = []
    for quantity, other, _ in source.quantities():
        if _is_of_same_kind(quantity, said) and not supports(quantity, said):
            opposing.append(other)

    rival = _find_rival(figure, supporting, opposing)
    rival = rival or _find_noun_rival(said, supporting, opposing)
    if rival is None:
        return None
    what = f'the source has "{rival.fact.text}" for this, not "{said.text}"'
    return Finding("number", sentence.text, what, _sentence_of(rival, source))


def _is_of_same_kind(quantity: Quantity, said: Quantity) -> bool:
    return quantity.units.keys() == said.units.keys() or not quantity.units or not said.units


def _find_rival(
    figure: Figure, supporting: list[Figure], opposing: list[Figure]
) -> Figure | None:
    """The figure that the source has with these words, where its own has no others of them."""
    # Without words around it, the source does not say what its own figure is about.
    contexts = [other.context for other in supporting]
    best = _find_closest(figure, opposing)
    if best is None or not all(contexts):
        return None

    own_keys = collect_keys(chain.from_iterable(contexts))
    own_stems = _stems_with(figure, own_keys)
    shared = _shared_stems(figure, best)
    if not own_stems <= shared:
        return None
    if len(shared - own_stems) >= ENOUGH_SHARED:
        return best
    if _is_of_its_name(figure, supporting, best, own_keys):
        return best

    # One word is enough where it is all that is told of a date that the source has elsewhere.
    if supporting and not own_stems and _is_all_of_date(figure, shared):
        return best
    return None


def _find_closest(figure: Figure, others: list[Figure]) -> Figure | None:
    """The figure that has most of the words around this one."""
    return max(others, key=lambda other: len(_shared_stems(figure, other)), default=None)


def _is_all_of_date(figure: Figure, stems: set[str]) -> bool:
    """Tell whether a date has no other words around it than those of the stems."""
    is_date = isinstance(figure.fact, CalendarDay)
    return is_date and 0 < len(figure.context) == len(stems)


def _is_of_its_name(
    figure: Figure, supporting: list[Figure], best: Figure, own_keys: frozenset[str]
) -> bool:
    """Tell whether a number is told of a name that has another number of the kind beside it."""
    names = [word for word in figure.context if word.is_name]
    if not names or not _has_unit_of(best, supporting):
        return False
    return not shares_key(names, own_keys) and all(
        word.keys & best.context_keys for word in names
    )


def _has_unit_of(best: Figure, supporting: list[Figure]) -> bool:
    """Tell whether a number has a unit, and one of the others the same."""
    if not isinstance(best.fact, Quantity) or not best.fact.units:
        return False
    units = best.fact.units.keys()
    return any(quantity.units.keys() == units for quantity in _quantities_of(supporting))


def _quantities_of(figures: Iterable[Figure]) -> list[Quantity]:
    return [figure.fact for figure in figures if isinstance(figure.fact, Quantity)]


def _stems_with(figure: Figure, keys: frozenset[str]) -> set[str]:
    """Stems of the words around a figure that have one of the keys."""
    return {word.stem for word in figure.context if word.keys & keys}


def _shared_stems(figure: Figure, other: Figure) -> set[str]:
    return _stems_with(figure, other.context_keys)


def _find_noun_rival(
    said: Quantity, supporting: list[Figure], opposing: list[Figure]
) -> Figure | None:
    """The figure that counts the same things, where those that support it count others."""
    nouns = {quantity.noun for quantity in _quantities_of(supporting)}
    if not said.noun or said.noun in nouns or "" in nouns:
        return None
    if any(said.noun in other.context_keys for other in supporting):
        return None
    for other in opposing:
        if isinstance(other.fact, Quantity) and other.fact.noun == said.noun:
            return other
    return None


def _sentence_of(figure: Figure, source: SourceFacts) -> str:
    return next((sentence.text for other, sentence in source.figures if other is figure), "")
