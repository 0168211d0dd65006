"""A fact check: does the source of a story support a sentence that tells it?

`check_sentences` finds by rules what a source does not support; `kinds.toml` lists the kinds
with examples. `check_evidence` does so for a model's answer that shows the source's own words
behind each sentence.
"""

from podcast.language.english.claims.evidence_check import ShownEvidence, check_evidence
from podcast.language.english.claims.finding import Finding, Kind, load_kinds
from podcast.language.english.claims.sentence_check import check_sentences
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.statement_form import is_about_programme

__all__ = [
    "Finding",
    "Kind",
    "ShownEvidence",
    "SourceFacts",
    "check_evidence",
    "check_sentences",
    "is_about_programme",
    "load_kinds",
]
