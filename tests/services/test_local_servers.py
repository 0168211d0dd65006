"""Servers on one's own machine, as Ollama, llama.cpp and vLLM look: what doctor and writer make of them."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

import pytest

from podcast.doctor import Finding, examine
from podcast.errors import WriteError
from podcast.services.openai_client import Service
from podcast.services.prices import Budget
from podcast.services.shapes import WrittenSummary
from podcast.services.structured import Answer, Asker
from tests.builders import a_show, a_toml
from tests.standin.local_servers import LocalServer, Look, llama_cpp, ollama, vllm

FULL = "it takes json_schema, answers in a stream"
TOO_LONG = {
    "code": 400,
    "message": "the request exceeds the available context size (4096 tokens), try increasing it",
    "type": "exceed_context_size_error",
    "n_prompt_tokens": 5120,
    "n_ctx": 4096,
}


def examined(folder: Path, server: LocalServer, model: str) -> Finding:
    a_toml(folder, f'[writer]\nurl = "{server.url}"\nmodel = "{model}"\n')
    findings = list(examine(folder, dt.date(2026, 11, 30)))
    (found,) = (finding for finding in findings if finding.what == "writer")
    return found


def ask(
    folder: Path, server: LocalServer, text: str = "A quay opened."
) -> Answer[WrittenSummary]:
    reach = Service(lambda: "", server.url, timeout=5, patience=1, needs_key=False)
    asker = Asker(reach, "any-model", Budget(), a_show(folder), folder / "kept")
    return asker.ask("summary", {"story": text}, WrittenSummary, 40, lambda _: ())


@pytest.mark.parametrize(
    ("look", "model"),
    [
        (ollama("qwen3:14b", "llama3.2:latest"), "qwen3:14b"),
        (ollama("qwen3:14b", "llama3.2:latest"), "llama3.2"),
        (llama_cpp("model.gguf"), "model.gguf"),
        (llama_cpp("/srv/models/qwen3-14b.gguf"), "qwen3-14b.gguf"),
        (vllm("Qwen/Qwen3-14B"), "Qwen/Qwen3-14B"),
    ],
)
def test_the_doctor_knows_each_server(tmp_path: Path, look: Look, model: str) -> None:
    """One good line says that the model is there and in which form it answers."""
    with LocalServer(look) as server:
        found = examined(tmp_path, server, model)
    assert found.good
    assert f"{model} among them" in found.found
    assert found.found.endswith(FULL)


def test_a_server_without_models_is_no_fault_of_ours(tmp_path: Path) -> None:
    """Where nothing is pulled yet, the line says so."""
    with LocalServer(ollama()) as server:
        found = examined(tmp_path, server, "qwen3:14b")
    assert not found.good
    assert "it has no models" in found.found


def test_a_model_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    """The remedy lists what the server has."""
    with LocalServer(vllm("Qwen/Qwen3-14B")) as server:
        found = examined(tmp_path, server, "qwen3:14b")
    assert not found.good
    assert found.remedy == "Take one of Qwen/Qwen3-14B"


def test_thoughts_of_their_own_field_are_no_part_of_the_answer(tmp_path: Path) -> None:
    """What a server streams beside the answer is not read."""
    with LocalServer(vllm("m")) as server:
        answer = ask(tmp_path, server)
    assert answer.value == WrittenSummary(text="Good morning.")


def test_a_context_that_is_too_small_is_named(tmp_path: Path) -> None:
    """It is asked once, and the line says what to change."""
    with LocalServer(llama_cpp("m", fault=(400, {"error": TOO_LONG}))) as server:
        with pytest.raises(WriteError, match="larger context"):
            ask(tmp_path, server)
        assert len(server.asked) == 1


def test_a_question_that_was_cut_off_is_noticed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A server that reads only a part of what it is sent, as Ollama does, is named in the log."""
    with caplog.at_level(logging.WARNING), LocalServer(ollama("m")) as server:
        ask(tmp_path, server, "A quay opened with lamps. " * 300)
    assert "has read 40 of about" in caplog.text
