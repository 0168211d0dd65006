"""The rules that make a written sentence fit for the ear, in the order in which they are tried.

Each rule has a name, and in `rule_examples.toml` examples of what it does and sentences that it
must leave alone; a test holds it to both. A rule that is not sure does nothing. No rule touches
hedges, negation, tense, who says or does what, numbers, quotations, lists of people, or
conditions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from podcast.write.template import (
    attribution,
    divided_clauses,
    divided_openings,
    divided_participles,
    divided_tails,
    empty_talk,
    plain_wording,
    press_verbs,
)
from podcast.write.template.grammar import LONGEST_SENTENCE
from podcast.write.template.rewritten import SentenceRule

RULES: tuple[SentenceRule, ...] = (
    SentenceRule("drop connective", plain_wording.drop_connective, "it only joins paragraphs"),
    SentenceRule(
        "drop praising opening", plain_wording.drop_praising_opening, "it only praises"
    ),
    SentenceRule("say piece", plain_wording.say_piece, "it speaks of the page"),
    SentenceRule("say finally", plain_wording.say_finally),
    SentenceRule("say speaker first", attribution.say_speaker_first),
    SentenceRule("say source first", attribution.say_source_first),
    SentenceRule("say according first", attribution.say_according_first),
    SentenceRule("drop stray comma", plain_wording.drop_stray_comma),
    SentenceRule("drop empty end", empty_talk.drop_empty_end, empty_talk.EMPTY),
    SentenceRule("plain words", plain_wording.use_plain_words),
    SentenceRule("drop praise", plain_wording.drop_praise, "it only praises"),
    SentenceRule("divide at semicolon", divided_clauses.divide_at_semicolon),
    SentenceRule("divide at opening", divided_openings.divide_at_opening),
    SentenceRule("divide at active opening", divided_openings.divide_at_active_opening),
    SentenceRule("divide at clause", divided_clauses.divide_at_clause),
    SentenceRule("divide at aim", divided_tails.divide_at_aim),
    SentenceRule("divide at including", divided_tails.divide_at_including),
    SentenceRule("divide at tail", divided_participles.divide_at_tail),
    SentenceRule("divide at consequence", divided_participles.divide_at_consequence),
    SentenceRule("divide at with", divided_tails.divide_at_with),
    SentenceRule("divide at which", divided_clauses.divide_at_which),
    SentenceRule("divide at aside", divided_openings.divide_at_aside),
    SentenceRule("say press verb", press_verbs.say_press_verb),
)


@dataclass(slots=True)
class Rewriting:
    """The sentences spoken for one of the post, and what they leave out, with the reason."""

    sentences: list[str]
    left_out: list[tuple[str, str]] = field(default_factory=list)


# Called with words and the reason why they may go; whether the story can do without them.
MayLeaveOut = Callable[[str, str], bool]


def rewrite_sentence(
    sentence: str, may_leave_out: MayLeaveOut = lambda _words, _reason: True
) -> Rewriting:
    """Put a sentence through every rule in turn."""
    rewriting = Rewriting([sentence])
    if len(sentence) > LONGEST_SENTENCE:
        return rewriting
    for rule in RULES:
        _apply(rule, rewriting, may_leave_out)
    return rewriting


def _apply(rule: SentenceRule, rewriting: Rewriting, may_leave_out: MayLeaveOut) -> None:
    sentences: list[str] = []
    for sentence in rewriting.sentences:
        rewritten = rule.rewrite(sentence)
        words = rewritten.left_out if rewritten else ""
        if rewritten is None or (words and not may_leave_out(words, rule.reason)):
            sentences.append(sentence)
            continue
        sentences += rewritten.sentences
        if words:
            rewriting.left_out.append((words, rule.reason))
    rewriting.sentences = sentences
