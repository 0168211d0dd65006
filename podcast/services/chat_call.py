"""One call of a chat model: what is sent, and the answer read from a stream or at once.

Servers differ in what they take. What one refuses is left out, and that is remembered for its
next call.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from podcast.services.answer_text import strict_schema
from podcast.services.call_form import CallForm, is_about_length, simplify
from podcast.services.openai_client import Service, ServiceError, exceeds_context
from podcast.services.shapes import Shape

log = logging.getLogger(__name__)

# `role` and `content`.
Message = dict[str, str]

# Statuses with which servers refuse a parameter that they do not know.
_REFUSED_PARTS = frozenset({400, 405, 415, 422, 501})
# Codes that no other form of the call would change.
_FINAL_CODES = frozenset(
    "invalid_prompt content_policy_violation content_filter context_length_exceeded "
    "invalid_api_key model_not_found insufficient_quota billing_hard_limit_reached".split()
)
# Times the wait for one part that a whole stream may last.
_LONGEST_ANSWER = 12


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A question to a model."""

    model: str
    messages: list[Message]
    shape: type[Shape]
    most_tokens: int
    effort: str = ""
    """Reasoning effort; empty where the model takes none."""
    on_length: Callable[[int], None] = lambda _: None
    """Called with the characters that have come so far, whenever more of a stream comes."""


@dataclass(slots=True)
class ChatReply:
    """The answer of a model."""

    text: str = ""
    refusal: str = ""
    finish_reason: str = ""
    usage: dict[str, Any] = field(default_factory=dict)
    """As the server says it; empty when it does not."""


def call_chat(service: Service, request: ChatRequest) -> ChatReply:
    """Ask once, in the fullest form that the server takes. Raises ServiceError."""
    while True:
        form = service.call_forms.get(request.model, CallForm(has_effort=bool(request.effort)))
        try:
            return _call(service, request, form)
        except _RefusedPartError as refused:
            simpler = simplify(form, refused.message)
            if simpler is None:
                raise refused.fault from None
            log.info(
                "%s refuses a part of the call (%s): leaving it out",
                service.host,
                refused.message,
            )
            service.call_forms[request.model] = simpler


class _RefusedPartError(Exception):
    """A server refuses the form of a call, perhaps."""

    def __init__(self, message: str, fault: ServiceError) -> None:
        super().__init__(message)
        self.message = message
        self.fault = fault


def _call(service: Service, request: ChatRequest, form: CallForm) -> ChatReply:
    from openai import APIStatusError, OpenAIError

    completions: Any = service.client().chat.completions
    try:
        with completions.with_streaming_response.create(
            **_parameters(request, form)
        ) as response:
            if "text/event-stream" in response.headers.get("content-type", ""):
                lines = _safe_lines(service, response.iter_lines())
                return _read_stream(service, lines, request)
            return _read_whole(response.read())
    except APIStatusError as error:
        fault = service.fault(error, request.model)
        message = " ".join(str(error.message).split())
        if _may_be_refused_part(error.status_code, error.code, message):
            raise _RefusedPartError(message, fault) from None
        raise fault from None
    except (OpenAIError, OSError) as error:
        raise service.fault(error, request.model) from None


def _safe_lines(service: Service, lines: Iterator[str]) -> Iterator[str]:
    """Lines of a stream.

    The client lets the errors of its HTTP library through while one is read.
    """
    try:
        yield from lines
    except Exception as error:
        # httpx, or httpx2: as the client has it.
        if not type(error).__module__.startswith("httpx"):
            raise
        name = type(error).__name__
        if "Timeout" in name:
            raise service.late() from None
        what = f"the connection to {service.host} failed ({name})"
        raise ServiceError(
            what, "Check the network and the address", again=True, charged=True
        ) from None


def _may_be_refused_part(status: int, code: str | None, message: str) -> bool:
    if code in _FINAL_CODES:
        return False
    if exceeds_context(message) and not is_about_length(message):
        return False
    # llama.cpp answers 500 where it cannot turn a schema into a grammar.
    is_schema_fault = status == 500 and ("grammar" in message or "schema" in message)
    return status in _REFUSED_PARTS or is_schema_fault


def _parameters(request: ChatRequest, form: CallForm) -> dict[str, Any]:
    values: dict[str, Any] = {"model": request.model, "messages": request.messages}
    if form.answer_form == "json_schema":
        schema = {
            "name": request.shape.__name__,
            "schema": strict_schema(request.shape),
            "strict": True,
        }
        values["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif form.answer_form == "json_object":
        values["response_format"] = {"type": "json_object"}
    if form.length_key:
        values[form.length_key] = request.most_tokens
    if form.has_effort and request.effort:
        values["reasoning_effort"] = request.effort
    if form.is_stream:
        values["stream"] = True
        if form.has_usage:
            values["stream_options"] = {"include_usage": True}
    return values


def _read_whole(content: bytes) -> ChatReply:
    """Read an answer that came at once."""
    try:
        answer = json.loads(content)
        choice = answer["choices"][0]
        message = choice["message"]
    except (ValueError, LookupError, TypeError):
        raise ServiceError("the service's answer cannot be read", charged=True) from None
    return ChatReply(
        text=_plain_content(message.get("content")),
        refusal=message.get("refusal") or "",
        finish_reason=choice.get("finish_reason") or "",
        usage=answer.get("usage") or {},
    )


def _read_stream(service: Service, lines: Iterator[str], request: ChatRequest) -> ChatReply:
    """Read an answer piece by piece. Raises ServiceError for one that breaks off."""
    reply = ChatReply()
    started = time.monotonic()
    is_whole = False
    for chunk in _chunks(lines):
        if error := chunk.get("error"):
            raise _stream_fault(service, error, request.model)
        _add_chunk(reply, chunk)
        request.on_length(len(reply.text))
        is_whole = is_whole or bool(reply.finish_reason) or chunk is _END
        if time.monotonic() - started > service.timeout * _LONGEST_ANSWER:
            raise service.late()
    if not is_whole:
        raise ServiceError(
            f"{service.host} broke off in the middle of an answer", again=True, charged=True
        )
    return reply


# Stands for the line that ends a stream.
_END: dict[str, Any] = {"choices": []}


def _chunks(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if not line.startswith("data:"):
            continue
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            yield _END
            return
        try:
            chunk = json.loads(data)
        except ValueError:
            continue
        if isinstance(chunk, dict):
            yield chunk


def _add_chunk(reply: ChatReply, chunk: dict[str, Any]) -> None:
    if usage := chunk.get("usage"):
        reply.usage = usage
    for choice in chunk.get("choices") or ():
        delta = choice.get("delta") or {}
        reply.text += _plain_content(delta.get("content"))
        reply.refusal += delta.get("refusal") or ""
        reply.finish_reason = choice.get("finish_reason") or reply.finish_reason


def _stream_fault(service: Service, error: object, model: str) -> ServiceError:
    """The fault that an event of a stream tells of; servers give its code in two ways."""
    if not isinstance(error, dict):
        return service.refusal(500, None, str(error), model)

    code, status = error.get("code"), error.get("status") or error.get("code")
    return service.refusal(
        status if isinstance(status, int) else 500,
        code if isinstance(code, str) else None,
        str(error.get("message", "")),
        model,
    )


def _plain_content(content: object) -> str:
    """The text of a message; some servers send it in parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""
