"""Estimate what the calls of a script will cost, before any is made."""

from __future__ import annotations

from podcast.model import Role, Usd
from podcast.services.structured import LETTERS_A_WORD
from podcast.write.fact_check import body_text
from podcast.write.model.composition import Composition
from podcast.write.model.drafting import (
    dialogue_words,
    draft_talks,
    rundown_words,
    verify_words,
)
from podcast.write.model.rundown import ToldStory

# Words of a spoken sentence on average.
SENTENCE_WORDS = 9


def estimate_calls(composition: Composition, *, sent_back: bool = False) -> list[Usd | None]:
    """Estimate each call's cost, asking none; None where a price is not known.

    `sent_back`: as if every answer had faults at first.
    """
    material = composition.material

    def estimate(role: Role, data: dict[str, object], words: int) -> Usd | None:
        return composition.askers(role).estimate(role, data, words, sent_back=sent_back)

    rundown, draft = draft_talks(material)
    planned = rundown_words(len(material.limits.lengths))
    costs = [estimate("rundown", material.rundown_data(), planned)]

    for at, told in enumerate(rundown.stories):
        # Stories of the second wave see how their neighbours are told.
        known = draft if at % 2 else {}
        data = material.story_data(rundown, told, known)
        costs.append(estimate("story", data, dialogue_words(told.words)))
        if composition.verifies:
            costs.append(_estimate_verifying(composition, told, sent_back=sent_back))

    words = dialogue_words(material.frame_words(rundown))
    costs.append(estimate("frame", material.frame_data(rundown, draft), words))
    return costs


def _estimate_verifying(
    composition: Composition, told: ToldStory, *, sent_back: bool
) -> Usd | None:
    """Estimate the call that checks a talk, and the one that checks the talk put right."""
    count = max(1, told.words // SENTENCE_WORDS)
    sentences: list[dict[str, object]] = []
    for number in range(1, count + 1):
        sentences.append({"sentence": number, "text": "-" * LETTERS_A_WORD * SENTENCE_WORDS})

    story = composition.material.edition.stories[told.place]
    data = {"source": f"{story.title}\n\n{body_text(story)}", "sentences": sentences}
    once = composition.askers("verify").estimate("verify", data, verify_words(count))
    if once is None or not sent_back:
        return once
    return Usd(2 * once)
