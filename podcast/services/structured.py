"""Ask a model: one structured answer, checked, sent back once to be mended, paid for once."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from podcast.errors import OutageError, WriteError
from podcast.model import Show, Usd
from podcast.services.answer_text import describe_shape, read_answer, strip_thoughts
from podcast.services.chat_call import ChatReply, ChatRequest, Message, call_chat
from podcast.services.openai_client import CONTEXT, Service, ServiceError
from podcast.services.prices import Budget, Usage, known_model, tokens, with_prices
from podcast.services.prompts import Prompts, as_data, without_marks
from podcast.services.shapes import Shape
from podcast.util import cache

S = TypeVar("S", bound=Shape)
log = logging.getLogger(__name__)

# Called with the words of an answer that have come so far, its form included.
OnWords = Callable[[int], None]

# The most tokens of one answer, reasoning included.
MOST_TOKENS = 8000
# About how many characters of an answer are a word of it.
LETTERS_A_WORD = 6
# The part of the tokens counted by us that a server has read at least; tokenizers differ.
LEAST_READ = 0.6
# About how many tokens say what is wrong with an answer.
FAULT_TOKENS = 100
SHAPE_LINE = "Answer with one JSON object of this form, and nothing else:"


@dataclass(frozen=True, slots=True)
class Answer(Generic[S]):
    """The result of asking."""

    value: S | None
    """None when even the mended answer had faults."""
    faults: tuple[str, ...]
    """Faults of `flawed`, or of the last answer; empty when there is a value."""
    cost: Usd
    flawed: S | None = None
    """The answer with fewest faults of those that have the form asked for."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """One answer of the service as it came."""

    text: str
    fault: str
    """A fault that it has before it is read; empty when it has none."""
    cost: float


class Asker:
    """Asks one model. Answers are kept in the folder `kept`.

    A run cut short pays for none twice.
    """

    def __init__(
        self,
        service: Service,
        model: str,
        budget: Budget,
        show: Show,
        kept: Path,
        values: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        """`values` may be used in the prompts."""
        self._service, self._model, self._budget = service, model, budget
        self._prompts, self._kept = Prompts(show, values), kept
        self._known = with_prices(known_model(model), show.writer.service)

    def ask(
        self,
        prompt: str,
        data: dict[str, Any],
        shape: type[S],
        words: int,
        faults_of: Callable[[S], Iterable[str]],
        on_words: OnWords = lambda _: None,
    ) -> Answer[S]:
        """Ask the prompt of that name for an answer of that shape, of about `words` words.

        An answer with faults is sent back once. Raises OutageError when the service does not
        answer, WriteError when it cannot be used at all, BudgetError.
        """
        messages: list[Message] = [
            {"role": "system", "content": self._instructions(prompt, shape)},
            {"role": "user", "content": as_data(data)},
        ]
        cost, faults = 0.0, [""]
        flawed: S | None = None
        fewest_faults: list[str] = []
        for _ in range(2):
            reply = self._reply(messages, shape, words, on_words)
            cost += reply.cost
            answer = reply.fault or read_answer(reply.text, shape)
            if isinstance(answer, str):
                form_fault = f"the answer does not have the form that was asked for: {answer}"
                faults = [reply.fault or form_fault]
            else:
                faults = list(faults_of(answer))
                if not faults:
                    return Answer(answer, (), Usd(cost))
                # A weak model may put one thing right and three others wrong.
                if flawed is None or len(faults) <= len(fewest_faults):
                    flawed, fewest_faults = answer, faults
            if said := strip_thoughts(reply.text):
                messages.append({"role": "assistant", "content": without_marks(said)})
            repair = f"{self._prompts.fill('repair')}\n\n{as_data({'faults': faults})}"
            messages.append({"role": "user", "content": repair})
        return Answer(None, tuple(fewest_faults or faults), Usd(cost), flawed)

    def estimate(
        self, prompt: str, data: dict[str, Any], words: int, *, sent_back: bool = False
    ) -> Usd | None:
        """Estimate what asking will cost: one answer, or two where the first is sent back.

        None when the price is not known.
        """
        text_in = tokens(self._prompts.fill(prompt) + as_data(data))
        text_out = expected_tokens(words)
        if not sent_back:
            return self._known.price(Usage(text_in=text_in, text_out=text_out))

        # The second call holds the first one, its answer, and what is wrong with it.
        repair = tokens(self._prompts.fill("repair")) + FAULT_TOKENS
        again_in = text_in + text_out + repair
        return self._known.price(Usage(text_in=text_in + again_in, text_out=2 * text_out))

    def forget(self, script: Path) -> None:
        """Drop the answers that were cached when `script` was saved: a new one is wanted."""
        if not script.exists():
            return
        saved = script.stat().st_mtime_ns
        for path in self._kept.glob("*.json"):
            if path.stat().st_mtime_ns <= saved:
                path.unlink()

    def _instructions(self, prompt: str, shape: type[Shape]) -> str:
        """The prompt, with the answer's shape.

        Many servers know no schemas, or do not keep to them.
        """
        return f"{self._prompts.fill(prompt)}\n\n{SHAPE_LINE} {describe_shape(shape)}"

    def _reply(
        self, messages: list[Message], shape: type[S], words: int, on_words: OnWords
    ) -> _Reply:
        asked = json.dumps([self._service.address, self._model, shape.__name__, messages])
        path = self._kept / f"{sha256(asked.encode()).hexdigest()}.json"
        try:
            return _Reply(**json.loads(cache.load(path) or b""))
        except (ValueError, TypeError):
            pass
        try:
            reply = self._service.patiently(
                lambda: self._call(messages, shape, words, on_words)
            )
        except ServiceError as error:
            kind = OutageError if error.again else WriteError
            raise kind(f"writer model: {error}") from None
        note = {"text": reply.text, "fault": reply.fault, "cost": reply.cost}
        cache.save(path, json.dumps(note).encode(), sync=True)
        return reply

    def _warn_of_lost_words(self, reply: ChatReply, sent: int) -> None:
        """Say it where a server has read much less than it was sent.

        Ollama cuts off what does not fit its context, and answers all the same.
        """
        read = reply.usage.get("prompt_tokens") or sent
        if read < LEAST_READ * sent:
            log.warning(
                "%s has read %d of about %d tokens: give the model a context of %d",
                self._service.host,
                read,
                sent,
                CONTEXT,
            )

    def _call(
        self, messages: list[Message], shape: type[S], words: int, on_words: OnWords
    ) -> _Reply:
        """Ask the service once, within the budget."""
        known = self._known
        prompt = "".join(message["content"] for message in messages)
        expected = known.price(Usage(text_in=tokens(prompt), text_out=expected_tokens(words)))
        request = ChatRequest(
            self._model,
            messages,
            shape,
            MOST_TOKENS,
            known.effort,
            on_length=lambda length: on_words(length // LETTERS_A_WORD),
        )

        with self._budget.call(self._model, expected) as call:
            try:
                reply = call_chat(self._service, request)
            except ServiceError as fault:
                call.cost = expected if fault.charged else Usd(0.0)
                return _read_fault(fault, expected)

            call.usage = _read_usage(reply, prompt)
            self._warn_of_lost_words(reply, tokens(prompt))
            call.cost = known.price(call.usage)
            return _Reply(reply.text or reply.refusal, _fault(reply), call.cost or 0.0)


def _read_fault(fault: ServiceError, expected: Usd | None) -> _Reply:
    """Take a refusal of this very text for an answer with a fault; raise any other again."""
    if fault.declined:
        return _Reply("", f"the service declines it: {fault.what}", 0.0)
    if fault.charged and not fault.again:
        return _Reply("", fault.what, expected or 0.0)
    raise fault


def _read_usage(reply: ChatReply, prompt: str) -> Usage:
    """The usage that the server reports; counted by us where it reports none."""
    details = reply.usage.get("prompt_tokens_details") or {}
    return Usage(
        text_in=reply.usage.get("prompt_tokens") or tokens(prompt),
        cached_in=details.get("cached_tokens") or 0,
        text_out=reply.usage.get("completion_tokens") or tokens(reply.text),
    )


def expected_tokens(words: int) -> int:
    """About how many tokens an answer of so many words has, its JSON included."""
    return round(words * 1.25) + 60


def _fault(reply: ChatReply) -> str:
    if reply.refusal:
        return "the model refuses"
    if reply.finish_reason == "length":
        return "the answer is cut off"
    if reply.finish_reason == "content_filter":
        return "the service's content filter stopped the answer"
    return "" if reply.text.strip() else "the answer is empty"
