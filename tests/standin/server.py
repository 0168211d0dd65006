"""The stand-in's server: HTTP and WebSocket on loopback, in a thread of its own."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import io
import json
import threading
import time
import uuid
import wave
from typing import Any

from aiohttp import WSMsgType, web

from tests.standin import author, sound
from tests.standin.books import Bill, Call, tokens
from tests.standin.faults import Fault, fault
from tests.standin.realtime import Session
from tests.standin.rules import Rule, Rules

MODELS = {
    "tts-1": "2027-01-06",
    "gpt-4o-mini-tts": "2027-01-06",
    "gpt-4o": "2027-01-14",
    "gpt-6-luna": None,
    "gpt-realtime-2.1-mini": None,
}
"""Model to its shutdown date."""


class StandIn:
    """The service. A context manager: it listens within the block."""

    def __init__(self, port: int = 0, delay: float = 0.0, key: str = "") -> None:
        self.delay = delay
        """Seconds each answer takes."""
        self.key = key
        """The only key taken; empty: any."""
        self.bill = Bill()
        self.calls: list[Call] = []
        """Every request, in the order of arrival."""
        self.open_connections = 0
        """WebSocket connections that are open now."""
        self.connections = 0
        """WebSocket connections opened so far."""
        self.busiest = 0
        """The most answers under way at once."""
        self._busy = 0
        self._port = port
        self._rules = Rules()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop: asyncio.Event
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    def misbehave(self, kind: str, on: str = "", times: int = 1, **details: float) -> None:
        """Do this wrong with the next `times` requests whose text holds `on`; -1: with all."""
        self._rules.add(Rule(kind, on, times, **details))

    def behave(self) -> None:
        """Forget all misbehaviour."""
        self._rules.clear()

    def asked(self, kind: str) -> list[Call]:
        return [call for call in self.calls if call.kind == kind]

    def __enter__(self) -> StandIn:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        app = web.Application(client_max_size=10_000_000)
        app.router.add_get("/v1/models", self._models)
        app.router.add_post("/v1/audio/speech", self._speech)
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_get("/v1/realtime", self._realtime)
        app.router.add_post("/standin/misbehave", self._control)
        app.router.add_get("/standin/bill", self._show_bill)
        runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        assert site._server is not None
        self._port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    # --- HTTP ---

    def _refusal(
        self, request: web.Request, rule: Rule | None, model: str
    ) -> web.Response | None:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        wrong = fault(rule.kind, model, given) if rule else None
        if self.key and given != self.key:
            wrong = fault("401", model, given)
        if wrong is None:
            return None
        headers = {}
        if rule and rule.retry_after is not None:
            headers["Retry-After"] = f"{rule.retry_after:g}"
        return web.json_response(wrong.body(), status=wrong.status, headers=headers)

    async def _wait(
        self, request: web.Request, rule: Rule | None, since: float | None = None
    ) -> None:
        """The answer's time from its arrival on, and the misbehaviours that come before any answer."""
        if rule and rule.kind == "reset":
            assert request.transport is not None
            request.transport.abort()
            raise asyncio.CancelledError
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        try:
            hang = rule is not None and rule.kind == "hang"
            gone = time.monotonic() - since if since else 0.0
            await asyncio.sleep(
                3600 if hang else self.delay - gone + (rule.seconds if rule else 0)
            )
        finally:
            self._busy -= 1

    async def _models(self, request: web.Request) -> web.StreamResponse:
        rule = self._rules.take("models")
        self.calls.append(Call("models", "", "models", rule=rule.kind if rule else ""))
        if refused := self._refusal(request, rule, "any"):
            return refused
        created = int(dt.datetime(2024, 5, 1, tzinfo=dt.UTC).timestamp())
        data = [
            {
                "id": i,
                "object": "model",
                "created": created,
                "owned_by": "openai",
                "shutdown_date": date,
            }
            for i, date in MODELS.items()
        ]
        return web.json_response({"object": "list", "data": data})

    async def _speech(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        text, model = body["input"], body["model"]
        rule = self._rules.take(text)
        kind = rule.kind if rule else ""
        manner = body.get("instructions", "")
        self.calls.append(Call("speech", model, text, body["voice"], manner, kind, body=body))
        if refused := self._refusal(request, rule, model):
            return refused
        if len(text) > 4096 or (kind == "" and body["response_format"] not in ("pcm", "wav")):
            wrong = Fault(
                400,
                "invalid_request_error",
                None,
                "The input is too long, or the format unknown.",
            )
            return web.json_response(wrong.body(), status=400)
        pcm = self._pcm(kind, text)
        events = _events(pcm) if body.get("stream_format") == "sse" else []
        await self._wait(request, rule, self.calls[-1].at if self.delay else None)
        if events:
            return await self._speech_events(request, model, text + manner, kind, events, pcm)
        if kind in ("cut", "truncated"):
            half = pcm[: len(pcm) // 4 * 2]
            return await self._broken_off(request, half, cleanly=kind == "truncated")
        content, type_ = pcm, "audio/pcm"
        if kind == "wav":
            content, type_ = _wav(pcm), "audio/wav"
        if kind == "mp3":
            content, type_ = b"ID3\x03" + bytes(400), "audio/mpeg"
        answer = web.Response(body=content, content_type=type_)
        await answer.prepare(request)
        with self.bill.charge("speech", model, characters=len(text)):
            await answer.write_eof()
        return answer

    def _pcm(self, kind: str, text: str) -> bytes:
        pcm = sound.spoken(text)
        if kind == "empty":
            return b""
        if kind == "odd":
            return pcm + b"\x00"
        if kind == "short":
            return sound.spoken(text[: len(text) // 3])
        return pcm

    async def _broken_off(
        self, request: web.Request, part: bytes, *, cleanly: bool
    ) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "audio/pcm"})
        await answer.prepare(request)
        await answer.write(part)
        if cleanly:
            await answer.write_eof()
            return answer
        assert request.transport is not None
        request.transport.close()
        raise asyncio.CancelledError

    async def _speech_events(
        self,
        request: web.Request,
        model: str,
        prompt: str,
        kind: str,
        events: list[bytes],
        pcm: bytes,
    ) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        if kind in ("cut", "truncated"):
            await answer.write(b"".join(events[: len(events) // 2]))
            if kind == "cut":
                assert request.transport is not None
                request.transport.close()
                raise asyncio.CancelledError
            await answer.write_eof()
            return answer
        text_in, audio_out = tokens(prompt), sound.audio_tokens(pcm)
        total = text_in + audio_out
        usage = {"input_tokens": text_in, "output_tokens": audio_out, "total_tokens": total}
        done = _event({"type": "speech.audio.done", "usage": usage})
        with self.bill.charge("speech", model, text_in=text_in, audio_out=audio_out):
            await answer.write(b"".join([*events, done]))
            await answer.write_eof()
        return answer

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        model, messages = body["model"], body["messages"]
        prompt = "\n".join(str(message["content"]) for message in messages)
        rule = self._rules.take(prompt)
        kind = rule.kind if rule else ""
        self.calls.append(Call("chat", model, prompt, rule=kind, body=body))
        if refused := self._refusal(request, rule, model):
            return refused
        if wrong := _refused_parameter(kind, body):
            return web.json_response(wrong.body(), status=wrong.status)
        if kind != "trickle":
            await self._wait(request, rule)
        text = author.answer(_shape_asked(body, prompt), messages, kind)
        message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
        finish = "stop"
        if kind == "json":
            message["content"] = "Certainly! Here it is: {"
        elif kind == "schema":
            message["content"] = '{"verses": ["la", "la"]}'
        elif kind == "fenced":
            message["content"] = (
                f"Certainly! Here it is:\n\n```json\n{text}\n```\n\nShall I go on?"
            )
        elif kind == "thinking":
            message["content"] = (
                f"<think>The user wants {{JSON}}. {{}} First ...</think>\n{text}"
            )
        elif kind == "wrong-type":
            swapped = {
                k: str(v) if isinstance(v, list) else [v] for k, v in json.loads(text).items()
            }
            message["content"] = json.dumps(swapped)
        elif kind == "blank":
            message["content"] = ""
        elif kind == "length":
            message["content"], finish = text[: len(text) // 2], "length"
        elif kind == "filtered":
            message["content"], finish = "", "content_filter"
        elif kind == "refusal":
            message.update(content=None, refusal="I'm sorry, I cannot help with that.")
        # The schema goes to the model too, and each message has its marks.
        text_in = (
            tokens(prompt)
            + tokens(json.dumps(body.get("response_format", {})))
            + 4 * len(messages)
        )
        text_out = tokens(message["content"] or message["refusal"] or "")
        usage: dict[str, Any] = {
            "prompt_tokens": text_in,
            "completion_tokens": text_out,
            "total_tokens": text_in + text_out,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0},
        }
        about = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": 0, "model": model}
        if body.get("stream") and kind != "no-stream":
            seconds = rule.seconds if rule and kind == "trickle" else 0.0
            pieces = _pieces(
                message, finish, about, usage if body.get("stream_options") else None
            )
            broken = kind == "broken-stream"
            with self.bill.charge("chat", model, text_in=text_in, text_out=text_out):
                return await _stream(request, pieces, seconds, broken=broken)
        answer = web.json_response(
            {
                **about,
                "object": "chat.completion",
                "choices": [
                    {"index": 0, "finish_reason": finish, "logprobs": None, "message": message}
                ],
                "usage": usage,
            }
        )
        await answer.prepare(request)
        with self.bill.charge("chat", model, text_in=text_in, text_out=text_out):
            await answer.write_eof()
        return answer

    # --- WebSocket ---

    async def _realtime(self, request: web.Request) -> web.StreamResponse:
        model = request.query.get("model", "")
        rule = self._rules.take("handshake", ("401", "403", "404", "429", "quota", "500"))
        if refused := self._refusal(request, rule, model):
            self.calls.append(Call("handshake", model, "", rule=rule.kind if rule else "401"))
            return refused
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self.connections += 1
        self.open_connections += 1
        session = Session(self, self._rules, socket, request, model, self.connections)
        try:
            await session.greet()
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await session.hear(json.loads(message.data))
        finally:
            self.open_connections -= 1
        return socket

    # --- by hand ---

    async def _control(self, request: web.Request) -> web.Response:
        try:
            self._rules.add(Rule(**await request.json()))
        except (TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"ok": True})

    async def _show_bill(self, _request: web.Request) -> web.Response:
        lines = [
            {"kind": kind, "model": model, "usage": usage, "usd": usd}
            for kind, model, usage, usd in self.bill.lines
        ]
        return web.json_response(
            {"total": self.bill.total, "calls": len(self.calls), "lines": lines}
        )


def _refused_parameter(kind: str, body: dict[str, Any]) -> Fault | None:
    """What a server of fewer abilities answers to a parameter that it does not know."""
    form = body.get("response_format", {}).get("type")
    message = ""
    if kind == "no-schema" and form == "json_schema":
        message = "response_format: json_schema is not supported by this model"
    elif kind == "no-format" and form:
        message = "'response_format' is not permitted"
    elif kind == "streaming-only" and not body.get("stream"):
        message = "This model only answers with stream=true"
    elif kind == "unknown-parameter":
        extra = sorted(body.keys() - {"model", "messages", "stream"})
        message = f"Unrecognized request argument supplied: {extra[0]}" if extra else ""
    return Fault(400, "invalid_request_error", None, message) if message else None


def _shape_asked(body: dict[str, Any], prompt: str) -> str:
    """The name of the shape that an answer is to have: by its schema, else as the prompt shows it."""
    if schema := body.get("response_format", {}).get("json_schema"):
        return str(schema["name"])
    shown = prompt.partition("Answer with one JSON object of this form, and nothing else: ")[2]
    keys = json.JSONDecoder().raw_decode(shown)[0].keys()
    return author.shape_of(keys)


def _pieces(
    message: dict[str, Any], finish: str, about: dict[str, Any], usage: dict[str, Any] | None
) -> list[bytes]:
    """The events of a streamed answer."""
    about = {**about, "object": "chat.completion.chunk"}
    text = message["content"] or ""
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": text[at : at + 40]} for at in range(0, len(text), 40)]
    if message["refusal"]:
        deltas.append({"refusal": message["refusal"]})
    chunks = [
        {**about, "choices": [{"index": 0, "delta": d, "finish_reason": None}]} for d in deltas
    ]
    chunks.append({**about, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    if usage is not None:
        chunks.append({**about, "choices": [], "usage": usage})
    return [*map(_event, chunks), b"data: [DONE]\n\n"]


async def _stream(
    request: web.Request, pieces: list[bytes], seconds: float, *, broken: bool
) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await answer.prepare(request)
    if broken:
        await answer.write(b"".join(pieces[: len(pieces) // 2]))
        assert request.transport is not None
        request.transport.close()
        raise asyncio.CancelledError
    if seconds:
        for piece in pieces:
            await answer.write(piece)
            await asyncio.sleep(seconds / len(pieces))
    else:
        await answer.write(b"".join(pieces))
    await answer.write_eof()
    return answer


def _events(pcm: bytes) -> list[bytes]:
    chunks = [
        base64.b64encode(pcm[at : at + 24_000]).decode()
        for at in range(0, len(pcm) or 1, 24_000)
    ]
    return [_event({"type": "speech.audio.delta", "audio": chunk}) for chunk in chunks]


def _event(event: dict[str, object]) -> bytes:
    return f"data: {json.dumps(event)}\n\n".encode()


def _wav(pcm: bytes) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.RATE)
        file.writeframes(pcm)
    return buffer.getvalue()
