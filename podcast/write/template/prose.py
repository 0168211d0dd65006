"""A story's Markdown becomes passages to be spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from podcast.language.english.sentence_edits import plain_words, shorten, soften
from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.word_data import Phrases, first_large, load
from podcast.model import Block, Document
from podcast.write.template.parentheses import Acronyms

PASSAGE = 65
"""A passage ends with the sentence that takes it to this many words, or with its paragraph."""
CRUMB = 18
"""A passage of fewer words joins the one before it."""

_BOLD, _END = "\ue000", "\ue001"
_LABEL = re.compile(rf"{_BOLD}([^{_END}]+){_END}\s*(?:[:–—-]\s*)?(.*)", re.DOTALL)
_ENUMERATING = re.compile(
    r"(?i)\b(several|various|the following|following|some|a number of|multiple|certain)\b(?= \w+)"
)
_OPEN_VERB = re.compile(
    r"(?i)\b(?:includ(?:e|ing)|involve|comprise|contain|offer|cover|provide|feature|are|is|were|as follow)s?$"
)


@dataclass(slots=True)
class _Block:
    """A paragraph, or a list with its items; `label` is a heading that stood above it."""

    text: str = ""
    items: list[str] = field(default_factory=list)
    label: str = ""
    quote: bool = False


def passages(body: Document, title: str, acronyms: Acronyms, phrases: Phrases) -> list[str]:
    """The passages in which the body is told: whole sentences, no Markdown, no address, no parenthesis."""
    blocks = list(_blocks(body))
    papers = 0
    spoken: list[list[str]] = []
    introduction: list[str] = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        raw = introduction + (_counted(block) if block.items else _introduced(block, following))
        introduction = [raw.pop()] if raw and following and following.items and not block.items else []
        told: list[str] = []
        for sentence in raw:
            clean = plain_words(_tidy(sentence, title))
            for whole in acronyms.unfold(clean, body.text):
                softened = soften(whole, phrases, papers)
                papers += whole.startswith("The paper")
                told.extend(first_large(short) for short in shorten(softened) if re.search(r"\w", short))
        if told and block.label:
            told[0] = f"{_strip(block.label).rstrip('.:')}: {told[0]}"
        if told and block.quote:
            told[0] = f"A quote: {told[0]}"
        spoken.append(told)
    return _grouped([told for told in spoken if told])


def _blocks(body: Document) -> Iterator[_Block]:
    """The paragraphs, lists, quotations and rows of the body, each under the heading above it."""
    label = ""
    for block in body.blocks:
        if block.kind == "heading":
            label = _inline(block)
            continue
        for told in _told_block(block, quote=False):
            if told.items and all(_is_link(text) for text in told.items):
                continue
            if told.text or told.items:
                told.label = label
                yield told
                label = ""


def _told_block(block: Block, quote: bool) -> Iterator[_Block]:
    if block.kind == "list":
        yield _Block(items=[_item(item) for item in block.children])
    elif block.kind == "table":
        for row in block.children:
            yield _Block(text=", ".join(filter(None, map(_inline, row.children))) + ".")
    elif block.spans:
        yield _Block(text=_inline(block), quote=quote)
    else:
        for child in block.children:
            yield from _told_block(child, quote or block.kind == "quotation")


def _item(item: Block) -> str:
    """An item's text, that of lists in it parted by commas."""
    text = _inline(item)
    for child in item.children:
        if child.kind == "list":
            nested = (_item(each) for each in child.children)
            text = ", ".join(filter(None, [text, *nested]))
        else:
            text = f"{text} {_item(child)}".strip()
    return text


def _inline(block: Block) -> str:
    """The block's own words; bold words and links stand between marks."""
    words: list[str] = []
    for span in block.spans:
        text = " " if span.kind == "break" else span.text
        if span.kind == "strong":
            text = f"{_BOLD}{text}{_END}"
        if span.link and text.strip():
            text = f"\ue002{text}\ue003"
        words.append(text)
    return " ".join("".join(words).split())


def _is_link(item: str) -> bool:
    """Whether an item of a list is a link and at most its domain: such lists are for readers."""
    return re.fullmatch(r"\ue002[^\ue003]*\ue003\s*(?:\([^()]*\))?", item.strip()) is not None


def _strip(text: str) -> str:
    return " ".join(re.sub(r"[\ue000-\ue003]", "", text).split())


def _introduced(block: _Block, following: _Block | None) -> list[str]:
    """The sentences of a paragraph; one that announces a list names how long the list is."""
    text = _strip(block.text)
    numbers: list[str] = load("phrases")["calendar"]["numbers"]
    if following and following.items and text.endswith(":"):
        count = len(following.items)
        number = numbers[count - 1] if count <= len(numbers) else str(count)
        sentences = split_sentences(text[:-1].rstrip())
        if not sentences:
            return []
        last = sentences.pop()
        if _ENUMERATING.search(last):
            last = _ENUMERATING.sub(
                lambda m: ("these " if "following" in m[1].lower() else "") + number, last, count=1
            )
            last = re.sub(r"(?i)\bthe these\b", "these", last)
        elif _OPEN_VERB.search(last):
            last = re.sub(r"(?i)\s*\bas follows$", " as follows", last)
            last = last if last.endswith("as follows") else f"{last} {number} things" if count > 1 else last
        return [*sentences, f"{last}."]
    return split_sentences(text)


def _counted(block: _Block) -> list[str]:
    """The items of a list as counted steps: "First, ..." to "And last, ..."."""
    ordinals: list[str] = load("phrases")["calendar"]["ordinals"]
    told: list[str] = []
    subject = ""
    many = len(block.items)
    for index, item in enumerate(block.items):
        label, text = _labelled(item)
        sentences = split_sentences(_strip(text))
        first = sentences.pop(0) if sentences else ""
        if not first:
            label, first = "", label
        start = " ".join(first.split()[:2]) if first.startswith("The ") else first.split(" ")[0]
        repeats = start == subject and not label
        subject = start
        if repeats:
            pronoun = "they" if start.endswith("s") else "it" if start.startswith("The ") else start
            first = pronoun + first[len(start) :]
        elif re.match(r"(?:The|A|An|This|These|They|It|Its|In|By|With)\b", first):
            first = first[0].lower() + first[1:]
        lead = f"{first_large(ordinals[index]) if index < len(ordinals) else 'Next'}"
        if index == many - 1 and many > 2:
            lead = "And last"
        label = (
            label[0].lower() + label[1:]
            if label and not re.match(r"\w*[A-Z]{2}|\w+ing\b", label)
            else label.lower()
            if label.istitle()
            else label
        )
        told.append(f"{lead}, {label}: {first}" if label else f"{lead}, {first}")
        told.extend(sentences)
    return told


def _labelled(item: str) -> tuple[str, str]:
    """An item's bold label and the rest; no label where the rest says it already."""
    found = _LABEL.match(item.strip())
    if not found or not found[2].strip():
        return "", item
    label, rest = _strip(found[1]).rstrip(" :."), found[2].strip()
    stems = {word.lower()[:5] for word in re.findall(r"\w{3,}", label)}
    said = {word.lower()[:5] for word in re.findall(r"\w{3,}", rest)}
    if stems <= said:
        return "", rest
    small = " ".join(w.lower() if w[1:].islower() else w for w in label.split())
    return small, rest


def _tidy(sentence: str, title: str) -> str:
    """The sentence without addresses, symbols of the page, and its own title in quotes."""
    text = _strip(sentence)
    text = re.sub(r"\b(?:https?://|www\.)\S+?(?=[.,;:!?)]*(?:\s|$))", "", text)
    text = re.sub(r"(?<=\w)_(?=\w)", " ", text)
    text = re.sub(r"[*_`~^\\#|<>]|\$\$?(?=[A-Za-z\\])", lambda m: " " if m[0] in "|<>" else "", text)
    text = re.sub(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]", "", text)
    text = _unnumbered(" ".join(text.split()))
    text = re.sub(r" ?(?:—| – | -- ) ?", ", ", text)
    text = re.sub(r"(?:\.\.\.|…)", ".", text)
    text = _untitled(text, title)
    text = re.sub(r"\b(?:[A-Z][A-Z-]{2,} ){3,}[A-Z-]{2,}\b", lambda m: m[0].capitalize(), text)
    return " ".join(text.split())


def _unnumbered(text: str) -> str:
    """The items of a list within a sentence, "1) deep 2) wide", parted by commas alone."""
    if not re.search(r"(?<!\S)1\) .* 2\) ", text):
        return text
    text = re.sub(r"(?<!\S)1\) |(?<=[,;:] )[2-9]\) ", "", text)
    return re.sub(r"(\sand)? [2-9]\) (?=\w)", lambda m: f",{m[1] or ''} ", text)


def _untitled(text: str, title: str) -> str:
    """The story's title in quotes, which the listener has just heard, becomes "the paper" or goes."""

    def key(words: str) -> str:
        return re.sub(r"\W+", "", words).lower()

    found = re.search(r"[\"“]([^\"“”]{12,}?)([,.]?)[\"”],?", text)
    if not found or key(found[1]) not in (key(title), key(title.partition(":")[0])):
        return text
    before, rest = text[: found.start()], text[found.end() :]
    if re.search(
        r"(?i)\b(?:paper|article|study|report|post|guide|piece)(?: titled| called| entitled)?,?\s*$", before
    ):
        return (
            re.sub(r"(?i)(?: titled| called| entitled)?,?\s*$", "", before)
            + (found[2] or "") * (not rest)
            + rest
        )
    if re.fullmatch(r"(?i)in\s+", before):
        return f"In this one,{rest}"
    return text


def _grouped(spoken: list[list[str]]) -> list[str]:
    """Sentences joined into passages that a voice can carry; no crumbs."""
    groups: list[list[str]] = []
    for paragraph in spoken:
        group: list[str] = []
        for sentence in paragraph:
            length = sum(len(s.split()) for s in group)
            if group and length + len(sentence.split()) > PASSAGE + 10 and length > CRUMB:
                groups.append(group)
                group = []
            group.append(sentence)
        if groups and _count(group) < CRUMB and _count(groups[-1]) + _count(group) <= PASSAGE + 25:
            groups[-1].extend(group)
        else:
            groups.append(group)
    if len(groups) > 1 and _count(groups[0]) < CRUMB:
        groups[:2] = [groups[0] + groups[1]]
    return [" ".join(group) for group in groups]


def _count(sentences: list[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)
