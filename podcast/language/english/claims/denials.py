"""Finds what a sentence asserts and its source denies, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from podcast.language.english.claims.clauses import ClaimSentence
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.source_match import find_matches
from podcast.language.english.claims.statement_form import supposes_something


def find_negation_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Verbs that are denied on one side alone."""
    if not supposes_something(sentence):
        return
    for clause in sentence.clauses:
        if clause.is_open:
            continue
        for place, word in enumerate(clause.words):
            if not word.is_verb or not word.is_content:
                continue
            is_denied = clause.is_negated(place)
            matches = find_matches(word, clause, sentence, source)
            if not any(match.word.stem == word.stem for match in matches):
                continue  # A like word is not near enough: "nobody filmed it" denies no video.
            if is_denied is None or not matches or any(m.is_denied in (None, is_denied) for m in matches):
                continue
            what = f'the source affirms "{word.text}"' if is_denied else f'the source denies "{word.text}"'
            yield Finding("negation", sentence.text, what, matches[0].sentence.text)
            return
