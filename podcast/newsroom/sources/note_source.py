"""A Markdown note: what somebody wrote down, with or without front matter."""

from __future__ import annotations

import re
from pathlib import PurePath
from urllib.parse import urlsplit

import yaml
from markdown_it import MarkdownIt

from podcast.document.plain_text import join_lines
from podcast.errors import SourceError
from podcast.model import Item, SourceItems, SourceText
from podcast.newsroom.source_kind import SourceKind
from podcast.newsroom.sources.page_metadata import read_date

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"\s*#{1,2}[ \t]+\S")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+")


def read_note(document: SourceText, named: bool = False) -> SourceItems | None:
    """The note as one Item; None when the document is no note.

    A note is `named` so, or is a file `.md`, or begins with front matter or a heading. Raises SourceError
    for one without text.
    """
    if not (named or is_note(document)):
        return None
    front = _FRONT.match(document.text)
    values = _values(document.name, front[1]) if front else {}
    tokens = MarkdownIt("commonmark").parse(
        document.text[front.end() :] if front else document.text
    )
    title, told = values.get("title", ""), []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline":
            continue
        text = join_lines(
            "".join(_shown(child.type, child.content) for child in token.children or [])
        )
        if before and before.type == "heading_open":
            title = title or text
        elif text:
            told.append(text)
    if not told:
        raise SourceError(f"{document.name}: this note has no text")
    found = _ADDRESS.search(values.get("link") or values.get("url") or document.text)
    link = found[0].rstrip(".,;:") if found else ""
    link, host = _checked(link)
    item = Item(
        join_lines(title) or PurePath(document.name).stem.replace("-", " ").capitalize(),
        "\n\n".join(told),
        link,
        values.get("source", "") or host,
        date=read_date(values.get("date", "")),
        paper=f".{host}".endswith(".arxiv.org"),
        authors=tuple(filter(None, [values.get("author", "")])),
    )
    return SourceItems((item,))


def is_note(document: SourceText) -> bool:
    """Tell whether the document is a Markdown file, or begins as one."""
    is_named = document.name.endswith((".md", ".markdown", ".mdown", ".mkd"))
    return is_named or bool(_FRONT.match(document.text) or _HEADING.match(document.text))


def _checked(link: str) -> tuple[str, str]:
    """The address and its host; nothing when it is none."""
    try:
        return link, urlsplit(link).hostname or ""
    except ValueError:
        return "", ""


def _shown(kind: str, content: str) -> str:
    return content if kind in ("text", "code_inline") else " " if kind.endswith("break") else ""


def _values(name: str, front: str) -> dict[str, str]:
    try:
        values = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 -- text, lists and mappings alone
    except (yaml.YAMLError, RecursionError) as error:
        problem = " ".join(str(getattr(error, "problem", error)).split())
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise SourceError(f"{name}:{line}: the front matter is not YAML: {problem}") from error
    return (
        {key: value for key, value in values.items() if isinstance(value, str)}
        if isinstance(values, dict)
        else {}
    )


KIND = SourceKind(read_note, rank=30)
