"""Hold a script against its edition, sentence by sentence."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from podcast.language.english.claims import (
    Finding,
    SourceFacts,
    check_sentences,
    is_about_programme,
)
from podcast.language.english.spelling import without_markup
from podcast.language.english.word_data import load
from podcast.model import Block, Edition, Headline, Script, ScriptChapter, Story, Turn
from podcast.write.story_gate import count_told
from podcast.write.told_before import find_earlier_tellings

# How numbers of stories are known: the stem of their noun.
_STORY_NOUN = "stori"
_GREEK = re.compile(r"[\u0370-\u03ff]")
_OWN_KINDS = ("question", "unsupported")
# Words of a title that a chapter must share with a story to be its telling.
_OPENS_AGAIN = 2


@dataclass(frozen=True, slots=True)
class ScriptFault:
    """A sentence of a script that its edition does not support."""

    line: int
    """Its turn's line in the saved script, counted from 1; 0 when it was not read from a
    file."""
    chapter: str
    speaker: str
    finding: Finding


class EditionFacts:
    """All that may be said of an edition: of each story, and around them."""

    def __init__(
        self,
        edition: Edition,
        known_names: Iterable[str] = (),
        earlier_scripts: Sequence[Script] = (),
    ) -> None:
        """`known_names` may be said besides.

        What `earlier_scripts` said of a story may be recalled.
        """
        names = tuple(known_names)
        self.edition = edition
        self._known_names = names
        self._told: int | None = None
        self.stories = [
            story_facts(story, edition, names, earlier_scripts) for story in edition.stories
        ]
        self.whole = edition_facts(edition, names)

    def for_told(self, count: int) -> EditionFacts:
        """The same for a script that tells, and may say there are, `count` of the stories."""
        facts = copy.copy(self)
        facts._told = count
        facts.whole = edition_facts(self.edition, self._known_names, told=count)
        facts.stories = [
            dataclasses.replace(story, counts=facts.whole.counts) for story in self.stories
        ]
        return facts

    def check_story(self, place: int, text: str) -> tuple[Finding, ...]:
        """Everything in a passage of a story's chapter that the edition does not support."""
        return self._check(text, self.stories[place])

    def check_frame(self, text: str) -> tuple[Finding, ...]:
        """Everything in a passage around the stories that the edition does not support."""
        return (*self._check(text, self.whole), *self._find_miscounts(text))

    def _find_miscounts(self, text: str) -> Iterator[Finding]:
        """Find numbers of stories that are more than the script tells."""
        if self._told is None:
            return
        for quantity, _, sentence in SourceFacts(text).quantities():
            is_too_many = quantity.noun == _STORY_NOUN and min(quantity.values) > self._told
            if is_too_many and not quantity.is_place and not self.whole.has_wording(sentence):
                what = f"not so many stories are told: {self._told}"
                yield Finding("number", sentence.text, what)

    def _check(self, text: str, own: SourceFacts) -> tuple[Finding, ...]:
        findings = _supported_elsewhere(check_sentences(text, own), own, self.stories)
        return tuple(
            finding for finding in findings if not self._speaks_across_stories(finding)
        )

    def _speaks_across_stories(self, finding: Finding) -> bool:
        """Tell whether a sentence asks what one story means for another, or announces several.

        What a question supposes of its own story is no matter of another.
        """
        sentence = finding.sentence
        asks = sentence.rstrip("\"”'’").endswith("?") and finding.kind not in _OWN_KINDS
        if not asks and not is_about_programme(sentence):
            return False
        return not check_sentences(sentence, self.whole)


def check_script(
    script: Script,
    edition: Edition,
    known_names: Iterable[str] = (),
    earlier_scripts: Sequence[Script] = (),
) -> tuple[ScriptFault, ...]:
    """Everything in a script that its edition does not support.

    `known_names` may be said besides: the show's title, its people.
    """
    names = (*known_names, *(turn.speaker for turn in script.turns), script.title)
    places = [find_told_story(chapter, edition) for chapter in script.chapters]
    told = {place for place in places if place is not None}
    facts = EditionFacts(edition, names, earlier_scripts).for_told(len(told))

    faults: list[ScriptFault] = []
    for place, chapter in zip(places, script.chapters, strict=True):
        for turn in chapter.items:
            if isinstance(turn, Turn):
                faults += _find_turn_faults(turn, chapter, place, facts)
    return tuple(faults)


def _find_turn_faults(
    turn: Turn, chapter: ScriptChapter, place: int | None, facts: EditionFacts
) -> Iterator[ScriptFault]:
    """Find faults in what one person says; `place` is the story's, None around the stories."""
    if place is None:
        findings = facts.check_frame(turn.text)
    else:
        findings = facts.check_story(place, turn.text)
    for finding in findings:
        yield ScriptFault(turn.line, chapter.title, turn.speaker, finding)


def story_facts(
    story: Story,
    edition: Edition,
    known_names: Iterable[str] = (),
    earlier_scripts: Sequence[Script] = (),
) -> SourceFacts:
    """What may be said when one story is told."""
    headlines = _headlines(story)
    tellings = find_earlier_tellings(story, earlier_scripts)
    return SourceFacts(
        text=f"{story.title}\n\n{_known_text(story)}",
        other_texts=(
            edition.title,
            edition.subtitle,
            *(headline.title for headline in headlines),
            *(telling.text for telling in tellings),
        ),
        known_names=(*known_names, *_edition_people(edition), *_source_names(story)),
        known_days=(
            edition.date,
            *(headline.date for headline in headlines if headline.date),
            *(telling.date for telling in tellings),
        ),
        counts=_edition_counts(edition),
    )


def edition_facts(
    edition: Edition, known_names: Iterable[str] = (), told: int | None = None
) -> SourceFacts:
    """What may be said around the stories: at the opening, between them and at the close.

    `told` is how many of the stories a script tells, where that is known.
    """
    stories = edition.stories
    headlines = [headline for story in stories for headline in _headlines(story)]
    others = [headline.title for headline in (*headlines, *edition.others)]
    return SourceFacts(
        text="\n\n".join(f"{story.title}\n\n{_known_text(story)}" for story in stories),
        other_texts=(edition.title, edition.subtitle, *others),
        known_names=(
            *known_names,
            *_edition_people(edition),
            *(n for story in stories for n in _source_names(story)),
        ),
        known_days=(edition.date, *(headline.date for headline in headlines if headline.date)),
        counts=_edition_counts(edition, told),
    )


def body_text(story: Story) -> str:
    """A story's paragraphs, parted by empty lines; list items each on a line with a mark."""
    return "\n\n".join(text for block in story.body.blocks if (text := _block_text(block)))


def _known_text(story: Story) -> str:
    text = body_text(story)
    # A script has Greek letters in words ("Phi-sat"); one who reads both must find them in
    # both.
    return f"{text}\n\n{without_markup(text)}" if _GREEK.search(text) else text


def _block_text(block: Block) -> str:
    if block.kind == "list":
        return "\n".join(f"- {item.text}" for item in block.children)
    return block.text


def _supported_elsewhere(
    findings: Sequence[Finding], own: SourceFacts, sources: Sequence[SourceFacts]
) -> Iterator[Finding]:
    """The findings without those of a sentence that tells another story, such as a teaser."""
    for finding in findings:
        others = (source for source in sources if source.is_told_by(finding.sentence, own))
        if all(check_sentences(finding.sentence, source) for source in others):
            yield finding


def find_told_story(chapter: ScriptChapter, edition: Edition) -> int | None:
    """The place of the story that a chapter tells.

    None for the opening, the close and the like.
    """
    linked = []
    for place, story in enumerate(edition.stories):
        if chapter.source and chapter.source == story.link:
            linked.append(place)
    if len(linked) == 1:
        return linked[0]

    own = _title_words(chapter.title)
    shared = [len(own & _title_words(story.title)) for story in edition.stories]
    if linked:
        return max(linked, key=shared.__getitem__)
    if not shared or not max(shared):
        return None
    # A title of one word needs that word alone.
    best = max(range(len(shared)), key=shared.__getitem__)
    return best if shared[best] >= min(_OPENS_AGAIN, len(own)) else None


def _title_words(title: str) -> set[str]:
    return {word for word in re.findall(r"\w+", title.casefold()) if len(word) > 3}


def _headlines(story: Story) -> tuple[Headline, ...]:
    covered = (story.covered,) if story.covered else ()
    return (*story.previous, *story.see_also, *covered)


def _edition_people(edition: Edition) -> tuple[str, ...]:
    signers = (story.reporter for story in edition.stories)
    return tuple(dict.fromkeys((*(person.name for person in edition.staff), *signers)))


def _edition_counts(edition: Edition, told: int | None = None) -> tuple[int, ...]:
    """Counts that may be said of an edition without its text naming them."""
    reporters = {story.reporter for story in edition.stories}
    stories = (told,) if told is not None else (len(edition.stories), count_told(edition))
    return (*stories, len(reporters), len(edition.others))


def _source_names(story: Story) -> Iterator[str]:
    """A story's source as it may be named: its domain, and the name by which it is known."""
    host = (urlsplit(story.link).hostname or "").casefold().removeprefix("www.")
    for domain in {host, story.source.casefold().removeprefix("www.")}:
        yield domain.replace(".", " ").replace("-", " ")
        labels = domain.split(".")
        for start in range(len(labels) - 1):
            for names in load("sources").values():
                yield names.get(".".join(labels[start:]), "")
    yield story.source
