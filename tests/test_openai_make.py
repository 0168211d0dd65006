"""A whole episode with a model's script and a service's voices, made against the stand-in."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from podcast import make as making
from podcast.config import load_show
from podcast.engines.openai_realtime import OpenAIRealtimeEngine
from podcast.openai_service import Service
from podcast.prices import Budget
from podcast.writers.openai import OpenAIWriter
from podcast.writers.template import TemplateWriter
from tests.standin import StandIn

REPOSITORY = Path(__file__).parent.parent
SECRET = "sk-proj-never-to-be-seen-0451"


def key() -> str:
    return SECRET


def now() -> dt.datetime:
    return dt.datetime(2026, 11, 22, 6, tzinfo=dt.UTC)


def test_an_episode_costs_what_was_told_and_hides_the_key(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Told within 15% before, recorded as charged, not paid again; the key is in no file or output."""
    folder = tmp_path / "show"
    for part in ("posts", "voices", "assets"):
        shutil.copytree(REPOSITORY / part, folder / part)
    shutil.copy(REPOSITORY / "podcast.toml", folder)
    show = load_show(folder)
    edition = making.edition_of(show, dt.date(2024, 5, 22))
    with StandIn(key=SECRET) as service:
        reach, budget = Service(key, service.url), Budget()
        engine = OpenAIRealtimeEngine(reach, budget=budget)
        writer = OpenAIWriter(reach, TemplateWriter(), budget=budget)
        planned = making.make_plan(show, edition, engine=engine, writer=TemplateWriter())
        told = (planned.cost or 0.0) + (writer.price(edition, planned.cast, show) or 0.0)
        assert service.calls == []

        made = making.make(show, edition, engine=engine, writer=writer, now=now)
        assert told == pytest.approx(service.bill.total, rel=0.15)
        assert made.episode.cost_writing == pytest.approx(service.bill.of("chat"))
        assert made.episode.cost_speaking == pytest.approx(service.bill.of("realtime"))
        assert budget.spent == pytest.approx(service.bill.total)

        calls = len(service.calls)
        again = making.make(show, edition, engine=engine, writer=writer, now=now)
        assert (again.spoken, again.changed, len(service.calls)) == (0, False, calls)
    record = folder / "feeds" / f"{edition.slug}.json"
    assert json.loads(record.read_text())["model"] == "gpt-6-luna"
    assert not [p for p in folder.rglob("*") if p.is_file() and SECRET.encode() in p.read_bytes()]
    assert SECRET not in "".join(capfd.readouterr())
