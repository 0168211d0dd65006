"""Numbers that a source does not have and that follow from it.

Counts, sums, differences, shares, lengths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from podcast.language.english.claims.clauses import ClaimSentence
from podcast.language.english.claims.figure_context import read_figures
from podcast.language.english.claims.phrase_patterns import marker
from podcast.language.english.claims.quantities import Quantity, find_unit, is_fair, is_unit
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.statement_form import is_imagined
from podcast.language.english.claims.word_forms import stem_list

_MOST_COUNTED = Decimal(12)
_MOST_NUMBERS = 8
"""Numbers of a sentence that are reckoned with."""
_SHARE_REACH = Decimal("0.05")
_WHOLE = Decimal(100)
_SHARE_OF = re.compile(r"\s+(?:of|the|as|its|their|his|her|a|an|that|what)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our|let['’]s)\b")
_LEFT_OUT_SCALES = (Decimal(1), Decimal(10**3), Decimal(10**6), Decimal(10**9))
"""What is left out of "that makes five" where the talk is of millions."""
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
    if _is_sum(said, source):
        return True
    if said.units or said.bound not in ("", "about"):
        return False
    return (
        _is_count(said, source)
        or _is_part_of_date(said, source)
        or _is_part_of_name(said, source)
        or said.text in source.plain_text.split()
    )


def is_the_rest(sentence: ClaimSentence, said: Quantity, source: SourceFacts) -> bool:
    """Tell whether it is what remains of a source's number, after those that the source lists."""
    if said.units or not marker("the_rest").search(sentence.text):
        return False
    counts = [quantity.values for quantity, _, _ in source.quantities() if not quantity.units]
    numbers = {value for values in counts for value in values}
    return any(
        number - value in source.list_lengths for number in numbers for value in said.values
    )


def is_figure_of_speech(sentence: ClaimSentence, said: Quantity) -> bool:
    """Tell whether a number counts nothing of the story.

    "Half language, half muscle"; "I've got time for four"; the end of "a metre eighty-five".
    """
    if is_imagined(sentence.text):
        return True
    before, after = sentence.text[: said.start], sentence.text[said.end :]
    if said.text.casefold() == "half" and not said.bound:
        return not _SHARE_OF.match(after) and not before.casefold().endswith("by ")
    if said.units:
        return False
    words = [word for word in sentence.words if word.start < said.start]
    if words and is_unit(words[-1].small) and before.endswith(" "):
        return True
    is_small = max(said.values) <= _MOST_COUNTED
    return is_small and not said.noun and bool(_FIRST_PERSON.search(sentence.text))


def _counts_otherwise(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether the source counts the same things and comes to another number."""
    return bool(said.noun) and any(
        quantity.noun == said.noun for quantity, _, _ in source.quantities()
    )


def _is_count(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether it may count what the source lists, or something of which the source knows nothing."""
    value = min(said.values)
    if value > _MOST_COUNTED:
        return False
    if value in source.list_lengths:
        return True
    is_list_noun = said.noun in stem_list("list_nouns") and bool(source.bullet_counts)
    return bool(said.noun) and said.noun not in source.keys and not is_list_noun


def _is_part_of_date(said: Quantity, source: SourceFacts) -> bool:
    for day in source.days:
        days = range(day.day, max(day.day, day.last_day) + 1) if day.day else ()
        if said.is_place and any(Decimal(number) in said.values for number in days):
            return True
        if day.year and Decimal(day.year) in said.values:
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
    if any(value in source.spans() for value in said.values):
        return True
    lengths = {
        size for unit in _named_lengths(source.text) for size in find_unit(unit).values()
    }
    return any(amount in lengths for dimension, amount in said.amounts() if dimension == "time")


def _named_lengths(text: str) -> Iterator[str]:
    yield from (unit.casefold() for unit in _LENGTH.findall(text))
    for word in re.findall(r"[a-z]+", text.casefold()):
        if word in _LENGTH_ADVERBS:
            yield _LENGTH_ADVERBS[word]


def _is_sum(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether it is the sum or the difference of two numbers of the source that have its unit."""
    if any(_equals_sum(group, said) for group in _numbers_by_sentence(said, source)):
        return True
    if said.units:
        every = [
            q.values[0]
            for q, _, _ in source.quantities()
            if q.units.keys() == said.units.keys()
        ]
        return _equals_sum(every, said)
    amounts = [quantity for quantity, _, _ in source.quantities() if quantity.units]
    return not said.noun and any(
        _equals(left.values[0] + right.values[0], value * scale, said)
        for left, right in permutations(amounts, 2)
        if left.units.keys() == right.units.keys()
        for value in said.values
        for scale in _LEFT_OUT_SCALES
    )


def _numbers_by_sentence(said: Quantity, source: SourceFacts) -> Iterator[list[Decimal]]:
    for sentence in source.sentences:
        facts = (figure.fact for figure in read_figures(sentence))
        yield [
            fact.values[0]
            for fact in facts
            if isinstance(fact, Quantity) and fact.units.keys() == said.units.keys()
        ]


def _equals_sum(numbers: list[Decimal], said: Quantity) -> bool:
    for first, second in permutations(numbers[:_MOST_NUMBERS], 2):
        for result in (first - second, first + second):
            if any(_equals(result, value, said) for value in said.values):
                return True
    return "ratio" in said.units and any(
        _equals(_WHOLE - number, value, said) for number in numbers for value in said.values
    )


def _equals(result: Decimal, value: Decimal, said: Quantity) -> bool:
    is_rough = said.bound in ("about", "nearly")
    return is_fair(result, "", value, said.bound) if is_rough else result == value


def _is_share(said: Quantity, source: SourceFacts) -> bool:
    """Tell whether two numbers of a source's sentence make the share: "half" for 1 million of 2."""
    part = said.values[0]
    return any(
        second and abs(first / second - part) <= _SHARE_REACH * part
        for numbers in _alike_numbers(source)
        for first, second in permutations(numbers[:_MOST_NUMBERS], 2)
    )


def _alike_numbers(source: SourceFacts) -> Iterator[list[Decimal]]:
    """Numbers of one unit, by pairs of neighbouring sentences."""
    facts = [
        [figure.fact for figure in read_figures(sentence)] for sentence in source.sentences
    ]
    for here, follows in zip(facts, [*facts[1:], []], strict=True):
        by_unit: dict[frozenset[str], list[Decimal]] = {}
        for fact in (*here, *follows):
            if isinstance(fact, Quantity) and fact.units:
                by_unit.setdefault(frozenset(fact.units), []).append(fact.values[0])
        yield from by_unit.values()
