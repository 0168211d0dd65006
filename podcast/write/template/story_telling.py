"""One story as turns: the host leads in, the reporter tells, the host asks in between."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from podcast.model import Story, Turn
from podcast.write.template.dealing import Dealer
from podcast.write.template.host_questions import (
    Question,
    best_question,
    changes_subject,
    last_figure,
    new_name,
    new_thing,
    quoted_person,
)
from podcast.write.template.source_names import SpokenSource

LONGEST_REPORT = 60
"""Words that a reporter says at most before the host says something, where sentences allow it."""
GOOD = 5
"""Weight from which a question is worth a break of its own."""
EARLY = 22
"""Words after which a good question may break the report."""
LONGEST_LEAD = 38
"""Words that the host's lead-in has at most."""

_HANGING = re.compile(
    r"^(?:This|That|These|Those|It|They|He|She|His|Her|Its|Their|However|But|And|Still|Such|"
    r"Here|There|The latter|"
    r"Also|Both|Another|Other)\b"
)
POINTS_BACK = re.compile(
    r"^(?:However|But|Yet|This|That|These|Those|It|They|He|She|His|Her|Its|Their|Such|Both|Here)\b"
)
"""A sentence that points back to the one before it."""
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")
_WORK = re.compile(
    r"^(?:The|This)(?: recent| new)? (?P<kind>paper|article|study|research|guide|"
    r"piece)(?=,? (?:\w+ly )?[a-z]+s\b)"
)


@dataclass(frozen=True, slots=True)
class Report:
    """What the reporter has to say, and how the host leads in."""

    lead: str
    """The host's first sentences; empty when the reporter begins."""
    sentences: tuple[str, ...]
    names_source: bool
    """Whether the lead says where the story comes from."""


def plan_report(story: Story, sentences: list[str], source: SpokenSource) -> Report:
    """Give the host the first sentence, where it stands on its own and leaves the reporter enough."""
    first, rest = sentences[0], tuple(sentences[1:])
    enough = sum(len(sentence.split()) for sentence in rest) >= 12
    if not enough or len(first.split()) > LONGEST_LEAD or _FIRST_PERSON.search(first):
        return Report("", tuple(sentences), names_source=False)

    work = _WORK.match(first)
    if work and source.place:
        noun = "paper" if work["kind"] == "research" else work["kind"]
        is_new = noun in ("paper", "study") and story.paper
        article = "A new" if is_new else "An" if noun[0] == "a" else "A"
        return Report(f"{article} {noun} {source.place}{first[work.end() :]}", rest, names_source=True)

    if _HANGING.match(first):
        return Report("", tuple(sentences), names_source=False)
    return Report(first, rest, names_source=False)


def report_turns(
    report: Report, reporter: str, host: str, first_name: str, dealer: Dealer, manner: str
) -> list[Turn]:
    """The reporter's sentences in passages, with the host's questions between them."""
    turns: list[Turn] = []
    passage: list[str] = []
    remaining = list(report.sentences)
    said = report.lead
    while remaining:
        sentence = remaining[0]
        if _breaks_before(sentence, passage, remaining):
            turns.append(Turn(reporter, " ".join(passage)))
            said = f"{said} {turns[-1].text}"
            turns.append(Turn(host, _host_line(sentence, said, turns[-1].text, first_name, dealer, manner)))
            passage = []
        passage.append(sentence)
        remaining.pop(0)
    if passage:
        turns.append(Turn(reporter, " ".join(passage)))
    return turns


def _breaks_before(sentence: str, passage: list[str], remaining: list[str]) -> bool:
    """Whether the host comes in before the sentence."""
    words = _count(passage)
    if words < 12:
        return False
    if words + len(sentence.split()) > LONGEST_REPORT:
        return True
    question = _question_before(sentence)
    weight = question.weight if question else 0
    return weight >= GOOD and words >= EARLY and _count(remaining) >= 10


_OF_THE_SAME = frozenset(
    (
        "ask.money",
        "ask.price",
        "ask.figures",
        "ask.when",
        "ask.who",
        "ask.results",
        "ask.method",
        "ask.inside",
    )
)
"""Questions that ask for more of what was just told: a sentence about something else answers none of them."""
_SAID = Question("ask.said", re.compile(r"(?!)"), 8)


def _question_before(sentence: str) -> Question | None:
    return _SAID if quoted_person(sentence) else best_question(sentence)


def _host_line(sentence: str, said: str, passage: str, first_name: str, dealer: Dealer, manner: str) -> str:
    """What the host says before a sentence: a question that it answers, or a remark on what was said."""
    question = _question_before(sentence)
    if question and question.key in _OF_THE_SAME and changes_subject(sentence, said):
        question = None
    name = new_name(sentence, said)
    thing = new_thing(sentence)
    figure = last_figure(passage.rpartition(". ")[2]) or last_figure(passage)
    choices = [
        (
            question.key if question and question.weight >= GOOD else "",
            {"person": quoted_person(sentence) or ""},
        ),
        ("ask.name" if name else "", {"name": name or ""}),
        (question.key if question else "", {"person": ""}),
        ("ask.echo" if figure else "", {"figure": figure or ""}),
        ("ask.thing" if thing else "", {"thing": thing or ""}),
        *((f"remark.{key}", {}) for key in dict.fromkeys((manner, "plain", "warm", "brisk"))),
    ]
    for key, fields in choices:
        line = dealer.deal_once(key, first=first_name, **fields) if key else None
        if line:
            return line
    return dealer.deal("remark.plain", first=first_name)


def _count(sentences: Iterable[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)
