"""The structured answer within what a model writes.

Without its thoughts, fences, prefaces and last words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from podcast.services.shapes import Shape

S = TypeVar("S", bound=Shape)

# Number of places tried where an object could begin.
TRIED_OBJECTS = 60

_THOUGHTS = re.compile(
    r"""
    # all up to the last end of thoughts
    \A .* </ (?:think|thinking|thought|reasoning) >
    # thoughts that were cut off
    | \A \s* < (?:think|thinking|thought|reasoning) > (?! .* \{ ) .*
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_DECODER = json.JSONDecoder(strict=False)


def strip_thoughts(text: str) -> str:
    """Cut off what a model thought aloud before its answer."""
    return _THOUGHTS.sub("", text, count=1).strip()


def read_answer(text: str, shape: type[S]) -> S | str:
    """Read the answer of that shape out of a text; a text that says what is wrong for none."""
    from pydantic import ValidationError

    fault = ""
    for value in _find_objects(strip_thoughts(text)):
        try:
            return shape.model_validate(value)
        except ValidationError as error:
            fault = fault or "; ".join(_describe_error(one) for one in error.errors()[:4])
    return fault or "it holds no JSON object"


def _find_objects(text: str) -> Iterator[dict[str, Any]]:
    """Each JSON object of a text, outer ones before those within."""
    starts = (match.start() for match in re.finditer(r"\{", text))
    for _, start in zip(range(TRIED_OBJECTS), starts, strict=False):
        try:
            value, _ = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        yield value


def _describe_error(error: Any) -> str:
    """One fault of a value, with where it is."""
    place = ".".join(map(str, error["loc"]))
    return f"{place}: {error['msg']}" if place else str(error["msg"])


def describe_shape(shape: type[Shape]) -> str:
    """Show a shape as an example that a model can follow: `{"turns": [{"text": "..."}]}`."""
    schema = shape.model_json_schema()
    return json.dumps(_example_of(schema, schema.get("$defs", {})))


def _example_of(schema: dict[str, Any], shapes: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _example_of(shapes[schema["$ref"].rpartition("/")[2]], shapes)
    if "properties" in schema:
        return {name: _example_of(part, shapes) for name, part in schema["properties"].items()}
    if schema.get("type") == "array":
        return [_example_of(schema["items"], shapes)]
    simple: dict[str, Any] = {"integer": 0, "number": 0.0, "boolean": True}
    return simple.get(schema.get("type", ""), "...")


def strict_schema(shape: type[Shape]) -> dict[str, Any]:
    """The JSON schema of a shape as servers want it.

    Every property required, and no other allowed.
    """
    schema = shape.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        if "properties" in part:
            part["required"] = list(part["properties"])
            part["additionalProperties"] = False
            for value in part["properties"].values():
                value.pop("default", None)
    return schema
