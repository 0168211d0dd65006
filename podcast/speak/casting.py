"""Who has which voice: the pool of Voices, the saved cast, and the casting of an episode.

An entry in `cast.toml` decides. Only where two people of one episode have the same voice there
does the second get another one for this episode, so that listeners can tell them apart; the
entry stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from podcast.errors import ConfigError
from podcast.model import Cast, Person, Voice
from podcast.util.files import write_atomic
from podcast.util.toml_files import parse_toml, quoted, read_toml

PRESENTATIONS = ("feminine", "masculine", "neutral")
PACES = range(80, 261)
"""Words per minute that a Voice may ask for."""

_NOT_VOICES = ("cast.toml", "lexicon.toml", "staff.toml")
_NEEDED: dict[str, type] = {"name": str, "presentation": str, "pace": int}
_OPTIONAL: dict[str, type] = {"description": str, "accent": str, "manner": str, "engines": dict}
_KEYS = _NEEDED | _OPTIONAL
_TYPE_NAMES = {str: "a text in quotes", int: "a whole number", dict: "a table"}


def load_voices(folder: Path) -> dict[str, Voice]:
    """The pool of a show.

    Voice id to Voice, one for each `<id>.toml` in `folder`, sorted by id.

    Raises ConfigError with every fault of every file, one a line, each with file and key.
    """
    voices: dict[str, Voice] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name in _NOT_VOICES:
            continue
        try:
            table = read_toml(path)
        except ConfigError as error:
            faults.append(str(error))
            continue
        wrong = list(_voice_faults(table))
        faults += [f"{path}: {fault}" for fault in wrong]
        if not wrong:
            voices[path.stem] = _voice(path.stem, table)
    if faults:
        raise ConfigError("\n".join(faults))
    if not voices:
        raise ConfigError(f"{folder}: there is no voice here. Get the pool with `podcast init`")
    return voices


def load_cast(path: Path) -> dict[str, str]:
    """The saved cast: Person's name to Voice id; empty when there is no file.

    Raises ConfigError with every fault, one a line.
    """
    if not path.exists():
        return {}
    table = read_toml(path)
    people = table.get("people", {})
    faults = [
        f"{key}: not known here{_guess(key, ['people'])}" for key in table if key != "people"
    ]
    if not isinstance(people, dict):
        faults.append('people: is not a table of names: write [people], then "Name" = "voice"')
        people = {}
    faults += [
        f"people.{json.dumps(name, ensure_ascii=False)}: {voice!r} is not a voice's id in "
        f"quotes"
        for name, voice in people.items()
        if not isinstance(voice, str)
    ]
    if faults:
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in faults))
    return people


def cast(
    people: Sequence[Person],
    voices: Mapping[str, Voice],
    known: Mapping[str, str],
    presenter: str,
) -> Cast:
    """Give everyone of an episode a voice.

    The editor presents, or `presenter` where there is none.

    People in `known` (name to voice id) keep their voice; others get one by a stable hash of
    their name among the voices that fit their first name. No voice is given twice while the
    pool has another, so a known person whose voice an earlier one of `people` has gets a
    substitute: compare with `known`. The presenter chooses first. People who are new are
    decided after all who are known.

    Raises ConfigError where `known` gives one of these people a voice that is not in the pool.
    """
    presenter = next((person.name for person in people if person.role == "editor"), presenter)
    names = list(dict.fromkeys([presenter, *(person.name for person in people)]))
    faults = [
        f"cast.toml: people.{json.dumps(name, ensure_ascii=False)}: there is no voice "
        f"{known[name]!r}"
        f"{_guess(known[name], voices) or '.'} Bring {known[name]}.toml back, or remove the "
        f"line: "
        f"{name} then gets another"
        for name in names
        if name in known and known[name] not in voices
    ]
    if faults:
        raise ConfigError("\n".join(faults))
    chosen: dict[str, str] = {}
    for name in names:
        if name in known and known[name] not in chosen.values():
            chosen[name] = known[name]
    for name in names:
        if name not in chosen:
            chosen[name] = _choose(name, voices, chosen.values())
    return Cast({name: voices[chosen[name]] for name in names}, presenter)


def save_cast(path: Path, additions: Mapping[str, str]) -> None:
    """Append people, name to voice id, to the `[people]` of `cast.toml`.

    The rest stays byte for byte.

    Names that the file has already are left as they are. Raises ConfigError when the file is
    not right.
    """
    old = load_cast(path)
    new = {name: voice for name, voice in additions.items() if name not in old}
    if not new:
        return
    text = path.read_bytes().decode() if path.exists() else ""
    entries = [f"{quoted(name)} = {quoted(voice)}" for name, voice in new.items()]
    added = _with_entries(text, entries)
    try:
        right = parse_toml(added).get("people") == {**old, **new}
    except ValueError:
        right = False
    if not right:
        raise ConfigError(
            f"{path}: people: cannot be added to as it is written. "
            "Put the people under a line [people], one a line"
        )
    write_atomic(path, added)


def _with_entries(text: str, entries: Sequence[str]) -> str:
    """TOML text with `entries` after the last entry of its `[people]`, which is made when missing."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    header = next(
        (i for i, line in enumerate(lines) if re.match(r"\s*\[\s*people\s*\]", line)), None
    )
    if header is None:
        at = len(lines)
        entries = [*([""] if lines else []), "[people]", *entries]
    else:
        at = header + 1
        for i, line in enumerate(lines[at:], start=at):
            if line.lstrip().startswith("["):
                break
            if line.strip() and not line.lstrip().startswith("#"):
                at = i + 1
    return "".join([*lines[:at], *(entry + end for entry in entries), *lines[at:]])


def _choose(name: str, voices: Mapping[str, Voice], used: Collection[str]) -> str:
    """The voice whose hash with the name is the greatest (rendezvous hashing).

    A pool that grows or shrinks changes the choice only of those who win or lose that very
    voice.
    """
    fitting = [v.id for v in voices.values() if _fits(v.presentation, presentation(name))]
    free = set(voices) - set(used)
    pool = free.intersection(fitting) or free or fitting or list(voices)
    return max(pool, key=lambda id_: sha256(f"{name}\0{id_}".encode()).digest())


def _fits(voice: str, person: str) -> bool:
    return voice == person or "" in (voice, person) or "neutral" in (voice, person)


def presentation(name: str) -> str:
    """How a first name presents: `feminine`, `masculine`, or empty when it does not say."""
    words = [word for word in name.split() if not word.endswith(".")]
    if not words:
        return ""
    for first in (words[0], words[0].partition("-")[0]):
        guess = _detector().get_gender(first).removeprefix("mostly_")
        if guess in ("female", "male"):
            return {"female": "feminine", "male": "masculine"}[guess]
    return ""


@cache
def _detector() -> Any:
    from gender_guesser.detector import Detector  # type: ignore[import-untyped]

    return Detector(case_sensitive=False)


def _voice(id_: str, table: Mapping[str, Any]) -> Voice:
    texts = {key: table.get(key, "") for key in _KEYS if key != "engines"}
    return Voice(**texts, engines=table.get("engines", {}), id=id_)


def _voice_faults(table: Mapping[str, Any]) -> Iterator[str]:
    unknown = [key for key in table if key not in _KEYS]
    for key in unknown:
        yield f"{key}: not known here{_guess(key, [k for k in _KEYS if k not in table])}"
    for key, kind in _KEYS.items():
        if key not in table:
            if key in _NEEDED and not any(get_close_matches(word, [key]) for word in unknown):
                yield f"{key}: missing"
        elif not isinstance(table[key], kind) or isinstance(table[key], bool):
            yield f"{key}: {table[key]!r} is not {_TYPE_NAMES[kind]}"
        else:
            yield from _value_faults(key, table[key])


def _value_faults(key: str, value: Any) -> Iterator[str]:
    if key == "name" and not value.strip():
        yield "name: is empty"
    if key == "presentation" and value not in PRESENTATIONS:
        yield f"presentation: {value!r} is none of {', '.join(PRESENTATIONS)}{_guess(value, PRESENTATIONS)}"
    if key == "pace" and value not in PACES:
        yield f"pace: {value} words a minute is not between {PACES[0]} and {PACES[-1]}"
    if key == "engines":
        for engine, id_ in value.items():
            if not isinstance(id_, str) or not id_:
                yield f"engines.{engine}: {id_!r} is not an id in quotes"


def _guess(word: str, words: Collection[str]) -> str:
    near = get_close_matches(word, list(words), n=1)
    return f". Did you mean {near[0]!r}?" if near else ""
