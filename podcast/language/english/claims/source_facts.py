"""Everything that may be said of a story.

Its source's sentences, and the names and dates known besides.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from podcast.language.english.claims.calendar_days import CalendarDay, of_date
from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord, parse_sentence
from podcast.language.english.claims.figure_context import Figure, read_figures
from podcast.language.english.claims.quantities import Quantity
from podcast.language.english.claims.word_forms import bare, keys
from podcast.language.english.sentence_splitter import split_sentences

COVERED = 0.6
"""The part of a sentence's words that a source's sentence must have to be what it tells."""

WORDED = 0.9
"""The part of a sentence's words that the source must have in their order for it to be the
source's own."""

_GREEK = re.compile("[Α-Ωα-ω∆]")
_INCREMENT = str.maketrans("∆", "Δ")
"""The sign of a difference looks like a Delta, and is read as one."""
_LIST_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+")
_ACRONYM = re.compile(
    r"((?:[^\W\d_][\w'’-]*[ -]+(?:of |and |for |the "
    r")*){1,6}[^\W\d_][\w'’-]*)\s+\(([^\W\d_]{2,8})s?\)"
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
        return tuple(_sentences(self.text))

    @cached_property
    def all_sentences(self) -> tuple[ClaimSentence, ...]:
        """The story's sentences and those of the other texts."""
        others = (sentence for text in self.other_texts for sentence in _sentences(text))
        return (*self.sentences, *others)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of every word of the story and the other texts."""
        words = (word for sentence in self.all_sentences for word in sentence.words)
        own = {key for word in words for key in word.keys}
        return frozenset(own) | self.known_name_keys

    @cached_property
    def known_name_keys(self) -> frozenset[str]:
        """Keys of the names that are known besides."""
        parts = (part for name in self.known_names for part in re.findall(r"[\w.'’]+", name))
        return frozenset(key for part in parts for key in keys(part))

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
        texts = (self.text, *self.other_texts, *self.known_names)
        return frozenset(short for text in texts for short in _all_initials(text))

    @cached_property
    def acronyms(self) -> dict[str, frozenset[str]]:
        """Acronyms that the story explains, with the keys of the words that they stand for."""
        return {
            bare(short): frozenset(key for word in long.split() for key in keys(word))
            for long, short in _ACRONYM.findall(self.text)
        }

    @cached_property
    def figures(self) -> tuple[tuple[Figure, ClaimSentence], ...]:
        """All numbers and dates with their sentences."""
        return tuple((figure, s) for s in self.all_sentences for figure in read_figures(s))

    @cached_property
    def days(self) -> tuple[CalendarDay, ...]:
        """All dates: the texts' and those known besides."""
        own = [
            figure.fact for figure, _ in self.figures if isinstance(figure.fact, CalendarDay)
        ]
        return (*(self._with_year(day) for day in own), *map(of_date, self.known_days))

    def _with_year(self, day: CalendarDay) -> CalendarDay:
        """A date that lacks its year with the edition's, so that its weekday is known."""
        if day.year or not day.day or not self.known_days:
            return day
        return replace(day, year=self.known_days[0].year)

    @cached_property
    def list_lengths(self) -> frozenset[Decimal]:
        """How many items the story's lists have, in lines or within a sentence."""
        lengths = {Decimal(count) for count in (*self.counts, len(self.sentences))}
        lengths |= {Decimal(len(self.sentences) - 1)}
        lengths |= self.bullet_counts
        for sentence in self.sentences:
            lengths |= {Decimal(len(items)) for items in inline_lists(sentence)}
        return frozenset(lengths)

    @cached_property
    def bullet_counts(self) -> frozenset[Decimal]:
        """How many items the story's lists in lines have, up to each item."""
        return frozenset(_bullet_counts(self.text))

    def spans(self) -> Iterator[Decimal]:
        """Lengths in days of the ranges that the story's dates make."""
        for sentence in self.sentences:
            days = [
                f.fact
                for f in read_figures(sentence)
                if isinstance(f.fact, CalendarDay) and f.fact.day
            ]
            for first in days:
                if first.last_day:
                    yield Decimal(first.last_day - first.day + 1)
                for last in days:
                    if first.month == last.month and last.day > first.day:
                        yield Decimal(last.day - first.day + 1)

    def quantities(self) -> Iterator[tuple[Quantity, Figure, ClaimSentence]]:
        """All numbers with their figures and sentences."""
        for figure, sentence in self.figures:
            if isinstance(figure.fact, Quantity):
                yield figure.fact, figure, sentence

    def has_wording(self, sentence: ClaimSentence) -> bool:
        """Whether a sentence is in one of the texts nearly word for word, with no word before another."""
        said = [word.stem for word in sentence.content]
        return any(
            _in_order(said, [word.stem for word in s.content]) for s in self.all_sentences
        )

    def is_told_by(self, sentence: str, own: SourceFacts) -> bool:
        """Whether a sentence tells this story, and not rather its own."""
        coverage = self.coverage(sentence)
        return coverage >= COVERED and (
            coverage > own.coverage(sentence) or self.text in own.text
        )

    def coverage(self, sentence: str) -> float:
        """The part of a sentence's words that one sentence of the story has."""
        said = parse_sentence(sentence).content
        most = max(
            (sum(bool(w.keys & s.all_keys) for w in said) for s in self.sentences), default=0
        )
        return most / max(len(said), 2)

    def word_keys(self, word: ClaimWord) -> frozenset[str]:
        """A word's keys; an acronym's with those of the words that it stands for."""
        return word.keys | self.acronyms.get(word.small, frozenset())


def _in_order(said: list[str], source: list[str]) -> bool:
    """Whether nearly all of `said` comes in `source` in the same order."""
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
        small = word.text.casefold()
        if word.text == "," or small in ("and", "or", "&"):
            if items[-1]:
                items.append([])
            closes = small in ("and", "or", "&")
            if closes and len(items) > 2:
                yield (*(tuple(item) for item in items[:-1]), _last_item(sentence, word))
        elif word.text in ".;:—–()?!":
            items = [[]]
        else:
            items[-1].append(word)


def _last_item(sentence: ClaimSentence, mark: ClaimWord) -> tuple[ClaimWord, ...]:
    item: list[ClaimWord] = []
    for word in sentence.words:
        if word.start <= mark.start:
            continue
        if word.text in ",.;:—–()?!" or len(item) > 6:
            break
        item.append(word)
    return tuple(item)


def _sentences(text: str) -> Iterator[ClaimSentence]:
    for paragraph in _paragraphs(text):
        plain = paragraph.replace("**", "").replace("`", "")
        yield from map(parse_sentence, split_sentences(plain))


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs and list items, each on one line."""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        item = _LIST_ITEM.match(line)
        if lines and (item or not line.strip()):
            yield " ".join(lines)
            lines = []
        if line.strip():
            lines.append((line[item.end() :] if item else line).strip())


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
        letters = "".join(
            part[0] for part in re.split(r"[ -]", run) if part[:1].isupper()
        ).casefold()
        for start in range(len(letters)):
            for end in range(start + 2, len(letters) + 1):
                yield letters[start:end]
