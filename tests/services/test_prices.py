"""What models cost and when they stop; a budget that no call may pass."""

from __future__ import annotations

import datetime as dt
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from podcast.errors import BudgetError
from podcast.model import Usd
from podcast.services.prices import Budget, Usage, known_model, warn_of_endings

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "usage", "usd"),
    [
        (
            "gpt-realtime-2.1-mini",
            Usage(text_in=1000, cached_in=400, text_out=100, audio_out=1200),
            0.024624,
        ),
        ("gpt-4o-mini-tts", Usage(audio_out=1250), 0.015),
        ("gpt-4o-mini-tts-2025-12-15", Usage(text_in=100, audio_out=1250), 0.01506),
        ("tts-1", Usage(characters=1_000_000), 15.0),
        ("gpt-6-luna", Usage(text_in=10_000, text_out=2_000), 0.002),
        ("gpt-6-luna", Usage(), 0.0),
    ],
)
def test_usage_is_priced_from_the_table(name: str, usage: Usage, usd: float) -> None:
    """Each kind of token at its rate, those from the cache at theirs; a dated model as its undated one."""
    assert known_model(name).price(usage) == pytest.approx(usd)


def test_what_the_table_does_not_know_has_no_price() -> None:
    """An unknown model, and a kind of use that a known one has no rate for."""
    assert known_model("parrot-7b").price(Usage(text_in=1)) is None
    assert known_model("tts-1").price(Usage(audio_out=1)) is None


def test_the_table_is_whole() -> None:
    """Each model that stops says what replaces it, which the table knows."""
    for name in ("tts-1", "gpt-4o-mini-tts", "gpt-4o", "gpt-4.1-mini"):
        known = known_model(name)
        assert known.shutdown
        assert known_model(known.replacement).rates


def test_models_that_stop_are_warned_of() -> None:
    """With the date, the days left and the replacement; the service's date counts before the table's."""
    listed = {
        "gpt-4o-mini-tts": dt.date(2027, 1, 6),
        "gpt-6-luna": None,
        "gpt-4o": None,
        "parrot-7b": dt.date(2026, 11, 23),
        "tts-1": dt.date(2026, 11, 1),
    }
    configured = ["gpt-4o-mini-tts", "gpt-6-luna", "gpt-4o", "parrot-7b", "tts-1", "gpt-4.1"]
    assert list(warn_of_endings(listed, configured, TODAY)) == [
        "gpt-4o-mini-tts: stops on 2027-01-06, in 45 days. Replace it with gpt-realtime-2.1-mini",
        "gpt-4o: stops on 2027-01-14, in 53 days. Replace it with gpt-6-luna",
        "parrot-7b: stops on 2026-11-23, in 1 day",
        "tts-1: has stopped on 2026-11-01. Replace it with gpt-realtime-2.1-mini",
        "gpt-4.1: the service does not have it. Replace it with gpt-6-luna",
    ]


def test_a_budget_holds_among_many_threads() -> None:
    """However many calls ask at once, their cost never passes the limit."""
    budget = Budget(Usd(1.01))

    def spend(_: int) -> bool:
        try:
            with budget.call("m", Usd(0.02)) as call:
                call.cost, call.usage = Usd(0.025), Usage(text_in=10)
        except BudgetError:
            return False
        return True

    with ThreadPoolExecutor(8) as executor:
        made = sum(executor.map(spend, range(200)))
    assert made == 40
    assert budget.spent == pytest.approx(1.0)
    assert budget.used["m"].text_in == 400


def test_calls_under_way_count() -> None:
    """What is being spent at this moment is not free."""
    budget = Budget(Usd(0.05))
    with budget.call("m", Usd(0.03)), pytest.raises(BudgetError), budget.call("m", Usd(0.03)):
        pass
    with budget.call("m", Usd(0.03)) as call:
        call.cost = Usd(0.03)
    assert budget.spent == pytest.approx(0.03)


def test_a_call_that_fails_frees_what_it_held() -> None:
    """What was not charged can be spent on the next call."""
    budget = Budget(Usd(0.04))
    for _ in range(3):
        with pytest.raises(OSError, match="lost"), budget.call("m", Usd(0.03)):
            raise OSError("lost")
    assert budget.spent == 0


def test_without_a_limit_everything_is_counted() -> None:
    """No budget refuses nothing, and still knows what was used; usage reads as a line."""
    budget = pickle.loads(pickle.dumps(Budget()))
    with budget.call("parrot-7b", None) as call:
        call.usage, call.cost = Usage(text_in=1200, audio_out=30), None
    assert str(budget.used["parrot-7b"]) == "1,200 text tokens in, 30 audio tokens out"
    assert str(Usage()) == "nothing"
