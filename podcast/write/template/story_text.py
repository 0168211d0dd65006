"""A story's Document becomes sentences to be spoken, and what is left out of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from podcast.language.english.word_data import first_large, load, words
from podcast.model import Document, LeftOut
from podcast.write.passed_dates import date_has_passed
from podcast.write.template.block_words import UNSAID
from podcast.write.template.cleaning import (
    clean_sentence,
    drop_title,
    find_addresses,
    find_emoji,
    join_quotations,
    name_authors,
)
from podcast.write.template.empty_talk import EMPTY, is_empty_sentence, is_for_readers
from podcast.write.template.grammar import POINTS_BACK, close
from podcast.write.template.news_first import lead_with_news
from podcast.write.template.parentheses import Acronyms
from podcast.write.template.sentence_rules import Rewriting, rewrite_sentence
from podcast.write.template.spoken_blocks import Paragraph, read_paragraphs
from podcast.write.template.varied_openings import vary_openings

# Words of weight that a story has in one place alone, so that the place says something.
NEW_WORDS = 2


@dataclass(slots=True)
class SpokenStory:
    """The sentences of a story by paragraph, and what they leave out."""

    paragraphs: list[list[str]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    line: int = 0
    """The story's line in the post."""

    @property
    def sentences(self) -> list[str]:
        """All sentences in order."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    @property
    def note(self) -> str:
        """What is left out, as a note in the script says it.

        By reason, in the order of the post.
        """
        texts: dict[str, list[str]] = {}
        for out in self.left_out:
            texts.setdefault(out.reason, []).append(out.text or out.kind)
        parts = [
            f"left out: {'; '.join(listed)} ({reason})" for reason, listed in texts.items()
        ]
        return "; ".join(parts)


def speak_document(
    document: Document,
    title: str,
    acronyms: Acronyms,
    *,
    paper: bool = False,
    line: int = 0,
    literal: bool = False,
    today: dt.date | None = None,
) -> SpokenStory:
    """Make the sentences of a Document fit for the ear; `title` is not repeated within them.

    With `literal` they stay an author's own: only what nobody can say goes. What is over by
    `today` is not told as still to come.
    """
    spoken = SpokenStory(line=line)
    telling = _Telling(title, document.text, acronyms, spoken.left_out, literal, today)
    for paragraph in read_paragraphs(document.blocks, spoken.left_out, literal=literal):
        chosen = telling.choose_sentences(paragraph)
        if paper and not literal:
            chosen = lead_with_news([name_authors(sentence) for sentence in chosen])

        sentences: list[str] = []
        for sentence in chosen:
            sentences += telling.speak(sentence, paragraph.line)
        if sentences:
            spoken.paragraphs.append(join_quotations(sentences))
    if not literal:
        spoken.paragraphs = vary_openings(spoken.paragraphs)
    return spoken


@dataclass(slots=True)
class _Telling:
    """One story on its way to speech."""

    title: str
    text: str
    acronyms: Acronyms
    left_out: list[LeftOut]
    literal: bool
    today: dt.date | None
    has_begun: bool = False

    def choose_sentences(self, paragraph: Paragraph) -> list[str]:
        """The sentences of a paragraph that are told, without what is for readers only."""
        chosen: list[str] = []
        for place, raw in enumerate(paragraph.sentences):
            following = paragraph.sentences[place + 1 : place + 2]
            sentence = self._clean(raw, paragraph.line)
            kind, reason = self._find_reason(raw, sentence, following)
            if reason:
                text = raw.replace(UNSAID, "")
                self.left_out.append(LeftOut(kind, text, reason, paragraph.line))
            elif re.search(r"\w", sentence):
                chosen.append(self._begin(sentence, paragraph.line))
                self.has_begun = True
        return chosen

    def _clean(self, raw: str, line: int) -> str:
        for address in find_addresses(raw):
            self.left_out.append(LeftOut("address", address, "it is for readers", line))
        for emoji in find_emoji(raw):
            self.left_out.append(LeftOut("emoji", emoji, "it is to be seen", line))

        cleaned = clean_sentence(raw)
        sentence = drop_title(cleaned, self.title)
        if sentence != cleaned:
            reason = "it is the story's own title"
            self.left_out.append(LeftOut("title", self.title, reason, line))
        return sentence

    def _find_reason(
        self, raw: str, sentence: str, following: Sequence[str]
    ) -> tuple[str, str]:
        """What a sentence is that is left out, and why; empty words for one that is told."""
        if UNSAID in raw:
            return "formula", "words do not carry its formula"
        if self.literal:
            return "", ""

        if is_for_readers(sentence):
            return "sentence", "it is for readers"

        if self._is_bare(sentence, following):
            return "empty sentence", EMPTY
        if self.today and date_has_passed(sentence, self.today):
            return "sentence", "its date has passed"
        return "", ""

    def _is_bare(self, sentence: str, following: Sequence[str]) -> bool:
        """Tell whether a sentence says nothing, and the next one does not point to it."""
        if not is_empty_sentence(sentence) or self._says_new(sentence):
            return False
        if any(POINTS_BACK.match(later) for later in following):
            return False
        return len(self._find_only_mentions(sentence)) < NEW_WORDS

    def _begin(self, sentence: str, line: int) -> str:
        """The sentence, at a story's beginning without a word that leans on what is before."""
        match = None if self.has_begun or self.literal else _LEANING.match(sentence)
        if not match:
            return sentence
        opening = match[0].strip(" ,")
        self.left_out.append(LeftOut("opening", opening, "nothing stands before it", line))
        return first_large(sentence[match.end() :])

    def speak(self, sentence: str, line: int) -> list[str]:
        """A sentence as it is spoken: parentheses unfolded, then put through the rules."""
        unfolded = self.acronyms.unfold(sentence, self.text)
        for unspoken in self.acronyms.take_unspoken():
            reason = "nothing that is told needs it"
            self.left_out.append(LeftOut("parenthesis", unspoken, reason, line))
        if self.literal:
            return [close(first_large(unfolded))]

        rewriting = rewrite_sentence(unfolded, self._can_do_without)
        self._drop_empty_halves(rewriting)
        for text, reason in rewriting.left_out:
            self.left_out.append(LeftOut("words", text, reason, line))
        return [close(first_large(short)) for short in rewriting.sentences]

    def _drop_empty_halves(self, rewriting: Rewriting) -> None:
        """Leave out what of a divided sentence only says that something matters."""
        sentences = [each for each in rewriting.sentences if not is_empty_sentence(each)]
        if not sentences or POINTS_BACK.match(sentences[0]):
            return
        for sentence in rewriting.sentences:
            if sentence not in sentences:
                rewriting.left_out.append((sentence, EMPTY))
        rewriting.sentences = sentences

    def _can_do_without(self, text: str, reason: str) -> bool:
        """Tell whether what a rule would leave out is said elsewhere, or says nothing."""
        if self._find_only_mentions(text):
            return False
        return reason != EMPTY or not self._says_new(text)

    def _says_new(self, text: str) -> bool:
        """Tell whether a text has several words of weight that the story has nowhere else."""
        whole = self.text.lower()
        heavy = _content_words(text) - _generic_words()
        new = {word for word in heavy if len(re.findall(rf"\b{re.escape(word)}", whole)) == 1}
        return len(new) >= NEW_WORDS

    def _find_only_mentions(self, sentence: str) -> set[str]:
        """What the title speaks of and the story has in this sentence alone.

        Without it the sense is lost.
        """
        shared = _content_words(sentence) & _content_words(self.title) - _generic_words()
        whole = self.text.lower()
        return {word for word in shared if len(re.findall(rf"\b{word}", whole)) == 1}


_LEANING = re.compile(
    r"(?:However|But|Yet|Still|Meanwhile|Also|Additionally|Moreover|Furthermore|In addition"
    r"|On the other hand|Similarly|Therefore|Thus|Consequently|As a result), (?=\w)"
)


def _content_words(text: str) -> set[str]:
    """The beginnings of the words that say something."""
    small = words("small")
    return {word[:6] for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in small}


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(load("radio_words")["generic"].split())
