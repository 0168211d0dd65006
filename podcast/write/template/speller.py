"""Headline words, which are all written large, written as a sentence writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from podcast.language.english.word_data import words

_ENDING = re.compile(
    r"(?:[a-z]{2}ing|[a-z]{3}ed|tions?|ments?|ously|ally|ness|ities|[a-z]{3}ive|ful|ous|able)$"
)


class Speller:
    """Writes headline words large or small as the edition's own text does."""

    def __init__(self, texts: Iterable[str]) -> None:
        plain = " ".join(re.sub(r"[*_`]", "", text) for text in texts)
        self._text = re.sub(r"[\"“](?:[^\s\"“”]+ ){4,}[^\s\"“”]+[\"”]", " ", plain)
        self._all = Counter(re.findall(r"[^\W\d_][\w-]*", self._text))
        self._seen = Counter(re.findall(r"(?<=[a-z,;] )[\"“‘']?([^\W\d_][\w-]*)", self._text))

    def spell(self, title: str, told: bool = True) -> str:
        """The title as a sentence writes it; one that is no headline-case title already stays.

        `told`: the texts tell this title's story, so that a name in it would have been met there.
        """
        tokens = title.split(" ")
        long = [token for token in tokens if len(token) > 3 and token[0].isalpha()]
        if len(long) > 3 and title.upper() == title:
            tokens = [token.title() if len(token) > 3 else token for token in tokens]
        elif not long or sum(token[0].isupper() for token in long) < 0.6 * len(long):
            return " ".join([self._word(tokens, 0, told), *tokens[1:]])
        return " ".join(self._word(tokens, at, told) for at in range(len(tokens)))

    def _word(self, tokens: list[str], at: int, told: bool) -> str:
        token = tokens[at]
        parts = token.split("-")
        if len(parts) > 3 or _is_month(tokens, at):
            return token
        if token.istitle() and any(self._pair(tokens[i : i + 2]) for i in (at - 1, at) if i >= 0):
            return token
        return "-".join(part.lower() if self._small(part, told) else part for part in parts)

    def _pair(self, pair: list[str]) -> bool:
        """Whether the text has the two words together and large, as in a name of two words."""
        if len(pair) < 2 or pair[0].endswith((",", ":")) or not all(word[:1].isupper() for word in pair):
            return False
        joined = re.sub(r"\W+$", "", " ".join(pair))
        return re.search(rf"(?<=[a-z,;] ){re.escape(joined)}\b", self._text) is not None

    def _small(self, part: str, told: bool) -> bool:
        core = re.sub(r"^\W+|\W+$", "", part)
        low = re.sub(r"['’]s$", "", core.lower())
        if not core[:1].isupper() or any(c.isupper() or c.isdigit() for c in core[1:]) or core == "I":
            return False
        if core in ("A", "An", "The"):
            return True
        if low in words("small") | words("headline_verbs") | words("plain_verbs") | words("common"):
            return True
        if f"{low}s" in words("headline_verbs"):
            return len(core) > 1
        core = re.sub(r"['’]s$", "", core)
        large_seen, small_seen = self._seen[core], self._seen[low]
        if large_seen != small_seen or len(core) == 1:
            return small_seen > large_seen
        if self._all[core] and not self._all[low]:
            return False
        return told or re.search(_ENDING, low) is not None


def _is_month(tokens: list[str], at: int) -> bool:
    """Whether the word is May rather than may, and the like: a number stands beside it."""
    beside = tokens[max(at - 1, 0) : at] + tokens[at + 1 : at + 2]
    return tokens[at] in ("May", "March") and any(token[0].isdigit() for token in beside)
