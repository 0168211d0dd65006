"""A text told in fewer words, by its own sentences: nothing is rephrased, so nothing is made up.

Sentences are chosen by maximal marginal relevance (Carbonell and Goldstein, 1998): each the closest to the
whole text and the farthest from what is chosen already. A few lines, for the libraries that do it bring
language data that is downloaded when first used (sumy), or a hundred megabytes (scikit-learn).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from podcast.terms import vectors
from podcast.writers.template.sentences import split_sentences

_LINKED = re.compile(
    r"(?i)(?:it|its|they|their|them|he|she|his|her|these|those|such|both|this|that|here|there|then|thus|"
    r"therefore|hence|however|moreover|furthermore|additionally|in addition|finally|similarly|instead|"
    r"as a result|consequently|conversely|on the other hand|by contrast|"
    r"second(?:ly)?|third(?:ly)?|to (?:do so|this end|\w+ (?:this|these|such))|from this|"
    r"by doing so|specifically|in contrast|but|and|so|yet)\b"
    r"(?!\s+(?:paper|work|study|survey|article|report|review|primer|research|chapter|thesis|project)\b)"
)
"""A beginning that leans on the sentence before it."""
_TELLING = re.compile(
    r"(?i)\b(?:we|this (?:paper|work|study|survey|article|review|primer)|the authors|researchers) "
    r"(?:\w+ )?(?:propose|introduce|present|develop|find|show|demonstrate|argue|study|explore|examine|"
    r"investigate|analy[sz]e|release|describe|offer|evaluate|review|conduct|report|aim|take|give)"
    r"|\b(?:results?|experiments?|findings?|evaluations?) (?:\w+ ){0,3}"
    r"(?:show|demonstrate|suggest|indicate|reveal)"
)
"""What a paper does and finds."""
_UNTOLD = re.compile(
    r"(?i)https?://|\b(?:code|dataset|models?|project page|demo|webpage)\b.{0,60}\bavailable\b|"
    r"^\W*$|^(?-i:[a-z(])|^(?:\S+\s*){1,3}$"
)
"""What is for the hand, as where the code is, and crumbs of sentences."""
_SAME = 0.6
"""Two sentences that are closer say the same."""


def summarise(text: str, words: int) -> str:
    """At most `words` words of the text, in whole sentences and in their order.

    A sentence that leans on the one before it comes only together with that one. The first sentence is
    cut where it alone is too long.
    """
    every = split_sentences(" ".join(text.split()))
    found = [sentence for sentence in every if not _UNTOLD.search(sentence)] or every
    lengths = [len(sentence.split()) for sentence in found]
    if sum(lengths) <= words:
        return " ".join(found)
    groups = _groups(found, lengths, words)
    chosen: list[int] = []
    left = words
    worth = _worth(found)
    close = _closeness(found)
    while True:
        best, score = None, 0.0
        for group in groups:
            new = [i for i in group if i not in chosen]
            cost = sum(lengths[i] for i in new)
            if not new or cost > left or any(close[group[-1]][j] > _SAME for j in chosen):
                continue
            gain = max(worth[i] for i in new) - 0.5 * max((close[group[-1]][j] for j in chosen), default=0.0)
            if best is None or gain > score:
                best, score = new, gain
        if best is None:
            break
        chosen += best
        left -= sum(lengths[i] for i in best)
    if not chosen:
        return " ".join(found[0].split()[:words]).rstrip(" ,;:") + "…"
    return " ".join(found[i] for i in sorted(chosen))


def _groups(found: Sequence[str], lengths: Sequence[int], words: int) -> list[tuple[int, ...]]:
    """Each sentence with those before it that it leans on; what becomes too long is left out."""
    groups = []
    for end in range(len(found)):
        start = end
        while start > 0 and _LINKED.match(found[start]):
            start -= 1
        if sum(lengths[start : end + 1]) <= words and not (
            start == 0 and _LINKED.match(found[0]) and end > 0
        ):
            groups.append(tuple(range(start, end + 1)))
    return groups


def _worth(found: Sequence[str]) -> list[float]:
    """How much each sentence says of the whole: its closeness to it, more for early and telling ones."""
    import numpy as np

    matrix = vectors(found)
    whole = matrix.sum(axis=0)
    whole /= float(np.linalg.norm(whole)) or 1.0
    return [
        float(row @ whole) + 0.3 / (1 + i) + (0.2 if _TELLING.search(sentence) else 0.0)
        for i, (row, sentence) in enumerate(zip(matrix, found, strict=True))
    ]


def _closeness(found: Sequence[str]) -> list[list[float]]:
    matrix = vectors(found)
    return [[float(value) for value in row] for row in matrix @ matrix.T]
