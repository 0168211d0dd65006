"""The host's lead-in to a story: its first sentence, its source, and who goes on."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from podcast.model import Story
from podcast.write.template.dealing import Dealer
from podcast.write.template.grammar import POINTS_BACK
from podcast.write.template.host_questions import Question, find_question
from podcast.write.template.promises import Promise, find_promises
from podcast.write.template.roundups import leads_with_list, mark_roundup
from podcast.write.template.source_names import SpokenSource
from podcast.write.template.story_telling import Report, list_questions

# The list of phrases for each kind of source.
_BANKS = {
    "press": "press",
    "owner": "owner",
    "research": "paper",
    "platform": "post",
    "notice": "post",
    "wire": "post",
}
# Nobody asks what else there is before a word was told.
_OPEN_QUESTION = "ask.else"


@dataclass(frozen=True, slots=True)
class HandOver:
    """A story of a reporter, and who the reporter is to the listener by now."""

    story: Story
    source: SpokenSource
    report: Report
    name: str
    """As it is said: the whole name the first time, then the first name."""
    first_name: str
    is_known: bool
    """True when the reporter has told a story already."""
    goes_on: bool
    """True when the reporter told the story before this one."""

    @property
    def fields(self) -> dict[str, str]:
        """What fills the phrases."""
        return {
            "name": self.name,
            "first": self.first_name,
            "source": self.source.name,
            "place": self.source.place,
        }


@dataclass(frozen=True, slots=True)
class LeadIn:
    """What the host says before a story, and what the reporter has to tell after that."""

    said: list[str]
    report: Report


def lead_in(hand_over: HandOver, dealer: Dealer) -> LeadIn:
    """Say the story's first sentence, its source, and who goes on.

    Where the reporter's first sentence answers a question, the host asks it. Where its first
    word points back to the lead, the reporter is announced before that.
    """
    report = mark_roundup(hand_over.report)
    hand_over = dataclasses.replace(hand_over, report=report)
    if not report.lead:
        return LeadIn([_announce_alone(hand_over, dealer)], report)

    question = find_question(report.sentences[0], report.lead, report.lead)
    if question is not None and question.kind.key != _OPEN_QUESTION:
        asked = _ask(hand_over, question, dealer)
        sentences = (question.answer, *report.sentences[1:])
        answered = dataclasses.replace(report, sentences=sentences, asked=question.kind.key)
        return LeadIn([report.lead, asked], answered)

    if POINTS_BACK.match(report.sentences[0]):
        return LeadIn([_announce_before(hand_over, dealer), report.lead], report)
    return LeadIn([report.lead, _announce_after(hand_over, dealer)], report)


def _announce_alone(hand_over: HandOver, dealer: Dealer) -> str:
    source = hand_over.source
    is_sourced = bool(source.name) and source.kind not in ("wire", "research")
    return dealer.deal("bare.sourced" if is_sourced else "bare.any", **hand_over.fields)


def _announce_before(hand_over: HandOver, dealer: Dealer) -> str:
    source, fields = hand_over.source, hand_over.fields
    is_sourced = bool(source.name) and not hand_over.report.names_source
    if source.kind == "research":
        work = "a paper" if hand_over.story.paper else "an article"
        fields["source"] = f"{work} {source.place}"
    key = "known" if hand_over.is_known else "new"
    ending = "_sourced" if is_sourced and source.kind != "wire" else ""
    return dealer.deal(f"before.{key}{ending}", **fields)


def _ask(hand_over: HandOver, question: Question, dealer: Dealer) -> str:
    """Name the source, then ask the reporter what the first sentence answers."""
    words = dealer.deal(question.kind.key, **question.fields)
    small = words[0].lower() + words[1:]
    asked = dealer.deal("promise.asks", **hand_over.fields, question=small)
    return " ".join([*name_source(hand_over, dealer), asked])


def _announce_after(hand_over: HandOver, dealer: Dealer) -> str:
    """Name the source, then promise what the reporter's words have.

    Of a round-up, that they have other things. Where they have nothing of a known kind, source
    and reporter share a sentence.
    """
    if hand_over.report.is_roundup:
        key = "items" if leads_with_list(hand_over.report) else "others"
        others = dealer.deal(f"promise.{key}", **hand_over.fields)
        return " ".join([*name_source(hand_over, dealer), others])

    promise = _choose_promise(hand_over, dealer)
    if promise is not None:
        fields = {**hand_over.fields, **promise.fields}
        promised = dealer.deal(f"promise.{promise.key}", **fields)
        return " ".join([*name_source(hand_over, dealer), promised])

    bank = _bank_of(hand_over)
    if bank:
        return dealer.deal(f"handover.{bank}", **hand_over.fields)
    if hand_over.goes_on:
        return dealer.deal("promise.same", **hand_over.fields)
    key = "again" if hand_over.is_known else "any"
    return dealer.deal(f"promise.{key}", **hand_over.fields)


def _choose_promise(hand_over: HandOver, dealer: Dealer) -> Promise | None:
    """A promise of a kind that this script has not made; None where there is none."""
    report = hand_over.report
    told = " ".join(report.sentences)
    asked = list_questions(report)
    for promise in find_promises(report.lead, told, asked):
        if not dealer.has_dealt(f"promise.{promise.key}"):
            return promise
    return None


def name_source(hand_over: HandOver, dealer: Dealer) -> list[str]:
    """A sentence that names the story's source; none where that is said, or not known."""
    bank = _bank_of(hand_over)
    return [dealer.deal(f"source.{bank}", **hand_over.fields)] if bank else []


def _bank_of(hand_over: HandOver) -> str:
    """The lists that fit the story's source; empty where the source is not to be named."""
    bank = _BANKS.get(hand_over.source.kind, "")
    if bank == "paper" and not hand_over.story.paper:
        return ""

    name = hand_over.source.name.removeprefix("the ")
    is_in_lead = bank == "press" and name in hand_over.report.lead
    return "" if hand_over.report.names_source or is_in_lead else bank
