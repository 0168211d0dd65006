"""The Markdown of a post becomes stories, other headlines and staff."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from podcast.document.liquid import clean
from podcast.errors import ReadError
from podcast.model import Headline, Person, Story
from podcast.read.posts.blocks import Block, linked, parse

_BYLINE = re.compile(r"[_*\s]*summari[sz]ed\s+by\s*[_*]*:?[_*\s]*(?P<name>[^_*\[(|]*)", re.IGNORECASE)
_PREVIOUS = re.compile(r"\W*previous headlines\W*", re.IGNORECASE)
_COVERED = re.compile(r"covered before:", re.IGNORECASE)
_SEE_ALSO = re.compile(r"\W*(?:see also|more articles for you)\W*", re.IGNORECASE)
_OTHERS = re.compile(r"\W*other headlines\W*", re.IGNORECASE)
_TRENDING = re.compile(r"trending on (?:twitter|x)\W*", re.IGNORECASE)
_DETAILS = re.compile(r"technical details\W*", re.IGNORECASE)
_PRINTED = re.compile(r"created at|processing time|the staff|editor:", re.IGNORECASE)
"""What follows a heading `Technical details` that is the magazine's, not a part of a story."""
_PERSON = re.compile(r"(?:(?P<role>editor|reporter)[\w -]*:\s*)?(?P<name>[^:\n]{1,80}?)\s*:?", re.IGNORECASE)
_PDF_ICON = re.compile(r"<img[^<>]*\bpdf\b|!\[[^][]*\]\([^()]*\bpdf\b[^()]*\)", re.IGNORECASE)
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_REFERENCE = re.compile(r"(?<!!)\[([^][\n]+)\]\[([^][\n]*)\]")


@dataclass(frozen=True, slots=True)
class Body:
    """What the Markdown of a post holds."""

    stories: tuple[Story, ...]
    others: tuple[Headline, ...]
    staff: tuple[Person, ...]


@dataclass(slots=True)
class _Parts:
    """The blocks of a post, sorted by what they belong to."""

    stories: list[tuple[Block | None, list[Block]]] = field(default_factory=list)
    """Each story's heading, None for text above the first heading, and the blocks under it."""
    others: list[Block] = field(default_factory=list)
    staff: list[Block] = field(default_factory=list)


def parse_body(path: Path, text: str, title: str) -> Body:
    """What the Markdown `text` holds; `title` names a story that has no heading of its own.

    Line numbers are those of `text`. Raises ReadError for no story, and for an empty one.
    """
    printed = text.split("\n")
    cleaned = clean(text)
    blocks, references = parse(cleaned)
    markdown = _Markdown(cleaned.split("\n"), printed, references)
    parts = _sort(blocks)
    stories = tuple(
        markdown.story(path, heading, under, title)
        for heading, under in parts.stories
        if heading or markdown.body(under)
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


def _sort(blocks: list[Block]) -> _Parts:
    asides = [_aside(block, following) for block, following in pairwise([*blocks, None]) if block]
    levels = {block.level for block, aside in zip(blocks, asides, strict=True) if not aside}
    story_level = 1 if 1 in levels else 2
    parts = _Parts()
    under: list[Block] = []
    parts.stories.append((None, under))
    for block, aside in zip(blocks, asides, strict=True):
        if aside:
            under = {"others": parts.others, "staff": parts.staff}.get(aside, [])
        elif block.level == story_level:
            under = []
            parts.stories.append((block, under))
        else:
            under.append(block)
    return parts


def _aside(block: Block, following: Block | None) -> str:
    """Which part that is no story the block opens: `trending`, `others` or `staff`; empty for none."""
    if block.level and _TRENDING.fullmatch(block.text):
        return "trending"
    if block.level and _DETAILS.fullmatch(block.text) and following and _PRINTED.match(following.text):
        return "staff"
    return "others" if block.kind in ("heading", "paragraph") and _OTHERS.fullmatch(block.text) else ""


@dataclass(frozen=True, slots=True)
class _Markdown:
    """The lines that blocks point into."""

    lines: list[str]
    """Without Liquid and HTML."""
    printed: list[str]
    """As the post has them."""
    references: dict[str, str]
    """Addresses by their labels, for links written `[text][label]`."""

    def story(self, path: Path, heading: Block | None, blocks: list[Block], title: str) -> Story:
        """The story under `heading`; `title` is its title when it has none. Raises ReadError when empty."""
        line = (heading or blocks[0]).start + 1
        story = self._titled(Story(title, "", line=line), heading)
        headlines: dict[str, list[Headline]] = {"previous": [], "see_also": []}
        kept: list[Block] = []
        into = ""
        for block in blocks:
            first = block.first_line
            if _PREVIOUS.fullmatch(first) or _SEE_ALSO.fullmatch(first):
                into = "previous" if _PREVIOUS.fullmatch(first) else "see_also"
                headlines[into].extend(self.headlines(block))
                story = replace(story, covered=self._covered(block))
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

    def body(self, blocks: Iterable[Block]) -> str:
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

    def headlines(self, block: Block) -> Iterator[Headline]:
        """One for each item of the lists in the block."""
        depth = 0
        for token in block.tokens:
            depth += token.nesting if token.type.startswith("list_item") else 0
            if depth and token.type == "inline" and (headline := self._headline(token)):
                yield headline

    def _headline(self, token: Token) -> Headline | None:
        """The headline that a run of text is; None when it is empty."""
        title, link, after = linked(token)
        title = title if link else _DATE.sub("", title).strip()
        date = _DATE.search(after)
        if not (title or link):
            return None
        day = _day(date[0]) if date else None
        return Headline(title or _domain(link), link, day, self._is_paper(link, token))

    def _covered(self, block: Block) -> Headline | None:
        """The earlier headline of this very story, as a line of the block says."""
        lines = (token for token in block.inlines if _COVERED.match(token.content))
        return next((self._headline(token) for token in lines), None)

    def _titled(self, story: Story, heading: Block | None) -> Story:
        """The story with its heading's title; a heading that is a link names the source."""
        if not heading or not heading.text:
            return story
        _, link, _ = linked(next(heading.inlines))
        return replace(
            story,
            title=heading.text,
            source=_domain(link),
            link=link if _domain(link) else "",
            paper=_is_arxiv(link),
        )

    def _signed(self, story: Story, reporter: str, block: Block) -> Story:
        byline = next(block.inlines)
        source, link, _ = linked(byline)
        story = replace(story, reporter=reporter)
        if not link:
            return replace(story, paper=story.paper or self._is_paper("", byline))
        return replace(story, source=source or _domain(link), link=link, paper=self._is_paper(link, byline))

    def _is_paper(self, link: str, token: Token) -> bool:
        first, last = token.map or [0, 0]
        return _is_arxiv(link) or any(_PDF_ICON.search(line) for line in self.printed[first:last])

    def _resolved(self, match: re.Match[str]) -> str:
        address = self.references.get(normalizeReference(match[2] or match[1]))
        return f"[{match[1]}]({address})" if address else match[0]


def _staff(blocks: list[Block]) -> Iterator[Person]:
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
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return text
    if not isinstance(value, dict):
        return text
    sentences = (" ".join(map(str, v)) if isinstance(v, list) else str(v) for v in value.values())
    return " ".join(s if s.endswith((".", "!", "?")) else f"{s}." for s in map(str.strip, sentences) if s)


def _all_people(listed: Iterable[Person], stories: Iterable[Story]) -> tuple[Person, ...]:
    """The editor, the reporters as listed, then who only signs stories; nobody twice."""
    people = sorted(listed, key=lambda person: person.role != "editor")
    people += [Person(story.reporter) for story in stories if story.reporter]
    by_name: dict[str, Person] = {}
    for person in people:
        by_name.setdefault(person.name, person)
    return tuple(by_name.values())


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
