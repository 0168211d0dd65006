"""Part-of-speech tags: which word of a sentence is a verb, a noun, a name.

    tag_words(["They", "use", "it", "."])    ("PRP", "VBP", "PRP", ".")
    tag_text("They don't use it.")           They/PRP do/VBP n't/RB use/VB it/PRP ./.

The tags are those of the Penn Treebank, as the English Web Treebank writes them. The model is
the one that the package `gruut-lang-en` brings, a conditional random field of 9 MB that is read
in place: it takes a millisecond to open, and 0.06 s for the 2,400 words of a long edition. The
same words get the same tags.
"""

from __future__ import annotations

import base64
import re
import string
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from podcast.errors import PodcastError

if TYPE_CHECKING:
    import pycrfsuite  # type: ignore[import-not-found, import-untyped, unused-ignore]

Features = dict[str, str | bool | float]

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
NAMES = frozenset(("NNP", "NNPS"))
FINITE_VERBS = frozenset(("VBD", "VBP", "VBZ", "MD"))
VERBS = FINITE_VERBS | {"VB", "VBG", "VBN"}

# Words before and after a word that the model looks at.
_REACH = 2

_TOKEN = re.compile(
    r"""
      (?:[^\W\d_]\.){2,}                            # U.S.
    | (?:Mr|Mrs|Ms|Dr|St|Prof|Sen|Gov|Gen|Jr|Sr|vs|No|Inc|Corp|Co|Ltd)\.(?=\s)
    | [^\W_]+(?=n['’]t\b)                           # do of "don't"
    | n['’]t\b
    | ['’](?:s|re|ve|ll|d|m)\b
    | \d+(?:[.,:/]\d+)*
    | [^\W_]+
    | \.\.+
    | [^\w\s]
    | _
    """,
    re.VERBOSE | re.IGNORECASE,
)


class TaggedWord(NamedTuple):
    """A word or a mark of a text, its tag, and where it starts in the text."""

    text: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        """The place after its last character."""
        return self.start + len(self.text)


def tag_words(words: Sequence[str]) -> tuple[str, ...]:
    """Tag the words of one sentence.

    Marks and the parts of contractions count as words of their own: `do`, `n't`, `,`, `.`.
    Raises PodcastError where the model is not installed.
    """
    if not words:
        return ()

    features = [_word_features(words, place) for place in range(len(words))]
    with _tagging:
        return tuple(_model().tag(features))


def tag_text(text: str) -> tuple[TaggedWord, ...]:
    """Cut one sentence into words and marks, and tag them."""
    tokens = list(_TOKEN.finditer(text))
    tags = tag_words([token[0] for token in tokens])
    return tuple(
        TaggedWord(token[0], tag, token.start())
        for token, tag in zip(tokens, tags, strict=True)
    )


# A model holds the sentence that it works on.
_tagging = Lock()


@cache
def _model() -> pycrfsuite.Tagger:
    try:
        import pycrfsuite
    except ImportError as error:
        raise PodcastError(f"the package python-crfsuite is missing. {_INSTALL}") from error

    package = find_spec("gruut_lang_en")
    if package is None or package.origin is None:
        raise PodcastError(f"the package gruut-lang-en is missing. {_INSTALL}")

    model = pycrfsuite.Tagger()
    model.open(str(Path(package.origin).parent / "pos" / "model.crf"))
    return model


_INSTALL = "Install presscast again: pip install presscast"


def _word_features(words: Sequence[str], place: int) -> Features:
    """Features of a word and its neighbours, in the form in which the model was trained."""
    features: Features = dict(_own_features(words[place], ""))
    if place == 0:
        features["BOS"] = True
    if place == len(words) - 1:
        features["EOS"] = True

    for distance in range(1, _REACH + 1):
        if place >= distance:
            features.update(_own_features(words[place - distance], f"-{distance}:"))
        if place + distance < len(words):
            features.update(_own_features(words[place + distance], f"+{distance}:"))
    return features


@lru_cache(maxsize=1 << 13)
def _own_features(word: str, prefix: str) -> Features:
    features: Features = {
        f"{prefix}bias": 1.0,
        f"{prefix}word": base64.b64encode(word.encode()).decode(),
        f"{prefix}len(word)": float(len(word)),
        f"{prefix}word.ispunctuation": word in string.punctuation,
        f"{prefix}word.isdigit()": word.isdigit(),
    }
    for length in (2, 3):
        features[f"{prefix}word[:{length}]"] = word[:length]
        features[f"{prefix}word[-{length}:]"] = word[-length:]
    return features
