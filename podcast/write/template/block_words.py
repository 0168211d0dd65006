"""The words of a block, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.spelling import without_markup
from podcast.language.english.spelling.latex import say_formula
from podcast.model import Block, LeftOut, Span
from podcast.write.code_signs import hide_code_signs, show_code_signs
from podcast.write.template.grammar import LONGEST_SENTENCE, has_open_quote

# Code that is an element's tag: `<head>`.
_TAG = re.compile(r"</?([A-Za-z][\w.-]*)(?:\s[^<>]*)?/?>")
# Stands before a formula that cannot be said in words: its sentence is left out.
UNSAID = "\ue010"


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
        elif span.kind == "code":
            parts.append(_keep_code(span, left_out))
        else:
            parts.append(" " if span.kind == "break" else span.text)
    whole = ["".join(parts), *(text_of(child, left_out) for child in block.children)]
    return " ".join(" ".join(whole).split())


def _keep_code(span: Span, left_out: list[LeftOut]) -> str:
    """Inline code, its signs hidden where they would be taken for markup.

    What is lost is reported.
    """
    plain = " ".join(span.text.split())
    if "*" not in plain and without_markup(plain) == plain:
        return span.text

    hidden = hide_code_signs(plain)
    if show_code_signs(without_markup(hidden)) != plain:
        reason = "some of its signs are taken for markup"
        left_out.append(LeftOut("code", plain, reason, span.line))
    return hidden


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
