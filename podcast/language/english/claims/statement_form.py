"""What form a sentence has: a statement, a question that supposes something, a thing said with reserve."""

from __future__ import annotations

import re

from podcast.language.english.claims.clauses import Clause, ClaimSentence

_SUPPOSING = re.compile(
    r"^(?:(?:so|and|but|then|well|now),? )*(?:(?:is|was) that )?"
    r"(?:why (?:did|does|do|has|have|was|were|is|are)|how (?:much|many)|how (?:did|has|was)|when did|since when|what made)\b",
    re.IGNORECASE,
)
_RESERVE = re.compile(
    r"\b(?:may|might|could|can|would|should|perhaps|maybe|possibly|potentially|probably|likely|unlikely|expect\w*"
    r"|suggest\w*|believ\w*|hop\w+|think\w*|thought|seem\w*|appear\w*|promis\w*|aim\w*|plan\w*|want\w*|intend\w*|if"
    r"|whether|suppos\w+|able to|design\w*|meant|idea|potential|up to|as (?:much|many) as|at most|goal|wish\w*"
    r"|consider\w*|proposes?|proposed|estimat\w*|predict\w*|forecast\w*|imagine|try|tries|trying|right)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:says?|said|according to|claims?|claimed|argues?|argued|warns?|warned|reports?|reported|call\w*|speak\w*"
    r"|announc\w+|fears?|worr\w+|tells?|told|sees?|names?)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|[’']ll|going to|about to|set to|due|plan\w*|intend\w*|aim\w*|hop\w+|expect\w*|schedul\w*|wants?"
    r"|wish\w*|future|upcoming|soon|next|tomorrow|would|may|might|could|propos\w+|consider\w*|if|once|until|from|to be"
    r"|ready|prepar\w+)\b",
    re.IGNORECASE,
)


def supposes_something(sentence: ClaimSentence) -> bool:
    """Whether a sentence asserts anything: a statement, or a question such as "why did it fail?"."""
    return not sentence.is_question or bool(_SUPPOSING.search(sentence.text))


def is_reserved(text: str) -> bool:
    """Whether something is said as possible, hoped or believed."""
    return bool(_RESERVE.search(text))


def is_reported(text: str) -> bool:
    """Whether something is said to be somebody's word."""
    return bool(_REPORTED.search(text))


def is_to_come(text: str) -> bool:
    """Whether something is said of the future, or as a plan."""
    return bool(_TO_COME.search(text))


def text_before(clause: Clause, place: int) -> str:
    """The words of a clause before one of its words."""
    return " ".join(word.text for word in clause.words[:place])
