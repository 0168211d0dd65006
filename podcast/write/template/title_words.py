"""Words of titles: which say something, and which a title can do without."""

from __future__ import annotations

import re

from podcast.language.english.word_classes import can_be, find_lemma
from podcast.language.english.word_data import words
from podcast.write.template.halves import third_person
from podcast.write.template.headline import Headline, bare

# The longest chapter title, in characters: Spotify and Apple cut longer ones.
MOST = 40

# Words that tell no story from another.
_EMPTY_WORDS = frozenset(
    "ai artificial intelligence generative gen new global study future latest today news "
    "landscape revolution innovation innovations technology technologies tech advancements "
    "breakthrough breakthroughs inc co using via has have had is are was were will may can "
    "could recent recently significant groundbreaking january february march april may june "
    "july august september october november december".split()
)


def says_something(word: str) -> bool:
    """Tell whether a small word tells its story from others."""
    if len(word) < 2 or word.isdigit():
        return False
    return word not in _EMPTY_WORDS and word not in words("small")


# Words that a headline can do without: what it names is the same without them.
_NEEDLESS = re.compile(
    r"""
    \b(?:new|latest|innovative|groundbreaking|revolutionary|pioneering|major|significant
      |advanced
      |powerful|unique|comprehensive|inaugural|first-ever|cutting-edge|game-changing|recently
      |iconic|buggy|(?<!and\ )generative(?=\ AI\b)|humanoid(?=\ robots?\b))[ ]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?<=[^,] )(?:the|an?|its|their|his|her) (?!own\b)", re.IGNORECASE)


_PAIR = re.compile(r"(?<= )(?P<first>[\w-]+) and (?P<second>[\w-]+) (?=\w)")


def _drop_pair(text: str) -> str:
    """The text without two adjectives before a noun: `quiet and electric cranes`."""
    match = _PAIR.search(text)
    if match is None:
        return text
    for word in match.groups():
        if not can_be(word, "ADJ") or can_be(word, "NOUN") or can_be(word, "VERB"):
            return text
    return text[: match.start()] + text[match.end() :]


def say_in_present(headline: Headline) -> Headline:
    """A clause as headlines have it: `has opened` is `opens`, `has been opened` is `opened`."""
    at = headline.verb
    if at is None or bare(headline.words[at]) not in ("has", "have"):
        return headline
    is_passive = bare(headline.text(at + 1, at + 2)) == "been"
    end = at + 1 + is_passive
    lemma = find_lemma(bare(headline.text(end, end + 1)), "VERB")
    is_participle = headline.tags[end : end + 1] in (("VBN",), ("VBD",))
    if lemma is None or not is_participle:
        return headline

    forms = {"has": third_person(lemma), "have": lemma}
    said = headline.words[end] if is_passive else forms[bare(headline.words[at])]
    return Headline(
        (*headline.words[:at], said, *headline.words[end + 1 :]),
        (*headline.tags[:at], "VBZ", *headline.tags[end + 1 :]),
        at,
        "passive" if is_passive else "certain",
    )


_AI_DRIVEN = re.compile(r"\bAI-(?:controlled|powered|driven|enabled|based)\b", re.IGNORECASE)
_ARTIFICIAL = re.compile(r"\bartificial intelligence\b(?:,? or AI\b,?)?", re.IGNORECASE)


def shorten_names(text: str) -> str:
    """`AI` for artificial intelligence, as everybody says it."""
    return _ARTIFICIAL.sub("AI", text)


def squeeze(text: str) -> str:
    """The text without articles, then without needless words, until it is short enough."""
    short = text if len(text) <= MOST else _AI_DRIVEN.sub("AI", _drop_pair(text))
    short = _drop_matches(_NEEDLESS, drop_articles(short))
    if len(short) > MOST:
        short = re.sub(r"^(?:The|An?) (?!study|paper|article|report)", "", short)
    return short if len(short) <= MOST else text


def drop_articles(text: str) -> str:
    """The text without its last articles, as many as it takes to make it short enough."""
    return _drop_matches(_ARTICLE, text)


def _drop_matches(pattern: re.Pattern[str], text: str) -> str:
    for match in reversed(list(pattern.finditer(text))):
        if len(text) > MOST:
            text = text[: match.start()] + text[match.end() :]
    return text
