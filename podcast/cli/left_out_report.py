"""Say what of a post is not spoken, and which files are no posts."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from podcast.language.english.sentence_splitter import split_sentences
from podcast.model import Block, Edition, LeftOut

# Kinds without words of the author's own: listed, and not counted.
_MARKUP = frozenset(
    {
        "HTML tag", "attribute list", "link address", "link title", "template value",
        "template tag", "container mark", "check box", "callout mark", "directive", "comment",
        "page head", "style sheet", "script", "footnote mark", "MDX import", "MDX expression",
    }
)  # fmt: skip
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MOST_FILES = 10
_MOST_TEXT = 70


def find_left_out(edition: Edition, script: str) -> list[LeftOut]:
    """Everything of the post that the script does not have, in the order of the post.

    A table counts as left out when the script has less than half of its cells.
    """
    script = _COMMENT.sub(" ", script)
    parts = [part for story in edition.stories for part in story.body.left_out]
    parts += edition.left_out
    for story in edition.stories:
        for table in _tables(story.body.blocks):
            if not _is_table_spoken(table, script):
                text = "\n".join(_join_cells(row) for row in table.children)
                parts.append(LeftOut("table", text, "a table is not read aloud", table.line))
    parts += find_unspoken_details(edition, script)
    return sorted(parts, key=lambda part: part.line)


def _is_table_spoken(table: Block, script: str) -> bool:
    """Tell whether the script has half of the table's cells."""
    cells = [cell.text for row in table.children for cell in row.children if cell.text]
    return sum(cell in script for cell in cells) >= len(cells) / 2


def _join_cells(row: Block) -> str:
    return ", ".join(cell.text for cell in row.children)


def find_unspoken_details(edition: Edition, script: str) -> list[LeftOut]:
    """Each sentence of a story with a number or a name that the script does not have.

    Whoever wrote the script may say it in other words, so that only what can be looked up
    counts.
    """
    said = {word.casefold() for word in _WORD.findall(script)}
    details: list[LeftOut] = []
    for story in edition.stories:
        for block in _texts(story.body.blocks):
            for sentence in split_sentences(block.text):
                details_of_sentence = _details_in(sentence)
                missing = [word for word in details_of_sentence if word.casefold() not in said]
                if missing:
                    reason = f"the script does not have {', '.join(dict.fromkeys(missing))}"
                    details.append(LeftOut("detail", sentence, reason, block.line))
    return details


def say_left_out(edition: Edition, left_out: Sequence[LeftOut]) -> None:
    """Print one line that counts what is left out; with `-v` a line for each part."""
    outside = set(edition.left_out)
    counts: Counter[str] = Counter()
    for part in left_out:
        is_counted = part not in outside or part.kind in ("section", "trending")
        if is_counted and part.kind not in _MARKUP:
            counts[part.kind] += 1
    if counts:
        kinds: list[str] = []
        for kind, count in counts.items():
            plural = ""
            if count > 1:
                plural = "s"
            kinds.append(f"{count} {kind}{plural}")
        click.echo(f"left out: {', '.join(kinds)}", err=True)

    if logging.getLogger().isEnabledFor(logging.INFO):
        for part in left_out:
            _say_part(part)


def _say_part(part: LeftOut) -> None:
    text = " ".join(part.text.split())
    if len(text) > _MOST_TEXT:
        text = f"{text[:_MOST_TEXT]}..."
    click.echo(f"  line {part.line}: {part.kind}: {text} ({part.reason})", err=True)


def say_passed_over(folder: Path, files: Sequence[tuple[Path, str]]) -> None:
    """Print which Markdown files of the folder of posts are no posts, and why."""
    if not files:
        return
    count = f"{len(files)} files"
    if len(files) == 1:
        count = "1 file"
    click.echo(f"passed over: {count}", err=True)
    for path, reason in files[:_MOST_FILES]:
        click.echo(f"  {path.relative_to(folder)}: {reason}", err=True)
    if len(files) > _MOST_FILES:
        click.echo(f"  and {len(files) - _MOST_FILES} more", err=True)


def _details_in(sentence: str) -> Iterator[str]:
    """List the numbers and names of a sentence.

    These are words with a digit, and words with a large letter but for the first.
    """
    for number, word in enumerate(_WORD.findall(_ADDRESS.sub(" ", sentence))):
        has_digit = any(map(str.isdigit, word))
        # The first word of a sentence has a large letter, whatever it is.
        if has_digit or (number and any(map(str.isupper, word))):
            yield word


def _texts(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks with text of their own, but those of tables, which are reported whole."""
    for block in blocks:
        if block.kind == "table":
            continue
        if block.spans:
            yield block
        yield from _texts(block.children)


def _tables(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind == "table":
            yield block
        else:
            yield from _tables(block.children)
