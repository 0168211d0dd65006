"""What the host asks between a reporter's sentences.

A question is asked only where the sentence after it answers it in its first words, and never
about what nobody has spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from podcast.language.english.word_data import first_large, load
from podcast.write.template.grammar import LONGEST_SENTENCE


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A kind of question, and the sentences that answer it."""

    key: str
    """The list of phrases: `ask.price`."""
    weight: int
    """How well it sounds; of two the better is asked."""
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    after: re.Pattern[str] | None
    """What the story must have said before."""
    not_after: re.Pattern[str] | None
    """What the last sentence must not have: nobody asks for what was just said."""
    drops: re.Pattern[str] | None
    """The opening that the answer loses: `However, `."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that one sentence answers."""

    kind: QuestionKind
    fields: Mapping[str, str]
    """What fills its phrase: `{"noun": "study"}`."""
    answer: str
    """The sentence, as it is said after the question."""


@cache
def question_kinds() -> tuple[QuestionKind, ...]:
    """Read the questions of `questions.toml`, the best first."""
    rows = sorted(load("questions")["question"], key=lambda row: -int(row["weight"]))
    return tuple(
        QuestionKind(
            str(row["key"]),
            int(row["weight"]),
            re.compile(row["pattern"], re.VERBOSE),
            *(
                re.compile(row[part], re.VERBOSE) if part in row else None
                for part in ("unless", "after", "not_after", "drops")
            ),
        )
        for row in rows
    )


def find_question(sentence: str, said: str, last: str) -> Question | None:
    """Find the best question that a sentence answers.

    `said` is all that the story has told before, `last` its last sentence.
    """
    beginning = sentence[:LONGEST_SENTENCE]
    for kind in question_kinds():
        match = kind.pattern.search(beginning)
        if match and _is_invited(kind, beginning, said, last):
            answer = (
                first_large(kind.drops.sub("", sentence, count=1)) if kind.drops else sentence
            )
            fields = {name: (text or "").lower() for name, text in match.groupdict().items()}
            if fields.get("office") == "ceo":
                fields["office"] = "CEO"
            return Question(kind, fields, answer)
    return None


def _is_invited(kind: QuestionKind, sentence: str, said: str, last: str) -> bool:
    """Tell whether what was said before allows the question."""
    if kind.unless is not None and kind.unless.search(sentence):
        return False
    if kind.not_after is not None and kind.not_after.search(last):
        return False
    return kind.after is None or kind.after.search(said[-LONGEST_SENTENCE:]) is not None
