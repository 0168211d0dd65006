"""Asking the model: one structured answer, checked, sent back once to be mended, paid for once."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from podcast.errors import WriteError
from podcast.model import Show, Usd
from podcast.services.openai_client import Service, ServiceError
from podcast.services.prices import Budget, Usage, known_model, tokens
from podcast.services.prompts import Prompts, as_data, without_marks
from podcast.services.shapes import Shape
from podcast.util import cache

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionMessageParam

S = TypeVar("S", bound=Shape)
log = logging.getLogger(__name__)

_WRITTEN = re.compile(r"https?://|www\.|\]\(|\*\*|`|^\s*#|<[a-z/!]|\[[^\]]*\]", re.MULTILINE)

MOST_TOKENS = 6000
"""The most tokens of one answer, reasoning included."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[S]):
    """What came of asking."""

    value: S | None
    """None when even the mended answer had faults."""
    faults: tuple[str, ...]
    """Of the last answer; empty when there is a value."""
    cost: Usd


@dataclass(frozen=True, slots=True)
class _Reply:
    """One answer of the service as it came."""

    text: str
    fault: str
    """What is wrong with it before it is read; empty when nothing is."""
    cost: float


class Asker:
    """Asks one model. Answers are kept in the folder `kept`: a run cut short pays for none twice."""

    def __init__(self, service: Service, model: str, budget: Budget, show: Show, kept: Path) -> None:
        self._service, self._model, self._budget = service, model, budget
        self._prompts, self._kept = Prompts(show), kept

    def ask(
        self,
        prompt: str,
        data: dict[str, Any],
        shape: type[S],
        words: int,
        faults_of: Callable[[S], Iterable[str]],
    ) -> Answer[S]:
        """An answer to the prompt of that name, of that shape, of about `words` words, without faults.

        Raises WriteError when the service cannot be used at all, BudgetError.
        """
        messages: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": self._prompts.fill(prompt)},
            {"role": "user", "content": as_data(data)},
        ]
        cost, faults = 0.0, [""]
        for _ in range(2):
            reply = self._reply(messages, shape, words)
            cost += reply.cost
            value = None if reply.fault else _read(reply.text, shape)
            if value is None:
                faults = [reply.fault or "the answer does not have the form that was asked for"]
            else:
                faults = list(faults_of(value))
                if not faults:
                    return Answer(value, (), Usd(cost))
            if reply.text:
                messages.append({"role": "assistant", "content": without_marks(reply.text)})
            repair = f"{self._prompts.fill('repair')}\n\n{as_data({'faults': faults})}"
            messages.append({"role": "user", "content": repair})
        return Answer(None, tuple(faults), Usd(cost))

    def usage(self, prompt: str, data: dict[str, Any], words: int) -> Usage:
        """What asking will use, estimated: one answer without faults."""
        asked = self._prompts.fill(prompt) + as_data(data)
        return Usage(text_in=tokens(asked), text_out=expected_tokens(words))

    def forget(self, script: Path) -> None:
        """Drop the kept answers that were there when `script` was saved: a new one is wanted."""
        if not script.exists():
            return
        saved = script.stat().st_mtime_ns
        for path in self._kept.glob("*.json"):
            if path.stat().st_mtime_ns <= saved:
                path.unlink()

    def _reply(self, messages: list[ChatCompletionMessageParam], shape: type[S], words: int) -> _Reply:
        asked = json.dumps([self._service.address, self._model, shape.__name__, messages])
        path = self._kept / f"{sha256(asked.encode()).hexdigest()}.json"
        try:
            return _Reply(**json.loads(cache.load(path) or b""))
        except (ValueError, TypeError):
            pass
        try:
            reply = self._service.patiently(lambda: self._call(messages, shape, words))
        except ServiceError as error:
            raise WriteError(f"writer openai: {error}") from None
        note = {"text": reply.text, "fault": reply.fault, "cost": reply.cost}
        cache.save(path, json.dumps(note).encode(), sync=True)
        return reply

    def _call(self, messages: list[ChatCompletionMessageParam], shape: type[S], words: int) -> _Reply:
        from openai import OpenAIError, omit

        known = known_model(self._model)
        prompt = "".join(str(message.get("content")) for message in messages)
        expected = known.price(Usage(text_in=tokens(prompt), text_out=expected_tokens(words)))
        effort: Any = known.effort or omit
        with self._budget.call(self._model, expected) as call:
            try:
                raw = self._service.client().chat.completions.with_raw_response.parse(
                    model=self._model,
                    messages=messages,
                    response_format=shape,
                    max_completion_tokens=MOST_TOKENS,
                    reasoning_effort=effort,
                )
            except (OpenAIError, OSError) as error:
                fault = self._service.fault(error, self._model)
                call.cost = expected if fault.charged else Usd(0.0)
                if fault.declined:
                    return _Reply("", f"the service declines it: {fault.what}", 0.0)
                raise fault from None
            try:
                answer = json.loads(raw.text)
                choice, used = answer["choices"][0], answer.get("usage") or {}
                text = choice["message"].get("content") or ""
                refusal = choice["message"].get("refusal") or ""
                call.usage = Usage(
                    text_in=used.get("prompt_tokens", tokens(prompt)),
                    cached_in=(used.get("prompt_tokens_details") or {}).get("cached_tokens") or 0,
                    text_out=used.get("completion_tokens", tokens(text)),
                )
            except (ValueError, LookupError, TypeError, AttributeError):
                call.cost = expected
                return _Reply("", "the service's answer cannot be read", expected or 0.0)
            call.cost = known.price(call.usage)
            return _Reply(text or refusal, _fault(choice, text, refusal), call.cost or 0.0)


def expected_tokens(words: int) -> int:
    """About how many tokens an answer of so many words has, its JSON included."""
    return round(words * 1.25) + 60


def _fault(choice: dict[str, Any], text: str, refusal: str) -> str:
    if refusal:
        return "the model refuses"
    if choice.get("finish_reason") == "length":
        return "the answer is cut off"
    if choice.get("finish_reason") == "content_filter":
        return "the service's content filter stopped the answer"
    return "" if text.strip() else "the answer is empty"


def _read(text: str, shape: type[S]) -> S | None:
    from pydantic import ValidationError

    try:
        return shape.model_validate_json(text)
    except ValidationError:
        return None


def form_faults(texts: Sequence[str]) -> Iterator[str]:
    """What cannot be read aloud in texts of the model: empty ones, addresses, Markdown, stage directions."""
    if not all(text.strip() for text in texts):
        yield "a passage is empty"
    for text in texts:
        if found := _WRITTEN.search(text):
            yield f'"{found[0]}" cannot be spoken'
