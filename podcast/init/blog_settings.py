"""Settings of a blog, from the files of Jekyll, Hugo and Pelican: read and never run."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from podcast.errors import ConfigError
from podcast.util.toml_files import parse_toml

_DATED_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-.+")
# Jekyll's built-in permalink styles that the file's name alone decides
# (https://jekyllrb.com/docs/permalinks/#built-in-formats). Categories come first where a post
# has some.
_JEKYLL_STYLES = {
    "date": "/:year/:month/:day/:title.html",
    "pretty": "/:year/:month/:day/:title/",
    "none": "/:title.html",
}


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog in whose folder a show begins."""

    generator: str
    """`Jekyll`, `Hugo` or `Pelican`."""
    settings_file: Path
    title: str = ""
    author: str = ""
    email: str = ""
    description: str = ""
    link: str = ""
    """The site's public address, ending in a slash; empty when the settings do not say."""
    posts: str = "posts"
    """Folder of the posts, relative to the blog's."""
    post_url: str = ""
    """Pattern of a post's address as `Show.post_url` has it;
    empty when the settings do not tell."""


def find_blog(folder: Path) -> Blog | None:
    """Read the settings of the blog in `folder`; None when there is none.

    Raises ConfigError, with the file, for settings that cannot be read.
    """
    for name, read in _READERS.items():
        path = folder / name
        if path.is_file():
            return read(path)
    return None


# --- Jekyll ---------------------------------------------------------------------------------


def _read_jekyll(path: Path) -> Blog:
    settings = _load_yaml(path)
    link = _join_address(_setting_text(settings, "url"), _setting_text(settings, "baseurl"))
    permalink = _setting_text(settings, "permalink") or "date"
    email = _setting_text(settings, "email")
    email = email or _setting_text(_sub_table(settings, "author"), "email")
    collections = _setting_text(settings, "collections_dir").strip("/")

    return Blog(
        generator="Jekyll",
        settings_file=path,
        title=_setting_text(settings, "title") or _setting_text(settings, "name"),
        author=_author_name(settings.get("author")),
        email=email,
        description=_setting_text(settings, "description"),
        link=link,
        posts=f"{collections}/_posts" if collections else "_posts",
        post_url=_jekyll_pattern(link, permalink),
    )


def _jekyll_pattern(link: str, permalink: str) -> str:
    """The pattern of a post's address; empty for one that needs more than the file's name."""
    written = _JEKYLL_STYLES.get(permalink, permalink)
    names = {"year": "year", "month": "month", "day": "day", "title": "slug", "slug": "slug"}
    pattern = re.sub(
        r":(\w+)",
        lambda match: f"{{{names[match[1]]}}}" if match[1] in names else match[0],
        written.replace("/:categories", "").replace(":output_ext", ".html"),
    )
    if not link or ":" in pattern:
        return ""
    return link + pattern.lstrip("/")


# --- Hugo -----------------------------------------------------------------------------------


def _read_hugo(path: Path) -> Blog:
    settings = _load_by_ending(path)
    params = _sub_table(settings, "params")
    root = path.parent
    # Settings in parts lie in `config/_default/` of the site.
    if root.name == "_default":
        root = root.parent.parent
    section = _hugo_section(root / (_setting_text(settings, "contentDir") or "content"))
    link = _setting_text(settings, "baseURL") or _setting_text(settings, "baseurl")

    return Blog(
        generator="Hugo",
        settings_file=path,
        title=_setting_text(settings, "title"),
        author=_author_name(params.get("author") or settings.get("author")),
        email=str(params.get("email") or ""),
        description=str(params.get("description") or ""),
        link=_with_slash(link),
        posts=str(section.relative_to(root)),
        post_url=_hugo_pattern(_with_slash(link), settings, section),
    )


def _hugo_section(content: Path) -> Path:
    """The section that has the most Markdown files, for that is where the posts are."""
    sections = [path for path in sorted(content.glob("*")) if path.is_dir()]
    counted = {section: len(list(section.rglob("*.md"))) for section in sections}
    best = max(counted, key=counted.__getitem__, default=None)
    if best is None or not counted[best]:
        return content / "posts"
    return best


def _hugo_pattern(link: str, settings: Mapping[str, Any], section: Path) -> str:
    """Find the pattern of a post's address: the section's permalink, else Hugo's default."""
    permalinks = _sub_table(settings, "permalinks")
    # Newer versions of Hugo have the patterns of pages in a table of their own.
    pages = permalinks.get("page")
    chosen = permalinks.get(section.name) or (pages or {}).get(section.name)
    if not link or settings.get("uglyURLs"):
        return ""
    if not isinstance(chosen, str):
        dated = any(_DATED_NAME.fullmatch(path.stem) for path in section.rglob("*.md"))
        name = "{year}-{month}-{day}-{slug}" if dated else "{slug}"
        return f"{link}{section.name}/{name}/"

    names = {
        "year": "{year}",
        "month": "{month}",
        "day": "{day}",
        "filename": "{slug}",
        "contentbasename": "{slug}",
        "section": section.name,
    }
    pattern = re.sub(r":(\w+)", lambda match: names.get(match[1], match[0]), chosen)
    if ":" in pattern:
        return ""
    return link + pattern.strip("/") + "/"


# --- Pelican --------------------------------------------------------------------------------


def _read_pelican(path: Path) -> Blog:
    settings = _literals_of(path)
    content = _setting_text(settings, "PATH") or "content"
    articles = settings.get("ARTICLE_PATHS")
    folder = str(articles[0]) if isinstance(articles, list) and articles and articles[0] else ""
    link = _with_slash(_setting_text(settings, "SITEURL"))

    return Blog(
        generator="Pelican",
        settings_file=path,
        title=_setting_text(settings, "SITENAME"),
        author=_setting_text(settings, "AUTHOR"),
        description=_setting_text(settings, "SITESUBTITLE"),
        link=link,
        posts=str(Path(content, folder)),
        post_url=_pelican_pattern(link, settings),
    )


def _pelican_pattern(link: str, settings: Mapping[str, Any]) -> str:
    """The pattern of an article's address, where slugs come from file names.

    Pelican makes slugs of titles unless SLUGIFY_SOURCE says otherwise: those the file's name
    does not tell.
    """
    if not link or settings.get("SLUGIFY_SOURCE") != "basename":
        return ""
    written = _setting_text(settings, "ARTICLE_URL") or "{slug}.html"
    pattern = (
        written.replace("{date:%Y}", "{year}")
        .replace("{date:%m}", "{month}")
        .replace("{date:%d}", "{day}")
    )
    without_fields = re.sub(r"\{(?:year|month|day|slug)\}", "", pattern)
    if "{" in without_fields:
        return ""
    return link + pattern.lstrip("/")


def _literals_of(path: Path) -> dict[str, object]:
    """The literals that a Python file assigns to names. The file is parsed, never run."""
    try:
        tree = ast.parse(_read_settings_file(path))
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid Python: {error}") from None

    values: dict[str, object] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Name):
                try:
                    values[target.id] = ast.literal_eval(node.value)
                except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                    continue  # What is computed is not known without running the file.
    return values


# --- files ----------------------------------------------------------------------------------


def _load_by_ending(path: Path) -> dict[str, Any]:
    if path.suffix in (".yaml", ".yml"):
        return _load_yaml(path)
    try:
        parse = json.loads if path.suffix == ".json" else parse_toml
        settings = parse(_read_settings_file(path))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    return _table(path, settings)


def _load_yaml(path: Path) -> dict[str, Any]:
    import yaml

    try:
        settings = yaml.safe_load(_read_settings_file(path))
    except (yaml.YAMLError, RecursionError) as error:
        problem = " ".join(str(error).split())
        raise ConfigError(f"{path}: not valid YAML: {problem}") from None
    return _table(path, settings or {})


def _table(path: Path, settings: object) -> dict[str, Any]:
    if not isinstance(settings, dict):
        raise ConfigError(f"{path}: no table of settings")
    return settings


def _read_settings_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None


def _setting_text(settings: Mapping[str, Any], key: str) -> str:
    """The setting on one line; empty when it is missing or no text."""
    value = settings.get(key)
    if not isinstance(value, str):
        return ""
    return " ".join(value.split())


def _sub_table(settings: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A table within the settings; empty when it is missing or no table."""
    table = settings.get(key)
    return table if isinstance(table, Mapping) else {}


def _author_name(author: object) -> str:
    """The author's name, given as a text or in a table; empty for anything else."""
    if isinstance(author, Mapping):
        author = author.get("name")
    return author if isinstance(author, str) else ""


def _join_address(address: str, base: str) -> str:
    if not address:
        return ""
    path = base.strip("/")
    if not path:
        return _with_slash(address)
    return _with_slash(f"{address.rstrip('/')}/{path}")


def _with_slash(address: str) -> str:
    if not address or address.endswith("/"):
        return address
    return f"{address}/"


# A blog's settings file and who reads it; the first that is there counts.
_READERS: dict[str, Callable[[Path], Blog]] = {
    "_config.yml": _read_jekyll,
    "_config.yaml": _read_jekyll,
    "hugo.toml": _read_hugo,
    "hugo.yaml": _read_hugo,
    "hugo.json": _read_hugo,
    "config/_default/hugo.toml": _read_hugo,
    "config/_default/config.toml": _read_hugo,
    "config.toml": _read_hugo,
    "config.yaml": _read_hugo,
    "pelicanconf.py": _read_pelican,
}
