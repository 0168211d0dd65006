"""Checks the answers of a model that was asked for the source's own words behind each sentence.

The model does not judge: it shows. Code looks whether the words that it shows are in the
source, and whether they alone carry what the sentence says.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from podcast.language.english.claims.clauses import (
    ClaimSentence,
    drop_sharing,
    parse_sentence,
)
from podcast.language.english.claims.figure_context import read_figures
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.sentence_check import check_sentences
from podcast.language.english.claims.source_facts import SourceFacts, plain_words
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.sentence_splitter import split_sentences

# The part of a claim's words that the shown words must have: fewer, and they say something
# else.
#
# A talk says things in words of its own: with 0.3, three of twenty true sentences were sent
# back.
ENOUGH_CARRIED = 0.15
# Words of a claim from which that can be told.
FEWEST_JUDGED = 3


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """What a model shows for one sentence of a telling."""

    sentence: str
    words: tuple[str, ...] = ()
    """Passages of the source, verbatim; none where it has none."""
    is_claim: bool = True
    """False for a sentence that says nothing of the story: a greeting, a picture, an open
    question."""


def check_evidence(
    text: str, shown: Sequence[ShownEvidence], source: SourceFacts
) -> tuple[Finding, ...]:
    """Everything in a text that its source does not support, or no words were shown for."""
    answers = {plain_words(answer.sentence): answer for answer in shown}
    findings = list(check_sentences(text, source))
    for sentence in map(parse_sentence, split_sentences(text)):
        findings += _check_answer(sentence, answers.get(plain_words(sentence.text)), source)

    # Both may find the same: the last, of the shown words, says more of where it looked.
    return tuple({(finding.sentence, finding.what): finding for finding in findings}.values())


def _check_answer(
    sentence: ClaimSentence, answer: ShownEvidence | None, source: SourceFacts
) -> Iterator[Finding]:
    if answer is None:
        yield Finding("evidence", sentence.text, "no evidence was shown for this sentence")
        return
    if not answer.is_claim:
        if _claims_something(sentence, source):
            what = "this says something of the story, and no evidence was shown"
            yield Finding("evidence", sentence.text, what)
        return
    if not answer.words:
        yield Finding("evidence", sentence.text, "the source has no words that say this")
        return

    for words in answer.words:
        if f" {plain_words(words)} " not in source.plain_text:
            what = f'the words shown are not in the source: "{words}"'
            yield Finding("evidence", sentence.text, what)
            return

    yield from _check_against_shown(sentence, answer, source)


def _claims_something(sentence: ClaimSentence, source: SourceFacts) -> bool:
    """Tell whether a sentence has a figure, or a name of the story, and is no open question."""
    if not supposes_something(sentence):
        return False
    names = [word for word in sentence.words if word.is_name and word.is_content]
    return bool(read_figures(sentence) or drop_sharing(names, source.known_name_keys))


def _check_against_shown(
    sentence: ClaimSentence, answer: ShownEvidence, source: SourceFacts
) -> Iterator[Finding]:
    """Faults of a sentence where the source were no more than the words shown."""
    shown = " ... ".join(answer.words)
    narrow = dataclasses.replace(source, text="\n\n".join(answer.words), other_texts=())
    for finding in check_sentences(sentence.text, narrow):
        # The whole story has the name, and where words are shown, "it" may stand for it.
        if finding.kind != "name":
            what = f"the words shown do not carry this: {finding.what}"
            yield dataclasses.replace(finding, what=what, source=shown)

    said = drop_sharing(sentence.content, source.known_name_keys)
    carried = source.count_sharing(said, narrow.keys)
    if len(said) >= FEWEST_JUDGED and carried < ENOUGH_CARRIED * len(said):
        what = "the words shown say something else"
        yield Finding("evidence", sentence.text, what, shown)
