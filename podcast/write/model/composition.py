"""One script in the making: rundown, stories in two waves, frame.

Each answer is checked before it is used.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from podcast.errors import WriteError
from podcast.language.english.claims import Finding, ShownEvidence, check_evidence
from podcast.language.english.sentence_splitter import split_sentences
from podcast.model import Role, Usd
from podcast.services.shapes import (
    Evidence,
    Rundown,
    Shape,
    SpokenFrame,
    SpokenStory,
    SpokenTurn,
)
from podcast.services.structured import Answer, Asker
from podcast.write.fact_check import EditionFacts, body_text
from podcast.write.model.call_progress import CallProgress
from podcast.write.model.dialogue import (
    FramePart,
    SaidTurn,
    count_words,
    describe_strangers,
    drop_sentences,
    find_silence_faults,
    find_turn_faults,
    read_turns,
)
from podcast.write.model.drafting import dialogue_words, rundown_words, verify_words
from podcast.write.model.material import Material
from podcast.write.model.repeats import HeardSentences
from podcast.write.model.rundown import (
    EpisodeRundown,
    ToldStory,
    find_rundown_faults,
    settle_rundown,
)
from podcast.write.model.story_check import StoryCheck, describe_findings, first_faults
from podcast.write.model.talk_length import describe_cut, shorten_passages, shorten_talk

S = TypeVar("S", bound=Shape)
# Place of a story to its talk.
Said = Mapping[int, Sequence[SaidTurn]]

# How far the frame may be above the length asked for before it is sent back.
FRAME_TOO_LONG, SPARE_FRAME_WORDS = 1.5, 40
# Words of a bridge, above which the frame is sent back.
LONGEST_BRIDGE = 45
# How far a talk may be from its weight before it cannot be used.
UNUSABLY_LONG, UNUSABLY_SHORT = 2.5, 0.25


class UnusableAnswerError(WriteError):
    """An answer that cannot be used, also when it was asked for again."""


@dataclass
class Composition:
    """The answers for one script. What each cost is in `costs`, also when a later one fails."""

    material: Material
    askers: Callable[[Role], Asker]
    jobs: int
    verifies: bool
    """True when a model is asked for the words behind each sentence."""
    progress: CallProgress
    costs: list[Usd] = field(default_factory=list)
    dropped: dict[int, list[str]] = field(default_factory=dict)
    """Place of a story to its sentences that were dropped, with the reason."""
    cut: dict[int, list[str]] = field(default_factory=dict)
    """Place of a story to what was cut from it for its length."""

    def plan(self) -> EpisodeRundown:
        """Have the episode planned.

        Raises UnusableAnswerError, OutageError, WriteError, BudgetError.
        """
        limits = self.material.limits
        with self.progress.call("the rundown") as on_words:
            answer = self.askers("rundown").ask(
                "rundown",
                self.material.rundown_data(),
                Rundown,
                rundown_words(len(limits.lengths)),
                partial(find_rundown_faults, limits=limits),
                on_words,
            )
        planned = self._take(answer, "the rundown")
        rundown = settle_rundown(planned, limits, self.material.edition.title)
        self.progress.total -= len(rundown.skipped)
        return rundown

    def tell(self, rundown: EpisodeRundown) -> dict[int, list[SaidTurn]]:
        """Have the stories told.

        Every other one, then those between, which see their neighbours.
        """
        said: dict[int, list[SaidTurn]] = {}
        for wave in (rundown.stories[0::2], rundown.stories[1::2]):
            tell_story = partial(self._tell_story, rundown, dict(said))
            with ThreadPoolExecutor(self.jobs) as executor:
                talks = executor.map(tell_story, wave)
                for told, talk in zip(wave, talks, strict=True):
                    said[told.place] = talk
        return self._drop_repeats(rundown, said)

    def frame(self, rundown: EpisodeRundown, said: Said) -> dict[str, FramePart]:
        """Have said what holds the stories together: by its place, bridges as `bridge 3`."""
        words = self.material.frame_words(rundown)
        facts = self.material.facts.for_told(len(rundown.stories))
        with self.progress.call("the frame") as on_words:
            answer = self.askers("frame").ask(
                "frame",
                self.material.frame_data(rundown, said),
                SpokenFrame,
                dialogue_words(words),
                lambda frame: self._find_frame_faults(rundown, facts, frame, said),
                on_words,
            )
        frame = self._take(answer, "the frame")

        parts: dict[str, FramePart] = {}
        heard = HeardSentences(_join_talks(said))
        for name, turns in _name_parts(frame).items():
            parts[name] = self._settle_part(facts, turns, heard)
        for name in ("opening", "close"):
            if name not in parts or not parts[name].said:
                raise UnusableAnswerError(
                    f"the {name} cannot be used: {'; '.join(answer.faults)}"
                )
        return parts

    # --- stories -----------------------------------------------------------------------------

    def _tell_story(
        self, rundown: EpisodeRundown, known: Said, told: ToldStory
    ) -> list[SaidTurn]:
        heard = _join_talks(known)
        check = StoryCheck(self.material, told, self.find_story_findings, heard)
        title = self.material.edition.stories[told.place].title
        with self.progress.call(f'"{told.chapter}" ({check.reporter})') as on_words:
            answer = self.askers("story").ask(
                "story",
                self.material.story_data(rundown, told, known),
                SpokenStory,
                dialogue_words(told.words),
                check.find_faults,
                on_words,
            )
        story = self._take(answer, f"the story '{title}'")

        said = read_turns(story.turns, self.material.table, check.reporter)
        if answer.value is None:
            said, self.dropped[told.place] = check.drop_faults(said, story)
        if not self._is_usable(said, told):
            why = "; ".join(answer.faults) or f"it has {count_words(said)} words"
            raise UnusableAnswerError(f"the story '{title}' cannot be used: {why}")
        return self._shorten(said, check)

    def _drop_repeats(self, rundown: EpisodeRundown, said: Said) -> dict[int, list[SaidTurn]]:
        """Say each sentence once in the episode; stories of one wave do not see each other."""
        heard = HeardSentences()
        talks: dict[int, list[SaidTurn]] = {}
        for told in rundown.stories:
            talk, dropped = drop_sentences(said[told.place], heard.find_fault)
            self.dropped.setdefault(told.place, []).extend(dropped)
            if not self._is_usable(talk, told):
                title = self.material.edition.stories[told.place].title
                raise UnusableAnswerError(
                    f"the story '{title}' cannot be used: it says what others say"
                )
            talks[told.place] = talk
        return talks

    def _is_usable(self, said: Sequence[SaidTurn], told: ToldStory) -> bool:
        return UNUSABLY_SHORT * told.words <= count_words(said) <= UNUSABLY_LONG * told.words

    def _shorten(self, said: list[SaidTurn], check: StoryCheck) -> list[SaidTurn]:
        """Hold a talk to its weight in the rundown, and each passage to 25 seconds."""
        notes: list[str] = []
        if not self.material.table.is_solo:
            said, cut = shorten_passages(said)
            if cut:
                notes.append(describe_cut(cut, "one person talked for more than 25 seconds"))
        said, cut = shorten_talk(said, check.most_words)
        if cut:
            why = f"the rundown gives it {check.told.words} words"
            notes.append(describe_cut(cut, why))
        self.cut[check.told.place] = notes
        return said

    def find_story_findings(self, place: int, text: str) -> tuple[Finding, ...]:
        """Hold what is said of a story against it: by rules, then by words a model shows."""
        findings = self.material.facts.check_story(place, text)
        if findings or not self.verifies:
            return findings
        return self._verify(place, text)

    def _verify(self, place: int, text: str) -> tuple[Finding, ...]:
        """Ask for the story's words behind each sentence, and look whether they carry it."""
        sentences = split_sentences(text)
        story = self.material.edition.stories[place]
        numbered: list[dict[str, object]] = []
        for number, sentence in enumerate(sentences, 1):
            numbered.append({"sentence": number, "text": sentence})
        data = {"source": f"{story.title}\n\n{body_text(story)}", "sentences": numbered}
        words = verify_words(len(sentences))
        with self.progress.aside(f"checking '{story.title[:40]}'") as on_words:
            asker = self.askers("verify")
            answer = asker.ask("verify", data, Evidence, words, lambda _: (), on_words)

        shown: list[ShownEvidence] = []
        for one in self._take(answer, "the evidence").sentences:
            if 1 <= one.sentence <= len(sentences):
                sentence = sentences[one.sentence - 1]
                shown.append(ShownEvidence(sentence, tuple(one.words), one.is_claim))
        return check_evidence(text, shown, self.material.facts.stories[place])

    # --- the frame ---------------------------------------------------------------------------

    def _find_frame_faults(
        self, rundown: EpisodeRundown, facts: EditionFacts, frame: SpokenFrame, said: Said
    ) -> Iterator[str]:
        yield from _find_missing_parts(rundown, frame)
        table = self.material.table
        turns = list(itertools.chain.from_iterable(_name_parts(frame).values()))
        yield from find_turn_faults(turns, table)

        around = read_turns(turns, table)
        if self.material.form == "conversation":
            yield from find_silence_faults(around, table)
        for sentence in HeardSentences(_join_talks(said)).list_repeats(around):
            yield f"this is said before, here or in a story: {sentence}"

        words, length = self.material.frame_words(rundown), count_words(around)
        if length > FRAME_TOO_LONG * words + SPARE_FRAME_WORDS:
            yield f"it has {length} words where about {words} are enough"
        yield from _find_long_bridges(frame)
        yield from describe_findings(_check_frame(facts, around))

    def _settle_part(
        self, facts: EditionFacts, turns: Sequence[SpokenTurn], heard: HeardSentences
    ) -> FramePart:
        table = self.material.table
        said = read_turns(turns, table)
        faults = first_faults(_check_frame(facts, said))

        def find_fault(sentence: str) -> str:
            return faults.get(sentence) or heard.find_fault(sentence)

        left, dropped = drop_sentences(said, find_fault)
        return FramePart(left, [*describe_strangers(turns, table), *dropped])

    def _take(self, answer: Answer[S], what: str) -> S:
        """Count what an answer cost, and take the best of it."""
        self.costs.append(answer.cost)
        value = answer.value or answer.flawed
        if value is None:
            raise UnusableAnswerError(f"{what} cannot be used: {'; '.join(answer.faults)}")
        return value


def _check_frame(facts: EditionFacts, said: Sequence[SaidTurn]) -> list[Finding]:
    findings: list[Finding] = []
    for each in said:
        findings += facts.check_frame(each.turn.text)
    return findings


def _join_talks(said: Said) -> list[SaidTurn]:
    """All turns of the stories that are written."""
    return list(itertools.chain.from_iterable(said.values()))


def _find_long_bridges(frame: SpokenFrame) -> Iterator[str]:
    """Find bridges that tell the story, which takes its time from others."""
    for bridge in frame.bridges:
        length = sum(len(turn.text.split()) for turn in bridge.turns)
        if length > LONGEST_BRIDGE:
            yield (
                f"the bridge to story {bridge.story} has {length} words, and thirty-five "
                "are the most"
            )


def _find_missing_parts(rundown: EpisodeRundown, frame: SpokenFrame) -> Iterator[str]:
    if not frame.opening or not frame.close:
        yield "the opening or the close is missing"
    bridged = {bridge.story for bridge in frame.bridges}
    for told in rundown.stories:
        if told.place + 1 not in bridged and not told.runs_on:
            yield f"the bridge to story {told.place + 1} is missing"


def _name_parts(frame: SpokenFrame) -> dict[str, list[SpokenTurn]]:
    parts = {
        "cold open": frame.cold_open,
        "opening": frame.opening,
        "briefs": frame.briefs,
        "close": frame.close,
    }
    for bridge in frame.bridges:
        parts.setdefault(f"bridge {bridge.story - 1}", bridge.turns)
    return parts
