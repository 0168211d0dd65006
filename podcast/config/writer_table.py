"""The table `[writer]` of `podcast.toml`: a writer that asks a model, and where it asks."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from podcast.config.setting_checks import (
    TYPE_NAMES,
    check_address,
    suggest_name,
)
from podcast.model import WriterService

# Keys of the table that are settings of their own, with the names of those.
_SETTING_NAMES = {"use": "writer", "model": "writer_model"}
_SERVICE_KEYS = [field.name for field in dataclasses.fields(WriterService)]
# Keys whose value is a number: the least that it may be.
_LEAST = {"timeout": 1, "jobs": 1, "price_in": 0, "price_out": 0}
_MOST = 100_000
_OFFLINE_WRITER = "template"


def read_as_settings(table: dict[str, Any], writer: dict[str, Any]) -> dict[str, Any]:
    """Put `use` and `model` of the table `[writer]` among the settings.

    A table without `use` asks a model.
    """
    settings = {key: value for key, value in table.items() if key != "writer"}
    settings["writer"] = "model"
    for key, name in _SETTING_NAMES.items():
        if key in writer:
            settings[name] = writer[key]
    return settings


def read_service(writer: dict[str, Any]) -> WriterService:
    """Read where the model is asked. The table has no fault that `find_writer_faults` finds."""
    return WriterService(**{key: writer[key] for key in _SERVICE_KEYS if key in writer})


def find_writer_faults(writer: dict[str, Any]) -> list[str]:
    """List unknown keys and wrong values of the table."""
    known = [*_SETTING_NAMES, *_SERVICE_KEYS]
    faults = []
    for key, value in writer.items():
        if key not in known:
            faults.append(f"writer.{key}: no such setting{suggest_name(key, known)}")
        elif key in _SERVICE_KEYS and (fault := _check_value(key, value)):
            faults.append(f"writer.{key}: {fault}")

    asks_a_model = writer.get("use") != _OFFLINE_WRITER
    if writer.get("url") and not writer.get("model") and asks_a_model:
        faults.append(
            'writer.model: missing. Name a model that the server has: `model = "..."`'
        )
    return faults


def _check_value(key: str, value: object) -> str:
    if key in _LEAST:
        return _check_number(key, value)
    if not isinstance(value, str):
        return f"{value!r} is not {TYPE_NAMES[str]}"
    if key == "url":
        return check_address(value)
    if key == "key_env" and value and not re.fullmatch(r"[A-Za-z_]\w*", value):
        what = "is not the name of an environment variable"
        return f"{what}. The key itself stays out of the settings"
    return ""


def _check_number(key: str, value: object) -> str:
    wanted: type[int] | type[float] = int if key == "jobs" else float
    # For Python a bool is an int, and an int is no float.
    is_number = isinstance(value, (int, wanted)) and not isinstance(value, bool)
    if not is_number or not isinstance(value, (int, float)):
        return f"{value!r} is not {TYPE_NAMES[wanted]}"
    if not _LEAST[key] <= value <= _MOST:
        return f"{value} is not between {_LEAST[key]} and {_MOST}"
    return ""
