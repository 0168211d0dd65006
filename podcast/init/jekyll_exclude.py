"""The files of a show that are kept out of a Jekyll blog's built site."""

from __future__ import annotations

import re
from pathlib import Path

from podcast.util.files import write_atomic

# Files that Jekyll would publish, and readers of the blog have no use for.
NAMES = ("scripts", "voices", "podcast.toml")

_KEY = re.compile(r"^exclude:[ \t]*(?P<flow>\[)?[^\n]*\n?", re.MULTILINE)
_FIRST_ITEM = re.compile(r"(?P<indent>[ \t]*)-[ \t]")


def exclude_from_site(settings_file: Path) -> str:
    """Add the show's files to `exclude` in Jekyll's `_config.yml`, every other byte as it was.

    Returns what was done, or what the owner has to do where the list is written in a way that
    is not known.
    """
    import yaml

    before = settings_file.read_text(encoding="utf-8")
    excluded_before = (yaml.safe_load(before) or {}).get("exclude") or []
    missing = [name for name in NAMES if name not in excluded_before]
    if not missing:
        return f"{settings_file.name} keeps {', '.join(NAMES)} out of the site already"

    after = _insert(before, missing)
    if not _excludes(after, {*excluded_before, *missing}):
        return (
            f"{settings_file}: add to exclude: {', '.join(missing)}, which Jekyll would publish"
        )

    write_atomic(settings_file, after)
    return f"{settings_file.name} now keeps {', '.join(missing)} out of the site"


def _excludes(settings: str, names: set[str]) -> bool:
    """Tell whether settings are YAML that excludes at least these names."""
    import yaml

    try:
        excluded = (yaml.safe_load(settings) or {}).get("exclude")
    except yaml.YAMLError:
        return False
    return isinstance(excluded, list) and names.issubset(excluded)


def _insert(text: str, names: list[str]) -> str:
    key = _KEY.search(text)
    if key is None:
        # In Jekyll 3 the owner's list replaces the default one; in Jekyll 4 it is added to it.
        defaults = ["Gemfile", "Gemfile.lock", "node_modules", "vendor"]
        gap = "" if not text or text.endswith("\n") else "\n"
        items = "".join(f"  - {name}\n" for name in [*defaults, *names])
        return f"{text}{gap}\nexclude:\n{items}"

    if key["flow"]:
        start = key.end("flow")
        rest = text[start:]
        comma = "" if rest.lstrip().startswith("]") else ", "
        return f"{text[:start]}{', '.join(names)}{comma}{rest.lstrip(' ')}"

    first = _FIRST_ITEM.match(text, key.end())
    indent = first["indent"] if first else "  "
    items = "".join(f"{indent}- {name}\n" for name in names)
    return f"{text[: key.end()]}{items}{text[key.end() :]}"
