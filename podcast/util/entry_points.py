"""Entry points: things that packages declare under a name, found without importing them."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import Any

# This distribution. Its names cannot be taken by another.
OWN = "presscast"

# Group to names of earlier versions, which shows may still have in their settings, with
# today's.
RENAMED = {
    "presscast.writers": {"openai": "model"},
    "presscast.desks": {"openai": "model"},
}


@cache
def _find(group: str) -> dict[str, metadata.EntryPoint]:
    declared = sorted(metadata.entry_points(group=group), key=_is_own)
    renamed = RENAMED.get(group, {})
    return {entry.name: entry for entry in declared if entry.name not in renamed}


def _is_own(entry: metadata.EntryPoint) -> bool:
    return entry.dist is not None and entry.dist.name == OWN


def today_name(group: str, name: str) -> str:
    """Today's name of what a name stood for in an earlier version; any other name as it is."""
    return RENAMED.get(group, {}).get(name, name)


def list_names(group: str) -> list[str]:
    """List the names that are declared in a group, in alphabetical order."""
    return sorted(_find(group))


def load_object(group: str, name: str) -> Any:
    """Import what a name stands for.

    Raises KeyError for an unknown name, and whatever importing raises.
    """
    return _find(group)[name].load()


def origin_of(group: str, name: str) -> str:
    """Name the distribution that declares a name."""
    entry = _find(group)[name]
    return entry.dist.name if entry.dist else "an unknown package"
