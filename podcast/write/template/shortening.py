"""Leaves the least important sentences out until the script has the length that was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from podcast.model import LeftOut
from podcast.write.template.grammar import HANGS
from podcast.write.template.story_text import SpokenStory

LEAST = 3
"""Sentences that a story keeps."""


def shorten_stories(stories: Sequence[SpokenStory], words: int) -> None:
    """Leave out sentences, the least important first, until at most `words` are left or none can go."""
    total = sum(_count(story) for story in stories)
    while total > words:
        choice = min(
            (candidate for story in stories for candidate in _candidates(story)),
            key=lambda candidate: candidate[0],
            default=None,
        )
        if choice is None:
            return
        _, story, paragraph, place = choice
        sentence = story.paragraphs[paragraph].pop(place)
        story.left_out.append(
            LeftOut(
                "sentence",
                sentence,
                "the episode has the length that was asked for",
                story.line,
            )
        )
        total -= len(sentence.split())


def _candidates(story: SpokenStory) -> list[tuple[float, SpokenStory, int, int]]:
    """The sentences that may go, each with its weight. The first of a story stays."""
    if len(story.sentences) <= LEAST:
        return []
    found = []
    flat = 0
    count = len(story.sentences)
    for number, paragraph in enumerate(story.paragraphs):
        for place, sentence in enumerate(paragraph):
            flat += 1
            following = paragraph[place + 1] if place + 1 < len(paragraph) else ""
            counted = re.match(r"(?:First|Second|Third|Fourth|Fifth|Sixth|And last),", sentence)
            announces = (
                re.search(r"\b(?:two|three|four|five|six|seven)\b", sentence)
                and place == len(paragraph) - 1
            )
            if flat == 1 or HANGS.match(following) or counted or announces:
                continue
            found.append((_weigh(sentence, flat / count), story, number, place))
    return found


def _weigh(sentence: str, depth: float) -> float:
    """How much a sentence matters: figures, people and results do, and what stands early."""
    weight = 2.0 - depth
    weight += 0.8 * bool(re.search(r"\d|[$€£%]", sentence))
    weight += 0.6 * bool(
        re.search(
            r"\b(?:However|but|despite|critics|concerns?|risks?)\b", sentence, re.IGNORECASE
        )
    )
    weight += 0.4 * bool(
        re.search(r"\b(?:results?|found|shows?|outperform\w*|first|will)\b", sentence)
    )
    weight -= 0.6 * bool(
        re.search(r"\b(?:commitment|importance|potential|poised|landscape|paves?)\b", sentence)
    )
    return weight


def _count(story: SpokenStory) -> int:
    return sum(len(sentence.split()) for sentence in story.sentences)
