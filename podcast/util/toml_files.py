"""Read TOML that people write, within bounds, with errors that name the file; quote strings."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from podcast.errors import ConfigError, not_utf8

# On a line. tomllib's time grows with the square of a key's parts: 50,000 of them take 9 s.
_MOST_DOTS = 1000


def read_toml(path: Path) -> dict[str, Any]:
    """The file's table.

    Raises ConfigError, with the line, when it cannot be read or is not TOML.
    """
    try:
        return parse_toml(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        line, what = not_utf8(error)
        raise ConfigError(
            f"{path}: not valid TOML: {what} (at line {line}). Save the file as UTF-8"
        ) from None
    except ValueError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None


def parse_toml(text: str) -> dict[str, Any]:
    """The text's table.

    Raises ValueError, with the line, when it is not TOML, or too large to be told of.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            raise ValueError(f"a line has more than {_MOST_DOTS} dots (at line {number})")
    try:
        table = tomllib.loads(text)
        # Python writes no number of more than 4300 digits, though it reads it in base 16.
        repr(table)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise ValueError(f"it is nested too deeply (at line {_longest(text, r'.*')})") from None
    except ValueError:
        raise ValueError(
            f"a number is too long (at line {_longest(text, r'[0-9a-fA-F_]*')})"
        ) from None
    return table


def _longest(text: str, pattern: str) -> int:
    """The line, counted from 1, of the longest match."""
    longest = max(re.finditer(pattern, text), key=lambda match: len(match[0]))
    return text.count("\n", 0, longest.start()) + 1


def quoted(text: str) -> str:
    """A TOML basic string.

    JSON's escapes are TOML's, but for DEL, which TOML wants escaped too.
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
