"""What can stand alone as a chapter title, and what says too little or was cut badly."""

from __future__ import annotations

import re

from podcast.language.english.word_data import words
from podcast.write.template.headline import bare
from podcast.write.template.title_text import is_first_person
from podcast.write.template.title_words import MOST

# The kind of an event or of people, and nothing of what it is about.
_SAYS_NO_MATTER = re.compile(
    r"""
    (?:[\w'’-]+\ ){0,4}(?:conference|panel|workshop|webinar|guide|study|report|portfolio|summit
      |update|event)(?:\ \d{4})?
    | (?:researchers|scientists|engineers|experts|companies|firms)(?:\ (?:at|from|of|in)\b.*)?
    | part\ \d+
    """,
    re.VERBOSE | re.IGNORECASE,
)
# An office or a whole field, with nothing that it did: no story's title.
_ORGANISATION = re.compile(
    r"""
    (?:[\w.'’&-]+\ ){1,5}(?:agency|department|ministry|university|institute|foundation
      |commission|authority|council|committee|association|corporation|federation|union)
    | (?:large\ )?(?:language|foundation|world|diffusion)\ models
    | (?:generative|artificial)\ \w+
    | (?:deep|machine|reinforcement)\ learning
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAMES = re.compile(r"(?:[A-Z][\w.&-]*,\ ){1,}(?:and\ )?[A-Z][\w.&-]*", re.VERBOSE)
_POINTS_BACK = re.compile(r"\b(?:its|their|his|her)\b", re.IGNORECASE)


def _says_no_deed(title: str) -> bool:
    """Whether a phrase is an office, a field or names alone, or speaks of somebody else's."""
    if _POINTS_BACK.search(title) or re.search(r"\blike [A-Z]", title):
        return True
    return _ORGANISATION.fullmatch(title) is not None or _NAMES.fullmatch(title) is not None


def says_no_matter(title: str) -> bool:
    """Whether a text is only a kind of event or of people."""
    return _SAYS_NO_MATTER.fullmatch(title) is not None


_NO_TITLE = re.compile(
    r"""
    ^(?:How|Why|When|Where|What|Whether|With|As|Despite|After|While|Amid|By|In|Using
      |Aiming|To)\b
    | \b(?:ways|things|reasons|tips|steps|latest|new|best|named|closest|largest|biggest|more
        |part|series|range|potential|importance|significance|due)$
    | ^(?:the|an?)\ (?:use|role|importance|power|number|range|series|development|introduction)
        \ of\b
    | ^(?:the|this|an?)\ (?:\w+\ )?(?:paper|study|article|report|research|piece|authors?)\b
    | ^(?:last|this|next|every|each)\ \w+$
    | ^\w+\ (?:days?|weeks?|months?|years?|hours?|times?)(?:\ an?\ \w+)?$
    | \b(?:at\ (?:the\ )?forefront|new\ era)\b
    | [&/-]$
    """,
    re.VERBOSE | re.IGNORECASE,
)


def is_whole_title(title: str, *, is_clause: bool) -> bool:
    """Whether a text is whole and can stand alone as a title."""
    if not 6 <= len(title) <= MOST or " " not in title:
        return False
    if bare(title.rsplit(maxsplit=1)[-1]) in words("small") or title.endswith((",", ";", ":")):
        return False
    if _NO_TITLE.search(title) or says_no_matter(title):
        return False
    if is_first_person(title) or (not is_clause and _says_no_deed(title)):
        return False
    return _is_balanced(title)


def _is_balanced(title: str) -> bool:
    """Whether all quotation marks and brackets that open also close."""
    for opening, closing in (("“", "”"), ("(", ")"), ("‘", "’")):
        if title.count(opening) > title.count(closing):
            return False
    opened = len(re.findall(r"(?<!\w)'", title))
    return title.count('"') % 2 == 0 and opened <= len(re.findall(r"'(?!\w)", title))
