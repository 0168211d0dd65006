"""A sentence with the tags of its words, and the small words that decide about others."""

from __future__ import annotations

from collections.abc import Sequence

from podcast.language.english.tagger import FINITE_VERBS


class TaggedSentence:
    """Words with what is known of them so far."""

    def __init__(self, words: Sequence[str], tags: Sequence[str]) -> None:
        self.words = words
        self.small = [word.lower() for word in words]
        self.tags = list(tags)
        # Hardly a sentence opens with `records`, the verb.
        if self.tags[:1] == ["VBZ"] and self.small[0].endswith("s"):
            self.tags[0] = "NNS"

    def word(self, place: int) -> str:
        """The word there in small letters; empty outside the sentence."""
        return self.small[place] if 0 <= place < len(self.small) else ""

    def tag(self, place: int) -> str:
        """The tag there; empty outside the sentence."""
        return self.tags[place] if 0 <= place < len(self.tags) else ""

    def before(self, place: int) -> int:
        """The place before.

        `not` and adverbs such as `often` are skipped, and the subject of a question.
        """
        place -= 1
        while self.word(place) in _PREVERBAL:
            place -= 1
        asks = self.word(place) in SUBJECTS and self.word(place - 1) in _QUESTION_VERBS
        return place - 1 if asks else place

    def has_finite_verb(self, without: int) -> bool:
        """Tell whether the clause around a place has another verb that it can stand on."""
        first, last = self._clause(without)
        for place in range(first, last):
            if place == without or self.tags[place] not in FINITE_VERBS:
                continue
            # "The rules that bind it" have no verb of their own yet.
            if not self._in_relative_clause(place, first):
                return True
        return False

    def _clause(self, place: int) -> tuple[int, int]:
        first = place
        while first > 0 and self.words[first - 1] not in CLAUSE_MARKS:
            first -= 1
        last = place
        while last < len(self.words) and self.words[last] not in CLAUSE_MARKS:
            last += 1
        return first, last

    def _in_relative_clause(self, place: int, first: int) -> bool:
        before = self.tags[max(first, place - 2) : place]
        return "WDT" in before or "WP" in before


CLAUSE_MARKS = frozenset(". ! ? ; : , — –".split())
_PREVERBAL = frozenset(
    "not n't often always usually never also still now then rarely mostly just really".split()
)
_QUESTION_VERBS = frozenset("do does did will would can could should must may might".split())
SUBJECTS = frozenset("i you we they he she it who people many most some others".split())
BASE_SUBJECTS = frozenset("i you we they who people many most some others".split())
DETERMINERS = frozenset(
    "the a an this that these those its their our your my his her no any every each "
    "another".split()
)
OBJECTS = frozenset("it them him her us me you itself themselves each every".split()) | (
    DETERMINERS - {"that"}
)
AUXILIARIES = frozenset(
    "to will would can could may might must shall should do does did don't doesn't didn't "
    "cannot let lets".split()
)
HAVE = frozenset("have has had having 've been being".split())
BE = frozenset("is are was were be been being get got".split())
