"""Rules that make two sentences of two clauses: at a semicolon, at `and`, at `which`."""

from __future__ import annotations

import re

from podcast.language.english.tagger import NOUNS
from podcast.language.english.word_data import first_large
from podcast.write.template.grammar import Parsed, close, has_quote, is_clause, parse_sentence
from podcast.write.template.halves import HEAVY, LONG, cut_sentence, is_longer
from podcast.write.template.rewritten import Rewritten


def divide_at_semicolon(sentence: str) -> Rewritten | None:
    """Make two sentences of what a semicolon parts, where each half is a clause."""
    if "; " not in sentence or has_quote(sentence) or "(" in sentence or ":" in sentence:
        return None

    halves = [re.sub(r"^(?:and|however,) ", "", half) for half in sentence.split("; ")]
    if not all(is_clause(half) and len(half.split()) >= 4 for half in halves):
        return None
    return Rewritten(tuple(close(first_large(half)) for half in halves))


_JOINT = re.compile(r", (?P<joint>and|but) (?=[\w“\"])")


def divide_at_clause(sentence: str) -> Rewritten | None:
    """Divide a long sentence before `, and` or `, but` that has a clause on either side."""
    if not is_longer(sentence, LONG) or has_quote(sentence):
        return None

    for match in _JOINT.finditer(sentence):
        halves = cut_sentence(sentence, match.start(), match.end(), least=7)
        if halves is None or not _starts_clause(halves.right):
            continue
        if "," in halves.left and match["joint"] == "and":
            continue  # It may be the last of a list.
        opening = "But " if match["joint"] == "but" else ""
        return Rewritten((close(halves.left), *_divide_rest(opening + halves.right)))
    return None


def _divide_rest(right: str) -> tuple[str, ...]:
    """Divide the second half as well, where it is long and has another clause."""
    sentence = first_large(right)
    divided = divide_at_clause(sentence)
    return divided.sentences if divided else (sentence,)


def _starts_clause(right: str) -> bool:
    """Tell whether a clause starts here: subject, then finite verb, no comma between."""
    parsed = parse_sentence(first_large(right))
    at = parsed.first_finite()
    if at is None or not 1 <= at <= 6:
        return False

    subject = parsed.words[:at]
    breaks_off = (",", "that", "which", "who", "to")
    if any(word.text in breaks_off or word.tag in _NO_SUBJECT for word in subject):
        return False
    return subject[-1].tag in NOUNS or subject[-1].tag in ("PRP", "RB", "EX")


_NO_SUBJECT = ("IN", "VBG", "VB", "TO")


_WHICH = re.compile(r"(?P<noun>\b[a-z][\w-]*), which (?P<verb>[a-z]+(?:s)?) ")


def divide_at_which(sentence: str) -> Rewritten | None:
    """Give a clause with `which` at the end of a long sentence the noun that it is about."""
    match = _WHICH.search(sentence)
    if not match or not is_longer(sentence, HEAVY):
        return None

    halves = cut_sentence(sentence, match.end("noun"), match.start("verb"))
    if halves is None or not halves.is_sure or re.search(r",(?! and| or)", halves.right):
        return None
    verb = parse_sentence(f"This {halves.right}").words[1]
    noun = halves.main.words[-1]
    if not _is_only_noun(halves.main) or verb.tag not in _AGREE.get(noun.tag, ()):
        return None
    pointer = "That" if noun.tag == "NN" else "Those"
    second = f"{pointer} {noun.text} {halves.right}"
    return Rewritten((close(halves.left), close(second)))


_AGREE = {"NN": ("VBZ", "VBD"), "NNS": ("VBP", "VBD")}


def _is_only_noun(main: Parsed) -> bool:
    """Tell whether the noun at the end is what `which` must mean.

    No other one hangs together with it.
    """
    verb = main.first_finite()
    if verb is None:
        return False
    behind = main.words[verb + 1 :]
    return not any(word.tag in ("IN", "CC", "TO", "VBN", "VBG", ",") for word in behind)
