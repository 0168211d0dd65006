"""The Markdown of a post becomes stories, other headlines and staff."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from podcast.errors import ReadError
from podcast.model import Headline, Person, Story
from podcast.sources.jekyll.clean import clean

_BYLINE = re.compile(r"[_*\s]*summari[sz]ed\s+by\s*[_*]*:?[_*\s]*(?P<name>[^_*\[(|]*)", re.IGNORECASE)
_PREVIOUS = re.compile(r"\W*previous headlines\W*", re.IGNORECASE)
_SEE_ALSO = re.compile(r"\W*(?:see also|more articles for you)\W*", re.IGNORECASE)
_OTHERS = re.compile(r"\W*other headlines\W*", re.IGNORECASE)
_TRENDING = re.compile(r"trending on (?:twitter|x)\b", re.IGNORECASE)
_DETAILS = re.compile(r"technical details\b", re.IGNORECASE)
_PERSON = re.compile(r"(?:(?P<role>editor|reporter)[\w -]*:\s*)?(?P<name>[^:\n]{1,80}?)\s*:?", re.IGNORECASE)
_PDF_ICON = re.compile(r"<img[^>]*\bpdf\b|!\[[^\]]*\]\([^)]*\bpdf\b[^)]*\)", re.IGNORECASE)
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_LOOSE_LINK = re.compile(r"\[(.+)\]\(\s*(\S+)\s*\)")
_REFERENCE = re.compile(r"(?<!!)\[([^][\n]+)\]\[([^][\n]*)\]")


@dataclass(frozen=True, slots=True)
class Body:
    """What the Markdown of a post holds."""

    stories: tuple[Story, ...]
    others: tuple[Headline, ...]
    staff: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A top-level block of the Markdown."""

    tokens: Sequence[Token]
    start: int
    """Its first line, counted from 0."""
    end: int
    """The line after its last."""

    @property
    def kind(self) -> str:
        """`heading`, `paragraph`, `bullet_list`, `ordered_list`, `blockquote`, `fence`, `hr` ..."""
        return self.tokens[0].type.removesuffix("_open")

    @property
    def level(self) -> int:
        """1 to 6 for a heading, 0 for everything else."""
        return int(self.tokens[0].tag[1]) if self.kind == "heading" else 0

    @property
    def is_list(self) -> bool:
        return self.kind.endswith("_list")

    @property
    def inlines(self) -> Iterator[Token]:
        """The runs of text in it: one for a paragraph, at least one for each item of a list."""
        return (token for token in self.tokens if token.type == "inline")

    @property
    def plain(self) -> str:
        """Its first run of text without Markdown, its line breaks kept."""
        return next((_plain(token.children or ()) for token in self.inlines), "")

    @property
    def text(self) -> str:
        """Its first run of text without Markdown, on one line."""
        return " ".join(self.plain.split())

    @property
    def first_line(self) -> str:
        return self.plain.split("\n", 1)[0].strip()


@dataclass(slots=True)
class _Parts:
    """The blocks of a post, sorted by what they belong to."""

    stories: list[tuple[_Block | None, list[_Block]]] = field(default_factory=list)
    """Each story's heading, None for text above the first heading, and the blocks under it."""
    others: list[_Block] = field(default_factory=list)
    staff: list[_Block] = field(default_factory=list)


def parse_body(path: Path, text: str, title: str) -> Body:
    """What the Markdown `text` holds; `title` names a story that has no heading of its own.

    Line numbers are those of `text`. Raises ReadError for no story, and for an empty one.
    """
    printed = text.split("\n")
    cleaned = clean(text)
    references: dict[str, dict[str, dict[str, str]]] = {}
    tokens = MarkdownIt("commonmark").parse(cleaned, references)
    markdown = _Markdown(
        cleaned.split("\n"),
        printed,
        {name: target["href"] for name, target in references.get("references", {}).items()},
    )
    parts = _sort(list(_blocks(tokens)))
    stories = tuple(
        markdown.story(path, heading, blocks, title)
        for heading, blocks in parts.stories
        if heading or markdown.body(blocks)
    )
    if not stories:
        raise ReadError(
            path,
            len(printed),
            "the post ends without a story",
            "Write one as a heading, '# Title', and its text",
        )
    others = tuple(h for block in parts.others for h in markdown.headlines(block))
    return Body(stories, others, _all_people(_staff(parts.staff), stories))


def _blocks(tokens: Sequence[Token]) -> Iterator[_Block]:
    start = 0
    for end, token in enumerate(tokens, 1):
        if token.level == 0 and token.nesting <= 0:
            first, last = tokens[start].map or [0, 0]
            yield _Block(tokens[start:end], first, last)
            start = end


def _sort(blocks: list[_Block]) -> _Parts:
    levels = {block.level for block in blocks if not _is_aside(block)}
    story_level = 1 if 1 in levels else 2 if 2 in levels else None
    parts = _Parts()
    under: list[_Block] = []
    parts.stories.append((None, under))
    for block in blocks:
        if block.level and _TRENDING.match(block.text):
            under = []
        elif block.level and _DETAILS.match(block.text):
            under = parts.staff
        elif _is_aside(block):
            under = parts.others
        elif block.level and block.level == story_level:
            under = []
            parts.stories.append((block, under))
        else:
            under.append(block)
    return parts


def _is_aside(block: _Block) -> bool:
    """Whether it opens a part of the post that is no story."""
    if block.level and (_TRENDING.match(block.text) or _DETAILS.match(block.text)):
        return True
    return block.kind in ("heading", "paragraph") and _OTHERS.fullmatch(block.text) is not None


@dataclass(frozen=True, slots=True)
class _Markdown:
    """The lines that blocks point into."""

    lines: list[str]
    """Without Liquid and HTML."""
    printed: list[str]
    """As the post has them."""
    references: dict[str, str]
    """Addresses by their labels, for links written `[text][label]`."""

    def story(self, path: Path, heading: _Block | None, blocks: list[_Block], title: str) -> Story:
        """The story under `heading`; `title` is its title when it has none. Raises ReadError when empty."""
        line = (heading or blocks[0]).start + 1
        story = self._titled(Story(title, "", line=line), heading)
        headlines: dict[str, list[Headline]] = {"previous": [], "see_also": []}
        kept: list[_Block] = []
        into = ""
        for block in blocks:
            first = block.first_line
            if _PREVIOUS.fullmatch(first) or _SEE_ALSO.fullmatch(first):
                into = "previous" if _PREVIOUS.fullmatch(first) else "see_also"
                headlines[into].extend(self.headlines(block))
                into = "" if block.kind == "blockquote" else into
            elif into and block.is_list:
                headlines[into].extend(self.headlines(block))
            elif not kept and not story.reporter and (byline := _BYLINE.match(first)):
                story = self._signed(story, byline["name"].strip(" ,:-–—"), block)
                kept.append(replace(block, start=block.start + 1))
            else:
                into = ""
                kept.append(block)
        body = self.body(kept)
        if not body:
            raise ReadError(
                path, line, f"the story {story.title!r} is empty", "Write its text, or remove its heading"
            )
        return replace(
            story, body=body, previous=tuple(headlines["previous"]), see_also=tuple(headlines["see_also"])
        )

    def body(self, blocks: Iterable[_Block]) -> str:
        """The Markdown of the blocks as it is written; empty when there is nothing below the headings."""
        parts: list[str] = []
        last = -1
        told = False
        for block in blocks:
            text = "\n".join(self.lines[block.start : block.end]).rstrip()
            if block.kind in ("hr", "html_block") or not text.strip("> \t\n"):
                continue
            told = told or not block.level
            parts += ["" if not parts else "\n" if block.start == last else "\n\n", text]
            last = block.start + text.count("\n") + 1
        return _REFERENCE.sub(self._resolved, "".join(parts)).strip("\n") if told else ""

    def headlines(self, block: _Block) -> Iterator[Headline]:
        """One for each item of the lists in the block."""
        depth = 0
        for token in block.tokens:
            depth += token.nesting if token.type.startswith("list_item") else 0
            if depth and token.type == "inline":
                title, link, after = _linked(token)
                date = _DATE.search(after)
                if title or link:
                    yield Headline(
                        title or _domain(link),
                        link,
                        _day(date[0]) if date else None,
                        self._is_paper(link, token),
                    )

    def _titled(self, story: Story, heading: _Block | None) -> Story:
        """The story with its heading's title; a heading that is a link names the source."""
        if not heading or not heading.text:
            return story
        _, link, _ = _linked(next(heading.inlines))
        return replace(
            story,
            title=heading.text,
            source=_domain(link),
            link=link if _domain(link) else "",
            paper=_is_arxiv(link),
        )

    def _signed(self, story: Story, reporter: str, block: _Block) -> Story:
        byline = next(block.inlines)
        source, link, _ = _linked(byline)
        story = replace(story, reporter=reporter)
        if not link:
            return story
        return replace(story, source=source or _domain(link), link=link, paper=self._is_paper(link, byline))

    def _is_paper(self, link: str, token: Token) -> bool:
        first, last = token.map or [0, 0]
        return _is_arxiv(link) or any(_PDF_ICON.search(line) for line in self.printed[first:last])

    def _resolved(self, match: re.Match[str]) -> str:
        address = self.references.get(normalizeReference(match[2] or match[1]))
        return f"[{match[1]}]({address})" if address else match[0]


def _linked(token: Token) -> tuple[str, str, str]:
    """The first link of a run of text: its text and address, and the text after it.

    Without a link: the whole text, no address, and the whole text again.
    """
    children = token.children or []
    for start, child in enumerate(children):
        if child.type == "link_open" and child.attrGet("href"):
            end = next(i for i in range(start, len(children)) if children[i].type == "link_close")
            href = str(child.attrGet("href"))
            return _one_line(children[start:end]), href, _one_line(children[end:])
    if loose := _LOOSE_LINK.search(token.content):
        return loose[1].strip(), loose[2], token.content[loose.end() :]
    text = _one_line(children)
    return _DATE.sub("", text).strip(), "", text


def _staff(blocks: list[_Block]) -> Iterator[Person]:
    """The people of `The Staff`: a line with the name, then the persona in a fenced block."""
    for block, following in pairwise([*blocks, None]):
        if block is None or block.kind != "paragraph":
            continue
        person = _PERSON.fullmatch(block.plain.rsplit("\n", 1)[-1])
        fence = following.tokens[0].content if following and following.kind == "fence" else ""
        if person and (person["role"] or fence):
            role = "editor" if (person["role"] or "").lower() == "editor" else "reporter"
            yield Person(person["name"].strip(), role, _persona(fence))


def _persona(printed: str) -> str:
    """A persona as sentences; early editions print a Python dict, of which the values are the sentences."""
    text = " ".join(printed.split())
    if not text.startswith("{"):
        return text
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    if not isinstance(value, dict):
        return text
    sentences = (" ".join(v) if isinstance(v, list) else str(v) for v in value.values())
    return " ".join(s if s.endswith((".", "!", "?")) else f"{s}." for s in map(str.strip, sentences) if s)


def _all_people(listed: Iterable[Person], stories: Iterable[Story]) -> tuple[Person, ...]:
    """The editor, the reporters as listed, then who only signs stories; nobody twice."""
    people = sorted(listed, key=lambda person: person.role != "editor")
    people += [Person(story.reporter) for story in stories if story.reporter]
    by_name: dict[str, Person] = {}
    for person in people:
        by_name.setdefault(person.name, person)
    return tuple(by_name.values())


def _plain(tokens: Iterable[Token]) -> str:
    """Text without its Markdown; a line break of the source stays one."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        token.content if token.type in ("text", "code_inline") else breaks.get(token.type, "")
        for token in tokens
    )


def _one_line(tokens: Iterable[Token]) -> str:
    return " ".join(_plain(tokens).split())


def _domain(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def _is_arxiv(link: str) -> bool:
    return f".{_domain(link)}".endswith(".arxiv.org")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
