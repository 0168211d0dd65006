"""`voices/staff.toml`: who edits and who reports the editions that the newsroom makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeGuard

from podcast.errors import ConfigError
from podcast.model import Person
from podcast.util.toml_files import read_toml

FILE = "staff.toml"
ROLES = ("editor", "reporter")
_NO_NAME = set("\n:[](){}<>*_`|")


def load_staff(path: Path) -> tuple[Person, ...]:
    """The people of the newsroom, in the order of the file.

    Raises ConfigError with every fault, one a line.
    """
    table = read_toml(path)
    people = table.get("people")
    if not isinstance(people, list) or set(table) != {"people"}:
        raise ConfigError(
            f"{path}: write each person as [[people]] with name, role and persona, no more"
        )
    if faults := list(_faults(people)):
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in faults))
    return tuple(map(_make_person, people))


def _make_person(facts: dict[str, Any]) -> Person:
    persona = " ".join(facts.get("persona", "").split())
    return Person(facts["name"], facts.get("role", "reporter"), persona)


def _find_key_faults(person: dict[str, Any]) -> Iterator[str]:
    for key, value in person.items():
        if key not in ("name", "role", "persona"):
            yield f"{key}: not known here. A person has name, role and persona"
        elif not isinstance(value, str):
            yield f"{key}: {value!r} is not a text in quotes"


def _is_name(name: object) -> TypeGuard[str]:
    """Tell whether it can stand in a byline: Markdown's signs and brackets would cut it."""
    return isinstance(name, str) and bool(name.strip()) and not set(name) & _NO_NAME


def _faults(people: list[Any]) -> Iterator[str]:
    names: set[str] = set()
    for number, person in enumerate(people, start=1):
        if not isinstance(person, dict):
            yield f"people {number}: is not a table [[people]]"
            continue
        for fault in _find_key_faults(person):
            yield f"people {number}: {fault}"

        name = person.get("name")
        if not _is_name(name):
            yield f"people {number}: name: {name!r} is no name on one line"
        elif name in names:
            yield f"people {number}: name: {name!r} is there twice"
        else:
            names.add(name)

        role = person.get("role", "reporter")
        if role not in ROLES:
            yield f"people {number}: role: {role!r} is none of {', '.join(ROLES)}"

    yield from _find_count_faults(people)


def _find_count_faults(people: list[Any]) -> Iterator[str]:
    editors = 0
    for person in people:
        if isinstance(person, dict) and person.get("role") == "editor":
            editors += 1
    if editors != 1 or len(people) < 2:
        count = f"{editors} editors and {len(people) - editors} reporters"
        yield f"people: {count}; one editor and at least one reporter are needed"
