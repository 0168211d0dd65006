"""Models of any server, against the stand-in: what a server lacks is done without."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from podcast.config import load_show
from podcast.doctor import examine
from podcast.errors import ConfigError, OutageError, WriteError
from podcast.model import Usd, WriterService
from podcast.registry import adapter_names, load_named, open_writer_service
from podcast.services.answer_text import read_answer
from podcast.services.openai_client import Service
from podcast.services.prices import Budget
from podcast.services.shapes import Casting, WrittenSummary
from podcast.services.structured import Answer, Asker
from tests.builders import a_show, a_toml
from tests.standin import StandIn

STORY = {
    "title": "A quay",
    "text": "The quay opened on Monday. It has 12 lamps.",
    "source": "x",
    "paper": False,
}
DATA = {"show": "S", "words": 40, "reporter": {"name": "Ada", "persona": ""}, "story": STORY}
SAID = "The quay opened on Monday. It has 12 lamps."


def no_key() -> str:
    return ""


@pytest.fixture
def service() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin


def ask(
    service: StandIn, folder: Path, timeout: float = 5.0, **about: object
) -> Answer[WrittenSummary]:
    reach = Service(
        no_key, service.url, timeout=timeout, patience=1.0, pause=0.01, needs_key=False
    )
    show = a_show(folder, **about)
    asker = Asker(reach, "any-model", Budget(), show, folder / "kept")
    return asker.ask("summary", DATA, WrittenSummary, 40, lambda _: ())


@pytest.mark.parametrize(
    ("kind", "calls"),
    [
        ("no-schema", 2),
        ("no-format", 3),
        ("unknown-parameter", 6),
        ("streaming-only", 1),
        ("no-stream", 1),
        ("fenced", 1),
        ("thinking", 1),
    ],
)
def test_a_server_of_fewer_abilities_answers_all_the_same(
    service: StandIn, tmp_path: Path, kind: str, calls: int
) -> None:
    """What a server refuses is left out, and what a model adds to its answer is taken off."""
    service.misbehave(kind, times=-1)
    answer = ask(service, tmp_path)
    assert answer.value is not None
    assert answer.value.text == SAID
    assert len(service.asked("chat")) == calls


DOCUMENTED = {
    "Ollama": "thinking",
    "llama.cpp": "no-schema",
    "vLLM": "streaming-only",
    "LM Studio": "no-format",
    "OpenRouter": "no-stream",
    "Anthropic": "fenced",
    "Gemini": "unknown-parameter",
}
"""Server of docs/models.md to what the stand-in does in its place."""


@pytest.mark.parametrize("server", DOCUMENTED)
def test_each_server_of_the_docs_is_a_working_example(
    service: StandIn, tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table in docs/models.md loads as it stands, and such a server answers."""
    page = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    found = re.search(
        rf"\*\*{re.escape(server)}\*\*.*?\n\n((?:    [^\n]*\n)+)", page, re.DOTALL
    )
    assert found, server
    lines = [line.strip() for line in found[1].splitlines()]
    assert lines[0] == "[writer]"
    example = load_show(a_toml(tmp_path, "\n".join(lines) + "\n"))
    wanted = example.writer.service
    assert (example.writer.name, bool(example.writer.model)) == ("model", True)

    service.misbehave(DOCUMENTED[server], times=-1)
    if wanted.key_env:
        monkeypatch.setenv(wanted.key_env, "sk-any")
    reach = open_writer_service(dataclasses.replace(wanted, url=service.url))
    assert reach.find_missing() == ""
    asker = Asker(reach, example.writer.model, Budget(), example, tmp_path / "kept")
    answer = asker.ask("summary", DATA, WrittenSummary, 40, lambda _: ())
    assert answer.value is not None
    assert answer.value.text == SAID


def test_what_a_server_refuses_is_learned_once(service: StandIn, tmp_path: Path) -> None:
    """The second question is asked at once in the form that the first one found."""
    service.misbehave("unknown-parameter", times=-1)
    reach = Service(no_key, service.url, timeout=5, needs_key=False)
    asker = Asker(reach, "any-model", Budget(), a_show(tmp_path), tmp_path / "kept")
    asker.ask("summary", DATA, WrittenSummary, 40, lambda _: ())
    before = len(service.calls)
    asker.ask("summary", {**DATA, "words": 50}, WrittenSummary, 50, lambda _: ())
    assert len(service.calls) == before + 1


def test_an_answer_of_the_wrong_type_is_asked_again_with_what_was_wrong(
    service: StandIn, tmp_path: Path
) -> None:
    """The model reads which value had which fault, and its second answer stands."""
    service.misbehave("wrong-type")
    answer = ask(service, tmp_path)
    assert answer.value is not None
    assert "text: Input should be a valid string" in service.calls[-1].text


def test_the_better_of_two_flawed_answers_is_used(service: StandIn, tmp_path: Path) -> None:
    """An answer that was sent back and came back worse does not take the first one's place."""
    service.misbehave("fenced")
    service.misbehave("wordy")
    reach = Service(no_key, service.url, timeout=5, needs_key=False)
    asker = Asker(reach, "any-model", Budget(), a_show(tmp_path), tmp_path / "kept")
    answer = asker.ask("summary", DATA, WrittenSummary, 40, lambda each: each.text.split())
    assert answer.value is None
    assert answer.flawed == WrittenSummary(text=SAID)
    assert answer.faults == tuple(SAID.split())
    assert len(service.calls) == 2


def test_a_slow_server_is_waited_for_while_it_answers(service: StandIn, tmp_path: Path) -> None:
    """The time setting bounds the wait for each part, not the whole answer."""
    service.misbehave("trickle", seconds=1.2)
    answer = ask(service, tmp_path, timeout=0.8)
    assert answer.value is not None
    assert len(service.calls) == 1


@pytest.mark.parametrize("kind", ["hang", "reset", "500", "broken-stream"])
def test_an_outage_is_known_as_one(service: StandIn, tmp_path: Path, kind: str) -> None:
    """What may pass later is told apart from what the owner must mend."""
    service.misbehave(kind, times=-1)
    with pytest.raises(OutageError):
        ask(service, tmp_path, timeout=0.2)


def test_a_refused_key_is_no_outage(service: StandIn, tmp_path: Path) -> None:
    """The owner must mend it."""
    service.misbehave("401", times=-1)
    with pytest.raises(WriteError, match="refuses the key") as caught:
        ask(service, tmp_path)
    assert not isinstance(caught.value, OutageError)


@pytest.mark.parametrize(
    "text",
    [
        '{"text": "Moths."}',
        'Sure!\n```json\n{"text": "Moths."}\n```\nAnything else?',
        '<think>{"text": "no"} hm</think>{"text": "Moths."}',
        'thoughts without a beginning {"text": "no"}</think> {"text": "Moths."}',
        '{"answer": {"text": "Moths."}}',
        '{"text": "Moths.", "comment": "a fine text"}',
        'Braces {like these} are no answer. {"text": "Moths."}',
    ],
)
def test_the_answer_is_found_in_what_a_model_writes(text: str) -> None:
    """Fences, prefaces, thoughts, wrappers, additions and last words are taken off."""
    found = read_answer(text, WrittenSummary)
    assert isinstance(found, WrittenSummary)
    assert found.text == "Moths."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("I would rather not.", "it holds no JSON object"),
        ('{"choices": [{"name": "Ada"}]}', "choices.0.voice: Field required"),
        ("<think>so many thoughts that they were cut", "it holds no JSON object"),
        ("{" * 5000, "it holds no JSON object"),
    ],
)
def test_what_is_no_answer_is_named(text: str, fault: str) -> None:
    """In words that a model can follow."""
    assert read_answer(text, Casting) == fault


# --- the settings -----------------------------------------------------------------------------------


def test_the_table_of_the_writer(tmp_path: Path) -> None:
    """`[writer]` names server, model, and a model for a role; it chooses the writer that asks a model."""
    more = '[writer]\nurl = "http://localhost:11434/v1"\nmodel = "m"\nframe = "f"\njobs = 1\nprice_in = 0\n'
    show = load_show(a_toml(tmp_path, more))
    assert (show.writer.name, show.writer.model) == ("model", "m")
    service = show.writer.service
    assert service == WriterService(
        url="http://localhost:11434/v1", frame="f", jobs=1, price_in=0
    )
    assert (service.name_model("frame", "m"), service.name_model("story", "m")) == ("f", "m")


@pytest.mark.parametrize("line", ['writer = "openai"', '[writer]\nuse = "openai"'])
def test_the_writers_name_of_earlier_versions_is_known(tmp_path: Path, line: str) -> None:
    """A show that says `openai` has the writer that is named `model` today, and its desk."""
    show = load_show(a_toml(tmp_path, f"{line}\n"))
    assert show.writer.name == "model"
    assert "openai" not in adapter_names("writer")
    assert load_named("writer", "openai") is load_named("writer", "model")
    assert load_named("desk", "openai") is load_named("desk", "model")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('modell = "m"', "writer.modell: no such setting. Did you mean 'model'?"),
        ("timeout = 0", "writer.timeout: 0 is not between 1 and 100000"),
        ('jobs = "2"', "writer.jobs: '2' is not a whole number"),
        ('key_env = "sk-123"', "writer.key_env: is not the name of an environment variable"),
        ('url = "http://a:b@c.org/v1"', "writer.url: has a user's name or a password"),
        ('url = "http://c.org/v1"', "writer.model: missing"),
    ],
)
def test_a_wrong_table_is_named(tmp_path: Path, line: str, fault: str) -> None:
    """Each fault with its key."""
    with pytest.raises(ConfigError, match=fault.replace("?", r"\?")):
        load_show(a_toml(tmp_path, f"[writer]\n{line}\n"))


def test_the_key_of_one_service_is_not_sent_to_another(
    tmp_path: Path, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OpenAI's key stays at home when the show names a server of its own, unless the show says so."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    monkeypatch.setenv("OTHER_KEY", "sk-other")
    show = WriterService(url=service.url)
    assert open_writer_service(show).key() == ""
    assert open_writer_service(show).find_missing() == ""
    named = WriterService(url=service.url, key_env="OTHER_KEY")
    assert open_writer_service(named).key() == "sk-other"
    far = WriterService(url="https://models.example.org/v1")
    assert "key_env" in open_writer_service(far).find_missing()
    free = WriterService(url="https://models.example.org/v1", key_env="")
    assert open_writer_service(free).find_missing() == ""


def test_own_prices_make_a_budget_hold(service: StandIn, tmp_path: Path) -> None:
    """A model that the price table lacks costs what the owner says."""
    own = WriterService(price_in=2.0, price_out=4.0)
    reach = Service(no_key, service.url, needs_key=False)
    show = a_show(tmp_path)
    show = dataclasses.replace(show, writer=dataclasses.replace(show.writer, service=own))
    asker = Asker(reach, "any-model", Budget(Usd(1)), show, tmp_path)
    answer = asker.ask("summary", DATA, WrittenSummary, 40, lambda _: ())
    (_, _, usage, _) = service.bill.lines[0]
    assert answer.cost == pytest.approx((usage["text_in"] * 2 + usage["text_out"] * 4) / 1e6)
    assert json.loads(json.dumps(usage))["text_out"] > 0


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("", "it takes json_schema, answers in a stream"),
        ("no-format", "it takes text, answers in a stream"),
    ],
)
def test_the_doctor_says_what_a_server_can(
    service: StandIn, tmp_path: Path, kind: str, said: str
) -> None:
    """One line: that it answers, that it has the model, and in which form the model answers."""
    if kind:
        service.misbehave(kind, times=-1)
    a_toml(tmp_path, f'[writer]\nurl = "{service.url}"\nmodel = "gpt-6-luna"\n')
    lines = [
        finding
        for finding in examine(tmp_path, dt.date(2026, 11, 30))
        if finding.what == "writer"
    ]
    assert len(lines) == 1
    assert "gpt-6-luna among them" in lines[0].found
    assert said in lines[0].found
