"""`podcast.toml` and the environment become values. Only this package and `cli` read either.

show_file       podcast.toml becomes a Show; its guid
setting_groups  each key, and the field of a Show that it fills
setting_checks  what the value of a setting may be
writer_table    the table [writer]
environment     clock, keys, mail server
"""

from podcast.config.environment import (
    mail_settings,
    openai_address,
    openai_key,
    read_clock,
    read_key,
)
from podcast.config.setting_checks import CREATIVE_COMMONS, find_setting_fault
from podcast.config.setting_groups import SETTING_KEYS, change_settings
from podcast.config.show_file import (
    FILE,
    UNTIL_ADDRESS,
    feed_guid,
    load_show,
    new_guid,
    settle_guid,
)

__all__ = [
    "CREATIVE_COMMONS",
    "FILE",
    "SETTING_KEYS",
    "UNTIL_ADDRESS",
    "change_settings",
    "feed_guid",
    "find_setting_fault",
    "load_show",
    "mail_settings",
    "new_guid",
    "openai_address",
    "openai_key",
    "read_clock",
    "read_key",
    "settle_guid",
]
