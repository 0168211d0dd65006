"""What a title is, so that nobody says it in a way that it does not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from podcast.language.english.tagger import NOUNS, tag_words
from podcast.language.english.word_data import words
from podcast.write.template.title_text import LONGEST_TITLE, is_cut, strip_title

TitleKind = Literal[
    "clause", "question", "order", "first person", "noun phrase", "page", "fragment"
]

_PAGE = re.compile(
    r"""
    -- \s | ^\d{1,2}\s*\|\s*\w+\s*\|\s*\d{4}
    | \blatest\s(?:news|videos)\b | \bpage\s\d+\b | ^on\sthe\sagenda\b
    | \b(?:news|blog|documentation|release\snotes|archives?|homepage|index|home)\s*$
    | \b(?:developers?|community|users?|support|discussion)\sforums?\s*$
    | ^[\w-]+\.(?:com|org|net|ai|io)$ | ^announcements\b | ^[\w-]+/[\w-]+
    | \.(?:md|pdf|html?)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|my|me|we|we're|our|us)\b")
_FIRST_PERSON_TITLE = re.compile(r"\b(?:I|I['’]m|I['’]ve|My|my|We|we|We['’]re|Our|our|Us)\b")
_ASKS = re.compile(
    r"(?i)^(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|what|why|"
    r"when|who|which|how|where)\b"
)
_AUXILIARIES = frozenset(
    "is are was were do does did can could will would should has have may might".split()
)
_ORDERS = frozenset(
    "meet discover learn watch see get read join explore build try make use find stop "
    "start unlock harness "
    "introducing unveiling announcing unpacking understanding navigating overcoming".split()
)


class NameBook:
    """How the texts of an edition write words: large, as names, or small."""

    def __init__(self, texts: Iterable[str]) -> None:
        whole = " ".join(texts)
        self._within = Counter(re.findall(r"(?<=[a-z,;’'] )[\"“‘']?([^\W\d_][\w-]*)", whole))
        self._text = whole

    def sentence_case(self, title: str) -> str:
        """The title as a sentence writes it; a word that nothing decides stays as it is."""
        tokens = title.split(" ")
        return " ".join(self._decide(tokens, at) for at in range(len(tokens)))

    def _decide(self, tokens: list[str], at: int) -> str:
        token = tokens[at]
        core = re.sub(r"^\W+|\W+$", "", token)
        if (
            not core[:1].isupper()
            or any(letter.isupper() or letter.isdigit() for letter in core[1:])
            or core == "I"
        ):
            return token
        if at == 0 or tokens[at - 1].endswith((":", "?", ".", "!")):
            return token
        small = core.lower()
        stem = re.sub(r"['’]s$", "", core)
        if self._in_name(tokens, at):
            return token
        if (
            small in words("small")
            or small in words("headline_verbs")
            or small in words("plain_verbs")
        ):
            return token.lower()
        if self._within[stem] > self._within[stem.lower()]:
            return token
        if self._within[stem.lower()] or small in words("common"):
            return token.lower()
        return token

    def _in_name(self, tokens: list[str], at: int) -> bool:
        """Whether the texts write the word and its neighbour together, both large."""
        for start in (at - 1, at):
            pair = tokens[start : start + 2] if start >= 0 else []
            if len(pair) == 2 and all(word[:1].isupper() for word in pair):
                joined = re.sub(r"\W+$", "", " ".join(pair))
                if re.search(rf"(?<=[a-z,;] ){re.escape(joined)}\b", self._text):
                    return True
        return False


def is_page_name(title: str) -> bool:
    """Whether a title names a page, such as a site's section, and no story."""
    return _PAGE.search(title[:LONGEST_TITLE]) is not None


def title_kind(title: str, names: NameBook) -> TitleKind:
    """Decide what a title is; `fragment` where that is not certain."""
    if len(title) > LONGEST_TITLE:
        return "fragment"
    if is_page_name(title):
        return "page"
    text = strip_title(title)
    if _FIRST_PERSON_TITLE.search(text):
        return "first person"
    if is_cut(title) or len(text.split()) < 3:
        return "fragment"
    if title.rstrip().endswith("?") and text.count("?") <= 1:
        second = text.split()[1].lower() if len(text.split()) > 1 else ""
        inverted = text.split()[0].lower() in _AUXILIARIES or second in _AUXILIARIES
        return "question" if _ASKS.match(text) and inverted and ":" not in text else "fragment"
    first = re.sub(r"\W", "", text.split()[0].lower())
    if first in _ORDERS:
        return "order"
    if ":" in text or ";" in text or "?" in text or "|" in text:
        return "fragment"
    return "clause" if _is_certain_clause(names.sentence_case(text)) else _noun_phrase(text)


def _is_certain_clause(text: str) -> bool:
    """Whether list of verbs and tagger agree that a subject and its finite verb stand here."""
    tokens = re.findall(r"[\w$€£%.’'-]+|,", text)
    if tokens and tokens[0].lower() in (
        "how",
        "why",
        "what",
        "when",
        "where",
        "who",
        "as",
        "with",
        "if",
        "while",
        "after",
    ):
        return False
    tags = tag_words(tokens)
    verbs = words("headline_verbs")
    for at in range(1, min(len(tokens) - 1, 7)):
        if tokens[at].lower() not in verbs or not tags[at].startswith(
            ("VBZ", "VBD", "VBP", "MD")
        ):
            continue
        before = tags[at - 1]
        subject = set(tags[:at])
        return before in NOUNS and subject.isdisjoint({"IN", "TO", ",", "VBG"})
    return False


def _noun_phrase(text: str) -> TitleKind:
    return "noun phrase" if not re.search(r"[,.!]", text) else "fragment"
