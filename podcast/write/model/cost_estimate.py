"""Estimate what the calls of a script will cost, before any is made."""

from __future__ import annotations

from podcast.model import Role, Usd
from podcast.write.fact_check import body_text
from podcast.write.model.composition import Composition
from podcast.write.model.drafting import (
    dialogue_words,
    draft_talks,
    rundown_words,
    verify_words,
)

SENTENCE_WORDS = 9
"""Words of a spoken sentence on average."""


def estimate_calls(composition: Composition) -> list[Usd | None]:
    """Estimate each call's cost, asking none; None where a price is not known."""
    material = composition.material

    def estimate(role: Role, data: dict[str, object], words: int) -> Usd | None:
        return composition.askers(role).estimate(role, data, words)

    rundown, draft = draft_talks(material)
    planned = rundown_words(len(material.limits.lengths))
    costs = [estimate("rundown", material.rundown_data(), planned)]

    for at, told in enumerate(rundown.stories):
        # Stories of the second wave see how their neighbours are told.
        known = draft if at % 2 else {}
        data = material.story_data(rundown, told, known)
        costs.append(estimate("story", data, dialogue_words(told.words)))
        if composition.verifies:
            source = body_text(material.edition.stories[told.place])
            data = {"source": source, "text": "-" * 6 * told.words}
            costs.append(estimate("verify", data, verify_words(told.words // SENTENCE_WORDS)))

    words = dialogue_words(material.frame_words(rundown))
    costs.append(estimate("frame", material.frame_data(rundown, draft), words))
    return costs
