"""`voices/staff.toml`: who edits and who reports the editions that the newsroom makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from podcast.errors import ConfigError
from podcast.model import Person
from podcast.util.toml_files import read_toml

FILE = "staff.toml"
ROLES = ("editor", "reporter")


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
    return tuple(
        Person(
            person["name"],
            person.get("role", "reporter"),
            " ".join(person.get("persona", "").split()),
        )
        for person in people
    )


def _faults(people: list[Any]) -> Iterator[str]:
    names: set[str] = set()
    for number, person in enumerate(people, start=1):
        if not isinstance(person, dict):
            yield f"people {number}: is not a table [[people]]"
            continue
        for key, value in person.items():
            if key not in ("name", "role", "persona"):
                yield f"people {number}: {key}: not known here. A person has name, role and persona"
            elif not isinstance(value, str):
                yield f"people {number}: {key}: {value!r} is not a text in quotes"
        name = person.get("name")
        if not isinstance(name, str) or not name.strip() or set(name) & set("\n:[](){}<>*_`|"):
            yield f"people {number}: name: {name!r} is no name on one line"
        elif name in names:
            yield f"people {number}: name: {name!r} is there twice"
        else:
            names.add(name)
        if person.get("role", "reporter") not in ROLES:
            yield f"people {number}: role: {person['role']!r} is none of {', '.join(ROLES)}"
    editors = sum(isinstance(p, dict) and p.get("role") == "editor" for p in people)
    if editors != 1 or len(people) < 2:
        count = f"{editors} editors and {len(people) - editors} reporters"
        yield f"people: {count}; one editor and at least one reporter are needed"
