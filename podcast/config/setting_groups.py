"""The keys of `podcast.toml`, and the field of a Show that each fills.

The file has one list of keys; a Show has them in groups, so that code gets only the group it
uses.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, NamedTuple, get_type_hints

from podcast.model import (
    EditionSettings,
    FeedSettings,
    NewsroomSettings,
    Show,
    SoundSettings,
    StoreSettings,
    VoiceSettings,
    WriterSettings,
)

# Groups of a Show's fields, by the name of the field that holds the group.
GROUPS: dict[str, type] = {
    "feed": FeedSettings,
    "edition": EditionSettings,
    "sound": SoundSettings,
    "voices": VoiceSettings,
    "writer": WriterSettings,
    "newsroom": NewsroomSettings,
    "store": StoreSettings,
}

# Fields that no key of the list fills.
_NO_KEYS = {
    ("", "folder"),  # where the file is
    ("", "cover"),  # set by `publish`, as is the next
    ("", "portraits"),
    ("writer", "service"),  # the table [writer]
}
# Fields whose key is not their own name.
_KEYS_OF_FIELDS = {
    ("writer", "name"): "writer",
    ("writer", "model"): "writer_model",
    ("store", "address"): "store",
    ("store", "audio_address"): "audio_store",
    ("store", "timeout"): "store_timeout",
}


class Setting(NamedTuple):
    """One key of `podcast.toml`: the field of a Show that it fills."""

    group: str
    """Empty for the fields of Show itself."""
    field: str
    type: Any
    is_needed: bool


def _list_settings() -> dict[str, Setting]:
    settings = {}
    for group, owner in {"": Show, **GROUPS}.items():
        types = get_type_hints(owner)

        for field in dataclasses.fields(owner):
            place = (group, field.name)
            if place in _NO_KEYS or field.name in GROUPS:
                continue
            key = _KEYS_OF_FIELDS.get(place, field.name)
            is_needed = field.default is field.default_factory is dataclasses.MISSING
            settings[key] = Setting(group, field.name, types[field.name], is_needed)
    return settings


SETTINGS = _list_settings()
# Every key that `podcast.toml` may have; those of the table `[writer]` beside.
SETTING_KEYS = list(SETTINGS)


def change_settings(show: Show, **settings: Any) -> Show:
    """Change settings of a show by their keys in `podcast.toml`, as the command line does."""
    fields = sort_into_groups(settings)
    groups = {}
    for name in GROUPS:
        if fields[name]:
            groups[name] = dataclasses.replace(getattr(show, name), **fields[name])
    return dataclasses.replace(show, **fields[""], **groups)


def sort_into_groups(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Sort values by the group and the field of their key.

    The group `""` has the fields of Show itself; a key that is no setting is one of them.
    """
    fields: dict[str, dict[str, Any]] = {name: {} for name in ("", *GROUPS)}
    for key, value in values.items():
        setting = SETTINGS.get(key)
        if setting is None:
            fields[""][key] = value
        else:
            fields[setting.group][setting.field] = value
    return fields
