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
    if not before or not _is_verb(word, after):
        return ""
    if word.text in _STRESSES:
        return _unless_said(_STRESSES[word.text], "stress", sentence)
    if word.text not in _POINTS_TO or after.tag not in _TAKES_OBJECT:
        return ""
    if word.text in _SHOWS and _is_deed(sentence[: word.start]):
        shown = _unless_said(_SHOWS[word.text], "show", sentence)
        if shown:
            return shown
    return _unless_said(_POINTS_TO[word.text], "point", sentence)


def _is_verb(word: TaggedWord, after: TaggedWord) -> bool:
    # No noun stands before an article: `highlights the` is a verb whatever the tagger says.
    if word.tag == "NNS":
        return after.tag in ("DT", "PRP$")
    return word.tag.startswith("VB") and word.tag != "VBN"


def _is_deed(subject: str) -> bool:
    return "," not in subject and _DEED.match(subject) is not None


def _unless_said(plain: str, stem: str, sentence: str) -> str:
    """The plain word, where the sentence does not have it already."""
    return "" if re.search(rf"\b{stem}", sentence, re.IGNORECASE) else plain
