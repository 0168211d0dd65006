r"""The saved script: Markdown that a person enjoys editing, parsed back without loss.

A script is front matter, then chapters:

    ---
    title: Today in brief
    date: 2024-05-22
    ---

    ## Welcome

    [sting]

    **Ada Fields:** Good morning.
    This line belongs to the same turn.

    A paragraph without a name is another turn of the same speaker.

    [pause 0.8s]

    **Bo Lane** (amused): That was quick. [laughs] Next, please.

Numbers and signs stand as people write them. Directions, `(amused)` after a name and lower-case
words in square brackets, are for engines that act, and nobody speaks them.

`<!-- source: URL -->` right under a heading is the story's source, and `<!-- note: ... -->`
there is what the writer says of the chapter. Every other HTML comment is a note for people and
is never spoken. A backslash makes the punctuation after it plain: `\<!--`, `\*`, `\\`.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.errors import ScriptError, not_utf8
from podcast.model import Pause, PostHashes, Script, ScriptChapter, Sting, Turn, Usd
from podcast.write.script_origin import is_edited, with_origin, with_seal

# The longest `[pause]`, in seconds.
PAUSE_MOST = 30.0

if TYPE_CHECKING:
    import yaml

_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_WORDS = r"[a-z]++ (?: [ ,'-]++ [a-z]++ )*+"
# A name, how it speaks, and what it says: `**Ada Fields** (amused): Good morning.`
_SPEAKER = re.compile(
    rf"""
    \*\* ( (?: \\. | [^\\*] )+ )
    (?: :\*\* | \*\* (?: [ \t]* \( ( {_WORDS} ) \) [ \t]* )? : )
    [ \t]* (.*)
    """,
    re.VERBOSE,
)
# A direction that opens what is said: `**Ada Fields:** (amused) Good morning.`
_FIRST_DIRECTION = re.compile(rf"\( ( {_WORDS} ) \) [ \t]+ (?= \S )", re.VERBOSE)
_ABOUT = re.compile(r"<!--\s*(source|note):\s*(\S.*?)\s*-->")
_DIRECTIVE = re.compile(r"\[([^\[\]]*)\]")
_PAUSE = re.compile(r"pause\s+(\S+?)\s*s?", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*))?$")
_COMMENT_MARK = re.compile(rf"\\{_PUNCTUATION}|<!--")


def render(script: Script) -> str:
    """The script as text, to be parsed back by `parse`.

    One line a turn, a blank line between items.
    """
    parts = [f"---\n{_render_front_matter(script)}---"]
    for chapter in script.chapters:
        parts.append(_render_heading(chapter))
        parts.extend(_render_item(item) for item in chapter.items)

    text = "\n\n".join(parts) + "\n"
    if not script.sources:
        return text
    return with_seal(with_origin(text, script.sources))


def _render_front_matter(script: Script) -> str:
    import yaml

    head: dict[str, object] = {"title": script.title, "date": script.date}
    if script.writer:
        head["writer"] = script.writer
    if script.model:
        head["model"] = script.model
    if script.cost:
        head["cost"] = float(script.cost)

    # What cannot be seen is escaped, so that an editor does not lose it.
    readable = all(str(value).isprintable() for value in head.values())
    front: str = yaml.safe_dump(
        head, allow_unicode=readable, sort_keys=False, width=float("inf")
    )
    return front


def _render_heading(chapter: ScriptChapter) -> str:
    """A chapter's heading, and what is known about it in comments below."""
    lines = [f"## {_escape(chapter.title)}"]
    for key, about in (("source", chapter.source), ("note", chapter.note)):
        if about:
            # A `>` of its own could end the comment.
            value = _escape(about.replace("\n", " ")).replace(">", r"\>")
            lines.append(f"<!-- {key}: {value} -->")
    return "\n".join(lines)


def load(path: Path) -> Script:
    """The Script in that file. Raises ScriptError with the line at fault."""
    try:
        return parse(path.read_bytes().decode(), path)
    except UnicodeDecodeError as error:
        raise ScriptError(path, *not_utf8(error), "save the file as UTF-8") from None


def parse(text: str, path: Path) -> Script:
    """The Script that a person wrote or edited; `path` is named in faults.

    Raises ScriptError with the line at fault.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    lines = [line.removesuffix("\r") for line in lines]
    head, body = _front_matter(lines, path)
    chapters = tuple(_chapters(_without_notes(lines, body, path), path))
    if not chapters:
        remedy = "start one with a line such as '## Welcome'"
        raise ScriptError(path, None, "the script has no chapter", remedy)

    script = Script(chapters=chapters, edited=is_edited(text), **head)  # type: ignore[arg-type]
    if not script.turns:
        remedy = "add a turn such as '**Ada Fields:** Hello.'"
        raise ScriptError(path, None, "nobody says anything", remedy)
    return script


def check_speakers(script: Script, path: Path, people: Iterable[str]) -> None:
    """Raise ScriptError for the first turn whose speaker is not one of `people`, the cast.

    The remedy guesses who was meant.
    """
    known = list(people)
    for turn in script.turns:
        if turn.speaker in known:
            continue
        what = f"'{turn.speaker}' is not in the cast"
        choice = f"it must be one of {', '.join(sorted(known))}"
        raise ScriptError(path, turn.line or None, what, _guess(turn.speaker, known) or choice)


def _render_item(item: Turn | Pause | Sting) -> str:
    if isinstance(item, Sting):
        return "[sting]"
    if isinstance(item, Pause):
        return f"[pause {_render_seconds(item.seconds)}s]"
    name = _escape(item.speaker).replace("*", r"\*")
    text = _escape(item.text)
    if item.direction:
        return f"**{name}** ({item.direction}): {text}"
    if _FIRST_DIRECTION.match(text):
        text = f"\\{text}"
    return f"**{name}:** {text}"


def _render_seconds(seconds: float) -> str:
    """Seconds as short as they can be without becoming others."""
    short = f"{seconds:g}"
    return short if float(short) == seconds else repr(seconds)


def _escape(text: str) -> str:
    text = re.sub(rf"\\(?={_PUNCTUATION}|$)", r"\\\\", text)
    return text.replace("<!--", r"\<!--")


def _plain(text: str) -> str:
    return re.sub(rf"\\({_PUNCTUATION})", r"\1", text)


_FRONT_REMEDY = "start the script with ---, title: ..., date: YYYY-MM-DD, ---"


def _front_matter(lines: list[str], path: Path) -> tuple[dict[str, object], int]:
    """The Script's own fields, and the index of the first line after the front matter."""
    if lines[0].rstrip() != "---":
        raise ScriptError(path, 1, "no front matter", _FRONT_REMEDY)
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), None)
    if end is None:
        raise ScriptError(path, 1, "the front matter has no end", "close it with a line ---")

    front = _FrontMatter(path, lines[:end], _load_front_matter(lines[1:end], path))
    fields: dict[str, object] = {
        "title": front.title(),
        "date": front.date(),
        "cost": front.cost(),
    }
    fields.update({key: front.text(key) for key in ("writer", "model") if front.text(key)})

    stories, whole = front.values.get("from"), front.values.get("post")
    if isinstance(whole, str) and isinstance(stories, list):
        fields["sources"] = PostHashes(whole, tuple(map(str, stories)))
    return fields, end + 1


def _load_front_matter(lines: list[str], path: Path) -> dict[object, object]:
    import yaml

    try:
        found = yaml.load("\n".join(lines), Loader=_loader())  # noqa: S506 -- a safe one
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        what = f"the front matter is not YAML: {error.problem}"
        raise ScriptError(path, line, what, "put a value with a colon in quotes") from None
    except yaml.YAMLError as error:
        what = f"the front matter is not YAML: {' '.join(str(error).split())}"
        raise ScriptError(path, 1, what, _FRONT_REMEDY) from None
    except RecursionError:
        what = "the front matter is nested too deeply"
        raise ScriptError(path, 1, what, _FRONT_REMEDY) from None

    if not isinstance(found, dict):
        raise ScriptError(path, 1, "the front matter holds no 'key: value'", _FRONT_REMEDY)
    return found


@dataclass(frozen=True)
class _FrontMatter:
    """The values of a front matter, and the lines that they come from, to name in an error."""

    path: Path
    lines: list[str]
    values: dict[object, object]

    def text(self, key: str) -> str:
        """The text of a key; empty where there is none."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self._error(key, f"{key} is not text", "put it in double quotes")
        return value

    def title(self) -> str:
        """The title, which a script must have."""
        title = self.text("title")
        if not title.strip():
            raise self._error("title", "the script has no title", "add a line 'title: ...'")
        return title

    def date(self) -> dt.date:
        """The date, which a script must have."""
        written = self.text("date")
        try:
            return dt.datetime.fromisoformat(written).date()
        except ValueError:
            what = f"'{written}' is not a date" if written else "the script has no date"
            raise self._error("date", what, "write it as 'date: YYYY-MM-DD'") from None

    def cost(self) -> Usd:
        """The cost of writing it; nothing where there is none."""
        cost = self.text("cost") or "0"
        if not re.fullmatch(r"\d{1,9}(\.\d{1,30})?(e-\d{1,3})?", cost):
            what = f"'{cost}' is not an amount"
            raise self._error("cost", what, "write it as 'cost: 0.12'")
        return Usd(float(cost))

    def _error(self, key: str, what: str, remedy: str) -> ScriptError:
        numbered = enumerate(self.lines[1:], start=2)
        line = next((number for number, text in numbered if text.startswith(f"{key}:")), 1)
        return ScriptError(self.path, line, what, remedy)


@cache
def _loader() -> type[yaml.BaseLoader]:
    """Make a loader that knows text, lists and mappings alone.

    So a title `1984` or `No` stays what is written. Aliases are refused: they can make a short
    text expand without end.
    """
    import yaml

    class Loader(yaml.BaseLoader):
        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.composer.ComposerError(
                    None, None, "an alias (*name) is not allowed", mark
                )
            return super().compose_node(parent, index)

    return Loader


def _without_notes(lines: list[str], start: int, path: Path) -> Iterator[tuple[int, str]]:
    """The numbered lines without comments; a line that held nothing else is left out.

    Source, note stay.
    """
    opened = 0
    for number, line in enumerate(lines[start:], start + 1):
        if not opened and _ABOUT.fullmatch(line.strip()):
            yield number, line.strip()
            continue

        was_open = bool(opened)
        text, opened = _without_comments(line, number, opened)
        if text.strip() or (text == line and not was_open):
            yield number, text

    if opened:
        raise ScriptError(path, opened, "this note has no end", "close it with -->")


def _without_comments(line: str, number: int, opened: int) -> tuple[str, int]:
    """A line without its comments.

    With it, the number of the line whose comment is open after it; 0 for none.
    """
    text, rest = "", line
    while rest:
        if opened:
            _, closed, rest = rest.partition("-->")
            opened = 0 if closed else opened
            if not text.strip() or text.endswith(" "):
                rest = rest.lstrip()
            continue

        mark = _COMMENT_MARK.search(rest)
        if mark is None:
            return text + rest, 0
        opened = number if mark[0] == "<!--" else 0
        text += rest[: mark.start() if opened else mark.end()]
        rest = rest[mark.end() :]
    return text, opened


def _chapters(lines: Iterable[tuple[int, str]], path: Path) -> Iterator[ScriptChapter]:
    """The chapters, from numbered lines without notes."""
    reader = _ChapterReader(path)
    for number, raw in lines:
        line = raw.strip()
        if not line:
            reader.end_turn()
        elif heading := _HEADING.match(line):
            title = _chapter_title(heading, number, path)
            if reader.heading_line:
                yield reader.end_chapter()
            reader = _ChapterReader(path, title, number)
        else:
            reader.read_line(line, number)

    if reader.heading_line:
        yield reader.end_chapter()


def _chapter_title(heading: re.Match[str], number: int, path: Path) -> str:
    if heading[1] != "##" or not heading[2]:
        what = f"'{heading[0]}' is no chapter"
        raise ScriptError(path, number, what, r"write '## Title', or '\#' to say it")
    return _plain(heading[2].strip())


@dataclass
class _ChapterReader:
    """Reads the lines of one chapter, and the turn that is open in it."""

    path: Path
    title: str = ""
    heading_line: int = 0
    """0 before the first chapter."""
    about: dict[str, str] = field(default_factory=dict)
    items: list[Turn | Pause | Sting] = field(default_factory=list)
    speaker: str = ""
    direction: str = ""
    turn_line: int = 0
    """0 where no turn is open."""
    paragraph: list[str] = field(default_factory=list)

    def read_line(self, line: str, number: int) -> None:
        """Read a line that holds something and is no heading."""
        if about := _ABOUT.fullmatch(line):
            self._note(about)
            return
        if not self.heading_line:
            what = "this stands before the first chapter"
            raise ScriptError(self.path, number, what, "put a '## Title' above it")

        if directive := _DIRECTIVE.fullmatch(line):
            self.end_turn()
            self.items.append(_directive(directive[1].strip(), number, self.path))
        elif named := _SPEAKER.fullmatch(line):
            self.end_turn()
            self._start_turn(named, number)
        else:
            self._go_on(line, number)

    def end_turn(self) -> None:
        """Keep the turn that is open; nothing where none is."""
        if not self.turn_line:
            return

        text = " ".join(self.paragraph)
        if not text:
            what = f"{self.speaker} says nothing"
            remedy = "write the words after the name, or delete the line"
            raise ScriptError(self.path, self.turn_line, what, remedy)

        self.items.append(Turn(self.speaker, text, self.turn_line, self.direction))
        self.paragraph, self.turn_line, self.direction = [], 0, ""

    def end_chapter(self) -> ScriptChapter:
        """The chapter that was read."""
        self.end_turn()
        if not self.items:
            what = f"the chapter '{self.title}' is empty"
            raise ScriptError(self.path, self.heading_line, what, "add a turn, or delete it")

        source, note = self.about.get("source", ""), self.about.get("note", "")
        return ScriptChapter(self.title, tuple(self.items), source, note)

    def _note(self, about: re.Match[str]) -> None:
        """Keep what stands right under the heading."""
        if self.heading_line and not self.items and not self.turn_line:
            self.about.setdefault(about[1], _plain(about[2]))

    def _start_turn(self, named: re.Match[str], number: int) -> None:
        self.speaker, self.turn_line = _plain(named[1]).strip(), number
        self.direction, words = named[2] or "", named[3]

        first = _FIRST_DIRECTION.match(words)
        if first and not self.direction:
            self.direction, words = first[1], words[first.end() :]
        self.paragraph = [_plain(words)] if words else []

    def _go_on(self, line: str, number: int) -> None:
        """A line of the open turn, or the first of the same person's next."""
        if not self.speaker:
            remedy = "start it with a name: **Ada Fields:** ..."
            raise ScriptError(self.path, number, "nobody says this", remedy)
        self.turn_line = self.turn_line or number
        self.paragraph.append(_plain(line))


def _directive(words: str, number: int, path: Path) -> Pause | Sting:
    """What a line in square brackets asks for. Raises ScriptError for what is neither."""
    if words.lower() == "sting":
        return Sting()
    if pause := _PAUSE.fullmatch(words):
        return _read_pause(pause[1], number, path)

    raise ScriptError(path, number, f"'[{words}]' is unknown", _suggest_directive(words))


def _read_pause(written: str, number: int, path: Path) -> Pause:
    try:
        seconds = float(written)
    except ValueError:
        what = f"'{written}' is no number of seconds"
        raise ScriptError(path, number, what, "write it as [pause 0.8s]") from None

    if not 0 <= seconds <= PAUSE_MOST:
        what = f"a pause of {seconds:g} seconds"
        remedy = f"it must be from 0 to {PAUSE_MOST:g} seconds"
        raise ScriptError(path, number, what, remedy)
    return Pause(seconds)


def _suggest_directive(words: str) -> str:
    guess = _guess(words.partition(" ")[0].lower(), ["sting", "pause"])
    if not guess:
        among = "a direction stands within what somebody says"
        return f"there are [sting] and [pause 0.8s]; {among}"
    return guess.replace("'sting'", "[sting]").replace("'pause'", "[pause 0.8s]")


def _guess(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else ""
