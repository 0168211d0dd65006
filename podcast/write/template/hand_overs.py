"""How the host leads in to a story: its first sentence, where it comes from, and who goes on."""

from __future__ import annotations

from dataclasses import dataclass

from podcast.model import Story
from podcast.write.template.dealing import Dealer
from podcast.write.template.grammar import POINTS_BACK
from podcast.write.template.source_names import SpokenSource
from podcast.write.template.story_telling import Report

_BANKS = {
    "press": "press",
    "owner": "owner",
    "research": "paper",
    "platform": "post",
    "notice": "post",
    "wire": "post",
}
"""The list of phrases for each kind of source."""


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
    """Whether the reporter has told a story already."""
    goes_on: bool
    """Whether the reporter told the story before this one."""

    @property
    def fields(self) -> dict[str, str]:
        """What fills the phrases."""
        return {
            "name": self.name,
            "first": self.first_name,
            "source": self.source.name,
            "place": self.source.place,
        }


def lead_in(hand_over: HandOver, dealer: Dealer) -> list[str]:
    """Say the story's first sentence, its source, and who goes on.

    The reporter is announced before the lead where the reporter's first word points back to it.
    """
    report = hand_over.report
    if not report.lead:
        return [_announce_alone(hand_over, dealer)]
    if POINTS_BACK.match(report.sentences[0]):
        return [_announce_before(hand_over, dealer), report.lead]
    return [report.lead, _announce_after(hand_over, dealer)]


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


def _announce_after(hand_over: HandOver, dealer: Dealer) -> str:
    bank = _BANKS.get(hand_over.source.kind, "")
    is_paper = bank != "paper" or hand_over.story.paper
    if bank and is_paper and not _is_named(hand_over, bank):
        return dealer.deal(f"handover_sourced.{bank}", **hand_over.fields)
    if hand_over.goes_on:
        return dealer.deal("handover.same", **hand_over.fields)
    key = "again" if hand_over.is_known else "new"
    return dealer.deal(f"handover.{key}", **hand_over.fields)


def _is_named(hand_over: HandOver, bank: str) -> bool:
    """Whether the lead says already where the story comes from."""
    name = hand_over.source.name.removeprefix("the ")
    return hand_over.report.names_source or (bank == "press" and name in hand_over.report.lead)
