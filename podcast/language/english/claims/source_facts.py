"""Everything that may be said of a story.

Its source's sentences, and the names and dates known besides.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from podcast.language.english.claims.calendar_days import CalendarDay, of_date
from podcast.language.english.claims.clauses import (
    ClaimSentence,
    ClaimWord,
    collect_keys,
    count_sharing,
    parse_sentence,
)
from podcast.language.english.claims.figure_context import Figure, read_figures
from podcast.language.english.claims.quantities import Quantity
from podcast.language.english.claims.word_forms import bare_word, keys
from podcast.language.english.sentence_splitter import split_sentences

# The part of a sentence's words that a source's sentence must have to be what it tells.
COVERED = 0.6

# The part of a sentence's words that the source must have in their order for it to be the
# source's own.
WORDED = 0.9

_GREEK = re.compile("[Α-Ωα-ω∆]")
# The sign of a difference looks like a Delta, and is read as one.
_INCREMENT = str.maketrans("∆", "Δ")
_LIST_JOINTS = frozenset(("and", "or", "&"))
# Marks over which no enumeration reaches.
_PART_MARKS = ".;:—–()?!"
# Words of the last item of an enumeration, which no comma ends.
_LONGEST_ITEM = 7
_LIST_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+")
_ACRONYM = re.compile(
    r"""
    # Two to seven words, with small words between: "International Harbour Institute" ...
    ( (?: [^\W\d_][\w'’-]* [ -]+ (?:of\ |and\ |for\ |the\ )* ){1,6} [^\W\d_][\w'’-]* )
    # ... and their letters behind in brackets, perhaps several of the kind: "(LLMs)".
    \s+ \( ([^\W\d_]{2,8})s? \)
    """,
    re.VERBOSE,
)
_NAME_RUN = re.compile(r"(?:\b[A-Z][\w-]*(?: (?:of|and|for|the))? ?){2,6}")


@dataclass(frozen=True)
class SourceFacts:
    """The texts that a sentence may rest on."""

    text: str
    """The story: its title and its paragraphs, parted by empty lines; list items start with a
    mark."""
    other_texts: tuple[str, ...] = ()
    """What else may be told: earlier headlines, the show's own words."""
    known_names: tuple[str, ...] = ()
    """Names of people, show, sources: said without being in the story."""
    known_days: tuple[dt.date, ...] = ()
    """Dates that may be said: the edition's and its earlier headlines'."""
    counts: tuple[int, ...] = field(default=())
    """Other true counts: of stories, of reporters."""

    @cached_property
    def sentences(self) -> tuple[ClaimSentence, ...]:
        """The story's sentences."""
        return tuple(_parse_sentences(self.text))

    @cached_property
    def all_sentences(self) -> tuple[ClaimSentence, ...]:
        """The story's sentences and those of the other texts."""
        sentences = list(self.sentences)
        for text in self.other_texts:
            sentences += _parse_sentences(text)
        return tuple(sentences)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of every word of the story and the other texts."""
        own: set[str] = set()
        for sentence in self.all_sentences:
            own |= collect_keys(sentence.words)
        return self.known_name_keys | own

    @cached_property
    def known_name_keys(self) -> frozenset[str]:
        """Keys of the names that are known besides."""
        return _keys_of_text(" ".join(self.known_names))

    @cached_property
    def plain_text(self) -> str:
        """Story, other texts and names in small letters and single spaces, without marks."""
        return f" {plain_words(' '.join((self.text, *self.other_texts, *self.known_names)))} "

    @cached_property
    def joined_text(self) -> str:
        """The same without spaces: for names that are written apart or together."""
        return self.plain_text.replace(" ", "")

    @cached_property
    def initials(self) -> frozenset[str]:
        """Initials of the names that the texts have."""
        initials: set[str] = set()
        for text in (self.text, *self.other_texts, *self.known_names):
            initials.update(_all_initials(text))
        return frozenset(initials)

    @cached_property
    def acronyms(self) -> dict[str, frozenset[str]]:
        """Acronyms that the story explains, with the keys of the words that they stand for."""
        acronyms: dict[str, frozenset[str]] = {}
        for long_form, short_form in _ACRONYM.findall(self.text):
            word_keys = map(keys, long_form.split())
            acronyms[bare_word(short_form)] = frozenset().union(*word_keys)
        return acronyms

    @cached_property
    def figures(self) -> tuple[tuple[Figure, ClaimSentence], ...]:
        """All numbers and dates with their sentences."""
        pairs: list[tuple[Figure, ClaimSentence]] = []
        for sentence in self.all_sentences:
            pairs += [(figure, sentence) for figure in read_figures(sentence)]
        return tuple(pairs)

    @cached_property
    def days(self) -> tuple[CalendarDay, ...]:
        """All dates: the texts' and those known besides."""
        own = map(self._with_year, self.written_days)
        return (*own, *map(of_date, self.known_days))

    @cached_property
    def written_days(self) -> tuple[CalendarDay, ...]:
        """The dates of the texts, as they are written there."""
        facts = (figure.fact for figure, _ in self.figures)
        return tuple(fact for fact in facts if isinstance(fact, CalendarDay))

    def _with_year(self, day: CalendarDay) -> CalendarDay:
        """A date that lacks its year with the edition's, so that its weekday is known."""
        if day.year or not day.day or not self.known_days:
            return day
        return replace(day, year=self.known_days[0].year)

    @cached_property
    def list_lengths(self) -> frozenset[Decimal]:
        """How many items the story's lists have, in lines or within a sentence."""
        # A story may be a list of its sentences, with or without the one that announces it.
        count = len(self.sentences)
        lengths = {*self.bullet_counts, *map(Decimal, (*self.counts, count, count - 1))}
        for sentence in self.sentences:
            lengths.update(Decimal(len(items)) for items in inline_lists(sentence))
        return frozenset(lengths)

    @cached_property
    def bullet_counts(self) -> frozenset[Decimal]:
        """How many items the story's lists in lines have, up to each item."""
        return frozenset(_bullet_counts(self.text))

    def spans(self) -> Iterator[Decimal]:
        """Lengths in days of the ranges that the story's dates make."""
        for sentence in self.sentences:
            yield from _day_spans(sentence)

    def quantities(self) -> Iterator[tuple[Quantity, Figure, ClaimSentence]]:
        """All numbers with their figures and sentences."""
        for figure, sentence in self.figures:
            if isinstance(figure.fact, Quantity):
                yield figure.fact, figure, sentence

    def has_wording(self, sentence: ClaimSentence) -> bool:
        """Tell whether one of the texts has a sentence nearly word for word, in its order."""
        stems = _content_stems(sentence)
        return any(_in_order(stems, _content_stems(theirs)) for theirs in self.all_sentences)

    def is_told_by(self, sentence: str, own: SourceFacts) -> bool:
        """Tell whether a sentence tells this story, and not rather its own."""
        coverage = self.coverage(sentence)
        return coverage >= COVERED and (
            coverage > own.coverage(sentence) or self.text in own.text
        )

    def coverage(self, sentence: str) -> float:
        """The part of a sentence's words that one sentence of the story has."""
        words = parse_sentence(sentence).content
        counts = (count_sharing(words, theirs.all_keys) for theirs in self.sentences)
        return max(counts, default=0) / max(len(words), 2)

    def word_keys(self, word: ClaimWord) -> frozenset[str]:
        """A word's keys; an acronym's with those of the words that it stands for."""
        return word.keys | self.acronyms.get(word.small, frozenset())

    def shares_key(self, words: Iterable[ClaimWord], wanted_keys: frozenset[str]) -> bool:
        """Tell whether one of the words has one of the keys, acronyms being spelled out."""
        return any(self.word_keys(word) & wanted_keys for word in words)

    def count_sharing(self, words: Iterable[ClaimWord], wanted_keys: frozenset[str]) -> int:
        """Count the words that have one of the keys, acronyms being spelled out."""
        return sum(bool(self.word_keys(word) & wanted_keys) for word in words)


def closest_sentence(
    sentences: Iterable[ClaimSentence], closeness: Callable[[ClaimSentence], int]
) -> ClaimSentence | None:
    """The first of the closest sentences; None where there are none."""
    return max(sentences, key=closeness, default=None)


def _content_stems(sentence: ClaimSentence) -> list[str]:
    return [word.stem for word in sentence.content]


def _keys_of_text(text: str) -> frozenset[str]:
    """Keys of all words of a text, tagged or not."""
    return frozenset().union(*map(keys, re.findall(r"[\w.'’]+", text)))


def _day_spans(sentence: ClaimSentence) -> Iterator[Decimal]:
    """Lengths of a sentence's ranges of days, both ends counted."""
    facts = (figure.fact for figure in read_figures(sentence))
    days = [fact for fact in facts if isinstance(fact, CalendarDay) and fact.day]

    for first in days:
        if first.last_day:
            yield Decimal(first.last_day - first.day + 1)
        for last in days:
            if first.month == last.month and last.day > first.day:
                yield Decimal(last.day - first.day + 1)


def _in_order(said: Sequence[str], source: Sequence[str]) -> bool:
    """Tell whether nearly all of `said` comes in `source` in the same order."""
    at, hits = 0, 0
    for word in said:
        if word in source[at:]:
            at = source.index(word, at) + 1
            hits += 1
    return hits >= WORDED * max(len(said), 1)


def plain_words(text: str) -> str:
    """The words of a text in small letters, without marks, parted by single spaces."""
    letters = text.translate(_INCREMENT)
    spelled = _GREEK.sub(lambda letter: unicodedata.name(letter[0]).split()[-1], letters)
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’*]", "", spelled.casefold())))


def inline_lists(sentence: ClaimSentence) -> Iterator[tuple[tuple[ClaimWord, ...], ...]]:
    """The enumerations of a sentence: items parted by commas, the last after "and" or "or"."""
    items: list[list[ClaimWord]] = [[]]
    for word in sentence.words:
        is_joint = word.text.casefold() in _LIST_JOINTS
        if word.text == "," or is_joint:
            if items[-1]:
                items.append([])
            if is_joint and len(items) > 2:
                yield (*map(tuple, items[:-1]), _last_item(sentence, word))
        elif word.text in _PART_MARKS:
            items = [[]]
        else:
            items[-1].append(word)


def _last_item(sentence: ClaimSentence, mark: ClaimWord) -> tuple[ClaimWord, ...]:
    item: list[ClaimWord] = []
    for word in sentence.words:
        if word.start <= mark.start:
            continue
        if word.text in f",{_PART_MARKS}" or len(item) >= _LONGEST_ITEM:
            break
        item.append(word)
    return tuple(item)


def _parse_sentences(text: str) -> Iterator[ClaimSentence]:
    for paragraph in _unwrap_paragraphs(text):
        plain = paragraph.replace("**", "").replace("`", "")
        yield from map(parse_sentence, split_sentences(plain))


def _unwrap_paragraphs(text: str) -> Iterator[str]:
    """Paragraphs and list items, each on one line."""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        item = _LIST_ITEM.match(line)
        if lines and (item or not line.strip()):
            yield " ".join(lines)
            lines = []
        if line.strip():
            mark = item[0] if item else ""
            lines.append(line.removeprefix(mark).strip())


def _bullet_counts(text: str) -> Iterable[Decimal]:
    length = 0
    for line in [*text.splitlines(), ""]:
        if _LIST_ITEM.match(line):
            length += 1
            yield Decimal(length)
        elif line.strip():
            length = 0


def _all_initials(text: str) -> Iterator[str]:
    for run in _NAME_RUN.findall(text):
        large_words = [part for part in re.split(r"[ -]", run) if part[:1].isupper()]
        letters = "".join(word[0] for word in large_words).casefold()
        # The run may hold more than the name: "At the Coast Survey" is CS, too.
        for start, end in combinations(range(len(letters) + 1), 2):
            if end - start >= 2:
                yield letters[start:end]
