"""Bad input of every kind ends in one line that says where, soon, and leaves the rest of the machine alone.

The many are `python -m tests.fuzz` and `python -m tests.fuzz.coverage`; docs/reliability.md counts them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from podcast.errors import PodcastError
from tests.fuzz.guard import tried, watch
from tests.fuzz.mutate import spoilt
from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_bad_input_is_told(target: Target) -> None:
    """Nothing but a PodcastError comes out, with the file and the line or the key."""
    watch()

    @seed(7)
    @settings(
        max_examples=10, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(spoilt(target.seeds()))
    def feed(data: bytes) -> None:
        assert tried(target.call, target.says, data) is None

    feed()


def test_what_is_wrong_is_seen() -> None:
    """The guard sees a crash, a message without a place, one that acts on a terminal, and a write outside."""

    def crash(_show: Path, _data: bytes) -> None:
        raise KeyError("x")

    def mumble(_show: Path, _data: bytes) -> None:
        raise PodcastError("something is wrong")

    def escape(show: Path, _data: bytes) -> None:
        (show / ".." / ".." / "outside").write_bytes(b"")

    def beside(show: Path, _data: bytes) -> None:
        (show.parent / "beside").mkdir()

    watch()
    found = [tried(call, "{show}/a: ", b"") for call in (crash, mumble, escape, beside)]
    assert [one and one.kind for one in found] == ["crash", "message", "escape", "escape"]


def test_a_call_without_end_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard ends a call that uses the processor for too long."""
    monkeypatch.setattr("tests.fuzz.guard.SECONDS", 0.05)

    def hang(_show: Path, _data: bytes) -> None:
        while True:
            pass

    watch()
    found = tried(hang, "", b"")
    assert found
    assert found.kind == "hang"
