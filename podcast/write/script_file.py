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

Numbers and signs stand as people write them. Directions, `(amused)` after a name and lower-case words in
square brackets, are for engines that act, and nobody speaks them.

`<!-- source: URL -->` right under a heading is the story's source, and `<!-- note: ... -->` there is what the
writer says of the chapter. Every other HTML comment is a note for
people and is never spoken. A backslash makes the punctuation after it plain: `\<!--`, `\*`, `\\`.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.errors import ScriptError, not_utf8
from podcast.model import Pause, PostHashes, Script, ScriptChapter, Sting, Turn, Usd
from podcast.write.script_origin import is_edited, with_origin, with_seal

PAUSE_MOST = 30.0
"""The longest `[pause]`, in seconds."""

if TYPE_CHECKING:
    import yaml

_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_WORDS = r"[a-z]++ (?: [ ,'-]++ [a-z]++ )*+"
_SPEAKER = re.compile(
    rf"""
    \*\* ( (?: \\. | [^\\*] )+ )
    (?: :\*\* | \*\* (?: [ \t]* \( ( {_WORDS} ) \) [ \t]* )? : )
    [ \t]* (.*)
    """,
    re.VERBOSE,
)
"""A name, how it speaks, and what it says: `**Ada Fields** (amused): Good morning.`"""
_FIRST_DIRECTION = re.compile(rf"\( ( {_WORDS} ) \) [ \t]+ (?= \S )", re.VERBOSE)
"""A direction that opens what is said: `**Ada Fields:** (amused) Good morning.`"""
_ABOUT = re.compile(r"<!--\s*(source|note):\s*(\S.*?)\s*-->")
_DIRECTIVE = re.compile(r"\[([^\[\]]*)\]")
_PAUSE = re.compile(r"pause\s+(\S+?)\s*s?", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*))?$")
_COMMENT_MARK = re.compile(rf"\\{_PUNCTUATION}|<!--")


def render(script: Script) -> str:
    """The script as text, to be parsed back by `parse`: one line a turn, a blank line between items."""
    import yaml

    head: dict[str, object] = {"title": script.title, "date": script.date}
    if script.writer:
        head["writer"] = script.writer
    if script.model:
        head["model"] = script.model
    if script.cost:
        head["cost"] = float(script.cost)
    readable = all(str(value).isprintable() for value in head.values())
    front = yaml.safe_dump(head, allow_unicode=readable, sort_keys=False, width=float("inf"))
    parts = [f"---\n{front}---"]
    for chapter in script.chapters:
        heading = f"## {_escape(chapter.title)}"
        for key, about in (("source", chapter.source), ("note", chapter.note)):
            if about:
                heading += f"\n<!-- {key}: {_escape(about.replace(chr(10), ' ')).replace('>', chr(92) + '>')} -->"
        parts.append(heading)
        parts.extend(_render_item(item) for item in chapter.items)
    text = "\n\n".join(parts) + "\n"
    return with_seal(with_origin(text, script.sources)) if script.sources else text


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
        raise ScriptError(
            path,
            None,
            "the script has no chapter",
            "start one with a line such as '## Welcome'",
        )
    script = Script(chapters=chapters, edited=is_edited(text), **head)  # type: ignore[arg-type]
    if not script.turns:
        raise ScriptError(
            path, None, "nobody says anything", "add a turn such as '**Ada Fields:** Hello.'"
        )
    return script


def check_speakers(script: Script, path: Path, people: Iterable[str]) -> None:
    """Raise ScriptError for the first turn whose speaker is not one of `people` (the cast), with a guess."""
    known = list(people)
    for turn in script.turns:
        if turn.speaker not in known:
            remedy = (
                _guess(turn.speaker, known) or f"it must be one of {', '.join(sorted(known))}"
            )
            raise ScriptError(
                path, turn.line or None, f"'{turn.speaker}' is not in the cast", remedy
            )


def _render_item(item: Turn | Pause | Sting) -> str:
    if isinstance(item, Sting):
        return "[sting]"
    if isinstance(item, Pause):
        short = f"{item.seconds:g}"
        return f"[pause {short if float(short) == item.seconds else repr(item.seconds)}s]"
    name = _escape(item.speaker).replace("*", r"\*")
    text = _escape(item.text)
    if item.direction:
        return f"**{name}** ({item.direction}): {text}"
    if _FIRST_DIRECTION.match(text):
        text = f"\\{text}"
    return f"**{name}:** {text}"


def _escape(text: str) -> str:
    text = re.sub(rf"\\(?={_PUNCTUATION}|$)", r"\\\\", text)
    return text.replace("<!--", r"\<!--")


def _plain(text: str) -> str:
    return re.sub(rf"\\({_PUNCTUATION})", r"\1", text)


def _front_matter(lines: list[str], path: Path) -> tuple[dict[str, object], int]:
    """The Script's own fields, and the index of the first line after the front matter."""
    import yaml

    remedy = "start the script with ---, title: ..., date: YYYY-MM-DD, ---"
    if lines[0].rstrip() != "---":
        raise ScriptError(path, 1, "no front matter", remedy)
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), None)
    if end is None:
        raise ScriptError(path, 1, "the front matter has no end", "close it with a line ---")
    try:
        found = yaml.load("\n".join(lines[1:end]), Loader=_loader())  # noqa: S506 -- a safe one
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        what = f"the front matter is not YAML: {error.problem}"
        raise ScriptError(path, line, what, "put a value with a colon in quotes") from None
    except yaml.YAMLError as error:
        what = f"the front matter is not YAML: {' '.join(str(error).split())}"
        raise ScriptError(path, 1, what, remedy) from None
    except RecursionError:
        raise ScriptError(path, 1, "the front matter is nested too deeply", remedy) from None
    if not isinstance(found, dict):
        raise ScriptError(path, 1, "the front matter holds no 'key: value'", remedy)

    def line_of(key: str) -> int:
        return next((i + 1 for i in range(1, end) if lines[i].startswith(f"{key}:")), 1)

    def text(key: str) -> str:
        value = found.get(key, "")
        if not isinstance(value, str):
            raise ScriptError(
                path, line_of(key), f"{key} is not text", "put it in double quotes"
            )
        return value

    if not text("title").strip():
        raise ScriptError(
            path, line_of("title"), "the script has no title", "add a line 'title: ...'"
        )
    written, cost = text("date"), text("cost") or "0"
    try:
        date = dt.datetime.fromisoformat(written).date()
    except ValueError:
        what = f"'{written}' is not a date" if written else "the script has no date"
        raise ScriptError(
            path, line_of("date"), what, "write it as 'date: YYYY-MM-DD'"
        ) from None
    if not re.fullmatch(r"\d{1,9}(\.\d{1,30})?(e-\d{1,3})?", cost):
        raise ScriptError(
            path, line_of("cost"), f"'{cost}' is not an amount", "write it as 'cost: 0.12'"
        )
    fields: dict[str, object] = {"title": text("title"), "date": date, "cost": Usd(float(cost))}
    fields.update({key: text(key) for key in ("writer", "model") if text(key)})
    stories, whole = found.get("from"), found.get("post")
    if isinstance(whole, str) and isinstance(stories, list):
        fields["sources"] = PostHashes(whole, tuple(map(str, stories)))
    return fields, end + 1


@cache
def _loader() -> type[yaml.BaseLoader]:
    """Knows text, lists and mappings alone, so that a title `1984` or `No` stays what is written; refuses
    aliases, which can make a short text expand without end."""
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
    """The numbered lines without comments; a line that held nothing else is left out; source, note stay."""
    opened = 0
    for number, line in enumerate(lines[start:], start + 1):
        if not opened and _ABOUT.fullmatch(line.strip()):
            yield number, line.strip()
            continue
        kept, rest, noted = "", line, bool(opened)
        while rest:
            if opened:
                _, closed, rest = rest.partition("-->")
                opened = 0 if closed else opened
                rest = rest.lstrip() if not kept.strip() or kept.endswith(" ") else rest
                continue
            mark = _COMMENT_MARK.search(rest)
            if mark is None:
                kept, rest = kept + rest, ""
            elif mark[0] == "<!--":
                kept, rest, opened, noted = (
                    kept + rest[: mark.start()],
                    rest[mark.end() :],
                    number,
                    True,
                )
            else:
                kept, rest = kept + rest[: mark.end()], rest[mark.end() :]
        if kept.strip() or not noted:
            yield number, kept
    if opened:
        raise ScriptError(path, opened, "this note has no end", "close it with -->")


def _chapters(lines: Iterable[tuple[int, str]], path: Path) -> Iterator[ScriptChapter]:
    """The chapters, from numbered lines without notes."""
    title, heading_line = "", 0
    about: dict[str, str] = {}
    items: list[Turn | Pause | Sting] = []
    paragraph: list[str] = []
    speaker, turn_line, direction = "", 0, ""

    def end_turn() -> None:
        nonlocal paragraph, turn_line, direction
        if not turn_line:
            return
        text = " ".join(paragraph)
        if not text:
            what = f"{speaker} says nothing"
            raise ScriptError(
                path, turn_line, what, "write the words after the name, or delete the line"
            )
        items.append(Turn(speaker, text, turn_line, direction))
        paragraph, turn_line, direction = [], 0, ""

    def end_chapter() -> ScriptChapter:
        end_turn()
        if not items:
            raise ScriptError(
                path,
                heading_line,
                f"the chapter '{title}' is empty",
                "add a turn, or delete it",
            )
        return ScriptChapter(
            title, tuple(items), about.get("source", ""), about.get("note", "")
        )

    for number, raw in lines:
        line = raw.strip()
        if not line:
            end_turn()
        elif heading := _HEADING.match(line):
            if heading[1] != "##" or not heading[2]:
                raise ScriptError(
                    path,
                    number,
                    f"'{line}' is no chapter",
                    r"write '## Title', or '\#' to say it",
                )
            if heading_line:
                yield end_chapter()
            title, heading_line, about, items, speaker = (
                _plain(heading[2].strip()),
                number,
                {},
                [],
                "",
            )
        elif found := _ABOUT.fullmatch(line):
            if heading_line and not items and not turn_line:
                about.setdefault(found[1], _plain(found[2]))
        elif not heading_line:
            raise ScriptError(
                path,
                number,
                "this stands before the first chapter",
                "put a '## Title' above it",
            )
        elif directive := _DIRECTIVE.fullmatch(line):
            end_turn()
            items.append(_directive(directive[1].strip(), number, path))
        elif named := _SPEAKER.fullmatch(line):
            end_turn()
            speaker, turn_line = _plain(named[1]).strip(), number
            direction, words = named[2] or "", named[3]
            if not direction and (first := _FIRST_DIRECTION.match(words)):
                direction, words = first[1], words[first.end() :]
            paragraph = [_plain(words)] if words else []
        elif not speaker:
            raise ScriptError(
                path, number, "nobody says this", "start it with a name: **Ada Fields:** ..."
            )
        else:
            turn_line = turn_line or number
            paragraph.append(_plain(line))
    if heading_line:
        yield end_chapter()


def _directive(words: str, number: int, path: Path) -> Pause | Sting:
    if words.lower() == "sting":
        return Sting()
    if pause := _PAUSE.fullmatch(words):
        try:
            seconds = float(pause[1])
        except ValueError:
            remedy = "write it as [pause 0.8s]"
            raise ScriptError(
                path, number, f"'{pause[1]}' is no number of seconds", remedy
            ) from None
        if not 0 <= seconds <= PAUSE_MOST:
            what = f"a pause of {seconds:g} seconds"
            raise ScriptError(
                path, number, what, f"it must be from 0 to {PAUSE_MOST:g} seconds"
            )
        return Pause(seconds)
    guess = _guess(words.partition(" ")[0].lower(), ["sting", "pause"]).replace(
        "'sting'", "[sting]"
    )
    remedy = guess.replace("'pause'", "[pause 0.8s]") or (
        "there are [sting] and [pause 0.8s]; a direction stands within what somebody says"
    )
    raise ScriptError(path, number, f"'[{words}]' is unknown", remedy)


def _guess(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else ""
