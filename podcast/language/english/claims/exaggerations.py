"""Finds superlatives, firsts and loose quantities that the source does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import permutations
from typing import Any

from podcast.language.english.claims.clauses import ClaimSentence, ClaimWord
from podcast.language.english.claims.figure_context import read_figures
from podcast.language.english.claims.finding import Finding
from podcast.language.english.claims.phrase_patterns import load_markers, marker, phrase_pattern
from podcast.language.english.claims.quantities import Quantity
from podcast.language.english.claims.source_facts import SourceFacts
from podcast.language.english.claims.statement_form import supposes_something
from podcast.language.english.claims.word_forms import stem

_FIRST_IN_SOURCE = re.compile(
    r"\b(?:first|only|unprecedented|unique|record|never before|histor|ever\b|pioneer|new\b)",
    re.IGNORECASE,
)
_SUPERLATIVE_SUFFIX = re.compile(r"(?:i?est)$")
_SMALL_WORDS = frozenset("of among one at last some".split())
_FIRST_WORDS = ("first", "only", "record", "unprecedented", "unique", "history", "ever")
_TOP_WORDS = frozenset("top leading unparalleled unmatched premier foremost".split())
_COMPARED_WORDS = frozenset("as more less the what".split())
_TIMES = re.compile(
    r"(?<=factor of )\d+(?:\.\d+)?|(?<![\d.])\d+(?:\.\d+)?(?=x\b|×| times|-fold)"
)
_BE = frozenset(
    "is are was were be been become becomes became remains remain s re makes".split()
)
# Of whose best nobody speaks in play.
_WHOLES = frozenset("world country nation industry market history europe america china".split())
_WITHOUT_EQUAL = re.compile(
    r"""
    \b(?:
        ever | of\ all | of\ its\ kind
      | (?:in|on)\ the\ (?:world|country|industry|market|state|city|nation)
      | (?:in|on)\ (?:earth|history|[A-Z])
    )
    """,
    re.VERBOSE,
)
_UNIT_FOLLOWS = re.compile(
    r" of (?:\w+ )?(?:dollars|euros|pounds|miles|kilomet\w+|hours|days|weeks|months|years|tons|"
    r"tonnes)\b"
)
# How far a factor may be from `twice`: 2.1 is about twice.
_NEAR = Decimal("0.12")


def find_superlative_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Firsts, records and superlatives of which the source knows nothing."""
    if not supposes_something(sentence):
        return
    first = marker("firsts").search(sentence.text)
    claim = first[0] if first else _first_to_do(sentence)
    if claim and not _has_first(claim, source.text):
        yield Finding("superlative", sentence.text, f'the source does not say "{claim}"')
        return

    for place in range(len(sentence.words)):
        if _is_superlative(sentence, place):
            yield from _check_superlative(sentence, place, source)


def _check_superlative(
    sentence: ClaimSentence, place: int, source: SourceFacts
) -> Iterator[Finding]:
    """A superlative that the source does not have, or has only of one of several."""
    word = sentence.words[place]
    degree = _degree_stem(sentence, place)
    sentences = _source_superlatives(source)
    if degree not in sentences:
        # Of "most powerful" both words are shown, of "best" the one that there is.
        claim = f"{word.text} {degree}".replace(f"{degree} {degree}", degree)
        yield Finding("superlative", sentence.text, f'the source does not say "{claim}"')
    elif sentences[degree] and not _is_one_of(sentence.words, place):
        what = f'the source says "one of" or "among" where this says "the {word.text}"'
        yield Finding("superlative", sentence.text, what, sentences[degree])


def _first_to_do(sentence: ClaimSentence) -> str:
    """The claim that something is the first to do what it does; empty when there is none."""
    words = sentence.words
    for place, word in enumerate(words):
        before = words[place - 1].small if place else ""
        if word.small not in ("first", "only") or before not in ("the", "its", "their"):
            continue
        for at in range(place + 1, min(place + 4, len(words) - 1)):
            if words[at].small == "to" and words[at + 1].tag == "VB":
                return f"the {word.small} to {words[at + 1].text}"
    return ""


def _has_first(said: str, text: str) -> bool:
    small = said.casefold()
    for word in _FIRST_WORDS:
        if word in small:
            return bool(re.search(rf"\b{word}", text, re.IGNORECASE))
    return bool(_FIRST_IN_SOURCE.search(text))


def _is_superlative(sentence: ClaimSentence, place: int) -> bool:
    """Tell whether a word claims that something has no equal, after "the" or a possessive."""
    word = sentence.words[place]
    if not place or word.tag not in ("JJS", "RBS"):
        return False
    before = sentence.words[place - 1]
    if before.tag == "POS" and sentence.words[place - 2].small in _WHOLES:
        return True
    if before.tag != "POS" and before.text.casefold() != "the":
        return False
    if not _claims_degree(sentence, place):
        return False
    rest = _rest_of_clause(sentence, word)
    return _is_predicate(sentence, place) or bool(_WITHOUT_EQUAL.search(rest))


def _claims_degree(sentence: ClaimSentence, place: int) -> bool:
    """Tell whether a superlative claims something of the story.

    "The latest" and "the most" of something do not, and "the hardest part" is a matter of talk.
    """
    word = sentence.words[place]
    if word.small in ("latest", "least", "last"):
        return False
    if word.small == "most" and not _is_graded(sentence, place):
        return False
    following = {other.stem for other in sentence.words[place + 1 : place + 3]}
    return following.isdisjoint(map(stem, load_markers()["matters_of_talk"]))


def _is_predicate(sentence: ClaimSentence, place: int) -> bool:
    """Tell whether something is said to be the most.

    "it is now the largest", not "the largest of them eats".
    """
    before = [word.small for word in sentence.words[max(0, place - 3) : place]]
    return bool(_BE.intersection(before))


def _rest_of_clause(sentence: ClaimSentence, word: ClaimWord) -> str:
    return re.split(r"[,;:.—]", sentence.text[word.start :])[0]


def _is_graded(sentence: ClaimSentence, place: int) -> bool:
    follows = sentence.words[place + 1] if place + 1 < len(sentence.words) else None
    return follows is not None and follows.tag in ("JJ", "RB", "VBN", "VBG")


def _degree_stem(sentence: ClaimSentence, place: int) -> str:
    """The stem of what something is the most of: of `largest` and `most powerful`."""
    words = sentence.words
    word = words[place]
    if word.small in ("most", "least") and place + 1 < len(words):
        return str(words[place + 1].stem)
    return stem(_SUPERLATIVE_SUFFIX.sub("", word.small)) or word.small


def _source_superlatives(source: SourceFacts) -> dict[str, str]:
    """What the source calls the most.

    Its stem, with its sentence where it is only one of several.
    """
    degrees: dict[str, str] = {}
    for sentence in source.all_sentences:
        is_own = sentence in source.sentences
        for place, word in enumerate(sentence.words):
            if word.tag in ("JJS", "RBS") or _is_capital_superlative(word):
                degree = _degree_stem(sentence, place)
                is_one_of = _is_one_of(sentence.words, place)
                degrees[degree] = degrees.get(degree, sentence.text) if is_one_of else ""
            elif is_own and word.small in _TOP_WORDS:
                degrees |= dict.fromkeys(("best", "large", "larg", "big"), "")
    return degrees


def _is_capital_superlative(word: ClaimWord) -> bool:
    """Tell whether a headline's superlative looks like a name for its capital."""
    is_superlative = word.small in ("most", "worst") or word.small.endswith("est")
    return word.is_name and is_superlative


def _is_one_of(words: tuple[ClaimWord, ...], place: int) -> bool:
    return bool({word.small for word in words[max(0, place - 4) : place]} & _SMALL_WORDS)


def find_loose_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Dozens, millions, doubled.

    Quantities without a figure that no figure of the source bears out.
    """
    text = sentence.text
    for loose in load_markers()["loose"]:
        match = re.search(phrase_pattern([loose["words"]]), text, re.IGNORECASE)
        if not match:
            continue
        follows = text[match.end() :]
        # Cut out, "hundreds of thousands" is not read again as "thousands".
        text = text[: match.start()] + follows
        if not _says(match[0], source) and not _has_amount(loose, follows, source):
            yield _loose_finding(sentence, match)

    if supposes_something(sentence):
        yield from _find_growth_faults(sentence, source)


def _find_growth_faults(sentence: ClaimSentence, source: SourceFacts) -> Iterator[Finding]:
    """Words such as "doubled" that no numbers of the source bear out."""
    for growth in load_markers()["growth"]:
        pattern = phrase_pattern(growth["words"])
        match = re.search(pattern, sentence.text, re.IGNORECASE)
        if not match or _is_only_repeated(match, sentence):
            continue
        if not _has_factor(pattern, Decimal(str(growth["factor"])), source):
            yield _loose_finding(sentence, match)


def _loose_finding(sentence: ClaimSentence, match: re.Match[str]) -> Finding:
    return Finding("loose", sentence.text, f'the source has nothing for "{match[0]}"')


def _is_only_repeated(match: re.Match[str], sentence: ClaimSentence) -> bool:
    """Tell whether "three times" says how often: no comparison follows it."""
    if not match[0].casefold().endswith(" times"):
        return False
    for word in sentence.words:
        if word.start >= match.end():
            return word.tag not in ("JJR", "RBR") and word.small not in _COMPARED_WORDS
    return True


def _says(words: str, source: SourceFacts) -> bool:
    return f" {words.casefold()} " in source.plain_text


def _has_amount(loose: Mapping[str, Any], follows: str, source: SourceFacts) -> bool:
    """Tell whether a number of the source may stand behind "millions".

    "Millions of dollars" need one with a unit, "millions of people" one without, "worth
    millions" any.
    """
    has_unit = _UNIT_FOLLOWS.match(follows) is not None
    is_any = not has_unit and not follows.startswith(" of ")
    for quantity, _, _ in source.quantities():
        is_alike = is_any or bool(quantity.units) == has_unit
        if not is_alike or "." in quantity.text:
            continue
        if any(loose["least"] <= value < loose["less_than"] for value in quantity.values):
            return True
    return False


def _has_factor(pattern: str, factor: Decimal, source: SourceFacts) -> bool:
    """Tell whether the source has the same growth, in words or in numbers."""
    if re.search(pattern, source.text, re.IGNORECASE):
        return True
    if any(_is_near(Decimal(times), factor) for times in _TIMES.findall(source.text)):
        return True
    return any(_has_ratio(sentence, factor) for sentence in source.sentences)


def _is_near(ratio: Decimal, factor: Decimal) -> bool:
    return abs(ratio - factor) <= factor * _NEAR


def _has_ratio(sentence: ClaimSentence, factor: Decimal) -> bool:
    """Tell whether two numbers of one kind, or a change in percent, make the factor."""
    facts = (figure.fact for figure in read_figures(sentence))
    quantities = [fact for fact in facts if isinstance(fact, Quantity)]

    # Doubled is a growth by 100%, or one to 200%.
    shares = (abs(factor - 1) * 100, factor * 100)
    for quantity in quantities:
        if "ratio" in quantity.units and quantity.values[0] in shares:
            return True
    return any(_make_ratio(*pair, factor) for pair in permutations(quantities, 2))


def _make_ratio(left: Quantity, right: Quantity, factor: Decimal) -> bool:
    """Tell whether one number is the other's multiple, both being of the same kind."""
    if left.units.keys() != right.units.keys() or left.noun != right.noun:
        return False
    return bool(right.values[0]) and _is_near(left.values[0] / right.values[0], factor)
