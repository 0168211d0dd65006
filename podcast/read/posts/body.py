"""The Document of a post becomes stories, other headlines and staff."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from podcast.document.markdown_reader import parse_markdown
from podcast.errors import ReadError
from podcast.model import Block, Document, Headline, LeftOut, Person, Span, Story

_BYLINE = re.compile(r"\W*summari[sz]ed\s+by\s*:?\s*(?P<name>[^\[(|]*)", re.IGNORECASE)
_BY_LINE = re.compile(
    r"""
    [_*\s]* (?i:(?:(?:written|words|posted|reporting|reported|story|text)\ )?by) \s*:?\s*
    (?P<name> [A-Z][\w.'’-]+ (?:\ (?:[a-z]{1,3}\ )?[A-Z][\w.'’-]*){0,3}
        (?: (?:,\ |\ and\ |\ &\ ) [A-Z][\w.'’-]+ (?:\ [A-Z][\w.'’-]*){0,3} ){0,4} )
    (?: \s*[,|·•–—-]\s* [\w ,:/.-]{0,40} )? [_*\s]*
    """,
    re.VERBOSE,
)
_PREVIOUS = re.compile(r"\W*previous headlines\W*", re.IGNORECASE)
_COVERED = re.compile(r"covered before:", re.IGNORECASE)
_SEE_ALSO = re.compile(r"\W*(?:see also|more articles for you)\W*", re.IGNORECASE)
_OTHERS = re.compile(r"\W*other headlines\W*", re.IGNORECASE)
_TRENDING = re.compile(r"trending on (?:twitter|x)\W*", re.IGNORECASE)
_DETAILS = re.compile(r"technical details\W*", re.IGNORECASE)
# What follows a heading `Technical details` that is the magazine's, not a part of a story.
_PRINTED = re.compile(r"created at|processing time|the staff|editor:", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:(?P<role>editor|reporter)[\w -]*:\s*)?(?P<name>[^:\n]{1,80}?)\s*:?", re.IGNORECASE
)
_PDF_ICON = re.compile(r"\bpdf\b", re.IGNORECASE)
# The mark of a paper that `podcast edition` writes.
_PAPER_MARK = re.compile(r"\s*\(paper\)\s*")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@dataclass(frozen=True, slots=True)
class PostSigns:
    """What is known of a post beside its Markdown."""

    byline: str = ""
    """The show's own byline, with `{name}`; empty for the usual ones alone."""
    authors: tuple[str, ...] = ()
    """Who the front matter names."""
    has_title: bool = True
    """False where the title is made of the file's name, so that a heading of the post goes
    before it."""


@dataclass(frozen=True, slots=True)
class Body:
    """What the Markdown of a post holds."""

    stories: tuple[Story, ...]
    others: tuple[Headline, ...]
    staff: tuple[Person, ...]
    left_out: tuple[LeftOut, ...] = ()
    """What is in no story, and why."""
    kind: Literal["bulletin", "essay"] = "bulletin"
    authors: tuple[str, ...] = ()
    """Of an essay."""
    title: str = ""
    """The post's title where only a heading says it."""


@dataclass(slots=True)
class _Parts:
    """The blocks of a post, sorted by what they belong to."""

    stories: list[tuple[Block | None, list[Block]]] = field(default_factory=list)
    """Each story's heading, None for text above the first heading, and the blocks under it."""
    others: list[Block] = field(default_factory=list)
    staff: list[Block] = field(default_factory=list)
    unspoken: list[tuple[str, Block]] = field(default_factory=list)
    """Blocks of parts that are never spoken, each with the part's name."""


def parse_body(path: Path, text: str, title: str, signs: PostSigns = PostSigns()) -> Body:
    """Read the stories of the Markdown `text`.

    `title` names a story that has no heading of its own.

    Line numbers are those of `text`. Raises ReadError when there is no story.
    """
    document = parse_markdown(text)
    post = _Post(document, _byline_patterns(signs.byline))
    essay = post.is_essay()
    blocks = list(document.blocks)
    essay_title = _take_first_heading(blocks) if essay else ""
    parts = _sort(blocks, essay)

    stories, left_out = _read_stories(post, parts, essay_title or title)
    if not stories:
        raise ReadError(
            path,
            text.count("\n") + 1,
            f"the post ends without a story{_said_left_out(document.left_out)}",
            "Write one as a heading, '# Title', and its text",
        )

    authors: tuple[str, ...] = ()
    if essay:
        authors = _essay_authors(stories, signs.authors)
    if authors:
        stories = [replace(story, reporter=authors[0]) for story in stories]
    stories = post.give_left_out(stories)
    others: list[Headline] = []
    for block in parts.others:
        others += post.headlines(block)
    left_out += _list_unspoken(parts)
    left_out += post.outside(stories)
    return Body(
        tuple(stories),
        tuple(others),
        _all_people(_list_staff(post, parts, authors), stories),
        tuple(sorted(left_out, key=lambda part: part.line)),
        "essay" if essay else "bulletin",
        authors,
        essay_title if not signs.has_title else "",
    )


def _read_stories(post: _Post, parts: _Parts, title: str) -> tuple[list[Story], list[LeftOut]]:
    """Read the stories that have a text, and as left out the sections that have none."""
    stories: list[Story] = []
    left_out: list[LeftOut] = []
    for heading, blocks in parts.stories:
        story = post.story(heading, blocks, title)
        if any(block.kind != "heading" and block.text for block in story.body.blocks):
            stories.append(story)
        else:
            left_out += _empty_section(heading, story)
    return stories, left_out


def _list_staff(post: _Post, parts: _Parts, authors: tuple[str, ...]) -> Iterable[Person]:
    """List the people of a post: an essay's first author is its editor."""
    if not authors:
        return post.staff(parts.staff)
    return [Person(authors[0], "editor"), *map(Person, authors[1:])]


def _list_unspoken(parts: _Parts) -> Iterator[LeftOut]:
    for name, block in parts.unspoken:
        if block.text:
            yield LeftOut(name, block.text, "it is never spoken", block.line)


def _said_left_out(parts: Sequence[LeftOut]) -> str:
    """What a post has instead of text, for the end of a message."""
    kinds = Counter(part.kind for part in parts).most_common(3)
    said = ", ".join(f"{count} × {kind}" for kind, count in kinds)
    return f" (it has: {said})" if said else ""


def _byline_patterns(own: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of the first line of a signed story, the show's own first.

    Each has the group `name`.
    """
    if "{name}" not in own:
        return (_BYLINE,)
    before, after = (re.escape(part.strip("_* ")) for part in own.split("{name}", 1))
    return (
        re.compile(rf"\W*{before}\s*(?P<name>[^\[(|]+?)\s*{after}\W*", re.IGNORECASE),
        _BYLINE,
    )


def _take_first_heading(blocks: list[Block]) -> str:
    """Take the level-1 heading above an essay's text, for it is its title; empty without one.

    A level-1 heading further on begins a section, as one of level 2 does.
    """
    for number, block in enumerate(blocks):
        if block.level == 1:
            del blocks[number]
            return block.text
        if block.level or (block.text and not _by_line_name(_first_line(block))):
            return ""
    return ""


def _essay_authors(stories: Sequence[Story], named: tuple[str, ...]) -> tuple[str, ...]:
    """Who wrote an essay: as the front matter says, else as its byline does."""
    if named:
        return named
    for story in stories:
        if story.reporter:
            names = re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+", story.reporter)
            return tuple(filter(None, names))
    return ()


def _empty_section(heading: Block | None, story: Story) -> list[LeftOut]:
    """What is said of a section that has no text to be read."""
    if not heading:
        return []
    texts = [heading.text, *(block.text for block in story.body.blocks if block.text)]
    return [LeftOut("section", "\n".join(texts), "it has no text to read", heading.line)]


def _sort(blocks: Sequence[Block], essay: bool) -> _Parts:
    """Sort the blocks.

    Stories begin at the highest of the first two levels, an essay's parts at both.
    """
    asides: list[str] = []
    levels: set[int] = set()
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        aside = _aside(block, following)
        asides.append(aside)
        if not aside:
            levels.add(block.level)
    story_levels = _choose_story_levels(levels, essay)
    parts = _Parts()
    under: list[Block] = []
    parts.stories.append((None, under))
    unspoken = ""
    for block, aside in zip(blocks, asides, strict=True):
        if aside:
            unspoken = _UNSPOKEN.get(aside, "")
            under = {"others": parts.others, "staff": parts.staff}.get(aside, [])
        elif block.level in story_levels:
            unspoken = ""
            under = []
            parts.stories.append((block, under))
            continue
        else:
            under.append(block)
        if unspoken:
            parts.unspoken.append((unspoken, block))
    return parts


def _choose_story_levels(levels: set[int], essay: bool) -> tuple[int, ...]:
    if essay:
        return (1, 2)
    return (1,) if 1 in levels else (2,)


_UNSPOKEN = {"trending": "trending", "staff": "technical details"}


def _aside(block: Block, following: Block | None) -> str:
    """Which part that is no story the block opens: `trending`, `others` or `staff`.

    Empty for none.
    """
    if block.level and _TRENDING.fullmatch(block.text):
        return "trending"
    if (
        block.level
        and _DETAILS.fullmatch(block.text)
        and following
        and _PRINTED.match(following.text)
    ):
        return "staff"
    if block.kind in ("heading", "paragraph") and _OTHERS.fullmatch(block.text):
        return "others"
    return ""


class _Post:
    """The parsed post, asked for what its blocks mean."""

    def __init__(self, document: Document, bylines: Sequence[re.Pattern[str]]) -> None:
        self._document = document
        self._bylines = bylines
        self._icon_lines: set[int] = set()
        """Lines with the mark of a paper."""
        self._personas: dict[int, str] = {}
        """Fenced blocks by their lines: under `The Staff` a persona is one."""
        for part in document.left_out:
            if part.kind == "picture" and _PDF_ICON.search(part.text):
                self._icon_lines.add(part.line)
            if part.kind == "code block":
                self._personas[part.line] = part.text

    def story(self, heading: Block | None, blocks: Sequence[Block], title: str) -> Story:
        """The story under `heading`; `title` is its title when it has none."""
        first_block = heading or next(iter(blocks), None)
        line = first_block.line if first_block else 1
        story = _titled(Story(title, Document(), line=line), heading)
        headlines: dict[str, list[Headline]] = {"previous": [], "see_also": []}
        body: list[Block] = []
        into = ""
        for block in blocks:
            first = _first_line(block)
            if opened := _headlines_opened(first):
                headlines[opened].extend(self.headlines(block))
                story = replace(story, covered=self._covered(block) or story.covered)
                # A quotation holds its list; below a line, the list follows.
                into = "" if block.kind == "quotation" else opened
            elif into and block.kind == "list":
                headlines[into].extend(self.headlines(block))
            elif block.kind != "rule":
                into = ""
                story = self._read_block(story, block, body)
        return replace(
            story,
            body=Document(tuple(body)),
            previous=tuple(headlines["previous"]),
            see_also=tuple(headlines["see_also"]),
        )

    def _read_block(self, story: Story, block: Block, body: list[Block]) -> Story:
        """Add a block to the story's body; a byline at its beginning signs the story."""
        is_start = not body and not story.reporter
        name = self._name_in(block, _first_line(block)) if is_start else ""
        if not name:
            body.append(block)
            return story

        if rest := _after_first_line(block):
            body.append(rest)
        return self._signed(story, name, block)

    def is_essay(self) -> bool:
        """Say whether the post is one piece.

        Nothing is signed, and at most one heading is of level 1.
        """
        blocks = self._document.blocks
        level_1 = sum(block.level == 1 for block in blocks)
        if level_1 > 1 or any(map(self._is_of_bulletin, blocks)):
            return False

        # One line `By ...` names the essay's author; two sign the stories of a bulletin.
        by_lines = 0
        for block in blocks:
            if block.kind == "paragraph" and _by_line_name(_first_line(block)):
                by_lines += 1
        return by_lines < 2

    def _is_of_bulletin(self, block: Block) -> bool:
        """Say whether a block signs a story, or lists other or previous headlines."""
        first = _first_line(block)
        if _OTHERS.fullmatch(block.text) or _PREVIOUS.fullmatch(first):
            return True
        return bool(block.spans) and any(_match(byline, first) for byline in self._bylines)

    def _name_in(self, block: Block, first_line: str) -> str:
        """The name in a byline, the block's first line; empty when it is none."""
        if block.level or block.kind in ("list", "table"):
            return ""
        for pattern in self._bylines:
            if found := _match(pattern, first_line):
                return str(found["name"]).strip(" ,:-–—_*")
        return _by_line_name(first_line)

    def give_left_out(self, stories: Sequence[Story]) -> list[Story]:
        """The stories, each with what is left out of its lines."""
        owned: dict[int, list[LeftOut]] = {}
        for part in self._document.left_out:
            owned.setdefault(_owner(part, stories), []).append(part)
        given = []
        for number, story in enumerate(stories):
            left_out = tuple(owned.get(number, ()))
            given.append(replace(story, body=replace(story.body, left_out=left_out)))
        return given

    def outside(self, stories: Sequence[Story]) -> list[LeftOut]:
        """What is left out of lines that belong to no story."""
        return [part for part in self._document.left_out if _owner(part, stories) < 0]

    def headlines(self, block: Block) -> Iterator[Headline]:
        """One for each item of the lists in the block."""
        for item in _items(block):
            for child in item.children:
                if child.spans and (headline := self._headline(child)):
                    yield headline

    def _headline(self, block: Block) -> Headline | None:
        """The headline that a run of text is; None when it is empty."""
        title, link, after = _first_link(block.spans)
        title = title if link else _DATE.sub("", title).strip()
        is_marked = _PAPER_MARK.search(after) is not None
        if not link and title.endswith(" (paper)"):
            title, is_marked = title.removesuffix(" (paper)"), True
        date = _DATE.search(after)
        if not (title or link):
            return None
        day = _day(date[0]) if date else None
        is_paper = is_marked or self._is_paper(link, block.line)
        return Headline(title or _domain(link), link, day, is_paper)

    def _covered(self, block: Block) -> Headline | None:
        """The earlier headline of this very story, as a line of the block says."""
        for child in _descendants(block):
            if child.spans and _COVERED.match(child.text):
                return self._headline(child)
        return None

    def _signed(self, story: Story, reporter: str, block: Block) -> Story:
        first_line = _first_line_spans(_with_spans(block).spans)
        source, link, _ = _first_link(first_line)
        shown = "".join(span.text for span in first_line if not span.link)
        is_marked = story.paper or _PAPER_MARK.search(shown) is not None
        story = replace(story, reporter=reporter)
        if not link:
            return replace(story, paper=is_marked or self._is_paper("", block.line))
        paper = is_marked or self._is_paper(link, block.line)
        return replace(story, source=source or _domain(link), link=link, paper=paper)

    def _is_paper(self, link: str, line: int) -> bool:
        return _is_preprint(link) or line in self._icon_lines

    def staff(self, blocks: Sequence[Block]) -> Iterator[Person]:
        """The people of `The Staff`: a line with the name, then a fenced persona."""
        for block, following in pairwise([*blocks, None]):
            if block is None or block.kind != "paragraph":
                continue
            person = _PERSON.fullmatch(_last_line(block))
            persona = self._persona_in(following)
            if person and (person["role"] or persona):
                is_editor = (person["role"] or "").lower() == "editor"
                role: Literal["editor", "reporter"] = "editor" if is_editor else "reporter"
                yield Person(person["name"].strip(), role, _persona(_code_content(persona)))

    def _persona_in(self, block: Block | None) -> str:
        """The source of the fenced block that the block stands for; empty for another block."""
        if block is None or block.kind != "code":
            return ""
        return self._personas.get(block.line, "")


def _headlines_opened(first_line: str) -> str:
    """Which headlines a line opens: `previous` or `see_also`; empty for none."""
    if _PREVIOUS.fullmatch(first_line):
        return "previous"
    if _SEE_ALSO.fullmatch(first_line):
        return "see_also"
    return ""


def _match(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    """Match a usual byline at the beginning of the line, the show's own as the whole line."""
    if pattern is _BYLINE:
        return pattern.match(line)
    return pattern.fullmatch(line)


def _by_line_name(line: str) -> str:
    """The name in a line `By Maria Gomez` that holds nothing else.

    Empty when it is another line.
    """
    found = _BY_LINE.fullmatch(line)
    if not found:
        return ""
    return found["name"].strip()


def _owner(part: LeftOut, stories: Sequence[Story]) -> int:
    """The number of the story on whose lines a part is; -1 for none."""
    owner = -1
    for number, story in enumerate(stories):
        if story.line <= part.line:
            owner = number
    return owner


def _titled(story: Story, heading: Block | None) -> Story:
    """The story with its heading's title; a heading that is a link names the source."""
    if not heading or not heading.text:
        return story
    _, link, _ = _first_link(heading.spans)
    return replace(
        story,
        title=heading.text,
        source=_domain(link),
        link=link if _domain(link) else "",
        paper=_is_preprint(link),
    )


# --- spans and lines ------------------------------------------------------------------------


def _descendants(block: Block) -> Iterator[Block]:
    yield block
    for child in block.children:
        yield from _descendants(child)


def _items(block: Block) -> Iterator[Block]:
    for part in _descendants(block):
        if part.kind == "item":
            yield part


def _with_spans(block: Block) -> Block:
    """The block itself, or the first one in it that has text of its own."""
    for part in _descendants(block):
        if part.spans:
            return part
    return block


def _first_line_spans(spans: Sequence[Span]) -> list[Span]:
    first: list[Span] = []
    for span in spans:
        if span.kind == "break":
            break
        first.append(span)
    return first


def _first_line(block: Block) -> str:
    """The first line of the block's text."""
    if block.kind in ("list", "table"):
        return ""
    return _join_spans(_first_line_spans(_with_spans(block).spans))


def _last_line(block: Block) -> str:
    lines = "".join(span.text for span in block.spans).split("\n")
    return lines[-1].strip()


def _after_first_line(block: Block) -> Block | None:
    """The block without its first line; None when nothing is left."""
    # The break that ends the line goes with it.
    rest = block.spans[len(_first_line_spans(block.spans)) + 1 :]
    if rest:
        return replace(block, spans=rest, line=rest[0].line)
    if block.children:
        return replace(block, spans=())
    return None


def _join_spans(spans: Iterable[Span]) -> str:
    return " ".join("".join(span.text for span in spans).split())


def _first_link(spans: Sequence[Span]) -> tuple[str, str, str]:
    """The first link of a run of text: its text and address, and the text after it.

    Without a link: the whole text, no address, and the whole text again.
    """
    start = 0
    while start < len(spans) and not spans[start].link:
        start += 1
    if start == len(spans):
        text = _join_spans(spans)
        return text, "", text

    # A link is as many spans as it has kinds of letters, as in `[*Nature* writes](...)`.
    link = spans[start].link
    end = start
    while end < len(spans) and spans[end].link == link:
        end += 1
    shown = _join_spans(spans[start:end])
    if shown == link:
        shown = ""  # A bare address is no title.
    return shown, link, _join_spans(spans[end:])


# --- people ---------------------------------------------------------------------------------


def _code_content(source: str) -> str:
    """The content of a fenced block."""
    lines: list[str] = []
    for line in source.split("\n"):
        # CommonMark, section 4.5: a fence is three backticks or tildes, or more.
        if not re.fullmatch(r"\s*(?:`{3,}|~{3,}).*", line):
            lines.append(line)
    return "\n".join(lines)


def _persona(printed: str) -> str:
    """A persona as sentences.

    Early editions print a Python dict, of which the values are the sentences.
    """
    text = " ".join(printed.split())
    if not text.startswith("{"):
        return text
    try:
        value = ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return text
    if not isinstance(value, dict):
        return text
    sentences: list[str] = []
    for trait in value.values():
        sentence = str(trait)
        if isinstance(trait, list):
            sentence = " ".join(map(str, trait))
        sentences.append(_end_sentence(sentence.strip()))
    return " ".join(filter(None, sentences))


def _end_sentence(sentence: str) -> str:
    if not sentence or sentence.endswith((".", "!", "?")):
        return sentence
    return f"{sentence}."


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


_PREPRINT_SERVERS = (".arxiv.org", ".medrxiv.org", ".biorxiv.org")


def _is_preprint(link: str) -> bool:
    return f".{_domain(link)}".endswith(_PREPRINT_SERVERS)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
