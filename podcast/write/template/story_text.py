"""A story's Document becomes sentences to be spoken, and what is left out of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.spelling.latex import say_formula
from podcast.language.english.word_data import first_large, load, words
from podcast.model import Block, Document, LeftOut, Span, Story
from podcast.write.passed_dates import date_has_passed
from podcast.write.template.grammar import LONGEST_SENTENCE, close, has_open_quote, is_clause
from podcast.write.template.parentheses import Acronyms
from podcast.write.template.sentence_rules import is_empty_sentence, rewrite_sentence
from podcast.write.template.source_names import spoken_source

_HEADLINE_WORDS = 5
"""Linked items of so many words on average say something."""
UNSPOKEN = {
    "table": "a table is for the eye",
    "code": "code is for the eye",
    "math": "a formula is for the eye",
    "figure": "a picture is for the eye",
    "footnote": "a footnote is for readers",
    "embed": "it cannot be heard",
    "rule": "it is a mark of the page",
}
"""Kinds of Block that no voice reads, and why."""


_UNSAID = "\ue010"
"""Stands before a formula that cannot be said in words: its sentence is left out."""


@dataclass(slots=True)
class SpokenStory:
    """The sentences of a story by paragraph, and what they leave out."""

    paragraphs: list[list[str]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    line: int = 0
    """The story's line in the post."""

    @property
    def sentences(self) -> list[str]:
        """All sentences in order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


def speak_document(
    document: Document,
    title: str,
    acronyms: Acronyms,
    *,
    paper: bool = False,
    line: int = 0,
    literal: bool = False,
    today: dt.date | None = None,
) -> SpokenStory:
    """Make the sentences of a Document fit for the ear; `title` is not repeated within them.

    With `literal` they stay an author's own: only what nobody can say goes. What is over by `today` is not
    told as still to come.
    """
    spoken = SpokenStory(line=line)
    whole = document.text
    blocks = (
        tuple(_heading_as_text(block) for block in document.blocks)
        if literal
        else document.blocks
    )
    for paragraph in _paragraphs(blocks, spoken.left_out):
        sentences: list[str] = []
        for raw in paragraph.sentences:
            if _UNSAID in raw:
                text, reason = raw.replace(_UNSAID, ""), "words do not carry its formula"
                spoken.left_out.append(LeftOut("formula", text, reason, paragraph.line))
                continue
            sentence = drop_title(clean_sentence(raw), title)
            if not re.search(r"\w", sentence):
                continue
            alone = _only_here(sentence, title, whole)
            if not literal and not alone and is_empty_sentence(sentence):
                reason = "it says only that something matters"
                spoken.left_out.append(LeftOut("empty sentence", raw, reason, paragraph.line))
                continue
            if today and not literal and date_has_passed(sentence, today):
                spoken.left_out.append(
                    LeftOut("sentence", raw, "its date has passed", paragraph.line)
                )
                continue
            if paper:
                sentence = name_authors(sentence)
            unfolded = acronyms.unfold(sentence, whole)
            rewritten = [unfolded] if literal else rewrite_sentence(unfolded)
            if not alone <= _content_words(" ".join(rewritten)):
                rewritten = [unfolded]
            sentences += [close(first_large(short)) for short in rewritten]
        if sentences:
            spoken.paragraphs.append(sentences)
    return spoken


def _content_words(text: str) -> set[str]:
    """The beginnings of the words that say something."""
    return {
        word[:6]
        for word in re.findall(r"[a-z]{4,}", text.lower())
        if word not in words("small")
    }


def _only_here(sentence: str, title: str, whole: str) -> set[str]:
    """What the title speaks of and the story has in this sentence alone: without it the sense is lost."""
    shared = _content_words(sentence) & _content_words(title)
    return (
        {word for word in shared if len(re.findall(rf"\b{word}", whole.lower())) == 1}
        if shared
        else set()
    )


def _heading_as_text(block: Block) -> Block:
    """A heading within an author's own text is read as a sentence of its own."""
    return dataclasses.replace(block, kind="paragraph") if block.kind == "heading" else block


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Sentences that stand together, and their line."""

    sentences: list[str]
    line: int


def _paragraphs(blocks: tuple[Block, ...], left_out: list[LeftOut]) -> Iterator[_Paragraph]:
    """The sentences of each block that can be spoken, lists as what they are."""
    place = 0
    while place < len(blocks):
        block = blocks[place]
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if block.kind in UNSPOKEN:
            left_out.append(LeftOut(block.kind, block.text, UNSPOKEN[block.kind], block.line))
        elif block.kind == "heading":
            left_out.append(
                LeftOut("heading", block.text, "the text under it says it", block.line)
            )
        elif block.kind == "list":
            yield _Paragraph(speak_list(block, "", left_out), block.line)
        elif block.kind == "quotation":
            yield from _quoted(block, left_out)
        elif following is not None and following.kind == "list":
            introduction = _text_of(block, left_out)
            yield _Paragraph(speak_list(following, introduction, left_out), block.line)
            place += 1
        elif block.kind == "term" and following is not None and following.kind == "definition":
            text = f"{_text_of(block, left_out)}: {_text_of(following, left_out)}"
            yield _Paragraph(split_whole(text), block.line)
            place += 1
        else:
            is_lead_in = following is not None and following.kind in UNSPOKEN
            text = _text_of(block, left_out)
            yield _Paragraph(
                _without_torn_end(text) if is_lead_in else split_whole(text), block.line
            )
        place += 1


def split_whole(text: str) -> list[str]:
    """Split a text where its sentences end, but not within a quotation."""
    sentences: list[str] = []
    for sentence in split_sentences(text):
        if (
            sentences
            and has_open_quote(sentences[-1])
            and len(sentences[-1]) < LONGEST_SENTENCE
        ):
            sentences[-1] = f"{sentences[-1]} {sentence}"
        else:
            sentences.append(sentence)
    return sentences


def _quoted(block: Block, left_out: list[LeftOut]) -> Iterator[_Paragraph]:
    sentences = split_whole(_text_of(block, left_out))
    if sentences:
        yield _Paragraph([f"A quotation: {sentences[0]}", *sentences[1:]], block.line)


def _without_torn_end(text: str) -> list[str]:
    """The sentences before something that is not spoken, without the beginning of one that it would end."""
    sentences = split_whole(text)
    if sentences and not re.search(r"[.!?:][\"”’')]*$", sentences[-1]):
        sentences.pop()
    return sentences


def _text_of(block: Block, left_out: list[LeftOut]) -> str:
    """The block's text and its children's, without what its author struck out."""
    parts = []
    for span in block.spans:
        if span.kind == "math":
            parts.append(say_formula(span.text) or f"{_UNSAID}{span.text}")
        elif span.kind == "deleted":
            left_out.append(LeftOut("deleted text", span.text, "it is struck out", span.line))
        else:
            parts.append(" " if span.kind == "break" else span.text)
    whole = ["".join(parts), *(_text_of(child, left_out) for child in block.children)]
    return " ".join(" ".join(whole).split())


_VAGUE_COUNT = re.compile(
    r"(?i)\b(?:several|various|a number of|multiple|some|the following)\b(?= \w)"
)


def speak_list(block: Block, introduction: str, left_out: list[LeftOut]) -> list[str]:
    """A list and what introduces it, as sentences.

    Steps are counted; items that are sentences follow one another; short ones stand in one sentence.
    """
    items = [item for item in block.children if _text_of(item, []).strip()]
    addresses = [item for item in items if _is_address(item)]
    if addresses and len(addresses) == len(items):
        left_out.append(
            LeftOut("list of links", block.text, "the links are for readers", block.line)
        )
        return _without_lead_in(introduction, block.line, left_out)
    left_out += [
        LeftOut("address", item.text, "it is for readers", item.line) for item in addresses
    ]
    items = [item for item in items if item not in addresses]
    bare_links = (
        all(_is_link(item) for item in items) and not _are_headlines(items) and not introduction
    )
    if items and bare_links:
        left_out.append(
            LeftOut("list of links", block.text, "the links are for readers", block.line)
        )
        return split_whole(introduction.rstrip(":"))
    if block.ordered:
        return [*_introduce_list(introduction, len(items)), *_count_items(items, left_out)]

    labelled = [_split_label(item, left_out) for item in items]
    texts = [f"{first_large(label)}: {text}" if label else text for label, text in labelled]
    is_news = _are_headlines(items) and all(_is_link(item) for item in items)
    if is_news and not introduction.endswith(":"):
        return [*split_whole(introduction), *_with_sources(items, texts)]
    if all(is_clause(text) or len(text.split()) > 12 for _, text in labelled):
        sentences = [sentence for text in texts for sentence in split_whole(text)]
        return [*_introduce_list(introduction, len(items)), *sentences]

    before = split_whole(introduction)
    lead = before.pop() if before and before[-1].endswith(":") else ""
    bare = [text.strip(" .;,") for text in texts]
    joined = "; ".join(bare[:-1]) + f"; and {bare[-1]}" if len(bare) > 1 else "".join(bare)
    if lead and len(joined.split()) <= 40:
        return [*before, f"{lead} {joined}."]
    return [
        *_introduce_list(introduction, len(items)),
        *(close(first_large(text)) for text in bare),
    ]


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
    single = sources[0] if len(items) > 1 and len(set(sources)) == 1 else ""
    for text, source in zip(texts, sources, strict=True):
        sentences = split_whole(first_large(text))
        if source and not single and sentences[-1][-1:] not in ".!?":
            sentences[-1] += f", from {source}"
        elif source and not single:
            sentences.append(f"From {source}")
        yield from map(close, sentences)
    if single:
        yield close(f"All from {single}")


def _source_of(item: Block) -> str:
    """The name of the place that an item links to, else its host; empty for a page of one's own."""
    link = next((span.link for span in _spans(item) if "://" in span.link), "")
    try:
        host = (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return spoken_source(Story("", Document(), link=link)).name or host


def _introduce_list(text: str, count: int) -> list[str]:
    """The sentences before a list; the last says how many items it has, where it says "several"."""
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


def _count_items(items: list[Block], left_out: list[LeftOut]) -> Iterator[str]:
    """The items as counted steps."""
    ordinals: list[str] = load("phrases")["words"]["ordinals"]
    for place, item in enumerate(items):
        label, text = _split_label(item, left_out)
        sentences = split_whole(text) or [""]
        first = sentences[0]
        if re.match(r"(?:The|A|An|This|These|They|It|Its|In|By|With|To)\b", first) or (
            re.match(r"[A-Z][a-z]+ing\b", first)
        ):
            first = first[0].lower() + first[1:]
        count = first_large(ordinals[place]) if place < len(ordinals) else "Next"
        lead = "And last" if place == len(items) - 1 and len(items) > 2 else count
        yield f"{lead}, {label}: {first}" if label else f"{lead}, {first}"
        yield from sentences[1:]


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def _is_address(item: Block) -> bool:
    """Whether an item is nothing but an address, or a label of a few words with one."""
    rest, count = _ADDRESS.subn("", item.text)
    is_label = len(rest.split()) <= 3 and rest.strip(" .;,").endswith(":")
    if count and (is_label or not re.search(r"\w", rest)):
        return True
    return (
        re.fullmatch(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", item.text.strip())
        is not None
    )


def _are_headlines(items: Sequence[Block]) -> bool:
    """Say whether linked items are news, as in a link newsletter, rather than names of pages."""
    return sum(len(item.text.split()) for item in items) >= _HEADLINE_WORDS * len(items)


def _is_link(item: Block) -> bool:
    spans = list(_spans(item))
    linked = sum(len(span.text) for span in spans if span.link)
    total = sum(len(span.text) for span in spans)
    return bool(total) and linked >= 0.6 * total


def _spans(block: Block) -> Iterator[Span]:
    yield from block.spans
    for child in block.children:
        yield from _spans(child)


def _split_label(item: Block, left_out: list[LeftOut]) -> tuple[str, str]:
    """A bold label and the rest; no label where the rest says it already."""
    text = _text_of(item, left_out)
    spans = list(_spans(item))
    if not spans or spans[0].kind != "strong" or spans[0].text.strip() == text:
        return "", text
    label = spans[0].text.strip().rstrip(" :.")
    rest = text[len(spans[0].text.strip()) :].lstrip(" :–—-")
    if not rest:
        return "", text
    stems = {word.lower()[:5] for word in re.findall(r"\w{3,}", label)}
    said = {word.lower()[:5] for word in re.findall(r"\w{3,}", rest)}
    if stems <= said:
        return "", rest
    small = " ".join(word.lower() if word[1:].islower() else word for word in label.split())
    return small, rest


# --- sentences ----------------------------------------------------------------------------------


def clean_sentence(sentence: str) -> str:
    """The sentence without addresses and signs of the page."""
    text = re.sub(r"\b(?:https?://|www\.)\S+?(?=[.,;:!?)]*(?:\s|$))", "", sentence)
    text = re.sub(r"(?<!\w)#(?=\w)|[™®©]", "", text)
    text = re.sub(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]", "", text)
    text = re.sub(r"\s*(?:—|\s–\s|\s--\s)\s*", ", ", text)
    text = re.sub(r"(?:\.\.\.|…)(?=\s*$)", ".", text).replace("…", ",")
    text = re.sub(r"\s+([,.;:!?])(?=\s|$)", r"\1", text)
    text = re.sub(r",?\s+(?:and|or)(?=[.!?]$)", "", text)
    return re.sub(r",\s*,", ",", " ".join(text.split()))


_QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]{12,}?)(?P<mark>[,.]?)[\"”],?")


def drop_title(sentence: str, title: str) -> str:
    """The sentence without its story's own title in quotation marks."""
    match = _QUOTED.search(sentence)
    if not match or _key(match["words"]) not in (_key(title), _key(title.partition(":")[0])):
        return sentence
    before, rest = sentence[: match.start()], sentence[match.end() :]
    kind = r"(?:paper|article|study|report|post|guide|piece)"
    if re.search(rf"(?i)\b{kind}(?:,? titled| called| entitled)?,?\s*$", before):
        head = re.sub(r"(?i)(?:,? titled| called| entitled)?,?\s*$", "", before)
        by = re.match(r",? by (?:[^,]*?) et al\.,? ", rest)
        return f"{head} {rest[by.end() :] if by else rest.lstrip(' ,')}"
    if re.fullmatch(r"(?i)(?:titled|in)\s+", before):
        return first_large(rest.lstrip(" ,"))
    return sentence


def _key(words: str) -> str:
    return re.sub(r"\W+", "", words).lower()


_FIRST_PERSON = (
    (re.compile(r"^We (?=[a-z]+(?:ed|d|t)\b)"), "The authors "),
    (
        re.compile(
            r"^Our (?=findings|results|study|experiments|work|method|model|approach|analysis)"
        ),
        "Their ",
    ),
)


def name_authors(sentence: str) -> str:
    """Say `the authors` where a paper's summary says `we`, at the start of a sentence."""
    for pattern, said in _FIRST_PERSON:
        sentence = pattern.sub(said, sentence)
    return sentence
