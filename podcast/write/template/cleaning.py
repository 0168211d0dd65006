"""What a page needs and an ear does not.

Addresses, signs, a story's own title, `we` of a paper.
"""

from __future__ import annotations

import re

from podcast.language.english.word_data import first_large
from podcast.write.template.grammar import has_quote, is_clause

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+?(?=[.,;:!?)]*(?:\s|$))")
_EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]+")
_SIGN = re.compile(rf"(?<![\w&])#(?=[^\W\d])|[™®©]|{_EMOJI.pattern}")
_DASH = re.compile(r"\s*(?:—|\s–\s|\s--\s)\s*")


def clean_sentence(sentence: str) -> str:
    """The sentence without addresses and signs of the page."""
    text = _SIGN.sub("", _ADDRESS.sub("", sentence))
    text = _DASH.sub(": " if _leads_to_clause(text) else ", ", text)
    text = re.sub(r"(?:\.\.\.|…)(?=\s*$)", ".", text).replace("…", ",")
    text = re.sub(r"\s+([,.;:!?])(?=\s|$)", r"\1", text)
    text = re.sub(r",?\s+(?:and|or)(?=[.!?]$)", "", text)
    return re.sub(r",\s*,", ",", " ".join(text.split()))


def find_emoji(sentence: str) -> list[str]:
    """The emoji that `clean_sentence` leaves out."""
    return _EMOJI.findall(sentence)


def _leads_to_clause(text: str) -> bool:
    """Tell whether one dash parts a name from a sentence about it: a colon is heard."""
    left, dash, right = _DASH.sub("\0", text).partition("\0")
    return bool(dash) and "\0" not in right and not is_clause(left) and is_clause(right)


def find_addresses(sentence: str) -> list[str]:
    """The addresses that `clean_sentence` leaves out."""
    return _ADDRESS.findall(sentence)


_QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]{12,}?)(?P<mark>[,.]?)[\"”],?")


def drop_title(sentence: str, title: str) -> str:
    """The sentence without its story's own title in quotation marks."""
    match = _QUOTED.search(sentence)
    if not match or _key(match["words"]) not in (_key(title), _key(title.partition(":")[0])):
        return sentence

    before, rest = sentence[: match.start()], sentence[match.end() :]
    kind = r"(?:paper|article|study|report|post|guide|piece)"
    if re.search(rf"(?i)\b{kind}(?:,? titled| called| entitled)?,?\s*$", before):
        head = re.sub(r"(?i)(?:,? titled| called| entitled)?,?\s*$", "", before)
        by = re.match(r",? by (?:[^,]*?) et al\.,? ", rest)
        return f"{head} {rest[by.end() :] if by else rest.lstrip(' ,')}"
    if re.fullmatch(r"(?i)(?:titled|in)\s+", before):
        return first_large(rest.lstrip(" ,"))
    return sentence


def _key(words: str) -> str:
    return re.sub(r"\W+", "", words).lower()


_FIRST_PERSON = (
    (
        re.compile(r"^(?:(?:In this (?:paper|work|study|article)|Here),? )?[Ww]e (?=[a-z])"),
        "The authors ",
    ),
    (re.compile(r"^Our (?=[a-z])"), "Their "),
    (re.compile(r"(?<=[a-z,] )we (?=[a-z])"), "they "),
    (re.compile(r"(?<=[a-z,] )our (?=[a-z])"), "their "),
)


def name_authors(sentence: str) -> str:
    """Say `the authors` where a paper's summary says `we`; words that it quotes stay."""
    if has_quote(sentence):
        return sentence
    for pattern, said in _FIRST_PERSON:
        sentence = pattern.sub(said, sentence)
    return sentence


_SAID_BEFORE = re.compile(r"(?:said|says|added|adds|wrote|writes): [\"“][^\"“”]+[\"”]$")
_ALL_QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]+[\"”])$")


def join_quotations(sentences: list[str]) -> list[str]:
    """One quotation of what a speaker goes on to say, as in `She said: "A. B."` here."""
    joined: list[str] = []
    for sentence in sentences:
        going_on = _ALL_QUOTED.match(sentence)
        if joined and going_on and _SAID_BEFORE.search(joined[-1]):
            joined[-1] = f"{joined[-1][:-1]} {going_on['words']}"
        else:
            joined.append(sentence)
    return joined
