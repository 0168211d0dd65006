"""Whoever changes what is published is found; `python -m tests.campaigns tamper` tries all that there is."""

from __future__ import annotations

from pathlib import Path

from tests.campaigns import tamper


def test_tamperings_are_found(tmp_path: Path) -> None:
    """A few of every kind: elements, attributes, files, additions. None goes unseen."""
    tally = tamper.campaign(tmp_path / "show", every=23)
    assert tally.losses == []
    assert tally.attempts > 20


def test_a_private_show_is_guarded(tmp_path: Path) -> None:
    """What leads others to it, or listeners to other audio than its own, is found."""
    tally = tamper.apart(tmp_path / "show")
    assert tally.losses == []
    assert tally.attempts >= 12
