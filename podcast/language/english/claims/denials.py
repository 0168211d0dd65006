"""Finds what a sentence asserts and its source denies, or the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord, Clause
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.source_match import SourceMatch, find_matches
from podcast.language.english.claims.statement_form import supposes_something

_SHORT = 5
"""Words of a sentence whose verb may stand for all of it: "nobody was hurt"."""


def find_negation_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Verbs that are denied on one side alone."""
    if not supposes_something(sentence):
        return
    for clause in sentence.clauses:
        if clause.is_open or clause.is_half_denied:
            continue
        for place, word in enumerate(clause.words):
            if not word.is_verb or not word.is_content:
                continue
            is_denied = clause.is_negated(place)
            matches = find_matches(word, clause, sentence, source)
            matches = [match for match in matches if _is_about_same(match, word, clause, sentence)]
            if not any(match.word.stem == word.stem for match in matches):
                continue  # A like word is not near enough: "nobody filmed it" denies no video.
            if is_denied is None or not matches or any(m.is_denied in (None, is_denied) for m in matches):
                continue
            what = f'the source affirms "{word.text}"' if is_denied else f'the source denies "{word.text}"'
            yield Finding("negation", sentence.text, what, matches[0].sentence.text)
            return


def _is_about_same(match: SourceMatch, word: ClaimWord, clause: Clause, sentence: ClaimSentence) -> bool:
    """Whether the source's sentence has another word of the very clause, not only of the sentence."""
    if match.clause.is_half_denied:
        return False
    others = [other for other in clause.content if not other.keys & word.keys]
    if not others:
        return len(sentence.content) <= _SHORT
    return not match.shared or any(other.keys & match.sentence.all_keys for other in others)
