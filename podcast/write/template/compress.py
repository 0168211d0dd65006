"""The core of a sentence.

Subject, verb and what the verb needs, cut where nothing true is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from podcast.language.english.tagger import NOUNS, TaggedWord
from podcast.write.template.grammar import (
    LIMITS,
    LONGEST_SENTENCE,
    NEGATIONS,
    close,
    has_open_quote,
    has_quote,
    is_clause,
    parse_sentence,
)

_OBJECT_TAGS = frozenset(("DT", "PRP$", "CD", "NNP", "JJ", "NN", "NNS"))
# A sentence does not end with a word of these tags.
_OPEN_END_TAGS = frozenset(
    ("IN", "DT", "CC", "TO", "JJ", "PRP$", "VBG", "VB", "VBZ", "VBP", ",")
)

# Words that a core has at least.
SHORTEST = 4

_ASIDE_END = re.compile(
    r", (?:\w+ly )?(?:\w+ing\b|which\b|who\b|where\b|including\b|designed\b|aimed\b|"
    r"poised\b|set\b|expected\b|"
    r"led\b|powered\b|based\b|built\b|useful\b|known\b|tailored\b|driven\b|but\b|while\b|"
    r"although\b|with\b|"
    r"citing\b|thus\b|thereby\b|after\b|following\b|as\b|an?\b|the\b|alongside\b|up\b)"
)
# An apposition up to its noun: `, a new model designed to`.
_DESCRIBED = re.compile(
    r", an? [\w -]{4,60}?(?P<noun>\b(?!of\b)\w+) (?:designed|aimed|poised|tailored|built|"
    r"based|developed|similar|"
    r"capable|for|in|with|that|which|to|enhancing|created|trained|on|from)\b"
)
_PREPOSITION_CUT = frozenset(
    "at in on for with after amid during following through using across within from by".split()
)
# Whose words they are is never cut.
_SAID_BY = re.compile(
    r"\b(?:according to|says|said|reports?|reported(?:ly)?|claims?|claimed|argues?|argued)\b"
)
_BARE_OPENING = re.compile(r"^(?:In|On|At|During|This|Last) [^,]{1,40}, ")


# Marks of a sentence that is built in another way than subject, verb, additions.
_NOT_CUT = frozenset("(:;")
_TURNS = frozenset({"if", "unless", "however", "but", "although"})
# First words that need the sentence before.
_LEANS = re.compile(
    r"(?:This|These|It|They|He|She|Its|Their|That|Such|We|Our|I|However|But|And|Despite|"
    r"While|Although)\b"
)


def count_words(text: str) -> int:
    """Count words as the eye parts them."""
    return len(text.split())


def core(sentence: str, most: int) -> str | None:
    """Shorten a sentence to at most `most` words; None where that is not certain.

    What is cut hangs on the end or stands between two commas after the subject. Nothing is cut
    in a sentence with a negation or a condition, nor behind a word such as `first` that reaches
    over what follows.
    """
    if not _may_be_cut(sentence):
        return None
    # An acronym's telling, `, or TN,`, is cut even where the whole would fit.
    text = re.sub(r", or [A-Z][\w-]+(?=,|\.$)", "", sentence).rstrip(".")
    if not _stands_alone(text):
        return None
    if SHORTEST <= count_words(text) <= most:
        return close(text)

    candidates = [text, *_without_aside(text)]
    for candidate in list(candidates):
        candidates += _shorten(candidate)
    longest = _find_longest(candidates, most)
    return longest and close(longest)


def _may_be_cut(sentence: str) -> bool:
    """Tell whether a sentence is short and plain, and nobody else's words."""
    if len(sentence) > LONGEST_SENTENCE or _SAID_BY.search(sentence):
        return False
    return not has_quote(sentence) and _NOT_CUT.isdisjoint(sentence)


def _stands_alone(text: str) -> bool:
    """Tell whether a text states something by itself, without a negation or a condition."""
    if not text or text.endswith(("?", "!")) or _LEANS.match(text):
        return False
    return not parse_sentence(text).has_any(NEGATIONS | _TURNS)


def _find_longest(candidates: Sequence[str], most: int) -> str | None:
    """Find the longest whole candidate of at most `most` words; the first of several."""
    longest: str | None = None
    longest_count = SHORTEST - 1
    for candidate in candidates:
        count = count_words(candidate)
        if longest_count < count <= most and _is_whole(candidate):
            longest, longest_count = candidate, count
    return longest


def _without_aside(text: str) -> list[str]:
    """The text without an apposition after its subject.

    `Leike, a researcher at OpenAI, resigned`.
    """
    match = re.match(
        r"(?P<subject>[^,]{2,50}), (?P<aside>(?:an?|the|its|part of|led by|alongside)\b[^,]*), "
        r"(?P<rest>.+)",
        text,
    )
    if not match:
        return []
    rest = parse_sentence(match["rest"])
    if not rest.words or rest.words[0].tag not in ("VBZ", "VBD", "VBP", "MD"):
        return []
    return [f"{match['subject']} {match['rest']}"]


def _shorten(text: str) -> list[str]:
    """Cut the text at each place behind which only additions stand."""
    shorter = [text[: match.start()] for match in _ASIDE_END.finditer(text)]
    shorter += [text[: match.end("noun")] for match in _DESCRIBED.finditer(text)]

    base = shorter[0] if shorter else text
    parsed = parse_sentence(base)
    verb = parsed.first_finite()
    if verb is None:
        return shorter
    for at in range(verb + 3, len(parsed.words)):
        if _can_cut_before(parsed.words, verb, at):
            shorter.append(base[: parsed.words[at].start].rstrip())
    return shorter


def _can_cut_before(words: Sequence[TaggedWord], verb: int, at: int) -> bool:
    """Tell whether a preposition begins an addition, with the verb's object before it."""
    word = words[at]
    is_preposition = word.text.lower() in _PREPOSITION_CUT and word.tag in ("IN", "VBG")
    if not is_preposition or words[at - 1].tag not in NOUNS:
        return False
    # `only at night`: the limit reaches over what would be cut.
    if {other.text.lower() for other in words[:at]} & LIMITS:
        return False
    return any(other.tag in _OBJECT_TAGS for other in words[verb + 1 : at])


_NEEDS_MORE = re.compile(
    r"\b(?:the|a|an|of|to|and|or|for|with|by|in|on|at|as|from|its|their|that|which|is|are|"
    r"was|were|has|have|had|"
    r"be|been|will|can|could|may|more|most|than|between|including|like|such|into|about|over|"
    r"under|against|"
    r"lack|number|range|series|variety|set|part|use|introduction|ability|need|launch|"
    r"integration|development|"
    r"deployment|role|impact|importance|performance|risks?|challenges|potential|"
    r"advancements|topics|"
    r"breakthroughs?|updates|divide|articles|landscape|issues|approach|method|way|model|"
    r"tool|integration|person|"
    r"concepts|features|areas|developments|efforts|insights|opportunities)$",
    re.IGNORECASE,
)


def _is_whole(text: str) -> bool:
    if _NEEDS_MORE.search(text) or has_open_quote(text) or text.count(",") > 2:
        return False
    parsed = parse_sentence(text)
    verb = parsed.first_finite()
    if verb is None or not is_clause(text):
        return False
    after = [word for word in parsed.words[verb + 1 :] if word.text not in "+%"]
    if not after or after[-1].tag in _OPEN_END_TAGS:
        return False
    return not _is_torn_list(text)


def _is_torn_list(text: str) -> bool:
    """Tell a list that was cut before its last item: `boats, nets`."""
    if not re.search(r", (?!an? )[^,]+$", text) or _BARE_OPENING.match(text):
        return False
    return " and " not in text.rpartition(",")[2]


def is_news(sentence: str) -> bool:
    """Tell whether a sentence says what somebody did or will do, rather than how things are."""
    parsed = parse_sentence(sentence)
    at = parsed.first_finite()
    if at is None:
        return False
    verb = parsed.words[at]
    following = parsed.words[at + 1].tag if at + 1 < len(parsed.words) else ""
    return verb.tag in ("VBD", "MD") or (
        verb.text in ("has", "have") and following in ("VBN", "RB")
    )
