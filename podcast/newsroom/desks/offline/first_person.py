"""Sentences in which an author speaks of themself, told by a reporter.

"I am glad that we moved" is the author's life, not the reporter's: it becomes "The author
writes that they are glad that they moved". The plural serves whoever the author is, and keeps
each verb as it stands but "am" and "was". What stands in quotation marks is said already as
somebody's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_SELF = re.compile(
    r"(?<![\w.’'-])(?:I(?=[ ,’']|$)(?!\.)|me|my|mine|myself|[Ww]e|[Uu]s|[Oo]urs?|ourselves|My|"
    r"Me)(?![\w-])"
)
# Where "I" counts, and where "my" is an exclamation.
_NOT_SELF = re.compile(
    r"\b(?:War|Part|Chapter|Type|Phase|Act|Section|Title|Class|Level|Article|Schedule|Tier|"
    r"Volume|Book"
    r"|Elizabeth|Charles|Henry|George|James|Napoleon|Nicholas|Francis|William|Edward|Richard|"
    r"Leopold"
    r"|Alexander|Pedro) I\b"
    r"|\b[Oo]h,? my\b(?=\s*[!?.,…]|$)|\b[Mm]y (?:goodness|gosh|god|word)\b(?=\s*[!?.,…]|$)"
)
_VERBS = (
    (re.compile(r"\bI(?:['’]m| am)\b"), "they are"),
    (re.compile(r"\bI was\b"), "they were"),
    (re.compile(r"\bI wasn['’]t\b"), "they weren’t"),
    (re.compile(r"\b([Aa])m I\b"), "are they"),
    (re.compile(r"\b([Ww])as I\b"), "were they"),
    (re.compile(r"\b(?:I|[Ww]e)\b"), "they"),
    (re.compile(r"\b[Mm]y\b|\b[Oo]ur\b"), "their"),
    (re.compile(r"\b[Mm]ine\b|\b[Oo]urs\b"), "theirs"),
    (re.compile(r"\bmyself\b|\bourselves\b"), "themselves"),
    (re.compile(r"\b[Mm]e\b|\bus\b|\bUs\b(?! [A-Z])"), "them"),
)
_ADVERBS = (
    r"(?:also|still|just|really|often|always|never|now|even|only|simply|recently|finally"
    r"|actually)"
)
_SPLIT_AM = re.compile(rf"\bI ({_ADVERBS}) (am|was)\b")
_LEADING = re.compile(
    r"^(?:So|And|But|Well|Anyway|Now|Still|Plus|Also),? (?=(?:I|we|my|our)\b)"
)
_QUESTION = re.compile(r"\?[\"'”’)]*$")


def speaks_of_self(sentence: str) -> bool:
    """Tell whether somebody speaks of themself, and no quotation marks say so."""
    bare = _NOT_SELF.sub("", _QUOTED.sub("", sentence))
    return _SELF.search(bare) is not None


def tell_of_author(sentences: Sequence[str], author: str = "") -> list[str]:
    """The sentences in the third person.

    The first of those in which the author speaks names who that is.
    """
    told: list[str] = []
    is_named = False
    for sentence in sentences:
        if not speaks_of_self(sentence):
            told.append(sentence)
            continue
        shifted = _shift(sentence)
        if is_named:
            told.append(_large(shifted))
        elif _QUESTION.search(sentence):
            told.append(f"{author or 'The author'} asks: {_large(shifted)}")
        else:
            told.append(f"{author or 'The author'} writes that {_small(shifted, sentence)}")
        is_named = True
    return told


def _shift(sentence: str) -> str:
    """The sentence in the third person, but for what is quoted."""
    sentence = _LEADING.sub("", sentence)
    parts: list[str] = []
    place = 0
    for quoted in _QUOTED.finditer(sentence):
        parts += [_shift_plain(sentence[place : quoted.start()]), quoted[0]]
        place = quoted.end()
    return "".join([*parts, _shift_plain(sentence[place:])])


def _shift_plain(text: str) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue010{len(kept) - 1}\ue011"

    text = _NOT_SELF.sub(keep, text)
    text = _SPLIT_AM.sub(lambda m: f"they {m[1]} {'are' if m[2] == 'am' else 'were'}", text)
    for pattern, word in _VERBS:
        text = pattern.sub(word, text)
    return re.sub("\ue010(\\d+)\ue011", lambda m: kept[int(m[1])], text)


def _small(text: str, original: str) -> str:
    """The text as it stands after "that": its first word small, unless it is a name."""
    first = text.split(" ", 1)[0]
    is_shifted = first != original.split(" ", 1)[0]
    is_common = first.casefold() in _OPENERS
    return text[:1].lower() + text[1:] if is_shifted or is_common else text


_OPENERS = frozenset(
    """the a an this that these those it in on at for from with after before when while if
    because since as last next today yesterday tomorrow here there most many some all both each
    every one two three our my we they their he she his her you your to by of not no during
    until although though despite over under once""".split()
)


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]
