"""The line by which a programme says that its voices are synthetic.

Once, where it opens no story.
"""

from __future__ import annotations

import dataclasses

from podcast.model import Script, ScriptChapter, Turn


def add_disclosure(script: Script, line: str, presenter: str, *, is_essay: bool) -> Script:
    """Let the presenter say the line in the last chapter.

    It comes before the last words of a programme, and after those of an essay, which stays
    whole. A script that says the line already is left as it is.
    """
    if not line or says_disclosure(script, line) or not script.chapters:
        return script

    *others, last = script.chapters
    turns = [place for place, item in enumerate(last.items) if isinstance(item, Turn)]
    if not turns:
        return script

    place = turns[-1] + 1 if is_essay else turns[-1]
    items = (*last.items[:place], Turn(presenter, line), *last.items[place:])
    return dataclasses.replace(
        script, chapters=(*others, dataclasses.replace(last, items=items))
    )


def says_disclosure(script: Script, line: str) -> bool:
    """Tell whether somebody says the line."""
    wanted = " ".join(line.split())
    return bool(wanted) and any(wanted in " ".join(turn.text.split()) for turn in script.turns)


def without_disclosure(script: Script, line: str) -> Script:
    """The script without the turn that only says the line.

    No post supports it, and none has to.
    """
    if not line:
        return script
    chapters: list[ScriptChapter] = []
    for chapter in script.chapters:
        items = tuple(item for item in chapter.items if not _only_says(item, line))
        chapters.append(dataclasses.replace(chapter, items=items))
    return dataclasses.replace(script, chapters=tuple(chapters))


def _only_says(item: object, line: str) -> bool:
    return isinstance(item, Turn) and item.text.split() == line.split()
