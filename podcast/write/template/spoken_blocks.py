"""The blocks of a post become paragraphs of sentences."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from podcast.model import Block, LeftOut
from podcast.write.template.block_words import split_whole, text_of
from podcast.write.template.spoken_lists import speak_list

# Kinds of Block that no voice reads, and why.
UNSPOKEN = {
    "table": "a table is for the eye",
    "code": "code is for the eye",
    "math": "a formula is for the eye",
    "figure": "a picture is for the eye",
    "footnote": "a footnote is for readers",
    "embed": "it cannot be heard",
    "rule": "it is a mark of the page",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together, and their line."""

    sentences: list[str]
    line: int


def read_paragraphs(
    blocks: tuple[Block, ...], left_out: list[LeftOut], *, literal: bool = False
) -> Iterator[Paragraph]:
    """The sentences of each block that can be spoken; with `literal` those of headings as well.

    Text that begins with a heading is a column of several pieces: there the headings are said,
    for `They` in a piece's first sentence would else be about the piece before.
    """
    says_headings = literal or is_column(blocks)
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if says_headings and block.kind == "heading":
            block = dataclasses.replace(block, kind="paragraph")
        following = blocks[place + 1] if place + 1 < len(blocks) else None

        reason = UNSPOKEN.get(block.kind, "the text under it says it")
        if block.kind in UNSPOKEN or block.kind == "heading":
            left_out.append(LeftOut(block.kind, block.text, reason, block.line))
        elif following is not None and _belong_together(block, following):
            yield Paragraph(_read_pair(block, following, left_out), block.line)
            place += 1
        else:
            yield Paragraph(_read_block(block, following, left_out), block.line)
        place += 1


def is_column(blocks: tuple[Block, ...]) -> bool:
    """Tell whether the blocks are pieces, each under a heading of its own."""
    headings = [block.text for block in blocks if block.kind == "heading"]
    if not headings or blocks[0].kind != "heading":
        return False
    return not any(_PART_OF_ONE.fullmatch(heading) for heading in headings)


# Headings of the parts of one piece, that say nothing of it.
_PART_OF_ONE = re.compile(
    r"""
    \W*(?:(?:executive\ )?summary|overview|introduction|background|context|details|conclusions?
      |key\ (?:points|takeaways|findings|facts|features)|takeaways|highlights|tl;?dr|results
      |methods?|discussion|sources?|references|links|notes|update|outlook|analysis
      |what\ happened|why\ it\ matters|what['’]s\ next
      |the\ (?:news|details|bottom\ line|big\ picture))\W*
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _belong_together(block: Block, following: Block) -> bool:
    """Tell whether a block leads to the next: a list's introduction, a term's definition."""
    if block.kind == "term":
        return following.kind == "definition"
    return following.kind == "list" and block.kind not in ("list", "quotation")


def _read_pair(block: Block, following: Block, left_out: list[LeftOut]) -> list[str]:
    introduction = text_of(block, left_out)
    if following.kind == "list":
        return speak_list(following, introduction, left_out)
    return split_whole(f"{introduction}: {text_of(following, left_out)}")


def _read_block(block: Block, following: Block | None, left_out: list[LeftOut]) -> list[str]:
    if block.kind == "list":
        return speak_list(block, "", left_out)

    sentences = split_whole(text_of(block, left_out))
    if block.kind == "quotation" and sentences:
        return [f"A quotation: {sentences[0]}", *sentences[1:]]
    if following is not None and following.kind in UNSPOKEN:
        return _without_torn_end(sentences, block.line, left_out)
    return sentences


_POINTS_AHEAD = re.compile(
    r"\b(?:this|these|the following|as follows|below|here)\b[^.]*:$", re.IGNORECASE
)


def _without_torn_end(sentences: list[str], line: int, left_out: list[LeftOut]) -> list[str]:
    """The sentences before something unspoken, without one that leads or points to it."""
    if not sentences:
        return []

    last = sentences[-1]
    is_whole = re.search(r"[.!?:][\"”’')]*$", last) is not None
    if is_whole and not _POINTS_AHEAD.search(last):
        return sentences
    left_out.append(LeftOut("sentence", last, "what it leads to is not spoken", line))
    return sentences[:-1]
