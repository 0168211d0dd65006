"""A whole episode with a model's script and a service's voices, made against the stand-in."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import podcast as podcast_api
from podcast import make as making
from podcast.cli import main
from podcast.config import load_show
from podcast.services.openai_client import Service
from podcast.services.prices import Budget
from podcast.speak.engines.openai_realtime import OpenAIRealtimeEngine
from podcast.speak.engines.silence import SilenceEngine
from podcast.write.model import ModelWriter
from podcast.write.template import TemplateWriter
from tests.standin import StandIn

REPOSITORY = Path(__file__).parent.parent.parent
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
    edition = making.read_edition(show, dt.date(2024, 5, 22))
    with StandIn(key=SECRET) as service:
        reach, budget = Service(key, service.url), Budget()
        engine = OpenAIRealtimeEngine(reach, budget=budget)
        writer = ModelWriter(reach, TemplateWriter(), budget=budget)
        planned = making.plan_episode(show, edition, making.Crew(engine, writer, now))
        told = (planned.speaking or 0.0) + (planned.writing.usual or 0.0)
        assert service.calls == []

        made = making.make_one(show, edition, making.Crew(engine, writer, now))
        assert told == pytest.approx(service.bill.total, rel=0.15)
        assert made.episode.cost_writing == pytest.approx(service.bill.of("chat"))
        assert made.episode.cost_speaking == pytest.approx(service.bill.of("realtime"))
        assert budget.spent == pytest.approx(service.bill.total)

        calls = len(service.calls)
        edition = making.read_edition(
            show, edition.date
        )  # The post has got its facts meanwhile.
        again = making.make_one(show, edition, making.Crew(engine, writer, now))
        assert (again.spoken, again.changed, len(service.calls)) == (0, False, calls)
    record = folder / "feeds" / f"{edition.slug}.json"
    assert json.loads(record.read_text())["model"] == "gpt-6-luna"
    assert not [
        p for p in folder.rglob("*") if p.is_file() and SECRET.encode() in p.read_bytes()
    ]
    assert SECRET not in "".join(capfd.readouterr())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The repository's own show, copied."""
    for part in ("posts", "voices", "assets"):
        shutil.copytree(REPOSITORY / part, tmp_path / "show" / part)
    shutil.copy(REPOSITORY / "podcast.toml", tmp_path / "show")
    return tmp_path / "show"


def podcast(service: StandIn, *words: str | Path) -> Result:
    """The command, with the stand-in's address and the key in its environment."""
    where = {"OPENAI_API_KEY": SECRET, "OPENAI_BASE_URL": service.url}
    return CliRunner(env=where).invoke(main, [str(word) for word in words])


def test_the_command_pays_no_more_than_its_budget(folder: Path) -> None:
    """`--budget` stops before the call that would pass it, and what was paid for is not paid again."""
    make = ("make", "--show", folder, "--date", "2024-05-22", "--engine", "openai-realtime")
    with StandIn(key=SECRET) as service:
        told = json.loads(podcast(service, *make, "--dry-run", "--json").stdout)
        assert service.calls == []
        half = told["cost_speaking"] / 2
        result = podcast(service, *make, "--budget", str(half))
        assert (result.exit_code, "would pass the budget" in result.stderr) == (1, True)
        assert 0 < service.bill.total <= half
        assert not (folder / "feeds" / "feed.xml").exists()
        assert podcast(service, *make, "--budget", "1").exit_code == 0
        assert service.bill.total == pytest.approx(told["cost_speaking"], rel=0.15)


def test_openai_goes_on_when_the_speech_endpoint_is_gone(folder: Path) -> None:
    """Who chose `openai` is spoken to by realtime once its model is gone."""
    with StandIn(key=SECRET) as service:
        service.misbehave("404", on="", times=1)
        make = (
            "make",
            "--show",
            folder,
            "--date",
            "2024-05-22",
            "--engine",
            "openai",
            "--json",
        )
        result = podcast(service, *make)
        assert result.exit_code == 0, result.stderr
        assert "Going on with openai-realtime" in result.stderr
        (record,) = [p for p in (folder / "feeds").glob("*.json") if p.name.count(".") == 1]
        assert json.loads(record.read_text())["engine"] == "openai-realtime"


def a_quick_writer(service: StandIn) -> ModelWriter:
    """One that takes an outage for one after a tenth of a second."""
    return ModelWriter(Service(key, service.url, patience=0.1, pause=0.02), TemplateWriter())


def test_a_script_of_an_outage_is_written_anew_by_the_next_run(folder: Path) -> None:
    """Without being told, and for the price of what is missing; one that a person edited stays."""
    show = load_show(folder)
    edition = making.read_edition(show, dt.date(2024, 5, 22))
    with StandIn(key=SECRET) as service:
        service.misbehave("500", on='"time":', times=-1)
        offline = podcast_api.write_script(show, edition, writer=a_quick_writer(service))
        assert offline.writer == "template"
        assert "The next make asks the model again" in offline.chapters[0].note
        paid = len(service.bill.lines)
        path = folder / "scripts" / f"{edition.slug}.md"
        unedited = path.read_text(encoding="utf-8")

        path.write_text(f"{unedited}\n**{edition.editor.name}:** Good night.\n", "utf-8")  # type: ignore[union-attr]
        service.behave()
        edited = podcast_api.write_script(show, edition, writer=a_quick_writer(service))
        assert edited.writer == "template"

        path.write_text(unedited, "utf-8")
        script = podcast_api.write_script(show, edition, writer=a_quick_writer(service))
        assert script.writer == "model"
        assert len(service.bill.lines) == paid + 1


def test_an_episode_that_was_heard_keeps_its_script(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A script of an outage that is published is not replaced by itself: a line says how to."""
    show = load_show(folder)
    edition = making.read_edition(show, dt.date(2024, 5, 22))
    engine = SilenceEngine()
    with StandIn(key=SECRET) as service:
        service.misbehave("500", on='"last_days"', times=-1)
        writer = a_quick_writer(service)
        making.make_one(show, edition, making.Crew(engine, writer, now))
        service.behave()
        edition = making.read_edition(show, edition.date)
        again = making.make_one(show, edition, making.Crew(engine, writer, now))
    assert not again.changed
    assert service.bill.total == 0
    assert "the offline writer wrote it. Have a model write it: --rewrite" in caplog.text


def test_a_key_alone_chooses_nothing(folder: Path, tmp_path: Path) -> None:
    """With a key in the environment, `auto` speaks on this machine and says with what; no call is made."""
    cast = tomllib.loads((folder / "voices" / "cast.toml").read_text(encoding="utf-8"))
    name = next(iter(cast["people"]))
    with StandIn(key=SECRET) as service:
        said = podcast(
            service, "say", "--show", folder, "--out", tmp_path / "a.wav", name, "Good morning."
        )
        assert said.exit_code == 0, said.stderr
        assert re.search(r"^engine: (kokoro|espeak)$", said.stderr, re.MULTILINE)
        planned = podcast(
            service, "make", "--show", folder, "--date", "2024-05-22", "--dry-run", "--json"
        )
        assert json.loads(planned.stdout)["engine"] in ("kokoro", "espeak")
        doctor = podcast(service, "doctor", "--show", folder)
        assert "neither engine nor writer asks it" in doctor.stdout
        assert service.calls == []


def test_the_editor_casts_new_reporters(folder: Path) -> None:
    """With the writer `openai`, people without a voice get one by their persona, saved like any other."""
    (folder / "voices" / "cast.toml").unlink()
    with StandIn(key=SECRET) as service:
        make = ("script", "--show", folder, "--date", "2024-05-22", "--writer", "openai")
        assert podcast(service, *make).exit_code == 0
        assert any("persona" in str(call) for call in service.asked("chat"))
    people = tomllib.loads((folder / "voices" / "cast.toml").read_text(encoding="utf-8"))[
        "people"
    ]
    assert len(people) == len(set(people.values())) == 4


def test_the_doctor_counts_the_days(folder: Path) -> None:
    """The doctor asks for the models, and says of each configured one when it stops and what replaces it."""
    with (folder / "podcast.toml").open("a", encoding="utf-8") as file:
        file.write('\nengine = "openai"\n')
    with StandIn(key=SECRET) as service:
        result = podcast(service, "doctor", "--show", folder)
    assert re.search(r"gpt-4o-mini-tts: .*2027-01-06.* gpt-realtime-2\.1-mini", result.output)
    assert SECRET not in result.output


def test_a_budget_refuses_a_price_that_is_not_known(folder: Path) -> None:
    """A model that the price table lacks is refused under a budget, unless told otherwise."""
    with (folder / "podcast.toml").open("a", encoding="utf-8") as file:
        file.write('\nrealtime_model = "gpt-realtime-of-tomorrow"\n')
    make = (
        "make",
        "--show",
        folder,
        "--date",
        "2024-05-22",
        "--engine",
        "openai-realtime",
        "--budget",
        "1",
    )
    with StandIn(key=SECRET) as service:
        refused = podcast(service, *make)
        assert (
            refused.exit_code,
            "price of gpt-realtime-of-tomorrow is unknown" in refused.stderr,
        ) == (
            1,
            True,
        )
        assert service.asked("realtime") == []
        allowed = podcast(service, *make, "--any-price")
        assert allowed.exit_code == 0, allowed.stderr
        assert re.search(
            r"gpt-realtime-of-tomorrow used [\d,]+ text tokens in.*not known", allowed.stderr
        )
