"""The note of a script that the offline writer wrote because a model could not be used."""

from __future__ import annotations

import dataclasses

from podcast.model import Script, Usd

_OUTAGE = "written offline, for the model did not answer"
_UNUSABLE = "written offline, for the model's answers could not be used"


def note_outage(offline: Script, why: str, cost: Usd) -> Script:
    """The offline script, with why it is one.

    While it is unpublished, `make` tries the model again.
    """
    remedy = "The next make asks the model again; once it is published, say --rewrite"
    return _with_note(offline, f"{_OUTAGE}: {why}. {remedy}", cost)


def note_unusable(offline: Script, why: str, cost: Usd) -> Script:
    """The offline script, with why it is one; only the owner can say to pay once more."""
    return _with_note(offline, f"{_UNUSABLE}: {why}. Try again with --rewrite", cost)


def waits_for_model(script: Script) -> bool:
    """Tell whether only an outage kept a model from writing a script that nobody edited."""
    note = script.chapters[0].note if script.chapters else ""
    return note.startswith(_OUTAGE) and not script.edited


def _with_note(offline: Script, note: str, cost: Usd) -> Script:
    first = offline.chapters[0]
    noted = dataclasses.replace(first, note="; ".join(filter(None, [note, first.note])))
    return dataclasses.replace(offline, chapters=(noted, *offline.chapters[1:]), cost=cost)
