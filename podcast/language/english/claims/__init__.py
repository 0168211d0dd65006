"""A fact check: does the source of a story support a sentence that tells it?"""

from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.sentence_check import check_sentences
from podcast.language.english.claims.source_facts import SourceFacts

__all__ = ["Finding", "SourceFacts", "check_sentences"]
