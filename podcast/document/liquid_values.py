"""Evaluate Liquid as far as a post alone can tell.

Literals, `assign`, filters that make addresses.
"""

from __future__ import annotations

import re
import unicodedata

_ASSIGN = re.compile(r"assign\s+([\w-]+)\s*=\s*(.+)", re.DOTALL)
_POST_URL = re.compile(r"post_url\s+(?:\S*/)?(\d{4})-(\d{2})-(\d{2})-(\S+)")
_FILTERED = re.compile(
    r"""
    (?:(?P<quote>["'])(?P<text>.*?)(?P=quote)|(?P<name>[\w.-]+))
    (?P<filters>(?:\s*\|\s*\w+(?:\s*:\s*(?:"[^"]*"|'[^']*'|[\w.-]+))?)*)
    """,
    re.DOTALL | re.VERBOSE,
)
_FILTER = re.compile(r"""\|\s*(\w+)(?:\s*:\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?""")


class LiquidValues:
    """The variables that a post assigns, and what its expressions print."""

    def __init__(self) -> None:
        self._variables: dict[str, str] = {}

    def evaluate(self, expression: str) -> str:
        """The printed value; empty where only the site knows it."""
        found = _FILTERED.fullmatch(expression.strip())
        if not found:
            return ""

        value = self._variables.get(found["name"], "") if found["name"] else found["text"]
        for name, double, single, variable in _FILTER.findall(found["filters"]):
            argument = double or single or self._variables.get(variable, "")
            if name == "append":
                value += argument
            elif name == "slugify":
                value = slugify(value)
            elif name in ("relative_url", "absolute_url") and "://" not in value:
                value = "/" + value.lstrip("/")

        return value.replace("\n", " ")

    def run_tag(self, body: str) -> str | None:
        """Run `assign` and `post_url`; what they print, or None for any other tag."""
        if assign := _ASSIGN.fullmatch(body):
            self._variables[assign[1]] = self.evaluate(assign[2])
            return ""
        if post := _POST_URL.fullmatch(body):
            return "/" + "/".join(post.groups())
        return None


def slugify(text: str) -> str:
    """Jekyll's `slugify` filter, mode `default`.

    Letters, marks and digits, lower-case, joined by hyphens.

    https://jekyllrb.com/docs/liquid/filters/#options-for-the-slugify-filter
    """
    characters = (
        c if (k := unicodedata.category(c))[0] in "LM" or k == "Nd" else " " for c in text
    )
    return "-".join("".join(characters).lower().split())
