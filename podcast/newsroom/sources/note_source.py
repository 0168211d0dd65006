"""A Markdown note: what somebody wrote down, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from urllib.parse import urlsplit

import yaml

from podcast.document.markdown_reader import parse_markdown
from podcast.document.plain_text import join_lines
from podcast.errors import SourceError
from podcast.model import Block, Item, SourceItems, SourceText
from podcast.newsroom.source_kind import SourceKind
from podcast.newsroom.sources.page_metadata import read_date

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"\s*#{1,2}[ \t]+\S")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+")


def read_note(document: SourceText, named: bool = False) -> SourceItems | None:
    """The note as one Item; None when the document is no note.

    A note is `named` so, or is a file `.md`, or begins with front matter or a heading. Raises
    SourceError for one without text.
    """
    if not (named or is_note(document)):
        return None
    front = _FRONT.match(document.text)
    values = _values(document.name, front[1]) if front else {}
    blocks = parse_markdown(document.text[front.end() :] if front else document.text).blocks

    paragraphs = list(_text_runs(blocks))
    if not paragraphs:
        raise SourceError(f"{document.name}: this note has no text")
    link, host = _find_link(document, values)
    author = values.get("author", "")
    item = Item(
        join_lines(values.get("title", ""))
        or _first_heading(blocks)
        or _title_of_file(document),
        "\n\n".join(paragraphs),
        link,
        values.get("source", "") or host,
        date=read_date(values.get("date", "")),
        paper=f".{host}".endswith(".arxiv.org"),
        authors=(author,) if author else (),
    )
    return SourceItems((item,))


def is_note(document: SourceText) -> bool:
    """Tell whether the document is a Markdown file, or begins as one."""
    is_named = document.name.endswith((".md", ".markdown", ".mdown", ".mkd"))
    return is_named or bool(_FRONT.match(document.text) or _HEADING.match(document.text))


def _text_runs(blocks: Sequence[Block]) -> Iterator[str]:
    """Each run of text; items of lists and rows of tables stand apart."""
    for block in blocks:
        if block.kind == "heading":
            continue
        if block.kind in ("list", "table"):
            yield from _text_runs(block.children)
        elif text := join_lines(block.text):
            yield text


def _first_heading(blocks: Sequence[Block]) -> str:
    headings = (join_lines(block.text) for block in blocks if block.kind == "heading")
    return next(filter(None, headings), "")


def _title_of_file(document: SourceText) -> str:
    return PurePath(document.name).stem.replace("-", " ").capitalize()


def _find_link(document: SourceText, values: dict[str, str]) -> tuple[str, str]:
    """The address that the front matter names, or the first of the text, and its host."""
    found = _ADDRESS.search(values.get("link") or values.get("url") or document.text)
    link = found[0].rstrip(".,;:") if found else ""
    try:
        return link, urlsplit(link).hostname or ""
    except ValueError:
        return "", ""


def _values(name: str, front: str) -> dict[str, str]:
    try:
        # S506: this loader makes text, lists and mappings alone, and no objects.
        values = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError) as error:
        problem = " ".join(str(getattr(error, "problem", error)).split())
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise SourceError(f"{name}:{line}: the front matter is not YAML: {problem}") from error

    if not isinstance(values, dict):
        return {}
    return {key: value for key, value in values.items() if isinstance(value, str)}


KIND = SourceKind(read_note, rank=30)
