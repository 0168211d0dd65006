"""Holds the sentences of a telling against the source of its story."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from podcast.language.english.claims.actors import find_actor_faults
from podcast.language.english.claims.additions import (
    find_addition_faults,
    find_grave_faults,
    find_supposition_faults,
)
from podcast.language.english.claims.certainty import (
    find_certainty_faults,
    find_done_faults,
    find_plan_faults,
)
from podcast.language.english.claims.clauses import ClaimSentence, parse_sentence
from podcast.language.english.claims.comparisons import find_direction_faults
from podcast.language.english.claims.denials import find_negation_faults
from podcast.language.english.claims.exaggerations import (
    find_loose_faults,
    find_superlative_faults,
)
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.said_names import find_name_faults, find_quotation_faults
from podcast.language.english.claims.said_numbers import find_number_faults
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.speakers import find_attribution_faults
from podcast.language.english.sentence_splitter import split_sentences

_CHECKS: tuple[Callable[[ClaimSentence, SourceFacts], Iterator[Finding]], ...] = (
    find_number_faults,
    find_name_faults,
    find_quotation_faults,
    find_negation_faults,
    find_certainty_faults,
    find_plan_faults,
    find_done_faults,
    find_superlative_faults,
    find_loose_faults,
    find_direction_faults,
    find_attribution_faults,
    find_actor_faults,
    find_addition_faults,
    find_grave_faults,
    find_supposition_faults,
)


def check_sentences(text: str, source: SourceFacts) -> tuple[Finding, ...]:
    """Everything in a text that its source does not support, sentence by sentence."""
    findings: list[Finding] = []
    for sentence in map(parse_sentence, split_sentences(text)):
        for check in _CHECKS:
            findings += check(sentence, source)
    return tuple(dict.fromkeys(findings))
