"""Servers of models on one's own machine, as they look: what they list, and how they stream.

Each answers a question with the same JSON; the rest is as Ollama, llama.cpp and vLLM send it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ANSWER = '{"text": "Good morning."}'


@dataclass(frozen=True)
class Look:
    """One kind of server."""

    models: dict[str, Any]
    """What `GET /v1/models` answers."""
    thoughts: str = ""
    """Key of a delta that holds what the model thinks; empty where it does not."""
    fault: tuple[int, dict[str, Any]] | None = None
    """Status and body of a refusal of each question."""
    read: int = 40
    """Tokens of a question that the server says it has read."""


def a_model(name: str, **about: object) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1717000000, **about}


def ollama(*names: str) -> Look:
    """Lists null where nothing is pulled; a name without a tag means the latest."""
    data = [a_model(name, owned_by="library") for name in names]
    return Look({"object": "list", "data": data or None}, thoughts="reasoning")


def llama_cpp(name: str, fault: tuple[int, dict[str, Any]] | None = None) -> Look:
    meta = {"vocab_type": 2, "n_vocab": 151936, "n_ctx_train": 40960, "n_params": 14768307200}
    listed = a_model(name, owned_by="llamacpp", meta=meta)
    also = {"name": name, "model": name, "type": "model", "capabilities": ["completion"]}
    return Look({"models": [also], "object": "list", "data": [listed]}, fault=fault)


def vllm(name: str) -> Look:
    more = {"root": name, "parent": None, "max_model_len": 16384}
    permission = [{"id": "modelperm-1", "object": "model_permission", "allow_sampling": True}]
    listed = a_model(name, owned_by="vllm", permission=permission, **more)
    return Look({"object": "list", "data": [listed]}, thoughts="reasoning_content")


class LocalServer:
    """A server of that look on loopback."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.asked: list[dict[str, Any]] = []
        """Bodies of the questions."""

    def __enter__(self) -> LocalServer:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def chunks(self) -> Iterator[dict[str, Any]]:
        """The pieces of a streamed answer."""
        yield _chunk({"role": "assistant", "content": None})
        if self.look.thoughts:
            yield _chunk({self.look.thoughts: "They want {a greeting}.", "content": ""})
        for at in range(0, len(ANSWER), 7):
            yield _chunk({"content": ANSWER[at : at + 7]})
        yield _chunk({}, finish="stop")
        usage = {"prompt_tokens": self.look.read, "completion_tokens": 9, "total_tokens": 49}
        yield {**_chunk({}), "choices": [], "usage": usage, "timings": {"predicted_n": 9}}


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    about = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1717000000}
    return {**about, "model": "any", "choices": [choice]}


def _handler_of(server: LocalServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, server.look.models)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            server.asked.append(json.loads(body))
            if server.look.fault:
                self._answer(*server.look.fault)
                return
            self.send_response(200)
            self.send_header("content-type", "text/event-stream; charset=utf-8")
            self.end_headers()
            for chunk in server.chunks():
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.write(b"data: [DONE]\n\n")

        def _answer(self, status: int, content: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_: object) -> None:
            pass

    return Handler
