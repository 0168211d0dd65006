"""Where a sentence ends, in text that has been spelled out."""

from __future__ import annotations

import re

_TITLES = frozenset(
    "Mr Mrs Ms Dr Prof St Gen Sen Rep Gov Lt Col Capt Sgt Rev Hon Messrs vs Mt Ft No Fig".split()
)
_STARTERS = frozenset(
    "A About According After Also Although An And Another Are As At Because Before Both But By Can Could "
    "Despite Did Do Does Each Even Every Finally First For From Further Furthermore Given Had Has Have He "
    "Her Here His How However I If In Instead Is It Its Later Last Many Meanwhile Moreover More Most Much My "
    "Nearly Neither Next No Nobody None Nor Not Nothing Now Of On Once One Only Or Other Others Our Over "
    "Perhaps Recently Researchers Second She Should Similarly Since So Some Still Such That The Their Then "
    "There These They This Those Though Through Thus To Today Together Tomorrow Too Two Under Unlike Until "
    "We Well Were What When Where Whether Which While Who Whose Why Will With Without Would Yes Yesterday "
    "Yet You Your".split()
)
"""Words that open a sentence far more often than a name: they decide after `U.S.` and the like."""

_END = re.compile(r"[.!?]+[\"'”’]*\s+")
_LAST = re.compile(r"\S*$")
_INITIALS = re.compile(r"[A-Z]\.|(?:[A-Za-z]\.){2,}")
_NEXT = re.compile(r"[\"'“‘]*([^\W\d_]*)")


def sentences(text: str) -> list[str]:
    """Split spelled-out text where its sentences end; joined by single spaces they are the text again.

    White space is taken as single spaces. `Dr. Li`, `J. Smith`, `U.S. Senate`, `wait... what` do not end one.
    """
    text = " ".join(text.split())
    found = []
    start = 0
    for end in _END.finditer(text):
        if _ends(text, end):
            found.append(text[start : end.end()].rstrip())
            start = end.end()
    if start < len(text):
        found.append(text[start:])
    return found


def starts_sentence(text: str, at: int) -> bool:
    """Whether what follows an abbreviation is a new sentence: nothing, or a word that usually opens one."""
    rest = text[at : at + 40].lstrip()
    match = _NEXT.match(rest)
    return not rest or (match is not None and match[1] in _STARTERS)


def _ends(text: str, end: re.Match[str]) -> bool:
    following = _NEXT.match(text, end.end())
    word = following[1] if following else ""
    if word and word[0].islower():
        return False
    if not end[0].startswith(".") or end[0].startswith(".."):
        return True
    last = _LAST.search(text, max(0, end.start() - 40), end.start() + 1)
    before = last[0].lstrip("\"'“‘(") if last else ""
    if _INITIALS.fullmatch(before):
        return word in _STARTERS
    return before[:-1] not in _TITLES
