"""Sentences that are said twice in an episode: weak models fall back on the same ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from podcast.language.english.sentence_splitter import split_sentences
from podcast.write.model.dialogue import SaidTurn

# Shorter sentences may come again, but not at once: "Noor Haddad has read it." repeats
# nothing.
FEWEST_WORDS = 6


class HeardSentences:
    """Remembers what a listener has heard so far, sentence by sentence."""

    def __init__(self, said: Iterable[SaidTurn] = ()) -> None:
        """`said` has been heard already."""
        self._heard: set[str] = set()
        self._latest = ""
        for each in said:
            for sentence in split_sentences(each.turn.text):
                self.find_fault(sentence)

    def find_fault(self, sentence: str) -> str:
        """Hear a sentence; say what is wrong with it where it has been heard before."""
        words = re.findall(r"\w+", sentence.casefold())
        plain = " ".join(words)
        is_echo = len(words) > 1 and plain == self._latest
        self._latest = plain
        if is_echo or plain in self._heard:
            return "it was said before"

        if len(words) >= FEWEST_WORDS:
            self._heard.add(plain)
        return ""

    def list_repeats(self, said: Iterable[SaidTurn]) -> list[str]:
        """Hear more; list the sentences of it that have been heard before."""
        repeats: list[str] = []
        for each in said:
            for sentence in split_sentences(each.turn.text):
                if self.find_fault(sentence):
                    repeats.append(sentence.strip())
        return repeats
