"""The words of a block, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.spelling.latex import say_formula
from podcast.model import Block, LeftOut, Span
from podcast.write.template.grammar import LONGEST_SENTENCE, has_open_quote

_TAG = re.compile(r"</?([A-Za-z][\w.-]*)(?:\s[^<>]*)?/?>")
"""Code that is an element's tag: `<head>`."""
UNSAID = "\ue010"
"""Stands before a formula that cannot be said in words: its sentence is left out."""


def text_of(block: Block, left_out: list[LeftOut]) -> str:
    """The block's text and its children's, without what its author struck out."""
    parts = []
    for span in block.spans:
        if span.kind == "math":
            parts.append(say_formula(span.text) or f"{UNSAID}{span.text}")
        elif span.kind == "deleted":
            left_out.append(LeftOut("deleted text", span.text, "it is struck out", span.line))
        elif span.kind == "code" and (tag := _TAG.fullmatch(span.text)):
            # As it is said: a tag in the script would be taken for markup.
            parts.append(tag[1])
        else:
            parts.append(" " if span.kind == "break" else span.text)
    whole = ["".join(parts), *(text_of(child, left_out) for child in block.children)]
    return " ".join(" ".join(whole).split())


def spans_of(block: Block) -> Iterator[Span]:
    """The spans of a block and of all within it."""
    yield from block.spans
    for child in block.children:
        yield from spans_of(child)


def split_whole(text: str) -> list[str]:
    """Split a text where its sentences end, but not within a quotation."""
    sentences: list[str] = []
    for sentence in split_sentences(text):
        is_within = sentences and has_open_quote(sentences[-1])
        if is_within and len(sentences[-1]) < LONGEST_SENTENCE:
            sentences[-1] = f"{sentences[-1]} {sentence}"
        else:
            sentences.append(sentence)
    return sentences
