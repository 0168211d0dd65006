"""`podcast.toml` becomes a Show; the guid by which apps know it."""

from __future__ import annotations

import dataclasses
import re
import uuid
from pathlib import Path
from typing import Any

from podcast.config.environment import find_cached_model
from podcast.config.setting_checks import find_faults
from podcast.config.setting_groups import GROUPS, sort_into_groups
from podcast.config.writer_table import find_writer_faults, read_as_settings, read_service
from podcast.errors import ConfigError
from podcast.model import Show
from podcast.util.addresses import is_placeholder
from podcast.util.entry_points import today_name
from podcast.util.files import write_atomic
from podcast.util.toml_files import read_toml

FILE = "podcast.toml"

# Remark behind a guid that `settle_guid` replaces.
UNTIL_ADDRESS = "# until url is the real one: then made from it, and kept"
_UNSETTLED_GUID = re.compile(
    rf'^guid = "[^"\n]*"[ \t]*{re.escape(UNTIL_ADDRESS)}[ \t]*$', re.MULTILINE
)
# The podcast namespace's own namespace for podcast:guid (its docs, tag "guid").
_GUID_SPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


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
    settings = read_toml(path)
    # `writer` is a name, or a table that says more.
    writer = settings.get("writer")
    if isinstance(writer, dict):
        settings = read_as_settings(settings, writer)

    faults = find_faults(settings)
    if isinstance(writer, dict):
        faults += find_writer_faults(writer)
    if faults:
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in faults))

    fields = sort_into_groups(_read_values(settings, folder))
    if isinstance(writer, dict):
        fields["writer"]["service"] = read_service(writer)
    groups = {name: group(**fields[name]) for name, group in GROUPS.items()}
    return Show(folder=folder.absolute(), **fields[""], **groups)


def _read_values(settings: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Turn what TOML has into what a Show has: paths, tuples, an address with its slash."""
    values = dict(settings)
    for key, value in settings.items():
        if isinstance(value, list):
            values[key] = tuple(value)

    for key in ("url", "audio_url"):
        if values.get(key):
            values[key] = f"{values[key].rstrip('/')}/"
    values["language"] = values.get("language", "en").lower()
    values["guid"] = values.get("guid") or feed_guid(f"{values['url']}feed.xml")
    if "writer" in values:
        values["writer"] = today_name("presscast.writers", values["writer"])
    if "posts" in values:
        values["posts"] = Path(values["posts"])
    if "model_file" in values:
        values["model_file"] = folder / values["model_file"]
    elif cached_model := find_cached_model():
        values["model_file"] = cached_model
    return values


def new_guid() -> str:
    """Make a guid that no other show has, for one whose address is not known yet."""
    return str(uuid.uuid5(_GUID_SPACE, str(uuid.uuid4())))


def feed_guid(address: str) -> str:
    """Make podcast:guid of the feed at `address`.

    A UUIDv5 of the address without scheme and trailing slashes, as the podcast namespace's tag
    "guid" says.
    """
    return str(uuid.uuid5(_GUID_SPACE, re.sub(r"^[a-z]+://", "", address.rstrip("/"))))


def settle_guid(show: Show) -> Show:
    """Make the guid of a new show from its address, once that is a real one; then it is kept.

    `init` gives a show without an address a guid of its own, marked as one that is to be
    replaced.
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
