"""The pool of Voices, the saved cast, and the casting of an episode.

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
# Words per minute that a Voice may ask for.
PACES = range(80, 261)

# Words of the package gender-guesser.
_PRESENTATION_OF = {"female": "feminine", "male": "masculine"}
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
            voices[path.stem] = _load_voice(path)
        except ConfigError as error:
            faults.append(str(error))

    if faults:
        raise ConfigError("\n".join(faults))
    if not voices:
        raise ConfigError(f"{folder}: there is no voice here. Get the pool with `podcast init`")
    return voices


def _load_voice(path: Path) -> Voice:
    table = read_toml(path)
    faults = [f"{path}: {fault}" for fault in _find_voice_faults(table)]
    if faults:
        raise ConfigError("\n".join(faults))

    texts = {key: table.get(key, "") for key in _KEYS if key != "engines"}
    return Voice(**texts, engines=table.get("engines", {}), id=path.stem)


def load_cast(path: Path) -> dict[str, str]:
    """The saved cast: Person's name to Voice id; empty when there is no file.

    Raises ConfigError with every fault, one a line.
    """
    if not path.exists():
        return {}
    table = read_toml(path)
    faults = list(_find_cast_faults(table))
    if faults:
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in faults))
    people: dict[str, str] = table.get("people", {})
    return people


def _find_cast_faults(table: Mapping[str, Any]) -> Iterator[str]:
    for key in table:
        if key != "people":
            yield f"{key}: not known here{_guess_word(key, ['people'])}"

    people = table.get("people", {})
    if not isinstance(people, dict):
        yield 'people: is not a table of names: write [people], then "Name" = "voice"'
        return
    for name, voice in people.items():
        if not isinstance(voice, str):
            yield f"{_name_entry(name)}: {voice!r} is not a voice's id in quotes"


def _name_entry(name: str) -> str:
    """A person's key in `cast.toml`, quoted as TOML has it."""
    return f"people.{json.dumps(name, ensure_ascii=False)}"


def assign_cast(
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
    editors = [person.name for person in people if person.role == "editor"]
    presenter = next(iter(editors), presenter)
    names = list(dict.fromkeys([presenter, *(person.name for person in people)]))
    saved = {name: known[name] for name in names if name in known}
    _refuse_missing_voices(saved, voices)

    # Saved voices go first, so that nobody new takes one of them.
    chosen = _keep_first(saved)
    for name in names:
        if name not in chosen:
            chosen[name] = _choose_voice(name, voices, chosen.values())
    return Cast({name: voices[chosen[name]] for name in names}, presenter)


def _keep_first(saved: Mapping[str, str]) -> dict[str, str]:
    """The saved voices of people; of two with the same one the first keeps it."""
    chosen: dict[str, str] = {}
    for name, voice in saved.items():
        if voice not in chosen.values():
            chosen[name] = voice
    return chosen


def _refuse_missing_voices(saved: Mapping[str, str], voices: Mapping[str, Voice]) -> None:
    """Raise ConfigError where people have a voice in the cast that the pool has not."""
    faults: list[str] = []
    for name, voice in saved.items():
        if voice not in voices:
            guess = _guess_word(voice, voices) or "."
            faults.append(
                f"cast.toml: {_name_entry(name)}: there is no voice {voice!r}{guess} Bring "
                f"{voice}.toml back, or remove the line: {name} then gets another"
            )
    if faults:
        raise ConfigError("\n".join(faults))


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
    if not _has_people(added, {**old, **new}):
        raise ConfigError(
            f"{path}: people: cannot be added to as it is written. "
            "Put the people under a line [people], one a line"
        )
    write_atomic(path, added)


def _has_people(text: str, people: Mapping[str, str]) -> bool:
    """Tell whether a text is TOML with exactly these people."""
    try:
        return parse_toml(text).get("people") == people
    except ValueError:
        return False


def _with_entries(text: str, entries: Sequence[str]) -> str:
    """TOML text with `entries` after the last of its `[people]`, which is made when missing."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end

    at = _end_of_people(lines)
    if at is None:
        gap = [""] if lines else []
        entries = [*gap, "[people]", *entries]
        at = len(lines)
    return "".join([*lines[:at], *(entry + end for entry in entries), *lines[at:]])


def _end_of_people(lines: Sequence[str]) -> int | None:
    """The place after the last entry of `[people]`; None where there is no such table.

    Comments and empty lines after that entry belong to what follows.
    """
    end: int | None = None
    for place, line in enumerate(lines):
        start = line.lstrip()
        if end is None:
            if re.match(r"\[\s*people\s*\]", start):
                end = place + 1
        elif start.startswith("["):
            break
        elif start and not start.startswith("#"):
            end = place + 1
    return end


def _choose_voice(name: str, voices: Mapping[str, Voice], used: Collection[str]) -> str:
    """The voice whose hash with the name is the greatest (rendezvous hashing).

    A pool that grows or shrinks changes the choice only of those who win or lose that very
    voice.
    """
    person = guess_presentation(name)
    fitting = [voice.id for voice in voices.values() if _may_fit(voice.presentation, person)]
    free = set(voices) - set(used)
    pool = free.intersection(fitting) or free or fitting or list(voices)
    return max(pool, key=lambda id_: sha256(f"{name}\0{id_}".encode()).digest())


def _may_fit(voice: str, person: str) -> bool:
    """Tell whether a voice may be a person's, as far as both say how they present."""
    return voice == person or not {"", "neutral"}.isdisjoint((voice, person))


def guess_presentation(name: str) -> str:
    """Guess how a first name presents: `feminine`, `masculine`, empty when it does not say."""
    # "Dr. Ada Moss": a title or an initial is no first name.
    words = [word for word in name.split() if not word.endswith(".")]
    if not words:
        return ""

    # "Anna-Lena" is looked up whole first, then by its first part.
    for first_name in (words[0], words[0].partition("-")[0]):
        guess = _load_detector().get_gender(first_name).removeprefix("mostly_")
        if guess in _PRESENTATION_OF:
            return _PRESENTATION_OF[guess]
    return ""


@cache
def _load_detector() -> Any:
    from gender_guesser.detector import Detector  # type: ignore[import-untyped]

    return Detector(case_sensitive=False)


def _find_voice_faults(table: Mapping[str, Any]) -> Iterator[str]:
    unknown_keys = [key for key in table if key not in _KEYS]
    missing_keys = [key for key in _KEYS if key not in table]
    for key in unknown_keys:
        yield f"{key}: not known here{_guess_word(key, missing_keys)}"

    for key, kind in _KEYS.items():
        if key in table:
            yield from _find_value_faults(key, table[key], kind)
        # A key that is only misspelled was named above.
        elif key in _NEEDED and not _is_close_to_any(key, unknown_keys):
            yield f"{key}: missing"


def _is_close_to_any(key: str, words: Sequence[str]) -> bool:
    return any(get_close_matches(word, [key]) for word in words)


def _find_value_faults(key: str, value: Any, kind: type) -> Iterator[str]:
    # A bool is an int to Python, and no whole number to TOML.
    is_of_kind = isinstance(value, kind) and not isinstance(value, bool)
    if not is_of_kind:
        yield f"{key}: {value!r} is not {_TYPE_NAMES[kind]}"
    elif key == "name" and not value.strip():
        yield "name: is empty"
    elif key == "presentation" and value not in PRESENTATIONS:
        choices = f"{', '.join(PRESENTATIONS)}{_guess_word(value, PRESENTATIONS)}"
        yield f"presentation: {value!r} is none of {choices}"
    elif key == "pace" and value not in PACES:
        yield f"pace: {value} words a minute is not between {PACES[0]} and {PACES[-1]}"
    elif key == "engines":
        yield from _find_id_faults(value)


def _find_id_faults(ids: Mapping[str, Any]) -> Iterator[str]:
    for engine, id_ in ids.items():
        if not isinstance(id_, str) or not id_:
            yield f"engines.{engine}: {id_!r} is not an id in quotes"


def _guess_word(word: str, words: Collection[str]) -> str:
    near = get_close_matches(word, list(words), n=1)
    return f". Did you mean {near[0]!r}?" if near else ""
