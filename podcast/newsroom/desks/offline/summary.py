"""A text told in fewer words, by its own sentences: what is not written there is not said.

Sentences are chosen by maximal marginal relevance (Carbonell and Goldstein, 1998): each the
closest to the whole text and the farthest from what is chosen already; of papers, what was
found and done first. A few lines, for the libraries that do it bring language data that is
downloaded when first used (sumy), or a hundred megabytes (scikit-learn).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from podcast.language.english.sentence_splitter import split_sentences
from podcast.language.english.tfidf import vectors
from podcast.model import Item
from podcast.newsroom.desks.offline.first_person import speaks_of_self, tell_of_author
from podcast.newsroom.desks.offline.retell import PAPER, joined, retold, unlinked

# A beginning that leans on the sentence before it.
_LEANING = re.compile(
    r"(?i)(?:it|its|they|their|them|he|she|his|her|these|those|such|both|this|that|here|there|"
    r"then|thus|"
    r"therefore|hence|however|moreover|furthermore|additionally|in addition|finally|similarly|"
    r"instead|"
    r"as a result|consequently|conversely|on the other hand|by contrast|one|another|others|"
    r"to (?:do so|this end|\w+ (?:this|these|such))|by doing so|specifically|in contrast|but|"
    r"and|so|yet|"
    r"(?:while|although|though|as|if|since|because|using|in|on|under|with|for|from|by|at|"
    r"through) "
    r"(?:this|that|it|they|such))\b"
    rf"(?!\s+{PAPER})"
    r"|(?:\S+ ){0,5}(?:these|those|such) \w|(?:the|our) (?:former|latter|same|resulting|other|"
    r"second|third)\b"
)
# What came out.
_FOUND = re.compile(
    r"(?i)\b(?:we|authors|analys[ei]s|audit|study|results?|experiments?|findings?|evaluations?|"
    r"observations?|"
    r"surveys?|investigation|simulations?|tests?) (?:\w+ ){0,3}(?:find|found|show|showed|"
    r"demonstrate|suggest|"
    r"indicate|reveal|uncover|observe|conclude|confirm|highlight|establish|prove|achieve)(?:s|"
    r"d|ed)?\b"
    r"|\b(?:outperform|surpass|exceed)\w*|\d(?:\.\d+)?(?:%| percent| times)"
)
# What was done.
_DONE = re.compile(
    rf"(?i)\b(?:we|authors|(?:this|the) {PAPER}) "
    r"(?:\w+ ){0,2}(?:propose|introduce|present|develop|argue|study|explore|examine|call for|"
    r"replicate|"
    r"design|build|investigate|analy[sz]e|release|describe|offer|evaluate|review|conduct|"
    r"report|aim|compare|"
    r"identif|test|collect|characteri[sz]e|articulate|advocate|outline|discuss|survey|take|"
    r"give)"
)
# Where papers begin and end: with the state of the field, and with hopes.
_ASIDE = re.compile(
    r"(?i)^(?:recent(?:ly)?\b|in recent|over the (?:past|last)|with the (?:\w+ )?(?:rise|"
    r"growth|advance|"
    r"advent|increase|proliferation|emergence|development)|(?:\w+ )?advance(?:s|ments)\b|"
    r"despite (?:recent|the|growing|significant))"
    r"|\b(?:has|have) (?:\w+ )?(?:attracted|gained|received|garnered|drawn|emerged|become|"
    r"revolutioni[sz]ed)\b"
    r"|\bplays? an? \w+ role\b|\bwe hope\b|\bfuture (?:work|research|directions)\b|\bpav\w+ "
    r"the way\b"
    r"|\bwe (?:also |finally )?(?:conclude (?:by|with)|discuss)\b|\bto the best of\b"
)
# Somebody who is not the reporter speaks, and no quotation marks say so.
_SELF = re.compile(r"(?i)\b(?:I|I'm|my|we|our|us)\b(?![^“\"]{0,300}[”\"])")
# What is for the hand, as where the code is, and crumbs of sentences.
_UNTOLD = re.compile(
    r"(?i)https?://|\b(?:code|dataset|models?|project page|demo|webpage)\b.{0,60}\bavailable\b|"
    r"\bopen[- ]source (?:our|the|all)\b.{0,30}\b(?:code|data)|"
    r"^\W*$|^(?-i:[a-z(])|^\S+(?:\s+\S+){0,2}\s*$"
)
# How many words of a text are read; more is a book.
_READ = 5000
# More are crumbs, and take long to compare.
_MOST_SENTENCES = 400
# Two sentences that are closer say the same.
_SAME = 0.6


def summarise(item: Item, words: int) -> str:
    """At most `words` words of the item's text, in whole sentences and in their order.

    Of a paper, what was found and done comes before the state of its field, and its authors are
    told of in the third person. A sentence that leans on the one before it comes only together
    with that one. The first sentence is cut where it alone is too long.
    """
    every = _sentences(item.text)
    sentences = [sentence for sentence in every if not _UNTOLD.search(sentence)] or every
    author = item.authors[0] if item.authors else ""
    join: Callable[[Sequence[str]], str] = partial(_join_news, author=author)
    rewritten = sentences
    if item.paper:
        join = joined
        rewritten = [retold(sentence) for sentence in sentences]
    lengths = _count_sentence_words(rewritten, author, is_paper=item.paper)
    if sum(lengths) <= words:
        return join(rewritten)

    worth, field_sentences = _weigh_sentences(sentences, is_paper=item.paper)
    selection = _Selection(lengths, words, worth, field_sentences, _closeness(sentences))
    chosen = selection.choose(_groups(rewritten, lengths, words))
    if not chosen:
        return " ".join(rewritten[0].split()[:words]).rstrip(" ,;:") + "…"
    return join(_part_sentences(rewritten, sorted(chosen)))


def _weigh_sentences(
    sentences: Sequence[str], *, is_paper: bool
) -> tuple[Sequence[float], int]:
    """The worth of each sentence, and how many at the beginning tell of a paper's field."""
    if is_paper:
        return _weigh_paper(sentences), _count_field(sentences)
    return _weigh_news(sentences), 0


def _part_sentences(said: Sequence[str], places: Sequence[int]) -> list[str]:
    """The sentences at these places; one whose neighbour is left out no longer leans on it."""
    parted: list[str] = []
    for place in places:
        sentence = said[place]
        if place - 1 not in places:
            sentence = unlinked(sentence)
        parted.append(sentence)
    return parted


def _count_sentence_words(
    sentences: Sequence[str], author: str, *, is_paper: bool
) -> list[int]:
    """The words of each sentence, with those that say whose words they are."""
    lead = len(f"{author or 'The author'} writes that".split())
    lengths: list[int] = []
    for sentence in sentences:
        length = len(sentence.split())
        if not is_paper and speaks_of_self(sentence):
            length += lead
        lengths.append(length)
    return lengths


@dataclass(slots=True)
class _Selection:
    """The sentences chosen so far, and what the next ones are weighed by."""

    lengths: Sequence[int]
    """Words of each sentence."""
    words: int
    """The most words of all that are chosen."""
    worth: Sequence[float]
    field_sentences: int
    """How many sentences, the first, tell of the field; of them hardly more than one is
    told."""
    close: Sequence[Sequence[float]]
    chosen: list[int] = field(default_factory=list)

    def choose(self, groups: Sequence[tuple[int, ...]]) -> list[int]:
        """Take the group that gains most, again and again, until none fits."""
        while True:
            best: list[int] = []
            best_gain = 0.0
            for group in groups:
                new = [i for i in group if i not in self.chosen]
                if not new or not self._fits(new, group[-1]):
                    continue
                gain = self._gain(new, group[-1])
                if not best or gain > best_gain:
                    best, best_gain = new, gain

            if not best:
                return self.chosen
            self.chosen += best

    def _fits(self, new: Sequence[int], last: int) -> bool:
        """Tell whether there is room for the sentences, and the last says something new."""
        remaining_words = self.words - self._count(self.chosen)
        if self._count(new) > remaining_words:
            return False
        if any(self.close[last][j] > _SAME for j in self.chosen):
            return False
        is_late = last < self.field_sentences and remaining_words < self.words / 2
        return not (is_late and any(j < self.field_sentences for j in self.chosen))

    def _gain(self, new: Sequence[int], last: int) -> float:
        mean = sum(self.worth[i] for i in new) / len(new)
        return mean - 0.5 * max((self.close[last][j] for j in self.chosen), default=0.0)

    def _count(self, places: Sequence[int]) -> int:
        return sum(self.lengths[i] for i in places)


def _sentences(text: str) -> list[str]:
    """The sentences of the text's first words; those of a paragraph end with it."""
    sentences: list[str] = []
    words = 0
    for paragraph in text.split("\n\n"):
        told = paragraph.split()[: _READ - words]
        words += len(told)
        sentences += split_sentences(" ".join(told))
        if sentences and told and sentences[-1][-1].isalnum():
            sentences[-1] += "."
    # What leads to a list, or is left of one, is not told where the text says anything else.
    complete = [sentence for sentence in sentences if not sentence.endswith(":")]
    return (complete or sentences)[:_MOST_SENTENCES]


def _join_news(sentences: Sequence[str], author: str) -> str:
    """News in its own sentences; in which its author speaks, in the third person."""
    return " ".join(tell_of_author(sentences, author))


def _groups(said: Sequence[str], lengths: Sequence[int], words: int) -> list[tuple[int, ...]]:
    """Each sentence with those before that it leans on; what becomes too long is left out."""
    groups = []
    for end in range(len(said)):
        start = end
        while start > 0 and _LEANING.match(unlinked(said[start])):
            start -= 1
        leans_on_nothing = start == 0 and end > 0 and _LEANING.match(said[0])
        if sum(lengths[start : end + 1]) <= words and not leans_on_nothing:
            groups.append(tuple(range(start, end + 1)))
    return groups


def _count_field(found: Sequence[str]) -> int:
    """How many sentences tell of the field, before the first that tells of the paper itself."""
    for place, sentence in enumerate(found):
        if _FOUND.search(sentence) or _DONE.search(sentence):
            return place
    return 0


def _weigh_news(found: Sequence[str]) -> list[float]:
    """How much each sentence says: its closeness to the whole, more at the beginning."""
    worth: list[float] = []
    for place, near in enumerate(_nearness_to_whole(found)):
        speaks_for_itself = bool(_SELF.search(found[place]))
        worth.append(near + 0.3 / (1 + place) - 0.3 * speaks_for_itself)
    return worth


def _weigh_paper(found: Sequence[str]) -> list[float]:
    """How much each sentence says: its closeness to the whole, more for deeds and findings."""
    worth: list[float] = []
    for place, near in enumerate(_nearness_to_whole(found)):
        sentence = found[place]
        weight = near + 0.1 / (1 + place)
        weight += 0.4 * bool(_FOUND.search(sentence))
        weight += 0.3 * bool(_DONE.search(sentence))
        weight -= 0.4 * bool(_ASIDE.search(sentence))
        worth.append(weight)
    return worth


def _nearness_to_whole(found: Sequence[str]) -> list[float]:
    """Cosine of each sentence with the sum of all."""
    import numpy as np

    matrix = vectors(found)
    whole = matrix.sum(axis=0)
    whole /= float(np.linalg.norm(whole)) or 1.0
    nearness: list[float] = (matrix @ whole).tolist()
    return nearness


def _closeness(found: Sequence[str]) -> list[list[float]]:
    matrix = vectors(found)
    return [[float(value) for value in row] for row in matrix @ matrix.T]
