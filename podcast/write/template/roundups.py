"""Stories that are several items in a row: each is about somebody else."""

from __future__ import annotations

import dataclasses
import re

from podcast.write.template.grammar import HANGS
from podcast.write.template.story_telling import Report
from podcast.write.template.subjects import subject_name

# Names that sentences begin with, so that the story is a round-up.
FEWEST_ITEMS = 3
# The share of its sentences that do so.
MANY_ITEMS = 0.4

# Words of a report that goes on to something else than its beginning.
_SAYS_SO = re.compile(
    r"\b[Oo]ther (?:developments|news|stories|items|headlines)\b|\bAlso, an? new \w+"
)
_LEAD_IS_ROUNDUP = re.compile(
    r"\b(?:rundown|round-?up|digest|(?:news|policy) brief|\d+ (?:\w+ )?stories)\b",
    re.IGNORECASE,
)
_LEAD_IS_LIST = re.compile(
    r"\b(?:stories|companies|rundown|round-?up|startups|start-ups|highlights|brief|items|news|"
    r"updates|developments)\b",
    re.IGNORECASE,
)


def mark_roundup(report: Report) -> Report:
    """Mark a report that goes from one thing to others, and where each of them begins."""
    items = _find_items(report)
    if not _is_roundup(report, items):
        return report
    return dataclasses.replace(report, is_roundup=True, items=frozenset(items))


def _is_roundup(report: Report, items: set[int]) -> bool:
    has_many = len(items) >= max(FEWEST_ITEMS, MANY_ITEMS * len(report.sentences))
    if has_many or _LEAD_IS_ROUNDUP.search(report.lead):
        return True
    return _SAYS_SO.search(" ".join(report.sentences)) is not None


def leads_with_list(report: Report) -> bool:
    """Tell whether the host's lead says that items follow, rather than being one of them."""
    return _LEAD_IS_LIST.search(report.lead) is not None


def _find_items(report: Report) -> set[int]:
    """The places of sentences that begin with the name of somebody new, or add something."""
    if _LEAD_IS_ROUNDUP.search(report.lead):
        return _find_openings(report)
    text = " ".join(report.sentences)
    said = report.lead
    places: set[int] = set()
    for place, sentence in enumerate(report.sentences):
        name = subject_name(sentence, text)
        is_new = name is not None and name.split()[-1] not in said
        if is_new or sentence.startswith("Also, a"):
            places.add(place)
        said = f"{said} {sentence}"
    return places


def _find_openings(report: Report) -> set[int]:
    """The places of sentences that lean on none before them: each is an item of a round-up."""
    openings: set[int] = set()
    for place, sentence in enumerate(report.sentences):
        if place > 0 and not HANGS.match(sentence):
            openings.add(place)
    return openings
