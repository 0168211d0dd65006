"""One script in the making: rundown, stories in two waves, frame; each answer checked before it is used."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from podcast.errors import WriteError
from podcast.language.english.claims import Finding, ShownEvidence, check_evidence
from podcast.language.english.sentence_splitter import split_sentences
from podcast.model import Role, Usd
from podcast.services.adapter import OnProgress
from podcast.services.shapes import (
    Evidence,
    Rundown,
    Shape,
    SpokenFrame,
    SpokenStory,
    SpokenTurn,
)
from podcast.services.structured import Answer, Asker
from podcast.write.fact_check import body_text
from podcast.write.model.dialogue import (
    FramePart,
    SaidTurn,
    drop_sentences,
    find_pace_faults,
    find_turn_faults,
    read_turns,
    text_of,
)
from podcast.write.model.drafting import TURN_WORDS, draft_talks
from podcast.write.model.material import Material
from podcast.write.model.rundown import (
    EpisodeRundown,
    ToldStory,
    find_rundown_faults,
    settle_rundown,
)

log = logging.getLogger(__name__)

S = TypeVar("S", bound=Shape)

TOO_LONG, TOO_SHORT = 1.5, 0.45
"""How far an answer may be from the length asked for before it is sent back."""
UNUSABLY_LONG, UNUSABLY_SHORT = 2.5, 0.25
"""And before it cannot be used."""
TURN_FORM = 17
"""Words that the form of a turn is worth, in tokens."""


class UnusableAnswerError(WriteError):
    """An answer that cannot be used, also when it was asked for again."""


@dataclass
class Composition:
    """The answers for one script. What each cost is in `costs`, also when a later one fails."""

    material: Material
    askers: Callable[[Role], Asker]
    jobs: int
    verifies: bool
    """Whether a model is asked for the words behind each sentence."""
    on_progress: OnProgress
    costs: list[Usd] = field(default_factory=list)
    dropped: dict[int, list[str]] = field(default_factory=dict)
    """Place of a story to its sentences that were dropped, with the reason."""

    def plan(self) -> EpisodeRundown:
        """Have the episode planned. Raises UnusableAnswerError, OutageError, WriteError, BudgetError."""
        self.on_progress("writing the rundown", 0, 1)
        limits = self.material.limits
        answer = self.askers("rundown").ask(
            "rundown",
            self.material.rundown_data(),
            Rundown,
            rundown_words(len(limits.lengths)),
            lambda rundown: find_rundown_faults(rundown, limits),
        )
        rundown = self._take(answer, "the rundown")
        self.on_progress("writing the rundown", 1, 1)
        return settle_rundown(rundown, limits, self.material.edition.title)

    def tell(self, rundown: EpisodeRundown) -> dict[int, list[SaidTurn]]:
        """Have the stories told: every other one first, then those between, which see their neighbours."""
        said: dict[int, list[SaidTurn]] = {}
        total = len(rundown.stories)
        for wave in (rundown.stories[0::2], rundown.stories[1::2]):
            known = dict(said)
            with ThreadPoolExecutor(self.jobs) as executor:
                talks = executor.map(
                    lambda told, known=known: self._tell_story(rundown, told, known), wave
                )
                for told, talk in zip(wave, talks, strict=True):
                    said[told.place] = talk
                    self.on_progress("writing the stories", len(said), total)
        return said

    def frame(
        self, rundown: EpisodeRundown, said: Mapping[int, Sequence[SaidTurn]]
    ) -> dict[str, FramePart]:
        """Have said what holds the stories together: by the name of the place, bridges as `bridge 3`."""
        self.on_progress("writing the frame", 0, 1)
        words = self.material.frame_words(rundown)
        answer = self.askers("frame").ask(
            "frame",
            self.material.frame_data(rundown, said),
            SpokenFrame,
            dialogue_words(words),
            lambda frame: self._frame_faults(rundown, frame, words),
        )
        frame = self._take(answer, "the frame")
        parts = {name: self._settle_part(turns) for name, turns in _frame_parts(frame).items()}
        for name in ("opening", "close"):
            if name not in parts or not parts[name].said:
                raise UnusableAnswerError(
                    f"the {name} cannot be used: {'; '.join(answer.faults)}"
                )
        self.on_progress("writing the frame", 1, 1)
        return parts

    # --- stories --------------------------------------------------------------------------------

    def _tell_story(
        self, rundown: EpisodeRundown, told: ToldStory, known: Mapping[int, Sequence[SaidTurn]]
    ) -> list[SaidTurn]:
        reporter = self.material.reporter_of(told.place)
        check = _StoryCheck(self, told, reporter)
        answer = self.askers("story").ask(
            "story",
            self.material.story_data(rundown, told, known),
            SpokenStory,
            dialogue_words(told.words),
            check.find_faults,
        )
        title = self.material.edition.stories[told.place].title
        story = self._take(answer, f"the story '{title}'")
        said = read_turns(story.turns, self.material.table, reporter)
        if answer.value is None:
            said, self.dropped[told.place] = drop_sentences(
                said, check.faults_of(text_of(said), story)
            )
        length = len(text_of(said).split())
        if not UNUSABLY_SHORT * told.words <= length <= UNUSABLY_LONG * told.words:
            why = "; ".join(answer.faults) or f"it has {length} words"
            raise UnusableAnswerError(f"the story '{title}' cannot be used: {why}")
        return said

    def find_story_findings(self, place: int, text: str) -> tuple[Finding, ...]:
        """Hold what is said of a story against it: by rules, then by the words that a model shows."""
        findings = self.material.facts.check_story(place, text)
        if findings or not self.verifies:
            return findings
        return self._verify(place, text)

    def _verify(self, place: int, text: str) -> tuple[Finding, ...]:
        """Ask for the story's own words behind each sentence, and look whether they carry it."""
        sentences = split_sentences(text)
        story = self.material.edition.stories[place]
        data = {
            "source": f"{story.title}\n\n{body_text(story)}",
            "sentences": [
                {"sentence": n, "text": sentence} for n, sentence in enumerate(sentences, 1)
            ],
        }
        words = verify_words(len(sentences))
        answer = self.askers("verify").ask("verify", data, Evidence, words, lambda _: ())
        evidence = self._take(answer, "the evidence")
        shown = [
            ShownEvidence(sentences[one.sentence - 1], tuple(one.words), one.is_claim)
            for one in evidence.sentences
            if 1 <= one.sentence <= len(sentences)
        ]
        return check_evidence(text, shown, self.material.facts.stories[place])

    # --- the frame ------------------------------------------------------------------------------

    def _frame_faults(
        self, rundown: EpisodeRundown, frame: SpokenFrame, words: int
    ) -> Iterator[str]:
        if not frame.opening or not frame.close:
            yield "the opening or the close is missing"
        bridged = {bridge.story for bridge in frame.bridges}
        for told in rundown.stories:
            if told.place + 1 not in bridged and not told.runs_on:
                yield f"the bridge to story {told.place + 1} is missing"
        turns = [turn for part in _frame_parts(frame).values() for turn in part]
        yield from find_turn_faults(turns, self.material.table)
        length = sum(len(turn.text.split()) for turn in turns)
        if length > TOO_LONG * words + 40:
            yield f"it has {length} words where about {words} are enough"
        findings = [f for turn in turns for f in self.material.facts.check_frame(turn.text)]
        yield from describe_findings(findings)

    def _settle_part(self, turns: Sequence[SpokenTurn]) -> FramePart:
        said = read_turns(turns, self.material.table)
        findings = [f for each in said for f in self.material.facts.check_frame(each.turn.text)]
        return FramePart(*drop_sentences(said, first_faults(findings)))

    def _take(self, answer: Answer[S], what: str) -> S:
        """Count what an answer cost, and take the best of it."""
        self.costs.append(answer.cost)
        value = answer.value or answer.flawed
        if value is None:
            raise UnusableAnswerError(f"{what} cannot be used: {'; '.join(answer.faults)}")
        return value

    # --- before anything is asked ---------------------------------------------------------------

    def estimate(self) -> list[Usd | None]:
        """Estimate what each call will cost, asking none."""
        material = self.material
        rundown, draft = draft_talks(material)
        planned = rundown_words(len(material.limits.lengths))
        costs = [self.askers("rundown").estimate("rundown", material.rundown_data(), planned)]
        for at, told in enumerate(rundown.stories):
            known = draft if at % 2 else {}
            data = material.story_data(rundown, told, known)
            costs.append(
                self.askers("story").estimate("story", data, dialogue_words(told.words))
            )
            if self.verifies:
                data = {
                    "source": material.edition.stories[told.place].body.text,
                    "text": "-" * 6 * told.words,
                }
                words = verify_words(told.words // 9)
                costs.append(self.askers("verify").estimate("verify", data, words))
        frame_words = dialogue_words(material.frame_words(rundown))
        costs.append(
            self.askers("frame").estimate(
                "frame", material.frame_data(rundown, draft), frame_words
            )
        )
        return costs


@dataclass
class _StoryCheck:
    """What is wrong with the answers for one story; remembers the last answer's findings."""

    composition: Composition
    told: ToldStory
    reporter: str
    findings: tuple[Finding, ...] = ()
    checked: SpokenStory | None = None

    def find_faults(self, story: SpokenStory) -> Iterator[str]:
        table = self.composition.material.table
        self.checked = story
        yield from find_turn_faults(story.turns, table, self.reporter)
        said = read_turns(story.turns, table, self.reporter)
        yield from find_pace_faults(said, table)
        length = len(text_of(said).split())
        if not TOO_SHORT * self.told.words <= length <= TOO_LONG * self.told.words:
            yield f"it has {length} words where {self.told.words} were asked for"
        self.findings = self.composition.find_story_findings(self.told.place, text_of(said))
        yield from describe_findings(self.findings)

    def faults_of(self, text: str, story: SpokenStory) -> dict[str, str]:
        """Each sentence at fault in the answer that is used, with what is wrong."""
        if story is not self.checked:
            self.findings = self.composition.find_story_findings(self.told.place, text)
        return first_faults(self.findings)


def first_faults(findings: Sequence[Finding]) -> dict[str, str]:
    """Each sentence at fault with the first thing that is wrong with it."""
    faults: dict[str, str] = {}
    for finding in findings:
        faults.setdefault(finding.sentence.strip(), finding.what)
    return faults


def describe_findings(findings: Sequence[Finding]) -> Iterator[str]:
    """Say each finding for the model, with what the source has instead."""
    for finding in dict.fromkeys(findings):
        instead = f" (the source has: {finding.source})" if finding.source else ""
        yield f"{finding.what}: {finding.sentence}{instead}"


def _frame_parts(frame: SpokenFrame) -> dict[str, list[SpokenTurn]]:
    parts = {
        "cold open": frame.cold_open,
        "opening": frame.opening,
        "briefs": frame.briefs,
        "close": frame.close,
    }
    for bridge in frame.bridges:
        parts.setdefault(f"bridge {bridge.story - 1}", bridge.turns)
    return parts


def dialogue_words(words: int) -> int:
    """So many words of dialogue, with the form of its turns."""
    return words + round(words / TURN_WORDS) * TURN_FORM


def rundown_words(stories: int) -> int:
    """Words of a rundown, its form included."""
    return 60 + 75 * stories


def verify_words(sentences: int) -> int:
    """Words of the evidence for so many sentences, its form included."""
    return 22 * sentences
