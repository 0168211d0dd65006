"""What texts are about, as numbers: stems that are weighed by how rare they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_][\w'’-]*[^\W_]|\d{4}")
_STOP = frozenset(
    (
        *(
            "a",
            "about",
            "above",
            "across",
            "after",
            "all",
            "also",
            "an",
            "and",
            "any",
            "are",
            "as",
            "at",
            "be",
        ),
        *("because", "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do"),
        *("does", "during", "each", "for", "from", "further", "had", "has", "have", "having", "he", "her"),
        *(
            "here",
            "his",
            "how",
            "however",
            "i",
            "if",
            "in",
            "into",
            "is",
            "it",
            "its",
            "itself",
            "just",
            "may",
        ),
        *("more", "most", "much", "must", "my", "new", "no", "nor", "not", "now", "of", "off", "on", "one"),
        *(
            "only",
            "or",
            "other",
            "our",
            "out",
            "over",
            "own",
            "paper",
            "propose",
            "said",
            "same",
            "says",
            "she",
        ),
        *("should", "show", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there"),
        *("these", "they", "this", "those", "through", "to", "today", "too", "under", "up", "use", "used"),
        *(
            "using",
            "very",
            "via",
            "was",
            "we",
            "were",
            "what",
            "when",
            "where",
            "which",
            "while",
            "who",
            "why",
        ),
        *("will", "with", "within", "would", "you", "your"),
    )
)
_MOST = 6000
"""Only so many stems are compared, the most common first: rarer ones seldom meet."""


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that mean something, in order."""
    words = (word.lower().replace("’s", "").replace("'s", "") for word in _WORD.findall(text))
    return tuple(_stem(word) for word in words if word not in _STOP)


def vectors(texts: Sequence[str], titles: Sequence[str] = ()) -> NDArray[np.float32]:
    """A unit vector for each text (shape texts x stems): TF-IDF with logarithmic counts.

    Words of a text's title count twice more. A text without words is all zeros.
    """
    import numpy as np

    counts = [Counter(stems(text)) for text in texts]
    for count, title in zip(counts, titles, strict=False):
        count.update(stems(title) * 2)
    found = Counter(stem for count in counts for stem in count)
    index = {stem: i for i, (stem, _) in enumerate(found.most_common(_MOST))}
    weights = {stem: float(np.log(1 + len(texts) / found[stem])) for stem in found}
    matrix = np.zeros((len(texts), len(index)), dtype=np.float32)
    for i, count in enumerate(counts):
        squares = 0.0
        for stem, times in count.items():
            weight = (1 + float(np.log(times))) * weights[stem]
            squares += weight**2
            if stem in index:
                matrix[i, index[stem]] = weight
        if squares:
            matrix[i] /= squares**0.5
    return matrix


@cache
def _stemmer() -> object:
    import snowballstemmer  # type: ignore[import-untyped]

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))  # type: ignore[attr-defined]
