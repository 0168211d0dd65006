"""What the value of each setting may be.

A check gives what is wrong in a few words that follow the key: `url: 'x' is not an address`. An
empty text means that nothing is wrong.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
import tomllib
import uuid
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from podcast.config.setting_groups import SETTING_KEYS, SETTINGS
from podcast.model import SUBSCRIBE_SERVICES
from podcast.util.entry_points import list_names, today_name

# The licences that podcast:license names without their address.
CREATIVE_COMMONS = re.compile(r"cc0-1\.0|cc-by(-nc)?(-nd|-sa)?-(1|2|2\.5|3|4)(\.0)?")

TYPE_NAMES: dict[Any, str] = {
    str: "a text in quotes",
    bool: "true or false",
    float: "a number",
    int: "a whole number",
    dt.time: "a time such as 06:00:00",
    tuple[str, ...]: "a list of texts in quotes",
    Mapping[str, str]: "a table of texts in quotes",
    Mapping[str, Mapping[str, object]]: "a table of tables: write [adapters.NAME]",
}
# Settings that are paths in a Show and texts in the file.
_WRITTEN_AS_TEXT = ("posts", "model_file")

_LONGEST_LINE = 255
# The most characters that podcast:txt, podcast:location and podcast:license may have.
_LONGEST_SHORT = 128
# In bytes, the most that Apple takes.
_LONGEST_DESCRIPTION = 4000
# In words: about ten seconds.
_LONGEST_DISCLOSURE = 25

# Name of a private show's folder, beside that it has a digit.
_HARD_TO_GUESS = re.compile(r"[A-Za-z0-9_-]{16,}")
_AMOUNT = re.compile(r"[1-9]\d{0,5} (episodes?|days?|MB|GB)")

# Sample rates in Hz to the bit rates in kbit/s of MPEG-1 and MPEG-2 Layer III.
_BITRATES = {
    24_000: (32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    44_100: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    48_000: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}

Check = Callable[[Any], str]


# --- all settings together ------------------------------------------------------------------


def find_faults(settings: Mapping[str, Any]) -> list[str]:
    """List what is wrong: keys and types; where those are right, values."""
    return list(_find_shape_faults(settings)) or list(_find_value_faults(settings))


def find_setting_fault(key: str, value: object) -> str:
    """Say what is wrong with the value of one setting; empty when nothing is."""
    check = _CHECKS.get(key)
    return check(value) if check else ""


def suggest_name(word: str, names: list[str]) -> str:
    """Suggest the name that was probably meant, as a question to append; empty for none."""
    near = get_close_matches(word, names, n=1)
    return f". Did you mean {near[0]!r}?" if near else ""


def _find_shape_faults(settings: Mapping[str, Any]) -> Iterator[str]:
    """Name unknown keys, wrong types, missing keys."""
    for key, value in settings.items():
        if key not in SETTINGS:
            yield f"{key}: no such setting{suggest_name(key, SETTING_KEYS)}"
            continue
        wanted = str if key in _WRITTEN_AS_TEXT else SETTINGS[key].type
        if not _has_type(value, wanted):
            yield f"{key}: {value!r} is not {TYPE_NAMES[wanted]}"

    for key, setting in SETTINGS.items():
        if setting.is_needed and key not in settings:
            yield f'{key}: missing. Add `{key} = "..."`'


def _has_type(value: object, wanted: Any) -> bool:
    if wanted in (int, float):
        # For Python a bool is an int.
        return isinstance(value, (int, wanted)) and not isinstance(value, bool)
    if wanted == tuple[str, ...]:
        return isinstance(value, list) and _are_texts(value)
    if wanted == Mapping[str, str]:
        return isinstance(value, dict) and _are_texts(list(value.values()))
    if wanted == Mapping[str, Mapping[str, object]]:
        return isinstance(value, dict) and all(isinstance(v, dict) for v in value.values())
    return isinstance(value, wanted)


def _are_texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _find_value_faults(settings: Mapping[str, Any]) -> Iterator[str]:
    """Name wrong values, also those that are wrong only beside another."""
    for key, check in _CHECKS.items():
        if key in settings and (fault := check(settings[key])):
            yield f"{key}: {fault}"

    yield from _find_category_faults(settings)
    yield from _find_missing_companions(settings)
    if settings.get("private"):
        yield from _find_private_faults(settings)
    yield from _find_sound_faults(settings)


def _find_missing_companions(settings: Mapping[str, Any]) -> Iterator[str]:
    """Name settings that say nothing without another one."""
    licence = settings.get("license", "")
    if licence and not (CREATIVE_COMMONS.fullmatch(licence) or "license_url" in settings):
        yield f"license: {licence!r} is no licence of Creative Commons. Add license_url"
    if "geo" in settings and "location" not in settings:
        yield "geo: the place has no name. Add location"
    if settings.get("serial") and not settings.get("numbering"):
        yield 'serial: its episodes need numbers. Add numbering = "all"'
    if settings.get("audio_store") and not settings.get("audio_url"):
        yield 'audio_store: where are its files for listeners? Add audio_url = "https://..."'


def _find_private_faults(settings: Mapping[str, Any]) -> Iterator[str]:
    """Name what would let others find a private show."""
    address = settings["url"].rstrip("/")
    folder = urlsplit(address).path.rpartition("/")[2]
    if not (_HARD_TO_GUESS.fullmatch(folder) and re.search(r"\d", folder)):
        hard = f"{address}/{secrets.token_hex(12)}/"
        yield f'private: anybody can guess the folder of its url. Write url = "{hard}"'
    if settings.get("hub"):
        yield "private: a hub tells others of the feed. Remove hub"


def _find_category_faults(settings: Mapping[str, Any]) -> Iterator[str]:
    categories = _load_categories()
    category = settings.get("category", "Technology")
    subcategory = settings.get("subcategory", "")
    if category not in categories:
        guess = suggest_name(category, list(categories))
        yield f"category: {category!r} is not one of Apple's{guess}"
    elif subcategory and subcategory not in categories[category]:
        guess = suggest_name(subcategory, categories[category])
        yield f"subcategory: {category} has no {subcategory!r}{guess}"


def _load_categories() -> dict[str, list[str]]:
    """Load Apple's categories, each with its subcategories."""
    path = Path(__file__).with_name("categories.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _find_sound_faults(settings: Mapping[str, Any]) -> Iterator[str]:
    rate, bitrate = settings.get("rate", 48_000), settings.get("bitrate", 96)
    if rate not in _BITRATES:
        yield f"rate: {rate} Hz cannot be. Take one of {', '.join(map(str, _BITRATES))}"
    elif bitrate not in _BITRATES[rate]:
        choice = ", ".join(map(str, _BITRATES[rate]))
        yield f"bitrate: MP3 at {rate} Hz has no {bitrate} kbit/s. Take one of {choice}"


# --- texts ----------------------------------------------------------------------------------


def _check_line(value: str) -> str:
    if not value.strip():
        return "is empty"
    if value != value.strip():
        return "has white space at its ends"
    if len(value) > _LONGEST_LINE or "\n" in value:
        return f"must be one line of at most {_LONGEST_LINE} characters"
    return ""


def _check_short_line(value: str) -> str:
    if fault := _check_line(value):
        return fault
    if len(value) > _LONGEST_SHORT:
        return f"is longer than {_LONGEST_SHORT} characters"
    return ""


def _check_description(value: str) -> str:
    if not value.strip():
        return "is empty"
    if len(value.encode()) > _LONGEST_DESCRIPTION:
        return f"is longer than {_LONGEST_DESCRIPTION} bytes, the most that Apple takes"
    return ""


def _check_disclosure(value: str) -> str:
    if not value:  # It is not said aloud then.
        return ""
    if fault := _check_line(value):
        return fault
    words = len(value.split())
    if words > _LONGEST_DISCLOSURE:
        return f"has {words} words; a listener waits for {_LONGEST_DISCLOSURE} at most"
    return ""


def _check_byline(value: str) -> str:
    if fault := _check_line(value):
        return fault
    return "" if value.count("{name}") == 1 else "does not hold {name} once"


def _check_language(value: str) -> str:
    if value.lower() in ("en", "en-us", "en-gb"):
        return ""
    what = "cannot be spoken: presscast speaks English alone"
    return f"{value!r} {what}. Take 'en', 'en-us' or 'en-gb'"


def _check_zone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return f"{value!r} is not a time zone such as 'Europe/Zurich'"
    return ""


def _check_guid(value: str) -> str:
    try:
        version = uuid.UUID(value).version
    except ValueError:
        return f"{value!r} is not a UUID"
    return "" if version == 5 else f"{value!r} is not a UUID of version 5"


def _check_guids(values: list[str]) -> str:
    for value in values:
        if fault := _check_guid(value):
            return fault
    return ""


def _check_rule(value: str) -> str:
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    fault = f"{value!r} is not a recurrence rule such as 'FREQ=DAILY'"
    if not value.startswith("FREQ="):
        return fault
    try:
        rrulestr(value)
    except (ValueError, AttributeError):
        return fault
    return ""


def _check_place(value: str) -> str:
    # RFC 5870: latitude, longitude, perhaps altitude, then parameters.
    place = r"geo:-?\d+(\.\d+)?,-?\d+(\.\d+)?(,-?\d+(\.\d+)?)?(;[!-~]+)?"
    if re.fullmatch(place, value):
        return ""
    return f"{value!r} is not a place such as 'geo:38.7167,-9.1333'"


# --- addresses ------------------------------------------------------------------------------


def check_address(value: str) -> str:
    """Say what is wrong with a public web address; empty when nothing is."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises for a number that no port has
    except ValueError as error:
        return f"{value!r} is no address: {error}"

    if parts.scheme not in ("http", "https") or not parts.netloc:
        return f"{value!r} is not an address that starts with https://"
    if "@" in parts.netloc:
        return "has a user's name or a password in it, and would be published with it"
    if not parts.netloc.isascii():
        what = "has letters in its host's name that DNS lacks"
        return f"{value!r} {what}; write the name as xn--..."
    if not value.isascii() or re.search(r"\s", value):
        return f"{value!r} has characters that an address cannot have; write them as %XX"
    return ""


def _check_folder_address(value: str) -> str:
    if fault := check_address(value):
        return fault
    parts = urlsplit(value)
    remedy = "write the address of feeds/ alone"
    if parts.query:
        return f"{value!r} has a query; {remedy}"
    if parts.fragment:
        return f"{value!r} has a fragment; {remedy}"
    if re.search(r"/[^/]*\.[A-Za-z][A-Za-z0-9]{1,4}$", parts.path):
        what = "ends in a file; write the address of its folder, with a slash at its end"
        return f"{value!r} {what}"
    return ""


def _check_pattern(value: str) -> str:
    if not value:
        return ""
    example = re.sub(r"\{(year|month|day|slug)\}", "2024", value)
    if set(example) & set("{}"):
        return f"{value!r} may hold only {{year}} {{month}} {{day}} {{slug}} in braces"
    return check_address(example)


def _check_email(value: str) -> str:
    is_mail = re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", value)
    if is_mail and len(value) < _LONGEST_LINE:
        return ""
    return f"{value!r} is not a mail address"


def _check_pages(values: Mapping[str, str]) -> str:
    for name, address in values.items():
        if fault := check_address(address):
            return f"{name}: {fault}"
    return ""


def _check_subscribe_pages(values: Mapping[str, str]) -> str:
    services = list(SUBSCRIBE_SERVICES)
    for name in values:
        if name not in services:
            guess = suggest_name(name, services) or "."
            return f"{name}: no such service{guess} Take some of {', '.join(services)}"
    return _check_pages(values)


def _check_prefix(value: str) -> str:
    if not value:
        return ""
    if fault := check_address(value):
        return fault

    parts = urlsplit(value)
    if parts.scheme != "https":
        return f"{value!r} is not https: apps refuse it under a secure feed"
    if not value.endswith("/") or parts.query or parts.fragment:
        return f"{value!r} does not end in a slash, behind which the audio's address goes"
    return ""


def _check_amount(value: str) -> str:
    if not value or _AMOUNT.fullmatch(value):
        return ""
    return f"{value!r} is no amount such as '100 episodes', '365 days' or '5 GB'"


def _check_removal(value: str) -> str:
    if value in ("feed", "both"):
        return ""
    if value == "file":
        return "a feed cannot name a file that is gone. Take 'feed' or 'both'"
    return f"{value!r} is neither 'feed' nor 'both'"


def _check_store(value: str) -> str:
    """Take an address whose scheme is a store's or fsspec's, or a folder."""
    scheme, is_address, _ = value.partition("://")
    if not is_address:
        forgotten = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", value)
        if not forgotten:
            return ""
        return f"{value!r} is no address. Did you mean '{forgotten[1]}://...'?"
    if re.fullmatch(r"ftps?|webdavs?|davs?", scheme):
        what = f"presscast does not publish by {scheme.upper()}"
        return f"{value!r}: {what}. Publish to a folder, and copy it there"

    from fsspec import available_protocols  # type: ignore[import-untyped]

    schemes = [*list_names("presscast.stores"), *available_protocols()]
    if scheme.partition("::")[0] not in schemes:
        return f"{value!r}: there is no store {scheme!r}{suggest_name(scheme, schemes)}"
    return _check_secrecy(value)


def _check_secrecy(value: str) -> str:
    secret = re.search(r"(\w+)://[^/@]*:[^/]*@", value)
    if not secret:
        return ""
    variable = f"FSSPEC_{secret[1].upper()}_PASSWORD"
    return f"has a password in it. Give it in the environment, as {variable}"


# --- words and numbers of a choice ----------------------------------------------------------


def _one_of(*words: str) -> Check:
    """Make a check that a word is one of these.

    The empty word only says that nothing is chosen.
    """

    def check(value: str) -> str:
        if value in words:
            return ""
        choice = ", ".join(repr(word) for word in words if word)
        return f"{value!r} is none of {choice}"

    return check


def _adapter_of(group: str, *words: str) -> Check:
    """Make a check that an adapter of the group is installed; `words` are taken too."""

    def check(value: str) -> str:
        names = [*words, *list_names(group)]
        if today_name(group, value) in names:
            return ""
        guess = suggest_name(value, names) or "."
        return f"there is no {value!r}{guess} Take one of {', '.join(names)}"

    return check


def _between(least: int, most: int) -> Check:
    def check(value: float) -> str:
        return "" if least <= value <= most else f"{value} is not between {least} and {most}"

    return check


def _check_adapters(values: Mapping[str, object]) -> str:
    groups = ("engines", "writers", "desks", "stores")
    names = [name for group in groups for name in list_names(f"presscast.{group}")]
    for value in values:
        if value not in names:
            return f"no adapter {value!r} is installed{suggest_name(value, names)}"
    return ""


# Setting to the check of its value.
_CHECKS: dict[str, Check] = {
    # the show
    "title": _check_line,
    "author": _check_line,
    "email": _check_email,
    "description": _check_description,
    "url": _check_folder_address,
    "link": check_address,
    "language": _check_language,
    "guid": _check_guid,
    "adapters": _check_adapters,
    # editions
    "presenter": _check_line,
    "byline": _check_byline,
    "timezone": _check_zone,
    "post_url": _check_pattern,
    "include": _check_line,
    "facts": _one_of("keys", "prefixed", "none"),
    "catch_up": _between(0, 3660),
    # scripts
    "writer": _adapter_of("presscast.writers"),
    "format": _one_of("", "bulletin", "conversation", "brief", "essay"),
    "story_order": _one_of("post", "weight"),
    "cohost": _check_line,
    "audience": _check_line,
    "style": _check_line,
    # voices and sound
    "engine": _adapter_of("presscast.engines", "auto"),
    "keep_takes": _between(0, 36_600),
    "cache_mb": _between(0, 10_000_000),
    "pause_reply": _between(0, 5),
    "pause_speaker": _between(0, 5),
    "pause_paragraph": _between(0, 5),
    "disclosure": _check_disclosure,
    # the newsroom
    "stories": _between(1, 50),
    "papers": _between(0, 50),
    "words": _between(20, 2000),
    "news_days": _between(0, 366),
    # the feed
    "frequency": _check_rule,
    "numbering": _one_of("", "all", "year"),
    "people": _check_pages,
    "subscribe": _check_subscribe_pages,
    "unsubscribe": check_address,
    "funding": check_address,
    "license": _check_short_line,
    "license_url": check_address,
    "location": _check_short_line,
    "geo": _check_place,
    "podroll": _check_guids,
    "verify": _check_short_line,
    "hub": check_address,
    "new_feed_url": check_address,
    "feed_items": _between(1, 5000),
    # where it is published
    "store": _check_store,
    "audio_store": _check_store,
    "store_timeout": _between(1, 3600),
    "audio_url": _check_folder_address,
    "cache": _check_store,
    "enclosure_prefix": _check_prefix,
    "keep": _check_amount,
    "keep_removes": _check_removal,
    "keep_replaced": _between(0, 36_600),
}
