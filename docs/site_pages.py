"""A hook of MkDocs: the pages at the top of the repository are pages of the site as well."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

REPOSITORY = Path(__file__).parent.parent
SITE_NAMES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "NOTICE": "notice.txt",
}
"""File at the repository's top to its name in the site."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the repository's own pages, their links led to where things are in the site."""
    for source, target in SITE_NAMES.items():
        text = (REPOSITORY / source).read_text(encoding="utf-8")
        files.append(File.generated(config, target, content=lead_links(text, "")))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Lead the links of pages in `docs/` that go to the repository's top, and indent their lists."""
    return indent_lists(lead_links(markdown, "../"))


def lead_links(text: str, to_top: str) -> str:
    """Change links to `docs/`, and to pages that the site knows by another name."""
    text = text.replace("](docs/", "](")
    for source, target in SITE_NAMES.items():
        text = text.replace(f"]({to_top}{source}", f"]({target}")
    return text


def indent_lists(text: str) -> str:
    """Indent what belongs to a numbered item by four spaces, as Python-Markdown wants it.

    CommonMark, by which the pages are written, takes the three below `1. `.
    """
    lines = []
    in_item = False
    for line in text.split("\n"):
        if re.match(r"\d\. ", line):
            in_item = True
        elif line and not line.startswith("   "):
            in_item = False
        lines.append(f" {line}" if in_item and line.startswith("   ") else line)
    return "\n".join(lines)
