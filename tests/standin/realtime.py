"""One session of the stand-in's Realtime endpoint."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import uuid
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.standin import sound
from tests.standin.books import Call, tokens
from tests.standin.faults import fault
from tests.standin.rules import Rules

if TYPE_CHECKING:
    from tests.standin.server import StandIn

_NUMBERS = "seven nine eleven thirty forty ninety"


class Session:
    """A voice that is fixed once it has spoken, and one response at a time."""

    def __init__(
        self,
        service: StandIn,
        rules: Rules,
        socket: web.WebSocketResponse,
        request: web.Request,
        model: str,
        number: int,
    ) -> None:
        self._service, self._rules, self._socket, self._request = (
            service,
            rules,
            socket,
            request,
        )
        self._model, self._number = model, number
        self._voice = "alloy"
        self._spoke = False

    async def greet(self) -> None:
        await self._send("session.created", session=self._session())

    async def hear(self, event: dict[str, Any]) -> None:
        if event["type"] == "session.update":
            await self._update(event["session"])
        elif event["type"] == "response.create":
            await self._respond(event.get("response", {}))
        else:
            await self._error("invalid_value", f"Unknown event {event['type']!r}.")

    def _session(self) -> dict[str, Any]:
        audio = {
            "output": {
                "format": {"type": "audio/pcm", "rate": sound.RATE},
                "voice": self._voice,
            }
        }
        return {
            "type": "realtime",
            "object": "realtime.session",
            "model": self._model,
            "audio": audio,
        }

    async def _update(self, session: dict[str, Any]) -> None:
        voice = session.get("audio", {}).get("output", {}).get("voice", self._voice)
        if self._spoke and voice != self._voice:
            await self._error(
                "cannot_update_voice",
                "Cannot update a conversation's voice if assistant audio is present.",
            )
            return
        self._voice = voice
        await self._send("session.updated", session=self._session())

    async def _respond(self, asked: dict[str, Any]) -> None:
        text = " ".join(
            part["text"]
            for item in asked.get("input", [])
            for part in item["content"]
            if "text" in part
        )
        instructions = asked.get("instructions", "")
        rule = self._rules.take(text)
        kind = rule.kind if rule else ""
        call = Call(
            "realtime", self._model, text, self._voice, instructions, kind, self._number, asked
        )
        self._service.calls.append(call)
        voice = asked.get("audio", {}).get("output", {}).get("voice", self._voice)
        if voice != self._voice and self._spoke:
            await self._error("cannot_update_voice", "The voice cannot change after audio.")
            return
        if asked.get("conversation") != "none":
            await self._error("invalid_value", "This stand-in only reads out of band.")
            return
        id_ = f"resp_{uuid.uuid4().hex[:12]}"
        await self._send("response.created", response={"id": id_, "status": "in_progress"})
        reset = rule.retry_after if rule and rule.retry_after is not None else 1.0
        limits = [{"name": "requests", "limit": 500, "remaining": 499, "reset_seconds": reset}]
        await self._send("rate_limits.updated", rate_limits=limits)
        said = _otherwise(text, kind)
        pcm = self._service._pcm(kind, said)
        deltas = self._deltas(id_, pcm)
        await self._service._wait(self._request, rule, call.at if self._service.delay else None)
        if kind in ("401", "403", "404", "429", "quota", "500"):
            await self._failed(id_, kind)
            return
        if kind in ("cut", "truncated", "filtered"):
            deltas = deltas[: len(deltas) // 2]
        for delta in deltas:
            await self._socket.send_str(delta)
        self._spoke = True
        await self._end(id_, instructions + text, said, pcm, kind)

    def _deltas(self, id_: str, pcm: bytes) -> list[str]:
        """The audio as events, made before the answer is due."""
        size = 20_000
        chunks = [
            base64.b64encode(pcm[at : at + size]).decode() for at in range(0, len(pcm), size)
        ]
        return [
            _event("response.output_audio.delta", **_place(id_), delta=chunk)
            for chunk in chunks
        ]

    async def _end(self, id_: str, prompt: str, said: str, pcm: bytes, kind: str) -> None:
        common = _place(id_)
        if kind == "cut":
            assert self._request.transport is not None
            self._request.transport.abort()
            raise asyncio.CancelledError
        await self._send("response.output_audio.done", **common)
        await self._send("response.output_audio_transcript.done", **common, transcript=said)
        text_in, text_out, audio_out = tokens(prompt), tokens(said), sound.audio_tokens(pcm)
        usage = {
            "total_tokens": text_in + text_out + audio_out,
            "input_tokens": text_in,
            "output_tokens": text_out + audio_out,
            "input_token_details": {
                "text_tokens": text_in,
                "audio_tokens": 0,
                "cached_tokens": 0,
            },
            "output_token_details": {"text_tokens": text_out, "audio_tokens": audio_out},
        }
        status, details = "completed", None
        if kind in ("truncated", "filtered"):
            status = "incomplete"
            reason = "max_output_tokens" if kind == "truncated" else "content_filter"
            details = {"type": "incomplete", "reason": reason}
        with self._service.bill.charge(
            "realtime", self._model, text_in=text_in, text_out=text_out, audio_out=audio_out
        ):
            await self._send(
                "response.done",
                response={
                    "id": id_,
                    "object": "realtime.response",
                    "status": status,
                    "status_details": details,
                    "conversation_id": None,
                    "output": [],
                    "usage": usage,
                },
            )

    async def _failed(self, id_: str, kind: str) -> None:
        wrong = fault(kind, self._model, "")
        assert wrong is not None
        error = {"type": wrong.type, "code": wrong.code, "message": wrong.message}
        await self._send(
            "response.done",
            response={
                "id": id_,
                "object": "realtime.response",
                "status": "failed",
                "status_details": {"type": "failed", "error": error},
                "output": [],
                "usage": None,
            },
        )

    async def _error(self, code: str, message: str) -> None:
        error = {
            "type": "invalid_request_error",
            "code": code,
            "message": message,
            "param": None,
        }
        await self._send("error", error=error)

    async def _send(self, type_: str, **fields: Any) -> None:
        await self._socket.send_str(_event(type_, **fields))


def _event(type_: str, **fields: Any) -> str:
    return json.dumps({"type": type_, "event_id": f"event_{uuid.uuid4().hex[:12]}", **fields})


def _place(id_: str) -> dict[str, Any]:
    return {"response_id": id_, "item_id": f"item_{id_}", "output_index": 0, "content_index": 0}


def _otherwise(text: str, kind: str) -> str:
    """What is said instead of the text."""
    if kind == "reworded":
        words = text.split()
        return " ".join(["Well, as I understand it,", *words[: len(words) // 2], "and so on."])
    if kind == "number":
        for number in _NUMBERS.split():
            if re.search(rf"\b{number}\b", text):
                return re.sub(rf"\b{number}\b", "eighty", text, count=1)
        return f"{text} eighty"
    return text
