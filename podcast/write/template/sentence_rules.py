"""The rules that make a written sentence fit for the ear, in the order in which they are tried.

Each rule has a name, and in `rule_examples.toml` examples of what it does and sentences that it must leave
alone; a test holds it to both. A rule that is not sure does nothing. No rule touches hedges, negation,
tense, who says or does what, numbers, quotations, lists of people, or conditions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from podcast.write.template import attribution, dividing, empty_talk, plain_wording
from podcast.write.template.grammar import LONGEST_SENTENCE
from podcast.write.template.rewritten import SentenceRule

RULES: tuple[SentenceRule, ...] = (
    SentenceRule("drop connective", plain_wording.drop_connective, "it only joins paragraphs"),
    SentenceRule(
        "drop praising opening", plain_wording.drop_praising_opening, "it only praises"
    ),
    SentenceRule("say piece", plain_wording.say_piece),
    SentenceRule("say finally", plain_wording.say_finally),
    SentenceRule("say speaker first", attribution.say_speaker_first),
    SentenceRule("say source first", attribution.say_source_first),
    SentenceRule("say according first", attribution.say_according_first),
    SentenceRule("drop stray comma", plain_wording.drop_stray_comma),
    SentenceRule("plain words", plain_wording.use_plain_words),
    SentenceRule(
        "drop empty end", empty_talk.drop_empty_end, "it says only that something matters"
    ),
    SentenceRule("drop praise", plain_wording.drop_praise, "it only praises"),
    SentenceRule("divide at semicolon", dividing.divide_at_semicolon),
    SentenceRule("divide at opening", dividing.divide_at_opening),
    SentenceRule("divide at clause", dividing.divide_at_clause),
    SentenceRule("divide at aim", dividing.divide_at_aim),
    SentenceRule("divide at including", dividing.divide_at_including),
    SentenceRule("divide at tail", dividing.divide_at_tail),
    SentenceRule("divide at consequence", dividing.divide_at_consequence),
    SentenceRule("divide at with", dividing.divide_at_with),
    SentenceRule("divide at which", dividing.divide_at_which),
    SentenceRule("divide at aside", dividing.divide_at_aside),
)


@dataclass(slots=True)
class Rewriting:
    """The sentences that are spoken for one of the post, and what they leave out, with the reason."""

    sentences: list[str]
    left_out: list[tuple[str, str]] = field(default_factory=list)


def rewrite_sentence(sentence: str) -> Rewriting:
    """Put a sentence through every rule in turn."""
    rewriting = Rewriting([sentence])
    if len(sentence) > LONGEST_SENTENCE:
        return rewriting
    for rule in RULES:
        _apply(rule, rewriting)
    return rewriting


def _apply(rule: SentenceRule, rewriting: Rewriting) -> None:
    sentences: list[str] = []
    for sentence in rewriting.sentences:
        rewritten = rule.rewrite(sentence)
        if rewritten is None:
            sentences.append(sentence)
            continue
        sentences += rewritten.sentences
        if rewritten.left_out:
            rewriting.left_out.append((rewritten.left_out, rule.reason))
    rewriting.sentences = sentences
