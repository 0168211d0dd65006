"""Words in capitals: which are names, which can be read as words, which shout."""

from __future__ import annotations

import re

from podcast.language.english.spelling.rule import Rule

_SMALL = frozenset("A AN AND AS AT BUT BY FOR FROM IN INTO IS OF ON OR THE TO WITH".split())
_INITIALISMS = frozenset(
    "AI API CEO CNN BBC FBI CIA USA NASA IBM LLM GPT GPU US UK EU UN IT ML NVIDIA".split()
)


def _calm(match: re.Match[str]) -> str:
    """A run of words in capitals: a headline is calmed, a run of names is left."""
    words = match[0].split(" ")
    loud = [
        word
        for word in words
        if len(word) >= 4 and pronounceable(word) and word not in _INITIALISMS
    ]
    if len(loud) < 2 and not (len(loud) == 1 and any(word in _SMALL for word in words)):
        return match[0]
    return " ".join(_calm_word(word, first=place == 0) for place, word in enumerate(words))


def _calm_word(word: str, first: bool) -> str:
    if word in _SMALL:
        return word.capitalize() if first else word.lower()
    if word in _INITIALISMS or len(word) < 3 or not (len(word) > 5 or pronounceable(word)):
        return word
    return "-".join(part.capitalize() for part in word.split("-"))


_ONSET = r"(?:[BCDFGHJKLMNPRSTVWYZ]|[BCDFGKPST]R|[BCFGKPS]L|S[CKMNPTW]|S[CPT]R|[CSTWP]H|TW|QU|THR|CHR|SHR|KN|WR)"
_VOWEL = r"(?:[AEIOUY]|EA|EE|OO|OU|AI|AY|EY|OY|AU|AW|EW|OW|IE|IO|IA|OI|OA|UA|UI|UE|EI|EO|IOU)"
_CODA = (
    r"(?:[BCDFGHKLMNPRSTVWXZ]|LL|SS|FF|CK|NG|NK|ND|NT|NS|NC|NCH|RS|RT|RD|RK|RM|RN|RC|RG|RL|RP|"
    r"RCH|RTH|LD|LT|LK|LM|LP|LF"
    r"|LS|ST|SK|SP|SH|CH|TH|PH|PT|CT|FT|MP|MPS|MS|TS|PS|KS|CKS|DS|GS|BS|GH|GHT|NGS|NDS|NTS|STS|"
    r"RLD|RST|RTS|RDS|RKS|RMS|RNS|TCH|DGE|CS|XT|SKS|PHS|THS|TCHES|LTS|LDS|X|WN|WS|WL)"
)
_SYLLABLES = re.compile(rf"(?:{_ONSET}?{_VOWEL}{_CODA}?)+")


def pronounceable(word: str) -> bool:
    """Tell whether capitals can be read as a word: English onsets, vowels and codas."""
    return len(word) <= 20 and all(
        bool(part) and bool(_SYLLABLES.fullmatch(part)) for part in word.split("-")
    )


RULES = (
    Rule(
        "shouting",
        ("BREAKING NEWS FROM PARIS", "Breaking News from Paris"),
        r"[A-Z](?<![\w'-]\w)[A-Z-]*(?: [A-Z][A-Z-]*)+(?![\w'])",
        _calm,
    ),
)
