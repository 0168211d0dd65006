"""The parts of an episode that the model wrote, put together as a script's chapters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from podcast.language.english.word_data import load
from podcast.model import Edition, Pause, ScriptChapter, Sting, Turn
from podcast.write.model.dialogue import FramePart, SaidTurn, as_items
from podcast.write.model.rundown import EpisodeRundown

Items = list[Turn | Pause | Sting]

_NOTHING = FramePart([], [])


def assemble_chapters(
    edition: Edition,
    rundown: EpisodeRundown,
    said: Mapping[int, Sequence[SaidTurn]],
    frame: Mapping[str, FramePart],
    dropped: Mapping[int, Sequence[str]],
    cut: Mapping[int, Sequence[str]],
) -> tuple[ScriptChapter, ...]:
    """Put the parts together; what is not said stands in the chapters' notes."""
    chapters = [_welcome(edition, rundown, frame)]

    for at, told in enumerate(rundown.stories):
        bridge = frame.get(f"bridge {told.place}", _NOTHING)
        items: Items = [*as_items(bridge.said), *as_items(said[told.place])]
        # A story that the next one runs on from has no jingle behind it.
        is_joined = at + 1 < len(rundown.stories) and rundown.stories[at + 1].runs_on
        if not is_joined:
            items.append(Sting())

        faults = [*bridge.dropped, *dropped.get(told.place, ())]
        note = _describe_lost(faults, cut.get(told.place, ()))
        link = edition.stories[told.place].link
        chapters.append(ScriptChapter(told.chapter, tuple(items), link, note))

    briefs = frame.get("briefs", _NOTHING)
    if rundown.briefs and briefs.said:
        chapters.append(_close_part("others", briefs))
    chapters.append(_close_part("goodbye", frame["close"]))
    return tuple(chapters)


def _close_part(key: str, part: FramePart) -> ScriptChapter:
    """A chapter of the frame, with the jingle that ends it."""
    items: Items = [*as_items(part.said), Sting()]
    return ScriptChapter(_name_chapter(key), tuple(items), note=_describe_lost(part.dropped))


def _welcome(
    edition: Edition, rundown: EpisodeRundown, frame: Mapping[str, FramePart]
) -> ScriptChapter:
    cold_open, opening = frame.get("cold open", _NOTHING), frame["opening"]
    items: Items = [*as_items(cold_open.said), Sting(), *as_items(opening.said), Sting()]

    notes: list[str] = []
    for place, reason in rundown.skipped:
        notes.append(f"'{edition.stories[place].title}' is not told: {reason}")
    notes.append(_describe_lost([*cold_open.dropped, *opening.dropped]))
    note = "; ".join(filter(None, notes))
    return ScriptChapter(_name_chapter("welcome"), tuple(items), note=note)


def _describe_lost(dropped: Sequence[str], cut: Sequence[str] = ()) -> str:
    """Say for a note what was dropped, for it was wrong, and what was cut, for it was long."""
    notes: list[str] = []
    if dropped:
        notes.append(f"dropped: {'; '.join(dict.fromkeys(dropped))}")
    if cut:
        notes.append(f"cut: {'; '.join(cut)}")
    return "; ".join(notes)


def _name_chapter(key: str) -> str:
    name: str = load("phrases")["chapters"][key]
    return name
