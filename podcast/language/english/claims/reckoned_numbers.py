"""Numbers that a source does not have and that follow from it.

Counts, sums, differences, shares, lengths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, pairwise, permutations, product

from podcast.language.english.claims.clauses import ClaimSentence
from podcast.language.english.claims.figure_context import Fact, read_figures
from podcast.language.english.claims.phrase_patterns import marker
from podcast.language.english.claims.quantities import Quantity, find_unit, is_fair, is_unit
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.statement_form import is_imagined
from podcast.language.english.claims.word_forms import stem_list

_MOST_COUNTED = Decimal(12)
# Numbers of a sentence that are reckoned with.
_MOST_NUMBERS = 8
# How far two numbers may be from a share: 520 of 1,000 are half.
_SHARE_REACH = Decimal("0.05")
_WHOLE = Decimal(100)
_SHARE_OF = re.compile(r"\s+(?:of|the|as|its|their|his|her|a|an|that|what)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our|let['’]s)\b")
# What is left out of "that makes five" where the talk is of millions.
_LEFT_OUT_SCALES = (Decimal(1), Decimal(10**3), Decimal(10**6), Decimal(10**9))
_LENGTH = re.compile(
    r"\b(?:an?|one|the|this|last|past|next|per|each|every|single|full|first)[ -]"
    r"(second|minute|hour|day|week|month|year|decade|century)\b",
    re.IGNORECASE,
)
_LENGTH_ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "decade": "decade",
    "decades": "decade",
    "century": "century",
}


def is_derived(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether a number counts or reckons what the source has."""
    if _counts_otherwise(said, source):
        return False
    if said.is_fraction:
        return _is_share(said, source)
    if "time" in said.units and _is_length(said, source):
        return True
    return _is_sum(said, source) or _is_bare_number(said, source)


def _is_bare_number(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether a number without unit counts things, or is in a date, a name or the text."""
    if said.units or said.bound not in ("", "about"):
        return False
    if _is_count(said, source) or _is_part_of_date(said, source):
        return True
    return _is_part_of_name(said, source) or said.text in source.plain_text.split()


def is_the_rest(sentence: ClaimSentence, said: Quantity, source: SourceFacts) -> bool:
    """Tell whether it is what remains of a source's number after those that it lists."""
    if said.units or not marker("the_rest").search(sentence.text):
        return False
    for quantity, _, _ in source.quantities():
        if quantity.units:
            continue
        for number, value in product(quantity.values, said.values):
            if number - value in source.list_lengths:
                return True
    return False


def is_figure_of_speech(sentence: ClaimSentence, said: Quantity) -> bool:
    """Tell whether a number counts nothing of the story.

    "Half language, half muscle"; "I've got time for four"; the end of "a metre eighty-five".
    """
    if is_imagined(sentence.text):
        return True
    if said.text.casefold() == "half" and not said.bound:
        return _is_loose_half(sentence, said)
    if said.units:
        return False
    if _follows_unit(sentence, said):
        return True
    is_small = max(said.values) <= _MOST_COUNTED
    return is_small and not said.noun and bool(_FIRST_PERSON.search(sentence.text))


def _is_loose_half(sentence: ClaimSentence, said: Quantity) -> bool:
    """Tell whether a half is one of nothing: neither "half of them" nor "cut by half"."""
    is_change = sentence.text[: said.start].casefold().endswith("by ")
    return not is_change and not _SHARE_OF.match(sentence.text, said.end)


def _follows_unit(sentence: ClaimSentence, said: Quantity) -> bool:
    """Tell whether a number is the end of another one, after its unit."""
    words = [word for word in sentence.words if word.start < said.start]
    if not words or not is_unit(words[-1].small):
        return False
    return sentence.text[: said.start].endswith(" ")


def _counts_otherwise(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether the source counts the same things and comes to another number."""
    nouns = (quantity.noun for quantity, _, _ in source.quantities())
    return bool(said.noun) and said.noun in nouns


def _is_count(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether it may count what the source lists, or something that the source lacks."""
    value = min(said.values)
    if value > _MOST_COUNTED:
        return False
    if value in source.list_lengths:
        return True

    # "Five steps" are wrong where the source lists three, whatever it calls them.
    is_list_noun = said.noun in stem_list("list_nouns") and bool(source.bullet_counts)
    return bool(said.noun) and said.noun not in source.keys and not is_list_noun


def _is_part_of_date(said: Quantity, source: SourceFacts) -> bool:
    for day in source.days:
        numbers: list[int] = []
        if day.year:
            numbers.append(day.year)
        if day.day and said.is_place:
            numbers += range(day.day, max(day.day, day.last_day) + 1)
        if not set(said.values).isdisjoint(map(Decimal, numbers)):
            return True
    return False


def _is_part_of_name(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether it belongs to a name or a version.

    `Keelson Two` for `Keelson-2`, `0.5` for `v0.5`.
    """
    number = re.escape(f"{said.values[0]:f}")
    return bool(re.search(rf"[^\W\d_][-–]?{number}(?![\d.]*\d)", source.text))


def _is_length(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether it is the length of a range of dates, or of "a decade" and the like."""
    spans = set(source.spans())
    if not spans.isdisjoint(said.values):
        return True

    times = {amount for dimension, amount in said.amounts() if dimension == "time"}
    sizes = (find_unit(unit).values() for unit in _named_lengths(source.text))
    return not times.isdisjoint(chain.from_iterable(sizes))


def _named_lengths(text: str) -> Iterator[str]:
    """The units of lengths that a text has in words: "a decade", "last year", "weekly"."""
    for unit in _LENGTH.findall(text):
        yield unit.casefold()
    for word in re.findall(r"[a-z]+", text.casefold()):
        if word in _LENGTH_ADVERBS:
            yield _LENGTH_ADVERBS[word]


def _is_sum(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether it is the sum or the difference of two numbers that have its unit."""
    for sentence in source.sentences:
        facts = (figure.fact for figure in read_figures(sentence))
        if _equals_sum(_values_in_unit(facts, said), said):
            return True

    # Numbers without unit are too many, and too unlike, to be summed over the whole story.
    if said.units:
        facts = (quantity for quantity, _, _ in source.quantities())
        return _equals_sum(_values_in_unit(facts, said), said)
    return not said.noun and _is_unscaled_sum(said, source)


def _is_unscaled_sum(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether it is a sum of two amounts, said without their unit and their scale."""
    amounts = [quantity for quantity, _, _ in source.quantities() if quantity.units]
    scaled = [value * scale for value in said.values for scale in _LEFT_OUT_SCALES]
    for left, right in permutations(amounts, 2):
        result = left.values[0] + right.values[0]
        if left.units.keys() == right.units.keys() and _is_said(result, scaled, said):
            return True
    return False


def _values_in_unit(facts: Iterable[Fact], said: Quantity) -> list[Decimal]:
    """The numbers that have the unit of the one that is said."""
    values: list[Decimal] = []
    for fact in facts:
        if isinstance(fact, Quantity) and fact.units.keys() == said.units.keys():
            values.append(fact.values[0])
    return values


def _equals_sum(numbers: list[Decimal], said: Quantity) -> bool:
    for first, second in permutations(numbers[:_MOST_NUMBERS], 2):
        is_difference = _is_said(first - second, said.values, said)
        if is_difference or _is_said(first + second, said.values, said):
            return True

    # Of a share what remains to a hundred may be told: "the other 19 percent" for 81%.
    if "ratio" not in said.units:
        return False
    return any(_is_said(_WHOLE - number, said.values, said) for number in numbers)


def _is_said(result: Decimal, values: Iterable[Decimal], said: Quantity) -> bool:
    """Tell whether a reckoned number is one of the values, as nearly as it is told to be."""
    if said.bound not in ("about", "nearly"):
        return result in values
    return any(is_fair(result, "", value, said.bound) for value in values)


def _is_share(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether two numbers of one kind make the share: "half" for 1 million of 2."""
    part = said.values[0]
    for numbers in _alike_numbers(source):
        for first, second in permutations(numbers[:_MOST_NUMBERS], 2):
            if second and abs(first / second - part) <= _SHARE_REACH * part:
                return True
    return False


def _alike_numbers(source: SourceFacts) -> Iterator[list[Decimal]]:
    """Numbers of one unit, by pairs of neighbouring sentences."""
    figures = [read_figures(sentence) for sentence in source.sentences]
    for here, follows in pairwise([*figures, ()]):
        by_unit: dict[frozenset[str], list[Decimal]] = {}
        for figure in (*here, *follows):
            fact = figure.fact
            if isinstance(fact, Quantity) and fact.units:
                by_unit.setdefault(frozenset(fact.units), []).append(fact.values[0])
        yield from by_unit.values()
