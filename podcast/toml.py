"""TOML that people write: read within bounds, with errors that name the file; and strings written into it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from podcast.errors import ConfigError

_MOST_DOTS = 1000
"""On a line. tomllib's time grows with the square of a key's parts: 50,000 of them take 9 s."""


def parse_toml(text: str) -> dict[str, Any]:
    """The table that the text is. Raises ValueError when it is not TOML, or is nested too deeply."""
    if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
        raise ValueError(f"a line has more than {_MOST_DOTS} dots")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def read_toml(path: Path) -> dict[str, Any]:
    """The file's table. Raises ConfigError when it cannot be read or is not TOML."""
    try:
        return parse_toml(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None


def quoted(text: str) -> str:
    """A TOML basic string. JSON's escapes are TOML's, but for DEL, which TOML wants escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
