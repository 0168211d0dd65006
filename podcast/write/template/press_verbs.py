"""The rule that says press verbs plainly: `highlights` as `points to`."""

from __future__ import annotations

import re

from podcast.language.english.tagger import NOUNS, TaggedWord
from podcast.language.english.word_data import first_large
from podcast.write.template.grammar import has_quote, parse_sentence
from podcast.write.template.rewritten import Rewritten

_STRESSES = {
    "emphasizes": "stresses",
    "emphasises": "stresses",
    "emphasized": "stressed",
    "emphasised": "stressed",
    "emphasizing": "stressing",
    "emphasising": "stressing",
    "emphasize": "stress",
    "emphasise": "stress",
}
_POINTS_TO = {
    "highlights": "points to",
    "highlighted": "pointed to",
    "highlighting": "pointing to",
    "highlight": "point to",
}
# What a deed does, which cannot point.
_SHOWS = {"highlights": "shows", "highlighted": "showed", "highlight": "show"}

_DEED = re.compile(
    r"""
    (?:The|This|These|Its|Their|Such|Live|[A-Z][\w-]*['’]s)\ (?:[\w-]+\ ){0,3}?
    (?:collaborations?|partnerships?|launch|releases?|advancements?|innovations?|moves?|growth
      |initiatives?|achievements?|tests?|demonstrations?|videos?|success|failure|integrations?
      |approach|award|event|case|cases|incidents?)\b
    """,
    re.VERBOSE,
)
# What may stand behind `points to`: a thing, and no clause.
_TAKES_OBJECT = ("DT", "PRP$", "JJ", "JJR", "CD", "VBG", "$", *NOUNS)


def say_press_verb(sentence: str) -> Rewritten | None:
    """Say the first press verb of a sentence plainly, where a thing is its object."""
    if has_quote(sentence):
        return None
    words = parse_sentence(sentence).words
    for at, word in enumerate(words[:-1]):
        plain = _find_plain(word, words[:at], words[at + 1], sentence)
        if plain:
            said = f"{sentence[: word.start]}{plain}{sentence[word.end :]}"
            return Rewritten((first_large(said),))
    return None


def _find_plain(
    word: TaggedWord, before: tuple[TaggedWord, ...], after: TaggedWord, sentence: str
) -> str:
    # No noun stands before an article: `highlights the` is a verb whatever the tagger says.
    is_verb = word.tag.startswith("VB") or (word.tag == "NNS" and after.tag in ("DT", "PRP$"))
    if not is_verb or word.tag == "VBN" or not before:
        return ""
    if word.text in _STRESSES and not re.search(r"\bstress", sentence, re.IGNORECASE):
        return _STRESSES[word.text]
    if word.text not in _POINTS_TO or after.tag not in _TAKES_OBJECT:
        return ""

    is_deed = (
        _DEED.match(sentence[: word.start]) is not None and "," not in sentence[: word.start]
    )
    if is_deed and word.text in _SHOWS and not re.search(r"\bshow", sentence):
        return _SHOWS[word.text]
    return "" if re.search(r"\bpoint", sentence, re.IGNORECASE) else _POINTS_TO[word.text]
