"""Lists as speech: steps are counted, short items stand in one sentence, links are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import starmap
from urllib.parse import urlsplit

from podcast.language.english.word_data import first_large, load
from podcast.model import Block, Document, LeftOut, Story
from podcast.write.template.block_words import spans_of, split_whole, text_of
from podcast.write.template.grammar import close, is_clause
from podcast.write.template.source_names import spoken_source

# Linked items of so many words on average say something.
_HEADLINE_WORDS = 5
# Words of a text that says enough without its label.
LONGEST_LABEL = 6
# Words of an item that is no sentence; a longer one is read as if it were one.
LONGEST_PHRASE = 12
# Words of items that stand in one sentence.
LONGEST_SERIES = 40
_VAGUE_COUNT = re.compile(
    r"(?i)\b(?:several|various|a number of|multiple|some|the following)\b(?= \w)"
)


def speak_list(block: Block, introduction: str, left_out: list[LeftOut]) -> list[str]:
    """A list and what introduces it, as sentences.

    Steps are counted; items that are sentences follow one another; short ones stand in one
    sentence.
    """
    items, addresses = _part_addresses(block)
    if addresses and not items:
        left_out.append(_links_left_out(block))
        return _without_lead_in(introduction, block.line, left_out)
    for item in addresses:
        left_out.append(LeftOut("address", item.text, "it is for readers", item.line))

    if items and not introduction and _are_bare_links(items):
        left_out.append(_links_left_out(block))
        return []
    if block.ordered:
        return [*_introduce_list(introduction, len(items)), *_count_items(items, left_out)]
    return _speak_items(items, introduction, left_out)


def _part_addresses(block: Block) -> tuple[list[Block], list[Block]]:
    """Part the items of a list that have words from those that are mere addresses."""
    items: list[Block] = []
    addresses: list[Block] = []
    for item in block.children:
        if not text_of(item, []).strip():
            continue
        if _is_address(item):
            addresses.append(item)
        else:
            items.append(item)
    return items, addresses


def _links_left_out(block: Block) -> LeftOut:
    return LeftOut("list of links", block.text, "the links are for readers", block.line)


def _are_bare_links(items: Sequence[Block]) -> bool:
    """Tell whether the items are names of pages, and no news."""
    return all(map(_is_link, items)) and not _are_headlines(items)


def _speak_items(
    items: Sequence[Block], introduction: str, left_out: list[LeftOut]
) -> list[str]:
    """The items of a list without numbers: as news, as sentences, or in one sentence."""
    labelled = _split_labels(items, left_out)
    texts = list(starmap(_join_label, labelled))
    is_news = _are_headlines(items) and all(map(_is_link, items))
    if is_news and not introduction.endswith(":"):
        return [*split_whole(introduction), *_with_sources(items, texts)]

    # A label is no part of the sentence: the text alone tells whether it is one.
    if all(_is_sentence(text) for _, text in labelled):
        return [*_introduce_list(introduction, len(items)), *_split_all(texts)]
    return _speak_short_items([text.strip(" .;,") for text in texts], introduction)


def _join_label(label: str, text: str) -> str:
    if not label:
        return text
    return f"{first_large(label)}: {text}"


def _split_all(texts: Sequence[str]) -> list[str]:
    sentences: list[str] = []
    for text in texts:
        sentences += split_whole(text)
    return sentences


def _is_sentence(text: str) -> bool:
    return is_clause(text) or len(text.split()) > LONGEST_PHRASE


def _speak_short_items(items: Sequence[str], introduction: str) -> list[str]:
    """Phrases behind what leads to them, in one sentence where that is not too long."""
    before = split_whole(introduction)
    joined = _join_items(items)
    if before and before[-1].endswith(":") and len(joined.split()) <= LONGEST_SERIES:
        lead = before.pop()
        return [*before, f"{lead} {joined}."]
    sentences = _introduce_list(introduction, len(items))
    return [*sentences, *(close(first_large(text)) for text in items)]


def _join_items(items: Sequence[str]) -> str:
    return "; and ".join(part for part in ("; ".join(items[:-1]), items[-1]) if part)


def _without_lead_in(introduction: str, line: int, left_out: list[LeftOut]) -> list[str]:
    """The sentences before a list that is left out, without the one that leads to it."""
    sentences = split_whole(introduction)
    if sentences and sentences[-1].endswith(":"):
        left_out.append(
            LeftOut("lead-in", sentences.pop(), "what it leads to is left out", line)
        )
    return sentences


def _with_sources(items: Sequence[Block], texts: Sequence[str]) -> Iterator[str]:
    """News that are linked, each with where it is from; once, where all are from one place."""
    sources = [_source_of(item) for item in items]
    is_single = len(items) > 1 and len(set(sources)) == 1
    for text, source in zip(texts, sources, strict=True):
        sentences = split_whole(first_large(text))
        if source and not is_single:
            sentences = _add_source(sentences, source)
        yield from map(close, sentences)
    if is_single and sources[0]:
        yield close(f"All from {sources[0]}")


def _add_source(sentences: list[str], source: str) -> list[str]:
    if sentences[-1][-1:] in ".!?":
        return [*sentences, f"From {source}"]
    return [*sentences[:-1], f"{sentences[-1]}, from {source}"]


def _source_of(item: Block) -> str:
    """The name of the place that an item links to, else its host.

    Empty for a page of one's own.
    """
    link = next((span.link for span in spans_of(item) if "://" in span.link), "")
    try:
        host = (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return spoken_source(Story("", Document(), link=link)).name or host


def _introduce_list(text: str, count: int) -> list[str]:
    """The sentences before a list.

    The last says how many items it has, where it says "several".
    """
    sentences = split_whole(text)
    if not sentences or not sentences[-1].endswith(":"):
        return sentences
    last = sentences.pop().rstrip(": ")
    numbers: list[str] = load("phrases")["words"]["numbers"]
    number = numbers[count - 1] if 0 < count <= len(numbers) else str(count)
    if _VAGUE_COUNT.search(last):
        last = _VAGUE_COUNT.sub(number, last, count=1)
    elif re.search(r"(?i)\b(?:includ(?:e|es)|involves?|are|comprises?|covers?|offers?)$", last):
        last = f"{last} {number} things" if count > 1 else last
    return [*sentences, close(last)]


# Words that lose their capital behind `First,`.
_GOES_ON_SMALL = re.compile(
    r"(?:The|A|An|This|These|They|It|Its|In|By|With|To|[A-Z][a-z]+ing)\b"
)


def _count_items(items: list[Block], left_out: list[LeftOut]) -> Iterator[str]:
    """The items as counted steps."""
    for place, (label, text) in enumerate(_split_labels(items, left_out)):
        first, *further = split_whole(text) or [""]
        if _GOES_ON_SMALL.match(first):
            first = first[0].lower() + first[1:]
        lead = _ordinal_word(place, len(items))
        yield f"{lead}, {label}: {first}" if label else f"{lead}, {first}"
        yield from further


def _ordinal_word(place: int, count: int) -> str:
    """`First`, `Second`, and `And last` for the last of several."""
    ordinals: list[str] = load("phrases")["words"]["ordinals"]
    if place == count - 1 and count > 2:
        return "And last"
    return first_large(ordinals[place]) if place < len(ordinals) else "Next"


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def _is_address(item: Block) -> bool:
    """Tell whether an item is nothing but an address, or a label of a few words with one."""
    rest, count = _ADDRESS.subn("", item.text)
    is_label = len(rest.split()) <= 3 and rest.strip(" .;,").endswith(":")
    if count and (is_label or not re.search(r"\w", rest)):
        return True
    return (
        re.fullmatch(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", item.text.strip())
        is not None
    )


def _are_headlines(items: Sequence[Block]) -> bool:
    """Tell whether linked items are news, as in a link newsletter, not names of pages."""
    return sum(len(item.text.split()) for item in items) >= _HEADLINE_WORDS * len(items)


def _is_link(item: Block) -> bool:
    spans = list(spans_of(item))
    linked = sum(len(span.text) for span in spans if span.link)
    total = sum(len(span.text) for span in spans)
    return bool(total) and linked >= 0.6 * total


def _split_labels(items: Sequence[Block], left_out: list[LeftOut]) -> list[tuple[str, str]]:
    """Each item's bold label and its text; no labels where the texts say most of them."""
    labelled = [_split_label(item, left_out) for item in items]
    repeated_labels = _find_repeated_labels(labelled)
    drops_all = _are_labels_needless(labelled, repeated_labels)

    spoken: list[tuple[str, str]] = []
    for item, (label, text) in zip(items, labelled, strict=True):
        if not label or label in repeated_labels:
            spoken.append(("", text))
        elif drops_all:
            left_out.append(LeftOut("label", label, "the text behind it says it", item.line))
            spoken.append(("", text))
        else:
            spoken.append((label, text))
    return spoken


def _find_repeated_labels(labelled: Sequence[tuple[str, str]]) -> list[str]:
    """Find the labels that the texts behind them say again."""
    return [label for label, text in labelled if label and _says(text, label)]


def _are_labels_needless(
    labelled: Sequence[tuple[str, str]], repeated_labels: Sequence[str]
) -> bool:
    """Tell whether texts behind labels are whole, and half of them say their labels anyhow."""
    labels = []
    for label, text in labelled:
        if label and len(text.split()) < LONGEST_LABEL:
            return False
        if label:
            labels.append(label)
    return bool(repeated_labels) and len(repeated_labels) * 2 >= len(labels)


def _split_label(item: Block, left_out: list[LeftOut]) -> tuple[str, str]:
    """A bold label at the beginning of an item, in small letters, and the rest."""
    text = text_of(item, left_out)
    first = next(spans_of(item), None)
    if first is None or first.kind != "strong" or first.text.strip() == text:
        return "", text

    written = first.text.strip()
    rest = text[len(written) :].lstrip(" :–—-")
    if not rest:
        return "", text
    ends_short = re.search(r"\b[A-Za-z]\.[A-Za-z]\.$", written)  # 10 a.m.
    label = written if ends_short else written.rstrip(" :.")
    return " ".join(
        word.lower() if word[1:].islower() else word for word in label.split()
    ), rest


def _says(text: str, label: str) -> bool:
    """Tell whether a text has the words of its label."""
    stems = {word.lower()[:5] for word in re.findall(r"\w{3,}", label)}
    return stems <= {word.lower()[:5] for word in re.findall(r"\w{3,}", text)}
