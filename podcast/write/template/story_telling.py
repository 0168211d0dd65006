"""One story as turns: the host leads in, the reporter tells, the host asks in between."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from podcast.language.english.word_data import first_large
from podcast.model import Pause, Story, Turn
from podcast.write.story_gate import GOOD_FIT, title_fit
from podcast.write.template.dealing import Dealer
from podcast.write.template.grammar import (
    HANGS,
    LONGEST_SENTENCE,
    close,
    singular_article,
)
from podcast.write.template.host_questions import Question, find_question
from podcast.write.template.source_names import SpokenSource
from podcast.write.template.spoken_case import say_in_small
from podcast.write.template.title_text import is_cut, is_page_name, strip_title

# Words that a reporter says at most before the host says something, where sentences allow it.
LONGEST_REPORT = 70
# Words that stand at least between two breaks.
SHORTEST_REPORT = 18
# Words that the reporter has left at least after a break.
SHORTEST_END = 10
# Words that the host's lead-in has at most.
LONGEST_LEAD = 38
# Words of a sentence that the host tells herself between two passages.
LONGEST_TOLD = 30

# Words after which a host who tells a story alone takes a breath.
LONGEST_ALONE = 55
# Questions that a host does not ask herself.
_ASKED_OF_OTHERS = frozenset(("ask.else", "ask.steps"))
# Seconds between two items of a round-up.
BREATH = 0.5

# Words of a title that is said before a sentence that leans on it.
LONGEST_SPOKEN_TITLE = 14

_LEANS_ON_TITLE = re.compile(
    r"""
    (?:It|They|He|She|His|Her|Its|Their)\b
    # `This week` and `This is the last week` say themselves what they mean.
    | (?:This|That|These|Those)\ (?:has|have|was|were|will|would|can|could|may)\b
    """,
    re.VERBOSE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")
_WORK = re.compile(
    r"^(?:The|This)(?: recent| new)? (?P<kind>paper|article|study|research|guide|"
    r"piece)(?=,? (?:\w+ly )?[a-z]+s\b)"
)


_ALSO = "Also, "


@dataclass(frozen=True, slots=True)
class Report:
    """What the reporter has to say, and how the host leads in."""

    lead: str
    """The host's first sentences; empty when the reporter begins."""
    sentences: tuple[str, ...]
    names_source: bool
    """True when the lead says where the story comes from."""
    asked: str = ""
    """The kind of question that the host asks before the reporter begins."""
    is_roundup: bool = False
    items: frozenset[int] = frozenset()
    """Places of a round-up's sentences before which the reporter takes a breath."""


def title_before(story: Story, sentences: list[str]) -> str:
    """The story's title as a sentence, where the first sentence leans on it; empty elsewhere.

    `They have been closed since 2019` needs the title that a reader saw above it, and so does a
    list that nothing introduces.
    """
    is_list = bool(story.body.blocks) and story.body.blocks[0].kind == "list"
    if not sentences or not (is_list or _LEANS_ON_TITLE.match(sentences[0])):
        return ""
    if title_fit(story) < GOOD_FIT and not is_list:
        return ""

    title = strip_title(story.title)
    is_sayable = _can_be_said(title) and not is_cut(story.title)
    if not is_sayable or is_page_name(story.title):
        return ""
    return close(first_large(say_in_small(title, story.body.text)))


def _can_be_said(title: str) -> bool:
    """Whether a title is a few words, without signs of a page."""
    if re.search(r"[|<>{}\[\]]", title):
        return False
    return 1 < len(title.split()) <= LONGEST_SPOKEN_TITLE


# True when a paper stands alone, or where in a row of several.
PaperPlace = Literal["paper", "first", "next"]


def plan_report(
    story: Story,
    sentences: list[str],
    source: SpokenSource,
    dealer: Dealer,
    paper_place: PaperPlace = "paper",
) -> Report:
    """Give the host a first sentence that stands alone and leaves the reporter enough."""
    first, rest = sentences[0], tuple(sentences[1:])
    enough = sum(len(sentence.split()) for sentence in rest) >= 12
    if not enough or len(first.split()) > LONGEST_LEAD or _FIRST_PERSON.search(first):
        return Report("", tuple(sentences), names_source=False)

    work_lead = _name_work(story, first, source, dealer, paper_place)
    if work_lead:
        return Report(work_lead, rest, names_source=True)

    if HANGS.match(first):
        return Report("", tuple(sentences), names_source=False)
    return Report(first, rest, names_source=False)


def _name_work(
    story: Story, first: str, source: SpokenSource, dealer: Dealer, paper_place: PaperPlace
) -> str:
    """`The paper shows` as a host says it: `A new paper on arXiv shows`.

    Empty for other beginnings.
    """
    work = _WORK.match(first)
    if not work or not source.place:
        return ""

    noun = "paper" if work["kind"] == "research" else work["kind"]
    is_paper = story.paper and noun in ("paper", "study")
    opening = dealer.deal(
        f"work.{paper_place if is_paper else 'other'}", noun=noun, place=source.place
    )
    return f"{singular_article(opening)}{first[work.end() :]}"


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the host comes in: before a sentence, or with it."""

    kind: Literal["question", "host tells", "go on"]
    cost: float
    """How much worse it sounds than no break; a good question is better than none."""
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class _Telling:
    """A way to tell a story up to some sentence."""

    cost: float = 0.0
    breaks: tuple[tuple[int, Break], ...] = ()

    def then(self, at: int, pause: Break) -> _Telling:
        return _Telling(self.cost + pause.cost, (*self.breaks, (at, pause)))


def report_turns(
    report: Report, reporter: str, host: str, first_name: str, dealer: Dealer, manner: str
) -> list[Turn | Pause]:
    """The reporter's sentences in passages, with what the host says between them."""
    turns: list[Turn | Pause] = []
    passage: list[str] = []
    breaks = choose_breaks(report)
    for at, sentence in enumerate(vary_additions(report)):
        pause = breaks.get(at)
        if pause is None:
            if passage and at in report.items:
                turns += [Turn(reporter, " ".join(passage)), Pause(BREATH)]
                passage = []
            passage.append(sentence)
            continue

        turns.append(Turn(reporter, " ".join(passage)))
        if pause.kind == "host tells":
            turns.append(Turn(host, sentence))
            passage = []
        else:
            turns.append(Turn(host, _host_line(pause, first_name, dealer, manner)))
            passage = [pause.question.answer if pause.question else sentence]
    if passage:
        turns.append(Turn(reporter, " ".join(passage)))
    return turns


def tell_alone(
    said: list[str], report: Report, source: str, host: str, dealer: Dealer
) -> Iterator[Turn | Pause]:
    """A story that the host tells alone: in passages, once with a question to herself.

    Where it comes from is said at the end, where nothing points back over it.
    """
    passage = list(said)
    asked = _question_to_oneself(report)
    for at, sentence in enumerate(vary_additions(report)):
        question = asked.get(at)
        line = dealer.deal_once(question.kind.key, **question.fields) if question else None
        if question and line:
            passage += [line, question.answer]
        else:
            passage.append(sentence)
        is_long = sum(len(each.split()) for each in passage) > LONGEST_ALONE
        if is_long and at + 1 < len(report.sentences):
            yield Turn(host, " ".join(passage))
            yield Pause(BREATH)
            passage = []
    yield Turn(host, " ".join(filter(None, [*passage, source])))


def _question_to_oneself(report: Report) -> dict[int, Question]:
    """The best question of a story that a host can ask and answer; at most one."""
    best: dict[int, Question] = {}
    for at, sentence in enumerate(report.sentences[1:], start=1):
        said = " ".join(report.sentences[:at])
        question = find_question(sentence, said, report.sentences[at - 1])
        if question is None or question.kind.key in _ASKED_OF_OTHERS:
            continue
        if not best or question.kind.weight > next(iter(best.values())).kind.weight:
            best = {at: question}
    return best


def vary_additions(report: Report) -> list[str]:
    """Say the second `Also,` of a story in another way; in a round-up, the first as well."""
    additions = iter(["In other news, "] if report.is_roundup else [_ALSO])
    said: list[str] = []
    for sentence in report.sentences:
        addition = ""
        if sentence.startswith(_ALSO):
            addition = next(additions, "And ")
        said.append(addition + sentence.removeprefix(_ALSO))
    return said


def choose_breaks(report: Report) -> dict[int, Break]:
    """Where the host comes in, by the place of the sentence.

    They are chosen together, so that as few as can be carry nothing: best is a question that
    the next sentence answers, then a sentence that the host tells, then `go on`, which comes
    once in a story.
    """
    count = len(report.sentences)
    possible = _possible_breaks(report)
    best: _Best = {(0, False): _Telling()}
    whole: list[_Telling] = []
    for start, went_on in itertools.product(range(count), (False, True)):
        telling = best.get((start, went_on))
        if telling is None:
            continue

        for end, cost in _passages_from(report, start):
            told = dataclasses.replace(telling, cost=telling.cost + cost)
            if end == count:
                whole.append(told)
            else:
                _break_before(end, told, possible[end], best, went_on=went_on)
    if not whole:
        return {}
    return dict(min(whole, key=lambda telling: telling.cost).breaks)


# The best way to tell a story up to a sentence, without and with a `go on`.
_Best = dict[tuple[int, bool], _Telling]


def _break_before(
    end: int, told: _Telling, breaks: list[Break], best: _Best, *, went_on: bool
) -> None:
    """Note each way to go on after a passage where it is better than what is known."""
    for pause in breaks:
        if pause.kind == "go on" and went_on:
            continue
        key = (end + (pause.kind == "host tells"), went_on or pause.kind == "go on")
        new = told.then(end, pause)
        if key not in best or new.cost < best[key].cost:
            best[key] = new


def list_questions(report: Report) -> set[str]:
    """The kinds of question that the host asks within a report."""
    breaks = choose_breaks(report).values()
    return {pause.question.kind.key for pause in breaks if pause.question is not None}


def _passages_from(report: Report, start: int) -> Iterator[tuple[int, float]]:
    """The ends of the passages that may start at a sentence, with what each costs."""
    words = 0
    count = len(report.sentences)
    for end in range(start + 1, count + 1):
        words += len(report.sentences[end - 1].split())
        if words > LONGEST_REPORT:
            yield end, (words - LONGEST_REPORT) * 0.5
            return
        least = SHORTEST_END if end == count else SHORTEST_REPORT
        yield end, 0.0 if words >= least else 4.0


def _possible_breaks(report: Report) -> list[list[Break]]:
    """What the host may say before, or with, each sentence.

    A kind of question comes once in a story.
    """
    asked = {report.asked}
    possible: list[list[Break]] = []
    said = report.lead
    last = report.lead
    for at, sentence in enumerate(report.sentences):
        breaks: list[Break] = []
        question = find_question(sentence, said, last)
        if question and question.kind.key not in asked:
            breaks.append(Break("question", 3.0 - 0.5 * question.kind.weight, question))
            asked.add(question.kind.key)
        if 0 < at < len(report.sentences) - 1 and _host_can_tell(sentence):
            breaks.append(Break("host tells", 2.0))
        breaks.append(Break("go on", 10.0 if _COUNTED.match(sentence) else 4.0))
        possible.append(breaks)
        said, last = f"{said[-LONGEST_SENTENCE:]} {sentence}", sentence
    return possible


# An item of a list that is counted: it stays with who began the list.
_COUNTED = re.compile(r"(?:Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|And last),")


def _host_can_tell(sentence: str) -> bool:
    """Tell whether a sentence stands alone, so that the host may say it between others."""
    words = sentence.split()
    if (
        not 8 <= len(words) <= LONGEST_TOLD
        or HANGS.match(sentence)
        or _FIRST_PERSON.search(sentence)
        or _COUNTED.match(sentence)
    ):
        return False
    return not re.search(
        r"^(?:The|An?) (?:\w+ )?also\b|:|^(?:First|Second|Third|Fourth|And)\b|\balso\b",
        sentence,
    )


def _host_line(pause: Break, first_name: str, dealer: Dealer, manner: str) -> str:
    """What the host asks before a sentence, or that the reporter may go on."""
    if pause.question is not None:
        fields = {**pause.question.fields, "first": first_name}
        line = dealer.deal_once(pause.question.kind.key, **fields)
        if line:
            return line
    for key in dict.fromkeys((manner, "plain", "warm")):
        line = dealer.deal_once(f"remark.{key}", first=first_name)
        if line:
            return line
    return dealer.deal("remark.plain", first=first_name)
