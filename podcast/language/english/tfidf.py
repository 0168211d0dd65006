"""Topics of texts as numbers: stems, weighed by how rare they are."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from podcast.language.english.word_stems import find_stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_][\w'’-]*[^\W_]|\d{4}")
_STOP = frozenset(
    "a about above across after all also an and any are as at be because been before being "
    "between both but by can could did do does during each for from further had has have "
    "having he her here his how however i if in into is it its itself just may more most much "
    "must my new no nor not now of off on one only or other our out over own paper propose "
    "said same says she should show so some such than that the their them then there these "
    "they this those through to today too under up use used using very via was we were what "
    "when where which while who why will with within would you your".split()
)
# Only so many stems are compared, the most common first: rarer ones seldom meet.
_MOST = 6000


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that mean something, in order."""
    words = (word.lower().replace("’s", "").replace("'s", "") for word in _WORD.findall(text))
    return tuple(find_stem(word) for word in words if word not in _STOP)


def counted(text: str, title: str = "") -> Counter[str]:
    """Count each stem of the text; in its title, each counts twice."""
    return Counter(stems(text) + 2 * stems(title))


def unit(count: Counter[str], found: Mapping[str, int], texts: int) -> dict[str, float]:
    """Weigh each stem.

    TF-IDF with logarithmic counts, the squares of all weights summing to 1. `found` says in how
    many of the `texts` each stem is.
    """
    weighed = {
        stem: (1 + math.log(times)) * math.log(1 + texts / max(1, found.get(stem, 0)))
        for stem, times in count.items()
    }
    whole = math.hypot(*weighed.values()) or 1.0
    return {stem: weight / whole for stem, weight in weighed.items()}


def vectors(texts: Sequence[str], titles: Sequence[str] = ()) -> NDArray[np.float32]:
    """A unit vector for each text (shape texts x stems). A text without words is all zeros."""
    import numpy as np

    counts = [counted(*pair) for pair in zip_longest(texts, titles, fillvalue="")]
    found = Counter(stem for count in counts for stem in count)
    index = {stem: i for i, (stem, _) in enumerate(found.most_common(_MOST))}
    matrix = np.zeros((len(texts), len(index)), dtype=np.float32)
    for i, count in enumerate(counts):
        for stem, weight in unit(count, found, len(texts)).items():
            if stem in index:
                matrix[i, index[stem]] = weight
    return matrix
