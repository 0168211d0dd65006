"""A long sentence cut in two, and what must hold for that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from podcast.write.template.grammar import (
    HEDGES,
    NEGATIONS,
    Parsed,
    has_open_quote,
    is_clause,
    parse_sentence,
)

# A sentence of more words than this is divided where the grammar is certain.
LONG = 30
# A sentence of more words than this is divided where its parts say different things.
HEAVY = 22
# Words that each half has at least.
SHORTEST_HALF = 5

_OPENS_WITH_CONDITION = re.compile(
    r"(?:If|When|While|Although|Though|As|After|Before|Since|Because|Once|Unless|Despite|With|"
    r"By"
    r"|Whether|Without|Unlike|Given)\b"
)
_REACHES_OVER = re.compile(
    r"\b(?:that|whether|if|because|says?|said|argues?|warns?|believes?|notes?|claims?|stated?|"
    r"states)\b"
)


_PARALLEL = re.compile(
    r", (?:and |or )?(?:\w+ly )?(?!including)\w+ing |\b(?:and|or) (?:\w+ly )?\w+ing "
    r"|\b(?:but|yet|not) (?:\w+ ){0,2}\w+ing "
)


@dataclass(frozen=True, slots=True)
class Halves:
    """A main clause, and what hangs on its end."""

    left: str
    right: str
    main: Parsed

    @property
    def tense(self) -> str:
        """The tag of the main verb; empty where there is none, or where it is a perfect."""
        at = self.main.first_finite()
        if at is None or any(word.tag == "VBN" for word in self.main.words[at + 1 : at + 3]):
            return ""
        return self.main.words[at].tag

    @property
    def is_sure(self) -> bool:
        """Tell whether the main clause neither hedges nor denies: the rest would be, too."""
        if self.main.has_any(HEDGES | NEGATIONS):
            return False
        return not any(word.tag == "MD" for word in self.main.words)


def is_longer(sentence: str, words: int) -> bool:
    """Tell whether a sentence has more words than that."""
    return len(sentence.split()) > words


def cut_sentence(
    sentence: str,
    end: int,
    start: int,
    least: int = SHORTEST_HALF,
    *,
    may_be_relative: bool = False,
) -> Halves | None:
    """Cut a sentence into what stands before `end` and from `start` on.

    None where the left is no free clause, a half is too short, or a quotation would be torn.
    The left may have a clause with `that` of a thing, `a gate that opens`, where that is said.
    """
    left, right = sentence[:end], sentence[start:]
    if has_open_quote(left) or has_open_quote(right):
        return None
    if min(len(left.split()), len(right.split())) < least:
        return None
    main = parse_sentence(left)
    checked = _without_relatives(main) if may_be_relative else left
    if depends(checked) or not is_clause(left):
        return None
    return Halves(left, right, main)


def _without_relatives(main: Parsed) -> str:
    """The words without `that` behind the noun that it is about."""
    kept: list[str] = []
    for place, word in enumerate(main.words):
        is_relative = word.tag == "WDT" and main.words[place - 1].tag in ("NN", "NNS")
        if not is_relative:
            kept.append(word.text)
    return " ".join(kept)


def depends(left: str) -> bool:
    """Tell whether what stands before a comma hangs on what follows, or reaches over it."""
    return bool(_OPENS_WITH_CONDITION.match(left) or _REACHES_OVER.search(left))


def has_parallel(text: str) -> bool:
    """Tell whether a second participle stands beside the first.

    It would be left without its subject.
    """
    return _PARALLEL.search(text) is not None


def third_person(verb: str) -> str:
    """`reach` as `reaches`, `notify` as `notifies`."""
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
