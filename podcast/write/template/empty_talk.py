"""Rules that leave out what only says that something matters.

What has a figure, a quotation, a doubt or a turn stays: then it may say something.
"""

from __future__ import annotations

import re

from podcast.write.template.grammar import (
    LONGEST_SENTENCE,
    NEGATIONS,
    close,
    has_open_quote,
    parse_sentence,
)
from podcast.write.template.rewritten import Rewritten

# Why such words are left out.
EMPTY = "it says only that something matters"

_PRAISING_TAIL = re.compile(
    r"""
    ,\ (?:and\ )?(?:thereby\ |thus\ |ultimately\ |further\ |effectively\ )?
    (?:underscoring|highlighting|emphasi[sz]ing|marking|demonstrating|showcasing|signall?ing
      |reflecting
      |reinforcing|representing|setting|paving|cementing|solidifying|showing|illustrating
      |opening|validating|exemplifying)
    \ (?P<rest>[^,;]*)$
    """,
    re.VERBOSE,
)
# A tail that only calls the thing useful.
_TOOL_TAIL = re.compile(
    r"""
    ,\ (?:thereby\ |thus\ )?
    (?:(?:making|marking|positioning)\ (?:it|this|them)\ (?:as\ )?|(?:offering|providing)\ )
    (?:an?|the)\ (?:ideal|valuable|vital|formidable|powerful|key|essential|robust|versatile
      |compelling|promising|attractive|invaluable|indispensable|comprehensive|scalable|top)[ ]
    (?:(?:and\ )?[\w-]+\ ){0,2}?
    (?:tool|resource|asset|choice|option|solution|addition|candidate|contender)s?\b
    (?P<rest>[^,;]*)$
    """,
    re.VERBOSE,
)
_PROMISING_TAIL = re.compile(
    r"""
    ,\ (?:thereby\ |thus\ |ultimately\ )?
    (?:promising\ (?:to\ (?:revolutioni[sz]e|transform|reshape|redefine)|(?:new|a\ new)\b)
      |(?:revolutioni[sz]ing|redefining|reshaping|transforming)
      \ (?!.*\b(?:with|by|through|into)\b)
      |advancing\ the\ (?:field|state\ of\ the\ art)\b
      |contributing\ to\ (?:the\ advancement|improved|better)\b)
    (?P<rest>[^,;]*)$
    """,
    re.VERBOSE,
)
_EMPTY_NOUN = re.compile(
    r"""
    \b(?:importance|significance|commitment|dedication|potential|steps?|leap|milestones?
      |strides?|advancements?|advances?|year|moment|chapter|progress|ambition|shift|role|promise
      |versatility|effectiveness|way|stage|standards?
      |leadership|need|capabilit(?:y|ies)|robustness|impact|era|force|possibilities|avenues
      |revolutioni[sz]e|reshape|redefine)\b
    """,
    re.VERBOSE,
)
_FIGURE = re.compile(r"(?<![\w-])\d(?!D\b|G\b)|[\"“”$€£%]")
_TURNS = frozenset(
    "but although though despite however gap risk risks lack fear fears threat".split()
)


def drop_empty_end(sentence: str) -> Rewritten | None:
    """Leave out a participle at the end that only praises: `, marking a great step in`."""
    match = _find_empty_end(sentence.rstrip("."))
    if match is None or not _says_nothing(match[0]):
        return None

    head = sentence[: match.start()]
    has_verb = parse_sentence(head).first_finite() is not None or " boasts " in head
    if not has_verb or has_open_quote(head) or _is_unfinished(head):
        return None
    return Rewritten((close(head),), match[0].strip(" ,"))


def _find_empty_end(bare: str) -> re.Match[str] | None:
    praising = _PRAISING_TAIL.search(bare)
    if praising and _EMPTY_NOUN.search(praising["rest"]):
        return praising
    return _TOOL_TAIL.search(bare) or _PROMISING_TAIL.search(bare)


def _is_unfinished(head: str) -> bool:
    """Tell whether the rest is the first part of a list: `, saving time, cutting costs and`."""
    last = head.rpartition(",")[2]
    return "," in head and re.search(r"^ (?:\w+ly )?\w+ing\b", last) is not None


def _says_nothing(text: str) -> bool:
    if _FIGURE.search(text):
        return False
    lowered = set(re.findall(r"[a-z']+", text.lower()))
    return lowered.isdisjoint(_TURNS) and lowered.isdisjoint(NEGATIONS)


_EMPTY_SENTENCE = re.compile(
    r"""
    (?:Overall,\ |Ultimately,\ )?
    (?:(?:This|These|The|Such|Their|Its|[A-Z][\w&]*(?:['’]s?)?)\b[^,;]*?)
    \ (?:underscores?|highlights?|emphasi[sz]es?|stress(?:es)?|points?\ to|demonstrates?
      |reflects?|showcases?|marks?|represents?
        |signals?|reinforces?|exemplif(?:y|ies)|is\ a\ testament\ to
        |(?:paves?\ the\ way|sets?\ the\ stage)\ for(?!.*,)
        |(?:are|is)\ (?:set|poised)\ to\ (?:revolutioni[sz]e|reshape|redefine))
    \ (?P<rest>[^;]*)\.
    """,
    re.VERBOSE,
)
_EMPTY_SUBJECT = re.compile(
    r"""
    (?:Overall,\ |Ultimately,\ )?
    (?:This|These|The|Such|Their|Its|[A-Z][\w&]+['’]s?)\ (?:[\w-]+\ ){0,3}?
    (?:initiatives?|moves?|efforts?|advancements?|advances?|innovations?|breakthroughs?
      |developments?|launch
       |collaborations?|partnerships?|releases?|announcements?|achievements?|integrations?
       |milestones?|progress|ambitions?|award|acquisition|investments?)\b
    """,
    re.VERBOSE,
)
_GREAT_STEP = re.compile(
    r"""
    ^(?:(?:Overall|Ultimately|In\ conclusion|In\ summary),\ )?
    (?:The\ |This\ |Its\ )?[\w'’ -]{2,50}?\ (?:marks|represents)
    \ an?\ (?:significant|major|pivotal|notable|important|key|crucial|paradigm)
    \ (?:step|leap|milestone|shift|advancement|advance|stride)\b
    (?!\ from\b)[^;:]*\.$
    """,
    re.VERBOSE,
)
_POINTER = re.compile(
    r"""
    ^(?:For\ (?:more|further|full)\ (?:details|information),?\ (?:please\ )?
      (?:visit|see|go\ to|check|click|read)
      |(?:Read|Learn|Find\ out|See)\ more\ (?:here|at|on|about)\b(?=.{0,60}$)
      |(?:Click|Tap)\ (?:here|below|on)\b
      |(?:Please\ )?(?:Subscribe|Sign\ up)\ (?:to|for|here|now|today)\b
      |(?:Important|Key)\ dates:|Share\ this\ (?:article|post|story)\b)
    """,
    re.VERBOSE,
)


def is_for_readers(sentence: str) -> bool:
    """Tell whether a sentence sends its reader elsewhere, as `For more details, visit` does."""
    return _POINTER.match(sentence) is not None


def is_empty_sentence(sentence: str) -> bool:
    """Tell whether a sentence only says that something matters."""
    if len(sentence) > LONGEST_SENTENCE:
        return False
    if not _says_nothing(sentence) or len(sentence.split()) > 32:
        return False
    if _GREAT_STEP.match(sentence):
        return True

    match = _EMPTY_SENTENCE.fullmatch(sentence)
    if not match or not _EMPTY_SUBJECT.match(sentence):
        return False
    names = set(re.findall(r"(?<=[a-z,] )[A-Z]\w+", match["rest"])) - {"AI"}
    return bool(_EMPTY_NOUN.search(sentence)) and len(names) <= 1
