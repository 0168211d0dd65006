"""What `podcast init` asks about a new show, each answer checked at once."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from podcast.init import Blog

_QUESTIONS = {
    "title": "What is the podcast called?",
    "author": "Who makes it? Apps show this name under the title",
    "email": "Mail address by which directories verify that the show is yours; "
    "it stands in the feed",
    "url": "Public address that the folder feeds/ will have",
    "presenter": "Who presents it? A person's name, spoken in every episode",
}


def ask_about_show(given: Mapping[str, str | None], blog: Blog | None) -> dict[str, str]:
    """The five values that a new show needs.

    What was given on the command line counts, then what the blog's settings say, then an answer
    from the terminal; a placeholder where there is no terminal. Raises BadParameter for a given
    value that cannot be.
    """
    from podcast.init import PLACEHOLDERS

    values: dict[str, str] = {}
    for key, placeholder in PLACEHOLDERS.items():
        if (value := given.get(key)) is not None:
            values[key] = _check_value(key, value)
            continue
        suggestion = _suggest(key, blog)
        if sys.stdin.isatty():
            values[key] = click.prompt(
                _QUESTIONS[key],
                default=suggestion or placeholder,
                value_proc=partial(_check_value, key),
                err=True,
            )
        else:
            values[key] = suggestion or placeholder
    return values


def _suggest(key: str, blog: Blog | None) -> str:
    """What the blog's settings say; empty when they do not."""
    if blog is None:
        return ""
    suggestions = {
        "title": blog.title,
        "author": blog.author,
        "email": blog.email,
        "url": f"{blog.link}feeds/" if blog.link else "",
        "presenter": blog.author,
    }
    return suggestions[key]


def _check_value(key: str, answer: str) -> str:
    """Give the answer as podcast.toml takes it.

    An address is completed to https and a last slash.
    """
    from podcast.config import find_setting_fault

    value = answer.strip()
    if key == "url":
        value = value if "://" in value else f"https://{value}"
        value = value if value.endswith("/") else f"{value}/"
    if fault := find_setting_fault(key, value):
        raise click.BadParameter(f"{key}: {fault}")
    return value
