"""Leave the least important sentences out until the script has the length asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from podcast.model import LeftOut
from podcast.write.template.grammar import HANGS
from podcast.write.template.story_text import SpokenStory

# Sentences that a story keeps; fewer where the script is still too long with the first.
LEAST = (3, 2)

# What a sentence has that takes its sense from the one before it.
_LEANS_ON = re.compile(
    r"""
    \b(?:this|these|those|such)\ [a-z]+
    | ^The\ (?:results?|findings?|steps?|former|latter|same|authors?|experiments?)\b
    | \b(?:however|instead|by\ contrast|above|aforementioned|respectively|as\ well|also|too
        |the\ others?)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:First|Second|Third|Fourth|Fifth|Sixth|And last),")
_SAYS_HOW_MANY = re.compile(r"\b(?:two|three|four|five|six|seven)\b")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may go."""

    weight: float
    story: SpokenStory
    paragraph: int
    place: int


def shorten_stories(stories: Sequence[SpokenStory], words: int) -> None:
    """Leave out the least important sentences, if any can go, down to `words` words."""
    for least in LEAST:
        _shorten_to(stories, words, least)


def _shorten_to(stories: Sequence[SpokenStory], words: int, least: int) -> None:
    total = sum(_count_story_words(story) for story in stories)
    while total > words:
        candidates = [found for story in stories for found in _find_candidates(story, least)]
        if not candidates:
            return
        choice = min(candidates, key=lambda candidate: candidate.weight)
        total -= len(_leave_out(choice).split())


def _leave_out(choice: _Candidate) -> str:
    sentence = choice.story.paragraphs[choice.paragraph].pop(choice.place)
    reason = "the episode has the length that was asked for"
    choice.story.left_out.append(LeftOut("sentence", sentence, reason, choice.story.line))
    return sentence


def _find_candidates(story: SpokenStory, least: int) -> Iterator[_Candidate]:
    """The sentences that may go: not the first, and none that the next one leans on."""
    count = len(story.sentences)
    if count <= least:
        return
    before = 0
    for number, paragraph in enumerate(story.paragraphs):
        for place, sentence in enumerate(paragraph):
            before += 1
            following = _next_sentence(story, number, place)
            if before > 1 and not _is_needed(sentence, following, place == len(paragraph) - 1):
                yield _Candidate(
                    _weigh_sentence(sentence, before / count), story, number, place
                )


def _next_sentence(story: SpokenStory, number: int, place: int) -> str:
    rest = [story.paragraphs[number][place + 1 :], *story.paragraphs[number + 1 :]]
    return next((paragraph[0] for paragraph in rest if paragraph), "")


def _is_needed(sentence: str, following: str, is_last: bool) -> bool:
    """Tell whether the sentence counts, announces a count, or carries the next one."""
    if _COUNTED.match(sentence) or (is_last and _SAYS_HOW_MANY.search(sentence)):
        return True
    return bool(HANGS.match(following) or _LEANS_ON.search(following))


_FIGURE = re.compile(r"\d|[$€£%]")
_TURN = re.compile(r"\b(?:However|but|despite|critics|concerns?|risks?)\b", re.IGNORECASE)
_RESULT = re.compile(r"\b(?:results?|found|shows?|outperform\w*|first|will)\b")
_PRAISE = re.compile(r"\b(?:commitment|importance|potential|poised|landscape|paves?)\b")
_BACKGROUND = re.compile(
    r"^(?:Traditional|Traditionally|Existing|Current|Conventional|Previous|Typically|"
    r"Understanding)\b"
)
_WEIGHTS = ((_FIGURE, 0.8), (_TURN, 0.6), (_RESULT, 0.4), (_PRAISE, -0.6), (_BACKGROUND, -0.8))


def _weigh_sentence(sentence: str, depth: float) -> float:
    """How much a sentence matters: figures, turns and results do, and what stands early."""
    return 2.0 - depth + sum(weight for what, weight in _WEIGHTS if what.search(sentence))


def _count_story_words(story: SpokenStory) -> int:
    return sum(len(sentence.split()) for sentence in story.sentences)
