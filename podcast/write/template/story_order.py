"""The order in which a bulletin tells its stories.

As the post has them, or the news of most weight first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from podcast.model import Story
from podcast.write.story_gate import gather_papers
from podcast.write.template.compress import is_news
from podcast.write.template.source_names import SpokenSource
from podcast.write.template.title_text import is_page_name

_FIGURE = re.compile(r"[$€£]\s?\d|\d[\d.,]*\s?(?:%|percent|million|billion)")
_ROUNDUP = re.compile(
    r"\b(?:top|best) \d+\b|^\d+ \w+|\b(?:round-?up|rundown|tracker|guide|webinar|workshop|"
    r"conference)\b",
    re.IGNORECASE,
)
_OWN_SITE = ("owner", "wire", "notice", "platform")


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a story weighs, and why."""

    points: float
    reason: str


def weigh_story(story: Story, first_sentence: str, source: SpokenSource) -> Weight:
    """Weigh a story by what its first sentence tells and by who tells it."""
    grounds = [
        (2.0, "news", is_news(first_sentence)),
        (1.0, "a figure", _FIGURE.search(first_sentence) is not None),
        (1.0, "from the press", source.kind == "press"),
        (-1.0, "from its maker", source.kind in _OWN_SITE),
        (-1.5, "a paper", story.paper),
        (-2.0, "a list or an event", _is_roundup(story.title)),
    ]
    points = sum(value for value, _, applies in grounds if applies)
    return Weight(points, ", ".join(name for _, name, applies in grounds if applies))


def order_by_weight(stories: Sequence[Story], weights: Sequence[Weight]) -> list[Story]:
    """The heaviest story first; equals in the post's order; papers of one reporter together."""
    places = sorted(range(len(stories)), key=lambda place: (-weights[place].points, place))
    return gather_papers([stories[place] for place in places])


def _is_roundup(title: str) -> bool:
    return is_page_name(title) or _ROUNDUP.search(title) is not None
