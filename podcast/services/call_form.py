"""Optional parts of a call, and which to leave out for a server that refuses one."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

AnswerForm = Literal["json_schema", "json_object", "text"]
LengthKey = Literal["max_completion_tokens", "max_tokens", ""]


@dataclass(frozen=True, slots=True)
class CallForm:
    """Optional parts of a call: all that OpenAI takes, to begin with."""

    answer_form: AnswerForm = "json_schema"
    """Way to ask for structured output; `text`: only the prompt asks for it."""
    length_key: LengthKey = "max_completion_tokens"
    """Parameter that bounds the length of an answer."""
    has_effort: bool = True
    """True when a reasoning effort is asked for, where the model is known to take one."""
    has_usage: bool = True
    """True when a stream is asked to end with what was used."""
    is_stream: bool = True


_SIMPLER_ANSWER: dict[AnswerForm, AnswerForm] = {
    "json_schema": "json_object",
    "json_object": "text",
}
_SIMPLER_LENGTH: dict[LengthKey, LengthKey] = {
    "max_completion_tokens": "max_tokens",
    "max_tokens": "",
}

_ABOUT_ANSWER = re.compile(
    r"response_format|json|schema|grammar|structured|guided", re.IGNORECASE
)
_ABOUT_LENGTH = re.compile(
    r"max_(?:completion_)?tokens | tokens?\ .*\ in\ the\ completion", re.IGNORECASE | re.VERBOSE
)
_ABOUT_EFFORT = re.compile(r"reasoning|effort", re.IGNORECASE)
_ABOUT_USAGE = re.compile(r"stream_options|include_usage", re.IGNORECASE)
_ABOUT_STREAM = re.compile(r"\bstream", re.IGNORECASE)


def is_about_length(message: str) -> bool:
    """Tell whether a refusal is about the answer's length: vLLM counts it with the question."""
    return bool(_ABOUT_LENGTH.search(message))


def simplify(form: CallForm, message: str) -> CallForm | None:
    """Leave out the part that a refusal is about, else the first; None where none is left."""
    steps = list(_simpler_forms(form))
    named = (simpler for pattern, simpler in steps if pattern.search(message))
    return next(named, steps[0][1] if steps else None)


def _simpler_forms(form: CallForm) -> Iterator[tuple[re.Pattern[str], CallForm]]:
    """Each part that can be left out, with how a message names it.

    What matters least comes first.
    """
    if form.has_effort:
        yield _ABOUT_EFFORT, dataclasses.replace(form, has_effort=False)
    if form.has_usage and form.is_stream:
        yield _ABOUT_USAGE, dataclasses.replace(form, has_usage=False)
    if length_key := _SIMPLER_LENGTH.get(form.length_key):
        yield _ABOUT_LENGTH, dataclasses.replace(form, length_key=length_key)
    elif form.length_key:
        yield _ABOUT_LENGTH, dataclasses.replace(form, length_key="")
    if answer_form := _SIMPLER_ANSWER.get(form.answer_form):
        yield _ABOUT_ANSWER, dataclasses.replace(form, answer_form=answer_form)
    if form.is_stream:
        yield _ABOUT_STREAM, dataclasses.replace(form, is_stream=False)
