"""The prompts.

Files that a show may override, and the data that they speak of, which can only be read.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from podcast.errors import WriteError
from podcast.model import Show

log = logging.getLogger(__name__)

# Prompts of earlier versions, with those that take their place.
RETIRED = {"reporter.j2": "story.j2", "editor.j2": "frame.j2"}


class Prompts:
    """The `*.j2` files of this package, or those of that name in a show's `assets/prompts/`."""

    def __init__(self, show: Show, values: Mapping[str, object] = MappingProxyType({})) -> None:
        """`values` may be used in the files, besides the show's title, audience and style."""
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        _warn_of_retired(show.path("assets", "prompts"))
        folders = [show.path("assets", "prompts"), Path(__file__).with_name("prompts")]
        self._values: dict[str, object] = {
            "show": show.title,
            "audience": show.writer.audience,
            "style": show.writer.style,
            "format": show.writer.format,
            "solo": False,
            "one_text": False,
            **values,
        }
        # The prompts are text for a model; HTML's escapes would be noise in them.
        self._environment = SandboxedEnvironment(
            loader=FileSystemLoader(folders),
            undefined=StrictUndefined,
            trim_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )

    def fill(self, name: str) -> str:
        """The prompt of that name.

        Raises WriteError with file and line for one that cannot be filled.
        """
        from jinja2 import TemplateError, TemplateSyntaxError

        try:
            return self._environment.get_template(f"{name}.j2").render(self._values).strip()
        except TemplateSyntaxError as error:
            raise WriteError(
                f"{error.filename or name}:{error.lineno}: {error.message}"
            ) from None
        except TemplateError as error:
            raise WriteError(
                f"prompts/{name}.j2: {error}. Known here: {', '.join(self._values)}"
            ) from None


@cache
def _warn_of_retired(folder: Path) -> None:
    """Say once which of a show's own prompts are not read any more."""
    for old, new in RETIRED.items():
        if (folder / old).exists():
            log.warning("%s is not read any more: write it anew as %s", folder / old, new)


def as_data(values: dict[str, Any]) -> str:
    """Values for a prompt: JSON between marks, which no text within it can write."""
    return f"<data>\n{without_marks(json.dumps(values, ensure_ascii=False, indent=1))}\n</data>"


def without_marks(text: str) -> str:
    """JSON that means the same and holds no mark, since `<` and `>` are escaped."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e")
