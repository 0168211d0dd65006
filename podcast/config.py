"""`podcast.toml` becomes a Show. With `cli`, the only module that may read the environment."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import tomllib
import uuid
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints
from urllib.parse import unquote, urlsplit

from podcast.errors import ConfigError
from podcast.model import (
    SUBSCRIBE_SERVICES,
    EditionSettings,
    FeedSettings,
    MailServer,
    NewsroomSettings,
    Show,
    SoundSettings,
    StoreSettings,
    VoiceSettings,
    WriterService,
    WriterSettings,
)
from podcast.util.addresses import is_placeholder
from podcast.util.entry_points import today_name
from podcast.util.files import write_atomic
from podcast.util.toml_files import read_toml

FILE = "podcast.toml"

# The podcast namespace's own namespace for podcast:guid (podcast namespace docs, tag "guid").
CREATIVE_COMMONS = re.compile(r"cc0-1\.0|cc-by(-nc)?(-nd|-sa)?-(1|2|2\.5|3|4)(\.0)?")
"""The licences that podcast:license names without their address."""

MOST_DISCLOSED = 25
"""Words of the spoken disclosure, about ten seconds."""

_GUID_SPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")

UNTIL_ADDRESS = "# until url is the real one: then made from it, and kept"
"""Remark behind a guid that `settle_guid` replaces."""
_UNSETTLED_GUID = re.compile(
    rf'^guid = "[^"\n]*"[ \t]*{re.escape(UNTIL_ADDRESS)}[ \t]*$', re.MULTILINE
)

_GROUPS: dict[str, type] = {
    "feed": FeedSettings,
    "edition": EditionSettings,
    "sound": SoundSettings,
    "voices": VoiceSettings,
    "writer": WriterSettings,
    "newsroom": NewsroomSettings,
    "store": StoreSettings,
}
"""Groups of a Show's fields. In `podcast.toml` the settings stand in one list, without groups."""
_KEYS_OF_FIELDS = {
    ("writer", "name"): "writer",
    ("writer", "model"): "writer_model",
    ("store", "address"): "store",
}
"""Fields whose key is not their own name."""


class _Setting(NamedTuple):
    """One key of `podcast.toml`: the field of a Show that it fills."""

    group: str
    """Empty for the fields of Show itself."""
    field: str
    type: Any
    is_needed: bool


def _list_settings() -> dict[str, _Setting]:
    """List every key of `podcast.toml` with its field."""
    settings = {}
    for group, owner in {"": Show, **_GROUPS}.items():
        types = get_type_hints(owner)
        for each in dataclasses.fields(owner):
            if not group and each.name in ("folder", "cover", *_GROUPS):
                continue
            if types[each.name] is WriterService:
                continue
            key = _KEYS_OF_FIELDS.get((group, each.name), each.name)
            is_needed = each.default is each.default_factory is dataclasses.MISSING
            settings[key] = _Setting(group, each.name, types[each.name], is_needed)
    return settings


_SETTINGS = _list_settings()
SETTING_KEYS = list(_SETTINGS)
"""Every key that `podcast.toml` may have; those of the table `[writer]` beside."""
_RATES = {
    24_000: (32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    44_100: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    48_000: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
"""Sample rates in Hz to the bit rates in kbit/s that MPEG-1 and MPEG-2 Layer III have for them."""


def new_guid() -> str:
    """Make a guid that no other show has, for one whose address is not known yet."""
    return str(uuid.uuid5(_GUID_SPACE, str(uuid.uuid4())))


def feed_guid(address: str) -> str:
    """podcast:guid of the feed at `address`: a UUIDv5 of the address without scheme and trailing slashes.

    As the podcast namespace's tag "guid" says.
    """
    return str(uuid.uuid5(_GUID_SPACE, re.sub(r"^[a-z]+://", "", address.rstrip("/"))))


def load_show(folder: Path) -> Show:
    """Read `podcast.toml` in `folder`.

    Raises ConfigError with every fault that there is, one a line, each with file and key.
    """
    path = folder / FILE
    if not path.is_file():
        raise ConfigError(
            f"{path}: there is no show here. "
            f"Make one with `podcast init {folder}`, or name its folder with --show"
        )
    table = read_toml(path)
    service = table.get("writer")
    if isinstance(service, dict):
        table = _without_writer_table(table, service)
    faults = list(_shape_faults(table)) or list(_value_faults(table))
    if isinstance(service, dict):
        faults += _writer_faults(service)
    if faults:
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in faults))
    values = dict(table)
    if "writer" in values:
        values["writer"] = today_name("presscast.writers", values["writer"])
    values["url"] = _with_slash(values["url"])
    values["language"] = values.get("language", "en").lower()
    values["guid"] = values.get("guid") or feed_guid(f"{values['url']}feed.xml")
    for key, value in values.items():
        if isinstance(value, list):
            values[key] = tuple(value)
    if "posts" in values:
        values["posts"] = Path(values["posts"])
    if "model_file" in values:
        values["model_file"] = folder / values["model_file"]

    fields = _sort_into_groups(values)
    if isinstance(service, dict):
        fields["writer"]["service"] = _read_writer_service(service)
    groups = {name: group(**fields[name]) for name, group in _GROUPS.items()}
    return Show(folder=folder.absolute(), **fields[""], **groups)


def change_settings(show: Show, **settings: Any) -> Show:
    """Change settings of a show by their keys in `podcast.toml`, as the command line does."""
    fields = _sort_into_groups(settings)
    groups = {
        name: dataclasses.replace(getattr(show, name), **fields[name])
        for name in _GROUPS
        if fields[name]
    }
    return dataclasses.replace(show, **fields[""], **groups)


def _sort_into_groups(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Sort values of settings by group and field; a key that is no setting is a field of Show."""
    fields: dict[str, dict[str, Any]] = {name: {} for name in ("", *_GROUPS)}
    for key, value in values.items():
        setting = _SETTINGS.get(key)
        if setting is None:
            fields[""][key] = value
        else:
            fields[setting.group][setting.field] = value
    return fields


def settle_guid(show: Show) -> Show:
    """Make the guid of a new show from its address, once that is a real one; from then on it is kept.

    `init` gives a show without an address a guid of its own, marked as one that is to be replaced.
    """
    if is_placeholder(show.url):
        return show
    path = show.folder / FILE
    text = path.read_text(encoding="utf-8")
    guid = feed_guid(f"{show.url}feed.xml")
    settled = _UNSETTLED_GUID.sub(f'guid = "{guid}"', text)
    if settled == text:
        return show
    write_atomic(path, settled)
    return dataclasses.replace(show, guid=guid)


def read_clock() -> dt.datetime:
    """Read the present moment, in this machine's zone."""
    return dt.datetime.now().astimezone()


def openai_key() -> str:
    """The key of the OpenAI service, from the environment; empty when there is none."""
    return read_key("OPENAI_API_KEY")


def read_key(variable: str) -> str:
    """Read a key from an environment variable; empty when there is none."""
    return os.environ.get(variable, "") if variable else ""


def openai_address() -> str:
    """The address of the OpenAI service, or of one that speaks as it does; empty: OpenAI's own."""
    return os.environ.get("OPENAI_BASE_URL", "")


def mail_settings() -> tuple[MailServer | None, tuple[str, ...]]:
    """Where mail is handed in, and who gets it: PRESSCAST_SMTP and PRESSCAST_MAIL_TO of the environment.

    `smtp://user:password@host:587`, or `smtps://` for TLS from the start; receivers are parted by commas.
    Raises ConfigError, without the password.
    """
    to = tuple(
        filter(
            None, (one.strip() for one in os.environ.get("PRESSCAST_MAIL_TO", "").split(","))
        )
    )
    written = os.environ.get("PRESSCAST_SMTP", "")
    if not written:
        return None, to
    try:
        parts = urlsplit(written)
        encrypted = {"smtp": False, "smtps": True}[parts.scheme]
        port = parts.port or (465 if encrypted else 587 if parts.username else 25)
    except (KeyError, ValueError):
        raise ConfigError(
            "PRESSCAST_SMTP: write it as smtp://user:password@host:587 or smtps://..."
        ) from None
    if not parts.hostname:
        raise ConfigError("PRESSCAST_SMTP: it names no host")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, encrypted, user, password), to


def find_setting_fault(key: str, value: object) -> str:
    """What is wrong with the value of one setting; empty when nothing is."""
    check = _CHECKS.get(key)
    return check(value) if check else ""


def categories() -> dict[str, list[str]]:
    """Apple's categories, each with its subcategories."""
    return tomllib.loads(
        Path(__file__).with_name("categories.toml").read_text(encoding="utf-8")
    )


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


def _guess(word: str, words: list[str]) -> str:
    near = get_close_matches(word, words, n=1)
    return f". Did you mean {near[0]!r}?" if near else ""


_WRITER_NAMES = {"use": "writer", "model": "writer_model"}
"""Keys of the table `[writer]` that are settings of their own, with the names of those."""
_SERVICE_KEYS = [field.name for field in dataclasses.fields(WriterService)]


def _without_writer_table(table: dict[str, Any], service: dict[str, Any]) -> dict[str, Any]:
    """Read `use` and `model` of the table `[writer]` as settings; a table without `use` asks a model."""
    rest = {key: value for key, value in table.items() if key != "writer"}
    rest["writer"] = "model"
    rest |= {name: service[key] for key, name in _WRITER_NAMES.items() if key in service}
    return rest


def _writer_faults(service: dict[str, Any]) -> list[str]:
    """Unknown keys and wrong values of the table `[writer]`."""
    known = [*_WRITER_NAMES, *_SERVICE_KEYS]
    faults = [
        f"writer.{key}: no such setting{_guess(key, known)}"
        for key in service
        if key not in known
    ]
    for key in _SERVICE_KEYS:
        if key in service and (fault := _service_fault(key, service[key])):
            faults.append(f"writer.{key}: {fault}")
    if (
        service.get("url")
        and not service.get("model")
        and service.get("use", "model") != "template"
    ):
        faults.append(
            'writer.model: missing. Name a model that the server has: `model = "..."`'
        )
    return faults


def _service_fault(key: str, value: object) -> str:
    """What is wrong with one value of the table `[writer]`; empty when nothing is."""
    if key in ("timeout", "price_in", "price_out", "jobs"):
        least = 1 if key in ("timeout", "jobs") else 0
        if isinstance(value, bool) or not isinstance(
            value, int if key == "jobs" else (int, float)
        ):
            return f"{value!r} is not {_TYPE_NAMES[int if key == 'jobs' else float]}"
        return "" if least <= value <= 100_000 else f"{value} is not between {least} and 100000"
    if not isinstance(value, str):
        return f"{value!r} is not {_TYPE_NAMES[str]}"
    if key == "url":
        return _is_address(value)
    if key == "key_env" and value and not re.fullmatch(r"[A-Za-z_]\w*", value):
        return "is not the name of an environment variable. The key itself stays out of the settings"
    return ""


def _read_writer_service(service: dict[str, Any]) -> WriterService:
    return WriterService(**{key: service[key] for key in _SERVICE_KEYS if key in service})


def _shape_faults(table: dict[str, Any]) -> Iterator[str]:
    """Unknown keys, missing keys, wrong types."""
    for key, value in table.items():
        if key not in SETTING_KEYS:
            yield f"{key}: no such setting{_guess(key, SETTING_KEYS)}"
            continue
        wanted = {"posts": str, "model_file": str}.get(key, _SETTINGS[key].type)
        if wanted is dt.time:
            right = isinstance(value, dt.time)
        elif wanted in (int, float):
            right = isinstance(value, (int, wanted)) and not isinstance(value, bool)
        elif wanted == tuple[str, ...]:
            right = isinstance(value, list) and all(isinstance(each, str) for each in value)
        elif wanted == Mapping[str, str]:
            right = isinstance(value, dict) and all(
                isinstance(each, str) for each in value.values()
            )
        else:
            right = isinstance(value, wanted)
        if not right:
            yield f"{key}: {value!r} is not {_TYPE_NAMES[wanted]}"
    for key, setting in _SETTINGS.items():
        if setting.is_needed and key not in table:
            yield f'{key}: missing. Add `{key} = "..."`'


_TYPE_NAMES = {
    str: "a text in quotes",
    bool: "true or false",
    float: "a number",
    int: "a whole number",
    dt.time: "a time such as 06:00:00",
    tuple[str, ...]: "a list of texts in quotes",
    Mapping[str, str]: "a table of texts in quotes",
}


def _value_faults(table: dict[str, Any]) -> Iterator[str]:
    for key, check in _CHECKS.items():
        if key in table and (fault := check(table[key])):
            yield f"{key}: {fault}"
    known = categories()
    category, subcategory = table.get("category", "Technology"), table.get("subcategory", "")
    if category not in known:
        yield f"category: {category!r} is not one of Apple's{_guess(category, list(known))}"
    elif subcategory and subcategory not in known[category]:
        yield f"subcategory: {category} has no {subcategory!r}{_guess(subcategory, known[category])}"
    licence = table.get("license", "")
    if licence and not (CREATIVE_COMMONS.fullmatch(licence) or "license_url" in table):
        yield f"license: {licence!r} is no licence of Creative Commons. Add license_url"
    if "geo" in table and "location" not in table:
        yield "geo: the place has no name. Add location"
    if table.get("serial") and not table.get("numbering"):
        yield 'serial: its episodes need numbers. Add numbering = "all"'
    rate, bitrate = table.get("rate", 48_000), table.get("bitrate", 96)
    if rate not in _RATES:
        yield f"rate: {rate} Hz cannot be. Take one of {', '.join(map(str, _RATES))}"
    elif bitrate not in _RATES[rate]:
        choice = ", ".join(map(str, _RATES[rate]))
        yield f"bitrate: MP3 at {rate} Hz has no {bitrate} kbit/s. Take one of {choice}"


def _is_adapter(group: str, *words: str) -> Callable[[str], str]:
    """Make a check that an adapter of the group is installed; `words` are taken too."""

    def check(value: str) -> str:
        from podcast.util.entry_points import list_names

        names = [*words, *list_names(group)]
        if today_name(group, value) in names:
            return ""
        return (
            f"there is no {value!r}{_guess(value, names) or '.'} Take one of {', '.join(names)}"
        )

    return check


def _is_address(value: str) -> str:
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
        return f"{value!r} has letters in its host's name that DNS lacks; write the name as xn--..."
    if not value.isascii() or re.search(r"\s", value):
        return f"{value!r} has characters that an address cannot have; write them as %XX"
    return ""


def _is_safe(value: str) -> str:
    found = re.search(r"(\w+)://[^/@]*:[^/]*@", value)
    return (
        f"has a password in it. Give it in the environment, as FSSPEC_{found[1].upper()}_PASSWORD"
        if found
        else ""
    )


def _is_line(value: str) -> str:
    if not value.strip():
        return "is empty"
    if value != value.strip():
        return "has white space at its ends"
    if len(value) > 255 or "\n" in value:
        return "must be one line of at most 255 characters"
    return ""


def _is_description(value: str) -> str:
    if not value.strip():
        return "is empty"
    return (
        "is longer than 4000 bytes, the most that Apple takes"
        if len(value.encode()) > 4000
        else ""
    )


def _is_email(value: str) -> str:
    return (
        ""
        if len(value) < 255 and re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", value)
        else f"{value!r} is not a mail address"
    )


def _is_language(value: str) -> str:
    if value.lower() in ("en", "en-us", "en-gb"):
        return ""
    return f"{value!r} cannot be spoken: presscast speaks English alone. Take 'en', 'en-us' or 'en-gb'"


def _is_feed_folder(value: str) -> str:
    if fault := _is_address(value):
        return fault
    parts = urlsplit(value)
    if parts.query or parts.fragment:
        return f"{value!r} has a {'query' if parts.query else 'fragment'}; write the address of feeds/ alone"
    if re.search(r"/[^/]*\.[A-Za-z][A-Za-z0-9]{1,4}$", parts.path):
        return f"{value!r} ends in a file; write the address of its folder, with a slash at its end"
    return ""


def _is_store(value: str) -> str:
    """An address whose scheme is a store's or fsspec's, or a folder."""
    scheme, is_address, _ = value.partition("://")
    if not is_address:
        wrong = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", value)
        return f"{value!r} is no address. Did you mean '{wrong[1]}://...'?" if wrong else ""
    if re.fullmatch(r"ftps?|webdavs?|davs?", scheme):
        what = f"presscast does not publish by {scheme.upper()}"
        return f"{value!r}: {what}. Publish to a folder, and copy it there"

    from fsspec import available_protocols  # type: ignore[import-untyped]

    from podcast.util.entry_points import list_names

    names = [*list_names("presscast.stores"), *available_protocols()]
    if scheme.partition("::")[0] not in names:
        return f"{value!r}: there is no store {scheme!r}{_guess(scheme, names)}"
    return _is_safe(value)


def _is_guid(value: str) -> str:
    try:
        return "" if uuid.UUID(value).version == 5 else f"{value!r} is not a UUID of version 5"
    except ValueError:
        return f"{value!r} is not a UUID"


def _is_zone(value: str) -> str:
    try:
        zoneinfo.ZoneInfo(value)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return f"{value!r} is not a time zone such as 'Europe/Zurich'"
    return ""


def _is_pattern(value: str) -> str:
    made = re.sub(r"\{(year|month|day|slug)\}", "2024", value)
    if set(made) & set("{}"):
        return f"{value!r} may hold only {{year}} {{month}} {{day}} {{slug}} in braces"
    return _is_address(made) if value else ""


def _is_rule(value: str) -> str:
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    try:
        found = rrulestr(value) if value.startswith("FREQ=") else None
    except (ValueError, AttributeError):
        found = None
    return "" if found else f"{value!r} is not a recurrence rule such as 'FREQ=DAILY'"


def _is_style_of_facts(value: str) -> str:
    return (
        ""
        if value in ("keys", "prefixed", "none")
        else f"{value!r} is none of 'keys', 'prefixed', 'none'"
    )


def _is_numbering(value: str) -> str:
    return "" if value in ("", "all", "year") else f"{value!r} is neither 'all' nor 'year'"


def _is_format(value: str) -> str:
    forms = ("bulletin", "conversation", "brief", "essay")
    return (
        "" if value in ("", *forms) else f"{value!r} is none of {', '.join(map(repr, forms))}"
    )


def _is_story_order(value: str) -> str:
    return "" if value in ("post", "weight") else f"{value!r} is neither 'post' nor 'weight'"


def _are_pages(value: dict[str, str]) -> str:
    return next(
        (f"{name}: {fault}" for name, page in value.items() if (fault := _is_address(page))), ""
    )


def _are_subscribe_pages(value: dict[str, str]) -> str:
    known = list(SUBSCRIBE_SERVICES)
    for name in value:
        if name not in known:
            return f"{name}: no such service{_guess(name, known) or '.'} Take some of {', '.join(known)}"
    return _are_pages(value)


def _are_guids(value: list[str]) -> str:
    return next((fault for guid in value if (fault := _is_guid(guid))), "")


def _is_place(value: str) -> str:
    good = re.fullmatch(r"geo:-?\d+(\.\d+)?,-?\d+(\.\d+)?(,-?\d+(\.\d+)?)?(;[!-~]+)?", value)
    return "" if good else f"{value!r} is not a place such as 'geo:38.7167,-9.1333'"


def _is_byline(value: str) -> str:
    return _is_line(value) or (
        "" if not value or value.count("{name}") == 1 else "does not hold {name} once"
    )


def _is_short(value: str) -> str:
    return _is_line(value) or ("is longer than 128 characters" if len(value) > 128 else "")


def _is_said(value: str) -> str:
    fault = _is_line(value)
    if fault and value:
        return fault
    words = len(value.split())
    return (
        f"has {words} words; a listener waits for {MOST_DISCLOSED} at most"
        if words > MOST_DISCLOSED
        else ""
    )


def _is_between(least: int, most: int) -> Callable[[int], str]:
    return lambda value: (
        "" if least <= value <= most else f"{value} is not between {least} and {most}"
    )


_CHECKS: dict[str, Callable[[Any], str]] = {
    "engine": _is_adapter("presscast.engines", "auto"),
    "writer": _is_adapter("presscast.writers"),
    "pause_reply": _is_between(0, 5),
    "pause_speaker": _is_between(0, 5),
    "pause_paragraph": _is_between(0, 5),
    "catch_up": _is_between(0, 3660),
    "keep_takes": _is_between(0, 36_600),
    "stories": _is_between(1, 50),
    "papers": _is_between(0, 50),
    "words": _is_between(20, 2000),
    "news_days": _is_between(0, 366),
    "title": _is_line,
    "author": _is_line,
    "email": _is_email,
    "description": _is_description,
    "url": _is_feed_folder,
    "store": _is_store,
    "cache": _is_store,
    "link": _is_address,
    "language": _is_language,
    "guid": _is_guid,
    "presenter": _is_line,
    "byline": _is_byline,
    "timezone": _is_zone,
    "post_url": _is_pattern,
    "include": _is_line,
    "frequency": _is_rule,
    "numbering": _is_numbering,
    "format": _is_format,
    "story_order": _is_story_order,
    "cohost": _is_line,
    "audience": _is_line,
    "style": _is_line,
    "facts": _is_style_of_facts,
    "people": _are_pages,
    "subscribe": _are_subscribe_pages,
    "unsubscribe": _is_address,
    "funding": _is_address,
    "license": _is_short,
    "license_url": _is_address,
    "location": _is_short,
    "geo": _is_place,
    "podroll": _are_guids,
    "disclosure": _is_said,
    "verify": _is_short,
    "hub": _is_address,
    "new_feed_url": _is_address,
    "feed_items": _is_between(1, 5000),
}
"""Setting to a function that says what is wrong with its value, or nothing."""
