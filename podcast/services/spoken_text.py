"""Marks for the eye and stage directions, which models write around the words to be said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_ON_STAGE = (
    r"(?:laugh(?:s|ing|ter)?|chuckl(?:es?|ing)|giggl(?:es?|ing)|sigh(?:s|ing)?|smil(?:es?|ing)"
    r"|grin(?:s|ning)?|nod(?:s|ding)?|paus(?:es?|ing)|beat|music|sting|jingle|applause|cheering"
    r"|whisper(?:s|ing)?|gasps?|coughs?|clears\ (?:\w+\ )?throat|sound\ effect|sfx|intro|outro"
    r"|softly|quietly|excitedly|amused)\b"
)
_DIRECTION = re.compile(
    rf"""
    \( \s* {_ON_STAGE} [^()]{{0,40}} \)        # (laughs)
    | (?<!\w) \*+ {_ON_STAGE} [^*\n]{{0,40}} \*+   # *laughs softly*
    | (?<!\w) _+ {_ON_STAGE} [^_\n]{{0,40}} _+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f\u200d]+")

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")

_FOR_THE_EYE = re.compile(
    r"https?://|www\.|\]\(|\*\*|`|^\s*#|<[a-z/!]|\[[^\]]*\]", re.MULTILINE
)
_ABOUT_ITSELF = re.compile(
    r"""
    \b as \ an? \ (?:AI|artificial\ intelligence|(?:large\ )?language\ model)
        (?:\ language)? (?:\ (?:model|assistant|system))? , \ (?:I|we) \b [^.?!]*
    | \b I(?:'m|’m|\ am) \ (?:only\ |just\ )? an? \ (?:AI|(?:large\ )?language\ model) \b
    | \b I \ (?:cannot|can't|can’t|am\ unable\ to) \ (?:assist|help|comply|fulfil+)\b
    | \b my \ (?:training\ data|knowledge\ cut-?off) \b
    | ^ \s* (?:sure|certainly|of\ course)? [!,.]? \s*
        here(?:'s|’s|\ is) \ (?:the|your|a) \ (?:\w+\ )? (?:script|dialogue|answer|json)\b
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)


def tidy_spoken(text: str) -> str:
    """Take off emphasis, emoji and stage directions, which are not to be said."""
    text = _DIRECTION.sub(" ", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _PICTURES.sub(" ", text)
    return re.sub(r"\s+([,.;:?!])", r"\1", " ".join(text.split()))


def find_unspeakable(text: str) -> str:
    """Find what nobody at the table can say: an address, Markdown, what a model says of itself.

    Empty where there is none.
    """
    # A story may quote a model that speaks of itself.
    found = _FOR_THE_EYE.search(text) or _ABOUT_ITSELF.search(_QUOTED.sub("", text))
    return found[0].strip() if found else ""


def find_form_faults(texts: Sequence[str]) -> Iterator[str]:
    """Find passages that are empty, or that cannot be read aloud, in words for the model."""
    if not all(text.strip() for text in texts):
        yield "a passage is empty"
    for text in texts:
        if found := find_unspeakable(text):
            yield f'"{found}" cannot be spoken'
