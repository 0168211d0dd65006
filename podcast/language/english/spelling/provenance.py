"""Which written word each spoken word came from, kept while rules rewrite a text.

Every character of the text knows the run of written words that it came from. A rule that
replaces a match gives the new words in it the run of the old ones; words that a match leaves as
they are keep their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from podcast.model import SaidWord


class Run(NamedTuple):
    """Some written words that stand together."""

    first: int
    last: int
    """The last one itself."""


class Edit(NamedTuple):
    """A part of a text and what replaces it."""

    start: int
    end: int
    said: str


@dataclass
class Provenance:
    """A text on its way from written to spoken."""

    text: str
    written: tuple[str, ...]
    """The words of the text as it was at first, split at white space."""
    _runs: list[Run]
    """One for each character of `text`; white space has that of the word after it."""
    _rules: dict[int, list[str]]
    """Written word to the names of the rules that changed it, in order."""

    @classmethod
    def of(cls, text: str) -> Provenance:
        """Start with a text as it is written."""
        runs: list[Run] = []
        for place, token in enumerate(_TOKENS.findall(text)):
            runs += [Run(place, place)] * len(token)
        return cls(text, tuple(text.split()), runs, {})

    def replace(self, edits: Sequence[Edit], rule: str) -> None:
        """Make edits, which ascend and do not overlap, in the name of a rule."""
        runs: list[Run] = []
        done = 0
        for edit in edits:
            runs += self._runs[done : edit.start]
            runs += self._runs_of(edit, rule)
            done = edit.end

        self._runs = runs + self._runs[done:]
        self.text = make_edits(self.text, edits)

    def become(self, text: str, rule: str = "") -> None:
        """Change the whole text in the name of a rule.

        What has no name tidies, and is not counted.
        """
        if text != self.text:
            self.replace([Edit(0, len(self.text), text)], rule)

    def said_words(self) -> tuple[SaidWord, ...]:
        """Each written word with its share of the words of the text, in order."""
        owners = self._owners()
        words, first = [], 0
        for place, written in enumerate(self.written):
            last = first
            while last < len(owners) and owners[last] <= place:
                last += 1
            words.append(SaidWord(written, first, last, tuple(self._rules.get(place, ()))))
            first = last
        return tuple(words)

    def _runs_of(self, edit: Edit, rule: str) -> list[Run]:
        """Runs of the characters of what an edit says."""
        old = self.text[edit.start : edit.end]
        head = _common_head(old, edit.said)
        tail = _common_head(old[head:][::-1], edit.said[head:][::-1])
        start, end = edit.start + head, edit.end - tail
        middle = edit.said[head : len(edit.said) - tail]
        return [
            *self._runs[edit.start : start],
            *self._changed_runs(start, end, middle, rule),
            *self._runs[end : edit.end],
        ]

    def _changed_runs(self, start: int, end: int, said: str, rule: str) -> list[Run]:
        old, new = _TOKENS.findall(self.text[start:end]), _TOKENS.findall(said)
        old_at, new_at = _starts(old), _starts(new)
        runs: list[Run] = []
        for kind, i, i_end, j, j_end in _differences(old, new):
            first, last = start + old_at[i], start + old_at[i_end]
            if kind == "equal":
                for place in range(i_end - i):
                    last = start + old_at[i + place + 1]
                    # White space before a word may have changed, so only the word's end is
                    # sure.
                    runs += [self._runs[last - 1]] * len(new[j + place])
                continue
            run = self._run_between(first, last)
            self._credit(run, rule)
            runs += [run] * (new_at[j_end] - new_at[j])
        return runs

    def _run_between(self, start: int, end: int) -> Run:
        """The run of a part of the text; of its neighbour where the part is empty."""
        if not self._runs:
            return Run(0, 0)
        if start == end:
            return self._runs[max(start - 1, 0)]
        part = [
            run
            for run, letter in zip(self._runs[start:end], self.text[start:end], strict=True)
            if not letter.isspace()
        ] or self._runs[start:end]
        return Run(min(run.first for run in part), max(run.last for run in part))

    def _credit(self, run: Run, rule: str) -> None:
        if not rule:
            return
        for place in range(run.first, run.last + 1):
            names = self._rules.setdefault(place, [])
            if rule not in names:
                names.append(rule)

    def _owners(self) -> list[int]:
        """The written word that each spoken word belongs to; they ascend."""
        spoken, runs = [], []
        for word in _WORDS.finditer(self.text):
            parts = self._runs[word.start() : word.end()]
            spoken.append(word[0])
            runs.append(Run(min(run.first for run in parts), max(run.last for run in parts)))

        owners: list[int] = []
        for run, places in groupby(range(len(spoken)), key=runs.__getitem__):
            words = [spoken[place] for place in places]
            shares = share_out(self.written[run.first : run.last + 1], words)
            owners += [max(run.first + place, owners[-1] if owners else 0) for place in shares]
        return owners


def make_edits(text: str, edits: Sequence[Edit]) -> str:
    """Put what edits say in place of what they replace; they ascend and do not overlap."""
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += [text[done : edit.start], edit.said]
        done = edit.end
    return "".join([*parts, text[done:]])


def share_out(written: Sequence[str], spoken: Sequence[str]) -> list[int]:
    """Give spoken words, in order, to the written words that they were said for together.

    `$1.5 billion`, said "one point five billion dollars": the first three belong to the first
    word.
    """
    if len(written) == 1:
        return [0] * len(spoken)
    if len(written) * len(spoken) > _MOST:
        return [place * len(written) // len(spoken) for place in range(len(spoken))]

    # After each spoken word: the best score with it given to each written word, and the way
    # there.
    best: list[_Shares] = [(0, []), *[(_NEVER, [])] * (len(written) - 1)]
    for word in spoken:
        reached: list[_Shares] = []
        for place, name in enumerate(written):
            before = max(best[: place + 1], key=lambda entry: entry[0])
            kin = _kinship(name, word)
            fresh = place not in before[1]
            reached.append((before[0] + kin + (_FIRST if fresh else 0), [*before[1], place]))
        best = reached
    return max(best, key=lambda entry: entry[0])[1]


# A score, and the written word that each spoken word is given to.
_Shares = tuple[int, list[int]]
# Pairs of a written and a spoken word that are compared one by one.
_MOST = 1000
_NEVER = -(10**6)
# Worth of a written word's having anything said for it.
_FIRST = 2


def _kinship(written: str, spoken: str) -> int:
    """How likely a spoken word is said for a written one."""
    ours, theirs = (re.sub(r"\W", "", word).casefold() for word in (written, spoken))
    if not ours or not theirs:
        return 0
    if ours == theirs:
        return 9
    if _NUMBER.match(theirs):
        return 3 if any(letter.isdigit() for letter in ours) else 0
    return 3 if ours[:3] == theirs[:3] else int(ours[0] == theirs[0])


_NUMBER = re.compile(
    r"""
    zero | oh\b | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twel
    | thirt | fift | twent | fort | first | second | third | hundred | thousand | point | half | quarter
    """,
    re.VERBOSE,
)


def _differences(
    old: Sequence[str], new: Sequence[str]
) -> Sequence[tuple[str, int, int, int, int]]:
    """Opcodes of `difflib`; one for all where both are so long that it would take long."""
    if len(old) * len(new) > _MOST * _MOST:
        return [("replace", 0, len(old), 0, len(new))]
    ours, theirs = [token.strip() for token in old], [token.strip() for token in new]
    return SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()


def _common_head(one: str, other: str) -> int:
    most = min(len(one), len(other))
    if one[:most] == other[:most]:
        return most
    return next(place for place in range(most) if one[place] != other[place])


def _starts(tokens: Sequence[str]) -> list[int]:
    """Where each token starts, and where the last one ends."""
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


_TOKENS = re.compile(r"\s*\S+|\s+")
_WORDS = re.compile(r"\S+")
