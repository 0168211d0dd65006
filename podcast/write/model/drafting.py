"""A stand-in for the script that a model will write: of its length, for estimates.

Nobody hears it.
"""

from __future__ import annotations

from podcast.model import Script, Turn
from podcast.write.model.assembly import assemble_chapters
from podcast.write.model.dialogue import FramePart, SaidTurn
from podcast.write.model.material import BRIDGE_WORDS, BRIEF_WORDS, OPENING_WORDS, Material
from podcast.write.model.rundown import EpisodeRundown, guess_rundown

# Words of a turn on average.
TURN_WORDS = 16

# Words that the form of a turn is worth, in tokens.
TURN_FORM = 17

Talks = dict[int, list[SaidTurn]]


def dialogue_words(words: int) -> int:
    """So many words of dialogue, with the form of its turns."""
    return words + round(words / TURN_WORDS) * TURN_FORM


def rundown_words(stories: int) -> int:
    """Words of a rundown, its form included."""
    return 60 + 75 * stories


def verify_words(sentences: int) -> int:
    """Words of the evidence for so many sentences, its form included."""
    return 22 * sentences


def draft_talks(material: Material) -> tuple[EpisodeRundown, Talks]:
    """Draft a rundown, and talks of its lengths in the stories' own words."""
    rundown = guess_rundown(material.limits, material.edition.title)
    talks: Talks = {}
    for told in rundown.stories:
        text = _full_text(material, told.place)
        talks[told.place] = _talk(material.reporter_of(told.place), text, told.words)
    return rundown, talks


def draft_script(material: Material, writer: str) -> Script:
    """Draft a script of the length that one will have."""
    rundown, talks = draft_talks(material)
    presenter = material.cast.presenter
    texts = [_full_text(material, told.place) for told in rundown.stories]
    text = " ".join(texts)

    frame = {
        "opening": FramePart(_talk(presenter, text, OPENING_WORDS * 2 // 3), []),
        "close": FramePart(_talk(presenter, text, OPENING_WORDS // 3), []),
        "briefs": FramePart(_talk(presenter, text, BRIEF_WORDS * len(rundown.briefs)), []),
    }
    for told in rundown.stories:
        bridge = _talk(presenter, _full_text(material, told.place), BRIDGE_WORDS)
        frame[f"bridge {told.place}"] = FramePart(bridge, [])
    chapters = assemble_chapters(material.edition, rundown, talks, frame, {}, {})
    return Script(rundown.title, material.edition.date, chapters, writer=writer)


def _full_text(material: Material, place: int) -> str:
    story = material.edition.stories[place]
    return f"{story.title} {story.body.text}"


def _talk(speaker: str, text: str, words: int) -> list[SaidTurn]:
    """So many words of a text, over again where it is shorter, in turns of the usual length."""
    source = text.split()
    said = (source * (words // len(source) + 1))[:words]
    turns: list[SaidTurn] = []
    for at in range(0, len(said), TURN_WORDS):
        turns.append(SaidTurn(Turn(speaker, " ".join(said[at : at + TURN_WORDS]))))
    return turns
